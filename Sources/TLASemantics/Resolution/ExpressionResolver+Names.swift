import TLASyntax

/// Resolves names and their applications, also through instances: `x`, `Op(a, b)`, `I(p)!Op(a)`.
extension ExpressionResolver {
  /// A suggestion takes a pass over all names. After this many errors there are no further suggestions.
  private static let maximumSuggestions = 50

  /// The entity that a path leads to, and the arguments of the instances on the way.
  struct Target {
    let entity: Entity
    let name: Identifier
    let instanceArguments: [Term]
    /// The arguments that the path gives to the entity.
    let arguments: [Expression]
  }

  func resolve(_ path: NamePath, _ span: SourceSpan) -> Term {
    let last = path.components[path.components.count - 1]
    if path.components.count == 1 {
      return apply(last.name.text, at: last.name.span, to: last.arguments, span)
    }
    guard let target = follow(path, span) else {
      if !toleratesUnknownNames { for argument in last.arguments { _ = resolve(argument) } }
      return placeholder(span)
    }
    return apply(target, to: target.arguments, span)
  }

  func apply(_ name: String, at nameSpan: SourceSpan, to arguments: [Expression], _ span: SourceSpan) -> Term
  {
    guard let entity = scope.lookUp(name) else {
      unknown(name, nameSpan, among: { scope.allNames })
      // An unknown operator may take operators as arguments.
      if !toleratesUnknownNames { for argument in arguments { _ = resolve(argument) } }
      return placeholder(span)
    }
    let target = Target(
      entity: entity, name: Identifier(name, nameSpan), instanceArguments: [], arguments: arguments)
    return apply(target, to: arguments, span)
  }

  /// Follows a path of instances; nil if it leads nowhere, which is reported. With `isOpen`, the instances on the way get their arguments
  /// later.
  func follow(_ path: NamePath, _ span: SourceSpan, isOpen: Bool = false) -> Target? {
    var given: [Term] = []
    var instance: ModuleInstance?
    for (place, component) in path.components.dropLast().enumerated() {
      guard let entity = find(component.name, in: instance) else { return nil }
      guard case .instance(let next) = entity else {
        return select(path.components[place...], of: entity, given, span)
      }
      instance = next
      if isOpen { continue }
      guard component.arguments.count == next.parameters.count else {
        error(
          "the instance \(component.name.text) takes \(count(next.parameters.count, "argument")), not"
            + " \(component.arguments.count)", span, code: .arguments)
        return nil
      }
      given += resolve(component.arguments, for: next.parameters[...])
    }
    let last = path.components[path.components.count - 1]
    return find(last.name, in: instance).map {
      Target(entity: $0, name: last.name, instanceArguments: given, arguments: last.arguments)
    }
  }

  /// The part of a definition that the selectors after its name lead to; nil if they lead nowhere, which is reported.
  private func select(
    _ path: ArraySlice<NamePath.Component>, of entity: Entity, _ given: [Term], _ span: SourceSpan
  ) -> Target? {
    guard let first = path.first else { return nil }
    if case .fact(let fact) = entity {
      // In a proof, the parts of an ASSUME with a PROVE need no check; elsewhere they would need values.
      if !isInTheorem {
        error("\(first.name.text) is \(fact.kind), whose parts have no values", span, code: .label)
      }
      return nil
    }
    guard case .definition(let definition) = entity, let source = definition.source else {
      error("\(first.name.text) has no parts that could be named", span, code: .label)
      return nil
    }
    var selection = Selection(parameters: source.parameters, arguments: first.arguments, part: source.body)
    for place in path.indices.dropFirst() {
      let before = selection
      if selection.follow(path[place]), selection.isWhole || place + 1 < path.endIndex { continue }
      let selector = path[place].name
      error(
        "there is no part `\(selector.text)` here in \(first.name.text)", selector.span, code: .label,
        hint: before.defines(selector.text)
          ? "a definition of a LET comes after a colon: `!:!\(selector.text)`" : nil)
      return nil
    }
    let part = self.definition(of: selection, in: definition, source, at: span)
    return Target(
      entity: .definition(part), name: first.name, instanceArguments: given, arguments: selection.arguments)
  }

