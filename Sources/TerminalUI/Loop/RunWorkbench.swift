internal import Glibc
internal import StateSpace
package import TLASemantics
package import Workbench

/// Runs an application on the terminal until it ends. Returns the exit code of the process: 0, or 128 plus the number of a signal. When it
/// returns, the terminal is as it was before.
///
/// `specification` is checked unless the application names another one. `colors` are the user's own colours. Throws `Terminal.Failure` if
/// the terminal cannot be opened; ask `TerminalCheck` first.
package func runWorkbench(
  _ application: some TerminalApplication, specification: Specification? = nil,
  colors: [Style.Role: Settings.Color] = [:], background: Settings.Background = .ask
) throws(Terminal.Failure) -> Int32 {
  guard let pipe = WakePipe() else { throw Terminal.Failure(message: "the process has too many open files") }
  let handlers = Signals.install(waking: pipe)
  defer { handlers.restore() }
  let terminal = try Terminal(colors: colors, background: background)
  defer { terminal.close() }
  let loop = EventLoop(
    application: application, screen: terminal, mailbox: Mailbox(waking: pipe), pipe: pipe,
    check: { ($0.specification ?? specification).map(check(of:)) },
    search: { ($0.specification ?? specification).map(search(in:)) },
    evaluation: { ($0.specification ?? specification).map(evaluation(in:)) })
  switch Signals.withAlternateStack(loop.run) {
  case .quit: return 0
  case .signal(let signal): return 128 + signal
  case .disconnected: return 128 + SIGHUP
  }
}

/// The effect runner's function that searches in a specification.
func search(in specification: Specification) -> EffectRunner.Search {
  { task, options, stackBytes, progress in
    switch task {
    case .goal(let predicate, let start):
      var options = options
      options.start = start
      let found = try GoalSearch(specification, goal: predicate, options: options).run(
        stackBytes: stackBytes, progress: progress)
      return .goal(found.outcome, found.progress)
    case .danger:
      let measured = try DangerMap.measure(
        specification, options: options, enoughStates: statesOfDistances, stackBytes: stackBytes,
        progress: progress)
      return .danger(measured.outcome, measured.progress)
    }
  }
}

/// Once this many states are known, the measurement of distances explores no further level.
private let statesOfDistances = 1_000_000

/// The effect runner's function that evaluates the user's expressions. It has an engine of its own.
func evaluation(in specification: Specification) -> EffectRunner.Evaluation {
  { task, stackBytes, goesOn, onPlace in
    let explorer = try Explorer(
      specification, stackBytes: stackBytes, host: ModelHost(of: specification))
    explorer.stopsEvaluating(unless: goesOn)
    return try ExpressionEvaluator(explorer).run(task, onPlace: onPlace)
  }
}

/// The effect runner's function that checks a specification.
func check(of specification: Specification) -> EffectRunner.Check {
  { options, stackBytes, progress, onViolation in
    try Checker(specification, options: options).run(
      stackBytes: stackBytes, progress: progress, onViolation: onViolation)
  }
}
