package import BigInt
package import TLASyntax

/// An expression with all names resolved. The engine compiles it.
///
/// Names refer to declarations by identity, never by text, so expanding an operator cannot capture anything.
package final class Term: Sendable {
  package let kind: Kind
  package let span: SourceSpan
  package let level: Level

  init(_ kind: Kind, _ span: SourceSpan, level: Level) {
    self.kind = kind
    self.span = span
    self.level = level
  }

  package indirect enum Kind: Sendable {
    case integer(BigInt)
    case string(String)
    case boolean(Bool)
    case constant(ConstantDeclaration)
    case variable(VariableDeclaration)
    /// A variable of an instance's module, and its substitute. The two differ only inside `ENABLED`, where the variable has its own next
    /// value.
    case substituted(VariableDeclaration, Term)
    /// A bound name or an operator's parameter.
    case local(Binder)
    /// An operator of the specification; its arguments may be operators (`.operatorReference`).
    case apply(OperatorDefinition, [Term])
    /// An application of an operator that was passed as an argument, or of a constant operator.
    case applyReference(OperatorReference, [Term])
    /// An operator of the language or of a standard module.
    case builtin(Builtin, [Term])
    /// An operator as an argument.
    case operatorReference(OperatorReference)
    case prime(Term)
    case junction(Expression.Junction, [Term])
    case quantified(Expression.Quantifier, [TermBound], Term)
    /// A quantifier without a set: it loads, and is an error when evaluated, as in TLC.
    case unboundedQuantified(Expression.Quantifier, Term)
    /// `\EE` and `\AA`
    case temporalQuantified(Expression.Quantifier, Term)
    case choose(TermBound, Term)
    /// A `CHOOSE` without a set: it loads, and is an error when evaluated, as in TLC.
    case unboundedChoose(Term)
    case setEnumeration([Term])
    case setFilter(TermBound, Term)
    case setMap(Term, [TermBound])
    case functionLiteral([TermBound], Term)
    /// `f[x \in S] == e` where e mentions f. The binder is f.
    case recursiveFunction(Binder, [TermBound], Term)
    /// A function application; several arguments are one tuple.
    case application(Term, Term)
    case functionSet(Term, Term)
    case record([(field: String, value: Term)])
    case recordSet([(field: String, value: Term)])
    case field(Term, String)
    case except(Term, [TermUpdate])
    case tuple([Term])
    case product([Term])
    case conditional(Term, then: Term, else: Term)
    case caseOf([(guard: Term, value: Term)], other: Term?)
    case letIn([OperatorDefinition], Term)
    case unchanged(Term)
    /// `own` are the substituted variables of the surrounding instances. `ENABLED` chooses their next values freely.
    case enabled(Term, own: [VariableDeclaration])
    /// `[A]_v`
    case boxAction(Term, subscript: Term)
    /// `<<A>>_v`
    case angleAction(Term, subscript: Term)
    /// `WF_v(A)` or `SF_v(A)`; `own` as for `enabled`.
    case fairness(Expression.Fairness, subscript: Term, Term, own: [VariableDeclaration])
  }
}

/// `x \in S` or `<<x, y>> \in S`: one pattern over one set.
package struct TermBound: Sendable {
  package let binders: [Binder]
  /// Whether the pattern is a tuple of the binders.
  package let isTuple: Bool
  package let set: Term
}

/// One update of an `EXCEPT`.
package struct TermUpdate: Sendable {
  package enum Step: Sendable {
    case index(Term)
    case field(String)
  }
  package let path: [Step]
  /// The binder for `@` in `value`.
  package let old: Binder
  package let value: Term
  package let span: SourceSpan
}

/// A variable of the specification, or one of an instance's module.
package final class VariableDeclaration: Sendable {
  package let name: Identifier
  /// The position in a state, in the order of declaration; -1 for a variable of an instance's module, which has no position.
  package let index: Int

  init(name: Identifier, index: Int) {
    self.name = name
    self.index = index
  }
}

/// A constant that a module declares. The configuration gives its meaning: `Specification.meaning(of:)`.
package final class ConstantDeclaration: Sendable, Hashable {
  package let name: Identifier
  package let arity: Int

  init(name: Identifier, arity: Int) {
    self.name = name
    self.arity = arity
  }

  package static func == (left: ConstantDeclaration, right: ConstantDeclaration) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

/// An operator that is passed as an argument.
package enum OperatorReference: Sendable {
  case definition(OperatorDefinition)
  case builtin(Builtin)
  case parameter(Binder)
  case constant(ConstantDeclaration)
}

extension Term {
  /// `UNCHANGED term`
  package static func unchanged(_ term: Term, at span: SourceSpan) -> Term {
    Term(.unchanged(term), span, level: .action)
  }

  /// `ENABLED <<action>>_subscript`, which fairness is about, with the action `<<action>>_subscript`.
  package static func enabledChange(
    _ action: Term, subscript subscript_: Term, own: [VariableDeclaration], at span: SourceSpan
  ) -> (enabled: Term, change: Term) {
    let change = Term(.angleAction(action, subscript: subscript_), span, level: .action)
    return (Term(.enabled(change, own: own), span, level: .state), change)
  }

  /// A mention of a binder.
  package static func local(_ binder: Binder, at span: SourceSpan) -> Term {
    Term(.local(binder), span, level: .constant)
  }
}

extension Term {
  /// The number of arguments of the operator at the top of a named expression. TLC does not use a symmetry that has no more functions than that.
  package var argumentCountOfBody: Int {
    guard case .apply(let definition, let arguments) = kind, arguments.isEmpty else { return 0 }
    return switch definition.body.kind {
    case .apply(_, let arguments), .builtin(_, let arguments), .setEnumeration(let arguments): arguments.count
    case .conditional: 3
    case .setFilter, .setMap, .choose, .functionLiteral: 1
    case .functionSet: 2
    default: 0
    }
  }

  /// A mention of a constant, with the place of its declaration.
  package static func mention(of constant: ConstantDeclaration) -> Term {
    Term(.constant(constant), constant.name.span, level: .constant)
  }
}

extension Term {
  /// An application of an operator of the language or its library.
  package static func applying(_ builtin: Builtin, to arguments: [Term], at span: SourceSpan) -> Term {
    Term(.builtin(builtin, arguments), span, level: arguments.map(\.level).max() ?? .constant)
  }
}
