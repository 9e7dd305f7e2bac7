import TLASyntax

/// The compiled body of a recursive operator or function. Its `slots` are its activation record.
final class RecursiveCode {
  let name: String
  /// What to say if the recursion does not seem to end.
  let excess: String
  /// The fixed arguments for parameters that are not values; nil for a parameter that is a value.
  let fixed: [FixedArgument?]
  private let isPrimed: Bool
  var parameterSlots: [Int] = []
  var slots = 0..<0
  /// Set when the body is compiled.
  var body: Node?
  /// True while `isInfiniteFunction` is computed, because a body that calls itself asks again.
  private var isAsked = false
  /// Compiles the body, if that waits until the operator is called.
  var compileBody: (() throws -> Void)?
  let failedArgument = FailedArgument()

  init(name: String, excess: String? = nil, fixed: [FixedArgument?] = [], isPrimed: Bool = false) {
    self.name = name
    self.excess = excess ?? "the recursion of \(name) is too deep"
    self.fixed = fixed
    self.isPrimed = isPrimed
  }

  /// Whether its values are functions that cannot be built, as far as is known.
  var isInfiniteFunction: Bool {
    guard let body, !isAsked else { return false }
    isAsked = true
    defer { isAsked = false }
    return body.isInfiniteFunction
  }

  func compiledBody() throws -> Node? {
    if body == nil, let compileBody {
      try compileBody()
      self.compileBody = nil
    }
    return body
  }

  /// Whether a call can run this code: it reads the same state, and has the same arguments for parameters that are not values.
  func fits(_ arguments: [FixedArgument?], isPrimed: Bool) -> Bool {
    isPrimed == self.isPrimed && fixed.fits(arguments)
  }

  /// Evaluates the body with those arguments, in its own activation record.
  func run(
    _ arguments: Int, from start: Int, applying rest: ArraySlice<Value> = [], _ machine: Machine, _ site: Site
  ) throws -> Value {
    guard machine.hasStack else {
      throw site.failure(excess, .resource)
    }
    try machine.store.countStep()
    guard let body = try compiledBody() else { throw site.failure("\(name) has no body") }
    let store = machine.store
    let saved = store.scratchTop
    do { try store.push(machine.slots + slots.lowerBound, count: slots.count) } catch {
      store.scratchTop = start
      throw error
    }
    defer {
      (machine.slots + slots.lowerBound).update(from: store.scratch + saved, count: slots.count)
      store.scratchTop = start
    }
    for (index, slot) in parameterSlots.enumerated() where index < arguments {
      machine.slots[slot] = store.scratch[start + index]
    }
    return rest.isEmpty ? try body.evaluate(machine) : try body.applied(to: rest, machine)
  }
}

extension RecursiveCode {
  /// Applies the function to an argument, which must be in the domain, and the result to the rest.
  func apply(
    _ argument: Value, domain: Node, applying rest: ArraySlice<Value> = [], _ machine: Machine, _ node: Node
  ) throws -> Value {
    let store = machine.store
    let set = try domain.evaluate(machine)
    return try node.here {
      guard try store.contains(set, argument) else {
        throw ValueError("\(store.describe(argument)) is not in the domain of \(name)", code: .domain)
      }
      let start = store.scratchTop
      try RecursiveFunctionNode.push(argument, parameters: parameterSlots.count, store, node.site)
      return try run(parameterSlots.count, from: start, applying: rest, machine, node.site)
    }
  }
}

/// The failure of an argument of a recursive operator, thrown when the argument is needed.
final class FailedArgument {
  private var failure: (any Error)?

  /// The value of an argument. TLA+ passes arguments by name: one without a value is an error only if it is used.
  func value(_ evaluate: () throws -> Value) throws -> Value {
    do { return try evaluate() } catch let error as EvaluationFailure
      where error.kind == .evaluation || error.kind == .library
    {
      failure = error
      return .missing
    }
  }

  fileprivate func failure(at site: Site) -> any Error {
    failure ?? site.failure("this parameter has no value")
  }
}

