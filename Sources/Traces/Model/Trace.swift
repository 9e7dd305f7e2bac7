package import StateSpace

/// A finite record of a behavior: its states with the actions between them, and where it comes from.
package struct Trace: Sendable, Hashable {
  /// The names of the variables, in the order of the values of each step.
  package var variables: [String]
  /// The states from the initial one on. Each has as many values as there are variables.
  package var steps: [TraceStep]
  /// The index of the state to which the last one leads back; nil for a trace that is no lasso.
  package var loop: Int?
  /// The action of the step that leads from the last state back to `loop`; nil where it is not known, and for a trace
  /// that stutters in its last state.
  package var closing: ActionLabel?
  /// What is wrong in one of the states; nil where nothing is known to be.
  package var violation: Violation?
  package var metadata: Metadata
  /// Remarks on single steps by their index, such as that a state was made by hand and is not a step of the spec.
  package var stepNotes: [Int: String]
  /// Where states are left out: before the states with these indices.
  package var omissions: [Int: Omission]
  /// The trace comes from a format that does not tell sets from sequences, functions from records, nor model values
  /// from strings: all of them stand here as the latter of the two.
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
    /// The part that is false, with its values and witnesses; nil where it is not known.
    package var explanation: String?
    /// The steps and messages that brought it about, a sentence for each thing that is wrong.
    package var why: [String]

    package init(name: String, step: Int, explanation: String? = nil, why: [String] = []) {
      self.name = name
      self.step = step
      self.explanation = explanation
      self.why = why
    }
  }

  /// Whether the first state is known to be an initial state, and not merely the first of a cut-out.
  package var beginsAtTheStart: Bool { omissions[0] == nil }

  /// How many states are left out.
  package enum Omission: Sendable, Hashable {
    /// So many, at least one.
    case states(Int)
    /// Perhaps none.
    case unknown
  }

  /// Where a trace comes from.
  package struct Metadata: Sendable, Hashable {
    /// The name of the model: its root module's.
    package var model: String?
    /// The digest of the model's text (`ModelDigest`), to tell whether the model has changed since.
    package var digest: String?
    /// What the trace is: `counterexample to AllRegistered`, `session`.
    package var source: String?
    package var notes: [String]

    package init(model: String? = nil, digest: String? = nil, source: String? = nil, notes: [String] = []) {
      self.model = model
      self.digest = digest
      self.source = source
      self.notes = notes
    }
  }

  /// The names of all model values that occur in the trace, in the order of their first occurrence.
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