  private func find(_ name: Identifier, in instance: ModuleInstance?) -> Entity? {
    if let entity = instance.map({ $0.names[name.text] }) ?? scope.lookUp(name.text) { return entity }
    unknown(name.text, name.span, among: { instance?.names.keys.sorted() ?? scope.allNames })
    return nil
  }

  private func unknown(_ name: String, _ span: SourceSpan, among known: () -> [String]) {
    if toleratesUnknownNames { return }
    var hint: String?
    if let module = StandardModules.module(defining: name) {
      hint = "\(name) is defined in \(module): add it to EXTENDS"
    } else if let meant = OperatorTable.hint(forUndefined: name) {
      hint = meant
    } else if name == "vars" {
      hint = "define it as the tuple of all variables: `vars == <<x, y>>`"
    } else if diagnostics.count < Self.maximumSuggestions, let close = closestName(to: name, in: known()) {
      hint = "did you mean \(close)?"
    }
    error("\(name) is not defined", span, code: .undefined, hint: hint)
  }

  private func resolve(_ arguments: [Expression], for parameters: ArraySlice<Binder>) -> [Term] {
    zip(parameters, arguments).map { parameter, argument in
      parameter.arity > 0 ? resolveOperator(argument, arity: parameter.arity) : resolve(argument)
    }
  }

  // MARK: Application

  private func apply(_ target: Target, to arguments: [Expression], _ span: SourceSpan) -> Term {
    let (entity, name) = (target.entity, target.name.text)
    if case .instance = entity {
      error(
        "\(name) is an instance of a module", span, code: .instance,
        hint: "name what it defines: `\(name)!Name`")
      return placeholder(span)
    }
    if case .fact(let fact) = entity {
      error(
        "\(name) is \(fact.kind), and an expression is expected", span, code: .proof,
        hint: "it can be named as a fact")
      return placeholder(span)
    }
    guard entity.arity == arguments.count else {
      error(
        "\(name) takes \(count(entity.arity, "argument")), not \(arguments.count)", span, code: .arguments,
        notes: entity.declaration.map { [Diagnostic.Note(message: "\(name) is declared here", span: $0)] }
          ?? [])
      return placeholder(span)
    }
    switch entity {
    case .constant(let constant):
      return arguments.isEmpty
        ? make(.constant(constant), span)
        : make(.applyReference(.constant(constant), arguments.map(resolve)), span)
    case .variable(let variable):
      return make(.variable(variable), span)
    case .substituted(let variable, let value):
      let actual = Target(entity: value, name: target.name, instanceArguments: [], arguments: [])
      return make(.substituted(variable, apply(actual, to: [], span)), span)
    case .local(let binder):
      mention(binder)
      return arguments.isEmpty
        ? make(.local(binder), span)
        : make(.applyReference(.parameter(binder), arguments.map(resolve)), span)
    case .builtin(let builtin, _):
      let operators = StandardModules.operatorParameters[builtin] ?? [:]
      let terms = arguments.enumerated().map { position, argument in
        operators[position].map { resolveOperator(argument, arity: $0) } ?? resolve(argument)
      }
      return make(.builtin(builtin, terms), span)
    case .definition(let definition):
      let own = resolve(arguments, for: definition.parameters.dropFirst(definition.instanceParameterCount))
      return make(.apply(definition, instanceArguments(of: definition, target, span) + own), span)
    case .instance, .fact:
      return placeholder(span)
    }
  }

