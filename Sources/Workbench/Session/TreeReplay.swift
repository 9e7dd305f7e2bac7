import StateSpace
import Traces

/// Adds a recorded tree to the tree of a model. The model may be another version of the recorded one.
///
/// On the same version, every state is taken as recorded. On another version, each step is taken by its action's name and arguments. Of
/// several successors, it takes the one that has most in common with the recorded state. A step that is not possible ends its branch.
struct TreeReplay {
  /// The node for each recorded one; nil if it could not be reached.
  private(set) var nodes: [Int?] = []
  /// Whether the version is the same, so nothing can be missing.
  private(set) var isSameVersion: Bool

  private(set) var recorded: RecordedTree
  /// What the recorded states share.
  private let shared = SharedParts()
  /// The states of the first recorded nodes, if they were taken in before.
  private var taken: [State?] = []
  private let model: SessionModel
  /// The positions of the recorded variables among the model's variables; nil for a variable that the model lacks.
  private let positions: [Int?]

  init(_ recorded: RecordedTree, on model: SessionModel) {
    self.recorded = recorded
    self.model = model
    positions = recorded.variables.map { model.variables.firstIndex(of: $0) }
    isSameVersion = recorded.digest == model.digest && recorded.variables == model.variables
  }

  /// The number of recorded nodes whose states have been taken in.
  var takenCount: Int { taken.count }

  /// Takes in the states of further recorded nodes, with at least this many values, so that growing the tree is fast. Returns false if all
  /// are taken in.
  mutating func takeStates(values: Int) -> Bool {
    var left = values
    while isSameVersion, taken.count < recorded.nodes.count {
      guard left > 0 else { return true }
      let node = recorded.nodes[taken.count]
      left -= 1 + node.values.reduce(0) { $0 + $1.breadth }
      taken.append(node.isDeleted ? nil : try? model.explorer.state(of: node.values, sharing: shared))
    }
    return false
  }

  /// Grows the tree. Returns the node of the recorded cursor, or of the last state before it that can be reached.
  mutating func grow(_ tree: inout TraceTree) -> Int {
    var branchNames: [String: String] = [:]
    var hasChildren = Set<Int>()
    // In a tree that has only its initial state, the first branch is the recorded one, whatever its name.
    let isFresh = tree.nodes.count == 1
    for node in recorded.nodes {
      guard let (parent, state) = target(of: node, in: tree) else {
        nodes.append(nil)
        continue
      }
      let origin = TraceTree.Origin(rawValue: node.origin) ?? .explored
      let name = branchNames[node.branch] ?? node.branch
      let grown: Int
      if let parent {
        hasChildren.insert(parent)
        let continues = tree[parent].children.isEmpty && tree.branchName(of: parent) == name
        let isTaken = tree.branches.contains { $0.name == name }
        grown = tree.child(
          of: parent, label: node.label ?? (node.whatIf == nil ? .stuttering : nil),
          whatIf: node.whatIf, state: state,
          name: continues || !isTaken || origin != .explored ? name : nil, origin: origin)
      } else {
        grown = tree.root(
          for: state, name: tree.branches.contains { $0.name == name } ? nil : name, origin: origin)
        if isFresh, grown == 0 { tree.rename(branch: tree[grown].branch, to: name) }
      }
      branchNames[node.branch] = tree.branchName(of: grown)
      nodes.append(grown)
    }
    closeLassos(in: &tree)
    // Going forward leads to the ends of the branches again. On the branch of the cursor it leads to that branch's end.
    for node in nodes.compactMap({ $0 }) where !hasChildren.contains(node) { tree.prefer(node) }
    let reached = recorded.path(to: recorded.cursor).last { nodes[$0] != nil }
    return reached.flatMap { nodes[$0] } ?? 0
  }

