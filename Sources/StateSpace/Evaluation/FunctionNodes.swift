import TLASyntax

/// `[x \in S |-> e]` with one or several bounds. With several, the arguments are tuples.
final class FunctionLiteralNode: Node, LiteralFunction {
  let bindings: [ElementBinding]
  let sets: NodeList
  let body: Node
  let isInfinite: Bool

  /// `isInfinite` means that the domain is known to be infinite.
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
  override var givesInfiniteFunctions: Bool { body.isInfiniteFunction }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    guard let first = arguments.first else { return try evaluate(machine) }
    try enter(first, machine)
    return try body.applied(to: arguments.dropFirst(), machine)
  }

  /// The domain as a set that may be described instead of enumerated.
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

  /// `[x \in S |-> e][argument]`. As in TLC, the body is evaluated for that argument only.
  func apply(_ argument: Value, _ machine: Machine) throws -> Value {
    try enter(argument, machine)
    return try body.evaluate(machine)
  }

  /// Binds the names to an argument, which must be in the domain.
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
    site.failure("\(machine.store.describe(argument)) is not in the domain of this function", code: .domain)
  }
}

/// A function whose value for an argument can be evaluated alone.
protocol LiteralFunction: Node {
  func apply(_ argument: Value, _ machine: Machine) throws -> Value
}

/// A function literal that is applied where it stands. As in TLC, only the body for the argument is evaluated.
final class LiteralApplicationNode<Function: LiteralFunction>: Node {
  let function: Function
  let argument: Node

  init(_ function: Function, _ argument: Node, _ site: Site) {
    self.function = function
    self.argument = argument
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    try function.apply(argument.evaluate(machine), machine)
  }

  override var isLazyFunction: Bool { true }
  override var isInfiniteFunction: Bool { function.givesInfiniteFunctions }
  override var givesInfiniteFunctions: Bool { function.givesInfiniteFunctions }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    try function.applied(to: [argument.evaluate(machine)] + arguments, machine)
  }
}

/// A record, or `[x \in D |-> e]` where D is the same in every state. It has one body for each argument, in the domain's order.
final class TabulatedFunctionNode: Node, LiteralFunction {
  let domain: Value
  let values: NodeList
  /// Whether one of its values cannot be built.
  let isInfinite: Bool

  init(domain: Value, values: [Node], _ site: Site) {
    self.domain = domain
    self.values = NodeList(values)
    isInfinite = values.contains(where: \.isInfiniteFunction)
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let start = store.scratchTop
    try values.push(machine, at: self)
    return try here { try store.popFunction(domain: domain, from: start) }
  }

  override var isLazyFunction: Bool { true }
  override var isInfiniteFunction: Bool { isInfinite }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    guard let first = arguments.first else { return try evaluate(machine) }
    return try values.all[place(of: first, machine)].applied(to: arguments.dropFirst(), machine)
  }

  override var givesInfiniteFunctions: Bool { isInfinite }

  func describedDomain(_ machine: Machine) throws -> Value { domain }

  /// The body for an argument; nil for one outside the domain.
  func body(for argument: Value, _ store: ValueStore) -> Node? {
    store.position(of: argument, in: domain).map { values.all[$0] }
  }

  func apply(_ argument: Value, _ machine: Machine) throws -> Value {
    try values.evaluate(place(of: argument, machine), machine)
  }

  private func place(of argument: Value, _ machine: Machine) throws -> Int {
    let store = machine.store
    guard let index = try here({ store.position(of: try store.part(argument), in: domain) }) else {
      throw site.failure("\(store.describe(argument)) is not in the domain of this function", code: .domain)
    }
    return index
  }
}

/// `f[e]`
final class ApplicationNode: Node {
  let function: Node
  let argument: Node
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

/// `x[c]` for a variable x and a constant c, the most frequent way to read a state.
final class VariableElementNode: Node {
  let variable: Int
  let argument: Value
  /// The general form, for a case without a value.
  let general: ApplicationNode
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
  let record: Node
  let name: Value
  /// Whether the record cannot be built as a whole.
  let isInfinite: Bool
  private var lastPlace = LastPlace()

  init(_ record: Node, _ name: Value, _ site: Site) {
    self.record = record
    self.name = name
    isInfinite = record.isInfiniteFunction || record.givesInfiniteFunctions
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    if isInfinite { return try record.applied(to: [name], machine) }
    let value = try record.evaluate(machine)
    return try here { try machine.store.field(value, name, &lastPlace) }
  }

  override var isLazyFunction: Bool { isInfinite }
  override var isInfiniteFunction: Bool { isInfinite }
  override var givesInfiniteFunctions: Bool { isInfinite }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    guard isInfinite else { return try apply(evaluate(machine), to: arguments, machine) }
    return try record.applied(to: [name] + arguments, machine)
  }
}

/// A tuple or an enumerated set.
final class CollectionNode: Node {
  let elements: NodeList
  let isSet: Bool
  /// Whether it is a tuple with a part that cannot be built.
  let isInfinite: Bool

  init(_ elements: [Node], isSet: Bool, _ site: Site) {
    self.elements = NodeList(elements)
    self.isSet = isSet
    isInfinite = !isSet && elements.contains(where: \.isInfiniteFunction)
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let start = store.scratchTop
    try elements.push(machine, at: self)
    return try here { isSet ? try store.popSet(from: start) : try store.popTuple(from: start) }
  }

  override var isLazyFunction: Bool { isInfinite }
  override var isInfiniteFunction: Bool { isInfinite }
  override var givesInfiniteFunctions: Bool { isInfinite }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    guard let first = arguments.first, isInfinite else {
      return try apply(evaluate(machine), to: arguments, machine)
    }
    guard first.isInteger, (1...elements.count).contains(first.integer) else {
      throw site.failure("\(machine.store.describe(first)) is not in the domain of this tuple", code: .domain)
    }
    return try elements.all[first.integer - 1].applied(to: arguments.dropFirst(), machine)
  }
}

/// A set that is described by sets: `[S -> T]`, `[a : S]`, `S \X T`.
final class SymbolicSetNode: Node {
  let kind: SymbolicSetKind
  let operands: NodeList

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

/// `[f EXCEPT ![a] = e]`. As in TLC, an argument outside the domain changes nothing, unless it cannot be compared with the domain's
/// elements. A longer path is compiled to an update inside an update, and several updates are compiled to a chain.
final class UpdateNode: Node {
  let function: Node
  let argument: Node
  /// The slot of the old value while `value` is evaluated.
  let oldSlot: Int
  let value: Node
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
      throw site.failure(
        "EXCEPT changes \(machine.store.describe(old)), which is not a function", code: .except,
        hint: machine.store.hintForWholeSet(old))
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
  /// Warns that an `EXCEPT` changes nothing, as TLC does.
  fileprivate func warn(_ machine: Machine, changing function: Value, at place: Value) {
    site.warn(
      machine, about: "EXCEPT",
      "EXCEPT leaves the function as it is: \(machine.store.describe(place)) is not in its domain",
      code: .except,
      hint: machine.store.lookAlike(of: place, inDomainOf: function)
        ?? "`f @@ (a :> e)`, with EXTENDS TLC, adds to a function")
  }
}
