extension Term.Kind {
  /// The level that follows from the parts (Lamport, "Specifying Systems", section 17.2).
  var computedLevel: Level {
    switch self {
    case .variable:
      return .state
    case .prime, .unchanged:
      return .action
    case .enabled:
      return .state
    case .boxAction, .angleAction:
      return .action
    case .fairness, .temporalQuantified:
      return .temporal
    case .builtin(let builtin, let arguments):
      return max(builtin.level, highest(arguments))
    case .apply(let definition, let arguments):
      return zip(arguments, definition.levels.parameters).reduce(definition.level) { level, next in
        next.1.counts ? max(level, next.0.level) : level
      }
    case .operatorReference(.definition(let definition)):
      return definition.level
    case .operatorReference(.builtin(let builtin)):
      return builtin.level
    case .unboundedChoose(let body):
      return body.level
    default:
      return highest(children)
    }
  }

  private func highest(_ terms: [Term]) -> Level { terms.lazy.map(\.level).max() ?? .constant }

  /// The direct subterms, in the order of the text. A definition of a `LET` is represented by its body.
  package var children: [Term] {
    switch self {
    case .integer, .string, .boolean, .constant, .variable, .local, .operatorReference, .unboundedChoose:
      []
    case .apply(_, let terms), .applyReference(_, let terms), .builtin(_, let terms), .junction(_, let terms),
      .setEnumeration(let terms), .tuple(let terms), .product(let terms):
      terms
    case .prime(let term), .unchanged(let term), .enabled(let term, _), .field(let term, _),
      .substituted(_, let term),
      .unboundedQuantified(_, let term), .temporalQuantified(_, let term):
      [term]
    case .quantified(_, let bounds, let body), .functionLiteral(let bounds, let body),
      .recursiveFunction(_, let bounds, let body), .setMap(let body, let bounds):
      bounds.map(\.set) + [body]
    case .choose(let bound, let body), .setFilter(let bound, let body):
      [bound.set, body]
    case .application(let first, let second), .functionSet(let first, let second),
      .boxAction(let first, let second), .angleAction(let first, let second),
      .fairness(_, let first, let second, _):
      [first, second]
    case .record(let fields), .recordSet(let fields):
      fields.map(\.value)
    case .except(let base, let updates):
      [base]
        + updates.flatMap { update in
          update.path.compactMap { if case .index(let index) = $0 { index } else { nil } } + [update.value]
        }
    case .conditional(let condition, let yes, let no):
      [condition, yes, no]
    case .caseOf(let arms, let other):
      arms.flatMap { [$0.guard, $0.value] } + (other.map { [$0] } ?? [])
    case .letIn(_, let body):
      [body]
    }
  }
}

extension Term.Kind {
  /// Whether the value depends on more than the values of the parts in one state.
  var isModality: Bool {
    switch self {
    case .prime, .unchanged, .enabled, .boxAction, .angleAction, .fairness, .temporalQuantified: true
    case .builtin(let builtin, _): builtin.isModality
    default: false
    }
  }

  /// Whether a term or one of its subterms is a modality. Definitions outside the term are not followed.
  static func containsModality(_ term: Term) -> Bool {
    if term.kind.isModality { return true }
    if case .letIn(let definitions, _) = term.kind,
      definitions.contains(where: { containsModality($0.body) })
    {
      return true
    }
    return term.kind.children.contains(where: containsModality)
  }
}
