package import TLASemantics
package import TLASyntax

/// A state in an explorer's memory. Two states of one explorer are equal exactly when all variables are.
package struct State: Hashable, Sendable {
  /// The number of the state in the order in which the explorer met it.
  package let index: Int
}

/// An action with the values that its names are bound to: `Register(n1)`.
package struct ActionLabel: Hashable, Sendable, CustomStringConvertible {
  package let name: String
  package let arguments: [PlainValue]

  package init(name: String, arguments: [PlainValue] = []) {
    self.name = name
    self.arguments = arguments
  }

  package var description: String {
    arguments.isEmpty ? name : "\(name)(\(arguments.map(\.description).joined(separator: ", ")))"
  }
}

/// A step that is possible.
package struct Successor: Sendable {
  package let label: ActionLabel
  package let state: State
}

/// Why an expression is false (or an invariant fails): the smallest false part, with what it was about.
package struct Explanation: Sendable {
  /// The part's text on one line, as it stands in the spec: `next_val < MaxValues`.
  package let expression: String
  /// The same with the values of both sides, where it has sides: `5 < 5`. Nil where the text says all.
  package let values: String?
  /// The bound names on the way down, with the values that made it false: `n = n1`.
  package let witnesses: [(name: String, value: PlainValue)]
  package let span: SourceSpan
}

/// One action for one binding in one state.
package struct ActionStatus: Sendable {
  package let label: ActionLabel
  /// The place of the action's definition.
  package let span: SourceSpan
  /// The distinct successors; empty when it is disabled or failed.
  package let successors: [State]
  /// The first false conjunct when it is disabled.
  package let disabledBecause: Explanation?
  /// What went wrong when evaluating it.
  package let failure: EvaluationFailure?
}

/// What an invariant is in a state.
package enum InvariantStatus: Sendable {
  case holds
  case fails(Explanation)
  case failed(EvaluationFailure)
}

/// An evaluation that has no value: what, where, and how it was reached.
package struct EvaluationFailure: Error, Sendable {
  package enum Kind: Sendable, Hashable {
    /// A value of the wrong kind, out of a domain, a `CHOOSE` without a witness, and the like.
    case evaluation
    /// `Assert` with FALSE.
    case assertion
    /// A next-state relation that leaves a variable without a value, or reads one before it has one.
    case incompleteState
    /// Too deep or too large.
    case resource
  }
  package let kind: Kind
  /// What is wrong, with the values, as a sentence without its full stop.
  package let message: String
  /// The expression that has no value.
  package let span: SourceSpan?
  /// The operators being evaluated, the innermost first.
  package let callStack: [Frame]

  package struct Frame: Sendable {
    package let name: String
    /// Where it was called.
    package let span: SourceSpan
  }
}

/// Steps a specification by hand: states, their successors, and what can be said of each.
///
/// Everything is computed on demand and deterministic. Not safe for concurrent use; the checker has an engine of its own.
package final class Explorer {
  package let specification: Specification

  /// Compiles the specification and evaluates its constants. Throws `Diagnostics` for what the engine does not support, and
  /// `EvaluationFailure` for a constant that has no value.
  package init(_ specification: Specification) throws { fatalError("stub") }

  /// The variables in the order of their declaration.
  package var variables: [String] { fatalError("stub") }
  /// The names of the invariants in the configuration's order.
  package var invariants: [String] { fatalError("stub") }
  /// The constants of the configuration with their values: `Nodes` is `{n1, n2}`.
  package var constants: [(name: String, value: PlainValue)] { fatalError("stub") }

  /// The initial states, each once, in the order in which they are generated.
  package func initialStates() throws -> [State] { fatalError("stub") }

  /// The value of every variable.
  package func values(of state: State) -> [PlainValue] { fatalError("stub") }

  /// Takes a state in. Throws when the number of values is not that of the variables.
  package func state(of values: [PlainValue]) throws -> State { fatalError("stub") }

  /// Every action for every binding over constant sets, in the order of `Next`, enabled or not; for a binding over a
  /// set that depends on the state, the ones that are enabled.
  package func actions(in state: State) -> [ActionStatus] { fatalError("stub") }

  /// The possible steps, in the order in which the search generates them, duplicates removed.
  package func successors(of state: State) throws -> [Successor] { fatalError("stub") }

  /// What the invariant of that position in `invariants` says of the state.
  package func status(ofInvariant index: Int, in state: State) -> InvariantStatus { fatalError("stub") }

  /// Evaluates an expression of the user's. With a `next` state, primed variables are read from it.
  /// Throws `Diagnostics` when it cannot be read, `EvaluationFailure` when it has no value.
  package func evaluate(_ text: String, in state: State?, next: State? = nil) throws -> PlainValue {
    fatalError("stub")
  }
}
