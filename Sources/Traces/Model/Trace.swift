package import StateSpace

/// A finite record of a behavior: its states, the actions between them, and its origin.
package struct Trace: Sendable, Hashable {
  /// The names of the variables, in the order of the values of each step.
  package var variables: [String]
  /// The states, beginning with the initial one. Each has as many values as there are variables.
  package var steps: [TraceStep]
  /// The index of the state to which the last state leads back; nil if the trace is not a lasso.
  package var loop: Int?
  /// The action of the step from the last state back to `loop`; nil if it is not known or the trace stutters in its last state.
  package var closing: ActionLabel?
  /// The violation in one of the states; nil if none is known.
  package var violation: Violation?
  package var metadata: Metadata
  /// Remarks on single steps, by index: for example that a state was made by hand and is not a step of the spec.
  package var stepNotes: [Int: String]
  /// What the model says about the steps, by index: the comment above each step's action.
  package var captions: [Int: String] = [:]
  /// The lines of a system's log that the steps and states explain, by index: their numbers in the log, counted from 1.
  package var logLines: [Int: [Int]] = [:]
  /// The gaps in the trace: states are left out before the states with these indices.
  package var omissions: [Int: Omission]
  /// Whether the format does not distinguish sets from sequences, functions from records, and model values from strings. Then the trace has
  /// sequences, records and strings instead.
  package var isUntyped: Bool

  package init(
    variables: [String], steps: [TraceStep], loop: Int? = nil, closing: ActionLabel? = nil,
    violation: Violation? = nil, metadata: Metadata = Metadata(), stepNotes: [Int: String] = [:],
    omissions: [Int: Omission] = [:], isUntyped: Bool = false
  ) {
    self.variables = variables
    self.steps = steps
    self.loop = loop
    self.closing = closing
    self.violation = violation
    self.metadata = metadata
    self.stepNotes = stepNotes
    self.omissions = omissions
    self.isUntyped = isUntyped
  }

  /// An invariant that fails in a state.
  package struct Violation: Sendable, Hashable {
    /// The invariant's name.
    package var name: String
    /// The index of the state.
    package var step: Int
    /// The false part, with its values and witnesses; nil if it is not known.
    package var explanation: String?
    /// The steps and messages that caused the violation, one sentence for each thing that is wrong.
    package var why: [String]
    /// The values for which the false part is false.
    package var witnesses: [PlainValue]

    package init(
      name: String, step: Int, explanation: String? = nil, why: [String] = [], witnesses: [PlainValue] = []
    ) {
      self.name = name
      self.step = step
      self.explanation = explanation
      self.why = why
      self.witnesses = witnesses
    }
  }

  /// Whether the first state is known to be an initial state, not merely the first of an excerpt.
  package var beginsAtTheStart: Bool { omissions[0] == nil }

  /// How many states are left out.
  package enum Omission: Sendable, Hashable {
    /// This number of states, at least one.
    case states(Int)
    /// An unknown number, perhaps none.
    case unknown
  }

  /// The origin of a trace.
  package struct Metadata: Sendable, Hashable {
    /// The name of the model, which is the name of its root module.
    package var model: String?
    /// The digest of the model's text (`ModelDigest`), which shows whether the model has changed since.
    package var digest: String?
    /// The kind of trace: `counterexample to AllRegistered`, `session`.
    package var source: String?
    package var notes: [String]

    package init(model: String? = nil, digest: String? = nil, source: String? = nil, notes: [String] = []) {
      self.model = model
      self.digest = digest
      self.source = source
      self.notes = notes
    }
  }

  /// The names of all model values in the trace, in the order of their first occurrence.
  package var modelValues: [String] {
    var seen = Set<String>()
    var names: [String] = []
    func note(_ values: [PlainValue]) {
      for value in values {
        value.forEachPart { part in
          if case .modelValue(let name) = part, seen.insert(name).inserted { names.append(name) }
        }
      }
    }
    for step in steps { note((step.label?.arguments ?? []) + step.values) }
    note(closing?.arguments ?? [])
    return names
  }
}
