/// Actions and conditions in flat code, with the layout of the rows on which it works.
final class FlatProgram {
  /// Nodes that become flat code. They run in order.
  struct Nodes {
    var actions: [ActionNode]
    var constraints: [Node]
    var actionConstraints: [Node]
    var invariants: [Node]
    var stepConditions: [Node]
  }

  /// Lists of conditions: on states, and on steps.
  enum Conditions: Int {
    case constraints = 1
    case actionConstraints, invariants, stepConditions
  }

  /// The number of the actions among the chains; the others are `Conditions`.
  private static let actionChain = 0

  let layout: FlatLayout
  private let executor: FlatExecutor
  /// How often the code of each action left.
  private var leaves: [Int]
  /// How often the code of each condition left, by the number of the condition; none for one that never did.
  private var conditionLeaves: [Conditions: [Int: Int]] = [:]
  /// How many states were explored, and how many of them needed the node tree.
  private(set) var states = 0
  private(set) var treeStates = 0

  init(_ layout: FlatLayout, _ nodes: Nodes, _ machine: Machine, _ options: FlatOptions) {
    self.layout = layout
    let compiler = FlatCompiler(layout, machine, isOptimizing: options.isOptimized)
    func chain(_ conditions: [Node], ofSteps: Bool) -> FlatChain {
      FlatChain(parts: conditions.map { compiler.entry($0, ofStep: ofSteps) ?? 0..<0 })
    }
    let chains = [
      FlatChain(parts: nodes.actions.map { compiler.entry($0) ?? 0..<0 }, isOfActions: true),
      chain(nodes.constraints, ofSteps: false), chain(nodes.actionConstraints, ofSteps: true),
      chain(nodes.invariants, ofSteps: false), chain(nodes.stepConditions, ofSteps: true),
    ]
    leaves = Array(repeating: 0, count: nodes.actions.count)
    executor = FlatExecutor(
      compiler.finish(), chains, rowWidth: layout.rowWidth, usesNativeCode: options.usesNativeCode)
  }

  /// The same code with a frame of its own, for another thread.
  func twin() -> FlatProgram { FlatProgram(layout, executor.twin(), actionCount: actionCount) }

  private init(_ layout: FlatLayout, _ executor: FlatExecutor, actionCount: Int) {
    self.layout = layout
    self.executor = executor
    leaves = Array(repeating: 0, count: actionCount)
  }

  @inline(__always) var frame: FlatFrame { executor.frame }
  var actionCount: Int { leaves.count }
  /// The size of the machine code; nil if there is none.
  var nativeBytes: Int? { executor.nativeBytes }
  var memos: [FlatMemo] { executor.memos }

  /// Whether an action has flat code that is used.
  func hasCode(_ action: Int) -> Bool { executor.hasCode(Self.actionChain, action) }

  func count(needsTree: Bool) {
    states += 1
    if needsTree { treeStates += 1 }
  }

  /// The number of conditions in a list.
  @inline(__always) func count(of conditions: Conditions) -> Int { executor.partCount(conditions.rawValue) }

  // MARK: Running

  /// Runs actions on the frame's state from one on. Returns the first that the node tree has to run, or the number of all. The rows of each lie
  /// in the frame from the mark with its number on.
  @inline(__always) func runActions(from start: Int) -> Int {
    var end = leaves.count
    if start < end, case .left(let action) = executor.run(Self.actionChain, from: start) {
      end = action
      noteLeave(of: action)
    }
    frame.mark(end)
    return end
  }

  /// Code that nearly always leaves is given up.
  private func noteLeave(of action: Int) {
    guard hasCode(action) else { return }
    leaves[action] += 1
    if leaves[action] >= 256, leaves[action] > states / 8 * 7 { executor.giveUp(Self.actionChain, action) }
  }

  /// Judges the frame's state or step by conditions, from one on, of which there must be one. The answer is `no` for the first that is not
  /// satisfied.
  @inline(__always) func judge(_ conditions: Conditions, from start: Int) -> FlatAnswer {
    let answer = executor.run(conditions.rawValue, from: start)
    if case .left(let number) = answer { noteLeave(of: number, among: conditions) }
    return answer
  }

  private func noteLeave(of number: Int, among conditions: Conditions) {
    conditionLeaves[conditions, default: [:]][number, default: 0] += 1
  }

  /// How often the node tree had to judge a condition.
  func leaves(of number: Int, among conditions: Conditions) -> Int {
    conditionLeaves[conditions]?[number] ?? 0
  }
}
