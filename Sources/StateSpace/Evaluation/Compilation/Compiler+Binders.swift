import TLASemantics
import TLASyntax

/// Compiles junctions, and all expressions that bind names to the elements of a set.
extension Compiler {
  func compileJunction(
    _ kind: Expression.Junction, _ items: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code {
    let isConjunction = kind == .conjunction
    let neutral: Value = isConjunction ? .yes : .no
    var codes: [Code] = []
    for item in items {
      let code = try compile(item, environment)
      if code.node.constant == neutral { continue }
      codes.append(code)
      // Once an item decides, the items after it are never evaluated.
      if let known = code.node.constant, known.isBoolean { break }
    }
    if codes.isEmpty { return constant(neutral, site) }
    if codes.count == 1, codes[0].node.constant?.isBoolean == true { return codes[0] }
    return try finish(codes) { isConjunction ? ConjunctionNode($0, site) : DisjunctionNode($0, site) }
  }

  /// Gives a bound's names slots in `environment`.
  func bind(_ bound: TermBound, in environment: inout Environment) throws -> ElementBinding {
    var slots: [Int] = []
    for binder in bound.binders {
      let slot = try newSlot(binder.name.span)
      slots.append(slot)
      environment.bindings[binder] = .slot(slot)
    }
    return ElementBinding(names: bound.binders.map(\.name.text), slots: slots, isTuple: bound.isTuple)
  }

  /// The elements of a small set that is the same in every state; nil for other sets.
  func constantElements(_ code: Code, atMost limit: Int) -> [Value]? {
    guard let value = code.node.constant, let size = try? store.cardinality(value), size <= limit,
      let set = try? store.inTLCOrder(value), set.tag == Value.Tag.set, (try? store.checkOrdered(set)) != nil
    else { return nil }
    return store.elements(set)
  }

  func compileQuantifier(
    _ quantifier: Expression.Quantifier, _ bounds: ArraySlice<TermBound>, _ body: Term, _ site: Site,
    _ environment: Environment
  ) throws -> Code {
    guard let bound = bounds.first else { return try compile(body, environment) }
    let isForAll = quantifier == .forAll
    let set = try compile(bound.set, environment)
    if !bound.isTuple, let values = constantElements(set, atMost: Self.unrollLimit) {
      let codes = try values.map { value in
        var inner = environment
        inner.bindings[bound.binders[0]] = .value(value)
        return try compileQuantifier(quantifier, bounds.dropFirst(), body, site, inner)
      }
      return try finish(codes) {
        UnrolledQuantifierNode(
          isForAll: isForAll, name: bound.binders[0].name.text, values: values, bodies: $0, site)
      }
    }
    var inner = environment
    let binding = try bind(bound, in: &inner)
    let rest = try compileQuantifier(quantifier, bounds.dropFirst(), body, site, inner)
    var dependencies = rest.dependencies.removing(slots: binding.slots)
    dependencies.formUnion(set.dependencies)
    return try finish(QuantifierNode(isForAll: isForAll, binding, set.node, rest.node, site), dependencies)
  }

  /// Compiles `CHOOSE` and set filters: one bound and a predicate.
  func compileSelection(
    _ bound: TermBound, _ predicate: Term, _ site: Site, _ environment: Environment,
    _ make: (ElementBinding, Node, Node) -> Node
  ) throws -> Code {
    let set = try compile(bound.set, environment)
    var inner = environment
    let binding = try bind(bound, in: &inner)
    let body = try compile(predicate, inner)
    var dependencies = body.dependencies.removing(slots: binding.slots)
    dependencies.formUnion(set.dependencies)
    return try finish(make(binding, set.node, body.node), dependencies)
  }

  /// Compiles a body under several bounds whose sets do not depend on one another.
  func compileLoop(
    _ bounds: [TermBound], _ body: Term, _ site: Site, _ environment: Environment,
    _ make: ([ElementBinding], [Node], Node) -> Node
  ) throws -> Code {
    let sets = try bounds.map { try compile($0.set, environment) }
    var inner = environment
    let bindings = try bounds.map { try bind($0, in: &inner) }
    let code = try compile(body, inner)
    var dependencies = code.dependencies.removing(slots: bindings.flatMap(\.slots))
    for set in sets { dependencies.formUnion(set.dependencies) }
    return try finish(make(bindings, sets.map(\.node), code.node), dependencies)
  }

  // MARK: Functions

  func compileFunctionLiteral(
    _ bounds: [TermBound], _ body: Term, _ site: Site, _ environment: Environment
  ) throws -> Code {
    if bounds.count == 1, !bounds[0].isTuple {
      let set = try compile(bounds[0].set, environment)
      if let values = constantElements(set, atMost: Self.unrollLimit) {
        let codes = try values.map { value in
          var inner = environment
          inner.bindings[bounds[0].binders[0]] = .value(value)
          return try compile(body, inner)
        }
        let domain = try store.set(of: values)
        return try finish(codes) { TabulatedFunctionNode(domain: domain, values: $0, site) }
      }
    }
    return try compileLoop(bounds, body, site, environment) { bindings, sets, body in
      let isInfinite = sets.contains { set in set.constant.map { store.finiteness(of: $0) != true } ?? false }
      return FunctionLiteralNode(bindings, sets, body, isInfinite: isInfinite, site)
    }
  }

  func compileFunctionApplication(
    _ function: Term, _ argument: Term, _ site: Site, _ environment: Environment
  ) throws -> Code {
    let argumentCode = try compile(argument, environment)
    if case .local(let binder) = function.kind,
      case .recursiveFunction(let scope) = environment.bindings[binder]
    {
      let node = RecursiveApplicationNode(scope.code, domain: scope.domain.node, argumentCode.node, site)
      var dependencies = argumentCode.dependencies
      dependencies.formUnion(scope.domain.dependencies)
      return Code(node: node, dependencies: dependencies.asEffect)
    }
    if let (definition, home) = appliedDefinition(function, environment) {
      switch definition.kind {
      case .recursiveFunction(let itself, let bounds, let body):
        let recursive = try compileRecursiveFunction(itself, bounds, body, site, home)
        // A function over a small constant set is built once and looked up. Any other function is evaluated for the argument.
        if recursive.dependencies.isConstant, let values = constantElements(recursive.domain, atMost: 4096) {
          let table = try finish(
            RecursiveFunctionNode(
              recursive.code, domain: ConstantNode(try store.set(of: values), site), site),
            recursive.dependencies)
          if table.node.constant != nil {
            return try finish([table, argumentCode]) { ApplicationNode($0[0], $0[1], site) }
          }
        }
        var dependencies = recursive.dependencies
        dependencies.formUnion(argumentCode.dependencies)
        return try finish(
          RecursiveApplicationNode(recursive.code, domain: recursive.domain.node, argumentCode.node, site),
          dependencies)
      case .functionLiteral:
        let code = try compile(definition, home)
        if let literal = code.node as? FunctionLiteralNode {
          var dependencies = code.dependencies
          dependencies.formUnion(argumentCode.dependencies)
          return try finish(LiteralApplicationNode(literal, argumentCode.node, site), dependencies)
        }
        if let unrolled = code.node as? TabulatedFunctionNode {
          var dependencies = code.dependencies
          dependencies.formUnion(argumentCode.dependencies)
          return try finish(LiteralApplicationNode(unrolled, argumentCode.node, site), dependencies)
        }
        return try finish([code, argumentCode]) { ApplicationNode($0[0], $0[1], site) }
      default:
        break
      }
    }

    let code = try compile(function, environment)
    if code.node.isLazyFunction, code.node.constant == nil {
      return try finish([code, argumentCode]) { LazyApplicationNode($0[0], $0[1], site) }
    }
    return try finish([code, argumentCode]) {
      let application = ApplicationNode($0[0], $0[1], site)
      guard let variable = $0[0] as? VariableNode, let constant = $0[1].constant else { return application }
      return VariableElementNode(variable.index, at: constant, general: application)
    }
  }

  /// The literal or recursive function that is applied, with its scope, also through a definition; nil for other functions.
  private func appliedDefinition(_ function: Term, _ environment: Environment) -> (Term, Environment)? {
    switch function.kind {
    case .functionLiteral, .recursiveFunction:
      return (function, environment)
    case .apply(let definition, let arguments) where arguments.isEmpty:
      let actual = specification.replacement(of: definition)
      guard case .recursiveFunction = actual.body.kind else { return nil }
      return (actual.body, scope(of: actual, environment))
    default:
      return nil
    }
  }
}
