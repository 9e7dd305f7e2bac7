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

/// Why an expression is false (or an invariant fails): its smallest false part, with the values.
package struct Explanation: Sendable {
  /// A relation's two sides with their values.
  package struct Sides: Sendable {
    package let left: PlainValue
    package let leftSpan: SourceSpan
    /// `=`, `\in`, `<`, …
    package let symbol: String
    package let right: PlainValue
    package let rightSpan: SourceSpan
  }

  /// The text of the part on one line, as in the spec: `next_val < MaxValues`.
  package let expression: String
  /// The same with the values of both sides: `5 < 5`. Nil if the part has no sides or the text shows their values.
  package let values: String?
  /// The value of one side, if the other is written as its value: `<<>>` for `inbox[n] # <<>>`. Nil otherwise.
  package let unwrittenValue: String?
  /// The names bound on the way down, with the values that made the expression false: `n = n1`.
  package let witnesses: [(name: String, value: PlainValue)]
  package let span: SourceSpan
  /// Whether the part is true where it must be false, because it stands under a negation.
  package var holds = false
  /// The sides, if the part is a relation.
  package var sides: Sides?
  /// Why each alternative is false, if the part is a disjunction or an `\E` over a few elements.
  package var parts: [Explanation] = []

  init(
    expression: String, values: String?, unwrittenValue: String? = nil,
    witnesses: [(name: String, value: PlainValue)], span: SourceSpan, holds: Bool = false,
    sides: Sides? = nil, parts: [Explanation] = []
  ) {
    self.expression = expression
    self.values = values
    self.unwrittenValue = unwrittenValue
    self.witnesses = witnesses
    self.span = span
    self.holds = holds
    self.sides = sides
    self.parts = parts
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
