/// A program whose states are flat rows, as a search sees it. Actions and conditions run in flat code. Where it leaves, the node tree takes over,
/// on the values of the state.
final class FlatSearch: TransitionSystem, RowChanging, StateSink {
  /// How often the layout may change before the search goes on without one.
  private static let mostChanges = 64

  private let program: Program
  private let encoding: FlatEncoding
  /// The number of states from which a layout is found.
  private let fewestStates: Int
  /// Nil while the rows are the values' words.
  private var code: FlatProgram? { didSet { running = code.map(Unmanaged.passUnretained) } }
  /// The same without an owner, which would be counted for each state.
  private var running: Unmanaged<FlatProgram>?
  /// How often the layout changed.
  private var changes = 0
  /// Whether flat rows did not pay.
  private var hasGivenUp = false
  private var pace = FlatPace()
  private let usesNativeCode: Bool
  private let nodes: FlatProgram.Nodes
  /// The positions of the conditions on steps; others are conditions on initial states.
  private let stepConditions: [Int]
  /// The row of the state whose successors were generated last.
  private var source: UnsafePointer<UInt32>?
  /// The values' words of the state for which the node tree was needed last.
  private let values: UnsafeMutablePointer<UInt32>
  /// The same for the state to which a step leads.
  private let nextValues: UnsafeMutablePointer<UInt32>
  /// The values' words of the state whose identity is found.
  private let identified: UnsafeMutablePointer<UInt32>
  /// The values' words of successors for which the layout has no room.
  private var outgrown: [[UInt32]] = []
  /// The predicates that were judged after the search.
  private var judged: FlatPredicates?

  /// Nil for a program that cannot be searched over flat rows. `fewestStates` states are reached before.
  init?(_ program: Program, after fewestStates: Int, usesNativeCode: Bool) {
    guard !program.hasOrderedEffects, !program.compiler.dependsOnRun, program.possibilities.isEmpty
    else { return nil }
    self.program = program
    self.fewestStates = fewestStates
    stepConditions = program.stepConditions.indices.filter { !program.stepConditions[$0].isInitial }
    nodes = FlatProgram.Nodes(
      actions: program.actions.map(\.code), constraints: program.constraints.map(\.condition),
      actionConstraints: program.actionConstraints.map(\.condition),
      invariants: program.invariants.map(\.condition),
      stepConditions: stepConditions.map { program.stepConditions[$0].condition })
    self.usesNativeCode = usesNativeCode
    encoding = FlatEncoding(store: program.store)
    values = .allocate(capacity: max(1, program.rowWidth))
    nextValues = .allocate(capacity: max(1, program.rowWidth))
    identified = .allocate(capacity: max(1, program.rowWidth))
  }

  deinit {
    values.deallocate()
    nextValues.deallocate()
    identified.deallocate()
  }

  /// The figures of flat code; nil if it was not used to the end.
  var figures: FlatCodeFigures? {
    code.map { code in
      let onTree = program.actions.indices.filter { !code.hasCode($0) }
      return FlatCodeFigures(
        bits: code.layout.bits, layoutChanges: changes, explored: code.states, onTree: code.treeStates,
        machineCodeBytes: code.nativeBytes,
        treeActions: onTree.map { program.actions[$0].name }.uniqued(),
        treeConditions: FlatCodeFigures.treeConditions(of: program, stepConditions, code, judged),
        remembered: FlatCodeFigures.remembered(in: code.memos + (judged?.memos ?? [])))
    }
  }

  // MARK: Rows

  func change(for states: StateTable, generated: Int, isNeeded: Bool) throws -> RowChange? {
    guard let code else {
      if hasGivenUp { return nil }
      pace.beginTree(generated)
      guard states.count >= fewestStates || pace.isTreeSlow(with: states.count) else { return nil }
      pace.endTree(generated)
      pace.beginFlatCode(generated)
      let layout = FlatLayout(of: states, encoding)
      return change(to: layout) { row, new in
        let hasRow = layout.encode(row, to: new)
        precondition(hasRow, "a layout has every state from which it was found")
      }
    }
    if !isNeeded { pace.measureFlatCode(generated) }
    guard isNeeded ? changes < Self.mostChanges : !pace.isSlower else {
      hasGivenUp = true
      return changeBack()
    }
    guard isNeeded else { return nil }
    changes += 1
    pace.beginFlatCode(generated)
    let (old, layout) = (code.layout, code.layout.grown(for: outgrown))
    let converter = FlatConverter(from: old, to: layout, program.machine, usesNativeCode: usesNativeCode)
    return change(to: layout) { try converter.convert($0, to: $1) }
  }

  private func change(
    to layout: FlatLayout,
    by convert: @escaping (UnsafePointer<UInt32>, UnsafeMutablePointer<UInt32>) throws -> Void
  ) -> RowChange {
    outgrown = []
    code = FlatProgram(
      layout, nodes, program.machine, usesNativeCode: usesNativeCode)
    return RowChange(system: self, convert: convert, original: { try self.words($0, layout) })
  }

  /// The change back to the values' words; nil if the rows are those.
  private func changeBack() -> RowChange? {
    code.map { code in
      self.code = nil
      outgrown = []
      return RowChange(system: program, convert: { try code.layout.decode($0, to: $1) }, original: nil)
    }
  }

  /// Predicates for the rows as they are now; nil if these are the values' words.
  func predicates(_ predicates: [TemporalPredicate]) -> FlatPredicates? {
    judged = code.map {
      FlatPredicates($0.layout, predicates, program.machine, usesNativeCode: usesNativeCode)
    }
    return judged
  }

