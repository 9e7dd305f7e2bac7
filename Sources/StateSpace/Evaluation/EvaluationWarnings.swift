import TLASyntax

/// Warnings about expressions that are legal but rarely intended. Each place is listed once, in the order in which it was reached.
struct EvaluationWarnings {
  /// The most places that are kept. Of further places it only records that there are some.
  private static let maximum = 20

  private(set) var all: [Diagnostic] = []
  private var known: Set<Place> = []

  private struct Place: Hashable {
    let span: SourceSpan
    let subject: String
  }

  /// Adds a warning, unless this place already has one about the same subject.
  mutating func add(
    _ message: @autoclosure () -> String, about subject: String, at span: SourceSpan, code: MessageCode,
    hint: String
  ) {
    guard all.count <= Self.maximum, known.insert(Place(span: span, subject: subject)).inserted else {
      return
    }
    all.append(
      all.count < Self.maximum
        ? Diagnostic(.warning, .specification, code, message(), at: span, hint: hint)
        : Diagnostic(.warning, .specification, code, "there are more places like these, which are not listed")
    )
  }
}
