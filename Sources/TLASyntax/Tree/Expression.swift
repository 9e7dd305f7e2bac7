/// An expression as written: names are not resolved, operators are text. Every node has its span.
package struct Expression: Sendable {
  package let kind: Kind
  package let span: SourceSpan

  package init(_ kind: Kind, _ span: SourceSpan) {
    self.kind = kind
    self.span = span
  }

  package indirect enum Kind: Sendable {
    /// A number: its decimal digits, in whatever base (`\b`, `\o`, `\h`) it is written.
    case number(digits: String)
    /// A number with a decimal point, as written.
    case decimal(String)
    /// A string's contents, with escapes resolved.
    case string(String)
    /// `TRUE` or `FALSE`.
    case boolean(Bool)
    /// A name, also through instances and with arguments: `x`, `Op(a, b)`, `I!Op(a)`, `I(p)!J!Op`. An operator symbol that is an argument
    /// (`Fold(+, 0, s)`) is a name without arguments.
    case name(NamePath)
    /// `@` inside an `EXCEPT`.
    case at

    /// An application of a prefix operator, under its name in the operator table. `'` is postfix; unary minus is `-.`; `ENABLED`,
    /// `UNCHANGED`, `SUBSET`, `UNION` and `DOMAIN` are prefix operators.
    case prefix(Operator, Expression)
    case infix(Operator, Expression, Expression)
    case postfix(Operator, Expression)
    /// `A \X B \X C` is one product of three, not two of two.
    case product([Expression])

    /// Aligned `/\` or `\/` items. Never empty.
    case junction(Junction, [Expression])
    /// `A /\ B /\ C` is one conjunction of three, not two of two. It has at least two parts. The same holds for `\/`.
    case row(Junction, [Expression])

    /// `\A` or `\E` with bounds.
    case quantified(Quantifier, [Bound], Expression)
    /// `\A x, y : P`, without a set.
    case unboundedQuantified(Quantifier, [Identifier], Expression)
    /// `\AA` or `\EE`.
    case temporalQuantified(Quantifier, [Identifier], Expression)
    /// `CHOOSE x \in S : P`; the set is nil if there is none.
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
    /// A placeholder where the parser could not read an expression and reported an error.
    case invalid
  }

  package enum Junction: Sendable, Hashable { case conjunction, disjunction }
  package enum Quantifier: Sendable, Hashable { case forAll, exists }
  package enum Fairness: Sendable, Hashable { case weak, strong }
}

/// A name with its place.
package struct Identifier: Sendable, Hashable {
  package let text: String
  package let span: SourceSpan

  package init(_ text: String, _ span: SourceSpan) {
    self.text = text
    self.span = span
  }
}

/// An occurrence of an operator. `symbol` is the canonical ASCII spelling of the operator table (`\in`, `/\`, `\leq` for `<=` and `=<` and
/// `≤`, `-.` for unary minus). `span` is the symbol itself.
package struct Operator: Sendable, Hashable {
  package let symbol: String
  package let span: SourceSpan

  package init(_ symbol: String, _ span: SourceSpan) {
    self.symbol = symbol
    self.span = span
  }
}

/// `Name`, `Name(args)`, `Inst!Name(args)`, `Inst(args)!Name`. A subexpression selector (`!1`, `!<<`, `!@`, `!:`) is a component whose name
/// is the selector's text.
package struct NamePath: Sendable {
  package struct Component: Sendable {
    package let name: Identifier
    package let arguments: [Expression]

    package init(name: Identifier, arguments: [Expression] = []) {
      self.name = name
      self.arguments = arguments
    }
  }

  /// Never empty. The last component is the name itself; those before it are instances.
  package let components: [Component]

  package init(_ components: [Component]) { self.components = components }
}

/// The pattern of a binder: one name, or a tuple of names.
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