  /// Closes the recorded lassos that the model still allows.
  private func closeLassos(in tree: inout TraceTree) {
    for (position, node) in recorded.nodes.enumerated() {
      guard let start = node.loopsTo, nodes.indices.contains(start), let end = nodes[position],
        let first = nodes[start]
      else { continue }
      let state = tree[first].state
      let leadsBack =
        tree[end].state == state
        || ((try? model.explorer.successors(of: tree[end].state)) ?? []).contains { $0.state == state }
      if leadsBack { tree.close(end, loopingTo: first) }
    }
  }

  /// Replaces the recorded nodes from a position on by others, which continue the path to that position, and takes them on the tree.
  mutating func follow(_ path: [RecordedTree.Node], from position: Int, in tree: inout TraceTree) {
    recorded.nodes.removeSubrange(position...)
    nodes.removeSubrange(position...)
    for node in path {
      recorded.nodes.append(node)
      guard let (parent, state) = target(of: node, in: tree) else {
        nodes.append(nil)
        continue
      }
      guard let parent else {
        nodes.append(tree.root(for: state))
        continue
      }
      let label = node.label ?? (node.whatIf == nil ? .stuttering : nil)
      nodes.append(tree.child(of: parent, label: label, whatIf: node.whatIf, state: state))
    }
  }

  /// Why a recorded node could not be reached from the one before it.
  func refusal(at position: Int, in tree: TraceTree) -> String {
    let missing = recorded.nodes[position]
    if let change = missing.whatIf { return "\(change) cannot be set" }
    guard let label = missing.label, position > 0, let before = nodes[position - 1] else {
      return "there is no such initial state"
    }
    return refusal(of: label, in: tree[before].state, when: "")
  }

  /// The variables of both models that have the same value in a recorded node and in the state that it became.
  func variablesAlike(at position: Int, in tree: TraceTree) -> Set<String> {
    guard nodes.indices.contains(position), let node = nodes[position] else { return [] }
    let differing = Set(differingVariables(recorded.nodes[position], tree[node].state))
    return Set(recorded.variables).intersection(model.variables).subtracting(differing)
  }

  /// The first place at which one of some variables differs, in words; nil if none does.
  func difference(at position: Int, of variables: Set<String>, in tree: TraceTree) -> String? {
    guard let node = nodes[position] else { return nil }
    let recordedNode = recorded.nodes[position]
    let names = differingVariables(recordedNode, tree[node].state).filter(variables.contains)
    guard let name = names.first, let one = recorded.variables.firstIndex(of: name),
      let other = positions[one]
    else { return nil }
    let value = model.values(of: tree[node].state)[other]
    return Wording.sides(of: name, recordedNode.values[one], value, on: model.name)
  }

  /// The parent for a recorded node (nil for an initial state) and the node's state. Nil if the node cannot be reached.
  private mutating func target(
    of node: RecordedTree.Node, in tree: TraceTree
  ) -> (parent: Int?, state: State)? {
    if node.isDeleted { return nil }
    let parent: Int?
    switch node.parent.map({ nodes.indices.contains($0) ? nodes[$0] : nil }) {
    case .none: parent = nil
    case .some(.none): return nil
    case .some(.some(let known)): parent = known
    }
    if isSameVersion {
      let known = taken.indices.contains(nodes.count) ? taken[nodes.count] : nil
      if let state = known ?? (try? model.explorer.state(of: node.values, sharing: shared)) {
        return (parent, state)
      }
      isSameVersion = false
    }
    guard let parent else { return best(model.initialStates, for: node).map { (nil, $0) } }
    if node.whatIf != nil { return changed(node, from: tree[parent].state).map { (parent, $0) } }
    if let before = node.parent, recorded.nodes[before].values == node.values,
      node.label.map({ $0 == .stuttering }) ?? true
    {
      return (parent, tree[parent].state)
    }
    let successors = (try? model.explorer.successors(of: tree[parent].state)) ?? []
    return best(successors.filter { $0.label == node.label }.map(\.state), for: node).map { (parent, $0) }
  }

