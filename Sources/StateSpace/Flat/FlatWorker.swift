/// Runs the actions and conditions of a program on flat rows, for one thread. Where flat code leaves, the node tree takes over, on the values
/// of the state.
final class FlatWorker: StateSink {
  private let program: Program
  private let code: FlatProgram
  /// For each condition on steps, its position among those of the program, which has also conditions on initial states.
  private let stepConditions: [Int]
  /// The values' words of the state for which the node tree was needed last, and of the state to which a step leads.
  private let values: UnsafeMutablePointer<UInt32>
  private let nextValues: UnsafeMutablePointer<UInt32>
  /// The values' words of successors for which the layout has no room.
  private(set) var outgrown: [[UInt32]] = []

  init(_ program: Program, _ code: FlatProgram, stepConditions: [Int]) {
    self.program = program
    self.code = code
    self.stepConditions = stepConditions
    values = .allocate(capacity: max(1, program.rowWidth))
    nextValues = .allocate(capacity: max(1, program.rowWidth))
  }

  deinit {
    values.deallocate()
    nextValues.deallocate()
  }

  /// A worker for another thread, with a frame of its own.
  func twin() -> FlatWorker { FlatWorker(program, code.twin(), stepConditions: stepConditions) }

  var layout: FlatLayout { code.layout }
  var frame: FlatFrame { code.frame }
  /// How many states were explored, and how many of them needed the node tree.
  var states: Int { code.states }
  var treeStates: Int { code.treeStates }
  var nativeBytes: Int? { code.nativeBytes }
  /// The expressions that the node tree evaluates, which all workers share.
  var memos: [FlatMemo] { code.memos }

  /// How often the node tree had to judge a condition for this worker.
  func leaves(of number: Int, among conditions: FlatProgram.Conditions) -> Int {
    code.leaves(of: number, among: conditions)
  }

  /// The positions of the actions that only the node tree runs.
  var treeActions: [Int] { (0..<code.actionCount).filter { !code.hasCode($0) } }

  // MARK: Successors

  /// Adds the successors of a state to the frame's rows. Those of each action lie there from the mark with its number on; `actions` of them were
  /// run before a failure, or all. If some are `outgrown`, the rows mean nothing.
  @inline(__always) func generate(_ row: UnsafePointer<UInt32>) -> (actions: Int, failure: (any Error)?) {
    code.frame.enter(row)
    let ran = code.runActions(from: 0)
    code.count(needsTree: ran < code.actionCount)
    return ran == code.actionCount ? (ran, nil) : generate(row, from: ran)
  }

  private func generate(_ row: UnsafePointer<UInt32>, from action: Int) -> (Int, (any Error)?) {
    var ran = action
    var isDecoded = false
    while ran < code.actionCount {
      do {
        try onTree {
          if !isDecoded { try code.layout.decode(row, to: values) }
          isDecoded = true
          try program.generateSuccessors(of: values, by: ran, into: self)
        }
      } catch {
        code.frame.mark(ran + 1)
        return (ran + 1, error)
      }
      ran += 1
      code.frame.mark(ran)
      ran = code.runActions(from: ran)
    }
    return (ran, nil)
  }

  /// Takes a successor of the node tree.
  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    guard !code.frame.append({ code.layout.encode(row, to: $0) }) else { return }
    outgrown.append(Array(UnsafeBufferPointer(start: row, count: program.rowWidth)))
  }

  /// The outgrown successors, which are forgotten here.
  func takeOutgrown() -> [[UInt32]] {
    defer { outgrown = [] }
    return outgrown
  }

  private func onTree<Result>(_ body: () throws -> Result) rethrows -> Result {
    try program.machine.alone(body)
  }

  // MARK: Conditions

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool {
    if code.count(of: .constraints) == 0 { return true }
    code.frame.enter(row)
    switch code.judge(.constraints, from: 0) {
    case .done: return true
    case .no: return false
    case .left:
      return try onTree {
        try code.layout.decode(row, to: values)
        return try program.isWithinConstraints(values)
      }
    }
  }

  func allowsStep(from source: UnsafePointer<UInt32>, to row: UnsafePointer<UInt32>) throws -> Bool {
    if code.count(of: .actionConstraints) == 0 { return true }
    code.frame.enter(source)
    code.frame.enterNext(row)
    switch code.judge(.actionConstraints, from: 0) {
    case .done: return true
    case .no: return false
    case .left:
      return try onTree {
        try decodeStep(source, row)
        return try program.allowsStep(from: values, to: nextValues)
      }
    }
  }

  @inline(__always) func violatedInvariant(
    of row: UnsafePointer<UInt32>, from start: Int
  ) throws(ConditionFailure) -> Int? {
    guard start < code.count(of: .invariants) else { return nil }
    code.frame.enter(row)
    switch code.judge(.invariants, from: start) {
    case .done: return nil
    case .no(let position): return position
    case .left(let position): return try violatedInvariantOnTree(of: row, from: position)
    }
  }

  private func violatedInvariantOnTree(
    of row: UnsafePointer<UInt32>, from position: Int
  ) throws(ConditionFailure) -> Int? {
    let answer: Result<Int?, ConditionFailure> = onTree {
      do { try code.layout.decode(row, to: values) } catch {
        return .failure(ConditionFailure(position: position, cause: error))
      }
      return Result { () throws(ConditionFailure) in try program.violatedInvariant(of: values, from: position)
      }
    }
    return try answer.get()
  }

  func violatedStepCondition(
    from source: UnsafePointer<UInt32>, to row: UnsafePointer<UInt32>, from start: Int
  ) throws(ConditionFailure) -> Int? {
    guard let first = stepConditions.firstIndex(where: { $0 >= start }) else { return nil }
    code.frame.enter(source)
    code.frame.enterNext(row)
    switch code.judge(.stepConditions, from: first) {
    case .done: return nil
    case .no(let number): return stepConditions[number]
    case .left(let number):
      let position = stepConditions[number]
      let answer: Result<Int?, ConditionFailure> = onTree {
        do { try decodeStep(source, row) } catch {
          return .failure(ConditionFailure(position: position, cause: error))
        }
        return Result { () throws(ConditionFailure) in
          try program.violatedStepCondition(from: values, to: nextValues, at: position)
        }
      }
      return try answer.get()
    }
  }

  private func decodeStep(_ source: UnsafePointer<UInt32>, _ row: UnsafePointer<UInt32>) throws {
    try code.layout.decode(source, to: values)
    try code.layout.decode(row, to: nextValues)
  }
}
