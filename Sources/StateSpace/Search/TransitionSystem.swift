/// The system that a search explores: rows of words and the transitions between them. The search knows nothing else, and nothing of TLA+.
package protocol TransitionSystem: AnyObject {
  /// The number of words in each row.
  var rowWidth: Int { get }

  /// Gives every initial state to the sink, duplicates included.
  func generateInitialStates(into sink: any StateSink) throws

  /// Gives every successor to the sink, duplicates included, always in the same order.
  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws

  /// Whether there are states or steps that may not be explored.
  var hasConstraints: Bool { get }

  /// Whether the state may be explored further.
  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool

  /// Whether there are steps that may not be taken.
  var constrainsSteps: Bool { get }

  /// Whether the step to a state that was just generated may be taken. Called before the successors of another state are generated.
  func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool

  /// The first invariant at or after position `start` that does not hold; nil if all hold. Throws if one has no value.
  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int?

  /// Whether there are conditions on initial states and steps.
  var hasStepConditions: Bool { get }

  /// The first condition at or after position `start` that an initial state, or the step to a state that was just generated, does not
  /// satisfy; nil if all are satisfied. Throws if one has no value. Called as `allowsStep` is.
  func violatedStepCondition(to row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int?

  /// The number of words by which two states are known to be the same; nil if these are the words of the row.
  var identityWidth: Int? { get }

  /// Writes the words of a state's identity.
  func writeIdentity(of row: UnsafePointer<UInt32>, to identity: UnsafeMutablePointer<UInt32>) throws

  /// Whether a state's identity depends on its row alone, and not on when it is reached.
  var isIdentityOfRow: Bool { get }

  /// Whether evaluations see the effects of earlier ones, so that each state has to be handled as soon as it is generated.
  var hasOrderedEffects: Bool { get }

  /// The bytes that the system's own data take.
  var memoryBytes: Int { get }

  /// The extra bytes that the data will need soon, when something grows.
  var memoryToGrow: Int { get }
}

/// Something that a search checks, by its position among its like.
enum CheckedSubject: Equatable {
  case invariant(Int)
  case stepCondition(Int)
}

/// A condition that has no value in a state or for a step, with its position and the reason.
package struct ConditionFailure: Error {
  package let position: Int
  package let cause: any Error

  package init(position: Int, cause: any Error) {
    self.position = position
    self.cause = cause
  }
}

extension TransitionSystem {
  package var hasConstraints: Bool { true }
  package var constrainsSteps: Bool { true }
  package func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool { true }
  package var memoryToGrow: Int { 0 }
  package var hasStepConditions: Bool { false }
  package var hasOrderedEffects: Bool { false }
  package var identityWidth: Int? { nil }
  package var isIdentityOfRow: Bool { true }
  package func writeIdentity(of row: UnsafePointer<UInt32>, to identity: UnsafeMutablePointer<UInt32>) throws
  {}
  package func violatedStepCondition(to row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure)
    -> Int?
  { nil }
}

/// The receiver of states. A row is valid during the call only; copy the words that you keep.
package protocol StateSink: AnyObject {
  /// Takes a state that the action at that position made. Throws to stop the generation.
  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws

  /// Takes states that the action made. Their rows have `width` words and lie one after the other.
  func accept(_ rows: UnsafePointer<UInt32>, count: Int, width: Int, action: Int) throws
}

extension StateSink {
  package func accept(_ rows: UnsafePointer<UInt32>, count: Int, width: Int, action: Int) throws {
    for index in 0..<count { try accept(rows + index * width, action: action) }
  }
}
