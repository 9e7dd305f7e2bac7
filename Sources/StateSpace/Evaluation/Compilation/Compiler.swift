import BigInt
import TLASemantics
import TLASyntax

/// Compiles terms to nodes. Operators are expanded where they are applied. Their arguments become lazy slots, evaluated at most once and
/// only when needed. Constants are folded. Recursive operators are compiled once for each place outside their own body that calls them.
final class Compiler {
  /// The largest constant set for which a quantifier or function gets a body for each element.
  static let unrollLimit = 8
  private static let nodeLimit = 4_000_000

  let specification: Specification
  let machine: Machine
  var store: ValueStore { machine.store }
  /// Records the conjuncts of the actions that are compiled; nil for the actions that the search runs.
  var recorder: ConjunctRecorder?
  /// Whether something was compiled that reads or writes a register, asks about the run, or prints.
  var hasOrderedEffects = false
  /// Whether an evaluation has another value when it is repeated, or depends on the behavior that led to a state.
  var dependsOnRun = false
  private(set) var slotCount = 0
  private var nodeCount = 0
  var constantValues: [ConstantDeclaration: Value] = [:]
  /// The constant definitions compiled so far. Each is evaluated once, wherever it is mentioned.
  var constantDefinitions: [OperatorDefinition: Code] = [:]
  /// The constant definitions that are being compiled.
  var constantsUnderWay: Set<OperatorDefinition> = []
  /// Which replacements have to be evaluated at each mention, as far as is known.
  var definitionsEvaluatedAnew: [OperatorDefinition: Bool] = [:]
  /// The number of recursive operators' bodies that wait to be compiled until they are called.
  var waitingBodies = 0
  /// Slots below this number are never reused.
  private var keptSlotCount = 0
  /// Facts about definitions: whether an action must run them, and which variables they prime or mention.
  var runDefinitions: [OperatorDefinition: Bool] = [:]
  /// The definitions for which it is being decided whether an action must run them, and how often that led back to one of them.
  var runsUnderWay: Set<OperatorDefinition> = []
  var recursionsCutShort = 0
  var primedByDefinitions: [OperatorDefinition: Set<Int>] = [:]
  var mentionedByDefinitions: [OperatorDefinition: Set<Int>] = [:]

  init(_ specification: Specification, machine: Machine) {
    self.specification = specification
    self.machine = machine
  }

  // MARK: Building blocks

  /// Compiles and runs something that is not kept. Its slots are free afterwards.
  func temporarily<Result>(_ body: () throws -> Result) rethrows -> Result {
    let saved = (slotCount, nodeCount)
    defer {
      // No expression may find in a slot what another one left there.
      for slot in saved.0..<slotCount { machine.slots[slot] = Value.missing.bits }
      (slotCount, nodeCount) = (max(saved.0, keptSlotCount), saved.1)
    }
    return try body()
  }

  /// Keeps the slots of everything compiled so far, even if it was compiled temporarily.
  func keepSlots() { keptSlotCount = slotCount }

  func newSlot(_ span: SourceSpan) throws -> Int {
    guard slotCount < machine.slotCapacity else {
      throw Site(span: span, call: nil).failure(
        "the specification needs more than \(machine.slotCapacity) bound names", .resource)
    }
    slotCount += 1
    return slotCount - 1
  }

  /// The node with its dependencies. If it depends on nothing, it is evaluated at once if that is cheap; otherwise once, when it is needed.
  /// A node that fails here fails again where it is used.
  func finish(_ node: Node, _ dependencies: Dependencies) throws -> Code {
    nodeCount += 1
    guard nodeCount < Self.nodeLimit else {
      throw node.site.failure(
        "the specification expands to more than \(Self.nodeLimit) expressions", .resource)
    }
    guard dependencies.isConstant, node.constant == nil else {
      node.reads = dependencies.reads
      return Code(node: node, dependencies: dependencies)
    }
    if !dependencies.isCostly {
      switch machine.evaluateAheadOfTime(node) {
      case .value(let value):
        return Code(node: ConstantNode(value, node.site), dependencies: Dependencies())
      case .noValue: return Code(node: node, dependencies: dependencies)
      case .tooCostly: break
      }
    }
    var costly = dependencies
    costly.isCostly = true
    return Code(node: node.isInfiniteFunction ? node : OnceNode(node), dependencies: costly)
  }

