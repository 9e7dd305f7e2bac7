import StateSpace

/// The branches of a tree in the order of the list. Each branch comes after the one that it left. Branches that left the same one are
/// ordered by their numbers.
struct BranchList {
  struct Entry: Hashable {
    /// The branch's number in the tree.
    let branch: Int
    /// The first node that belongs to this branch only, and the branch's last node.
    let first: Int
    let last: Int
    /// The number of branches above it in the list's hierarchy.
    let level: Int
  }

  let entries: [Entry]

  init(_ tree: TraceTree) {
    var ends: [Int: (first: Int, last: Int)] = [:]
    for (number, node) in tree.nodes.enumerated() where !node.isDeleted {
      ends[node.branch, default: (number, number)].last = number
    }
    var followers: [Int?: [Int]] = [:]
    for branch in ends.keys.sorted() {
      let parent = ends[branch].flatMap { tree[$0.first].parent }
      followers[parent.map { tree[$0].branch }, default: []].append(branch)
    }
    var entries: [Entry] = []
    var pending = (followers[nil] ?? []).reversed().map { (branch: $0, level: 0) }
    while let (branch, level) = pending.popLast() {
      guard let (first, last) = ends[branch] else { continue }
      entries.append(Entry(branch: branch, first: first, last: last, level: level))
      pending += (followers[branch] ?? []).reversed().map { (branch: $0, level: level + 1) }
    }
    self.entries = entries
  }

  /// The position of a branch in the list; 0 if it is not in the list.
  func position(of branch: Int) -> Int { entries.firstIndex { $0.branch == branch } ?? 0 }
}

/// The open list of branches.
struct BranchesDialog: Hashable, Sendable {
  var selected: Int
  /// The branch to compare with the next one.
  var marked: Int?
}

/// An open comparison: the last nodes of two branches.
struct ComparisonDialog: Hashable, Sendable {
  let left: Int
  let right: Int
  var top = 0
}

/// The place where two paths part.
struct PathComparison {
  /// A variable with two different values.
  struct Difference {
    let variable: String
    let left: PlainValue
    let right: PlainValue
  }

  let left: [Int]
  let right: [Int]
  /// The first step at which the actions or the states differ, or at which only one path continues; nil for equal paths.
  let step: Int?
  /// The variables that differ after that step; empty if one path ends before it.
  let differences: [Difference]

  init(_ left: [Int], _ right: [Int], in tree: TraceTree, of model: SessionModel) {
    self.left = left
    self.right = right
    let shared = zip(left, right).prefix { one, other in
      one == other
        || (tree[one].state == tree[other].state && tree[one].label == tree[other].label
          && tree[one].whatIf == tree[other].whatIf)
    }.count
    step = shared == left.count && shared == right.count ? nil : shared
    guard shared < left.count, shared < right.count else {
      differences = []
      return
    }
    let values = (model.values(of: tree[left[shared]].state), model.values(of: tree[right[shared]].state))
    differences = model.variables.indices.compactMap { variable in
      let (one, other) = (values.0[variable], values.1[variable])
      return one == other ? nil : Difference(variable: model.variables[variable], left: one, right: other)
    }
  }
}
