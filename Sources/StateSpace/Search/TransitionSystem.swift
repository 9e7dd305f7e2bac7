/// The system that a search explores: rows of words and the transitions between them. The search knows nothing else, and nothing of TLA+.
package protocol TransitionSystem: AnyObject {
  /// The number of words in each row.
  var rowWidth: Int { get }

  /// Gives every initial state to the sink, duplicates included.
  func generateInitialStates(into sink: any StateSink) throws

  /// Gives every successor to the sink, duplicates included, always in the same order.
  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws

  /// Whether the state may be explored further.
  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool

  /// Whether the step to a state that was just generated may be taken. Called before the successors of another state are generated.
  func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool

  /// The first invariant at or after position `start` that does not hold; nil if all hold. Throws if one has no value.
  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(InvariantFailure) -> Int?

  /// The bytes that the system's own data take.
  var memoryBytes: Int { get }

  /// The extra bytes that the data will need soon, when something grows.
  var memoryToGrow: Int { get }
}

/// An invariant that has no value in a state, with its position and the reason.
package struct InvariantFailure: Error {
  package let position: Int
  package let cause: any Error

  package init(position: Int, cause: any Error) {
    self.position = position
    self.cause = cause
  }
}

extension TransitionSystem {
  package func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool { true }
  package var memoryToGrow: Int { 0 }
}

/// The receiver of states. A row is valid during the call only; copy the words that you keep.
package protocol StateSink: AnyObject {
  /// Takes a state that the action at that position made. Throws to stop the generation.
  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws
}
