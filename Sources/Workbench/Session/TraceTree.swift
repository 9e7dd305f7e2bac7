package import StateSpace

/// The visited states as a tree of steps. Nothing is forgotten: a step from an earlier state begins a new branch. A trace from the checker
/// or from a file is a branch like any other.
package struct TraceTree: Sendable {
  /// The origin of a branch.
  package enum Origin: String, Hashable, Sendable {
    case explored
    case counterexample
    case file
    /// A search for a state that satisfies a predicate.
    case search
    /// A random walk.
    case walk
  }

  package struct Branch: Hashable, Sendable {
    package fileprivate(set) var name: String
    package let origin: Origin
  }

  package struct Node: Hashable, Sendable {
    package let parent: Int?
    package let state: State
    /// The action of the step that led here; nil for an initial state and for a what-if change.
    package let label: ActionLabel?
    /// The change that the user made by hand to get here: `x = 3`; nil for a step. It is not a step of the specification.
    package let whatIf: String?
    /// Whether the path to this node contains a what-if change.
    package let isBehindWhatIf: Bool
    /// The number of steps from the initial state.
    package let depth: Int
    package let branch: Int
    package fileprivate(set) var children: [Int] = []
    /// The child that was visited last. Going forward leads there.
    package fileprivate(set) var preferred: Int?
    /// The node above, or this one, to which the behavior returns from here for ever. So this is the last state of a lasso.
    package fileprivate(set) var loopsTo: Int?
    /// Deleted nodes keep their numbers, so the other numbers stay valid and the deletion can be undone.
    package fileprivate(set) var isDeleted = false
  }

  package private(set) var nodes: [Node] = []
  package private(set) var branches: [Branch] = []
  /// The initial states that were visited.
  package private(set) var roots: [Int] = []
  /// It grows with every change, also with undo.
  package private(set) var revision = 0
  /// The nodes as they were before the edit that is being recorded.
  private var journal: [Int: Node]?
  /// The branches as they were before that edit.
  private var branchJournal: [Int: Branch] = [:]

  package init(root: State) {
    branches = [Branch(name: "main", origin: .explored)]
    nodes = [
      Node(parent: nil, state: root, label: nil, whatIf: nil, isBehindWhatIf: false, depth: 0, branch: 0)
    ]
    roots = [0]
  }

  package subscript(node: Int) -> Node { nodes[node] }

  /// The nodes from the initial state to a node, both included.
  package func path(to node: Int) -> [Int] {
    var result: [Int] = []
    result.reserveCapacity(nodes[node].depth + 1)
    var current: Int? = node
    while let node = current {
      result.append(node)
      current = nodes[node].parent
    }
    return result.reversed()
  }

  /// The whole branch of a node: the path to it, and then the nodes that going forward leads to.
  package func branchPath(through node: Int) -> [Int] {
    var result = path(to: node)
    var current = nodes[node].preferred
    while let next = current {
      result.append(next)
      current = nodes[next].preferred
    }
    return result
  }

  /// The last node of a node's branch.
  package func end(from node: Int) -> Int {
    var node = node
    while let next = nodes[node].preferred { node = next }
    return node
  }

  /// The initial state above a node.
  package func root(of node: Int) -> Int {
    var node = node
    while let parent = nodes[node].parent { node = parent }
    return node
  }

  /// The targets of the lassos, by their last nodes.
  package var loops: [Int: Int] {
    var loops: [Int: Int] = [:]
    for (number, node) in nodes.enumerated() where !node.isDeleted { loops[number] = node.loopsTo }
    return loops
  }

  package func branchName(of node: Int) -> String { branches[nodes[node].branch].name }
}

// Growing.
extension TraceTree {
  /// The node of an initial state. It is made at the first visit.
  mutating func root(for state: State, name: String? = nil, origin: Origin = .explored) -> Int {
    if let known = roots.first(where: { nodes[$0].state == state }) { return known }
    branches.append(Branch(name: name ?? nextName(), origin: origin))
    nodes.append(
      Node(
        parent: nil, state: state, label: nil, whatIf: nil, isBehindWhatIf: false, depth: 0,
        branch: branches.count - 1))
    roots.append(nodes.count - 1)
    return nodes.count - 1
  }

  /// The child of a node for a step: the existing one or a new one. A new step continues the branch if it comes from the branch's end and
  /// has the same origin; unless the user made it, it must also have the branch's name. Otherwise it begins a branch called `name`. A
  /// what-if change has no label.
  mutating func child(
    of parent: Int, label: ActionLabel?, whatIf: String? = nil, state: State, name: String? = nil,
    origin: Origin = .explored
  ) -> Int {
    if let known = nodes[parent].children.first(where: {
      nodes[$0].state == state && nodes[$0].label == label && nodes[$0].whatIf == whatIf
    }) {
      return known
    }
    let above = branches[nodes[parent].branch]
    let continues =
      nodes[parent].children.isEmpty && above.origin == origin
      && (origin == .explored || above.name == name)
    if !continues { branches.append(Branch(name: name ?? nextName(), origin: origin)) }
    let branch = continues ? nodes[parent].branch : branches.count - 1
    nodes.append(
      Node(
        parent: parent, state: state, label: label, whatIf: whatIf,
        isBehindWhatIf: whatIf != nil || nodes[parent].isBehindWhatIf, depth: nodes[parent].depth + 1,
        branch: branch))
    note(parent)
    nodes[parent].children.append(nodes.count - 1)
    return nodes.count - 1
  }

