package import TLASemantics

/// What a check is asked to do.
package struct CheckOptions: Sendable {
  /// Nil: as the configuration says, and TLC's default where it does not say.
  package var checkDeadlock: Bool?
  package var maxStates: Int?
  package var maxDepth: Int?
  /// The most bytes that the search may use; nil for no limit of its own.
  package var memoryLimit: Int?
  /// Goes on behind a violation and collects one counterexample for each violated invariant.
  package var continueAfterViolation = false
  /// Starts here instead of the initial states: the values of every variable.
  package var start: [PlainValue]?

  package init() {}
}

/// How far a search is.
package struct CheckProgress: Sendable {
  package var generated = 0
  package var distinct = 0
  package var queue = 0
  package var depth = 0
  package var seconds = 0.0
  package var memoryBytes = 0

  package init() {}
}

/// One state of a counterexample, with the action that led to it (nil for the initial state).
package struct TraceStep: Sendable, Hashable {
  package let label: ActionLabel?
  package let values: [PlainValue]

  package init(label: ActionLabel?, values: [PlainValue]) {
    self.label = label
    self.values = values
  }
}

/// A violation with the shortest trace that leads to it.
package struct Violation: Sendable {
  package enum Kind: Sendable, Hashable {
    case invariant
    case deadlock
    case assumption
    case assertion
    case evaluation
  }
  package let kind: Kind
  /// The invariant or assumption; nil for the others.
  package let name: String?
  package let message: String
  package let trace: [TraceStep]
  package let failure: EvaluationFailure?
}

/// How a check ended.
package enum CheckOutcome: Sendable {
  /// Everything that can be reached was visited and nothing was found.
  case success
  /// The first violation.
  case violation(Violation)
  /// A limit was hit: which one.
  case limit(String)
  /// It was asked to stop.
  case stopped
}

/// What a check found and how much it looked at.
package struct CheckResult: Sendable {
  package let outcome: CheckOutcome
  /// The first violation of each invariant, in the order found; one at most without `continueAfterViolation`.
  package let violations: [Violation]
  package let progress: CheckProgress
  package let initial: Int
  package let workers: Int
}

/// Checks a specification breadth-first with an engine of its own. May be made on one thread and run on another.
package final class Checker: Sendable {
  package init(_ specification: Specification, options: CheckOptions) { fatalError("stub") }

  /// Runs to the end, calling back every now and then (at least every few thousand states) on the caller's thread.
  /// Stops when `progress` returns false. Throws `Diagnostics` for what the engine does not support.
  package func run(
    progress: (CheckProgress) -> Bool, onViolation: (Violation) -> Void
  ) throws -> CheckResult { fatalError("stub") }
}
