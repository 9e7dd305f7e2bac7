import TLASyntax

/// What evaluations came across that has a meaning, and is rarely meant: each place once, in the order in which it was reached.
struct EvaluationWarnings {
  /// More places are not kept, only that there are some: somebody who reads so many has seen enough.
  private static let maximum = 20

  private(set) var all: [Diagnostic] = []
  private var known: Set<Place> = []

  private struct Place: Hashable {
    let span: SourceSpan
    let subject: String
  }

  /// Adds a warning, unless one about the same subject was given for the place.
  mutating func add(
    _ message: @autoclosure () -> String, about subject: String, at span: SourceSpan, hint: String
  ) {
    guard all.count <= Self.maximum, known.insert(Place(span: span, subject: subject)).inserted else {
      return
    }
    all.append(
      all.count < Self.maximum
        ? Diagnostic(.warning, .specification, message(), at: span, hint: hint)
        : Diagnostic(.warning, .specification, "there are more places like these, which are not listed"))
  }
}
