package import BigInt
package import TLASyntax

/// How much of a behavior a term speaks of, as TLA+ defines it.
package enum Level: Int, Sendable, Comparable {
  /// No variable.
  case constant
  /// Variables, unprimed.
  case state
  /// Variables, some primed.
  case action
  /// Whole behaviors.
  case temporal

  package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
}

/// An expression with every name resolved: what the engine compiles.
///
/// Names refer to declarations by identity, never by text, so nothing can be captured when an operator is expanded.
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
    /// A variable of an instance's module, and what the instance substitutes for it: the two differ inside `ENABLED` only, where its next value is its own.
    case substituted(VariableDeclaration, Term)
    /// A bound name or an operator's parameter.
    case local(Binder)
    /// An operator of the specification; its arguments may be operators (`.operatorReference`).
    case apply(OperatorDefinition, [Term])
    /// An operator that was given as an argument, or a constant operator.
    case applyReference(OperatorReference, [Term])
    /// An operator of the language or of a standard module.
    case builtin(Builtin, [Term])
    /// An operator as an argument.
    case operatorReference(OperatorReference)
    case prime(Term)
    case junction(Expression.Junction, [Term])
    case quantified(Expression.Quantifier, [TermBound], Term)
    /// Without a set: loads, and is an error when evaluated, as in TLC.
    case unboundedQuantified(Expression.Quantifier, Term)
    /// `\EE` and `\AA`
    case temporalQuantified(Expression.Quantifier, Term)
    case choose(TermBound, Term)
    case unboundedChoose
    case setEnumeration([Term])
    case setFilter(TermBound, Term)
    case setMap(Term, [TermBound])
    case functionLiteral([TermBound], Term)
    /// `f[x \in S] == e` where e mentions f, which is the binder.
    case recursiveFunction(Binder, [TermBound], Term)
    /// Several arguments are one tuple.
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
    /// `own` are the substituted variables of the instances that it stands in, whose next values it is free to choose.
    case enabled(Term, own: [VariableDeclaration])
    /// `[A]_v`
    case boxAction(Term, subscript: Term)
    /// `<<A>>_v`
    case angleAction(Term, subscript: Term)
    case fairness(Expression.Fairness, subscript: Term, Term)
  }
}

/// A name that is bound in a term: by a quantifier, a function, or as an operator's parameter. Compared by identity.
package final class Binder: Sendable, Hashable {
  package let name: Identifier
  /// The number of arguments when it stands for an operator; 0 for a value.
  package let arity: Int

  init(_ name: Identifier, arity: Int = 0) {
    self.name = name
    self.arity = arity
  }

  package static func == (left: Binder, right: Binder) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
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
  /// What `@` is inside `value`.
  package let old: Binder
  package let value: Term
  package let span: SourceSpan
}

/// A variable of the specification, or one of an instance's module.
package final class VariableDeclaration: Sendable {
  package let name: Identifier
  /// Its position in a state, in the order of declaration; -1 for one of an instance's module, which has none.
  package let index: Int

  init(name: Identifier, index: Int) {
    self.name = name
    self.index = index
  }
}

/// A constant that a module declares. What it is, the configuration says: `Specification.meaning(of:)`.
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

/// What stands where an operator is expected as an argument.
package enum OperatorReference: Sendable {
  case definition(OperatorDefinition)
  case builtin(Builtin)
  case parameter(Binder)
  case constant(ConstantDeclaration)
}

/// A definition, a `LAMBDA`, or a `LET` definition.
///
/// The body of a recursive operator refers to the operator, so it is set after the object exists, with the parameters; the resolver sets them
/// once, before anyone else sees the object, and they never change afterwards. Hence `@unchecked Sendable`.
package final class OperatorDefinition: @unchecked Sendable, Hashable {
  package let name: Identifier
  /// Those of a recursive operator have their names and arities from its definition on; its declaration says only how many there are.
  package internal(set) var parameters: [Binder]
  /// How many of the parameters, the first ones, are those of the instance that the definition is reached through.
  package let instanceParameterCount: Int
  /// Declared `RECURSIVE`.
  package let isRecursive: Bool
  package let isLocal: Bool
  /// Written where it is used: its body is in the scope of that place.
  package let isLambda: Bool
  /// The comment that stands above it.
  package let comment: String?
  /// From the name to the end of the body.
  package let span: SourceSpan
  /// The module that defines it.
  package let module: String
  package internal(set) var body: Term
  /// How often each parameter is mentioned in the body; a mention under a binder that may be evaluated many times
  /// counts as many.
  package internal(set) var parameterUses: [Int] = []
  /// The highest level that can stand for each parameter; empty for operators that are not resolved to the end or are made of others.
  package internal(set) var parameterLimits: [Level] = []
  /// For which parameters an argument's level counts, once that was asked.
  var countedParameters: [Bool]?
  /// In which parameters it is a Leibniz operator, once that was asked.
  var leibnizParameters: [Bool]?
  /// What it was written as; nil for what no text defines.
  var source: DefinitionSource?

  init(
    name: Identifier, parameters: [Binder], instanceParameterCount: Int = 0, body: Term,
    isRecursive: Bool = false, isLocal: Bool = false, isLambda: Bool = false, comment: String? = nil,
    span: SourceSpan, module: String
  ) {
    self.name = name
    self.parameters = parameters
    self.instanceParameterCount = instanceParameterCount
    self.body = body
    self.isRecursive = isRecursive
    self.isLocal = isLocal
    self.isLambda = isLambda
    self.comment = comment
    self.span = span
    self.module = module
  }

  deinit { DefinitionRelease.release(&body) }

  /// The body's level, taking every parameter as a constant.
  package var level: Level { body.level }

  package static func == (left: OperatorDefinition, right: OperatorDefinition) -> Bool { left === right }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

extension Term {
  /// `UNCHANGED term`
  package static func unchanged(_ term: Term, at span: SourceSpan) -> Term {
    Term(.unchanged(term), span, level: .action)
  }

  /// A mention of a binder.
  package static func local(_ binder: Binder, at span: SourceSpan) -> Term {
    Term(.local(binder), span, level: .constant)
  }
}

extension Binder {
  /// A binder that no text mentions.
  package static func anonymous(_ span: SourceSpan) -> Binder { Binder(Identifier("_", span)) }
}

extension Term {
  /// A mention of a constant, as if it stood where it is declared.
  package static func mention(of constant: ConstantDeclaration) -> Term {
    Term(.constant(constant), constant.name.span, level: .constant)
  }
}

extension Term {
  /// An operator of the language or its library, applied.
  package static func applying(_ builtin: Builtin, to arguments: [Term], at span: SourceSpan) -> Term {
    Term(.builtin(builtin, arguments), span, level: arguments.map(\.level).max() ?? .constant)
  }
}
