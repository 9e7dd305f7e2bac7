/// What runs beside the user, each with a number: news of an older number mean nothing.
struct Runs {
  var check = CheckState()
  /// The search beside the checker.
  var search = SearchState()
  /// The expressions that are evaluated in the background.
  var evaluating = EvaluationQueue()
  /// What is known of the way to the nearest violation.
  var danger = DangerKnowledge.none
  /// What is done with a long branch, part by part.
  var job: BranchJob?
  /// What moves on its own.
  var motion = Motion.none
  var motionNumber = 0

  /// The effects that end what runs.
  var stopping: [Effect] {
    (check.isRunning ? [.stopCheck] : []) + (search.isRunning ? [.stopSearch] : [])
      + (evaluating.running != nil ? [.stopEvaluation] : [])
  }

  /// Forgets all that was found: it was of another model. Later runs have later numbers.
  mutating func forget() {
    let (checkRun, searchRun) = (check.run + 1, search.run + 1)
    (check, search, danger, job, motion) = (CheckState(), SearchState(), .none, nil, .none)
    (check.run, search.run, motionNumber) = (checkRun, searchRun, motionNumber + 1)
    evaluating.clear()
  }
}
