/// A program's actions and conditions in flat code, with the layout of the rows on which it works.
final class FlatProgram {
  let layout: FlatLayout
  let frame: FlatFrame
  /// Where the code of each action begins; nil for an action that runs on the node tree.
  private(set) var actions: [Int?]
  private let constraints: [Int?]
  private let invariants: [Int?]
  /// How often each action ran here, and how often it left.
  private var runs: [Int]
  private var leaves: [Int]
  /// How many states were explored, and how many of them needed the node tree.
  private(set) var states = 0
  private(set) var treeStates = 0

  init(_ layout: FlatLayout, _ program: Program) {
    self.layout = layout
    let compiler = FlatCompiler(layout, program.machine)
    actions = program.actions.map { compiler.entry($0.code) }
    constraints = program.constraints.map { compiler.entry($0.condition) }
    invariants = program.invariants.map { compiler.entry($0.condition) }
    frame = FlatFrame(compiler.finish(), rowWidth: layout.rowWidth)
    runs = Array(repeating: 0, count: actions.count)
    leaves = runs
  }

  /// Whether the node tree has to take so many states that flat rows do not pay.
  var isOftenLeft: Bool { states >= 1 << 10 && treeStates > states / 4 }

  func count(needsTree: Bool) {
    states += 1
    if needsTree { treeStates += 1 }
  }

  /// Runs an action on the frame's state. Returns false, and no row, if the node tree has to do it.
  @inline(__always) func run(_ action: Int) -> Bool {
    guard let entry = actions[action] else { return false }
    let start = frame.count
    runs[action] &+= 1
    if case .answer = frame.run(from: entry) { return true }
    frame.count = start
    leaves[action] &+= 1
    // Code that nearly always leaves is given up.
    if leaves[action] >= 256, leaves[action] > runs[action] / 8 * 7 { actions[action] = nil }
    return false
  }

  /// Whether the frame's state satisfies a constraint; nil if the node tree has to say.
  func satisfiesConstraint(_ index: Int) -> Bool? { constraints[index].flatMap(answer) }

  /// Whether the frame's state satisfies an invariant; nil if the node tree has to say.
  func satisfiesInvariant(_ index: Int) -> Bool? { invariants[index].flatMap(answer) }

  private func answer(_ entry: Int) -> Bool? {
    if case .answer(let isTrue) = frame.run(from: entry) { isTrue } else { nil }
  }
}
