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
  /// What the specification may use of the machine that the program runs on; nil for nothing.
  package var host: (any HostAccess)?
  /// The state to start from instead of the initial states: the values of every variable.
  package var start: [PlainValue]?
  /// Treat states as the same where the configuration's `SYMMETRY` and `VIEW` say so.
  package var usesSymmetry = true
  package var usesView = true
  /// Compile actions and conditions to flat code once a search has that many states; nil for never. The result is always the same.
  package var statesBeforeFlatCode: Int? = 1 << 10
  /// How flat code is made and run.
  package var flatCode = FlatOptions()
  /// How many threads explore states with flat rows, at most; the result is the same for any number. With 0 the states are explored one by
  /// one, by the caller's thread.
  package var workers = 1
  /// Check temporal properties after a complete search.
  package var checksLiveness = true
  /// After a complete search, look for implications of the invariants that no state tests.
  package var looksForVacuity = false
  /// A way to stop the search at once from outside; nil for none.
  package var stop: StopRequest?

  package init() {}

  /// The limits of the search.
  var limits: SearchLimits {
    SearchLimits(maxStates: maxStates, maxDepth: maxDepth, memoryBytes: memoryLimit, stop: stop)
  }
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
    /// A property that is not an invariant.
    case property
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
    /// A property: its formula, or a part of it in a state or for a step.
    case property
    case postcondition
  }

  package let kind: Kind
  /// The name of the invariant, property or assumption; nil for other kinds.
  package let name: String?
  package let message: String
  package let trace: [TraceStep]
  /// For an infinite behavior: what would have to happen and does not, and why the behavior is fair. Sentences without a full stop.
  package let why: [String]
  /// Where an infinite behavior goes on after the last state of the trace; nil for a finite one.
  package let loop: Loop?
  package let failure: EvaluationFailure?
  /// The subject of a failed evaluation; nil if there is none.
  package let subject: Subject?
  /// If an invariant has no value: what fails when the steps from the state before are taken once more, and the checks that had a value or
  /// failed are left out. TLC does so to tell the place, and its exit code is that of this failure. Nil if nothing fails then.
  package internal(set) var repeatedFailure: EvaluationFailure?

  /// The kind of message.
  package var code: MessageCode {
    if let failure { return failure.code }
    return switch kind {
    case .invariant: .invariant
    case .property: .property
    case .deadlock: .deadlock
    case .assumption: .assumption
    case .assertion: .assert
    case .evaluation: .value
    }
  }

  /// The end of an infinite behavior.
  package struct Loop: Sendable, Hashable {
    /// The position in the trace of the state that follows the last one: itself, if the behavior stutters there for ever.
    package let start: Int
    /// The action that leads there; nil if the behavior stutters.
    package let closing: ActionLabel?
  }

  init(
    kind: Kind, name: String? = nil, message: String, trace: [TraceStep] = [], loop: Loop? = nil,
    why: [String] = []
  ) {
    self.loop = loop
    self.why = why
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
    (loop, why) = (nil, [])
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
  /// The temporal part of a property.
  case property(String)
  /// A temporal property was judged on states that `VIEW` treats as the same.
  case propertyUnderView(String)
  /// A temporal property was judged on the states within the constraints only.
  case propertyBeyondConstraints(String)
  /// The steps from states that the constraints cut off, and the number of such states among the generated ones.
  case beyondConstraints(states: Int)
  /// Everything beyond the limit that ended the search. The text names the limit.
  case beyondLimit(String)
  /// The states that were left unexplored when the specification itself ended the search by `TLCSet("exit", TRUE)`.
  case beyondExit(states: Int)
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
    case .propertyUnderView(let name):
      "\(name) was judged on one state of those that VIEW treats as the same; its value may differ between them"
    case .propertyBeyondConstraints(let name):
      "\(name) was judged only on behaviors that stay within the constraints"
    case .beyondConstraints(let states):
      "not explored: what follows \(states == 1 ? "the state" : "the \(states) generated states") outside the constraints"
    case .beyondLimit(let limit): "not explored: what lies beyond the limit, \(limit)"
    case .beyondExit(let states):
      "not explored: what follows \(states == 1 ? "the state" : "the \(states) states") left when TLCSet(\"exit\", TRUE) ended the search"
    case .implication(let vacuous): vacuous.text
    }
  }
}

/// Something about a property that holds: that it says nothing, or which fairness it needs.
package struct PropertyNote: Sendable, Hashable {
  package let property: String
  /// A sentence about the property, `it`, without a full stop.
  package let sentence: String

  /// A sentence without a full stop.
  package var text: String { "\(property): \(sentence)" }
}

/// What a check found, and how much it covered.
package struct CheckResult: Sendable {
  package let outcome: CheckOutcome
  /// The first violation of each invariant, in the order found; without `continueAfterViolation` at most one.
  package let violations: [Violation]
  /// The names of the invariants, also of those among the properties, and of the other properties.
  package let claims: Claims
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
  /// Remarks on the properties that hold, if these were asked for.
  package var notes: [PropertyNote] = []
  /// The figures of flat code; nil if the search did not use it, or gave it up.
  package var flatCode: FlatCodeFigures?

  package struct Claims: Sendable {
    package var invariants: [String] = []
    package var properties: [String] = []
  }
}

/// How a search used flat code.
package struct FlatCodeFigures: Sendable {
  /// The number of bits of a state.
  package let bits: Int
  /// How often the layout of the states had to change for values that it had no room for.
  package let layoutChanges: Int
  /// The number of states that flat code explored since then, and of those for which it needed the tree of expressions.
  package let explored: Int
  package let onTree: Int
  /// The size of the machine code; nil if a loop runs flat code.
  package let machineCodeBytes: Int?
  /// The actions that run on the tree of expressions only, each name once.
  package let treeActions: [String]
  /// The conditions that the tree of expressions had to judge since then.
  package let treeConditions: [Condition]
  /// The expressions that the tree evaluated since then and whose values flat code remembers, those with the most evaluations first.
  package let remembered: [Expression]

  /// A condition, and how often the tree of expressions judged it.
  package struct Condition: Sendable {
    package enum Kind: String, Sendable {
      case constraint
      case actionConstraint = "action constraint"
      case invariant
      /// A property of steps.
      case property
      /// A part of a temporal property; its text is its name.
      case predicate
    }

    package let kind: Kind
    package let name: String
    package let count: Int
  }

  /// An expression without flat code, and how often it was evaluated: once for each combination of what it reads.
  package struct Expression: Sendable {
    package let span: SourceSpan
    package let evaluations: Int
  }
}
