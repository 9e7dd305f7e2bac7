@testable import StateSpace
import TLASyntax

/// Flat rows for a search or a walk, in the loop and in machine code at once. Every answer is compared with the other one and with that of
/// the node tree: the successors in their order, constraints, invariants, conditions on steps, and failures.
final class ComparedRows: RowChanging, TransitionSystem {
  /// What a question had for an answer, in a form in which answers are compared.
  private enum Answer<Value: Equatable>: Equatable {
    case value(Value)
    case failure(String)
  }

  /// The successors of a state in one executor, one after the other.
  private final class Successors: StateSink {
    private let width: Int
    private(set) var rows: [UInt32] = []
    private(set) var actions: [Int] = []

    init(width: Int) { self.width = width }

    func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
      rows.append(contentsOf: UnsafeBufferPointer(start: row, count: width))
      actions.append(action)
    }

    func forEach(_ body: (UnsafePointer<UInt32>, Int) throws -> Void) rethrows {
      try rows.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        for (index, action) in actions.enumerated() { try body(base + index * width, action) }
      }
    }
  }

  /// A generation: what it gave, and how it ended.
  private struct Generation {
    let successors: Successors
    var error: (any Error)?

    init(width: Int, _ generate: (Successors) throws -> Void) {
      successors = Successors(width: width)
      do { try generate(successors) } catch { self.error = error }
    }

    var isOutgrown: Bool { error is RowsOutgrown }
    var failure: String? { error.map(ComparedRows.describe) }
  }

  private let program: Program
  private let loop: FlatSearch
  private let native: FlatSearch
  /// Whether the rows are flat.
  private(set) var areFlat = false
  /// The number of states whose successors were compared.
  private(set) var comparedCount = 0
  private(set) var layoutChanges = 0
  private(set) var differences: [String] = []
  /// The row of the state whose successors were generated last, and the words of its values.
  private var source: (row: UnsafePointer<UInt32>, values: [UInt32])?

  /// Nil for a program that has no flat rows. The searches do not look ahead, so that layouts change often.
  init?(_ program: Program, after states: Int) {
    guard
      let loop = FlatSearch(
        program, after: states, FlatOptions(looksAhead: false, isOptimized: false, usesNativeCode: false)),
      let native = FlatSearch(program, after: states, FlatOptions(looksAhead: false))
    else { return nil }
    (self.program, self.loop, self.native) = (program, loop, native)
  }

  // MARK: Rows

  func change(for states: StateTable, generated: Int, isNeeded: Bool) throws -> RowChange? {
    // The pace may not decide: both have to change at the same time.
    guard isNeeded || !areFlat else { return nil }
    let byLoop = try loop.change(for: states, generated: generated, isNeeded: isNeeded)
    let byNative = try native.change(for: states, generated: generated, isNeeded: isNeeded)
    guard let byLoop, let byNative else {
      if (byLoop == nil) != (byNative == nil) { differences.append("only one of the two changes its rows") }
      return nil
    }
    areFlat = byLoop.system === loop
    layoutChanges += 1
    let width = loop.rowWidth
    guard native.rowWidth == width else {
      differences.append("rows of \(width) words and of \(native.rowWidth)")
      return nil
    }
    return RowChange(
      system: areFlat ? self : program,
      convert: { old, new in
        try byLoop.convert(old, new)
        let other = try [UInt32](unsafeUninitializedCapacity: width) { buffer, count in
          try byNative.convert(old, buffer.baseAddress.unsafelyUnwrapped)
          count = width
        }
        if !(0..<width).allSatisfy({ new[$0] == other[$0] }) {
          let row = Array(UnsafeBufferPointer(start: new, count: width))
          self.differences.append("a row that was converted: \(row) by the loop, \(other) in machine code")
        }
      }, original: byLoop.original)
  }

  /// The words of a state's values.
  func words(_ row: UnsafePointer<UInt32>) throws -> [UInt32] { try loop.words(row) }

  var rowWidth: Int { loop.rowWidth }
  var identityWidth: Int? { loop.identityWidth }
  var isIdentityOfRow: Bool { loop.isIdentityOfRow }
  func writeIdentity(of row: UnsafePointer<UInt32>, to identity: UnsafeMutablePointer<UInt32>) throws {
    try loop.writeIdentity(of: row, to: identity)
  }
  var memoryBytes: Int { loop.memoryBytes + native.memoryBytes }
  var memoryToGrow: Int { loop.memoryToGrow }

  func generateInitialStates(into sink: any StateSink) throws {
    try program.generateInitialStates(into: sink)
  }

  // MARK: Successors

  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
    let byLoop = Generation(width: rowWidth) { try loop.generateSuccessors(of: row, into: $0) }
    let byNative = Generation(width: rowWidth) { try native.generateSuccessors(of: row, into: $0) }
    if byLoop.isOutgrown || byNative.isOutgrown {
      if byLoop.isOutgrown != byNative.isOutgrown {
        try note(row, "its rows do not fit", "\(byLoop.isOutgrown)", "\(byNative.isOutgrown)", "-")
      }
      throw RowsOutgrown()
    }
    let values = try words(row)
    source = (row, values)
    let onTree = Generation(width: program.rowWidth) { successors in
      try values.withUnsafeBufferPointer {
        try program.generateSuccessors(of: $0.baseAddress.unsafelyUnwrapped, into: successors)
      }
    }
    comparedCount += 1
    try compare(row, byLoop, byNative, onTree)
    try byLoop.successors.forEach { try sink.accept($0, action: $1) }
    if let error = onTree.error { throw error }
  }

  private func compare(
    _ row: UnsafePointer<UInt32>, _ byLoop: Generation, _ byNative: Generation, _ onTree: Generation
  ) throws {
    var flat: [UInt32] = []
    try byLoop.successors.forEach { row, _ in flat += try words(row) }
    let (mine, others, tree) = (byLoop.successors, byNative.successors, onTree.successors)
    guard
      mine.rows == others.rows && mine.actions == others.actions && mine.actions == tree.actions
        && flat == tree.rows && byLoop.failure == onTree.failure && byNative.failure == onTree.failure
    else {
      var native: [UInt32] = []
      try others.forEach { row, _ in native += try words(row) }
      func text(_ generation: Generation, _ rows: [UInt32]) -> String {
        let actions = generation.successors.actions
        let width = actions.isEmpty ? 0 : rows.count / actions.count
        let states = actions.enumerated().map { index, action in
          "\(program.actions[action].name): \(plain(Array(rows[index * width..<(index + 1) * width])))"
        }
        return (states + [generation.failure].compactMap { $0 }).joined(separator: "; ")
      }
      return try note(
        row, "its successors", text(byLoop, flat), text(byNative, native), text(onTree, tree.rows))
    }
  }

  // MARK: Conditions

  var hasConstraints: Bool { program.hasConstraints }
  var constrainsSteps: Bool { program.constrainsSteps }
  var hasStepConditions: Bool { program.hasStepConditions }

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool {
    guard program.hasConstraints else { return true }
    let values = try words(row)
    return try compared(
      row, "its constraints", loop: { try loop.isWithinConstraints(row) },
      native: { try native.isWithinConstraints(row) },
      tree: { try withValues(values) { try program.isWithinConstraints($0) } })
  }

  func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool {
    guard program.constrainsSteps, let source else { return true }
    let values = try words(row)
    return try compared(
      row, "constraints on the step to it", loop: { try loop.allowsStep(to: row) },
      native: { try native.allowsStep(to: row) },
      tree: {
        try withValues(source.values) { old in
          try withValues(values) { try program.allowsStep(from: old, to: $0) }
        }
      })
  }

  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
    guard start < program.invariants.count else { return nil }
    return try comparedConditions(
      row, "its invariants from \(start) on", loop: { try loop.violatedInvariant(of: row, from: start) },
      native: { try native.violatedInvariant(of: row, from: start) },
      tree: { values in try withValues(values) { try program.violatedInvariant(of: $0, from: start) } })
  }

  func violatedStepCondition(
    to row: UnsafePointer<UInt32>, from start: Int
  ) throws(ConditionFailure) -> Int? {
    guard start < program.stepConditions.count, let source else { return nil }
    return try comparedConditions(
      row, "conditions on the step to it from \(start) on",
      loop: { try loop.violatedStepCondition(to: row, from: start) },
      native: { try native.violatedStepCondition(to: row, from: start) },
      tree: { values in
        try withValues(source.values) { old in
          try withValues(values) { try program.violatedStepCondition(from: old, to: $0, at: start) }
        }
      })
  }

  private func comparedConditions(
    _ row: UnsafePointer<UInt32>, _ what: String, loop: () throws -> Int?, native: () throws -> Int?,
    tree: ([UInt32]) throws -> Int?
  ) throws(ConditionFailure) -> Int? {
    do {
      let values = try words(row)
      return try compared(row, what, loop: loop, native: native, tree: { try tree(values) })
    } catch let failure as ConditionFailure { throw failure } catch {
      throw ConditionFailure(position: -1, cause: error)
    }
  }

  /// The answer of the node tree, after the others were compared with it.
  private func compared<Value: Equatable>(
    _ row: UnsafePointer<UInt32>, _ what: String, loop: () throws -> Value, native: () throws -> Value,
    tree: () throws -> Value
  ) throws -> Value {
    let (byLoop, byNative, onTree) = (
      Result(catching: loop), Result(catching: native), Result(catching: tree)
    )
    let (mine, other, expected) = (Self.answer(byLoop), Self.answer(byNative), Self.answer(onTree))
    if mine != expected || other != expected { try note(row, what, "\(mine)", "\(other)", "\(expected)") }
    return try onTree.get()
  }

  private func withValues<Result>(
    _ values: [UInt32], _ body: (UnsafePointer<UInt32>) throws -> Result
  ) rethrows -> Result {
    try values.withUnsafeBufferPointer { try body($0.baseAddress.unsafelyUnwrapped) }
  }

  // MARK: Words

  private static func answer<Value: Equatable>(_ result: Result<Value, any Error>) -> Answer<Value> {
    switch result {
    case .success(let value): .value(value)
    case .failure(let error): .failure(describe(error))
    }
  }

  private func note(
    _ row: UnsafePointer<UInt32>, _ what: String, _ loop: String, _ native: String, _ tree: String
  ) throws {
    differences.append(
      """
      \(plain(try words(row))), \(what):
        the loop: \(loop)
        machine code: \(native)
        the node tree: \(tree)
      """)
  }

  private func plain(_ values: [UInt32]) -> String {
    "\(values.withUnsafeBufferPointer { program.plainValues($0.baseAddress.unsafelyUnwrapped) })"
  }

  /// A failure with what it says and all its places.
  fileprivate static func describe(_ error: any Error) -> String {
    if let failure = error as? ConditionFailure { return "\(failure.position): \(describe(failure.cause))" }
    let failure = EvaluationFailure(error)
    let places = ([failure.span] + failure.callStack.map(\.span)).map { span in
      span.map { "\($0.file.name) \($0.start)..<\($0.end)" } ?? "-"
    }
    return "\(failure.kind): \(failure.message) at \(places.joined(separator: ", "))"
  }
}