  /// The arguments for the parameters of the instances that a definition belongs to. First come those of the instance that the current
  /// place belongs to, then those that the path gives. `open` of them are left out.
  private func instanceArguments(
    of definition: OperatorDefinition, _ target: Target, _ span: SourceSpan, open: Int = 0
  ) -> [Term] {
    let given = target.instanceArguments.suffix(definition.instanceParameterCount)
    let implied = definition.parameters.prefix(definition.instanceParameterCount - given.count - open)
    return implied.map { binder in
      mention(binder)
      return make(binder.arity > 0 ? .operatorReference(.parameter(binder)) : .local(binder), span)
    } + given
  }

  // MARK: Operators as arguments

  /// Resolves an argument that must be an operator: a name, an operator symbol, or a `LAMBDA`.
  func resolveOperator(_ expression: Expression, arity: Int) -> Term {
    let span = expression.span
    switch expression.kind {
    case .lambda(let names, let body):
      guard names.count == arity else {
        error(
          "an operator with \(count(arity, "parameter")) is expected here, not \(names.count)", span,
          code: .arguments)
        return placeholder(span)
      }
      let parameters = names.map { OperatorParameter(name: $0, arity: 0) }
      let lambda = inLoop {
        definition(Identifier("LAMBDA", span), parameters: parameters, body: body, of: nil)
      }
      return make(.operatorReference(.definition(lambda)), span)
    case .name(let path) where path.components.last?.arguments.isEmpty ?? false:
      if let symbol = languageOperator(path, span) { return symbol }
      let open = openParameters(of: path)
      guard let target = follow(path, span, isOpen: !open.isEmpty) else { return placeholder(span) }
      guard target.arguments.isEmpty else {
        error(
          "a part of \(target.name.text) that is passed as an operator takes all arguments itself", span,
          code: .arguments, hint: "name the part without arguments, or write a LAMBDA")
        return placeholder(span)
      }
      let entity = target.entity
      guard entity.arity + open.count == arity else {
        error(
          "an operator with \(count(arity, "parameter")) is expected here; \(target.name.text) has"
            + " \(entity.arity + open.count)", span, code: .arguments)
        return placeholder(span)
      }
      switch entity {
      case .definition(let definition):
        let arguments = instanceArguments(of: definition, target, span, open: open.count)
        let reference =
          arguments.isEmpty && open.isEmpty ? definition : partial(definition, arguments, span)
        return make(.operatorReference(.definition(reference)), span)
      case .builtin(let builtin, _): return make(.operatorReference(.builtin(builtin)), span)
      case .constant(let constant): return make(.operatorReference(.constant(constant)), span)
      case .local(let binder):
        mention(binder)
        return make(.operatorReference(.parameter(binder)), span)
      case .variable, .substituted, .instance, .fact: return placeholder(span)
      }
    default:
      error("an operator with \(count(arity, "parameter")) is expected here", span, code: .arguments)
      return placeholder(span)
    }
  }

  /// The parameters of the instances on a path that gives them no arguments. With `I(a) == INSTANCE M`, `I!Op` is an operator of `a` and of
  /// the parameters of `Op`. Empty if the path gives arguments.
  private func openParameters(of path: NamePath) -> [Binder] {
    var result: [Binder] = []
    var names: [String: Entity]?
    for component in path.components.dropLast() {
      let name = component.name.text
      guard component.arguments.isEmpty,
        case .instance(let next)? = names.map({ $0[name] }) ?? scope.lookUp(name)
      else { return [] }
      result += next.parameters
      names = next.names
    }
    return result
  }

  /// An operator of the language without a definition or a library entry: `/\` is `LAMBDA x, y : x /\ y`, `ENABLED` is
  /// `LAMBDA x : ENABLED x`.
  private func languageOperator(_ path: NamePath, _ span: SourceSpan) -> Term? {
    guard let name = path.components.first?.name, path.components.count == 1 else { return nil }
    let parameters = (0..<2).map { _ in Binder.anonymous(span) }
    let mentions = parameters.map { make(.local($0), span) }
    let body: Term
    switch name.text {
    case "/\\": body = make(.junction(.conjunction, mentions), span)
    case "\\/": body = make(.junction(.disjunction, mentions), span)
    case "'": body = make(.prime(mentions[0]), span)
    case "UNCHANGED": body = make(.unchanged(mentions[0]), span)
    case "ENABLED": body = make(.enabled(mentions[0], own: instanceVariables.all), span)
    default: return nil
    }
    let own = body.kind.children.count == 2 ? parameters : [parameters[0]]
    let result = OperatorDefinition(
      name: name, parameters: own, body: body, isLambda: true, span: span, module: moduleName)
    result.parameterUses = own.map { _ in 1 }
    checkLevels(of: result)
    return make(.operatorReference(.definition(result)), span)
  }

