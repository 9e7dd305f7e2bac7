internal import Glibc
internal import StateSpace
package import TLASemantics
package import Workbench

/// Runs an application on the terminal until it ends, and returns the process's exit code: 0, or 128 and the signal's
/// number. The terminal is as it was when this returns.
///
/// `specification` is what checks are made of unless the application names another one. `colors` are the user's own.
/// Throws
/// `Terminal.Failure` when the terminal cannot be opened; ask `TerminalCheck` first.
package func runWorkbench(
  _ application: some TerminalApplication, specification: Specification? = nil,
  colors: [Style.Role: Settings.Color] = [:]
) throws(Terminal.Failure) -> Int32 {
  guard let pipe = WakePipe() else { throw Terminal.Failure(message: "the process has too many open files") }
  let handlers = Signals.install(waking: pipe)
  defer { handlers.restore() }
  let terminal = try Terminal(colors: colors)
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

/// Searches in a specification, as the effect runner takes them.
private func search(in specification: Specification) -> EffectRunner.Search {
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

/// Beyond so many states no further step is looked at for distances.
private let statesOfDistances = 1_000_000

/// Evaluates a user's expressions with an engine of its own, as the effect runner takes it.
private func evaluation(in specification: Specification) -> EffectRunner.Evaluation {
  { task, stackBytes, goesOn, onPlace in
    let explorer = try Explorer(specification, stackBytes: stackBytes)
    explorer.stopsEvaluating(unless: goesOn)
    return try ExpressionEvaluator(explorer).run(task, onPlace: onPlace)
  }
}

/// A check of a specification, as the effect runner takes it.
private func check(of specification: Specification) -> EffectRunner.Check {
  { options, stackBytes, progress, onViolation in
    try Checker(specification, options: options).run(
      stackBytes: stackBytes, progress: progress, onViolation: onViolation)
  }
}
