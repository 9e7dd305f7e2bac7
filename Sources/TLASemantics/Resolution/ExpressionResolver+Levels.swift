import TLASyntax

extension ExpressionResolver {
  /// Checks the levels in a definition whose body is known, and sets its levels for its applications.
  func checkLevels(of definition: OperatorDefinition) {
    LevelChecker.check(definition) { [self] in report($0) }
  }

  /// Checks the levels in a term that is not the body of a definition, and returns the term's level.
  @discardableResult func checkLevels(in term: Term) -> Level {
    LevelChecker.check(term) { [self] in report($0) }
  }
}

extension Entity {
  /// The level of a mention, or of an application to constants.
  var level: Level {
    switch self {
    case .variable: .state
    case .definition(let definition): definition.level
    case .substituted(_, let entity): entity.level
    case .builtin(let builtin, _): builtin.level
    case .constant, .local, .instance, .fact: .constant
    }
  }

  /// The parameters whose arguments' levels count for the level of the entity.
  var countedParameters: Set<Binder> {
    switch self {
    case .local(let binder): [binder]
    case .definition(let definition):
      definition.levels.outer.counted.union(
        zip(definition.parameters, definition.levels.parameters).prefix(definition.instanceParameterCount)
          .filter(\.1.counts).map(\.0))
    default: []
    }
  }
}

extension OperatorDefinition {
  /// Lowers the limit of one of its own parameters, or of a surrounding definition's parameter that it mentions.
  func limit(_ binder: Binder, to level: Level) {
    if let place = parameters.firstIndex(of: binder) {
      levels.parameters[place].limit = min(levels.parameters[place].limit, level)
    } else if levels.outer.mentioned.contains(binder) {
      levels.outer.limit([binder], to: level)
    }
  }

  /// The first of its own parameters, after those of its instance, for which it is not a Leibniz operator.
  var nonLeibnizParameter: Binder? {
    zip(parameters, levels.parameters).dropFirst(instanceParameterCount).first { !$0.1.isLeibniz }?.0
  }
}

extension ExpressionResolver {
  /// Checks the levels of a section's definitions again, with the final levels of the recursive operators, as SANY does.
  func finish(_ section: [OperatorDefinition]) {
    let recursive = section.filter(\.isRecursive)
    for definition in recursive {
      for (parameter, levels) in zip(definition.parameters, definition.levels.parameters)
      where levels.limit < .action {
        error(
          "the recursive operator \(definition.name.text) primes its parameter \(parameter.name.text)",
          definition.name.span, code: .recursive,
          hint: "prime what is given for it: pass an expression with a prime as an argument")
      }
    }
    let level = recursive.map(\.level).max() ?? .constant
    let counted = recursive.reduce(into: Set<Binder>()) { $0.formUnion($1.levels.outer.counted) }
    for definition in section {
      definition.levels.level = max(definition.level, level)
      definition.levels.outer.counted.formUnion(counted)
    }
    for definition in section {
      LevelChecker.check(definition, isRepeated: true) { [self] in reportOnce($0) }
    }
  }

  func reportMissingBodies(_ section: RecursiveSection) {
    for definition in section.announced.values.sorted(by: { $0.span.start < $1.span.start }) {
      error(
        "\(definition.name.text) is declared RECURSIVE and never defined", definition.span, code: .recursive)
    }
  }
}
