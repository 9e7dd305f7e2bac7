import TLASyntax

/// Gives constants their values, and replaces definitions.
extension SpecificationBinder {
  /// What the configuration gives in place of something.
  enum StandIn {
    case value(Configuration.Constant)
    /// A constant of its own, which means a table of points.
    case points(ConstantDeclaration)
    case definition(OperatorDefinition)
    case builtin(Builtin, arity: Int)
    case constant(ConstantDeclaration)
  }

  mutating func bindConstants(_ configuration: Configuration) {
    let declared = Dictionary(
      parts.constants.map { ($0.name.text, $0) }, uniquingKeysWith: { first, _ in first })
    collectPoints(configuration)
    for assignment in configuration.constants {
      if refuseChain(assignment) { continue }
      guard let standIn = standIn(for: assignment) else { continue }
      if let module = assignment.module {
        replace(assignment, in: module, by: standIn)
      } else if let constant = declared[assignment.name.text] {
        give(constant, standIn, by: assignment)
      } else {
        replace(assignment, by: standIn)
      }
    }
    // Mistakes in a line of the configuration were reported already.
    let hasErrors = diagnostics.contains { $0.severity == .error }
    let named = hasErrors ? Set(configuration.constants.map(\.name.text)) : []
    for constant in parts.constants
    where parts.meanings[constant] == nil && !named.contains(constant.name.text) {
      wrong(
        "the constant \(constant.name.text) has no value",
        configuration.file.map { SourceSpan(file: $0, start: 0, end: 0) },
        hint:
          "add `CONSTANT \(constant.name.text) = …` to the configuration, or give --constant \(constant.name.text)=…",
        notes: [Diagnostic.Note(message: "it is declared here", span: constant.name.span)])
    }
  }

  /// Makes one table of all points that the configuration gives for a name.
  private mutating func collectPoints(_ configuration: Configuration) {
    for assignment in configuration.constants {
      guard case .point(let arguments, let value) = assignment.meaning else { continue }
      let table =
        pointTables[assignment.placeOfPoints]
        ?? ConstantDeclaration(name: assignment.name, arity: arguments.count)
      pointTables[assignment.placeOfPoints] = table
      guard arguments.count == table.arity else {
        wrong(
          "\(assignment.name.text) takes \(table.arity) arguments at the first point, and \(arguments.count) here",
          assignment.name.span)
        continue
      }
      var points: [(arguments: [Configuration.Constant], value: Configuration.Constant)] = []
      if case .points(let known)? = parts.meanings[table] { points = known }
      parts.meanings[table] = .points(points + [(arguments: arguments, value: value)])
    }
  }

  /// What an assignment gives in place of its name. Reports it and returns nil if there is no such thing.
  private mutating func standIn(for assignment: Configuration.Assignment) -> StandIn? {
    switch assignment.meaning {
    case .value(let value): return .value(value)
    case .point: return pointTables[assignment.placeOfPoints].map { .points($0) }
    case .substitution(let target):
      guard let entity = find(target) else { return nil }
      let found: StandIn
      switch entity {
      case .definition(let definition) where !definition.isFact: found = .definition(definition)
      case .builtin(let builtin, let arity): found = .builtin(builtin, arity: arity)
      case .constant(let constant): found = .constant(constant)
      default:
        wrong("\(target.text) cannot stand for \(assignment.name.text): it is no definition", target.span)
        return nil
      }
      // As in TLC, the configuration's values are given before one name replaces another.
      let given = parts.configuration.constants.last {
        $0.name.text == target.text && $0.module == nil && $0.target == nil
      }
      return given.flatMap { standIn(for: $0) } ?? found
    }
  }

  /// A stand-in as a definition with parameters of these arities; nil if it has other parameters. A value ignores them.
  private mutating func definition(
    of standIn: StandIn, _ arities: [Int], at name: Identifier
  ) -> OperatorDefinition? {
    let body: ([Term]) -> Term.Kind
    switch standIn {
    case .definition(let definition):
      return definition.parameters.count == arities.count ? definition : nil
    case .value(let value):
      let constant = ConstantDeclaration(name: name, arity: 0)
      parts.meanings[constant] = .value(value)
      body = { _ in .constant(constant) }
    case .builtin(let builtin, let arity):
      guard arity == arities.count else { return nil }
      body = { .builtin(builtin, $0) }
    case .points(let constant), .constant(let constant):
      guard constant.arity == arities.count else { return nil }
      body = { $0.isEmpty ? .constant(constant) : .applyReference(.constant(constant), $0) }
    }
    return .passing(name, arities: arities, module: parts.root.name, body)
  }

