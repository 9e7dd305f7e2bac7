import TLASyntax

/// A statement with a name and no value: an `ASSUME … PROVE …`, or a proof step that is not an expression.
final class StatedFact {
  let name: Identifier
  /// In words, with an article.
  let kind: String

  init(_ name: Identifier, _ kind: String) {
    self.name = name
    self.kind = kind
  }
}
