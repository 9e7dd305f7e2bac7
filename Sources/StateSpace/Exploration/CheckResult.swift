package import TLASyntax

/// What a check is asked to do.
package struct CheckOptions: Sendable {
  /// Nil: as the configuration says, and TLC's default where it does not say.
  package var checkDeadlock: Bool?
  package var maxStates: Int?
  package var maxDepth: Int?
  /// The most memory in bytes that the process may take while it searches; nil for no limit of its own.
  package var memoryLimit: Int?
  /// Goes on behind a violation and collects one counterexample for each violated invariant.
  package var continueAfterViolation = false
  /// The files that the specification may use; nil for none.
  package var files: (any FileAccess)?
  /// Starts here instead of the initial states: the values of every variable.
  package var start: [PlainValue]?
  /// After a complete search looks for implications of the invariants that no state put to the test.
  package var looksForVacuity = false
  /// Who may ask the search to stop at once; nil for nobody.
  package var stop: StopRequest?

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

  /// What was being evaluated when something had no value.
  package enum Subject: Sendable, Hashable {
    /// A constant of the configuration, or something else that no state is needed for.
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
  /// The invariant or assumption; nil for the others.
  package let name: String?
  package let message: String
  package let trace: [TraceStep]
  package let failure: EvaluationFailure?
  /// What the failure is of; nil without one.
  package let subject: Subject?

  init(kind: Kind, name: String? = nil, message: String, trace: [TraceStep] = []) {
    self.kind = kind
    self.name = name
    self.message = message
    self.trace = trace
    failure = nil
    subject = nil
  }

  /// A failure of an evaluation as what ends a check; `name` is the invariant or assumption that was evaluated.
  init(_ failure: EvaluationFailure, of subject: Subject, name: String? = nil, trace: [TraceStep] = []) {
    // An assumption without a value does not hold, as TLC has it.
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
  /// Everything that can be reached was visited and nothing was found. What was not looked at is in the result's `unchecked`.
  case success
  /// The first violation.
  case violation(Violation)
  /// A limit was hit before anything was found: which one.
  case limit(String)
  /// It was asked to stop.
  case stopped
}

/// What a check did not look at: its outcome says nothing about that.
package enum Unchecked: Sendable {
  /// The specification has no behavior, only assumptions, if any.
  case everything(hasAssumptions: Bool)
  /// No state satisfies the initial predicate, so that no invariant was asked.
  case everyInvariant
  /// A temporal property.
  case property(String)
  /// What follows states that the constraints cut off: so many of those that were generated.
  case beyondConstraints(states: Int)
  /// What a search would have visited that a limit ended: which one.
  case beyondLimit(String)
  /// An implication that no state puts to the test.
  case implication(VacuousImplication)

  /// In words, as one sentence without its full stop.
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
  /// In words, as one sentence without its full stop.
  package var text: String {
    let place = span.startPosition
    return "\(invariant) is vacuous at \(span.file.name):\(place.line):\(place.column): "
      + "no reachable state puts `\(span.oneLineText)` to the test"
  }
}

/// What a check found and how much it looked at.
package struct CheckResult: Sendable {
  package let outcome: CheckOutcome
  /// The first violation of each invariant, in the order found; one at most without `continueAfterViolation`.
  package let violations: [Violation]
  /// What the outcome says nothing about.
  package let unchecked: [Unchecked]
  package let progress: CheckProgress
  package let initial: Int
  package let workers: Int
  /// Whether an integer left the 32 bits in which TLC computes: TLC would have stopped there.
  package let leftTLCIntegers: Bool
  /// What has a meaning and is rarely meant, each place once: an `EXCEPT` that changes nothing, an `UNCHANGED` that contradicts.
  package let warnings: [Diagnostic]
  /// What no state put to the test. Nil when that was not asked for, or not every state was visited.
  package let vacuous: [VacuousImplication]?
}
