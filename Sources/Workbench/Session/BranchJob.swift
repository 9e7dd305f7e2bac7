import StateSpace
import Traces

/// Work on a branch that is too long to do at once. A part is done at each tick, until the work is finished or stopped.
enum BranchJob {
  case saving(LongSave)
  case history(LongHistory)
  case restoring(LongRestore)
}

/// A session that is being restored. Its states are taken in part by part; then its tree is grown at once.
struct LongRestore {
  /// The session's file.
  let path: String
  var replay: TreeReplay
}

/// A long branch that is being saved. It stays as it was at the start, even if the tree changes.
struct LongSave {
  let path: String
  let replaces: Bool
  /// The model that spells out the values of the states.
  let model: SessionModel
  let states: [State]
  var writer: LongTraceWriter
  let labels: [ActionLabel?]
  let loop: Int?
  /// The number of states done: noted while `isNoting`, then written.
  var done = 0
  var isNoting: Bool
  /// Whether a piece has been handed out.
  var hasBegun = false

  func step(_ index: Int) -> TraceStep {
    TraceStep(label: labels[index], values: model.values(of: states[index]))
  }
}

/// The values of an expression along a branch, as far as they have been computed.
struct LongHistory {
  let expression: String
  /// The nodes of the tree in that revision.
  let nodes: [Int]
  let revision: Int
  var readings: [SessionModel.Reading] = []
}
