extension Term {
  /// The definitions that the term uses, directly or through one another, in their order.
  func reachable(among definitions: [OperatorDefinition]) -> [OperatorDefinition] {
    let known = Set(definitions)
    var reached: Set<OperatorDefinition> = []
    var open: [Term] = [self]
    func reach(_ definition: OperatorDefinition) {
      // A LAMBDA is not one of them, but what it uses may be.
      guard known.contains(definition) || definition.isLambda, reached.insert(definition).inserted else {
        return
      }
      open.append(definition.body)
    }
    while let term = open.popLast() {
      if let definition = term.kind.mentioned { reach(definition) }
      if case .letIn(let inner, _) = term.kind { open += inner.map(\.body) }
      open += term.kind.children
    }
    return definitions.filter(reached.contains)
  }

  /// Visits the terms, their subterms, and the definitions that they use, each definition once.
  static func visit(
    _ terms: [Term], replacing replacements: [OperatorDefinition: OperatorDefinition], _ body: (Term) -> Void
  ) {
    var reached: Set<OperatorDefinition> = []
    var open = Array(terms.reversed())
    func reach(_ definition: OperatorDefinition) {
      let actual = replacements[definition] ?? definition
      if reached.insert(actual).inserted { open.append(actual.body) }
    }
    while let term = open.popLast() {
      body(term)
      if let definition = term.kind.mentioned { reach(definition) }
      open += term.kind.children.reversed()
    }
  }
}

extension Term.Kind {
  /// The level that the term has at least, whatever its parts are.
  var ownLevel: Level {
    switch self {
    case .variable, .enabled: .state
    case .prime, .unchanged, .boxAction, .angleAction: .action
    case .fairness, .temporalQuantified: .temporal
    case .builtin(let builtin, _), .operatorReference(.builtin(let builtin)),
      .applyReference(.builtin(let builtin), _):
      builtin.level
    default: .constant
    }
  }

  /// The definition that the term applies or passes on; nil for other terms.
  var mentioned: OperatorDefinition? {
    switch self {
    case .apply(let definition, _), .applyReference(.definition(let definition), _),
      .operatorReference(.definition(let definition)):
      definition
    default: nil
    }
  }
}
