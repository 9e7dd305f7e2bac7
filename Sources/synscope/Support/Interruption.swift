import Foundation
import Synchronization

/// What signal handlers may touch. A handler is given no context, so this is the one thing of its kind in a command; all of it is atomic.
private final class SignalNote: Sendable {
  /// The first signal that arrived; 0 for none.
  let signal = Atomic<Int32>(0)
  /// Where a byte wakes the thread that waits for signals.
  let wake = Atomic<Int32>(-1)
}

private let arrived = SignalNote()

/// Signals that end a command. The first one lets it come to an end in good order, the second ends it at once.
final class Interruption: Sendable {
  /// Those that people, shells, job systems and limits send to end a program.
  private static let names: [Int32: String] = [
    SIGINT: "SIGINT", SIGTERM: "SIGTERM", SIGHUP: "SIGHUP", SIGUSR1: "SIGUSR1", SIGUSR2: "SIGUSR2",
    SIGALRM: "SIGALRM", SIGVTALRM: "SIGVTALRM", SIGXCPU: "SIGXCPU", SIGPIPE: "SIGPIPE",
  ]

  /// How long a search that was asked to stop has for the state that it is at.
  private static let patience = DispatchTimeInterval.seconds(1)

  /// Whether whoever started the process wants to hear of a closed pipe by an error, and not by a signal.
  static let ignoresClosedPipes = isIgnored(SIGPIPE)

  /// Whether somebody has begun to report.
  private let isReported = Atomic<Bool>(false)

  /// Waits for signals from now on. The first one calls `stop` on another thread, and when nobody has begun to report a moment later,
  /// `report`, after which the process ends.
  init(stop: @escaping @Sendable () -> Void, report: @escaping @Sendable (Int32) -> Void) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let (read, write) = (ends[0], ends[1])
    arrived.wake.store(write, ordering: .releasing)
    // A signal that was ignored before stays so: `nohup` means that the program goes on.
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

  /// Whether the caller is the one to report how things ended; no for all but the first.
  func beginReport() -> Bool { !isReported.exchange(true, ordering: .acquiringAndReleasing) }

  private static func isIgnored(_ signal: Int32) -> Bool {
    var present = sigaction()
    sigaction(signal, nil, &present)
    return unsafeBitCast(present.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// System calls only: this may run in the middle of anything.
private func noteSignal(_ signal: Int32) {
  let saved = errno
  // A pipe that was closed is no wish to end at once: the report is being written.
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
