import TLASemantics
import TLASyntax

/// Compiles the operators of the language and of its standard modules.
extension Compiler {
  func compileBuiltin(
    _ builtin: Builtin, _ arguments: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code {
    if let definition = specification.replacement(of: builtin) {
      return try compileApplication(of: definition, to: arguments, site, environment)
    }
    if let code = try compileLibrary(builtin, arguments, site, environment) { return code }
    switch builtin {
    case .naturals: return constant(try store.symbolic(.naturals), site)
    case .integers: return constant(try store.symbolic(.integers), site)
    case .strings: return constant(try store.symbolic(.strings), site)
    case .booleans: return constant(try store.set(of: [.no, .yes]), site)
    case .implies: return try compileImplication(arguments, site, environment)
    case .member, .notMember: return try compileMembership(builtin, arguments, site, environment)
    case .unionAll:
      // `UNION {A, B}` is `A \cup B`, which may be infinite.
      if case .setEnumeration(let sets) = arguments[0].kind, !sets.isEmpty {
        let start = constant(store.emptySet, site)
        return try sets.reduce(start) { union, set in
          try finish([union, compile(set, environment)]) { try operatorNode(.union, $0, site) }
        }
      }
    case .subsetOrEqual:
      if let code = try compileInclusion(arguments, site, environment) { return code }
    case .intersection, .difference:
      if let code = try compileSeparation(builtin, arguments, site, environment) { return code }
    case .selectSequence: return try compileSelectSequence(arguments, site, environment)
    case .sortSequence: return try compileSortSequence(arguments, site, environment)
    case .always, .eventually, .leadsTo, .plusArrow:
      throw unsupported("a temporal formula as a value", site.span)
    case .compose: return try compileCompositionTest(arguments, site, environment)
    case _ where builtin.isInJavaOnly:
      throw unsupported(builtin.tlaName, site.span)
    case .reals, .divideReals, .infinity:
      return Code(
        node: FailingNode(
          "\(site.span.oneLineText) cannot be evaluated: there are no real numbers here", site),
        dependencies: Dependencies(isEffect: true))
    case .pickSuccessor, .defer: return constant(.yes, site)
    case .cache: return try compile(arguments[0], environment)
    case .tlcGet, .tlcGetOrDefault, .tlcSet, .tlcGetAndSet:
      return try compileRegister(builtin, arguments, site, environment)
    case .ioExec, .ioEnvExec, .ioExecTemplate, .ioEnvExecTemplate, .serialize, .deserialize, .csvWrite,
      .csvWriteRecord, .csvRead, .csvRecords, .ioEnv:
      hasOrderedEffects = true
      return try effect(arguments, environment) { HostNode(builtin, $0, site) }
    case .assertError, .toJSON, .toJSONArray, .toJSONObject, .jsonSerialize, .jsonDeserialize,
      .ndJSONSerialize, .ndJSONDeserialize,
      .tlcModelValue:
      return try effect(arguments, environment) { nodes in
        switch builtin {
        case .assertError: AssertErrorNode(nodes[1], site)
        case .tlcModelValue: UnaryNode(builtin, nodes[0], site)
        default: JSONNode(builtin, nodes, site)
        }
      }
    case .randomElement, .randomSubset, .randomSetOfSubsets, .testRandomSetOfSubsets:
      dependsOnRun = true
      var codes = try arguments.map { try compile($0, environment) }
      codes[0] = Code(node: codes[0].node, dependencies: codes[0].dependencies.asRandom)
      return try finish(codes) { RandomNode(builtin, $0, site) }
    case .trace, .counterExample:
      dependsOnRun = true
      let node =
        builtin == .trace
        ? TraceNode(variables: specification.variables.map(\.name.text), site) : CounterexampleNode(site)
      return Code(
        node: node, dependencies: Dependencies(variables: builtin == .trace ? .all : []).asEffect.asVolatile)
    case .toTrace:
      return try effect(arguments, environment) { ToTraceNode($0[0], site) }
    case .print, .printTop, .assert:
      hasOrderedEffects = true
      let codes = try arguments.map { try compile($0, environment) }
      let code = try finish(codes.map { Code(node: $0.node, dependencies: $0.dependencies.asEffect) }) {
        EffectNode(builtin, $0, site)
      }
      return Code(node: code.node, dependencies: code.dependencies.asEffect)
    default:
      break
    }
    let codes = try arguments.map { try compile($0, environment) }
    return try finish(codes) { nodes in try operatorNode(builtin, nodes, site) }
  }

  /// Compiles an operator that must not be evaluated ahead of time.
  private func effect(_ arguments: [Term], _ environment: Environment, _ make: ([Node]) -> Node) throws
    -> Code
  {
    let code = try finish(
      arguments.map { argument in
        let code = try compile(argument, environment)
        return Code(node: code.node, dependencies: code.dependencies.asEffect)
      }, make)
    return Code(node: code.node, dependencies: code.dependencies.asEffect)
  }

  private func compileRegister(
    _ builtin: Builtin, _ arguments: [Term], _ site: Site, _ environment: Environment
  ) throws -> Code {
    hasOrderedEffects = true
    if builtin == .tlcGetAndSet {
      let operand = try compileOperand(arguments[1], parameters: 2, site, environment)
      let code = try effect([arguments[0], arguments[2], arguments[3]], environment) {
        SetRegisterNode($0[0], $0[1], update: (operand.slots, operand.code.node, $0[2]), site)
      }
      var dependencies = operand.code.dependencies.removing(slots: operand.slots)
      dependencies.formUnion(code.dependencies)
      return Code(node: code.node, dependencies: dependencies.asVolatile)
    }
    let code = try effect(arguments, environment) { nodes in
      switch builtin {
      case .tlcGet: RegisterNode(nodes[0], isPrimed: environment.isPrimed, site)
      case .tlcGetOrDefault:
        RegisterOrDefaultNode(nodes[0], nodes[1], isPrimed: environment.isPrimed, site)
      default: SetRegisterNode(nodes[0], nodes[1], site)
      }
    }
    // As in TLC, a definition that uses a register is evaluated at each use.
    return Code(node: code.node, dependencies: code.dependencies.asVolatile)
  }

  private func operatorNode(_ builtin: Builtin, _ nodes: [Node], _ site: Site) throws -> Node {
    switch builtin {
    case .not: return NegationNode(nodes[0], site)
    case .equivalent: return EquivalenceNode(nodes[0], nodes[1], site)
    case .equals: return EqualityNode(nodes[0], nodes[1], isNegated: false, site)
    case .notEquals: return EqualityNode(nodes[0], nodes[1], isNegated: true, site)
    case .less: return ComparisonNode(nodes[0], .less, nodes[1], site)
    case .lessOrEqual: return ComparisonNode(nodes[0], .lessOrEqual, nodes[1], site)
    case .greater: return ComparisonNode(nodes[0], .greater, nodes[1], site)
    case .greaterOrEqual: return ComparisonNode(nodes[0], .greaterOrEqual, nodes[1], site)
    case .plus: return ArithmeticNode(nodes[0], .plus, nodes[1], site)
    case .minus: return ArithmeticNode(nodes[0], .minus, nodes[1], site)
    case .times: return ArithmeticNode(nodes[0], .times, nodes[1], site)
    case .divide: return ArithmeticNode(nodes[0], .divide, nodes[1], site)
    case .modulo: return ArithmeticNode(nodes[0], .modulo, nodes[1], site)
    case .power: return ArithmeticNode(nodes[0], .power, nodes[1], site)
    case .subsetOrEqual: return SubsetNode(nodes[0], nodes[1], site)
    case .subsequence: return SubsequenceNode(nodes[0], nodes[1], nodes[2], site)
    case .domain:
      // A record is built if possible: as in TLC, it has no domain if one of its fields has no value.
      if let function = nodes[0] as? any DescribedFunction,
        function.isInfiniteFunction || !(function is TabulatedFunctionNode)
      {
        return DescribedDomainNode(function, site)
      }
      return UnaryNode(builtin, nodes[0], site)
    default:
      switch nodes.count {
      case 1: return UnaryNode(builtin, nodes[0], site)
      case 2: return BinaryNode(builtin, nodes[0], nodes[1], site)
      default: throw unsupported(builtin.tlaName, site.span)
      }
    }
  }

  private func compileImplication(_ arguments: [Term], _ site: Site, _ environment: Environment) throws
    -> Code
  {
    let premise = try compile(arguments[0], environment)
    if premise.node.constant == .no { return constant(.yes, site) }
    let conclusion = try compile(arguments[1], environment)
    return try finish([premise, conclusion]) { ImplicationNode($0[0], $0[1], site) }
  }

  // MARK: Operators that take operators

  /// Compiles an operator argument, applied to the contents of fresh slots.
  func compileOperand(
    _ operand: Term, parameters: Int, _ site: Site, _ environment: Environment
  ) throws -> (slots: [Int], code: Code) {
    guard case .operatorReference(let reference) = operand.kind else {
      throw site.failure("an operator is expected here")
    }
    var inner = environment
    var slots: [Int] = []
    let arguments = try (0..<parameters).map { _ in
      let binder = Binder.anonymous(operand.span)
      let slot = try newSlot(operand.span)
      slots.append(slot)
      inner.bindings[binder] = .slot(slot)
      return Term.local(binder, at: operand.span)
    }
    return (slots, try compileReference(reference, to: arguments, site, inner))
  }

  private func compileSelectSequence(_ arguments: [Term], _ site: Site, _ environment: Environment) throws
    -> Code
  {
    let sequence = try compile(arguments[0], environment)
    let (slots, predicate) = try compileOperand(arguments[1], parameters: 1, site, environment)
    var dependencies = predicate.dependencies.removing(slots: slots)
    dependencies.formUnion(sequence.dependencies)
    return try finish(SelectSequenceNode(sequence.node, slot: slots[0], predicate.node, site), dependencies)
  }

  private func compileSortSequence(_ arguments: [Term], _ site: Site, _ environment: Environment) throws
    -> Code
  {
    let sequence = try compile(arguments[0], environment)
    let (slots, precedes) = try compileOperand(arguments[1], parameters: 2, site, environment)
    var dependencies = precedes.dependencies.removing(slots: slots)
    dependencies.formUnion(sequence.dependencies)
    return try finish(
      SortSequenceNode(sequence.node, slots: (slots[0], slots[1]), precedes.node, site), dependencies)
  }
}
