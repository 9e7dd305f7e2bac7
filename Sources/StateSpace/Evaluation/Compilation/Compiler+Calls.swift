import TLASemantics
import TLASyntax

/// Compiles applications of operators. They are expanded where they stand; recursive ones are compiled once per place of use.
extension Compiler {
  /// The scope of a definition's body: that of its `LET`, the current one for a `LAMBDA`, or an empty one.
  func scope(of definition: OperatorDefinition, _ environment: Environment) -> Environment {
    if definition.isLambda { return environment }
    var inner = environment.definitions?[definition]?.environment ?? Environment()
    inner.recursions = environment.recursions
    inner.actionRecursions = environment.actionRecursions
    inner.isPrimed = inner.isPrimed || environment.isPrimed
    inner.isInitial = environment.isInitial
    inner.assignedBefore = environment.assignedBefore
    inner.ownVariables = environment.ownVariables
    inner.call = environment.call
    return inner
  }

  func compileApplication(
    of definition: OperatorDefinition, to arguments: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code {
    let actual = specification.replacement(of: definition)
    if arguments.isEmpty, let named = environment.definitions?[actual]?.named {
      return try use(named, environment)
    }
    if actual !== definition, let code = try evaluatedAnew(actual, site, environment) { return code }
    if isConstantDefinition(actual), environment.definitions?[actual] == nil,
      !constantsUnderWay.contains(actual)
    {
      return try constantDefinition(actual, site, environment)
    }
    let code = try expand(actual, in: scope(of: actual, environment), arguments, from: environment, site)
    return arguments.isEmpty && environment.definitions?[actual] == nil ? remembered(code) : code
  }

  /// Whether a definition outside any `LET` has one constant value. A recursive function has none, because it is applied without being
  /// built.
  private func isConstantDefinition(_ definition: OperatorDefinition) -> Bool {
    definition.parameters.isEmpty && definition.level == .constant && !definition.isRecursive
      && !definition.isLambda && !definition.body.kind.isFunctionDefinition
  }

  /// Compiles a mention of a constant definition. As in TLC, the definition is compiled at its first mention and evaluated once.
  private func constantDefinition(
    _ definition: OperatorDefinition, _ site: Site, _ environment: Environment
  ) throws -> Code {
    if let known = constantDefinitions[definition] {
      return known.node.constant.map { constant($0, site) } ?? known
    }
    // A constant definition may mention itself through a recursive operator. Inside itself it is compiled like any other definition.
    constantsUnderWay.insert(definition)
    defer { constantsUnderWay.remove(definition) }
    var home = Environment()
    home.call = environment.call
    var code = try expand(definition, in: home, [], from: home, site)
    let dependencies = code.dependencies
    if dependencies.isRandom, !dependencies.isVolatile {
      // Random values must stay the same for every engine, so they are drawn here and not when they are needed.
      code = constant(try code.node.evaluate(machine), site)
    } else if dependencies.isEffect, !dependencies.isVolatile, specification.isEvaluatedOnce(definition) {
      // What mentions it has no effect of its own: it may be evaluated once, too.
      var once = dependencies
      (once.isEffect, once.isCostly) = (false, true)
      code = Code(node: OnceNode(code.node), dependencies: once)
    }
    constantDefinitions[definition] = code
    keepSlots()
    return code
  }

  /// The code of a constant definition that replaces something else and draws random values or has effects; nil for any other one. TLC
  /// evaluates a replacement at each mention.
  func evaluatedAnew(
    _ definition: OperatorDefinition, _ site: Site, _ environment: Environment
  ) throws -> Code? {
    guard isConstantDefinition(definition), environment.definitions?[definition] == nil,
      definitionsEvaluatedAnew[definition] != false
    else { return nil }
    var home = Environment()
    home.call = environment.call
    let code = try expand(definition, in: home, [], from: home, site)
    let isAnew = code.dependencies.isRandom || code.dependencies.isEffect
    definitionsEvaluatedAnew[definition] = isAnew
    return isAnew ? code : nil
  }

  /// Wraps a module's set or function of the state in a cache, because it is the same at every mention in one state.
  private func remembered(_ code: Code) -> Code {
    let dependencies = code.dependencies
    guard dependencies.state, !dependencies.next, !dependencies.isEffect, !dependencies.isRandom,
      dependencies.slots.isEmpty, !code.node.isInfiniteFunction,
      code.node is FunctionLiteralNode || code.node is FilterNode || code.node is SetMapNode
    else { return code }
    return Code(node: StateCacheNode(code.node), dependencies: dependencies)
  }

  /// Compiles a definition's body in its scope, with arguments from the caller's scope.
  func expand(
    _ definition: OperatorDefinition, in home: Environment, _ arguments: [Term], from caller: Environment,
    _ site: Site
  ) throws -> Code {
    if definition.isRecursive { return try callRecursively(definition, home, arguments, from: caller, site) }
    let start = slotCount
    let (inner, slots) = try bind(definition, arguments, in: home, from: caller, site)
    return scoped(slots, since: start, try compile(definition.body, inner))
  }

  /// The scope of a body with its parameters bound, and the lazy slots that it uses.
  func bind(
    _ definition: OperatorDefinition, _ arguments: [Term], in home: Environment, from caller: Environment,
    _ site: Site
  ) throws -> (Environment, slots: [Int]) {
    var inner = home
    inner.call = CallSite(name: definition.name.text, span: site.span, caller: caller.call)
    guard CallDepth.isReasonable(inner.call) else {
      throw site.failure("the definitions are nested too deeply", .resource)
    }
    var slots: [Int] = []
    for (index, (parameter, argument)) in zip(definition.parameters, arguments).enumerated() {
      if case .operatorReference(let reference) = argument.kind {
        inner.bindings[parameter] = .operatorReference(resolve(reference, caller))
        continue
      }
      let named = try name(argument, in: caller, uses: definition.parameterUses[safe: index] ?? 2)
      if let value = named.code?.node.constant {
        inner.bindings[parameter] = .value(value)
      } else {
        inner.bindings[parameter] = .expression(named)
        if let slot = named.slot { slots.append(slot) }
      }
    }
    return (inner, slots)
  }

  /// An operator as an argument. If it is itself a parameter, the operator that was passed for it is passed on.
  func resolve(_ reference: OperatorReference, _ environment: Environment) -> PassedOperator {
    if case .parameter(let binder) = reference,
      case .operatorReference(let known)? = environment.bindings[binder]
    {
      return known
    }
    return PassedOperator(reference, environment)
  }

  /// Decides how a named expression is evaluated: once and then remembered, or at each use.
  func name(_ term: Term, in environment: Environment, uses: Int) throws -> NamedExpression {
    if uses == 0 {
      return NamedExpression(term: term, environment: environment, slot: nil, code: nil)
    }
    let code: Code
    do { code = try compile(term, environment) } catch let error as EvaluationFailure {
      // It has no value. That is an error only where it is used.
      return NamedExpression(
        term: term, environment: environment, slot: nil,
        code: Code(
          node: FailingNode(error.message, environment.site(term.span)),
          dependencies: Dependencies(isEffect: true)))
    }
    let isCheap =
      code.node is SlotNode || code.node is VariableNode || code.node is LazyNode || code.node.constant != nil
    // An expression that reads the next state may change between two uses, so it cannot be remembered.
    let isRemembered =
      uses > 1 && !isCheap && !code.dependencies.next && !environment.isInitial
      && !code.node.isInfiniteFunction
    return NamedExpression(
      term: term, environment: environment, slot: isRemembered ? try newSlot(term.span) : nil, code: code)
  }

  /// Binds the definitions of a `LET` and compiles its body with `body`, which gets the scope and the lazy slots.
  func declaring<Result>(
    _ definitions: [OperatorDefinition], in environment: Environment,
    _ body: (Environment, _ slots: [Int]) throws -> Result
  ) throws -> Result {
    let scope = LetScope(in: environment.definitions)
    let waiting = waitingBodies
    // Bodies that wait to be compiled may mention the definitions.
    defer { if waitingBodies == waiting { scope.close() } }
    var inner = environment
    inner.definitions = scope
    var slots: [Int] = []
    for definition in definitions {
      var named: NamedExpression?
      if definition.parameters.isEmpty, !definition.isRecursive, !definition.body.kind.isFunctionDefinition,
        definition.level <= .action
      {
        let candidate = try name(definition.body, in: inner, uses: 2)
        // An action is expanded at each use: as a value it could assign nothing.
        if candidate.code?.dependencies.next != true {
          named = candidate
          if let slot = candidate.slot { slots.append(slot) }
        }
      }
      scope[definition] = LetDefinition(named: named, environment: inner)
    }
    return try body(inner, slots)
  }

  // MARK: Recursion

  private func callRecursively(
    _ definition: OperatorDefinition, _ home: Environment, _ arguments: [Term], from caller: Environment,
    _ site: Site
  ) throws -> Code {
    var codes: [Code] = []
    let fixed = try arguments.map { argument -> FixedArgument? in
      if case .operatorReference(let reference) = argument.kind { return .passed(resolve(reference, caller)) }
      let code = try compile(argument, caller)
      if code.node.isInfiniteFunction { return .function(code) }
      codes.append(code)
      return nil
    }
    let underWay = caller.recursions[definition] ?? []
    if let code = underWay.first(where: { $0.fits(fixed, isPrimed: caller.isPrimed) }) {
      let call = try finish(codes.map { Code(node: $0.node, dependencies: $0.dependencies.asEffect) }) {
        RecursiveCallNode(code, $0, site)
      }
      return Code(node: call.node, dependencies: call.dependencies.asEffect)
    }
    let code = RecursiveCode(
      name: definition.name.text, excess: definition.recursionMessage, fixed: fixed,
      isPrimed: caller.isPrimed)
    var inner = home
    inner.call = CallSite(name: definition.name.text, span: site.span, caller: caller.call)
    inner.recursions[definition, default: []].append(code)
    if !underWay.isEmpty {
      // The operator arguments of the call differ from those of the enclosing call. The body may make further such calls, so it is
      // compiled when it is called.
      code.compileBody = { [unowned self, unowned code] in
        _ = try self.compileBody(of: code, definition, inner, site)
        self.keepSlots()
      }
      waitingBodies += 1
      let level = ([definition] + arguments.compactMap(\.passedDefinition)).map(\.level).max() ?? .constant
      var dependencies = caller.everything.asEffect
      if caller.isPrimed || caller.isInitial || level > .state { dependencies.nextVariables = .all }
      for code in codes { dependencies.formUnion(code.dependencies) }
      return try finish(RecursiveCallNode(code, codes.map(\.node), site), dependencies)
    }
    var dependencies = try compileBody(of: code, definition, inner, site)
    // The recursive calls inside are compiled at this point. It remains an effect only if this call is inside another recursion.
    dependencies.isEffect = !caller.recursions.isEmpty
    for code in codes { dependencies.formUnion(code.dependencies) }
    return try finish(RecursiveCallNode(code, codes.map(\.node), site), dependencies)
  }

  /// Compiles the body of a recursive operator for the fixed arguments of `code`. Returns the body's dependencies.
  private func compileBody(
    of code: RecursiveCode, _ definition: OperatorDefinition, _ home: Environment, _ site: Site
  ) throws -> Dependencies {
    var inner = home
    let first = slotCount
    code.parameterSlots = []
    for (index, parameter) in definition.parameters.enumerated() {
      if let fixed = code.fixed[index] {
        inner.bindings[parameter] = fixed.binding
      } else {
        let slot = try newSlot(site.span)
        code.parameterSlots.append(slot)
        inner.bindings[parameter] = .recursiveParameter(slot, code.failedArgument)
      }
    }
    let body = try compile(definition.body, inner)
    code.slots = first..<slotCount
    code.body = body.node
    return body.dependencies.removing(slots: code.slots)
  }

  struct RecursiveFunction {
    let code: RecursiveCode
    let domain: Code
    let dependencies: Dependencies
  }

  func compileDomain(_ bounds: [TermBound], _ site: Site, _ environment: Environment) throws -> Code {
    if bounds.count == 1 { return try compile(bounds[0].set, environment) }
    return try finish(bounds.map { try compile($0.set, environment) }) { SymbolicSetNode(.product, $0, site) }
  }

  func compileRecursiveFunction(
    _ itself: Binder, _ bounds: [TermBound], _ body: Term, _ site: Site, _ environment: Environment
  ) throws -> RecursiveFunction {
    let domain = try compileDomain(bounds, site, environment)
    let code = RecursiveCode(name: itself.name.text)
    var inner = environment
    let first = slotCount
    for binder in bounds.flatMap(\.binders) {
      let slot = try newSlot(site.span)
      code.parameterSlots.append(slot)
      inner.bindings[binder] = .slot(slot)
    }
    inner.bindings[itself] = .recursiveFunction(RecursiveFunctionScope(code: code, domain: domain))
    let compiled = try compile(body, inner)
    code.slots = first..<slotCount
    code.body = compiled.node
    var dependencies = compiled.dependencies.removing(slots: code.slots)
    dependencies.isEffect = !environment.recursions.isEmpty || environment.isInsideRecursiveFunction
    dependencies.formUnion(domain.dependencies)
    return RecursiveFunction(code: code, domain: domain, dependencies: dependencies)
  }
}

extension Term {
  /// The definition that is passed here as an argument; nil for anything else.
  fileprivate var passedDefinition: OperatorDefinition? {
    if case .operatorReference(.definition(let definition)) = kind { definition } else { nil }
  }
}

/// Protects the compiler's own stack from definitions that expand without end.
enum CallDepth {
  static func isReasonable(_ call: CallSite?) -> Bool {
    var depth = 0
    var current = call
    while let site = current {
      depth += 1
      current = site.caller
    }
    return depth < 500
  }
}
