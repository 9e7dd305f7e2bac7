/// An expression as it was written: names are not resolved, operators are text. Every node has its span.
package struct Expression: Sendable {
  package let kind: Kind
  package let span: SourceSpan

  package init(_ kind: Kind, _ span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  package indirect enum Kind: Sendable {
    /// A number: its decimal digits, whatever base (`\b`, `\o`, `\h`) it was written in.
    case number(digits: String)
    /// A number with a decimal point, as it was written.
    case decimal(String)
    /// A string's contents, escapes resolved.
    case string(String)
    /// `TRUE` or `FALSE`.
    case boolean(Bool)
    /// A name, perhaps reached through instances, perhaps applied: `x`, `Op(a, b)`, `I!Op(a)`, `I(p)!J!Op`.
    /// An operator symbol used as an argument (`Fold(+, 0, s)`) is a name without arguments.
    case name(NamePath)
    /// `@` inside an `EXCEPT`.
    case at

    /// An operator of the table, under the name that the table gives it: a prefix operator applied.
    /// `'` is postfix; unary minus is `-.`; `ENABLED`, `UNCHANGED`, `SUBSET`, `UNION`, `DOMAIN` are prefix.
    case prefix(Operator, Expression)
    case infix(Operator, Expression, Expression)
    case postfix(Operator, Expression)
    /// `A \X B \X C` is one product of three, not two of two.
    case product([Expression])

    /// Aligned `/\` or `\/` items. Never empty.
    case junction(Junction, [Expression])
    /// `A /\ B /\ C` is one conjunction of three, not two of two; it has two parts at least. `\/` likewise.
    case row(Junction, [Expression])

    /// `\A` or `\E` with bounds.
    case quantified(Quantifier, [Bound], Expression)
    /// `\A x, y : P` without a set.
    case unboundedQuantified(Quantifier, [Identifier], Expression)
    /// `\AA` or `\EE`.
    case temporalQuantified(Quantifier, [Identifier], Expression)
    /// `CHOOSE x \in S : P`; the set is nil for an unbounded one.
    case choose(BoundPattern, Expression?, Expression)

    case setEnumeration([Expression])
    /// `{x \in S : P}`
    case setFilter(BoundPattern, Expression, Expression)
    /// `{e : x \in S, y \in T}`
    case setMap(Expression, [Bound])
    /// `[x \in S |-> e]`
    case functionLiteral([Bound], Expression)
    /// `f[a]`, `f[a, b]`
    case functionApplication(Expression, [Expression])
    /// `[S -> T]`
    case functionSet(Expression, Expression)
    /// `[a |-> 1, b |-> 2]`
    case record([(field: Identifier, value: Expression)])
    /// `[a : S, b : T]`
    case recordSet([(field: Identifier, value: Expression)])
    /// `r.field`
    case field(Expression, Identifier)
    /// `[f EXCEPT ![a].b = e, …]`
    case except(Expression, [ExceptUpdate])
    case tuple([Expression])

    case conditional(Expression, then: Expression, else: Expression)
    /// `CASE p -> e [] … [] OTHER -> e`
    case caseOf([(guard: Expression, value: Expression)], other: Expression?)
    case letIn([Definition], Expression)
    case lambda([Identifier], Expression)

    /// `[A]_v`
    case boxAction(Expression, subscript: Expression)
    /// `<<A>>_v`
    case angleAction(Expression, subscript: Expression)
    /// `WF_v(A)`, `SF_v(A)`
    case fairness(Fairness, subscript: Expression, Expression)

    /// `lab(x) :: e`
    case labeled(Identifier, [Identifier], Expression)
    /// What the parser put where it could not read an expression; an error was reported there.
    case invalid
  }

  package enum Junction: Sendable, Hashable { case conjunction, disjunction }
  package enum Quantifier: Sendable, Hashable { case forAll, exists }
  package enum Fairness: Sendable, Hashable { case weak, strong }
}

/// A name with the place where it stands.
package struct Identifier: Sendable, Hashable {
  package let text: String
  package let span: SourceSpan

  package init(_ text: String, _ span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

/// An operator's occurrence. `symbol` is the canonical ASCII spelling of the operator table (`\in`, `/\`, `\leq`
/// for `<=` and `=<` and `≤`, `-.` for unary minus); `span` is the symbol itself.
package struct Operator: Sendable, Hashable {
  package let symbol: String
  package let span: SourceSpan

  package init(_ symbol: String, _ span: SourceSpan) {
    self.symbol = symbol
    self.span = span
  }
}

/// `Name`, `Name(args)`, `Inst!Name(args)`, `Inst(args)!Name`. Subexpression selectors (`!1`, `!<<`, `!@`, `!:`) are
/// components whose name is the selector's text.
package struct NamePath: Sendable {
  package struct Component: Sendable {
    package let name: Identifier
    package let arguments: [Expression]

    package init(name: Identifier, arguments: [Expression] = []) {
      self.name = name
      self.arguments = arguments
    }
  }

  /// Never empty; the last one is the name itself, those before it are instances.
  package let components: [Component]

  package init(_ components: [Component]) { self.components = components }
}

/// What a binder binds: one name, or a tuple of names.
package enum BoundPattern: Sendable {
  case name(Identifier)
  case tuple([Identifier])

  package var names: [Identifier] {
    switch self {
    case .name(let name): [name]
    case .tuple(let names): names
    }
  }
}

/// `x, y \in S` or `<<x, y>> \in S`: several patterns over one set.
package struct Bound: Sendable {
  package let patterns: [BoundPattern]
  package let set: Expression

  package init(patterns: [BoundPattern], set: Expression) {
    self.patterns = patterns
    self.set = set
  }
}

/// `![a, b].c = value` in an `EXCEPT`.
package struct ExceptUpdate: Sendable {
  package enum Step: Sendable {
    case index([Expression])
    case field(Identifier)
  }

  package let path: [Step]
  package let value: Expression
  package let span: SourceSpan

  package init(path: [Step], value: Expression, span: SourceSpan) {
    self.path = path
    self.value = value
    self.span = span
  }
}
