import StateSpace
import Traces

/// Computes and caches the facts of tree nodes, each from those of its parent.
struct PathFactsCache {
  private var known = Cache<Int, PathFacts>(limit: 512)
  /// How far back the path is followed if none of its facts are cached.
  private static let horizon = 400

  /// The nodes from this number on will be replaced by others.
  mutating func forget(fromNode count: Int) { known.removeAll { $0 >= count } }

  mutating func facts(at node: Int, in tree: TraceTree, of model: SessionModel) -> PathFacts {
    var missing: [Int] = []
    var current = node
    var facts: PathFacts?
    while facts == nil {
      if let value = known[current] {
        facts = value
      } else {
        missing.append(current)
        guard let parent = tree[current].parent, missing.count < PathFactsCache.horizon else { break }
        current = parent
      }
    }
    var result = facts ?? start(missing.popLast() ?? node, tree, model)
    for node in missing.reversed() {
      result = extended(result, to: node, tree, model)
      known[node] = result
    }
    return result
  }

  /// The facts at the beginning of the examined path: at an initial state, or at the horizon.
  private func start(_ node: Int, _ tree: TraceTree, _ model: SessionModel) -> PathFacts {
    PathFacts(
      at: model.values(of: tree[node].state), isInitial: tree[node].parent == nil, in: model.structure)
  }

  private func extended(
    _ before: PathFacts, to node: Int, _ tree: TraceTree, _ model: SessionModel
  ) -> PathFacts {
    guard let parent = tree[node].parent else { return start(node, tree, model) }
    var facts = before
    let (old, new, label) = (tree[parent].state, tree[node].state, tree[node].label)
    facts.take(
      model.summary(from: old, to: new, label: label).changes, from: model.values(of: old),
      to: model.values(of: new), label: label, step: tree[node].depth, in: model.structure)
    return facts
  }
}
