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
  private var code: FlatProgram?
  /// How often the layout changed.
  private var changes = 0
  /// Whether flat rows did not pay.
  private var hasGivenUp = false
  private var pace = FlatPace()
  /// The values' words of the state for which the node tree was needed last.
  private let values: UnsafeMutablePointer<UInt32>
  /// The values' words of successors for which the layout has no room.
  private var outgrown: [[UInt32]] = []

  /// Nil for a program that cannot be searched over flat rows. `fewestStates` states are reached before.
  init?(_ program: Program, after fewestStates: Int) {
    guard program.identityWidth == nil, !program.hasOrderedEffects, !program.compiler.dependsOnRun,
      !program.hasStepConditions, program.actionConstraints.isEmpty, program.possibilities.isEmpty
    else { return nil }
    self.program = program
    self.fewestStates = fewestStates
    encoding = FlatEncoding(store: program.store)
    values = .allocate(capacity: max(1, program.rowWidth))
  }

  deinit { values.deallocate() }

  /// The figures of flat code; nil if it was not used to the end.
  var figures: FlatCodeFigures? {
    code.map { code in
      let onTree = program.actions.indices.filter { !code.hasCode($0) }
      return FlatCodeFigures(
        bits: code.layout.bits, layoutChanges: changes, explored: code.states, onTree: code.treeStates,
        treeActions: onTree.map { program.actions[$0].name }.uniqued())
    }
  }

  // MARK: Rows

  func change(for states: StateTable, generated: Int, isNeeded: Bool) throws -> RowChange? {
    guard let code else {
      if hasGivenUp { return nil }
      pace.beginTree(generated)
      guard states.count >= fewestStates else { return nil }
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
    let converter = FlatConverter(from: old, to: layout, program.machine)
    return change(to: layout) { try converter.convert($0, to: $1) }
  }

  private func change(
    to layout: FlatLayout,
    by convert: @escaping (UnsafePointer<UInt32>, UnsafeMutablePointer<UInt32>) throws -> Void
  ) -> RowChange {
    outgrown = []
    code = FlatProgram(
      layout, actions: program.actions.map(\.code), constraints: program.constraints.map(\.condition),
      invariants: program.invariants.map(\.condition), program.machine)
    return RowChange(system: self, convert: convert, original: { try self.words($0, layout) })
  }

  /// The change back to the values' words; nil if the rows are those.
  func changeBack() -> RowChange? {
    code.map { code in
      self.code = nil
      outgrown = []
      return RowChange(system: program, convert: { try code.layout.decode($0, to: $1) }, original: nil)
    }
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
  var memoryBytes: Int { program.memoryBytes }
  var memoryToGrow: Int { program.memoryToGrow }

  func generateInitialStates(into sink: any StateSink) throws {
    preconditionFailure("a search has its initial states before its rows change")
  }

  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
    guard let code else { return try program.generateSuccessors(of: row, into: sink) }
    let frame = code.frame
    frame.enter(row)
    frame.count = 0
    var needsTree = false
    var failure: (any Error)?
    var ran = 0
    while ran < code.actionCount, failure == nil {
      if !code.run(ran) {
        if !needsTree { try code.layout.decode(row, to: values) }
        needsTree = true
        do { try program.generateSuccessors(of: values, by: ran, into: self) } catch { failure = error }
      }
      code.ends[ran] = frame.count
      ran += 1
    }
    code.count(needsTree: needsTree)
    if needsTree, !outgrown.isEmpty { throw RowsOutgrown() }
    var next = 0
    for action in 0..<ran {
      let end = code.ends[action]
      while next < end {
        try sink.accept(frame.row(next), action: action)
        next &+= 1
      }
    }
    if let failure { throw failure }
  }

  /// Takes a successor of the node tree.
  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    guard let code, !code.frame.append({ code.layout.encode(row, to: $0) }) else { return }
    outgrown.append(Array(UnsafeBufferPointer(start: row, count: program.rowWidth)))
  }

  var hasConstraints: Bool { !program.constraints.isEmpty }

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool {
    guard let code else { return try program.isWithinConstraints(row) }
    code.frame.enter(row)
    for index in program.constraints.indices {
      switch code.satisfiesConstraint(index) {
      case true?: continue
      case false?: return false
      case nil:
        try code.layout.decode(row, to: values)
        return try program.isWithinConstraints(values)
      }
    }
    return true
  }

  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
    guard let code, start < program.invariants.count else {
      return try program.violatedInvariant(of: row, from: start)
    }
    code.frame.enter(row)
    for index in start..<program.invariants.count {
      switch code.satisfiesInvariant(index) {
      case true?: continue
      case false?: return index
      case nil:
        do { try code.layout.decode(row, to: values) } catch {
          throw ConditionFailure(position: index, cause: error)
        }
        return try program.violatedInvariant(of: values, from: index)
      }
    }
    return nil
  }
}
