/// What a theorem or a step of a proof states.
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

/// What stands between `ASSUME` and `PROVE`.
package enum Assumption: Sendable {
  /// `NEW` and its like: what is declared, and the set that it is of.
  case new(OperatorParameter, Newness, set: Expression?)
  case fact(Statement, label: Label?)

  /// What a new name stands for.
  package enum Newness: Sendable { case constant, variable, state, action, temporal }

  /// The label of a sequent; that of an expression is a part of it.
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

  /// `<1>2`, without its dots; a step that has no name is `<1>`.
  package let name: Identifier
  package let kind: Kind
  package let proof: Proof?

  /// The word that opens the step, for messages; empty for a statement.
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

/// What `BY`, `USE` and `HIDE` name.
package struct Facts: Sendable {
  package let facts: [Statement]
  /// `DEF a, I!b, +`
  package let definitions: [NamePath]
  package let span: SourceSpan
}
