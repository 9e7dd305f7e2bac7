import TLASyntax

/// What a module gives to one that extends or instantiates it, and what the whole specification collects from it.
final class ResolvedModule {
  let name: String
  let file: SourceFile
  /// Everything that is declared or defined, what it extends included, `LOCAL` definitions too.
  let scope: Scope
  /// The modules that it extends, in order; not the standard ones.
  let extended: [ResolvedModule]
  /// The names that a module which extends it gets.
  var exported: [String: Entity] = [:]
  /// What else means something in such a module, where nothing else has the name: the community's modules pass on what they extend themselves, some of them
  /// only since lately, and a specification may have a definition of its own by the name.
  var passedOn: [String: Entity] = [:]
  var variables: [VariableDeclaration] = []
  var constants: [ConstantDeclaration] = []
  var assumptions: [(name: String?, condition: Term)] = []

  init(name: String, file: SourceFile, scope: Scope, extended: [ResolvedModule]) {
    self.name = name
    self.file = file
    self.scope = scope
    self.extended = extended
  }

  /// The module behind all that it extends, each once.
  var withExtended: [ResolvedModule] {
    var result: [ResolvedModule] = []
    func add(_ module: ResolvedModule) {
      if result.contains(where: { $0 === module }) { return }
      module.extended.forEach(add)
      result.append(module)
    }
    add(self)
    return result
  }
}

/// The modules that are resolved together: those that extend one another share their declarations, and an instance has a context of its own, in
/// which what they declare is substituted.
final class ModuleContext {
  /// What declarations become; nil where they are declarations of the specification.
  let substitution: Substitution?
  /// The parameters that every definition gets in front of its own.
  let outer: [Binder]
  var resolved: [String: ResolvedModule] = [:]
  /// Every definition that was made, in order.
  var definitions: [OperatorDefinition] = []
  let instanceVariables: InstanceVariables
  /// What modules of the context declare, by name: one name that two of them declare is one variable or constant, as for TLC.
  var variables: [String: VariableDeclaration] = [:]
  var constants: [String: ConstantDeclaration] = [:]

  init(substitution: Substitution? = nil, outer: [Binder] = []) {
    self.substitution = substitution
    self.outer = outer
    instanceVariables = InstanceVariables(around: substitution?.surroundingVariables)
  }
}

/// Resolves a module with all that it extends and instantiates. An instance is resolved anew from its module's tree, with
/// other meanings for what the module declares: nothing is substituted in text, so nothing can be captured.
final class ModuleResolver {
  let library: ModuleLibrary
  private(set) var diagnostics: [Diagnostic] = []
  private var reported: Set<Problem> = []
  /// The texts of all modules in the order in which they were resolved, extended and instantiated ones first.
  private(set) var files: [SourceFile] = []
  /// Variables are numbered over the whole specification.
  private var variableCount = 0
  /// Where declarations are the specification's own.
  private let root = ModuleContext()
  private var underWay: [String] = []

  init(_ library: ModuleLibrary) { self.library = library }

  /// Every definition that was made, those of instances included, but for the ones inside a `LET`.
  var definitions: [OperatorDefinition] { root.definitions }

  /// The scope of the language itself.
  static func languageScope() -> Scope {
    let scope = Scope()
    for entry in StandardModules.language {
      scope.declare(entry.name, .builtin(entry.builtin, arity: entry.arity))
    }
    return scope
  }

  /// Resolves a specification's own module; nil when what it extends cannot be used.
  func resolveRoot(_ module: ParsedModule) -> ResolvedModule? {
    resolve(module, in: root, enclosing: Self.languageScope())
  }

  /// Reports each thing once, though a module may be resolved for several instances.
  private func report(_ found: [Diagnostic]) {
    for diagnostic in found
    where reported.insert(Problem(message: diagnostic.message, span: diagnostic.span)).inserted {
      diagnostics.append(diagnostic)
    }
  }

  private struct Problem: Hashable {
    let message: String
    let span: SourceSpan?
  }

  private func resolve(_ parsed: ParsedModule, in context: ModuleContext, enclosing: Scope) -> ResolvedModule?
  {
    let module = parsed.tree
    if let known = context.resolved[module.name.text] { return known }
    underWay.append(module.name.text)
    defer { underWay.removeLast() }
    var extended: [ResolvedModule] = []
    var isComplete = parsed.isComplete
    for name in module.extends where StandardModules.modules[name.text] == nil {
      if let other = resolve(extended: name, in: context, enclosing: enclosing) {
        extended.append(other)
      } else {
        isComplete = false
      }
    }
    // Without an extended module nearly every name would be unknown: one message says more than a hundred.
    guard isComplete else { return nil }
    guard let result = resolveUnits(of: parsed, extending: extended, in: context, enclosing: enclosing) else {
      return nil
    }
    context.resolved[module.name.text] = result
    if !files.contains(where: { $0 === parsed.file }) { files.append(parsed.file) }
    return result
  }

