/// Everything that runs in the background, each run with a number. Reports of an older number are ignored.
struct Runs {
  var check = CheckState() { didSet { checkNews += 1 } }
  /// Counts the changes of `check`.
  private(set) var checkNews = 0
  /// The search beside the checker.
  var search = SearchState()
  /// The judging of a log.
  var log = LogRun()
  /// The expressions that are evaluated in the background.
  var evaluating = EvaluationQueue()
  /// The knowledge of the distance to the nearest violation.
  var danger = DangerKnowledge.none
  /// The work on a long branch, done part by part.
  var job: BranchJob?
  /// The current play or walk.
  var motion = Motion.none
  var motionNumber = 0

  /// The effects that stop everything that runs.
  var stopping: [Effect] {
    (check.isRunning ? [.stopCheck] : []) + (search.isRunning ? [.stopSearch] : [])
      + (evaluating.running != nil ? [.stopEvaluation] : []) + (log.isRunning ? [.stopLog] : [])
  }

  /// Forgets all results, because they belong to another model. Later runs have higher numbers.
  mutating func forget() {
    let (checkRun, searchRun) = (check.run + 1, search.run + 1)
    (check, search, danger, job, motion) = (CheckState(), SearchState(), .none, nil, .none)
    log = LogRun(run: log.run + 1, arrival: log.arrival, wanted: log.wanted, waiting: log.waiting)
    (check.run, search.run, motionNumber) = (checkRun, searchRun, motionNumber + 1)
    evaluating.clear()
  }
}
