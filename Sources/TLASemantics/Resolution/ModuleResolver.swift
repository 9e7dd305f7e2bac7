import TLASyntax

/// Resolves a module with all modules that it extends and instantiates. For an instance, the module's tree is resolved again, with other
/// meanings for the module's declarations. Nothing is substituted as text, so nothing can be captured.
final class ModuleResolver {
  let library: ModuleLibrary
  private(set) var diagnostics: [Diagnostic] = []
  private var reported: Set<Problem> = []
  /// The texts of all modules in the order in which they were resolved; extended and instantiated modules come first.
  private(set) var files: [SourceFile] = []
  /// Every module as it was resolved: once for the specification, and once for each instance.
  private(set) var resolved: [ResolvedModule] = []
  /// The modules that proofs mention, inner ones left out.
  private(set) var mentionedModules: [Identifier] = []
  /// The names to which the configuration gives another meaning.
  private let replacedNames: Set<String>
  /// The number of variables, which are numbered across the whole specification.
  private var variableCount = 0
  /// The context in which declarations are the specification's own.
  private let root = ModuleContext()
  private var underWay: [ParsedModule] = []

  init(_ library: ModuleLibrary, replacing replacedNames: Set<String> = []) {
    self.library = library
    self.replacedNames = replacedNames
  }

  /// Every definition that was made, including those of instances but not those inside a `LET`.
  var definitions: [OperatorDefinition] { root.definitions }

  /// The scope of the language itself.
  static func languageScope() -> Scope {
    let scope = Scope()
    for entry in StandardModules.language {
      scope.declare(entry.name, .builtin(entry.builtin, arity: entry.arity))
    }
    return scope
  }

  /// Resolves the specification's own module; nil if a module that it extends cannot be used.
  func resolveRoot(_ module: ParsedModule) -> ResolvedModule? {
    resolve(module, in: root, enclosing: Self.languageScope())
  }

  /// Notes that a proof mentions a module.
  func mention(_ module: Identifier) { mentionedModules.append(module) }