  /// The values' words of a state with a flat row.
  func words(_ row: UnsafePointer<UInt32>) throws -> [UInt32] {
    guard let code else { return Array(UnsafeBufferPointer(start: row, count: rowWidth)) }
    return try words(row, code.layout)
  }

  private func words(_ row: UnsafePointer<UInt32>, _ layout: FlatLayout) throws -> [UInt32] {
    try layout.decode(row, to: values)
    return Array(UnsafeBufferPointer(start: values, count: program.rowWidth))
  }

  // MARK: Transition system

  var rowWidth: Int { code?.layout.rowWidth ?? program.rowWidth }
  var identityWidth: Int? { program.identityWidth }
  var isIdentityOfRow: Bool { program.isIdentityOfRow }

  /// An identity consists of values, whatever form the rows have: it stays the same when the layout changes.
  func writeIdentity(of row: UnsafePointer<UInt32>, to identity: UnsafeMutablePointer<UInt32>) throws {
    guard let code else { return try program.writeIdentity(of: row, to: identity) }
    try code.layout.decode(row, to: identified)
    try program.writeIdentity(of: identified, to: identity)
  }

  var memoryBytes: Int { program.memoryBytes }
  var memoryToGrow: Int { program.memoryToGrow }

  func generateInitialStates(into sink: any StateSink) throws {
    preconditionFailure("a search has its initial states before its rows change")
  }

  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
    source = row
    guard let running else { return try program.generateSuccessors(of: row, into: sink) }
    try running._withUnsafeGuaranteedRef { try generateSuccessors(of: row, by: $0, into: sink) }
  }

  private func generateSuccessors(
    of row: UnsafePointer<UInt32>, by code: FlatProgram, into sink: any StateSink
  ) throws {
    code.frame.enter(row)
    code.frame.removeRows()
    var ran = code.runActions(from: 0)
    var failure: (any Error)?
    let needsTree = ran < code.actionCount
    code.count(needsTree: needsTree)
    if needsTree {
      try code.layout.decode(row, to: values)
      while ran < code.actionCount, failure == nil {
        do { try program.generateSuccessors(of: values, by: ran, into: self) } catch { failure = error }
        ran += 1
        code.frame.mark(ran)
        if failure == nil { ran = code.runActions(from: ran) }
      }
      if !outgrown.isEmpty { throw RowsOutgrown() }
    }
    let width = code.layout.rowWidth
    for action in 0..<ran {
      let (first, count) = code.frame.rows(from: action)
      if count > 0 { try sink.accept(first, count: count, width: width, action: action) }
    }
    if let failure { throw failure }
  }

  /// Takes a successor of the node tree.
  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    guard let code, !code.frame.append({ code.layout.encode(row, to: $0) }) else { return }
    outgrown.append(Array(UnsafeBufferPointer(start: row, count: program.rowWidth)))
  }

  var hasConstraints: Bool { program.hasConstraints }
  var constrainsSteps: Bool { program.constrainsSteps }
  var hasStepConditions: Bool { program.hasStepConditions }

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool {
    guard let running else { return try program.isWithinConstraints(row) }
    if nodes.constraints.isEmpty { return true }
    return try running._withUnsafeGuaranteedRef { code in
      code.frame.enter(row)
      switch code.judge(.constraints, from: 0) {
      case .done: return true
      case .no: return false
      case .left:
        try code.layout.decode(row, to: values)
        return try program.isWithinConstraints(values)
      }
    }
  }

  func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool {
    guard let code, let source else { return try program.allowsStep(to: row) }
    if nodes.actionConstraints.isEmpty { return true }
    code.frame.enter(source)
    code.frame.enterNext(row)
    switch code.judge(.actionConstraints, from: 0) {
    case .done: return true
    case .no: return false
    case .left:
      try code.layout.decode(source, to: values)
      try code.layout.decode(row, to: nextValues)
      return try program.allowsStep(from: values, to: nextValues)
    }
  }

  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
    guard start < nodes.invariants.count else { return nil }
    guard let running else { return try program.violatedInvariant(of: row, from: start) }
    let answer = running._withUnsafeGuaranteedRef { code in
      code.frame.enter(row)
      return code.judge(.invariants, from: start)
    }
    switch answer {
    case .done: return nil
    case .no(let position): return position
    case .left(let position):
      do { try code?.layout.decode(row, to: values) } catch {
        throw ConditionFailure(position: position, cause: error)
      }
      return try program.violatedInvariant(of: values, from: position)
    }
  }

  func violatedStepCondition(
    to row: UnsafePointer<UInt32>, from start: Int
  ) throws(ConditionFailure) -> Int? {
    guard let code, let source else { return try program.violatedStepCondition(to: row, from: start) }
    guard let first = stepConditions.firstIndex(where: { $0 >= start }) else { return nil }
    code.frame.enter(source)
    code.frame.enterNext(row)
    switch code.judge(.stepConditions, from: first) {
    case .done: return nil
    case .no(let number): return stepConditions[number]
    case .left(let number):
      do {
        try code.layout.decode(source, to: values)
        try code.layout.decode(row, to: nextValues)
      } catch { throw ConditionFailure(position: stepConditions[number], cause: error) }
      return try program.violatedStepCondition(from: values, to: nextValues, at: stepConditions[number])
    }
  }
}
