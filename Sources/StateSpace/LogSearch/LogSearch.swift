/// What a log is to a model.
package enum LogVerdict {
  /// A behavior of the model explains every line. If an invariant fails in it, then one fails in every behavior that explains them.
  case explained(LogExplanation)
  /// No behavior explains every line.
  case departs(LogDeparture)
  /// A limit was reached. The text names the limit; the number is that of the lines that were explained at most.
  case limit(String, explained: Int)
  case stopped(explained: Int)
}

/// Searches for a behavior of a model that explains a log.
package final class LogSearch {
  private let log: LogMachine
  private let options: CheckOptions

  /// Compiles the rules. Of the options only the limits count. `matches` compares the value of a state with one of a line. Throws
  /// `Diagnostics` for a text of a rule that cannot be read.
  package init(
    _ explorer: Explorer, rules: [LogRule], initial: LogRule = LogRule(meaning: .state),
    unlogged: [UnloggedAction], options: CheckOptions,
    matches: @escaping (PlainValue, PlainValue) -> Bool
  ) throws {
    self.options = options
    log = try LogMachine(
      explorer.program, rules: rules, initial: initial, unlogged: unlogged, matches: matches)
  }

  /// The measured effort of the last search.
  package private(set) var progress = CheckProgress()

  /// Judges a log. Every few thousand states it calls `report`, and stops if that returns false. Throws `EvaluationFailure` if a step
  /// cannot be evaluated, and what the source throws.
  package func judge(_ source: any LogSource, report: @escaping (CheckProgress) -> Bool) throws -> LogVerdict
  {
    let run = SearchRun(limits: options.limits, shouldContinue: report)
    log.program.stopsEvaluating { run.goesOn }
    defer {
      run.measureTime()
      progress = run.progress
    }
    let finder = DepartureFinder(log: log, source: source, memoryLimit: options.memoryLimit)
    let careful = try LogWalk(log, source, run: run, keepsInvariants: true)
    if let verdict = try verdict(of: careful, try careful.walk()) { return verdict }
    guard careful.hasMetViolation else { return .departs(try finder.departure(of: careful)) }
    // Every way that keeps the invariants ends early. Perhaps another one does not.
    let any = try LogWalk(log, source, run: run, keepsInvariants: false)
    if let verdict = try verdict(of: any, try any.walk()) { return verdict }
    return .departs(try finder.departure(of: any))
  }

  /// The verdict of a walk; nil if no pair is left.
  private func verdict(of walk: LogWalk, _ end: LogWalk.End) throws -> LogVerdict? {
    switch end {
    case .explained(let pair): .explained(LogExplanation(walk, to: pair, log))
    case .exhausted: nil
    case .limit(let what): .limit(what, explained: max(0, walk.furthest))
    case .stopped: .stopped(explained: max(0, walk.furthest))
    }
  }
}
