package import TLASyntax

/// Whether a state tests an implication of an invariant. `P => Q` says nothing if P is false, and `\A x \in S : P` says nothing if S is
/// empty.
package struct ImplicationStatus: Sendable {
  /// The implication, or the `\A`.
  package let span: SourceSpan
  /// Why the premise is false, for the first binding; nil if the premise is true for some binding.
  package let untestedBecause: Explanation?
}

/// An implication of an invariant that no reachable state tests, so its conclusion was never checked.
package struct VacuousImplication: Sendable {
  package let invariant: String
  /// The implication, or the `\A`.
  package let span: SourceSpan
  /// Why the premise is false in the first state that was examined.
  package let reason: Explanation

  /// A sentence without a full stop.
  package var text: String {
    let place = span.startPosition
    return "\(invariant) is vacuous at \(span.file.name):\(place.line):\(place.column): "
      + "no reachable state puts `\(span.oneLineText)` to the test"
  }
}
