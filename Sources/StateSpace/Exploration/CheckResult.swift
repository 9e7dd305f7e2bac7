package import TLASyntax

/// The options of a check.
package struct CheckOptions: Sendable {
  /// Nil means as the configuration says, or TLC's default if it does not say.
  package var checkDeadlock: Bool?
  package var maxStates: Int?
  package var maxDepth: Int?
  /// The most bytes of memory that the process may take while it searches; nil for no limit of its own.
  package var memoryLimit: Int?
  /// Continue after a violation, and collect one counterexample for each violated invariant.
  package var continueAfterViolation = false
  /// The files that the specification may use; nil for none.
  package var files: (any FileAccess)?
  /// The state to start from instead of the initial states: the values of every variable.
  package var start: [PlainValue]?
  /// After a complete search, look for implications of the invariants that no state tests.
  package var looksForVacuity = false
  /// A way to stop the search at once from outside; nil for none.
  package var stop: StopRequest?

  package init() {}
}

/// How far a search has come.
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

/// A violation, with a shortest trace to it.
package struct Violation: Sendable {
  package enum Kind: Sendable, Hashable {
    case invariant
    case deadlock
    case assumption
    case assertion
    case evaluation
  }

  /// What was being evaluated when a value was missing.
  package enum Subject: Sendable, Hashable {
    /// A constant of the configuration, or something else that needs no state.
    case constant
    case assumption
    /// The initial predicate, or a constraint or an invariant in an initial state.
    case initialState
    /// A step, or a constraint on it or on the state that it leads to.
    case step
    /// An invariant in a state that a step led to.
    case invariant
    case postcondition
  }

  package let kind: Kind
  /// The name of the invariant or assumption; nil for other kinds.
  package let name: String?
  package let message: String
  package let trace: [TraceStep]
  package let failure: EvaluationFailure?
  /// The subject of a failed evaluation; nil if there is none.
  package let subject: Subject?

  init(kind: Kind, name: String? = nil, message: String, trace: [TraceStep] = []) {
    self.kind = kind
    self.name = name
    self.message = message
    self.trace = trace
    failure = nil
    subject = nil
  }

  /// Makes a violation of a failed evaluation. `name` is the invariant or assumption that was evaluated.
  init(_ failure: EvaluationFailure, of subject: Subject, name: String? = nil, trace: [TraceStep] = []) {
    // As in TLC, an assumption without a value does not hold.
    let kind: Kind =
      if subject == .assumption || subject == .postcondition { .assumption } else {
        failure.kind == .assertion ? .assertion : .evaluation
      }
    self.kind = kind
    self.name = name
    message = failure.message
    self.trace = trace
    self.failure = failure
    self.subject = subject
  }
}

/// How a check ended.
package enum CheckOutcome: Sendable {
  /// Every reachable state was visited and no violation was found. The result's `unchecked` lists what was not checked.
  case success
  /// The first violation.
  case violation(Violation)
  /// A limit was reached before a violation was found. The text names the limit.
  case limit(String)
  /// The check was asked to stop.
  case stopped
}

/// Something that a check left out. Its outcome says nothing about it.
package enum Unchecked: Sendable {
  /// The specification has no behavior; it has assumptions at most.
  case everything(hasAssumptions: Bool)
  /// No state satisfies the initial predicate, so no invariant was checked.
  case everyInvariant
  /// A temporal property.
  case property(String)
  /// The steps from states that the constraints cut off, and the number of such states among the generated ones.
  case beyondConstraints(states: Int)
  /// Everything beyond the limit that ended the search. The text names the limit.
  case beyondLimit(String)
  /// An implication that no state tests.
  case implication(VacuousImplication)

  /// A sentence without a full stop.
  package var text: String {
    switch self {
    case .everything(hasAssumptions: true): "there is no behavior: only the assumptions were checked"
    case .everything(hasAssumptions: false):
      "there is no behavior and no assumption: nothing was checked"
    case .everyInvariant: "there is no initial state: nothing was explored, and no invariant was tested"
    case .property(let name): "not checked: \(name), a temporal property"
    case .beyondConstraints(let states):
      "not explored: what follows \(states == 1 ? "the state" : "the \(states) generated states") outside the constraints"
    case .beyondLimit(let limit): "not explored: what lies beyond the limit, \(limit)"
    case .implication(let vacuous): vacuous.text
    }
  }
}

extension VacuousImplication {
  /// A sentence without a full stop.
  package var text: String {
    let place = span.startPosition
    return "\(invariant) is vacuous at \(span.file.name):\(place.line):\(place.column): "
      + "no reachable state puts `\(span.oneLineText)` to the test"
  }
}

/// What a check found, and how much it covered.
package struct CheckResult: Sendable {
  package let outcome: CheckOutcome
  /// The first violation of each invariant, in the order found; without `continueAfterViolation` at most one.
  package let violations: [Violation]
  /// What the outcome does not cover.
  package let unchecked: [Unchecked]
  package let progress: CheckProgress
  package let initial: Int
  package let workers: Int
  /// Whether an integer left the 32 bits that TLC computes in. TLC would have stopped there.
  package let leftTLCIntegers: Bool
  /// Warnings about what is legal but rarely intended, each place once: an `EXCEPT` that changes nothing, a contradictory `UNCHANGED`.
  package let warnings: [Diagnostic]
  /// The implications that no state tests. Nil if this was not asked for, or if not every state was visited.
  package let vacuous: [VacuousImplication]?
}
