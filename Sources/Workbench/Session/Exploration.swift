import StateSpace
import Traces

/// The tree of the states that were visited, the current one, and what can be undone.
struct Exploration {
  var tree: TraceTree
  /// The current state's node.
  var cursor = 0
  /// The edits that were done, the last one last.
  var done: [TreeEdit] = []
  /// The edits that were undone, the last one last.
  var undone: [TreeEdit] = []
  /// The nodes that a saved trace holds.
  var savedNodes: Set<Int> = []

  init(from initial: State) { tree = TraceTree(root: initial) }

  init(tree: TraceTree, savedNodes: Set<Int>) {
    self.tree = tree
    self.savedNodes = savedNodes
  }
}
