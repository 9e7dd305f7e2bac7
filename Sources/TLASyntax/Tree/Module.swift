/// A module as written.
package struct Module: Sendable {
  package let name: Identifier
  package let extends: [Identifier]
  package let units: [Unit]
  /// From the opening dashes to the closing line.
  package let span: SourceSpan

  package init(name: Identifier, extends: [Identifier], units: [Unit], span: SourceSpan) {
    self.name = name
    self.extends = extends
    self.units = units
    self.span = span
  }

  /// A unit of a module's body.
  package enum Unit: Sendable {
    case variables([Identifier])
    case constants([OperatorParameter])
    /// `RECURSIVE F(_), G(_, _)`
    case recursive([OperatorParameter])
    case definition(Definition)
    /// An `AXIOM` counts as true without being evaluated.
    case assumption(name: Identifier?, Expression, isAxiom: Bool, span: SourceSpan)
    case instance(Instance, isLocal: Bool)
    case submodule(Module)
    case theorem(name: Identifier?, Statement, proof: Proof?, span: SourceSpan)
    case use(Facts)
    case hide(Facts)
  }
}

/// A parameter, or a declared constant or recursive operator: `x` has arity 0, `F(_, _)` has 2. `_ + _` is declared under its symbol with
/// arity 2, `-. _` and `_ ^+` with arity 1.
package struct OperatorParameter: Sendable, Hashable {
  package let name: Identifier
  package let arity: Int

  package init(name: Identifier, arity: Int) {
    self.name = name
    self.arity = arity
  }
}

/// A definition in a module or a `LET`.
package struct Definition: Sendable {
  package enum Kind: Sendable {
    /// `F(x, G(_)) == e`. For an operator symbol, the name is the symbol.
    case `operator`(parameters: [OperatorParameter], body: Expression)
    /// `f[x \in S] == e`
    case function(bounds: [Bound], body: Expression)
    /// `I(x) == INSTANCE M WITH …`
    case instance(parameters: [OperatorParameter], Instance)
    /// `RECURSIVE F(_)` inside a `LET`. The definition's name is that of the first operator declared.
    case recursiveDeclaration([OperatorParameter])
  }

  package let name: Identifier
  package let kind: Kind
  package let isLocal: Bool
  /// From the name (or `LOCAL`) to the end of the body.
  package let span: SourceSpan
  /// The comment directly above the definition, without its marks; nil if there is none.
  package let comment: String?

  package init(name: Identifier, kind: Kind, isLocal: Bool, span: SourceSpan, comment: String? = nil) {
    self.name = name
    self.kind = kind
    self.isLocal = isLocal
    self.span = span
    self.comment = comment
  }
}

/// `INSTANCE M WITH a <- e, …`
package struct Instance: Sendable {
  package let module: Identifier
  package let substitutions: [(name: Identifier, value: Expression)]
  package let span: SourceSpan

  package init(module: Identifier, substitutions: [(name: Identifier, value: Expression)], span: SourceSpan) {
    self.module = module
    self.substitutions = substitutions
    self.span = span
  }
}
