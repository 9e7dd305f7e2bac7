import TLASemantics
import TLASyntax

/// Applications of operators: expanded where they stand, or, when recursive, compiled once per place of use.
extension Compiler {
  /// The scope of a definition's body: that of its `LET`, the place of a `LAMBDA`, or none.
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
    if let known = randomConstants[actual] { return constant(known, site) }
    let code = try expand(actual, in: scope(of: actual, environment), arguments, from: environment, site)
    if arguments.isEmpty, code.dependencies.isRandom, environment.definitions?[actual] == nil,
      code.dependencies.slots.isEmpty, !code.dependencies.state, !code.dependencies.next
    {
      // TLC evaluates constant definitions once: what was drawn stays.
      let drawn = try code.node.evaluate(machine)
      randomConstants[actual] = drawn
      return constant(drawn, site)
    }
    return arguments.isEmpty && environment.definitions?[actual] == nil ? remembered(code) : code
  }

  /// A module's set or function of the state, which is the same at every mention in one state.
  private func remembered(_ code: Code) -> Code {
    let dependencies = code.dependencies
    guard dependencies.state, !dependencies.next, !dependencies.isEffect, !dependencies.isRandom,
      dependencies.slots.isEmpty, !code.node.isInfiniteFunction,
      code.node is FunctionLiteralNode || code.node is FilterNode || code.node is SetMapNode
    else { return code }
    return Code(node: StateCacheNode(code.node), dependencies: dependencies)
  }

  /// Compiles a definition's body in its scope, with arguments of the caller's scope.
  func expand(
    _ definition: OperatorDefinition, in home: Environment, _ arguments: [Term], from caller: Environment,
    _ site: Site
  ) throws -> Code {
    if definition.isRecursive { return try callRecursively(definition, home, arguments, from: caller, site) }
    let start = slotCount
    let (inner, slots) = try bind(definition, arguments, in: home, from: caller, site)
    return scoped(slots, since: start, try compile(definition.body, inner))
  }

  /// The scope of a body with its parameters bound; gives the lazy slots that it uses.
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
        inner.bindings[parameter] = resolve(reference, caller)
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

  /// An operator as an argument: one that was itself passed in is followed to its origin.
  func resolve(_ reference: OperatorReference, _ environment: Environment) -> Binding {
    if case .parameter(let binder) = reference, let known = environment.bindings[binder] { return known }
    return .operatorReference(reference, environment)
  }

  /// Decides how an expression that gets a name is evaluated: once and remembered, or at each use.
  func name(_ term: Term, in environment: Environment, uses: Int) throws -> NamedExpression {
    if uses == 0 {
      return NamedExpression(term: term, environment: environment, slot: nil, code: nil)
    }
    let code: Code
    do { code = try compile(term, environment) } catch let error as EvaluationFailure {
      // It has no value; that is an error only where it is used.
      return NamedExpression(
        term: term, environment: environment, slot: nil,
        code: Code(
          node: FailingNode(error.message, environment.site(term.span)),
          dependencies: Dependencies(isEffect: true)))
    }
    let isCheap =
      code.node is SlotNode || code.node is VariableNode || code.node is LazyNode || code.node.constant != nil
    // What reads the next state may change between two uses: it cannot be remembered.
    let isRemembered =
      uses > 1 && !isCheap && !code.dependencies.next && !environment.isInitial
      && !code.node.isInfiniteFunction
    return NamedExpression(
      term: term, environment: environment, slot: isRemembered ? try newSlot(term.span) : nil, code: code)
  }

  /// Binds the definitions of a `LET` and compiles its body, which gets the scope and the lazy slots.
  func declaring<Result>(
    _ definitions: [OperatorDefinition], in environment: Environment,
    _ body: (Environment, _ slots: [Int]) throws -> Result
  ) throws -> Result {
    let scope = LetScope(in: environment.definitions)
    defer { scope.close() }
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
    let values = arguments.filter { if case .operatorReference = $0.kind { false } else { true } }
    let codes = try values.map { try compile($0, caller) }
    if let code = caller.recursions[definition] {
      var call = try finish(codes.map { Code(node: $0.node, dependencies: $0.dependencies.asEffect) }) {
        RecursiveCallNode(code, $0, site)
      }
      call = Code(node: call.node, dependencies: call.dependencies.asEffect)
      return call
    }
    let code = RecursiveCode(name: definition.name.text)
    var inner = home
    inner.call = CallSite(name: definition.name.text, span: site.span, caller: caller.call)
    inner.recursions[definition] = code
    let first = slotCount
    for (parameter, argument) in zip(definition.parameters, arguments) {
      if case .operatorReference(let reference) = argument.kind {
        inner.bindings[parameter] = resolve(reference, caller)
      } else {
        let slot = try newSlot(site.span)
        code.parameterSlots.append(slot)
        inner.bindings[parameter] = .recursiveParameter(slot, code)
      }
    }
    let body = try compile(definition.body, inner)
    code.slots = first..<slotCount
    code.body = body.node
    var dependencies = body.dependencies.removing(slots: code.slots)
    // The recursive calls inside are compiled now; what remains is an effect only if this call is inside another recursion.
    dependencies.isEffect = !caller.recursions.isEmpty
    for code in codes { dependencies.formUnion(code.dependencies) }
    return try finish(RecursiveCallNode(code, codes.map(\.node), site), dependencies)
  }

  struct RecursiveFunction {
    let code: RecursiveCode
    let domain: Code
    let dependencies: Dependencies
  }

  func compileRecursiveFunction(
    _ itself: Binder, _ bounds: [TermBound], _ body: Term, _ site: Site, _ environment: Environment
  ) throws -> RecursiveFunction {
    let domain =
      bounds.count == 1
      ? try compile(bounds[0].set, environment)
      : try finish(bounds.map { try compile($0.set, environment) }) { SymbolicSetNode(.product, $0, site) }
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

/// Guards the compiler's own stack against definitions that expand without end.
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