  /// The state after the what-if change of a recorded node.
  private func changed(_ node: RecordedTree.Node, from state: State) -> State? {
    guard let before = node.parent else { return nil }
    var values = model.values(of: state)
    for (index, position) in positions.enumerated()
    where recorded.nodes[before].values[index] != node.values[index] {
      guard let position else { return nil }
      values[position] = node.values[index]
    }
    return try? model.explorer.state(of: values)
  }

  /// The state with the fewest variables that differ from the recorded state; the first of several.
  private func best(_ states: [State], for node: RecordedTree.Node) -> State? {
    guard states.count > 1 else { return states.first }
    var best: (state: State, score: Int)?
    for state in states {
      let score = differingVariables(node, state).count
      if score < best?.score ?? .max { best = (state, score) }
    }
    return best?.state
  }

  private func differingVariables(_ node: RecordedTree.Node, _ state: State) -> [String] {
    let values = model.values(of: state)
    return zip(recorded.variables.indices, positions).compactMap { recordedPosition, position in
      guard let position, node.values.indices.contains(recordedPosition) else { return nil }
      return values[position] == node.values[recordedPosition] ? nil : recorded.variables[recordedPosition]
    }
  }

  // MARK: Summary

  /// A text about the replay of a path of recorded nodes: `replayed 5 of 9 steps: Reconnect(n1) is not enabled any more: …`, or where its
  /// values differ.
  func summary(of path: [Int], in tree: TraceTree) -> String {
    let steps = max(0, path.count - 1)
    let reached = path.prefix { nodes[$0] != nil }
    guard reached.count < path.count else {
      let all = steps == 1 ? "replayed the step" : "replayed all \(steps) steps"
      let said = steps == 0 ? "" : all
      guard let place = path.firstIndex(where: { !differing($0, in: tree).isEmpty }) else { return said }
      let names = differing(path[place], in: tree).prefix(3).joined(separator: ", ")
      return (said.isEmpty ? "" : said + "; ") + "from step \(place) on \(names) differs"
    }
    let missing = recorded.nodes[path[reached.count]]
    let text = "replayed \(max(0, reached.count - 1)) of \(steps) steps"
    if let change = missing.whatIf { return text + ": \(change) cannot be set any more" }
    guard let label = missing.label else { return text + ": there is no such initial state any more" }
    guard let last = reached.last.flatMap({ nodes[$0] }) else { return text }
    return text + ": " + refusal(of: label, in: tree[last].state)
  }

  private func differing(_ node: Int, in tree: TraceTree) -> [String] {
    guard let grown = nodes[node] else { return [] }
    // A state that was taken in as recorded is the recorded one. Comparing long values takes a while.
    if taken.indices.contains(node), let state = taken[node], state == tree[grown].state { return [] }
    return differingVariables(recorded.nodes[node], tree[grown].state)
  }

  private func refusal(of label: ActionLabel, in state: State, when words: String = " any more") -> String {
    let items = model.actions(in: state).items
    guard let item = items.first(where: { $0.label == label }) else {
      return items.contains { $0.label.name == label.name }
        ? "\(label) is not possible\(words)" : "there is no action \(label)\(words)"
    }
    if item.failure != nil { return "\(label): \(item.reasons[0])" }
    return "\(label) is not enabled\(words)" + (item.reasons.first.map { ": \($0)" } ?? "")
  }
}

extension PlainValue {
  /// About how much work it is to take the value in if its parts are known: the number of its elements, and of theirs.
  fileprivate var breadth: Int {
    switch self {
    case .set(let elements), .tuple(let elements): elements.count
    case .function(let pairs): pairs.reduce(0) { $0 + 1 + $1.value.breadth }
    case .record(let fields): fields.reduce(0) { $0 + 1 + $1.value.breadth }
    default: 1
    }
  }
}
