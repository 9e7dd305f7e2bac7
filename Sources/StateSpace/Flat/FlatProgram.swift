/// Actions and conditions in flat code, with the layout of the rows on which it works.
final class FlatProgram {
  let layout: FlatLayout
  let frame: FlatFrame
  let actionCount: Int
  /// For each action, how many successors it and the actions before it gave.
  let ends: UnsafeMutablePointer<Int>
  private let actions: UnsafeMutablePointer<ActionCode>
  private let constraints: [Int?]
  private let invariants: [Int?]
  /// How many states were explored, and how many of them needed the node tree.
  private(set) var states = 0
  private(set) var treeStates = 0

  /// Where the code of an action begins, or -1 for an action that runs on the node tree; how often it ran, and how often it left.
  private struct ActionCode {
    var start: Int
    var runs = 0
    var leaves = 0
  }

  init(
    _ layout: FlatLayout, actions nodes: [ActionNode], constraints: [Node], invariants: [Node],
    _ machine: Machine
  ) {
    self.layout = layout
    let compiler = FlatCompiler(layout, machine)
    actionCount = nodes.count
    actions = .allocate(capacity: max(1, actionCount))
    ends = .allocate(capacity: max(1, actionCount))
    ends.initialize(repeating: 0, count: actionCount)
    for (index, node) in nodes.enumerated() {
      (actions + index).initialize(to: ActionCode(start: compiler.entry(node) ?? -1))
    }
    self.constraints = constraints.map(compiler.entry)
    self.invariants = invariants.map(compiler.entry)
    frame = FlatFrame(compiler.finish(), rowWidth: layout.rowWidth)
  }

  deinit {
    actions.deallocate()
    ends.deallocate()
  }

  /// Whether an action has flat code that is used.
  func hasCode(_ action: Int) -> Bool { actions[action].start >= 0 }

  func count(needsTree: Bool) {
    states += 1
    if needsTree { treeStates += 1 }
  }

  /// Runs an action on the frame's state. Returns false, and no row, if the node tree has to do it.
  @inline(__always) func run(_ action: Int) -> Bool {
    let entry = actions[action].start
    if entry < 0 { return false }
    let start = frame.count
    actions[action].runs &+= 1
    if case .answer = frame.run(from: entry) { return true }
    frame.count = start
    noteLeave(of: action)
    return false
  }

  /// Code that nearly always leaves is given up.
  private func noteLeave(of action: Int) {
    actions[action].leaves += 1
    let code = actions[action]
    if code.leaves >= 256, code.leaves > code.runs / 8 * 7 { actions[action].start = -1 }
  }

  /// Whether the frame's state satisfies a constraint; nil if the node tree has to say.
  func satisfiesConstraint(_ index: Int) -> Bool? { constraints[index].flatMap(answer) }

  /// Whether the frame's state satisfies an invariant; nil if the node tree has to say.
  func satisfiesInvariant(_ index: Int) -> Bool? { invariants[index].flatMap(answer) }

  private func answer(_ entry: Int) -> Bool? {
    if case .answer(let isTrue) = frame.run(from: entry) { isTrue } else { nil }
  }
}
