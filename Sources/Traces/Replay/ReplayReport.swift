package import StateSpace

/// The result of a replay.
package struct ReplayReport: Sendable {
  package enum Outcome: String, Sendable, Hashable {
    /// Every step is allowed and no invariant fails.
    case valid
    /// Allowed steps lead to a state in which an invariant fails, or the behavior violates a property.
    case violation
    /// A step that the specification does not allow comes before any violation.
    case illegal
  }

  package let outcome: Outcome
  /// The illegal step, or the first step whose state violates an invariant, counted from 0; nil if the trace is valid.
  package let step: Int?
  /// The action of that step, as the trace names it or otherwise as re-execution found it. Nil for the initial state.
  package let action: ActionLabel?
  /// The invariant or the property that fails; nil for other outcomes.
  package let violated: String?
  /// Whether that is a property and not an invariant.
  package var isOfProperty = false
  /// The outcome in a sentence without a full stop.
  package let message: String
  /// The first false conjunct, if the action that the trace names is disabled.
  package let disabledBecause: Explanation?
  /// The enabled action that comes closest to the illegal step.
  package let nearest: Nearest?
  /// The specification's states for the trace, as far as its steps are allowed, including the states that the trace leaves out.
  package let states: [State]
  /// The actions by which the specification takes the steps, parallel to `states`; nil for the initial state and for a stuttering step.
  package let labels: [ActionLabel?]
  /// Other remarks: variables that were ignored, actions that have another name.
  package let notes: [String]
  /// The index of the state to which the trace leads back, counting the states that it leaves out.
  package let loop: Int?
  /// The action of the step that leads back; nil if the trace is not a lasso, or stutters.
  package let closing: ActionLabel?

  /// A possible step that is similar to the trace's step.
  package struct Nearest: Sendable {
    package let label: ActionLabel?
    package let differences: [VariableDifference]
  }

  package struct VariableDifference: Sendable, Hashable {
    package let variable: String
    /// The value in the specification.
    package let specified: PlainValue
    /// The value in the trace.
    package let traced: PlainValue

    /// `x (1, in the trace 2)`; for larger values only the places: `inbox (the trace has [n2][2] +"ack")`.
    package var words: String {
      let (specified, traced) = (specified.canonical, traced.canonical)
      let whole = "\(variable) (\(specified), in the trace \(traced))"
      if whole.count <= 60 { return whole }
      let places = ValueDifference.between(specified, traced)
      let shown = places.prefix(2).map(\.description) + (places.count > 2 ? ["\(places.count - 2) more"] : [])
      return "\(variable) (the trace has \(shown.joined(separator: ", ")))"
    }
  }
}

extension ReplayReport {
  /// The outcome in a sentence without a full stop, with the step and its action.
  package var verdict: String {
    guard let step else { return message }
    guard outcome == .illegal else { return "step \(step)\(action.map { ", \($0)" } ?? ""): \(message)" }
    return "step \(step)\(action.map { ", \($0)," } ?? "") is not allowed: \(message)"
  }

  /// The report as `replay --json` prints it: `outcome`, `step`, `action`, `message`, and whatever else is known.
  package var json: JSONValue {
    .object([
      JSONValue.Member("outcome", .string(outcome.rawValue)),
      JSONValue.Member("step", step.map { .integer($0) } ?? .null),
      JSONValue.Member("action", action.map { .string($0.description) } ?? .null),
      JSONValue.Member("violated", violated.map { .string($0) } ?? .null),
      JSONValue.Member("message", .string(message)),
      JSONValue.Member("nearest", nearest?.label.map { .string($0.description) } ?? .null),
      JSONValue.Member("notes", .array(notes.map { .string($0) })),
    ])
  }
}

/// How the steps of a trace are matched to a specification.
package enum ReplayMatching: Sendable, Hashable {
  /// The states must be equal. Falls back to `actions` if the trace lacks variables of the specification.
  case values
  /// The actions must have the trace's names and arguments; the states may differ. This shows what a trace of another version does here.
  /// Steps without a name are matched by value.
  case actions
}
