import StateSpace
import Traces

/// The rows of the Trace pane: the steps of the whole branch of the current state. After each step come the other branches that begin
/// there.
struct TraceRows {
  enum Row: Hashable, Sendable {
    /// A step of the branch, by its node.
    case step(Int)
    /// The first step of another branch.
    case branch(Int, isLast: Bool)
  }

  let rows: [Row]

  init(_ tree: TraceTree, through cursor: Int) {
    let path = tree.branchPath(through: cursor)
    var rows: [Row] = []
    rows.reserveCapacity(path.count + 8)
    for (position, node) in path.enumerated() {
      rows.append(.step(node))
      let children = tree[node].children
      guard children.count > 1 || position + 1 == path.count else { continue }
      let next = position + 1 < path.count ? path[position + 1] : -1
      let others = children.filter { $0 != next }
      for (index, child) in others.enumerated() {
        rows.append(.branch(child, isLast: index + 1 == others.count && next < 0))
      }
    }
    if let root = path.first {
      for other in tree.roots where other != root { rows.append(.branch(other, isLast: false)) }
    }
    self.rows = rows
  }

  func node(atRow row: Int) -> Int? {
    guard rows.indices.contains(row) else { return nil }
    switch rows[row] {
    case .step(let node), .branch(let node, _): return node
    }
  }

  /// The row of a step of the branch. `depth` is the node's depth: its row cannot come before that row.
  func row(ofNode node: Int, depth: Int) -> Int? {
    rows.dropFirst(depth).firstIndex(of: .step(node))
  }
}
