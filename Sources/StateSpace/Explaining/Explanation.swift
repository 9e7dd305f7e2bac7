package import TLASyntax

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
