import StateSpace

/// A transition system for the search, given by functions on rows.
final class ToySystem: TransitionSystem {
  typealias Row = [UInt32]
  let rowWidth: Int
  let initial: [Row]
  let successors: (Row) throws -> [Row]
  /// Invariants in order.
  var invariants: [(Row) throws -> Bool] = []
  var constraint: (Row) throws -> Bool = { _ in true }
  let memoryBytes = 0

  init(width: Int, initial: [Row], successors: @escaping (Row) throws -> [Row]) {
    rowWidth = width
    self.initial = initial
    self.successors = successors
  }

  private func copy(_ row: UnsafePointer<UInt32>) -> Row {
    Array(UnsafeBufferPointer(start: row, count: rowWidth))
  }

  private func give(_ rows: [Row], to sink: any StateSink) throws {
    for (position, row) in rows.enumerated() { try sink.accept(row, action: position) }
  }

  func generateInitialStates(into sink: any StateSink) throws { try give(initial, to: sink) }

  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
    try give(successors(copy(row)), to: sink)
  }

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool { try constraint(copy(row)) }

  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
    for index in invariants.indices where index >= start {
      do { if try !invariants[index](copy(row)) { return index } } catch {
        throw ConditionFailure(position: index, cause: error)
      }
    }
    return nil
  }
}
