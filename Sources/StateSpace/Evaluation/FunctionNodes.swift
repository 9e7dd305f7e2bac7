import TLASyntax

/// `[x \in S |-> e]` with one bound or several; with several the arguments are tuples.
final class FunctionLiteralNode: Node {
  private let bindings: [ElementBinding]
  private let sets: NodeList
  private let body: Node
  private let isInfinite: Bool

  /// `isInfinite` when the domain is known to have no end.
  init(_ bindings: [ElementBinding], _ sets: [Node], _ body: Node, isInfinite: Bool, _ site: Site) {
    self.isInfinite = isInfinite
    self.bindings = bindings
    self.sets = NodeList(sets)
    self.body = body
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let domain = try domain(machine)
    let start = store.scratchTop
    do {
      for index in 0..<store.length(domain) {
        try bind(Value(bits: store.payload(domain)[index]), machine)
        let value = try body.evaluate(machine)
        try here { try store.push(store.part(value)) }
      }
    } catch {
      store.scratchTop = start
      throw error
    }
    return try here { try store.popFunction(domain: domain, from: start) }
  }

  override var isLazyFunction: Bool { true }

  override var isInfiniteFunction: Bool { isInfinite }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    guard let first = arguments.first else { return try evaluate(machine) }
    try enter(first, machine)
    return try body.applied(to: arguments.dropFirst(), machine)
  }

  /// The domain as a set that need not be enumerated.
  func describedDomain(_ machine: Machine) throws -> Value {
    if bindings.count == 1 { return try sets.evaluate(0, machine) }
    let factors = try (0..<sets.count).map { try sets.evaluate($0, machine) }
    return try here { try machine.store.symbolic(.product, factors) }
  }

  /// The domain's elements, in order.
  private func domain(_ machine: Machine) throws -> Value {
    if bindings.count == 1 { return try elements(of: sets.all[0], machine) }
    let factors = try (0..<sets.count).map { try sets.evaluate($0, machine) }
    return try here {
      let domain = try machine.store.enumerated(machine.store.symbolic(.product, factors))
      try machine.store.checkOrdered(domain)
      return domain
    }
  }

  private func bind(_ argument: Value, _ machine: Machine) throws {
    if bindings.count == 1 { return try bindings[0].bind(argument.bits, machine, site) }
    for (index, binding) in bindings.enumerated() {
      try binding.bind(machine.store.payload(argument)[index], machine, site)
    }
  }

  /// `[x \in S |-> e][argument]`: evaluates the body for that argument only, as TLC does.
  func apply(_ argument: Value, _ machine: Machine) throws -> Value {
    try enter(argument, machine)
    return try body.evaluate(machine)
  }

  /// Binds the names to an argument, which has to be in the domain.
  private func enter(_ argument: Value, _ machine: Machine) throws {
    let store = machine.store
    if bindings.count == 1 {
      let set = try sets.evaluate(0, machine)
      guard try here({ try store.contains(set, argument) }) else { throw outside(argument, machine) }
    } else {
      guard argument.tag == Value.Tag.tuple, store.length(argument) == bindings.count else {
        throw outside(argument, machine)
      }
      for index in 0..<sets.count {
        let set = try sets.evaluate(index, machine)
        let part = Value(bits: store.payload(argument)[index])
        guard try here({ try store.contains(set, part) }) else { throw outside(argument, machine) }
      }
    }
    try bind(argument, machine)
  }

  private func outside(_ argument: Value, _ machine: Machine) -> EvaluationFailure {
    site.failure("\(machine.store.describe(argument)) is not in the domain of this function")
  }
}

/// A function literal that is applied where it stands.
final class LiteralApplicationNode: Node {
  private let function: FunctionLiteralNode
  private let argument: Node

  init(_ function: FunctionLiteralNode, _ argument: Node, _ site: Site) {
    self.function = function
    self.argument = argument
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    try function.apply(argument.evaluate(machine), machine)
  }

  override var isLazyFunction: Bool { true }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    try function.applied(to: [argument.evaluate(machine)] + arguments, machine)
  }
}

/// A record, or `[x \in D |-> e]` where D is the same in every state: a body for each argument, in the domain's order.
final class TabulatedFunctionNode: Node {
  private let domain: Value
  private let values: NodeList

  init(domain: Value, values: [Node], _ site: Site) {
    self.domain = domain
    self.values = NodeList(values)
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let start = store.scratchTop
    try values.push(machine, at: self)
    return try here { try store.popFunction(domain: domain, from: start) }
  }

  override var isLazyFunction: Bool { true }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    guard let first = arguments.first else { return try evaluate(machine) }
    return try values.all[place(of: first, machine)].applied(to: arguments.dropFirst(), machine)
  }

  func apply(_ argument: Value, _ machine: Machine) throws -> Value {
    try values.evaluate(place(of: argument, machine), machine)
  }

  private func place(of argument: Value, _ machine: Machine) throws -> Int {
    let store = machine.store
    guard let index = try here({ store.position(of: try store.part(argument), in: domain) }) else {
      throw site.failure("\(store.describe(argument)) is not in the domain of this function")
    }
    return index
  }
}

