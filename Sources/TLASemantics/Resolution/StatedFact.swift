import TLASyntax

/// A statement that has a name, and no value: an `ASSUME … PROVE …`, or a step of a proof that is no expression.
final class StatedFact {
  let name: Identifier
  /// In words, with an article.
  let kind: String

  init(_ name: Identifier, _ kind: String) {
    self.name = name
    self.kind = kind
  }
}