  private mutating func give(
    _ constant: ConstantDeclaration, _ standIn: StandIn, by assignment: Configuration.Assignment
  ) {
    let name = assignment.name
    switch standIn {
    case .value(let value) where constant.arity == 0: parts.meanings[constant] = .value(value)
    case .points(let table) where table.arity == constant.arity:
      parts.meanings[constant] = parts.meanings[table]
    case .builtin(let builtin, constant.arity): parts.meanings[constant] = .builtin(builtin)
    default:
      guard let new = definition(of: standIn, [Int](repeating: 0, count: constant.arity), at: name) else {
        return refuse(standIn, by: assignment, parameters: constant.arity)
      }
      // For an operator, TLC does not check whether its replacement mentions variables.
      guard constant.arity > 0 || level(of: new.body) == .constant else {
        wrong(
          "\(new.name.text) is \(describe(new.level)): it cannot stand for the constant \(name.text)",
          assignment.target?.span ?? name.span,
          notes: [Diagnostic.Note(message: "it is defined here", span: new.span)])
        return
      }
      parts.meanings[constant] = .definition(new)
    }
  }

  /// Reports a stand-in whose number of parameters differs from that of the replaced name.
  private mutating func refuse(
    _ standIn: StandIn, by assignment: Configuration.Assignment, parameters: Int
  ) {
    let name = assignment.name.text
    if case .points(let table) = standIn {
      wrong("\(name) takes \(parameters) arguments, not \(table.arity)", assignment.name.span)
    } else {
      let target = assignment.target ?? assignment.name
      wrong(
        "\(target.text) cannot stand for \(name): it does not have \(parameters) parameters, as \(name) has",
        target.span)
    }
  }

  /// Reports `A <- B` if `B` is replaced as well; as in TLC, one is not replaced through the other.
  private mutating func refuseChain(_ assignment: Configuration.Assignment) -> Bool {
    guard let target = assignment.target,
      let other = parts.configuration.constants.first(where: {
        $0.name.text == target.text && $0.target != nil && $0.module?.text == assignment.module?.text
      })
    else { return false }
    wrong(
      target.text == assignment.name.text
        ? "\(target.text) stands for itself"
        : "\(target.text) stands for \(assignment.name.text), and is replaced itself", target.span,
      hint: "name the final replacement of \(assignment.name.text) directly",
      notes: [Diagnostic.Note(message: "it is replaced here", span: other.name.span)])
    return true
  }

  private var configurationFile: String? { parts.configuration.file?.name }

  /// Replaces a definition of the module: `Send <- FastSend`, `Nat <- SmallNat`, `None = None`.
  private mutating func replace(_ assignment: Configuration.Assignment, by standIn: StandIn) {
    let name = assignment.name
    guard let replaced = entity(at: name) else {
      if assignment.target != nil {
        _ = find(name)
      } else {
        noteUnknown(
          "\(name.text) is not a constant of the module", name.span,
          hint: diagnostics.count < 50
            ? suggestion(for: name.text, in: parts.constants.map(\.name.text)) : nil)
      }
      return
    }
    switch replaced {
    case .definition(let old) where !old.isFact:
      let arities = old.parameters.dropFirst(old.instanceParameterCount).map(\.arity)
      guard let new = definition(of: standIn, arities, at: name) else {
        return refuse(standIn, by: assignment, parameters: arities.count)
      }
      replace(old, by: new)
    case .builtin(let old, let arity) where !StandardModules.language.contains { $0.builtin == old }:
      guard let new = definition(of: standIn, StandardModules.arities(of: old, count: arity), at: name) else {
        return refuse(standIn, by: assignment, parameters: arity)
      }
      parts.builtinReplacements[old] = new
    default:
      let message = "\(name.text) is no constant and no definition of a module"
      if assignment.target != nil {
        wrong("\(message): nothing can stand for it", name.span)
      } else {
        noteUnknown("\(message): it gets no value", name.span)
      }
    }
  }

