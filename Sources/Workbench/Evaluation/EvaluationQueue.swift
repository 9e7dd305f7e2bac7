import StateSpace

/// The user's expressions that take long, which are evaluated beside the loop one after the other.
struct EvaluationQueue {
  /// What an answer is for.
  enum Purpose: Hashable {
    /// An entry of the log, by its number.
    case log(Int)
    /// The command `:eval`.
    case say
    /// Readings that Properties shows.
    case watch([Step])
    /// The next step of the history that is being made.
    case history
    /// A what-if change of the node.
    case whatIf(WhatIfAssignment, node: Int)
  }

  /// A state, and the one before it.
  struct Step: Hashable {
    let state: State
    let before: State?
  }

  struct Request: Hashable {
    let task: EvaluationTask
    let purpose: Purpose
  }

  /// The number of the last run; news of any other is old.
  var run = 0
  var running: Request?
  var waiting: [Request] = []
  /// Whether the run was asked to stop and has not answered.
  var isStopping = false
  /// In how many of its places the running request is done.
  var done = 0

  var isBusy: Bool { running != nil || !waiting.isEmpty }

  /// Forgets everything; what still comes of the last run is old.
  mutating func clear() {
    let last = run
    self = EvaluationQueue()
    run = last + 1
  }
}