  /// Makes this node the target of going forward from all nodes above it.
  mutating func prefer(_ node: Int) {
    var node = node
    while let parent = nodes[node].parent {
      if nodes[parent].preferred != node {
        note(parent)
        nodes[parent].preferred = node
      }
      node = parent
    }
  }

  /// Makes a node the last one of a lasso that returns to a node above it, or to the node itself.
  mutating func close(_ node: Int, loopingTo start: Int) {
    note(node)
    nodes[node].loopsTo = start
  }

  /// Renames the branch with this number.
  mutating func rename(branch: Int, to name: String) {
    if branchJournal[branch] == nil { branchJournal[branch] = branches[branch] }
    branches[branch].name = name
  }

  /// Removes a node and everything after it. The only initial state is not removed. Returns whether anything was removed.
  mutating func delete(from node: Int) -> Bool {
    if let parent = nodes[node].parent {
      note(parent)
      nodes[parent].children.removeAll { $0 == node }
      if nodes[parent].preferred == node { nodes[parent].preferred = nodes[parent].children.last }
    } else {
      guard roots.count > 1 else { return false }
      roots.removeAll { $0 == node }
    }
    var pending = [node]
    while let next = pending.popLast() {
      note(next)
      nodes[next].isDeleted = true
      pending += nodes[next].children
    }
    return true
  }

  private func nextName() -> String { "branch \(branches.count { $0.origin == .explored } + 1)" }

  private mutating func note(_ node: Int) {
    if journal != nil, journal?[node] == nil { journal?[node] = nodes[node] }
  }
}

/// The changes of one user command to the tree and the cursor, for undo and redo. It holds only the differences, because there are as many
/// edits as the session has steps.
struct TreeEdit: Sendable {
  let cursorBefore: Int
  let cursorAfter: Int
  fileprivate let nodeCount: Int
  fileprivate let branchCount: Int
  fileprivate let branchesBefore: [Int: TraceTree.Branch]
  /// Nil if they did not change.
  fileprivate let rootsBefore: [Int]?
  fileprivate let before: [Int: TraceTree.Node]
  /// Set when the edit is undone.
  fileprivate var after: [Int: TraceTree.Node] = [:]
  fileprivate var addedNodes: [TraceTree.Node] = []
  fileprivate var addedBranches: [TraceTree.Branch] = []
  fileprivate var branchesAfter: [Int: TraceTree.Branch] = [:]
  fileprivate var rootsAfter: [Int]?
  /// Whether the edit changes more than the cursor.
  let changesTree: Bool
}

// Undoing.
extension TraceTree {
  /// Runs `change`, which returns the new cursor, and records what it does. If `change` throws, the tree stays as it was.
  mutating func recordingEdit(
    cursor: Int, _ change: (inout TraceTree) throws -> Int
  ) rethrows -> TreeEdit {
    let old = (nodes: nodes.count, branches: branches.count, roots: roots)
    func edit(endingAt end: Int) -> TreeEdit {
      let before = (journal ?? [:]).filter { $0.key < old.nodes }
      let renamed = branchJournal.filter { $0.key < old.branches && branches[$0.key] != $0.value }
      return TreeEdit(
        cursorBefore: cursor, cursorAfter: end, nodeCount: old.nodes, branchCount: old.branches,
        branchesBefore: renamed, rootsBefore: old.roots == roots ? nil : old.roots, before: before,
        changesTree: nodes.count > old.nodes || branches.count > old.branches || !renamed.isEmpty
          || before.contains { nodes[$0.key].isDeleted != $0.value.isDeleted })
    }
    journal = [:]
    branchJournal = [:]
    revision += 1
    defer { journal = nil }
    do {
      let end = try change(&self)
      prefer(end)
      return edit(endingAt: end)
    } catch {
      var failed = edit(endingAt: cursor)
      undo(&failed)
      throw error
    }
  }

  mutating func undo(_ edit: inout TreeEdit) {
    revision += 1
    edit.addedNodes = Array(nodes[edit.nodeCount...])
    edit.addedBranches = Array(branches[edit.branchCount...])
    edit.branchesAfter = Dictionary(uniqueKeysWithValues: edit.branchesBefore.keys.map { ($0, branches[$0]) })
    edit.rootsAfter = edit.rootsBefore == nil ? nil : roots
    edit.after = Dictionary(uniqueKeysWithValues: edit.before.keys.map { ($0, nodes[$0]) })
    nodes.removeSubrange(edit.nodeCount...)
    branches.removeSubrange(edit.branchCount...)
    for (branch, old) in edit.branchesBefore { branches[branch] = old }
    if let before = edit.rootsBefore { roots = before }
    for (node, old) in edit.before { nodes[node] = old }
  }

  mutating func redo(_ edit: TreeEdit) {
    revision += 1
    nodes += edit.addedNodes
    branches += edit.addedBranches
    for (branch, new) in edit.branchesAfter { branches[branch] = new }
    if let after = edit.rootsAfter { roots = after }
    for (node, new) in edit.after { nodes[node] = new }
  }
}
