internal import Glibc
import Synchronization

/// The data to give the terminal back when only system calls are allowed. It lives until the process ends.
struct RescuePlan {
  let terminal: Int32
  let modes: termios
  /// The bytes that make the terminal leave the screen.
  let farewell: UnsafePointer<UInt8>
  let farewellLength: Int
  /// The file with the process's output to standard error since the screen opened, and the descriptor that it belongs to; -1 if nothing is
  /// captured.
  let captured: Int32
  let standardError: Int32
}

/// The state that signal handlers may touch. A handler has no context, so this is the only global mutable state in the process. All of it
/// is atomic.
private final class SignalBoard: Sendable {
  /// A bit for each signal that has arrived and has not been taken.
  let pending = Atomic<UInt64>(0)
  /// The descriptor that gets a byte to wake the loop; -1 for none.
  let wakeDescriptor = Atomic<Int32>(-1)
  /// The address of a `RescuePlan`; 0 for none.
  let rescue = Atomic<UInt>(0)
}

private let board = SignalBoard()

/// The signals of the process. The loop handles some of them in its own time; the others end the process at once.
enum Signals {
  private static let treated = [SIGWINCH, SIGTSTP, SIGCONT, SIGINT, SIGTERM, SIGHUP]
  /// All other signals that end a process and can be caught. SIGQUIT (Ctrl-\ on the keyboard) is among them: it ends a program that hangs.
  private static let fatal =
    [
      SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM,
      SIGVTALRM, SIGPROF, SIGXCPU, SIGPOLL, SIGPWR, SIGSTKFLT,
    ] + Array(__libc_current_sigrtmin()...__libc_current_sigrtmax())
  /// If a file outgrows the user's limit, the write fails with a message, and the program continues.
  private static let ignored = [SIGXFSZ]

  /// Starts to catch signals. Those for the loop wake it through `pipe`. Call this before ncurses starts: ncurses does not replace handlers
  /// that are already set.
  static func install(waking pipe: WakePipe) -> SignalHandlers {
    board.pending.store(0, ordering: .relaxed)
    board.wakeDescriptor.store(pipe.writeEnd, ordering: .releasing)
    var former: [(Int32, sigaction)] = []
    for signal in treated { former.append((signal, set(signal, handler: noteSignal, flags: SA_RESTART))) }
    for signal in fatal {
      // SA_RESETHAND resets the signal to its default action first. So the signal then acts as if there were no screen.
      former.append(
        (signal, set(signal, handler: rescueTerminal, flags: Int32(bitPattern: UInt32(SA_RESETHAND)))))
    }
    for signal in ignored {
      var action = sigaction()
      var old = sigaction()
      action.__sigaction_handler.sa_handler = SIG_IGN
      sigaction(signal, &action, &old)
      former.append((signal, old))
    }
    return SignalHandlers(former: former)
  }

  /// Runs `work` with an alternate signal stack in the calling thread, so a stack overflow is reported, too.
  static func withAlternateStack<Result>(_ work: () throws -> Result) rethrows -> Result {
    var present = stack_t()
    guard sigaltstack(nil, &present) == 0, present.ss_flags & Int32(SS_DISABLE) != 0 else {
      return try work()
    }
    let size = 65_536
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    var stack = stack_t(ss_sp: memory, ss_flags: 0, ss_size: size)
    sigaltstack(&stack, nil)
    defer {
      sigaltstack(&present, nil)
      memory.deallocate()
    }
    return try work()
  }

  /// Sets what to do for the terminal if the process dies; nil if there is nothing to do.
  static func plan(_ rescue: RescuePlan?) {
    let pointer = rescue.map { plan in
      let memory = UnsafeMutablePointer<RescuePlan>.allocate(capacity: 1)
      memory.initialize(to: plan)
      return UInt(bitPattern: memory)
    }
    // The former plan is not freed, because a handler may be reading it.
    board.rescue.store(pointer ?? 0, ordering: .sequentiallyConsistent)
  }

  /// The signals that have arrived since the last call, each once.
  static func take() -> [Int32] {
    let bits = board.pending.exchange(0, ordering: .sequentiallyConsistent)
    return (0..<64).filter { bits & (1 << UInt64($0)) != 0 }
  }

