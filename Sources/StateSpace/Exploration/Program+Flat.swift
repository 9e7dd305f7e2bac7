/// Searches over flat rows. An action or condition that flat code leaves is run by the node tree on the state's values.
extension Program {
  /// Whether a search over this program's states may change to flat rows.
  var mayBeFlat: Bool {
    identityWidth == nil && !hasOrderedEffects && !compiler.dependsOnRun && !hasStepConditions
      && actionConstraints.isEmpty && possibilities.isEmpty
  }

  /// How flat code did in the search that has ended; nil if there is none.
  var flatFigures: FlatCodeFigures? {
    flat.map { flat in
      var names: [String] = []
      for (index, action) in actions.enumerated() where !flat.hasCode(index) && !names.contains(action.name) {
        names.append(action.name)
      }
      return FlatCodeFigures(
        bits: flat.layout.bits, layoutChanges: tree.changes, explored: flat.states, onTree: flat.treeStates,
        treeActions: names)
    }
  }

  func newRows(for states: StateTable, isNeeded: Bool) throws -> RowChange? {
    guard isNeeded || (flat == nil ? !tree.hasGivenUp : flat?.isOftenLeft == true) else { return nil }
    guard let old = flat else {
      guard states.count >= tree.fewestStates else { return nil }
      var inference = LayoutInference(variables: machine.variableCount, FlatEncoding(store: store))
      for index in 0..<states.count { inference.add(states.row(index)) }
      return change(to: inference.layout())
    }
    if !isNeeded || tree.changes >= FlatFallback.mostChanges {
      tree.hasGivenUp = true
      return originalRows()
    }
    tree.changes += 1
    var inference = LayoutInference(variables: machine.variableCount, FlatEncoding(store: store))
    for index in 0..<states.count { inference.add(try tree.decode(states.row(index), old.layout)) }
    for row in tree.outgrown {
      row.withUnsafeBufferPointer { inference.add($0.baseAddress.unsafelyUnwrapped) }
    }
    tree.outgrown = []
    return change(to: inference.layout(), from: old.layout)
  }

  /// The change from flat rows to the values' words, which ends the use of flat code; nil if there is none.
  func originalRows() -> RowChange? {
    guard let old = flat else { return nil }
    flat = nil
    return RowChange(
      width: machine.variableCount, convert: { try old.layout.decode($0, to: $1) }, original: nil)
  }

  private func change(to layout: FlatLayout, from old: FlatLayout? = nil) -> RowChange {
    flat = FlatProgram(layout, self)
    let tree = tree
    return RowChange(
      width: layout.rowWidth,
      convert: { row, new in
        let values = try old.map { try tree.decode(row, $0) } ?? row
        let misfit = layout.encode(values, to: new)
        precondition(misfit == nil, "a layout has every state from which it was found")
      },
      original: { row in
        Array(UnsafeBufferPointer(start: try tree.decode(row, layout), count: tree.variableCount))
      })
  }

  func generateSuccessors(
    of row: UnsafePointer<UInt32>, with flat: FlatProgram, into sink: any StateSink
  ) throws {
    let (frame, tree, machine) = (flat.frame, tree, machine)
    frame.enter(row)
    frame.count = 0
    var isDecoded = false
    var failure: (any Error)?
    for action in 0..<flat.actionCount {
      if !flat.run(action) {
        do {
          if !isDecoded {
            machine.state = try tree.decode(row, flat.layout)
            isDecoded = true
          }
          try tree.run(action, flat)
        } catch {
          failure = error
        }
      }
      flat.ends[action] = frame.count
      if failure != nil {
        for later in action..<flat.actionCount { flat.ends[later] = frame.count }
        break
      }
    }
    flat.count(needsTree: isDecoded)
    if isDecoded, !tree.outgrown.isEmpty { throw RowsOutgrown() }
    if tree.isComparing, failure == nil { try tree.compare(row, flat) }
    var next = 0
    for action in 0..<flat.actionCount {
      let end = flat.ends[action]
      while next < end {
        try sink.accept(frame.row(next), action: action)
        next &+= 1
      }
    }
    if let failure { throw failure }
  }

