import StateSpace
import Traces

/// What is done with a branch that is too long to be done at once: a part at each tick, until it is done or stopped.
enum BranchJob {
  case saving(LongSave)
  case history(LongHistory)
}

/// A long branch that is being saved. It is as it was when that began, whatever happens to the tree.
struct LongSave {
  let path: String
  let replaces: Bool
  /// Whose values the states are spelled by.
  let model: SessionModel
  let states: [State]
  var writer: LongTraceWriter
  let labels: [ActionLabel?]
  let loop: Int?
  /// How many states are done: noted, as long as `isNoting`, then written.
  var done = 0
  var isNoting: Bool
  /// Whether a piece was handed out.
  var hasBegun = false

  func step(_ index: Int) -> TraceStep {
    TraceStep(label: labels[index], values: model.values(of: states[index]))
  }
}

/// The values of an expression along a branch, as far as they are known.
struct LongHistory {
  let expression: String
  /// Nodes of the tree in that revision.
  let nodes: [Int]
  let revision: Int
  var readings: [SessionModel.Reading] = []
}
