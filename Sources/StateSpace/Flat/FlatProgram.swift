/// Actions and conditions in flat code, with the layout of the rows on which it works.
final class FlatProgram {
  /// What a constraint or invariant says of a state.
  struct Answer {
    /// The first one that is not satisfied, or that the node tree has to evaluate.
    let position: Int
    let isKnown: Bool
  }

  /// A list of actions, constraints or invariants: they run in order.
  private enum Chain: Int {
    case actions, constraints, invariants
  }

  let layout: FlatLayout
  let frame: FlatFrame
  private let code: FlatCode
  /// The instructions of each part of each chain; empty for one that runs on the node tree.
  private var chains: [[Range<Int>]]
  private let usesNativeCode: Bool
  private var native: NativeCode?
  /// Run the chains in native code; nil if there is none.
  private var runners: (actions: NativeRunner, constraints: NativeRunner, invariants: NativeRunner)?
  /// How often the code of each action left.
  private var leaves: [Int]
  /// How many states were explored, and how many of them needed the node tree.
  private(set) var states = 0
  private(set) var treeStates = 0

  init(
    _ layout: FlatLayout, actions: [ActionNode], constraints: [Node], invariants: [Node], _ machine: Machine,
    usesNativeCode: Bool
  ) {
    self.layout = layout
    self.usesNativeCode = usesNativeCode
    let compiler = FlatCompiler(layout, machine)
    chains = [
      actions.map { compiler.entry($0) ?? 0..<0 }, constraints.map { compiler.entry($0) ?? 0..<0 },
      invariants.map { compiler.entry($0) ?? 0..<0 },
    ]
    leaves = Array(repeating: 0, count: actions.count)
    code = compiler.finish()
    frame = FlatFrame(code, rowWidth: layout.rowWidth, markCount: actions.count + 1)
    makeNativeCode()
  }

  private func makeNativeCode() {
    guard usesNativeCode else { return }
    native = NativeCode(
      code,
      chains.enumerated().map { NativeChain(parts: $1, isOfActions: $0 == Chain.actions.rawValue) },
      rowWord: frame.rowWord, rowBytes: layout.rowWidth * 4)
    runners = native.map { native in
      func runner(_ chain: Chain) -> NativeRunner { native.runner(of: chain.rawValue, in: frame) }
      return (runner(.actions), runner(.constraints), runner(.invariants))
    }
  }

  var actionCount: Int { leaves.count }
  /// The size of the machine code; nil if there is none.
  var nativeBytes: Int? { native?.byteCount }

  /// Whether an action has flat code that is used.
  func hasCode(_ action: Int) -> Bool { !chains[Chain.actions.rawValue][action].isEmpty }

  func count(needsTree: Bool) {
    states += 1
    if needsTree { treeStates += 1 }
  }

  // MARK: Running

  /// Runs actions on the frame's state from one on. Returns the first that the node tree has to run, or the number of all. The rows of each lie
  /// in the frame from the mark with its number on.
  @inline(__always) func runActions(from start: Int) -> Int {
    let end = runners.map { run($0.actions, from: start) } ?? runLoop(from: start)
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
    for (action, part) in chains[Chain.actions.rawValue].enumerated().dropFirst(start) {
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
      chains[Chain.actions.rawValue][action] = 0..<0
      makeNativeCode()
    }
  }

  /// The first constraint that the frame's state does not satisfy, as far as flat code knows; nil if it satisfies all.
  @inline(__always) func failingConstraint() -> Answer? {
    if let runners { failing(runners.constraints, from: 0) } else { failingInLoop(.constraints, from: 0) }
  }

  /// The same for the invariants from one on, of which there must be one.
  @inline(__always) func failingInvariant(from start: Int) -> Answer? {
    if let runners {
      failing(runners.invariants, from: start)
    } else {
      failingInLoop(.invariants, from: start)
    }
  }

  @inline(__always) private func failing(_ conditions: NativeRunner, from start: Int) -> Answer? {
    switch conditions.run(from: start) {
    case .done: nil
    case .left(let part), .full(let part): Answer(position: part, isKnown: false)
    case .no(let part): Answer(position: part, isKnown: true)
    }
  }

  private func failingInLoop(_ chain: Chain, from start: Int) -> Answer? {
    for (position, part) in chains[chain.rawValue].enumerated().dropFirst(start) {
      guard !part.isEmpty, case .answer(let isTrue) = frame.run(from: part.lowerBound) else {
        return Answer(position: position, isKnown: false)
      }
      if !isTrue { return Answer(position: position, isKnown: true) }
    }
    return nil
  }
}
