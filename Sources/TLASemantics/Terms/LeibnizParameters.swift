extension OperatorDefinition {
  /// Whether equal arguments may stand for each other in a parameter's place (Lamport calls such an operator a Leibniz operator): not where the
  /// parameter is mentioned under a prime, `ENABLED`, or another operator that looks at states beside the current one. SANY asks the same of what
  /// is substituted for a constant operator.
  func isLeibniz(in place: Int) -> Bool {
    // Whatever looks at other states is above a constant.
    guard parameters.indices.contains(place), level > .constant else { return true }
    if leibnizParameters == nil {
      // A recursive operator adds nothing by mentioning itself.
      leibnizParameters = parameters.map { _ in true }
      leibnizParameters = parameters.map { !body.mentions($0, underModality: false) }
    }
    return leibnizParameters?[place] ?? true
  }

  /// The first of its own parameters, behind those of its instance, in which it is not a Leibniz operator.
  var nonLeibnizParameter: Binder? {
    parameters.indices.dropFirst(instanceParameterCount).first { !isLeibniz(in: $0) }.map { parameters[$0] }
  }
}

extension Term {
  /// Whether the binder is mentioned where other states than the current one are looked at. `underModality` says that this term is
  /// such a place.
  fileprivate func mentions(_ binder: Binder, underModality: Bool) -> Bool {
    switch kind {
    case .local(let mentioned):
      return underModality && mentioned == binder
    case .applyReference(.parameter(binder), _), .operatorReference(.parameter(binder)):
      return underModality
    case .operatorReference(.definition(let definition)):
      return definition.isLambda && definition.body.mentions(binder, underModality: underModality)
    case .apply(let definition, let arguments):
      return arguments.enumerated().contains { place, argument in
        argument.mentions(binder, underModality: underModality || !definition.isLeibniz(in: place))
      }
    case .letIn(let definitions, let body):
      return body.mentions(binder, underModality: underModality)
        || definitions.contains { $0.body.mentions(binder, underModality: underModality) }
    default:
      let isUnder = underModality || kind.isModality
      return kind.children.contains { $0.mentions(binder, underModality: isUnder) }
    }
  }
}

extension Term.Kind {
  /// Whether the value depends on more than the values of the parts in one state.
  var isModality: Bool {
    switch self {
    case .prime, .unchanged, .enabled, .boxAction, .angleAction, .fairness, .temporalQuantified: true
    case .builtin(.always, _), .builtin(.eventually, _), .builtin(.leadsTo, _), .builtin(.plusArrow, _),
      .builtin(.compose, _):
      true
    default: false
    }
  }

  /// Whether there is one in a term or in what is inside it. What definitions outside say is not looked at.
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