  private func resolve(extended name: Identifier, in context: ModuleContext, enclosing: Scope)
    -> ResolvedModule?
  {
    if let known = context.resolved[name.text] { return known }
    guard isAcyclic(name, "extends") else { return nil }
    let parsed = enclosing.findSubmodule(name.text)?.module ?? library.module(name)
    return parsed.flatMap { resolve($0, in: context, enclosing: enclosing) }
  }

  private func isAcyclic(_ name: Identifier, _ verb: String) -> Bool {
    guard underWay.contains(name.text) else { return true }
    report([Diagnostic(.error, .specification, "\(name.text) \(verb) itself", at: name.span)])
    return false
  }

  /// Nil when something that it instantiates cannot be used.
  private func resolveUnits(
    of parsed: ParsedModule, extending extended: [ResolvedModule], in context: ModuleContext, enclosing: Scope
  ) -> ResolvedModule? {
    let module = parsed.tree
    let scope = Scope(outer: enclosing)
    let resolver = ExpressionResolver(
      scope: scope, moduleName: module.name.text, instanceVariables: context.instanceVariables)
    resolver.instances = self
    let result = ResolvedModule(
      name: module.name.text, file: parsed.file, scope: scope, extended: extended)
    var rest = extended[...]
    for name in module.extends {
      if let symbols = Self.standardNames(of: name.text) {
        for (symbol, entity) in symbols { resolver.extend(symbol, entity, from: name) }
      } else if let other = rest.popFirst() {
        for (symbol, entity) in other.exported.sorted(by: { $0.key < $1.key }) {
          resolver.extend(symbol, entity, from: name)
        }
        scope.takeUp(other.passedOn)
      }
    }

    // Only these modules tell apart what they define and what they extend.
    let extendedNames = parsed.origin == .bundle ? scope.names : [:]

    var announced: [String: OperatorDefinition] = [:]
    var localNames: Set<String> = []
    for unit in module.units {
      switch unit {
      case .variables(let names):
        for name in names { declareVariable(name, result, resolver, context) }
      case .constants(let parameters):
        for parameter in parameters { declareConstant(parameter, result, resolver, context) }
      case .recursive(let parameters):
        for parameter in parameters
        where native(parameter.name.text, arity: parameter.arity, of: parsed) == nil {
          let definition = resolver.announce(parameter, outer: context.outer)
          announced[parameter.name.text] = definition
          context.definitions.append(definition)
          resolver.declare(parameter.name, .definition(definition))
        }
      case .definition(let definition):
        if definition.isLocal { localNames.insert(definition.name.text) }
        if case .operator(let parameters, _) = definition.kind,
          let native = native(definition.name.text, arity: parameters.count, of: parsed)
        {
          resolver.declare(definition.name, native)
          break
        }
        let definitions = resolver.resolve(definition, outer: context.outer, announced: &announced)
        context.definitions += definitions
      case .assumption(let name, let condition, _):
        let term = resolver.resolve(condition)
        if context.substitution == nil, term.level > .constant {
          resolver.error(
            "an assumption speaks of constants only, and this one of variables", term.span,
            hint: "what is to hold in every state is an INVARIANT")
        }
        result.assumptions.append((name: name?.text, condition: term))
        if let name { declareFact(name, term, condition, resolver, context) }
      case .instance(let instance, let isLocal):
        var definitions: [OperatorDefinition] = []
        guard let names = resolver.instantiate(instance, outer: context.outer, into: &definitions) else {
          break
        }
        context.definitions += definitions
        for (name, entity) in names.sorted(by: { $0.key < $1.key }) {
          if isLocal, scope.names[name] == nil { localNames.insert(name) }
          // As SANY has it: what is defined here already stays, and the user is told.
          if let known = scope.find(name), !known.isSame(as: entity) {
            resolver.reportHidden(name, by: known, in: instance)
            continue
          }
          resolver.declare(Identifier(name, instance.module.span), entity)
        }
      case .submodule(let submodule):
        let inner = ParsedModule(tree: submodule, file: parsed.file, isComplete: parsed.isComplete)
        scope.submodules[submodule.name.text] = Submodule(
          module: inner, scope: scope.snapshot(), outer: context.outer)
      case .theorem(let name?, let statement?, _):
        // Only a theorem that is used has to be understood.
        if let term = resolver.resolveTentatively(statement) {
          declareFact(name, term, statement, resolver, context)
        }
      case .theorem:
        break
      }
    }
    resolver.reportMissingBodies(announced)
    result.passedOn = scope.passedOn
    result.passedOn.merge(extendedNames, uniquingKeysWith: { first, _ in first })
    localNames.formUnion(extendedNames.keys)
    result.exported = scope.names.filter { !localNames.contains($0.key) }
    report(resolver.diagnostics)
    return resolver.isIncomplete ? nil : result
  }