  /// Stops the process group as the terminal's own Ctrl-Z does. Returns when the process continues, or at once if no process could continue
  /// it.
  static func stop() {
    var action = sigaction()
    var former = sigaction()
    // Stop the rest of the group first. A signal to the whole process might reach another of its threads late, after the handler is set
    // again. `pthread_kill` stops the process before the call returns.
    action.__sigaction_handler.sa_handler = SIG_IGN
    sigaction(SIGTSTP, &action, &former)
    kill(0, SIGTSTP)
    action.__sigaction_handler.sa_handler = SIG_DFL
    sigaction(SIGTSTP, &action, nil)
    pthread_kill(pthread_self(), SIGTSTP)
    sigaction(SIGTSTP, &former, nil)
  }

  /// Runs `work`, which waits for a child that has the terminal. Keyboard interrupts go to the child only, and Ctrl-Z stops both.
  static func withChild(_ work: () -> Void) {
    var former: [(Int32, sigaction)] = []
    for signal in [SIGINT, SIGQUIT, SIGTSTP] {
      var action = sigaction()
      var old = sigaction()
      action.__sigaction_handler.sa_handler = signal == SIGTSTP ? SIG_DFL : SIG_IGN
      sigaction(signal, &action, &old)
      former.append((signal, old))
    }
    work()
    for (signal, action) in former {
      var action = action
      sigaction(signal, &action, nil)
    }
  }

  private static func set(
    _ signal: Int32,
    handler: (@convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void)?,
    flags: Int32
  ) -> sigaction {
    var action = sigaction()
    var former = sigaction()
    if let handler {
      action.__sigaction_handler.sa_sigaction = handler
      action.sa_flags = flags | SA_SIGINFO | SA_ONSTACK
    }
    sigaction(signal, &action, &former)
    return former
  }
}

/// The previous handlers, for `restore`.
struct SignalHandlers {
  fileprivate let former: [(signal: Int32, action: sigaction)]

  func restore() {
    board.wakeDescriptor.store(-1, ordering: .releasing)
    for (signal, action) in former {
      var action = action
      sigaction(signal, &action, nil)
    }
  }
}

/// Records the signal for the loop. If the loop has not taken the previous one of the same kind, it is stuck. Then SIGINT, SIGTERM and
/// SIGHUP end the process here.
private func noteSignal(
  _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
) {
  let saved = errno
  let bit: UInt64 = 1 << UInt64(signal)
  let former = board.pending.bitwiseOr(bit, ordering: .sequentiallyConsistent).oldValue
  if former & bit != 0, signal == SIGINT || signal == SIGTERM || signal == SIGHUP {
    giveTerminalBack()
    _exit(128 + signal)
  }
  let descriptor = board.wakeDescriptor.load(ordering: .acquiring)
  if descriptor >= 0 {
    var byte: UInt8 = 0
    _ = write(descriptor, &byte, 1)
  }
  errno = saved
}

/// Gives the terminal back and lets the signal take its effect.
private func rescueTerminal(
  _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
) {
  giveTerminalBack()
  // The signal is blocked until this function returns. Its action is the default one again.
  raise(signal)
}

/// This may interrupt any code, so it makes system calls only.
private func giveTerminalBack() {
  let address = board.rescue.exchange(0, ordering: .sequentiallyConsistent)
  guard let plan = UnsafePointer<RescuePlan>(bitPattern: address) else { return }
  _ = write(plan.pointee.terminal, plan.pointee.farewell, plan.pointee.farewellLength)
  withUnsafePointer(to: plan.pointee.modes) { _ = tcsetattr(plan.pointee.terminal, TCSANOW, $0) }
  guard plan.pointee.captured >= 0 else { return }
  dup2(plan.pointee.standardError, STDERR_FILENO)
  lseek(plan.pointee.captured, 0, SEEK_SET)
  withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 1) { buffer in
    while true {
      let count = read(plan.pointee.captured, buffer.baseAddress, buffer.count)
      guard count > 0 else { break }
      _ = write(plan.pointee.standardError, buffer.baseAddress, count)
    }
  }
}
