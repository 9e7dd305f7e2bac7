import StateSpace

/// The user's slow expressions. They are evaluated in the background, one after the other.
struct EvaluationQueue {
  /// The use of an answer.
  enum Purpose: Hashable {
    /// An entry of the log, by its number.
    case log(Int)
    /// The command `:eval`.
    case say
    /// The readings that Properties shows.
    case watch([Step])
    /// The next step of the history that is being computed.
    case history
    /// A what-if change of the node.
    case whatIf(WhatIfAssignment, node: Int)
  }

  /// A state and the state before it.
  struct Step: Hashable {
    let state: State
    let before: State?
  }

  struct Request: Hashable {
    let task: EvaluationTask
    let purpose: Purpose
  }

  /// The number of the last run. Reports of any other run are ignored.
  var run = 0
  var running: Request?
  var waiting: [Request] = []
  /// The run was asked to stop and has not answered yet.
  var isStopping = false
  /// The number of places that the running request has done.
  var done = 0

  var isBusy: Bool { running != nil || !waiting.isEmpty }

  /// Forgets everything. Later reports of the last run are ignored.
  mutating func clear() {
    let last = run
    self = EvaluationQueue()
    run = last + 1
  }
}
