import TLASyntax

/// Gives constants their values, and replaces definitions.
extension SpecificationBinder {
  mutating func bindConstants(_ configuration: Configuration) {
    let declared = Dictionary(
      parts.constants.map { ($0.name.text, $0) }, uniquingKeysWith: { first, _ in first })
    for assignment in configuration.constants {
      let name = assignment.name
      if refuseChain(assignment) { continue }
      if case .substitutionIn(let module, let target) = assignment.meaning {
        guard let new = find(target).flatMap({ definition(of: $0, at: target) }) else { continue }
        if !replace(name, in: module, by: new) {
          wrong("\(module.text) defines no \(name.text) that could be replaced", name.span)
        }
      } else if case .valueIn(let module, let value) = assignment.meaning {
        if !replace(name, in: module, by: definition(of: value, at: name)) {
          noteUnknown("\(module.text) defines no \(name.text) that could be replaced", name.span)
        }
      } else if let constant = declared[name.text] {
        give(constant, assignment)
      } else {
        replace(assignment)
      }
    }
    for constant in parts.constants where parts.meanings[constant] == nil {
      wrong(
        "the constant \(constant.name.text) has no value",
        configuration.file.map { SourceSpan(file: $0, start: 0, end: 0) },
        hint:
          "add `CONSTANT \(constant.name.text) = …` to the configuration, or give --constant \(constant.name.text)=…",
        notes: [Diagnostic.Note(message: "it is declared here", span: constant.name.span)])
    }
  }

  private mutating func give(_ constant: ConstantDeclaration, _ assignment: Configuration.Assignment) {
    let name = assignment.name
    switch assignment.meaning {
    case .value(let value):
      if constant.arity > 0 {
        wrong(
          "\(name.text) is an operator: a value cannot stand for it", name.span,
          hint: "use `\(name.text) <- Definition`")
      }
      parts.meanings[constant] = .value(value)
    case .point(let arguments, let value):
      guard arguments.count == constant.arity else {
        wrong("\(name.text) takes \(constant.arity) arguments, not \(arguments.count)", name.span)
        return
      }
      var points: [(arguments: [Configuration.Constant], value: Configuration.Constant)] = []
      if case .points(let known) = parts.meanings[constant] { points = known }
      points.append((arguments: arguments, value: value))
      parts.meanings[constant] = .points(points)
    case .substitution(let target):
      switch find(target) {
      case .definition(let definition) where definition.parameters.count == constant.arity:
        // For an operator, TLC does not check whether its replacement mentions variables.
        guard constant.arity > 0 || level(of: definition.body) == .constant else {
          wrong(
            "\(target.text) is \(describe(definition.level)): it cannot stand for the constant \(name.text)",
            target.span, notes: [Diagnostic.Note(message: "it is defined here", span: definition.span)])
          return
        }
        parts.meanings[constant] = .definition(definition)
      case .builtin(let builtin, constant.arity):
        parts.meanings[constant] = .builtin(builtin)
      case .constant(let other) where other.arity == 0 && constant.arity == 0:
        // `Leader <- First` for two constants: Leader has the value that the configuration gives to First.
        parts.meanings[constant] = .definition(
          OperatorDefinition(
            name: target, parameters: [], body: .mention(of: other), span: target.span,
            module: parts.root.name))
      case .some:
        wrong("\(target.text) does not have \(constant.arity) parameters, as \(name.text) has", target.span)
      case nil:
        break
      }
    case .substitutionIn, .valueIn:
      break  // The assignment gives a meaning in one module, not to a constant of the specification.
    }
  }

  /// Reports `A <- B` if `B` is replaced as well; as in TLC, one is not replaced through the other.
  private mutating func refuseChain(_ assignment: Configuration.Assignment) -> Bool {
    guard let (module, target) = assignment.meaning.replacement,
      let other = parts.configuration.constants.first(where: {
        $0.name.text == target.text && $0.meaning.replacement.map { $0.module?.text == module?.text } ?? false
      })
    else { return false }
    wrong(
      target.text == assignment.name.text
        ? "\(target.text) stands for itself"
        : "\(target.text) stands for \(assignment.name.text), and is replaced itself", target.span,
      hint: "name the definition that is to stand for \(assignment.name.text) in the end",
      notes: [Diagnostic.Note(message: "it is replaced here", span: other.name.span)])
    return true
  }

  private var configurationFile: String? { parts.configuration.file?.name }

  /// Replaces a definition of the module: `Send <- FastSend`, `Nat <- SmallNat`, `None = None`.
  private mutating func replace(_ assignment: Configuration.Assignment) {
    let name = assignment.name
    if case .value(let value) = assignment.meaning,
      case .definition(let old) = parts.root.scope.find(name.text)
    {
      let arities = old.parameters.dropFirst(old.instanceParameterCount).map(\.arity)
      replace(old, by: definition(of: value, ignoring: arities, at: name))
      return
    }
    guard case .substitution(let target) = assignment.meaning else {
      if parts.root.scope.find(name.text) != nil {
        wrong(
          "\(name.text) is no CONSTANT of the module: a value cannot stand for it", name.span,
          hint: "replace a definition by another one: `\(name.text) <- OtherDefinition`")
      } else {
        noteUnknown(
          "\(name.text) is not a constant of the module", name.span,
          hint: diagnostics.count < 50
            ? suggestion(for: name.text, in: parts.constants.map(\.name.text)) : nil)
      }
      return
    }
    guard let replaced = find(name), let replacing = find(target) else { return }
    switch (replaced, replacing) {
    case (.definition(let old), .definition(let new)) where replaced.arity == new.parameters.count:
      replace(old, by: new)
    case (.builtin(let old, let arity), .definition(let new)) where new.parameters.count == arity:
      parts.builtinReplacements[old] = new
    case (.builtin(let old, let arity), .builtin(let new, let other)) where arity == other:
      parts.builtinReplacements[old] = definition(of: new, arity: arity, at: target)
    default:
      wrong(
        "\(target.text) cannot stand for \(name.text)", target.span,
        hint: "both must be definitions with as many parameters")
    }
  }

