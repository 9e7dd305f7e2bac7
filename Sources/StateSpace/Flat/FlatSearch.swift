/// A program whose states are flat rows, as a search sees it: it finds the layout, and changes it when it has become too small.
final class FlatSearch: SharedSystem, RowChanging {
  /// How often the layout may change before the search goes on without one.
  private static let mostChanges = 64
  /// The most states for which flat code and the node tree are compared.
  private static let comparedStates = 64

  private let program: Program
  private let encoding: FlatEncoding
  /// The number of states from which a layout is found.
  private let fewestStates: Int
  /// The workers: the search's own, and those of other threads. Empty while the rows are the values' words.
  private var workers: [FlatWorker] = []
  /// How often the layout changed.
  private var changes = 0
  /// Whether flat rows did not pay.
  private var hasGivenUp = false
  private var pace = FlatPace()
  private let survey: FlatSurvey
  /// The most successors at which the survey looks at once.
  private var surveySize = 0
  private let options: FlatOptions
  private let nodes: FlatProgram.Nodes
  /// The positions of the conditions on steps; others are conditions on initial states.
  private let stepConditions: [Int]
  /// The row of the state whose successors were generated last.
  private var source: UnsafePointer<UInt32>?
  /// The values' words of the state that was decoded last.
  private let values: UnsafeMutablePointer<UInt32>
  /// The values' words of successors for which the layout has no room.
  private var outgrown: [[UInt32]] = []
  /// The predicates that were judged after the search.
  private var judged: FlatPredicates?

  /// Nil for a program that cannot be searched over flat rows. `fewestStates` states are reached before.
  init?(_ program: Program, after fewestStates: Int, _ options: FlatOptions) {
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
    self.options = options
    encoding = FlatEncoding(store: program.store)
    values = .allocate(capacity: max(1, program.rowWidth))
    survey = FlatSurvey(program, encoding)
  }

  deinit { values.deallocate() }

  /// The search's own worker; nil while the rows are the values' words.
  private var worker: FlatWorker? { workers.first }
  private var layout: FlatLayout? { worker?.layout }

  /// The figures of flat code; nil if it was not used to the end.
  var figures: FlatCodeFigures? {
    worker.map { worker in
      FlatCodeFigures(
        bits: worker.layout.bits, layoutChanges: changes, explored: workers.reduce(0) { $0 + $1.states },
        onTree: workers.reduce(0) { $0 + $1.treeStates }, machineCodeBytes: worker.nativeBytes,
        treeActions: worker.treeActions.map { program.actions[$0].name }.uniqued(),
        treeConditions: FlatCodeFigures.treeConditions(of: program, stepConditions, workers, judged),
        remembered: FlatCodeFigures.remembered(in: worker.memos + (judged?.memos ?? [])))
    }
  }

  // MARK: Rows

  func change(for states: StateTable, generated: Int, isNeeded: Bool) throws -> RowChange? {
    guard let old = layout else {
      if hasGivenUp { return nil }
      pace.beginTree(generated)
      guard states.count >= fewestStates || pace.isTreeSlow(with: states.count) else { return nil }
      pace.endTree(generated)
      let layout = layout(of: states, generated)
      pace.beginFlatCode(generated)
      return change(to: layout) { row, new in
        let hasRow = layout.encode(row, to: new)
        precondition(hasRow, "a layout has every state from which it was found")
      }
    }
    if !isNeeded { pace.measureFlatCode(generated) }
    guard isNeeded ? changes < Self.mostChanges : !(pace.seemsSlower && isSlower(states)) else {
      hasGivenUp = true
      return changeBack()
    }
    guard isNeeded else { return nil }
    changes += 1
    let layout = grown(old, states)
    pace.beginFlatCode(generated)
    let converter = FlatConverter(from: old, to: layout, program.machine, options)
    return change(to: layout) { try converter.convert($0, to: $1) }
  }

  /// Whether flat code takes longer than the node tree for the successors of some states. The later half of the states is most like those that
  /// follow.
  private func isSlower(_ states: StateTable) -> Bool {
    guard let worker else { return false }
    let step = max(1, states.count / 2 / Self.comparedStates)
    let rows = stride(from: states.count / 2, to: states.count, by: step).prefix(Self.comparedStates)
      .compactMap { state in
        (try? words(states.row(state))).map { (flat: UnsafePointer(states.row(state)), values: $0) }
      }
    let sink = IgnoringSink()
    var isCutShort = false
    let isSlower = pace.isSlower(
      onTree: {
        isCutShort = program.tentatively {
          for row in rows {
            row.values.withUnsafeBufferPointer { values in
              try? program.generateSuccessors(of: values.baseAddress.unsafelyUnwrapped, into: sink)
            }
          }
        }
      },
      inFlatCode: {
        program.machine.tentatively {
          for row in rows {
            worker.frame.removeRows()
            _ = worker.generate(row.flat)
            _ = worker.takeOutgrown()
          }
        }
      })
    return isSlower && !isCutShort
  }

