import StateSpace
import Traces

/// The tree of visited states, the current node, and the edits that can be undone.
struct Exploration {
  var tree: TraceTree
  /// The current state's node.
  var cursor = 0
  /// The edits that were done, the last one at the end.
  var done: [TreeEdit] = []
  /// The edits that were undone, the last one at the end.
  var undone: [TreeEdit] = []
  /// The nodes that are in a saved trace.
  var savedNodes: Set<Int> = []
  /// The user's captions of states, by their nodes.
  var captions: [Int: String] = [:]

  init(from initial: State) { tree = TraceTree(root: initial) }

  /// The nodes from this number on are not there any more.
  mutating func forgetNodes(from count: Int) {
    savedNodes = savedNodes.filter { $0 < count }
    captions = captions.filter { $0.key < count }
  }

  init(tree: TraceTree, savedNodes: Set<Int>) {
    self.tree = tree
    self.savedNodes = savedNodes
  }
}
