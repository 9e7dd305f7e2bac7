/// The relation of a log to a model.
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
  private let pace: LogPace

  /// Compiles the rules. Of the options only the limits count. `matches` compares the value of a state with one of a line. Throws
  /// `Diagnostics` for a text of a rule that cannot be read.
  package init(
    _ explorer: Explorer, rules: [LogRule], initial: LogRule = LogRule(meaning: .state),
    unlogged: [UnloggedAction], options: CheckOptions, pace: LogPace = LogPace(),
    matches: @escaping (PlainValue, PlainValue) -> Bool
  ) throws {
    self.options = options
    self.pace = pace
    log = try LogMachine(
      explorer.program,
      LogMachine.Source(
        rules: rules, initial: initial, unlogged: unlogged, matches: matches,
        makeProgram: explorer.freshProgram))
  }

  /// The measured effort of the last search.
  package private(set) var progress = CheckProgress()

  /// Judges a log. If the behavior is not kept, the memory does not grow with the log, and an explanation gives only the last of its steps.
  /// Every few thousand states it calls `report`, and stops if that returns false. Throws `EvaluationFailure` if a step cannot be evaluated,
  /// and what the source throws.
  package func judge(
    _ source: any LogSource, keepsBehavior: Bool = true, report: @escaping (CheckProgress) -> Bool
  ) throws -> LogVerdict {
    let run = SearchRun(limits: options.limits, shouldContinue: report)
    log.program.stopsEvaluating { run.goesOn }
    defer {
      run.measureTime()
      progress = run.progress
    }
    var options = LogWalk.Options(keepsInvariants: true, keepsBehavior: keepsBehavior, pace: pace)
    let (careful, carefulEnd) = try walk(source, run, options)
    if let verdict = verdict(of: careful, carefulEnd) { return verdict }
    source.close()
    guard careful.hasMetViolation else { return .departs(try departure(of: careful, source)) }
    // Every way that keeps the invariants ends early. Perhaps another one does not.
    options.keepsInvariants = false
    let (any, anyEnd) = try walk(source, run, options)
    if let verdict = verdict(of: any, anyEnd) { return verdict }
    return .departs(try departure(of: any, source))
  }

  /// Walks in haste if the way does not matter; if that decides nothing, once more.
  private func walk(
    _ source: any LogSource, _ run: SearchRun, _ options: LogWalk.Options
  ) throws -> (LogWalk, LogWalk.End) {
    if !options.keepsBehavior, !source.isGrowing {
      var options = options
      options.isHasty = true
      let hasty = try LogWalk(log, source, run: run, options)
      let end = try hasty.walk()
      guard case .undecided = end else { return (hasty, end) }
    }
    let walk = try LogWalk(log, source, run: run, options)
    return (walk, try walk.walk())
  }

  private func departure(of walk: LogWalk, _ source: any LogSource) throws -> LogDeparture {
    try DepartureFinder.departure(of: walk, source, memoryLimit: options.memoryLimit)
  }

  /// The verdict of a walk; nil if no pair is left.
  private func verdict(of walk: LogWalk, _ end: LogWalk.End) -> LogVerdict? {
    switch end {
    case .explained(let pair): .explained(LogExplanation(walk, to: pair))
    case .exhausted, .undecided: nil
    case .limit(let what): .limit(what, explained: max(0, walk.furthest))
    case .stopped: .stopped(explained: max(0, walk.furthest))
    }
  }
}
