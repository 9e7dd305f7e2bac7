import StateSpace
import Traces

/// The space–time diagram of the branch that was looked at last. It goes on where the branch goes on, and is cut back to
/// where another branch leaves it.
struct SpaceTimeCache {
  private var diagram: SpaceTime?
  private var entries: [Entry] = []
  private var drawn: (revision: Int, node: Int)?
  /// Whether the tree's numbers may mean other nodes than they did.
  private var isInDoubt = false

  fileprivate struct Entry: Hashable {
    let node: Int
    let state: State
    let label: ActionLabel?
  }

  /// Nodes were taken out of the tree.
  mutating func doubt() {
    isInDoubt = true
    drawn = nil
  }

  /// The diagram of the whole branch that a node is on. Costs what is new of it.
  mutating func diagram(of tree: TraceTree, through node: Int, model: SessionModel) -> SpaceTime {
    if let drawn, drawn.revision == tree.revision, drawn.node == node, let diagram { return diagram }
    let path = tree.branchPath(through: node)
    var shared = 0
    while shared < min(path.count, entries.count), isKnown(path[shared], at: shared, tree) { shared += 1 }
    var start = shared == 0 ? 0 : self.diagram?.cut(toCount: shared) ?? 0
    var diagram: SpaceTime
    if start > 0, let kept = self.diagram {
      diagram = kept
    } else {
      diagram = SpaceTime(model.structure, initial: model.values(of: tree[path[0]].state))
      start = 1
      entries = [Entry(path[0], tree)]
    }
    // One owner only, so that growing does not copy it.
    self.diagram = nil
    entries.removeSubrange(start...)
    var before = model.values(of: tree[path[start - 1]].state)
    for node in path[start...] {
      let entry = Entry(node, tree)
      let after = model.values(of: entry.state)
      diagram.append(from: before, to: after, label: entry.label)
      entries.append(entry)
      before = after
    }
    self.diagram = diagram
    drawn = (tree.revision, node)
    isInDoubt = false
    return diagram
  }

  private func isKnown(_ node: Int, at position: Int, _ tree: TraceTree) -> Bool {
    isInDoubt ? entries[position] == Entry(node, tree) : entries[position].node == node
  }
}

extension SpaceTimeCache.Entry {
  fileprivate init(_ node: Int, _ tree: TraceTree) {
    self.init(node: node, state: tree[node].state, label: tree[node].label)
  }
}
