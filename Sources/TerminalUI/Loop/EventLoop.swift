internal import Glibc
internal import StateSpace
internal import Workbench

/// Waits for events, hands them to the application, and draws once after it has handled all events that have arrived. It waits without a
/// time-out unless a wake-up or the end of a key sequence is due, so an idle workbench costs nothing.
package final class EventLoop<Application: TerminalApplication> {
  /// Why the loop ended.
  package enum Ending: Hashable, Sendable {
    case quit
    case signal(Int32)
    /// The terminal is gone.
    case disconnected
  }

  /// How long the loop waits after an Esc for the rest of a key sequence. Terminals send a sequence at once, so the wait matters only on
  /// slow lines: at 9,600 baud, the rest takes 2 or 3 ms. It is short because it delays the effect of the Esc key.
  private static var escapeDelay: Duration { .milliseconds(5) }

  package private(set) var application: Application
  private let screen: any Screen
  private let runner: EffectRunner
  private let mailbox: Mailbox
  private let pipe: WakePipe
  private let takeSignals: () -> [Int32]
  private let check: (Application) -> EffectRunner.Check?
  private let search: (Application) -> EffectRunner.Search?
  private let evaluation: (Application) -> EffectRunner.Evaluation?

  private let watch = FileWatch()
  private var wakeUps: [(due: ContinuousClock.Instant, event: Event)] = []
  private var escapeDeadline: ContinuousClock.Instant?
  private var ending: Ending?
  /// Whether the last event was Ctrl-C.
  private var wasInterrupted = false

  /// `check`, `search` and `evaluation` make the functions that `startCheck`, `startSearch` and `startEvaluation` run. They are nil if there is nothing
  /// to check.
  init(
    application: Application, screen: any Screen, mailbox: Mailbox, pipe: WakePipe,
    takeSignals: @escaping () -> [Int32] = Signals.take,
    check: @escaping (Application) -> EffectRunner.Check?,
    search: @escaping (Application) -> EffectRunner.Search? = { _ in nil },
    evaluation: @escaping (Application) -> EffectRunner.Evaluation? = { _ in nil }
  ) {
    self.application = application
    self.screen = screen
    self.mailbox = mailbox
    self.pipe = pipe
    self.takeSignals = takeSignals
    self.check = check
    self.search = search
    self.evaluation = evaluation
    runner = EffectRunner(mailbox: mailbox)
  }

  /// Runs until the application quits, a signal ends it or the terminal goes away. All files are written before it returns.
  package func run() -> Ending {
    handle([.resize(screen.size)])
    while ending == nil {
      screen.draw(application.view(screen.size))
      handle(wait())
    }
    runner.finish()
    return ending ?? .quit
  }

  private func handle(_ events: [Event]) {
    for event in events {
      for effect in application.handle(event) {
        perform(effect)
        if ending != nil { return }
      }
      noteInterrupt(event)
      if ending != nil { return }
    }
  }

  /// The application decides what Ctrl-C means. Twice in a row, it always ends the program.
  private func noteInterrupt(_ event: Event) {
    guard case .key(let key) = event else { return }
    let isInterrupt = key == .control("c")
    if isInterrupt, wasInterrupted { ending = .signal(SIGINT) }
    wasInterrupted = isInterrupt
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .quit: ending = .quit
    case .suspend: suspend()
    case .redraw: screen.invalidate()
    case .copy(let text): screen.copy(text)
    case .save(let path, let piece, let replaces): runner.save(piece, to: path, replaces: replaces)
    case .abandonSave(let path): runner.abandonSave(path)
    case .open(let path): runner.open(path)
    case .listFiles(let path): runner.listFiles(path)
    case .append(let path, let text, let replaced): runner.append(text, to: path, replacing: replaced)
    case .close(let path): runner.closeGrowing(path)
    case .remove(let path): runner.remove(path)
    case .edit(let path, let line): edit(path, line: line)
    // The application handles these itself, because only it can load a model.
    case .reload, .openModel, .openBeside, .openLeft, .openScene, .leaveChapter: break
    case .judgeLog(let run, let task):
      if let judge = application.logJudge {
        runner.judgeLog(run: run, task: task, judge: judge)
      } else {
        mailbox.post(.logFailed(run: run, "no log can be judged here"))
      }
    case .stopLog: runner.stopLog()
    case .startJudging(let run, let task): runner.startJudging(run: run, task: task)
    case .stopJudging: runner.stopJudging()
    case .watchFiles(let paths): watch.follow(paths)
    case .startCheck(let run, let options):
      if let check = check(application) {
        runner.startCheck(run: run, options: options, check: check)
      } else {
        mailbox.post(.checkFailed(run: run, message: "there is no model to check"))
      }
    case .stopCheck: runner.stopCheck()
    case .pauseCheck: runner.pauseCheck()
    case .resumeCheck: runner.resumeCheck()
    case .startSearch(let run, let task, let options):
      if let search = search(application) {
        runner.startSearch(run: run, task: task, options: options, search: search)
      } else {
        mailbox.post(.searchFailed(run: run, message: "there is no model to search"))
      }
    case .stopSearch: runner.stopSearch()
    case .startEvaluation(let run, let task):
      if let evaluation = evaluation(application) {
        runner.startEvaluation(run: run, task: task, evaluation: evaluation)
      } else {
        mailbox.post(.evaluated(run: run, .failed("there is no model to evaluate in")))
      }
    case .stopEvaluation: runner.stopEvaluation()
    case .wakeMotion(let number, let milliseconds): wake(.motionTick(number: number), after: milliseconds)
    case .wake(let milliseconds): wake(.tick, after: milliseconds)
    }
  }

  private func wake(_ event: Event, after milliseconds: Int) {
    wakeUps.append((due: .now + .milliseconds(max(0, milliseconds)), event: event))
  }

  /// Waits for events and returns all of them: first those of signals, then keys, events of other threads, and wake-ups. May set `ending`.
  private func wait() -> [Event] {
    var descriptors = [
      pollfd(fd: screen.inputDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0),
      // `poll` ignores a negative descriptor. It is negative if the system has no more file watches.
      pollfd(fd: watch.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&descriptors, nfds_t(descriptors.count), timeOut())
    if descriptors[1].revents != 0 { pipe.drain() }
    var events = handleSignals()
    guard ending == nil else { return [] }
    if descriptors[0].revents & Int16(POLLIN) != 0 {
      guard let typed = screen.readEvents() else {
        ending = .disconnected
        return []
      }
      events += typed
      escapeDeadline = screen.isInputPending ? .now + Self.escapeDelay : nil
    } else if descriptors[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
      ending = .disconnected
      return []
    }
    let now = ContinuousClock.now
    if let deadline = escapeDeadline, deadline <= now {
      escapeDeadline = nil
      events += screen.finishInput()
    }
    events += mailbox.take()
    if descriptors[2].revents & Int16(POLLIN) != 0 {
      let changed = watch.changedFiles()
      if !changed.isEmpty { events.append(.filesChanged(changed)) }
    }
    events += wakeUps.filter { $0.due <= now }.map(\.event)
    wakeUps.removeAll { $0.due <= now }
    return events
  }

  /// The time-out for `poll` in milliseconds, rounded up; -1 for no time-out.
  private func timeOut() -> Int32 {
    guard let next = (wakeUps.map(\.due) + [escapeDeadline].compactMap { $0 }).min() else { return -1 }
    let left = (next - ContinuousClock.now) / Duration.milliseconds(1)
    return Int32(max(0, min(left.rounded(.up), 3_600_000)))
  }

  private func handleSignals() -> [Event] {
    let signals = takeSignals()
    if let signal = signals.first(where: { $0 == SIGTERM || $0 == SIGHUP || $0 == SIGINT }) {
      ending = .signal(signal)
      return []
    }
    var events: [Event] = []
    if signals.contains(SIGTSTP) {
      suspend()
    } else if signals.contains(SIGCONT) {
      screen.resume()
      events += measured()
    }
    if signals.contains(SIGWINCH) { events += measured() }
    return events
  }

  private func measured() -> [Event] {
    screen.invalidate()
    return [.resize(screen.measure())]
  }

  /// Runs the user's editor on the terminal and waits for its end.
  private func edit(_ path: String, line: Int) {
    var problem: String?
    screen.lend { standardError in
      problem = Editor(environment: getEnvironment()).edit(path, line: line, standardError: standardError)
    }
    backAgain()
    if ending == nil { handle([.edited(problem: problem)]) }
  }

  private func getEnvironment() -> [String: String] {
    var found: [String: String] = [:]
    let names: [String] = ["VISUAL", "EDITOR"]
    for name in names {
      if let value = getenv(name) { found[name] = String(cString: value) }
    }
    return found
  }

  private func suspend() {
    screen.suspend()
    backAgain()
  }

  /// Catches up after another program had the terminal.
  private func backAgain() {
    // The SIGCONT of this stop has been handled already.
    let others = takeSignals().filter { $0 != SIGCONT && $0 != SIGTSTP && $0 != SIGWINCH }
    if let signal = others.first(where: { $0 == SIGTERM || $0 == SIGHUP || $0 == SIGINT }) {
      ending = .signal(signal)
    }
    for event in measured() where ending == nil { handle([event]) }
  }
}