  /// Replaces a definition, also where an instance has a definition of its own for the same text.
  private mutating func replace(_ old: OperatorDefinition, by new: OperatorDefinition) {
    for same in definitions where same.span == old.span && same.name.text == old.name.text {
      parts.replacements[same] = new.taking(same.instanceParameterCount)
    }
    // What an unnamed instance declares is not among the definitions.
    parts.replacements[old] = new.taking(old.instanceParameterCount)
  }

  /// `Ballot <- [Module] SmallBallot` replaces the definition that the name has in that module, wherever it is extended or instantiated.
  /// Returns false if there is none.
  private mutating func replace(_ name: Identifier, in module: Identifier, by new: OperatorDefinition) -> Bool
  {
    let olds = resolved.filter { $0.name == module.text }.compactMap { $0.scope.names[name.text] }
      .compactMap { if case .definition(let definition) = $0 { definition } else { nil } }
      .filter { $0.parameters.count - $0.instanceParameterCount == new.parameters.count }
    if !olds.isEmpty {
      for old in olds { replace(old, by: new) }
    } else if let constant = parts.constants.first(where: {
      $0.name.text == name.text && $0.arity == new.parameters.count
    }) {
      parts.meanings[constant] = .definition(new)
    } else if let entry = StandardModules.entry(name.text), entry.arity == new.parameters.count {
      // All modules share the library's operators, so TLC also replaces them everywhere.
      parts.builtinReplacements[entry.builtin] = new
    } else {
      return false
    }
    return true
  }

  /// TLC ignores a configuration's assignments to names that the module lacks. On a command line such a name is a mistake.
  private mutating func noteUnknown(_ message: String, _ span: SourceSpan, hint: String? = nil) {
    let isFromFile = configurationFile.map { span.file.name == $0 } ?? false
    diagnostics.append(
      Diagnostic(isFromFile ? .warning : .error, .configuration, .constant, message, at: span, hint: hint))
  }

  /// A value of the configuration as a definition. It may have parameters, of these arities.
  private mutating func definition(
    of value: Configuration.Constant, ignoring arities: [Int] = [], at name: Identifier
  ) -> OperatorDefinition {
    let constant = ConstantDeclaration(name: name, arity: 0)
    parts.meanings[constant] = .value(value)
    return .passing(name, arities: arities, module: parts.root.name) { _ in .constant(constant) }
  }

  /// The meaning of a name as a definition; nil if it cannot be one, which is reported.
  private mutating func definition(of entity: Entity, at name: Identifier) -> OperatorDefinition? {
    switch entity {
    case .definition(let definition): return definition
    case .builtin(let builtin, let arity): return definition(of: builtin, arity: arity, at: name)
    case .constant(let constant):
      let arities = [Int](repeating: 0, count: constant.arity)
      return OperatorDefinition.passing(name, arities: arities, module: parts.root.name) { arguments in
        constant.arity == 0 ? .constant(constant) : .applyReference(.constant(constant), arguments)
      }
    default:
      wrong("\(name.text) cannot stand for a definition", name.span)
      return nil
    }
  }

  /// An operator of the library as a definition.
  private func definition(of builtin: Builtin, arity: Int, at name: Identifier) -> OperatorDefinition {
    let operators = StandardModules.operatorParameters[builtin] ?? [:]
    let arities = (0..<arity).map { operators[$0] ?? 0 }
    return OperatorDefinition.passing(name, arities: arities, module: parts.root.name) {
      .builtin(builtin, $0)
    }
  }

  private func suggestion(for name: String, in known: [String]) -> String? {
    closestName(to: name, in: known).map { "did you mean \($0)?" }
  }

  /// The meaning of a name in the root module, also through instances.
  private func entity(at path: [String]) -> Entity? {
    guard let first = path.first else { return nil }
    return path.dropFirst().reduce(parts.root.scope.lookUp(first)) { found, name in
      if case .instance(let instance)? = found { instance.names[name] } else { nil }
    }
  }

  mutating func find(_ name: Identifier) -> Entity? {
    if let entity = entity(at: name.text.split(separator: "!").map(String.init)) { return entity }
    wrong(
      "\(name.text) is not defined in \(parts.root.name)", name.span, code: .undefined,
      hint: diagnostics.count < 50 ? suggestion(for: name.text, in: parts.root.scope.allNames) : nil)
    return nil
  }
}

extension Configuration.Assignment.Meaning {
  /// The definition that is to stand for the name, and the module to which that is limited, if any.
  fileprivate var replacement: (module: Identifier?, target: Identifier)? {
    switch self {
    case .substitution(let target): (nil, target)
    case .substitutionIn(let module, let target): (module, target)
    case .value, .point, .valueIn: nil
    }
  }
}
