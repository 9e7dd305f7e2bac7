/// The statement of a theorem or a proof step.
package indirect enum Statement: Sendable {
  case expression(Expression)
  /// `ASSUME a, NEW x \in S PROVE e`
  case sequent([Assumption], goal: Expression, span: SourceSpan)

  package var span: SourceSpan {
    switch self {
    case .expression(let expression): expression.span
    case .sequent(_, _, let span): span
    }
  }
}

/// An assumption between `ASSUME` and `PROVE`.
package enum Assumption: Sendable {
  /// `NEW` and the like: the declared name, and the set that it belongs to.
  case new(OperatorParameter, Newness, set: Expression?)
  case fact(Statement, label: Label?)

  /// The kind of a new name.
  package enum Newness: Sendable { case constant, variable, state, action, temporal }

  /// The label of a sequent. The label of an expression is part of the expression.
  package struct Label: Sendable {
    package let name: Identifier
    package let parameters: [Identifier]
  }
}

package indirect enum Proof: Sendable {
  /// `OBVIOUS` and `OMITTED`
  case none
  case by(Facts)
  case steps([ProofStep])
}

/// `<1>2. …`
package struct ProofStep: Sendable {
  package indirect enum Kind: Sendable {
    case assert(Statement)
    case suffices(Statement)
    case caseOf(Expression)
    case have(Expression)
    case take([Bound])
    case takeUnbounded([Identifier])
    case witness([Expression])
    case pick([Bound], Expression)
    case pickUnbounded([Identifier], Expression)
    case define([Definition])
    case use(Facts)
    case hide(Facts)
    case instance(Instance)
    case qed
  }

  /// `<1>2`, without its dots; `<1>` for a step without a name.
  package let name: Identifier
  package let kind: Kind
  package let proof: Proof?

  /// The word that begins the step, for messages; empty for a statement.
  package var keyword: String {
    switch kind {
    case .assert: ""
    case .suffices: "SUFFICES"
    case .caseOf: "CASE"
    case .have: "HAVE"
    case .take, .takeUnbounded: "TAKE"
    case .witness: "WITNESS"
    case .pick, .pickUnbounded: "PICK"
    case .define: "DEFINE"
    case .use: "USE"
    case .hide: "HIDE"
    case .instance: "INSTANCE"
    case .qed: "QED"
    }
  }
}

/// The facts that `BY`, `USE` and `HIDE` name.
package struct Facts: Sendable {
  package let facts: [Statement]
  /// `DEF a, I!b, +`
  package let definitions: [NamePath]
  /// `MODULE M`, in either list.
  package let modules: [Identifier]
  package let span: SourceSpan
}