  /// Throws if expressions nest deeper than the stack allows, counting the definitions that they use.
  func checkDepth(_ site: Site) throws {
    if !machine.hasStackToCompile {
      throw site.failure("the expression is nested too deeply, with the definitions that it uses", .resource)
    }
  }

  func constant(_ value: Value, _ site: Site) -> Code {
    Code(node: ConstantNode(value, site), dependencies: Dependencies())
  }

  func finish(_ codes: [Code], _ make: ([Node]) throws -> Node) throws -> Code {
    var dependencies = Dependencies()
    for code in codes { dependencies.formUnion(code.dependencies) }
    return try finish(try make(codes.map(\.node)), dependencies)
  }

  func unsupported(_ what: String, _ span: SourceSpan) -> Diagnostics {
    Diagnostics([Diagnostic(.error, .unsupported, .unsupported, "\(what) is not supported yet", at: span)])
  }

  // MARK: Terms

  /// Compiles a term in its scope. Throws `Diagnostics` for what is not supported, and `EvaluationFailure` if the term is too large.
  func compile(_ term: Term, _ environment: Environment) throws -> Code {
    let site = environment.site(term.span)
    try checkDepth(site)
    switch term.kind {
    case .integer(let number):
      return constant(
        try number.magnitude.bitWidth <= 28 ? Value(small: Int(number)) : store.literal(number), site)
    case .string(let text):
      return constant(store.string(text), site)
    case .boolean(let value):
      return constant(Value(value), site)
    case .constant(let declaration):
      return try compileConstant(declaration, site, environment)
    case .variable(let variable):
      return variableCode(variable, site, environment)
    case .substituted(let variable, let value):
      guard environment.isPrimed, let index = environment.ownVariables?.place(of: variable) else {
        return try compile(value, environment)
      }
      return primedVariable(index, variable.name.text + "'", site)
    case .local(let binder):
      return try compileLocal(binder, site, environment)
    case .apply(let definition, let arguments):
      return try compileApplication(of: definition, to: arguments, site, environment)
    case .applyReference(let reference, let arguments):
      return try compileReference(reference, to: arguments, site, environment)
    case .builtin(let builtin, let arguments):
      return try compileBuiltin(builtin, arguments, site, environment)
    case .operatorReference:
      throw site.failure("an operator stands where a value is expected")
    case .prime(let inner):
      var primed = environment
      primed.isPrimed = true
      return try compile(inner, primed)
    case .junction(let kind, let items):
      return try compileJunction(kind, items, site, environment)
    case .quantified(let quantifier, let bounds, let body):
      return try compileQuantifier(quantifier, bounds[...], body, site, environment)
    case .unboundedQuantified(let quantifier, _):
      let symbol = quantifier == .forAll ? "\\A" : "\\E"
      return Code(
        node: FailingNode(
          "an unbounded \(symbol) cannot be evaluated; write \(symbol) x \\in S : P", code: .infinite, site),
        dependencies: Dependencies())
    case .unboundedChoose:
      return Code(
        node: FailingNode(
          "an unbounded CHOOSE cannot be evaluated; write CHOOSE x \\in S : P", code: .infinite, site),
        dependencies: Dependencies())
    case .choose(let bound, let body):
      return try compileSelection(bound, body, site, environment) { ChooseNode($0, $1, $2, site) }
    case .setFilter(let bound, let body):
      return try compileSelection(bound, body, site, environment) { FilterNode($0, $1, $2, site) }
    case .setMap(let element, let bounds):
      return try compileLoop(bounds, element, site, environment) { SetMapNode($0, $1, $2, site) }
    case .functionLiteral(let bounds, let body):
      return try compileFunctionLiteral(bounds, body, site, environment)
    case .recursiveFunction(let itself, let bounds, let body):
      let function = try compileRecursiveFunction(itself, bounds, body, site, environment)
      let isInfinite = function.domain.node.constant.map { store.finiteness(of: $0) != true } ?? false
      return try finish(
        RecursiveFunctionNode(
          function.code, domain: function.domain.node, isNeverMade: isInfinite, site), function.dependencies)
    case .application(let function, let argument):
      return try compileFunctionApplication(function, argument, site, environment)
    case .setEnumeration(let elements):
      return try finish(elements.map { try compile($0, environment) }) {
        CollectionNode($0, isSet: true, site)
      }
    case .tuple(let elements):
      return try finish(elements.map { try compile($0, environment) }) {
        CollectionNode($0, isSet: false, site)
      }
    case .product(let factors):
      return try finish(factors.map { try compile($0, environment) }) { SymbolicSetNode(.product, $0, site) }
    case .functionSet(let domain, let range):
      return try finish([compile(domain, environment), compile(range, environment)]) {
        SymbolicSetNode(.functions, $0, site)
      }
    case .record(let fields):
      let (domain, codes) = try compileFields(fields, environment)
      return try finish(codes) { TabulatedFunctionNode(domain: domain, values: $0, site) }
    case .recordSet(let fields):
      let (domain, codes) = try compileFields(fields, environment)
      return try finish([constant(domain, site)] + codes) { SymbolicSetNode(.records, $0, site) }
    case .field(let record, let name):
      let code = try compile(record, environment)
      if code.node.isInfiniteFunction, let record = code.node as? TabulatedFunctionNode,
        let field = record.body(for: store.string(name), store)
      {
        return Code(node: field, dependencies: code.dependencies)
      }
      return try finish(FieldNode(code.node, store.string(name), site), code.dependencies)
    case .except(let function, let updates):
      return try compileExcept(function, updates, site, environment)
    case .conditional(let condition, let yes, let no):
      let test = try compile(condition, environment)
      if let known = test.node.constant, known.isBoolean {
        return try compile(known == .yes ? yes : no, environment)
      }
      return try finish([test, compile(yes, environment), compile(no, environment)]) {
        ConditionalNode($0[0], $0[1], $0[2], site)
      }
    case .caseOf(let arms, let other):
      let guards = try arms.map { try compile($0.guard, environment) }
      let values = try arms.map { try compile($0.value, environment) }
      let rest = try other.map { try compile($0, environment) }
      return try finish(guards + values + (rest.map { [$0] } ?? [])) { nodes in
        CaseNode(
          guards: Array(nodes[..<arms.count]), values: Array(nodes[arms.count..<(2 * arms.count)]),
          other: rest?.node, site)
      }
    case .letIn(let definitions, let body):
      let start = slotCount
      return try declaring(definitions, in: environment) { inner, slots in
        scoped(slots, since: start, try compile(body, inner))
      }
    case .unchanged(let inner):
      var primed = environment
      primed.isPrimed = true
      let (now, then) = (try compile(inner, environment), try compile(inner, primed))
      return try finish([then, now]) { EqualityNode($0[0], $0[1], isNegated: false, site) }
    case .boxAction(let action, let subscript_):
      let codes = try [compile(action, environment), compile(unchanged(subscript_, term.span), environment)]
      return try finish(codes) { DisjunctionNode($0, site) }
    case .angleAction(let action, let subscript_):
      let change = try compile(unchanged(subscript_, term.span), environment)
      let negation = try finish(NegationNode(change.node, site), change.dependencies)
      return try finish([compile(action, environment), negation]) { ConjunctionNode($0, site) }
    case .enabled(let action, let own):
      var inner = environment
      (inner.isPrimed, inner.isInitial, inner.assignedBefore) = (false, false, [])
      inner.ownVariables = own.isEmpty ? nil : OwnVariables(own, behind: machine.variableCount)
      let saved = recorder
      recorder = nil
      defer { recorder = saved }
      let isPrimed = environment.isPrimed || environment.isInitial
      let node = EnabledNode(
        try compileAction(action, inner, then: EnabledEndNode()), isPrimed: isPrimed,
        variables: machine.variableCount + own.count, site)
      var dependencies = environment.everything
      dependencies.nextVariables = isPrimed ? .all : []
      node.reads = dependencies.reads
      return Code(node: node, dependencies: dependencies)
    case .temporalQuantified:
      throw unsupported("temporal quantification (\\EE, \\AA)", term.span)
    case .fairness(let fairness, _, _, _): throw unsupported(fairness == .weak ? "WF" : "SF", term.span)
    }
  }

