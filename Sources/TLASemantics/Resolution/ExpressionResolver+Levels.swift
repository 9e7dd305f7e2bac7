import TLASyntax

/// The rules of levels that TLA+ has beside the level of each expression (Lamport, Specifying Systems, section 17.2; SANY reports the same): what may
/// be primed, what may stand in a temporal formula, and so on. What a rule says of an operator's parameter is kept as the parameter's limit, and
/// asked of each argument.
extension ExpressionResolver {
  /// Checks a term that is being made of its parts.
  func checkLevels(_ kind: Term.Kind, _ span: SourceSpan) {
    switch kind {
    case .prime(let operand):
      require(operand, .state, "an expression that has a prime already cannot be primed")
    case .unchanged(let operand):
      require(operand, .state, "UNCHANGED is said of a state, and this has a prime")
    case .enabled(let operand, _):
      require(operand, .action, "ENABLED is said of an action, and this is a temporal formula")
    case .boxAction(let action, let subscript_), .angleAction(let action, let subscript_):
      require(action, .action, "an action is expected here, and this is a temporal formula")
      require(subscript_, .state, "a subscript is an expression of a state, and this has a prime")
    case .fairness(_, let subscript_, let action):
      require(action, .action, "fairness is said of an action, and this is a temporal formula")
      require(subscript_, .state, "a subscript is an expression of a state, and this has a prime")
    case .builtin(.always, let operands):
      if let body = operands.first, body.level == .action, !body.isStutteringAction {
        error("[] is followed by an action that is not of the form [A]_v", body.span, hint: "write [][A]_v")
      }
    case .builtin(.eventually, let operands):
      if let body = operands.first, body.level == .action, !body.isChangingAction {
        error(
          "<> is followed by an action that is not of the form <<A>>_v", body.span, hint: "write <><<A>>_v")
      }
    case .builtin(.leadsTo, let operands), .builtin(.plusArrow, let operands):
      for operand in operands where operand.level == .action {
        error("an action stands where a temporal formula or a state predicate is expected", operand.span)
      }
    case .builtin(.compose, let operands):
      for operand in operands {
        require(operand, .action, "\\cdot is said of actions, and this is a temporal formula")
      }
    case .junction(_, let items):
      requireNoAction(in: items)
    case .builtin(.implies, let operands), .builtin(.equivalent, let operands):
      requireNoAction(in: operands)
    case .apply(let definition, let arguments):
      for (argument, limit) in zip(arguments, definition.parameterLimits) where limit < .temporal {
        require(
          argument, limit,
          "\(argument.level.description) stands here for a parameter of \(definition.name.text) that can be \(limit.description) at most"
        )
      }
    default:
      break
    }
  }

  /// In a temporal formula an action stands only inside `[A]_v` and `<<A>>_v`.
  private func requireNoAction(in parts: [Term]) {
    guard parts.contains(where: { $0.level == .temporal }) else { return }
    for part in parts where part.level == .action {
      error("an action stands in a temporal formula", part.span, hint: "only [][A]_v and <><<A>>_v do")
    }
  }

  /// Reports a term above a level; a parameter in it gets the level as its limit.
  private func require(_ term: Term, _ limit: Level, _ message: String) {
    if term.level > limit { return error(message, term.span) }
    limitParameters(of: term, limit)
  }

  private func limitParameters(of term: Term, _ limit: Level) {
    switch term.kind {
    case .local(let binder):
      limits[binder] = min(limits[binder] ?? .temporal, limit)
    case .prime, .unchanged, .enabled, .boxAction, .angleAction, .fairness:
      break  // What is inside has a limit of its own.
    default:
      for child in term.kind.children { limitParameters(of: child, limit) }
    }
  }
}

extension Term {
  /// `[A]_v`, perhaps by definition.
  fileprivate var isStutteringAction: Bool {
    switch kind {
    case .boxAction: true
    case .apply(let definition, _): definition.body.isStutteringAction
    case .local: true
    case .junction(.conjunction, let items): items.allSatisfy { $0.level < .action || $0.isStutteringAction }
    default: false
    }
  }

  /// `<<A>>_v`, perhaps by definition.
  fileprivate var isChangingAction: Bool {
    switch kind {
    case .angleAction: true
    case .apply(let definition, _): definition.body.isChangingAction
    case .local: true
    default: false
    }
  }
}

extension Level {
  /// In words, with an article.
  var description: String {
    switch self {
    case .constant: "a constant"
    case .state: "an expression of a state"
    case .action: "an action"
    case .temporal: "a temporal formula"
    }
  }
}

extension Entity {
  /// The level of a mention of it, or of an application to constants.
  var level: Level {
    switch self {
    case .variable: .state
    case .definition(let definition): definition.level
    case .substituted(_, let entity): entity.level
    case .constant, .local, .builtin, .instance: .constant
    }
  }
}

extension Entity {
  /// The parameters of instances whose arguments' levels count for its own.
  var instanceParameters: [Binder] {
    switch self {
    case .local(let binder): [binder]
    case .definition(let definition):
      definition.parameters.indices.prefix(definition.instanceParameterCount).filter {
        definition.countsLevel(ofArgument: $0)
      }.map { definition.parameters[$0] }
    default: []
    }
  }
}

extension OperatorDefinition {
  /// Lowers the limit of a parameter, if it has it.
  func limit(_ binder: Binder, to level: Level) {
    guard let place = parameters.firstIndex(of: binder) else { return }
    if parameterLimits.isEmpty { parameterLimits = parameters.map { _ in .temporal } }
    parameterLimits[place] = min(parameterLimits[place], level)
  }
}