  /// Replaces a definition, also where an instance has a definition of its own for the same text.
  private mutating func replace(_ old: OperatorDefinition, by new: OperatorDefinition) {
    for same in definitions where same.span == old.span && same.name.text == old.name.text {
      parts.replacements[same] = new.taking(same.instanceParameterCount)
    }
    // The declarations of an unnamed instance are not among the definitions.
    parts.replacements[old] = new.taking(old.instanceParameterCount)
  }

  /// `Ballot <- [Module] SmallBallot` replaces the definition that the name has in that module, wherever it is extended or instantiated.
  private mutating func replace(
    _ assignment: Configuration.Assignment, in module: Identifier, by standIn: StandIn
  ) {
    let name = assignment.name
    if assignment.target != nil, !moduleNames.contains(module.text) {
      let isInner = resolved.contains { $0.name == module.text }
      return wrong(
        isInner
          ? "\(module.text) stands inside of another module: its definitions cannot be replaced"
          : "\(module.text) is no module of this specification", module.span,
        hint: isInner ? nil : suggestion(for: module.text, in: moduleNames.sorted()))
    }
    var isReplaced = false
    for case .definition(let old)? in resolved.filter({ $0.name == module.text }).map({
      $0.scope.names[name.text]
    })
    where !old.isFact {
      let arities = old.parameters.dropFirst(old.instanceParameterCount).map(\.arity)
      guard let new = definition(of: standIn, arities, at: name) else { continue }
      replace(old, by: new)
      isReplaced = true
    }
    if isReplaced { return }
    if let target = assignment.target, parts.constants.contains(where: { $0.name.text == name.text }) {
      wrong(
        "\(name.text) is a constant: a line with [\(module.text)] only replaces definitions", name.span,
        hint: "to give it a value, write `\(name.text) <- \(target.text)`")
    } else if let entry = StandardModules.entry(name.text),
      let new = definition(
        of: standIn, StandardModules.arities(of: entry.builtin, count: entry.arity), at: name)
    {
      // All modules share the library's operators, so TLC also replaces them everywhere.
      parts.builtinReplacements[entry.builtin] = new
    } else if assignment.target != nil {
      wrong("\(module.text) defines no \(name.text) that could be replaced", name.span)
    } else {
      noteUnknown("\(module.text) defines no \(name.text) that could be replaced", name.span)
    }
  }

  /// TLC ignores a configuration's assignments to names that the module lacks. On a command line such a name is a mistake.
  private mutating func noteUnknown(_ message: String, _ span: SourceSpan, hint: String? = nil) {
    let isFromFile = configurationFile.map { span.file.name == $0 } ?? false
    diagnostics.append(
      Diagnostic(isFromFile ? .warning : .error, .configuration, .constant, message, at: span, hint: hint))
  }

  private func suggestion(for name: String, in known: [String]) -> String? {
    closestName(to: name, in: known).map { "did you mean \($0)?" }
  }

  /// The meaning of a name in the root module, also through instances.
  private func entity(at name: Identifier) -> Entity? {
    let path = name.text.split(separator: "!").map(String.init)
    // `!!` is a name, too.
    guard let first = path.first else { return parts.root.scope.lookUp(name.text) }
    return path.dropFirst().reduce(parts.root.scope.lookUp(first)) { found, name in
      if case .instance(let instance)? = found { instance.names[name] } else { nil }
    }
  }

  mutating func find(_ name: Identifier) -> Entity? {
    if let entity = entity(at: name) { return entity }
    wrong(
      "\(name.text) is not defined in \(parts.root.name)", name.span, code: .undefined,
      hint: diagnostics.count < 50 ? suggestion(for: name.text, in: parts.root.scope.allNames) : nil)
    return nil
  }
}

extension Configuration.Assignment {
  /// The name that replaces the assigned name; nil for a value.
  fileprivate var target: Identifier? {
    if case .substitution(let target) = meaning { target } else { nil }
  }

  /// Distinguishes the tables of points that the configuration gives.
  fileprivate var placeOfPoints: String { "\(module?.text ?? "")!\(name.text)" }
}