  func unchanged(_ term: Term, _ span: SourceSpan) -> Term { Term.unchanged(term, at: span) }

  /// Wraps code in the scope of its lazy slots, if it has any.
  func scoped(_ slots: [Int], since start: Int, _ code: Code) -> Code {
    guard !slots.isEmpty, code.node.constant == nil else { return code }
    var node = code.node
    for slot in slots { node = ScopeNode(slots: slot..<(slot + 1), body: node) }
    return Code(node: node, dependencies: code.dependencies)
  }

  // MARK: Records and updates

  private func compileFields(_ fields: [(field: String, value: Term)], _ environment: Environment) throws -> (
    Value, [Code]
  ) {
    let named = try fields.map { (store.string($0.field), try compile($0.value, environment)) }
    let domain = try store.set(of: named.map(\.0))
    let positions = Dictionary(
      named.indices.map { (named[$0].0.bits, $0) }, uniquingKeysWith: { first, _ in first })
    let codes = store.elements(domain).compactMap { name in positions[name.bits].map { named[$0].1 } }
    return (domain, codes)
  }

  private func compileExcept(
    _ function: Term, _ updates: [TermUpdate], _ site: Site, _ environment: Environment
  ) throws -> Code {
    try updates.reduce(compile(function, environment)) { base, update in
      try compileUpdate(of: base, update, update.path[...], environment)
    }
  }