  /// The native operator that stands for a definition of the community's library.
  private func native(_ name: String, arity: Int, of module: ParsedModule) -> Entity? {
    guard module.origin != .specification,
      let entry = StandardModules.natives[module.tree.name.text]?.first(where: {
        $0.name == name && $0.arity == arity
      })
    else { return nil }
    return .builtin(entry.builtin, arity: entry.arity)
  }

  private func declareVariable(
    _ name: Identifier, _ module: ResolvedModule, _ resolver: ExpressionResolver, _ context: ModuleContext
  ) {
    if let substitution = context.substitution {
      let declaration = OperatorParameter(name: name, arity: 0)
      let value = substitution.entity(for: declaration, isVariable: true)
      resolver.substitute(
        name, value.map { context.instanceVariables.entity(for: name, substituting: $0) })
      return
    }
    if let other = context.variables[name.text], resolver.scope.find(name.text) == nil {
      resolver.reportShared(name, with: .variable(other))
      return resolver.declare(name, .variable(other))
    }
    let variable = VariableDeclaration(name: name, index: variableCount)
    variableCount += 1
    context.variables[name.text] = variable
    resolver.declare(name, .variable(variable))
    module.variables.append(variable)
  }

  /// The name of an assumption or theorem stands for what it says.
  private func declareFact(
    _ name: Identifier, _ term: Term, _ statement: Expression, _ resolver: ExpressionResolver,
    _ context: ModuleContext
  ) {
    let definition = OperatorDefinition(
      name: name, parameters: context.outer, instanceParameterCount: context.outer.count, body: term,
      span: term.span, module: resolver.moduleName)
    definition.parameterUses = context.outer.map { resolver.uses[$0] ?? 0 }
    definition.source = DefinitionSource(body: statement, scope: resolver.scope)
    context.definitions.append(definition)
    resolver.declare(name, .definition(definition))
  }

  private func declareConstant(
    _ parameter: OperatorParameter, _ module: ResolvedModule, _ resolver: ExpressionResolver,
    _ context: ModuleContext
  ) {
    if let substitution = context.substitution {
      resolver.substitute(parameter.name, substitution.entity(for: parameter, isVariable: false))
      return
    }
    if let other = context.constants[parameter.name.text], other.arity == parameter.arity,
      resolver.scope.find(parameter.name.text) == nil
    {
      resolver.reportShared(parameter.name, with: .constant(other))
      return resolver.declare(parameter.name, .constant(other))
    }
    let constant = ConstantDeclaration(name: parameter.name, arity: parameter.arity)
    context.constants[parameter.name.text] = constant
    resolver.declare(parameter.name, .constant(constant))
    module.constants.append(constant)
  }

  /// What a standard module defines; nil when there is none of that name.
  private static func standardNames(of name: String) -> [(String, Entity)]? {
    guard let contents = StandardModules.modules[name] else { return nil }
    return contents.extends.flatMap { standardNames(of: $0) ?? [] }
      + contents.entries.map { ($0.name, .builtin($0.builtin, arity: $0.arity)) }
  }

  // MARK: Instances

  /// What an instance of a module gives to the place where it stands: the module's exported names. Definitions that were made for it are added
  /// to `definitions`. Nil when the module cannot be used, which is reported.
  func names(of substitution: Substitution, at scope: Scope, into definitions: inout [OperatorDefinition])
    -> [String: Entity]?
  {
    let name = substitution.instance.module
    let submodule = scope.findSubmodule(name.text)
    if submodule == nil, let entries = Self.standardNames(of: name.text) {
      return Dictionary(entries, uniquingKeysWith: { first, _ in first })
    }
    guard isAcyclic(name, "instantiates"), let parsed = submodule?.module ?? library.module(name) else {
      return nil
    }
    let enclosing = submodule?.scope ?? Self.languageScope()
    let isPlain = submodule == nil && substitution.parameters.isEmpty && !declaresAnything(parsed)
    // A module of definitions only means the same wherever it is instantiated.
    let context =
      isPlain ? root : ModuleContext(substitution: substitution, outer: substitution.parameters)
    guard let module = resolve(parsed, in: context, enclosing: enclosing) else { return nil }
    substitution.reportUnused(in: name)
    if !isPlain {
      substitution.checkLevels(context.definitions)
      definitions += substitution.definitions + context.definitions
    }
    return isPlain ? module.exported : module.exported.filter { !substitution.declared.contains($0.key) }
  }

  /// Whether the module, or one that it extends, declares constants or variables.
  private func declaresAnything(_ parsed: ParsedModule) -> Bool {
    var seen: Set<String> = []
    return declaresAnything(parsed, &seen)
  }

  /// Each module is asked once: `seen` are those that were.
  private func declaresAnything(_ parsed: ParsedModule, _ seen: inout Set<String>) -> Bool {
    for unit in parsed.tree.units {
      switch unit {
      case .variables, .constants: return true
      default: break
      }
    }
    return parsed.tree.extends.contains { name in
      guard StandardModules.modules[name.text] == nil, seen.insert(name.text).inserted,
        let other = library.module(name)
      else { return false }
      return declaresAnything(other, &seen)
    }
  }
}