/// The same applied where it stands: only the body of its argument is evaluated, as in TLC.
final class TabulatedApplicationNode: Node {
  private let function: TabulatedFunctionNode
  private let argument: Node

  init(_ function: TabulatedFunctionNode, _ argument: Node, _ site: Site) {
    self.function = function
    self.argument = argument
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    try function.apply(argument.evaluate(machine), machine)
  }

  override var isLazyFunction: Bool { true }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    try function.applied(to: [argument.evaluate(machine)] + arguments, machine)
  }
}

/// `f[e]`
final class ApplicationNode: Node {
  private let function: Node
  private let argument: Node
  private var lastPlace = LastPlace()

  init(_ function: Node, _ argument: Node, _ site: Site) {
    self.function = function
    self.argument = argument
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = try function.evaluate(machine)
    let index = try argument.evaluate(machine)
    return try here { try machine.store.apply(value, index, &lastPlace) }
  }
}

/// `x[c]`, for a variable x and a constant c: the most frequent way to read a state.
final class VariableElementNode: Node {
  private let variable: Int
  private let argument: Value
  /// The same, for what has no value.
  private let general: ApplicationNode
  private var lastPlace = LastPlace()

  init(_ variable: Int, at argument: Value, general: ApplicationNode) {
    self.variable = variable
    self.argument = argument
    self.general = general
    super.init(general.site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let function = Value(bits: machine.state[variable])
    if function.isFunction, let place = machine.store.argumentIndex(function, argument, &lastPlace) {
      return machine.store.functionValue(function, place)
    }
    return try general.evaluate(machine)
  }
}

/// `r.field`
final class FieldNode: Node {
  private let record: Node
  private let name: Value
  private var lastPlace = LastPlace()

  init(_ record: Node, _ name: Value, _ site: Site) {
    self.record = record
    self.name = name
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = try record.evaluate(machine)
    return try here { try machine.store.field(value, name, &lastPlace) }
  }
}

/// A tuple or an enumerated set.
final class CollectionNode: Node {
  private let elements: NodeList
  private let isSet: Bool

  init(_ elements: [Node], isSet: Bool, _ site: Site) {
    self.elements = NodeList(elements)
    self.isSet = isSet
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let start = store.scratchTop
    try elements.push(machine, at: self)
    return try here { isSet ? try store.popSet(from: start) : try store.popTuple(from: start) }
  }
}

/// A set that is described by sets: `[S -> T]`, `[a : S]`, `S \X T`.
final class SymbolicSetNode: Node {
  private let kind: SymbolicSetKind
  private let operands: NodeList

  init(_ kind: SymbolicSetKind, _ operands: [Node], _ site: Site) {
    self.kind = kind
    self.operands = NodeList(operands)
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let values = try (0..<operands.count).map { try operands.evaluate($0, machine) }
    return try here {
      for value in values { try machine.store.requireSet(value, "each part of a set of this form") }
      return try machine.store.symbolic(kind, values)
    }
  }
}

/// `[f EXCEPT ![a] = e]`. An argument outside the domain changes nothing, as in TLC, unless it cannot be compared with what is in it. A longer path is an update of an update, and several
/// updates are one behind the other.
final class UpdateNode: Node {
  private let function: Node
  private let argument: Node
  /// Where the old value is while `value` is evaluated.
  private let oldSlot: Int
  private let value: Node
  private var lastPlace = LastPlace()

  init(_ function: Node, at argument: Node, oldSlot: Int, _ value: Node, _ site: Site) {
    self.function = function
    self.argument = argument
    self.oldSlot = oldSlot
    self.value = value
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let old = try function.evaluate(machine)
    let place = try argument.evaluate(machine)
    guard old.isFunction else {
      throw site.failure("EXCEPT changes \(machine.store.describe(old)), which is not a function")
    }
    guard let index = machine.store.argumentIndex(old, place, &lastPlace) else {
      try here { try machine.store.compare(place, withDomainOf: old) }
      warn(machine, changing: old, at: place)
      return old
    }
    machine.slots[oldSlot] = machine.store.functionValue(old, index).bits
    let new = try value.evaluate(machine)
    return try here { try machine.store.replacing(old, at: index, with: machine.store.part(new)) }
  }
}

extension Node {
  /// Notes that an `EXCEPT` changes nothing. TLC warns of the same.
  fileprivate func warn(_ machine: Machine, changing function: Value, at place: Value) {
    site.warn(
      machine, about: "EXCEPT",
      "EXCEPT leaves the function as it is: \(machine.store.describe(place)) is not in its domain",
      hint: "`f @@ (a :> e)`, with EXTENDS TLC, adds to a function")
  }
}

/// The compiled body of a recursive operator or function. The slots from `first` to `end` are its activation record.
final class RecursiveCode {
  let name: String
  var parameterSlots: [Int] = []
  var slots = 0..<0
  /// Set when the body is compiled, which is before anything runs.
  var body: Node?
  /// The failure of an argument that was not needed yet: thrown when it is.
  fileprivate(set) var argumentFailure: (any Error)?