  /// Compiles an update along the rest of its path. Each step updates the value that the previous step leads to.
  private func compileUpdate(
    of base: Code, _ update: TermUpdate, _ path: ArraySlice<TermUpdate.Step>, _ environment: Environment
  ) throws -> Code {
    let site = environment.site(update.span)
    guard let step = path.first else { return base }
    let argument: Code
    switch step {
    case .index(let index): argument = try compile(index, environment)
    case .field(let name): argument = constant(store.string(name), site)
    }
    if base.node.isInfiniteFunction || base.node is LazyApplicationNode {
      // Such a function is never built. Reading its old value is an application of its own.
      let old = try finish([base, argument]) { LazyApplicationNode($0[0], $0[1], site) }
      var inner = environment
      inner.bindings[update.old] = .code(old)
      let value =
        try path.count == 1
        ? compile(update.value, inner) : compileUpdate(of: old, update, path.dropFirst(), inner)
      return try finish([base, argument, value]) { LazyUpdateNode($0[0], at: $0[1], $0[2], site) }
    }
    let slot = try newSlot(update.span)
    let value: Code
    if path.count == 1 {
      var inner = environment
      inner.bindings[update.old] = .slot(slot)
      value = try compile(update.value, inner)
    } else {
      value = try compileUpdate(of: slotCode(slot, site), update, path.dropFirst(), environment)
    }
    var dependencies = value.dependencies.removing(slots: [slot])
    dependencies.formUnion(base.dependencies)
    dependencies.formUnion(argument.dependencies)
    return try finish(UpdateNode(base.node, at: argument.node, oldSlot: slot, value.node, site), dependencies)
  }
}

extension Dependencies {
  /// The same dependencies, for code that must not be evaluated ahead of time.
  var asEffect: Dependencies {
    var result = self
    result.isEffect = true
    return result
  }

  /// The same dependencies, for code whose value depends on the progress of the search.
  var asVolatile: Dependencies {
    var result = self
    result.isVolatile = true
    return result
  }

  /// The same dependencies, for code with another value each time.
  var asRandom: Dependencies {
    var result = self
    result.isRandom = true
    return result
  }
}

extension Environment {
  /// Whether a recursive function's body is being compiled.
  var isInsideRecursiveFunction: Bool {
    bindings.values.contains { if case .recursiveFunction = $0 { true } else { false } }
  }
}

extension Array {
  /// The element at that position, or nil.
  subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

extension Term.Kind {
  /// Whether it is a function that can be applied without being built. Such a definition is expanded at each use.
  var isFunctionDefinition: Bool {
    if case .recursiveFunction = self { true } else { false }
  }
}

extension Configuration.Constant {
  /// The value of a constant in a `.cfg`.
  func inStore(_ store: ValueStore) throws -> Value {
    switch self {
    case .boolean(let value): return Value(value)
    case .integer(let digits): return try store.value(.integer(BigInt(digits) ?? 0))
    case .string(let text): return store.string(text)
    case .modelValue(let name): return store.modelValue(name)
    case .set(let elements): return try store.set(of: elements.map { try $0.inStore(store) })
    case .tuple(let elements):
      let values = try elements.map { try $0.inStore(store) }
      let start = store.scratchTop
      for value in values { try store.push(value) }
      return try store.popTuple(from: start)
    case .record(let fields):
      return try store.function(fields.map { (store.string($0.name), try $0.value.inStore(store)) })
    }
  }
}
