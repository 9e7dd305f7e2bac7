package import StateSpace

/// A finite record of a behavior: its states with the actions between them, and where it comes from.
package struct Trace: Sendable, Hashable {
  /// The names of the variables, in the order of the values of each step.
  package var variables: [String]
  /// The states from the initial one on. Each has as many values as there are variables.
  package var steps: [TraceStep]
  /// The index of the state to which the last one leads back; nil for a trace that is no lasso.
  package var loop: Int?
  package var metadata: Metadata
  /// Remarks on single steps by their index, such as that a state was made by hand and is not a step of the spec.
  package var stepNotes: [Int: String]
  /// Where states are left out: before the states with these indices.
  package var omissions: [Int: Omission]
  /// The trace comes from a format that does not tell sets from sequences, functions from records, nor model values
  /// from strings: all of them stand here as the latter of the two.
  package var isUntyped: Bool

  package init(
    variables: [String], steps: [TraceStep], loop: Int? = nil, metadata: Metadata = Metadata(),
    stepNotes: [Int: String] = [:], omissions: [Int: Omission] = [:], isUntyped: Bool = false
  ) {
    self.variables = variables
    self.steps = steps
    self.loop = loop
    self.metadata = metadata
    self.stepNotes = stepNotes
    self.omissions = omissions
    self.isUntyped = isUntyped
  }

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
    for step in steps {
      for value in (step.label?.arguments ?? []) + step.values {
        value.forEachPart { part in
          if case .modelValue(let name) = part, seen.insert(name).inserted { names.append(name) }
        }
      }
    }
    return names
  }
}
