package import TLASyntax

/// A name that a quantifier or a function binds, or that is an operator's parameter. Binders are compared by identity.
package final class Binder: Sendable, Hashable {
  package let name: Identifier
  /// The number of arguments if it stands for an operator; 0 for a value.
  package let arity: Int
  /// Whether it is a parameter of an operator or an instance, for which an argument of any level may stand.
  let isParameter: Bool

  init(_ name: Identifier, arity: Int = 0, isParameter: Bool = false) {
    self.name = name
    self.arity = arity
    self.isParameter = isParameter
  }

  package static func == (left: Binder, right: Binder) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Binder {
  /// A binder that no text mentions.
  package static func anonymous(_ span: SourceSpan) -> Binder {
    Binder(Identifier("_", span), isParameter: true)
  }
}
