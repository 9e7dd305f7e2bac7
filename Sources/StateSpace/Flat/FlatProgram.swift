/// Actions and conditions in flat code, with the layout of the rows on which it works.
final class FlatProgram {
  /// What flat code says of a condition that it does not find satisfied.
  struct Answer {
    /// The first one that is not satisfied, or that the node tree has to evaluate.
    let position: Int
    let isKnown: Bool
  }

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
  let frame: FlatFrame
  private let code: FlatCode
  /// The instructions of each part of each chain; empty for one that runs on the node tree.
  private var chains: [[Range<Int>]]
  private let usesNativeCode: Bool
  private var native: NativeCode?
  /// Run the chains in native code, if there is any.
  private let runners: UnsafeMutablePointer<NativeRunner>
  /// How often the code of each action left.
  private var leaves: [Int]
  /// How many states were explored, and how many of them needed the node tree.
  private(set) var states = 0
  private(set) var treeStates = 0

  init(_ layout: FlatLayout, _ nodes: Nodes, _ machine: Machine, usesNativeCode: Bool) {
    self.layout = layout
    self.usesNativeCode = usesNativeCode
    let compiler = FlatCompiler(layout, machine)
    func entries(_ conditions: [Node], ofSteps: Bool) -> [Range<Int>] {
      conditions.map { compiler.entry($0, ofStep: ofSteps) ?? 0..<0 }
    }
    chains = [
      nodes.actions.map { compiler.entry($0) ?? 0..<0 },
      entries(nodes.constraints, ofSteps: false), entries(nodes.actionConstraints, ofSteps: true),
      entries(nodes.invariants, ofSteps: false), entries(nodes.stepConditions, ofSteps: true),
    ]
    leaves = Array(repeating: 0, count: nodes.actions.count)
    code = compiler.finish()
    frame = FlatFrame(code, rowWidth: layout.rowWidth, markCount: nodes.actions.count + 1)
    runners = .allocate(capacity: chains.count)
    makeNativeCode()
  }

  deinit { runners.deallocate() }

  private func makeNativeCode() {
    guard usesNativeCode else { return }
    native = NativeCode(
      code, chains.enumerated().map { NativeChain(parts: $1, isOfActions: $0 == Self.actionChain) },
      rowWord: frame.rowWord, rowBytes: layout.rowWidth * 4)
    guard let native else { return }
    for chain in chains.indices { (runners + chain).initialize(to: native.runner(of: chain, in: frame)) }
  }

  var actionCount: Int { leaves.count }
  /// The size of the machine code; nil if there is none.
  var nativeBytes: Int? { native?.byteCount }

  /// Whether an action has flat code that is used.
  func hasCode(_ action: Int) -> Bool { !chains[Self.actionChain][action].isEmpty }

  func count(needsTree: Bool) {
    states += 1
    if needsTree { treeStates += 1 }
  }

  // MARK: Running

  /// Runs actions on the frame's state from one on. Returns the first that the node tree has to run, or the number of all. The rows of each lie
  /// in the frame from the mark with its number on.
  @inline(__always) func runActions(from start: Int) -> Int {
    let end = native == nil ? runLoop(from: start) : run(runners[Self.actionChain], from: start)
    frame.mark(end)
    if end < leaves.count { noteLeave(of: end) }
    return end
  }

  @inline(__always) private func run(_ actions: NativeRunner, from start: Int) -> Int {
    var next = start
    while next < leaves.count {
      switch actions.run(from: next) {
      case .done, .no: return leaves.count
      case .left(let action): return action
      case .full(let action):
        frame.grow()
        next = action
      }
    }
    return next
  }

  private func runLoop(from start: Int) -> Int {
    for (action, part) in chains[Self.actionChain].enumerated().dropFirst(start) {
      frame.mark(action)
      guard !part.isEmpty, case .answer = frame.run(from: part.lowerBound) else {
        frame.removeRows(from: action)
        return action
      }
    }
    return leaves.count
  }

  /// Code that nearly always leaves is given up.
  private func noteLeave(of action: Int) {
    guard hasCode(action) else { return }
    leaves[action] += 1
    if leaves[action] >= 256, leaves[action] > states / 8 * 7 {
      chains[Self.actionChain][action] = 0..<0
      makeNativeCode()
    }
  }

  /// The first of some conditions, from one on, that the frame's state or step does not satisfy, as far as flat code knows; nil if it satisfies
  /// all. There must be one.
  @inline(__always) func failing(_ conditions: Conditions, from start: Int) -> Answer? {
    if native == nil { return failingInLoop(conditions, from: start) }
    switch runners[conditions.rawValue].run(from: start) {
    case .done: return nil
    case .left(let part), .full(let part): return Answer(position: part, isKnown: false)
    case .no(let part): return Answer(position: part, isKnown: true)
    }
  }

  private func failingInLoop(_ conditions: Conditions, from start: Int) -> Answer? {
    for (position, part) in chains[conditions.rawValue].enumerated().dropFirst(start) {
      guard !part.isEmpty, case .answer(let isTrue) = frame.run(from: part.lowerBound) else {
        return Answer(position: position, isKnown: false)
      }
      if !isTrue { return Answer(position: position, isKnown: true) }
    }
    return nil
  }
}