  func isWithinConstraints(_ row: UnsafePointer<UInt32>, with flat: FlatProgram) throws -> Bool {
    flat.frame.enter(row)
    for index in constraints.indices {
      let isSatisfied =
        try flat.satisfiesConstraint(index) ?? tree.test(constraints[index].condition, row, flat.layout)
      if !isSatisfied { return false }
    }
    return true
  }

  func violatedInvariant(
    of row: UnsafePointer<UInt32>, from start: Int, with flat: FlatProgram
  ) throws(ConditionFailure) -> Int? {
    flat.frame.enter(row)
    for index in start..<invariants.count {
      if let isSatisfied = flat.satisfiesInvariant(index) {
        if !isSatisfied { return index }
        continue
      }
      do {
        if try !tree.test(invariants[index].condition, row, flat.layout) { return index }
      } catch { throw ConditionFailure(position: index, cause: error) }
    }
    return nil
  }
}

/// The node tree as it helps flat code: it takes the states that flat code leaves.
final class FlatFallback: StateSink {
  /// How often the layout may change before the search goes on without one.
  static let mostChanges = 64

  private unowned let program: Program
  private let values: UnsafeMutablePointer<UInt32>
  private let encoded: UnsafeMutablePointer<UInt32>
  private var encodedWidth = 0
  /// The least number of states from which a layout is found.
  var fewestStates = 1 << 11
  /// How often the layout changed.
  var changes = 0
  /// Whether flat rows did not pay.
  var hasGivenUp = false
  /// The successors for which the layout has no row.
  var outgrown: [[UInt32]] = []
  private var flat: FlatProgram?

  init(_ program: Program) {
    self.program = program
    values = .allocate(capacity: max(1, program.machine.variableCount))
    encoded = .allocate(capacity: 1 << 12)
  }

  deinit {
    values.deallocate()
    encoded.deallocate()
  }

  var variableCount: Int { program.machine.variableCount }

  /// A state's values; valid until the next call.
  func decode(_ row: UnsafePointer<UInt32>, _ layout: FlatLayout) throws -> UnsafePointer<UInt32> {
    try layout.decode(row, to: values)
    return UnsafePointer(values)
  }

  /// Runs an action on the machine's state, and adds its successors to the frame.
  func run(_ action: Int, _ flat: FlatProgram) throws {
    self.flat = flat
    defer { self.flat = nil }
    program.machine.sink = self
    program.machine.currentAction = action
    try program.actions[action].code.run(program.machine)
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    guard let flat else { return }
    if flat.layout.encode(row, to: encoded) == nil {
      flat.frame.append(encoded)
    } else {
      outgrown.append(Array(UnsafeBufferPointer(start: row, count: variableCount)))
    }
  }

  /// Whether the successors that flat code gives are compared with those of the node tree.
  var isComparing = false
  /// The actions for which they differ.
  private(set) var differences: [String] = []

  /// Compares the frame's rows with the successors of the node tree, in order.
  func compare(_ row: UnsafePointer<UInt32>, _ flat: FlatProgram) throws {
    let given = flat.frame.count
    defer {
      flat.frame.count = given
      outgrown = []
    }
    var start = 0
    for action in 0..<flat.actionCount {
      let end = flat.ends[action]
      program.machine.state = try decode(row, flat.layout)
      let first = flat.frame.count
      try run(action, flat)
      let count = flat.frame.count - first
      let isSame =
        count == end - start
        && (0..<count).allSatisfy { index in
          (0..<flat.layout.rowWidth).allSatisfy {
            flat.frame.row(first + index)[$0] == flat.frame.row(start + index)[$0]
          }
        }
      if !outgrown.isEmpty || !isSame {
        func values(_ range: Range<Int>) throws -> String {
          try range.map { "\(program.plainValues(try decode(flat.frame.row($0), flat.layout)))" }.joined(
            separator: "; ")
        }
        let given = try (values(start..<end), values(first..<(first + count)))
        differences.append(
          "\(program.actions[action].name): flat code gives \(given.0), the node tree \(given.1)")
      }
      start = end
    }
  }

  /// Tests a condition on a state.
  func test(_ condition: Node, _ row: UnsafePointer<UInt32>, _ layout: FlatLayout) throws -> Bool {
    let machine = program.machine
    let saved = machine.state
    machine.state = try decode(row, layout)
    defer { machine.state = saved }
    return try condition.test(machine)
  }
}
