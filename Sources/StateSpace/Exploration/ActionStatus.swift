package import TLASyntax

/// A state in an explorer's memory. Two states of one explorer are equal exactly when all their variables are equal.
package struct State: Hashable, Sendable {
  /// The state's number, in the order in which the explorer first reached the states.
  package let index: Int
}

/// An action with the values of its names: `Register(n1)`.
package struct ActionLabel: Hashable, Sendable, CustomStringConvertible {
  package let name: String
  package let arguments: [PlainValue]

  package init(name: String, arguments: [PlainValue] = []) {
    self.name = name
    self.arguments = arguments
  }

  /// A step that changes nothing and is not one of the specification's actions.
  package static let stuttering = ActionLabel(name: "stuttering")

  package var description: String {
    arguments.isEmpty ? name : "\(name)(\(arguments.map(\.description).joined(separator: ", ")))"
  }
}

/// A possible step.
package struct Successor: Sendable {
  package let label: ActionLabel
  package let state: State

  package init(label: ActionLabel, state: State) {
    self.label = label
    self.state = state
  }
}

/// One action for one binding in one state.
package struct ActionStatus: Sendable {
  package let label: ActionLabel
  /// The place of the action's definition.
  package let span: SourceSpan
  /// The distinct successors; empty if the action is disabled or failed.
  package let successors: [State]
  /// Why it is disabled: the first false conjunct.
  package let disabledBecause: Explanation?
  /// The failure, if the action could not be evaluated.
  package let failure: EvaluationFailure?
  /// The number of this way among the ways to take the action in this state, if its names are bound over a set that depends on the state.
  /// Nil for any other action, and if there is only one way.
  package var choice: Choice?

  package struct Choice: Hashable, Sendable {
    /// Counts from 1.
    package let number: Int
    package let count: Int
  }
}

/// The value of an invariant in a state.
package enum InvariantStatus: Sendable {
  case holds
  case fails(Explanation)
  case failed(EvaluationFailure)
}