  init(name: String) { self.name = name }

  /// Evaluates the body with those arguments, in an activation record of its own.
  func run(
    _ arguments: Int, from start: Int, applying rest: ArraySlice<Value> = [], _ machine: Machine, _ site: Site
  ) throws -> Value {
    guard machine.hasStack else {
      throw site.failure("the recursion of \(name) is too deep", .resource)
    }
    guard let body else { throw site.failure("\(name) has no body") }
    let store = machine.store
    let saved = store.scratchTop
    defer {
      for (offset, slot) in slots.enumerated() { machine.slots[slot] = store.scratch[saved + offset] }
      store.scratchTop = start
    }
    for slot in slots { try store.push(Value(bits: machine.slots[slot])) }
    for (index, slot) in parameterSlots.enumerated() where index < arguments {
      machine.slots[slot] = store.scratch[start + index]
    }
    return rest.isEmpty ? try body.evaluate(machine) : try body.applied(to: rest, machine)
  }
}

extension RecursiveCode {
  /// The function's value for an argument, which has to be in the domain, applied to the rest.
  func apply(
    _ argument: Value, domain: Node, applying rest: ArraySlice<Value> = [], _ machine: Machine, _ node: Node
  ) throws -> Value {
    let store = machine.store
    let set = try domain.evaluate(machine)
    return try node.here {
      guard try store.contains(set, argument) else {
        throw ValueError("\(store.describe(argument)) is not in the domain of \(name)")
      }
      let start = store.scratchTop
      try RecursiveFunctionNode.push(argument, parameters: parameterSlots.count, store, node.site)
      return try run(parameterSlots.count, from: start, applying: rest, machine, node.site)
    }
  }
}

/// A parameter of a recursive operator. An argument without a value is an error only when it is used.
final class RecursiveParameterNode: Node {
  private let slot: Int
  private unowned let code: RecursiveCode

  init(_ slot: Int, _ code: RecursiveCode, _ site: Site) {
    self.slot = slot
    self.code = code
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = Value(bits: machine.slots[slot])
    if value.isMissing { throw code.argumentFailure ?? site.failure("this parameter has no value") }
    return value
  }
}

/// A call of a recursive operator.
final class RecursiveCallNode: Node {
  private let code: RecursiveCode
  private let arguments: NodeList

  init(_ code: RecursiveCode, _ arguments: [Node], _ site: Site) {
    self.code = code
    self.arguments = NodeList(arguments)
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let start = store.scratchTop
    for index in 0..<arguments.count {
      do {
        let value = try arguments.evaluate(index, machine)
        try here { try store.push(value) }
      } catch let error as EvaluationFailure where error.kind == .evaluation || error.kind == .library {
        // TLA+ passes arguments by name: one without a value does no harm unless it is used.
        code.argumentFailure = error
        try here { try store.push(.missing) }
      } catch {
        store.scratchTop = start
        throw error
      }
    }
    return try here { try code.run(arguments.count, from: start, machine, site) }
  }
}

/// `f[e]` where f is a recursive function: evaluates the body for that argument.
final class RecursiveApplicationNode: Node {
  private let code: RecursiveCode
  private let domain: Node
  private let argument: Node

  init(_ code: RecursiveCode, domain: Node, _ argument: Node, _ site: Site) {
    self.code = code
    self.domain = domain
    self.argument = argument
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value { try applied(to: [], machine) }

  override var isLazyFunction: Bool { true }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    try code.apply(argument.evaluate(machine), domain: domain, applying: arguments, machine, self)
  }
}

/// A recursive function as a value: its body evaluated for each element of its domain.
final class RecursiveFunctionNode: Node {
  private let code: RecursiveCode
  private let domain: Node

  private let isNeverMade: Bool

  /// `isNeverMade` when it is only to be applied: a function inside its own definition, or one whose domain has no end.
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

  /// The domain as a set that need not be enumerated.
  func describedDomain(_ machine: Machine) throws -> Value { try domain.evaluate(machine) }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    guard machine.hasStack else { throw site.failure("the recursion of \(code.name) is too deep", .resource) }
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

  /// Pushes an argument; one that stands for several parameters is a tuple of them.
  static func push(_ argument: Value, parameters: Int, _ store: ValueStore, _ site: Site) throws {
    if parameters == 1 { return try store.push(argument) }
    guard argument.tag == Value.Tag.tuple, store.length(argument) == parameters else {
      throw site.failure("\(parameters) arguments are expected, and the value is \(store.describe(argument))")
    }
    for index in 0..<parameters { try store.push(store.functionValue(argument, index)) }
  }
}
