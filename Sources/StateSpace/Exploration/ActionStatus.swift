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

  /// A step that changes nothing and is none of the specification's actions.
  package static let stuttering = ActionLabel(name: "stuttering")

  package var description: String {
    arguments.isEmpty ? name : "\(name)(\(arguments.map(\.description).joined(separator: ", ")))"
  }
}

/// A step that is possible.
package struct Successor: Sendable {
  package let label: ActionLabel
  package let state: State

  package init(label: ActionLabel, state: State) {
    self.label = label
    self.state = state
  }
}

/// Why an expression is false (or an invariant fails): the smallest false part, with what it was about.
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

  /// The part's text on one line, as it stands in the spec: `next_val < MaxValues`.
  package let expression: String
  /// The same with the values of both sides, where it has sides: `5 < 5`. Nil where the text says all.
  package let values: String?
  /// The value of one side where the other is written as its value: `<<>>` for `inbox[n] # <<>>`. Nil otherwise.
  package let unwrittenValue: String?
  /// The bound names on the way down, with the values that made it false: `n = n1`.
  package let witnesses: [(name: String, value: PlainValue)]
  package let span: SourceSpan
  /// Whether the part is true where it must not be: it stands under a negation.
  package var holds = false
  /// The sides, when the part is a relation.
  package var sides: Sides?
  /// Why each alternative is false, when the part is a disjunction or an `\E` over a few elements.
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
  /// The distinct successors; empty when it is disabled or failed.
  package let successors: [State]
  /// The first false conjunct when it is disabled.
  package let disabledBecause: Explanation?
  /// What went wrong when evaluating it.
  package let failure: EvaluationFailure?
  /// Which of the ways this is in which the action can be taken now, for one whose names are bound over a set that depends on the
  /// state. Nil for any other action, and where there is one way only.
  package var choice: Choice?

  package struct Choice: Hashable, Sendable {
    /// From 1 on.
    package let number: Int
    package let count: Int
  }
}

/// What an invariant is in a state.
package enum InvariantStatus: Sendable {
  case holds
  case fails(Explanation)
  case failed(EvaluationFailure)
}