  /// The first layout. The survey looks at no more successors than the search has.
  private func layout(of states: StateTable, _ generated: Int) -> FlatLayout {
    let values = FlatLayout.values(in: states)
    let layout = FlatLayout(of: values, encoding)
    guard options.looksAhead else { return layout }
    surveySize = generated
    survey.look(at: surveySize, from: states.count, layout.types) { try words(states.row($0)) }
    return FlatLayout(of: values, and: survey.values, encoding)
  }

  /// The layout that follows one that is too small.
  private func grown(_ old: FlatLayout, _ states: StateTable) -> FlatLayout {
    let layout = old.grown(for: outgrown, and: survey.values)
    guard options.looksAhead else { return layout }
    survey.look(at: surveySize, from: states.count, layout.types) { try words(states.row($0)) }
    return old.grown(for: outgrown, and: survey.values)
  }

  private func change(
    to layout: FlatLayout,
    by convert: @escaping (UnsafePointer<UInt32>, UnsafeMutablePointer<UInt32>) throws -> Void
  ) -> RowChange {
    outgrown = []
    let code = FlatProgram(layout, nodes, program.machine, options)
    workers = [FlatWorker(program, code, stepConditions: stepConditions)]
    return RowChange(system: self, convert: convert, original: { try self.words($0, layout) })
  }

  /// The change back to the values' words; nil if the rows are those.
  private func changeBack() -> RowChange? {
    layout.map { layout in
      workers = []
      outgrown = []
      return RowChange(system: program, convert: { try layout.decode($0, to: $1) }, original: nil)
    }
  }

  /// Predicates for the rows as they are now; nil if these are the values' words.
  func predicates(_ predicates: [TemporalPredicate]) -> FlatPredicates? {
    judged = layout.map { FlatPredicates($0, predicates, program.machine, options) }
    return judged
  }

  /// The values' words of a state with a flat row.
  func words(_ row: UnsafePointer<UInt32>) throws -> [UInt32] {
    guard let layout else { return Array(UnsafeBufferPointer(start: row, count: rowWidth)) }
    return try words(row, layout)
  }

  private func words(_ row: UnsafePointer<UInt32>, _ layout: FlatLayout) throws -> [UInt32] {
    try layout.decode(row, to: values)
    return Array(UnsafeBufferPointer(start: values, count: program.rowWidth))
  }

  // MARK: Transition system

  var rowWidth: Int { layout?.rowWidth ?? program.rowWidth }
  var identityWidth: Int? { program.identityWidth }
  var isIdentityOfRow: Bool { program.isIdentityOfRow }

  /// An identity consists of values, whatever form the rows have: it stays the same when the layout changes.
  func writeIdentity(of row: UnsafePointer<UInt32>, to identity: UnsafeMutablePointer<UInt32>) throws {
    guard let layout else { return try program.writeIdentity(of: row, to: identity) }
    try layout.decode(row, to: values)
    try program.writeIdentity(of: values, to: identity)
  }

  var memoryBytes: Int { program.memoryBytes }
  var memoryToGrow: Int { program.memoryToGrow }

  func generateInitialStates(into sink: any StateSink) throws {
    preconditionFailure("a search has its initial states before its rows change")
  }

  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
    source = row
    guard let worker else { return try program.generateSuccessors(of: row, into: sink) }
    let frame = worker.frame
    frame.removeRows()
    let (actions, failure) = worker.generate(row)
    if !worker.outgrown.isEmpty {
      outgrown = worker.takeOutgrown()
      throw RowsOutgrown()
    }
    let width = worker.layout.rowWidth
    for action in 0..<actions {
      let (first, count) = frame.rows(from: action)
      if count > 0 { try sink.accept(first, count: count, width: width, action: action) }
    }
    if let failure { throw failure }
  }

  /// Threads of their own explore only where rows alone tell states apart: other identities need the values.
  func makeExplorers(_ count: Int) -> [any StateExplorer] {
    guard let worker, program.identityWidth == nil else { return [] }
    while workers.count < count { workers.append(worker.twin()) }
    return workers.map {
      FlatExplorer($0, hasConstraints: hasConstraints, hasStepConditions: !stepConditions.isEmpty)
    }
  }

  var hasConstraints: Bool { program.hasConstraints }
  var constrainsSteps: Bool { program.constrainsSteps }
  var hasStepConditions: Bool { program.hasStepConditions }

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool {
    try worker.map { try $0.isWithinConstraints(row) } ?? program.isWithinConstraints(row)
  }

  func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool {
    guard let worker, let source else { return try program.allowsStep(to: row) }
    return try worker.allowsStep(from: source, to: row)
  }

  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
    guard let worker else { return try program.violatedInvariant(of: row, from: start) }
    return try worker.violatedInvariant(of: row, from: start)
  }

  func violatedStepCondition(
    to row: UnsafePointer<UInt32>, from start: Int
  ) throws(ConditionFailure) -> Int? {
    guard let worker, let source else { return try program.violatedStepCondition(to: row, from: start) }
    return try worker.violatedStepCondition(from: source, to: row, from: start)
  }
}

/// Receives states for nothing but the time that making them takes.
private final class IgnoringSink: StateSink {
  func accept(_ row: UnsafePointer<UInt32>, action: Int) {}
}