/// A parameter of a recursive operator. An argument without a value is an error only when it is used.
final class RecursiveParameterNode: Node {
  let slot: Int
  private let failed: FailedArgument

  init(_ slot: Int, _ failed: FailedArgument, _ site: Site) {
    self.slot = slot
    self.failed = failed
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = Value(bits: machine.slots[slot])
    if value.isMissing { throw failed.failure(at: site) }
    return value
  }
}

/// A call of a recursive operator.
final class RecursiveCallNode: Node {
  let code: RecursiveCode
  let arguments: NodeList

  init(_ code: RecursiveCode, _ arguments: [Node], _ site: Site) {
    self.code = code
    self.arguments = NodeList(arguments)
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value { try applied(to: [], machine) }

  override var isLazyFunction: Bool { true }
  override var isInfiniteFunction: Bool { code.isInfiniteFunction }

  override func applied(to rest: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    let store = machine.store
    let start = store.scratchTop
    for index in 0..<arguments.count {
      do {
        let value = try code.failedArgument.value { try arguments.evaluate(index, machine) }
        try here { try store.push(value) }
      } catch {
        store.scratchTop = start
        throw error
      }
    }
    return try here { try code.run(arguments.count, from: start, applying: rest, machine, site) }
  }
}

/// `f[e]` where f is a recursive function: evaluates the body for that argument.
final class RecursiveApplicationNode: Node {
  let code: RecursiveCode
  let domain: Node
  let argument: Node

  init(_ code: RecursiveCode, domain: Node, _ argument: Node, _ site: Site) {
    self.code = code
    self.domain = domain
    self.argument = argument
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value { try applied(to: [], machine) }

  override var isLazyFunction: Bool { true }
  override var isInfiniteFunction: Bool { code.isInfiniteFunction }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    try code.apply(argument.evaluate(machine), domain: domain, applying: arguments, machine, self)
  }
}

/// A recursive function as a value: evaluates its body for each element of its domain.
final class RecursiveFunctionNode: Node {
  let code: RecursiveCode
  let domain: Node
  let isNeverMade: Bool

  /// `isNeverMade` means that it can only be applied: a function inside its own definition, or one with an infinite domain.
  init(_ code: RecursiveCode, domain: Node, isNeverMade: Bool = false, _ site: Site) {
    self.code = code
    self.domain = domain
    self.isNeverMade = isNeverMade
    super.init(site)
  }

  override var isLazyFunction: Bool { true }
  override var isInfiniteFunction: Bool { isNeverMade }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    guard let first = arguments.first else { return try evaluate(machine) }
    return try code.apply(first, domain: domain, applying: arguments.dropFirst(), machine, self)
  }

  /// The domain as a set that may be described instead of enumerated.
  func describedDomain(_ machine: Machine) throws -> Value { try domain.evaluate(machine) }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    guard machine.hasStack else { throw site.failure(code.excess, .resource) }
    let arguments = try elements(of: domain, machine)
    let start = store.scratchTop
    do {
      for argument in store.elements(arguments) {
        try here {
          let inner = store.scratchTop
          try Self.push(argument, parameters: code.parameterSlots.count, store, site)
          try store.push(store.part(code.run(code.parameterSlots.count, from: inner, machine, site)))
        }
      }
    } catch {
      store.scratchTop = start
      throw error
    }
    return try here { try store.popFunction(domain: arguments, from: start) }
  }

  /// Pushes an argument. If it stands for several parameters, it is a tuple of them.
  static func push(_ argument: Value, parameters: Int, _ store: ValueStore, _ site: Site) throws {
    if parameters == 1 { return try store.push(argument) }
    guard argument.tag == Value.Tag.tuple, store.length(argument) == parameters else {
      throw site.failure("\(parameters) arguments are expected, and the value is \(store.describe(argument))")
    }
    for index in 0..<parameters { try store.push(store.functionValue(argument, index)) }
  }
}