  /// `LAMBDA x : D(arguments, x)`
  private func partial(_ definition: OperatorDefinition, _ arguments: [Term], _ span: SourceSpan)
    -> OperatorDefinition
  {
    let own = definition.parameters.dropFirst(arguments.count)
    let parameters = own.map { Binder($0.name, isParameter: true) }
    let body = make(.apply(definition, arguments + parameters.map { make(.local($0), span) }), span)
    let result = OperatorDefinition(
      name: definition.name, parameters: parameters, body: body, isLambda: true, span: span,
      module: moduleName)
    result.parameterUses = parameters.map { _ in 1 }
    checkLevels(of: result)
    return result
  }

  // MARK: Instances

  /// The names that an instance declares here; nil if it declares none, which is reported. Adds the definitions that are made for it.
  /// `outer` are the parameters that each of them gets before its own.
  func instantiate(
    _ instance: Instance, outer: [Binder], into definitions: inout [OperatorDefinition]
  ) -> [String: Entity]? {
    guard let instances else {
      _ = unsupported("an INSTANCE in an expression by itself", instance.span)
      return nil
    }
    let substitution = Substitution(instance, parameters: outer, in: self)
    let names = instances.names(of: substitution, at: scope, into: &definitions)
    if names == nil { becomeIncomplete() }
    return names
  }

  /// The meaning, in the given scope, of an expression that is substituted for a declared name, and the definition made for it, if any.
  func entity(
    for value: Expression, as declared: OperatorParameter, behind outer: [Binder], in place: Scope
  ) -> (Entity, made: OperatorDefinition?) {
    let saved = scope
    scope = place
    defer { scope = saved }
    if declared.arity > 0 {
      let reference = resolveOperator(value, arity: declared.arity)
      switch reference.kind {
      case .operatorReference(.builtin(let builtin)): return (.builtin(builtin, arity: declared.arity), nil)
      case .operatorReference(.constant(let constant)): return (.constant(constant), nil)
      case .operatorReference(.parameter(let binder)): return (.local(binder), nil)
      case .operatorReference(.definition(let definition)) where definition.isLambda:
        return make(declared, outer, definition.parameters, definition.body, value.span)
      case .operatorReference(.definition(let definition)): return (.definition(definition), nil)
      default:
        let blanks = (0..<declared.arity).map { _ in Binder.anonymous(value.span) }
        return make(declared, outer, blanks, reference, value.span)
      }
    }
    let term = resolve(value)
    switch term.kind {
    case .variable(let variable): return (.variable(variable), nil)
    case .constant(let constant): return (.constant(constant), nil)
    case .local(let binder): return (.local(binder), nil)
    case .apply(let definition, let arguments) where arguments.isEmpty: return (.definition(definition), nil)
    default: return make(declared, outer, [], term, value.span)
    }
  }

  private func make(
    _ declared: OperatorParameter, _ outer: [Binder], _ parameters: [Binder], _ body: Term, _ span: SourceSpan
  ) -> (Entity, made: OperatorDefinition?) {
    let definition = OperatorDefinition(
      name: declared.name, parameters: outer + parameters, instanceParameterCount: outer.count, body: body,
      span: span, module: moduleName)
    definition.parameterUses = definition.parameters.map { uses[$0] ?? 0 }
    checkLevels(of: definition)
    return (.definition(definition), definition)
  }
}
