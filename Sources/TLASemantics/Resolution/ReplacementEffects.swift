internal import TLASyntax

/// The effects of the configuration's replacements on the definitions that mention the replaced names.
extension SpecificationParts {
  /// Marks the definitions that lead back to the names that they replace in the configuration: `F <- G`, where G applies F. As in TLC, such a
  /// definition is a recursive operator. Every cycle goes through a replacement, because the resolver admits no other cycles than those of
  /// operators that are declared `RECURSIVE`.
  func markReplacementCycles() {
    var replacing: [(definition: OperatorDefinition, name: String)] = []
    replacing += replacements.map { ($0.value, $0.key.name.text) }
    replacing += builtinReplacements.map { ($0.value, $0.key.tlaName) }
    replacing += meanings.compactMap { constant, meaning in
      if case .definition(let definition) = meaning { (definition, constant.name.text) } else { nil }
    }
    for (definition, name) in replacing where leadsBack(to: definition) { definition.leadsBackTo = name }
  }

  /// Whether something of a higher level replaces something else, so that each definition that mentions it has a higher level, too.
  var raisesLevels: Bool {
    replacements.contains { $0.value.level > $0.key.level }
      || builtinReplacements.contains { $0.value.level > .constant }
      || replacingConstants.contains { $0.level > .constant }
  }

  private var replacingConstants: [OperatorDefinition] {
    meanings.values.compactMap { if case .definition(let definition) = $0 { definition } else { nil } }
  }

  /// Gives each definition the level that follows from the replacements of the names that it mentions.
  func raiseLevels(of definitions: [OperatorDefinition]) {
    guard raisesLevels else { return }
    let all = definitions + replacements.values + builtinReplacements.values + replacingConstants
    let known = Set(all)
    var isRaised = true
    while isRaised {
      isRaised = false
      for definition in all {
        let level = reachedLevel(of: definition.body, knowing: known)
        if level > definition.level {
          definition.levels.level = level
          isRaised = true
        }
      }
    }
  }

  /// The highest level among the parts of a term, including the definitions that it uses. The level rules may count more: they give every
  /// operator of a RECURSIVE section the highest level among these operators. What is evaluated does not change with that. The levels of
  /// the `known` definitions are taken for granted.
  func reachedLevel(of term: Term, knowing known: Set<OperatorDefinition> = []) -> Level {
    var result = Level.constant
    var reached: Set<OperatorDefinition> = []
    var open = [term]
    while let term = open.popLast() {
      result = max(result, term.kind.ownLevel)
      if case .enabled = term.kind { continue }
      if let used = meaning(of: term.kind) {
        if known.contains(used) {
          result = max(result, used.level)
        } else if reached.insert(used).inserted {
          open.append(used.body)
        }
      }
      open += term.kind.children
    }
    return result
  }

  /// Whether a definition uses itself, directly or through others.
  private func leadsBack(to definition: OperatorDefinition) -> Bool {
    var reached: Set<OperatorDefinition> = []
    var open = [definition.body]
    while let term = open.popLast() {
      if let used = meaning(of: term.kind) {
        if used == definition { return true }
        if reached.insert(used).inserted { open.append(used.body) }
      }
      open += term.kind.children
    }
    return false
  }

  /// The definition that a term finally applies or passes on; nil for other terms.
  private func meaning(of term: Term.Kind) -> OperatorDefinition? {
    switch term {
    case .apply(let definition, _): replacements[definition] ?? definition
    case .builtin(let builtin, _): builtinReplacements[builtin]
    case .constant(let constant): meaning(of: OperatorReference.constant(constant))
    case .applyReference(let reference, _), .operatorReference(let reference): meaning(of: reference)
    default: nil
    }
  }

  private func meaning(of reference: OperatorReference) -> OperatorDefinition? {
    switch reference {
    case .definition(let definition): replacements[definition] ?? definition
    case .builtin(let builtin): builtinReplacements[builtin]
    case .constant(let constant):
      switch meanings[constant] {
      case .definition(let definition): replacements[definition] ?? definition
      case .builtin(let builtin): builtinReplacements[builtin]
      case .value, .points, nil: nil
      }
    case .parameter: nil
    }
  }
}
