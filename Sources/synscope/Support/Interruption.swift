import Foundation
import Synchronization

/// The state that signal handlers may touch. A handler has no context, so this is the only global mutable state in a command. All of it is
/// atomic.
private final class SignalNote: Sendable {
  /// The first signal that arrived; 0 for none.
  let signal = Atomic<Int32>(0)
  /// The descriptor that gets a byte to wake the thread that waits for signals.
  let wake = Atomic<Int32>(-1)
}

private let arrived = SignalNote()

/// The signals that end a command. The first one lets it end in good order; the second one ends it at once.
final class Interruption: Sendable {
  /// The signals by which people, shells, job systems and limits end a program.
  private static let names: [Int32: String] = [
    SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP", SIGUSR1: "SIGUSR1",
    SIGUSR2: "SIGUSR2", SIGALRM: "SIGALRM", SIGVTALRM: "SIGVTALRM", SIGXCPU: "SIGXCPU", SIGPIPE: "SIGPIPE",
  ]

  /// How long a search may take for the current state after it was asked to stop.
  private static let patience = DispatchTimeInterval.seconds(1)

  /// Whether the parent process ignores SIGPIPE. Then a closed pipe is an error of the write and not a signal.
  static let ignoresClosedPipes = isIgnored(SIGPIPE)

  /// Whether a thread has begun to report.
  private let isReported = Atomic<Bool>(false)

  /// Waits for signals from now on. The first one calls `stop` on another thread. If no thread has begun to report after `patience`, it
  /// calls `report` and ends the process.
  init(stop: @escaping @Sendable () -> Void, report: @escaping @Sendable (Int32) -> Void) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (read, write) = (ends[0], ends[1])
    arrived.wake.store(write, ordering: .releasing)
    // A signal that is already ignored stays ignored: `nohup` means that the program continues.
    for signal in Self.names.keys where !Self.isIgnored(signal) {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = noteSignal
      action.sa_flags = SA_RESTART
      sigaction(signal, &action, nil)
    }
    Thread.detachNewThread { [self] in
      var byte: UInt8 = 0
      while Foundation.read(read, &byte, 1) < 0, errno == EINTR {}
      stop()
      DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { [self] in
        guard let signal, beginReport() else { return }
        report(signal)
        _exit(128 + signal)
      }
    }
  }

  /// The signal that arrived; nil for none.
  var signal: Int32? {
    let signal = arrived.signal.load(ordering: .acquiring)
    return signal == 0 ? nil : signal
  }

  /// `SIGTERM`
  static func name(of signal: Int32) -> String { names[signal] ?? "signal \(signal)" }

  /// Whether the caller must report the result. It is true for the first call only.
  func beginReport() -> Bool { !isReported.exchange(true, ordering: .acquiringAndReleasing) }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var present = sigaction()
    sigaction(signal, nil, &present)
    return unsafeBitCast(present.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// This may interrupt any code, so it makes system calls only.
private func noteSignal(_ signal: Int32) {
  let saved = errno
  // A second signal ends the process. A closed pipe does not, because the report is being written.
  guard
    arrived.signal.compareExchange(expected: 0, desired: signal, ordering: .acquiringAndReleasing).exchanged
  else {
    if signal != SIGPIPE { _exit(128 + signal) }
    return
  }
  var byte: UInt8 = 0
  _ = write(arrived.wake.load(ordering: .acquiring), &byte, 1)
  errno = saved
}
