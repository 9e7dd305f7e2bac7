import StateSpace
import Traces

/// The space–time diagrams of the branches that were shown last. If a branch grows, its diagram grows, too. For another branch, a copy is
/// cut back to where the branches part.
struct SpaceTimeCache {
  /// The most recent one is the last.
  private var kept: [Kept] = []
  private var drawn: (revision: Int, node: Int)?
  /// Whether the tree's numbers may mean other nodes than before.
  private var isInDoubt = false
  private static let limit = 6

  fileprivate struct Kept {
    var diagram: SpaceTime
    var entries: [Entry]
  }

  fileprivate struct Entry: Hashable {
    let node: Int
    let state: State
    let label: ActionLabel?
  }

  /// Nodes were removed from the tree.
  mutating func doubt() {
    isInDoubt = true
    drawn = nil
  }

  /// The diagram of the whole branch of a node. Only the new part is computed.
  mutating func diagram(of tree: TraceTree, through node: Int, model: SessionModel) -> SpaceTime {
    if let drawn, drawn.revision == tree.revision, drawn.node == node, let last = kept.last {
      return last.diagram
    }
    let path = tree.branchPath(through: node)
    if isInDoubt { forgetChanged(tree) }
    var current =
      taken(for: path)
      ?? Kept(
        diagram: SpaceTime(model.structure, initial: model.values(of: tree[path[0]].state)),
        entries: [Entry(path[0], tree)])
    if current.entries.count < path.count {
      var before = model.values(of: tree[path[current.entries.count - 1]].state)
      for node in path[current.entries.count...] {
        let entry = Entry(node, tree)
        let after = model.values(of: entry.state)
        current.diagram.append(from: before, to: after, label: entry.label)
        current.entries.append(entry)
        before = after
      }
    }
    kept.append(current)
    if kept.count > SpaceTimeCache.limit { kept.removeFirst() }
    drawn = (tree.revision, node)
    return current.diagram
  }

  /// The diagram with the longest common part with a path. If the path continues it, the diagram itself, else a copy that is cut back.
  private mutating func taken(for path: [Int]) -> Kept? {
    let shared = kept.map { kept in zip(kept.entries, path).prefix { $0.node == $1 }.count }
    guard let best = shared.indices.max(by: { shared[$0] < shared[$1] }), shared[best] > 0 else { return nil }
    if shared[best] == kept[best].entries.count { return kept.remove(at: best) }
    var copy = kept[best]
    let left = copy.diagram.cut(toCount: shared[best])
    guard left > 0 else { return nil }
    copy.entries.removeSubrange(left...)
    return copy
  }

  /// Drops the diagrams whose nodes were replaced or removed.
  private mutating func forgetChanged(_ tree: TraceTree) {
    kept.removeAll { kept in
      !kept.entries.allSatisfy { $0.node < tree.nodes.count && $0 == Entry($0.node, tree) }
    }
    isInDoubt = false
  }
}

extension SpaceTimeCache.Entry {
  fileprivate init(_ node: Int, _ tree: TraceTree) {
    self.init(node: node, state: tree[node].state, label: tree[node].label)
  }
}
