import TLASemantics
import TLASyntax

/// Compiles variables, constants, bound names, and operators that were passed as arguments.
extension Compiler {
  func variableCode(_ variable: VariableDeclaration, _ site: Site, _ environment: Environment) -> Code {
    var dependencies = Dependencies()
    if environment.isPrimed || environment.isInitial {
      let name = environment.isInitial ? variable.name.text : variable.name.text + "'"
      return primedVariable(variable.index, name, site)
    }
    dependencies.variables = VariableSet(variable.index)
    return Code(
      node: VariableNode(variable.index, name: variable.name.text, site), dependencies: dependencies)
  }

  /// A variable's value in the next state.
  func primedVariable(_ index: Int, _ name: String, _ site: Site) -> Code {
    var dependencies = Dependencies()
    dependencies.nextVariables = VariableSet(index)
    return Code(node: PrimedVariableNode(index, name: name, site), dependencies: dependencies)
  }

  func slotCode(_ slot: Int, _ site: Site) -> Code {
    Code(node: SlotNode(slot, site), dependencies: Dependencies(slots: [slot]))
  }

  func compileLocal(_ binder: Binder, _ site: Site, _ environment: Environment) throws -> Code {
    switch environment.bindings[binder] {
    case .value(let value): return constant(value, site)
    case .slot(let slot): return slotCode(slot, site)
    case .recursiveParameter(let slot, let failed):
      return Code(node: RecursiveParameterNode(slot, failed, site), dependencies: Dependencies(slots: [slot]))
    case .expression(let named): return try use(named, environment)
    case .code(let code): return code
    case .recursiveFunction(let function):
      let node = RecursiveFunctionNode(
        function.code, domain: function.domain.node, isNeverMade: true, site)
      return Code(node: node, dependencies: function.domain.dependencies.asEffect)
    case .operatorReference, nil:
      throw site.failure("\(binder.name.text) has no value here")
    }
  }

  /// A use of a named expression: its remembered code, or a separate compilation in a scope with other primes.
  func use(_ named: NamedExpression, _ environment: Environment) throws -> Code {
    if let code = named.code, environment.isPrimed == named.environment.isPrimed,
      environment.ownVariables === named.environment.ownVariables
    {
      guard let slot = named.slot else { return code }
      var dependencies = code.dependencies
      dependencies.lazySlots.insert(slot)
      return Code(node: LazyNode(slot: slot, definition: code.node), dependencies: dependencies)
    }
    return try compile(named.term, named.environment.used(at: environment))
  }

  func compileConstant(_ declaration: ConstantDeclaration, _ site: Site, _ environment: Environment)
    throws -> Code
  {
    if let known = constantValues[declaration] { return constant(known, site) }
    switch specification.meaning(of: declaration) {
    case .value(let value):
      let known = try value.inStore(store)
      constantValues[declaration] = known
      return constant(known, site)
    case .definition(let definition):
      return try evaluatedAnew(specification.replacement(of: definition), site, environment)
        ?? compileApplication(of: definition, to: [], site, environment)
    case .builtin(let builtin):
      return try compileBuiltin(builtin, [], site, environment)
    case .points, nil:
      throw site.failure("the constant \(declaration.name.text) has no value")
    }
  }

  func compileReference(
    _ reference: OperatorReference, to arguments: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code {
    switch origin(of: reference, environment) {
    case .definition(let definition, let home):
      return try expand(definition, in: home, arguments, from: environment, site)
    case .builtin(let builtin):
      return try compileBuiltin(builtin, arguments, site, environment)
    case .points(let points):
      return try compilePoints(points, arguments, site, environment)
    case nil:
      throw site.failure("\(reference.name) is not an operator here")
    }
  }

  private func compilePoints(
    _ points: [(arguments: [Configuration.Constant], value: Configuration.Constant)],
    _ arguments: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code {
    var pairs: [(Value, Value)] = []
    for point in points {
      let words = try point.arguments.map { try $0.inStore(store) }
      let start = store.scratchTop
      for word in words { try store.push(word) }
      pairs.append((try store.popTuple(from: start), try point.value.inStore(store)))
    }
    let table = constant(try store.function(pairs), site)
    let tuple = try finish(arguments.map { try compile($0, environment) }) {
      CollectionNode($0, isSet: false, site)
    }
    return try finish([table, tuple]) { ApplicationNode($0[0], $0[1], site) }
  }
}

extension OperatorReference {
  /// The name that mentions use.
  fileprivate var name: String {
    switch self {
    case .definition(let definition): definition.name.text
    case .builtin(let builtin): builtin.tlaName
    case .parameter(let binder): binder.name.text
    case .constant(let declaration): declaration.name.text
    }
  }
}