  /// Reports each diagnostic once, even if a module is resolved for several instances.
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
    if let known = context.resolved[ObjectIdentifier(parsed)] { return known }
    underWay.append(parsed)
    defer { underWay.removeLast() }
    var extended: [ResolvedModule] = []
    var isComplete = parsed.isComplete
    for name in module.extends where StandardModules.modules[name.text] == nil {
      if let other = resolve(extended: name, of: parsed, in: context, enclosing: enclosing) {
        extended.append(other)
      } else {
        isComplete = false
      }
    }
    // Without an extended module nearly every name would be unknown. One message says more than a hundred.
    guard isComplete else { return nil }
    guard let result = resolveUnits(of: parsed, extending: extended, in: context, enclosing: enclosing) else {
      return nil
    }
    context.resolved[ObjectIdentifier(parsed)] = result
    resolved.append(result)
    if !files.contains(where: { $0 === parsed.file }) { files.append(parsed.file) }
    return result
  }

  private func resolve(
    extended name: Identifier, of module: ParsedModule, in context: ModuleContext, enclosing: Scope
  ) -> ResolvedModule? {
    guard
      let parsed = enclosing.findSubmodule(name.text)?.module ?? library.module(name, from: module.origin),
      isAcyclic(parsed, name, "extends")
    else { return nil }
    return resolve(parsed, in: context, enclosing: enclosing)
  }

  private func isAcyclic(_ module: ParsedModule, _ name: Identifier, _ verb: String) -> Bool {
    guard underWay.contains(where: { $0 === module }) else { return true }
    report([Diagnostic(.error, .specification, .module, "\(name.text) \(verb) itself", at: name.span)])
    return false
  }

  /// Nil if a module that it instantiates cannot be used.
  private func resolveUnits(
    of parsed: ParsedModule, extending extended: [ResolvedModule], in context: ModuleContext, enclosing: Scope
  ) -> ResolvedModule? {
    let module = parsed.tree
    let scope = Scope(outer: enclosing)
    let isOpen = module.usesOpenModule || extended.contains(where: \.isOpen)
    let resolver = ExpressionResolver(
      scope: scope, moduleName: module.name.text, isOpen: isOpen,
      instanceVariables: context.instanceVariables)
    resolver.instances = self
    let result = ResolvedModule(
      name: module.name.text, file: parsed.file, scope: scope, extended: extended, isOpen: isOpen)
    result.declaresNothing = extended.allSatisfy(\.declaresNothing) && !module.declaresAnything
    result.extendedStandardModules = module.extends.reduce(into: []) {
      $0.formUnion(StandardModules.names(extendedBy: $1.text))
    }
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

    // Only these modules treat extended names differently from their own.
    let extendedNames = parsed.origin == .bundle ? scope.names : [:]

    var section = RecursiveSection()
    var localNames: Set<String> = []
    for unit in module.units {
      if let announced = section.announced.values.first, let (what, span) = unit.standsOutsideSections {
        resolver.error(
          "\(what) cannot stand between the RECURSIVE declaration of \(announced.name.text) and its definition",
          span, code: .recursive,
          notes: [Diagnostic.Note(message: "it is declared here", span: announced.name.span)])
      }
      switch unit {
      case .variables(let names):
        for name in names { declareVariable(name, result, resolver, context) }
      case .constants(let parameters):
        for parameter in parameters { declareConstant(parameter, result, resolver, context) }
      case .recursive(let parameters):
        for parameter in parameters
        where native(parameter.name.text, arity: parameter.arity, of: parsed) == nil {
          let definition = resolver.announce(parameter, outer: context.outer)
          section.announce(definition)
          context.definitions.append(definition)
          resolver.declare(parameter.name, .definition(definition))
        }
      case .definition(let definition):
        if definition.isLocal { localNames.insert(definition.name.text) }
        if case .operator(let parameters, let body) = definition.kind,
          let native = native(definition.name.text, arity: parameters.count, body, of: parsed)
        {
          resolver.declare(definition.name, native)
          break
        }
        let definitions = resolver.resolve(definition, outer: context.outer, in: &section)
        context.definitions += definitions
      case .assumption(let name, let condition, let isAxiom, _):
        let term = assumption(name, condition, resolver, context)
        // An instance may substitute expressions of a state for constants.
        if resolver.checkLevels(in: term) > (context.substitution == nil ? .constant : .action) {
          resolver.error(
            "an assumption speaks of constants only, and this one of variables", term.span, code: .level,
            hint: "what is to hold in every state is an INVARIANT")
        }
        if !isAxiom { result.assumptions.append((name: name?.text, condition: term)) }
      case .instance(let instance, let isLocal):
        var definitions: [OperatorDefinition] = []
        guard let names = resolver.instantiate(instance, outer: context.outer, into: &definitions) else {
          break
        }
        context.definitions += definitions
        for (name, entity) in names.sorted(by: { $0.key < $1.key }) {
          if isLocal, scope.names[name] == nil { localNames.insert(name) }
          // As in SANY, an existing definition stays, with a warning.
          if let known = scope.find(name), !known.isSame(as: entity) {
            resolver.reportHidden(name, by: known, in: instance)
            continue
          }
          resolver.declare(
            Identifier(name, instance.module.span),
            replacedNames.contains(name) ? copy(of: entity, among: definitions) : entity)
        }
      case .submodule(let submodule):
        let inner = ParsedModule(tree: submodule, file: parsed.file, isComplete: parsed.isComplete)
        let name = submodule.name
        if scope.submodules[name.text] != nil || isExtended(name.text, by: result) {
          resolver.error(
            "there is a module \(name.text) already", name.span, code: .twice,
            hint: "a module that is extended, or stands here, cannot have the name of another one")
        }
        scope.submodules[submodule.name.text] = Submodule(
          module: inner, scope: scope.snapshot(), outer: context.outer)
      case .theorem(let name, let statement, let proof, _):
        resolveTheorem(name, statement, proof, resolver, context)
      case .use(let facts):
        if context.substitution == nil { resolver.inTheorem { resolver.resolve(facts) } }
      case .hide(let facts):
        if context.substitution == nil { resolver.inTheorem { resolver.resolve(facts, areNamed: true) } }
      }
    }
    resolver.reportMissingBodies(section)
    result.passedOn = scope.passedOn
    result.passedOn.merge(extendedNames, uniquingKeysWith: { first, _ in first })
    localNames.formUnion(extendedNames.keys)
    result.exported = scope.names.filter { !localNames.contains($0.key) }
    report(resolver.diagnostics)
    return resolver.isIncomplete ? nil : result
  }

  /// Whether a module extends another one with that name, directly or indirectly.
  private func isExtended(_ name: String, by module: ResolvedModule) -> Bool {
    module.extendedStandardModules.contains(name)
      || module.extended.contains { $0.name == name || isExtended(name, by: $0) }
  }

  /// The native operator that replaces a definition of the community's library. A copy of the module beside the specification is the user's
  /// own, so there only definitions that merely announce a Java class are replaced.
  private func native(_ name: String, arity: Int, _ body: Expression? = nil, of module: ParsedModule)
    -> Entity?
  {
    guard
      let entry = StandardModules.natives[module.tree.name.text]?.first(where: {
        $0.name == name && $0.arity == arity
      }), module.origin != .specification || entry.builtin.isInJavaOnly && body?.saysNothing ?? false
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

  /// Resolves an assumption. A named one stands for the assumption's expression, and can have labels.
  private func assumption(
    _ name: Identifier?, _ statement: Expression, _ resolver: ExpressionResolver, _ context: ModuleContext
  ) -> Term {
    guard let name else { return resolver.resolve(statement) }
    resolver.labels.open()
    let term = resolver.resolve(statement)
    resolver.labels.close()
    declareFact(name, term, statement, resolver, context)
    return term
  }

  /// In an instance, declarations have other levels, so only a theorem with a name is resolved.
  private func resolveTheorem(
    _ name: Identifier?, _ statement: Statement, _ proof: Proof?, _ resolver: ExpressionResolver,
    _ context: ModuleContext
  ) {
    if context.substitution == nil {
      resolver.resolveTheorem(statement, proof, isNamed: name != nil) { stated in
        if let name { declareTheorem(name, statement, stated.term, resolver, context) }
      }
    } else if let name {
      let expression: Expression? =
        if case .expression(let expression) = statement { expression } else { nil }
      resolver.labels.open()
      let term = expression.flatMap(resolver.resolveTentatively)
      resolver.labels.close()
      declareTheorem(name, statement, term, resolver, context)
    }
  }

  /// `term` is nil for an `ASSUME … PROVE …`.
  private func declareTheorem(
    _ name: Identifier, _ statement: Statement, _ term: Term?, _ resolver: ExpressionResolver,
    _ context: ModuleContext
  ) {
    if let term, case .expression(let expression) = statement {
      declareFact(name, term, expression, resolver, context)
    } else {
      declareFact(name, .fact(StatedFact(name, "an ASSUME with a PROVE")), resolver)
    }
  }

  /// A theorem or an assumption with the name of another one is resolved, but cannot be mentioned.
  private func declareFact(_ name: Identifier, _ entity: Entity, _ resolver: ExpressionResolver) {
    if let known = resolver.scope.find(name.text), known.isFact {
      resolver.reportSecondFact(name, known)
    } else {
      resolver.declare(name, entity)
    }
  }

  private func declareFact(
    _ name: Identifier, _ term: Term, _ statement: Expression, _ resolver: ExpressionResolver,
    _ context: ModuleContext
  ) {
    let definition = OperatorDefinition(
      name: name, parameters: context.outer, instanceParameterCount: context.outer.count, body: term,
      isFact: true, span: term.span, module: resolver.moduleName)
    definition.parameterUses = context.outer.map { resolver.uses[$0] ?? 0 }
    definition.source = DefinitionSource(body: statement, scope: resolver.scope)
    resolver.checkLevels(of: definition)
    context.definitions.append(definition)
    declareFact(name, .definition(definition), resolver)
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

  /// The definitions of a standard module; nil if there is none with that name.
  private static func standardNames(of name: String) -> [(String, Entity)]? {
    guard let contents = StandardModules.modules[name] else { return nil }
    return contents.extends.flatMap { standardNames(of: $0) ?? [] }
      + contents.entries.map { ($0.name, .builtin($0.builtin, arity: $0.arity)) }
  }

  // MARK: Instances

  /// The names that an instance of a module declares where it stands: the module's exported names. Adds the definitions made for them to
  /// `definitions`. Nil if the module cannot be used, which is reported.
  func names(of substitution: Substitution, at scope: Scope, into definitions: inout [OperatorDefinition])
    -> [String: Entity]?
  {
    let name = substitution.instance.module
    let submodule = scope.findSubmodule(name.text)
    if submodule == nil, let entries = Self.standardNames(of: name.text) {
      return Dictionary(entries, uniquingKeysWith: { first, _ in first })
    }
    guard
      let parsed = submodule?.module
        ?? library.module(name, from: underWay.last?.origin ?? .specification),
      isAcyclic(parsed, name, "instantiates")
    else { return nil }
    let enclosing = submodule?.scope ?? Self.languageScope()
    let isPlain = submodule == nil && substitution.parameters.isEmpty && !declaresAnything(parsed)
    // A module that contains only definitions means the same wherever it is instantiated.
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

  /// What an unnamed instance declares for an entity of its module if the configuration gives the name another meaning. As in SANY, it is
  /// a definition of its own, and the instance's module keeps the original, unless the definition's module declares nothing. `made` are the
  /// definitions of the instance.
  private func copy(of entity: Entity, among made: [OperatorDefinition]) -> Entity {
    guard case .definition(let definition) = entity, made.contains(definition),
      let home = resolved.last(where: { $0.name == definition.module }), !home.declaresNothing
    else { return entity }
    return .definition(definition.copy())
  }

  /// Whether the module, or one that it extends, declares constants or variables.
  private func declaresAnything(_ parsed: ParsedModule) -> Bool {
    var seen: Set<String> = []
    return declaresAnything(parsed, &seen)
  }

  /// Examines each module once; `seen` are those already examined.
  private func declaresAnything(_ parsed: ParsedModule, _ seen: inout Set<String>) -> Bool {
    if parsed.tree.declaresAnything { return true }
    return parsed.tree.extends.contains { name in
      guard StandardModules.modules[name.text] == nil, seen.insert(name.text).inserted,
        let other = library.module(name, from: parsed.origin)
      else { return false }
      return declaresAnything(other, &seen)
    }
  }
}

extension Module {
  /// Whether it declares constants or variables itself.
  fileprivate var declaresAnything: Bool {
    units.contains { unit in
      switch unit {
      case .variables, .constants: true
      default: false
      }
    }
  }

  /// Whether it names a module of theorems with names that are not listed.
  fileprivate var usesOpenModule: Bool {
    let instantiated = units.compactMap { unit in
      if case .instance(let instance, _) = unit { instance.module.text } else { nil }
    }
    return (extends.map(\.text) + instantiated).contains { StandardModules.modules[$0]?.isOpen ?? false }
  }
}

extension Module.Unit {
  /// A description and the place, if the unit cannot stand between the declaration of a recursive operator and its definition.
  fileprivate var standsOutsideSections: (String, SourceSpan)? {
    switch self {
    case .variables(let names): names.first.map { ("a VARIABLE", $0.span) }
    case .constants(let parameters): parameters.first.map { ("a CONSTANT", $0.name.span) }
    case .submodule(let module): ("a MODULE", module.name.span)
    case .theorem(_, let statement, _, _): ("a THEOREM", statement.span)
    case .assumption(_, let condition, _, _): ("an ASSUME", condition.span)
    case .use(let facts): ("USE", facts.span)
    case .hide(let facts): ("HIDE", facts.span)
    case .recursive, .definition, .instance: nil
    }
  }
}

extension Expression {
  /// Whether it is `TRUE` or an unspecified value.
  fileprivate var saysNothing: Bool {
    switch kind {
    case .boolean(true), .choose: true
    default: false
    }
  }
}
