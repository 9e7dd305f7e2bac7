import TLASyntax

/// A compiled expression. The nodes are final classes: a virtual call per node is cheaper than a closure or a switch (measured).
class Node {
  let site: Site
  /// What the value depends on; nil if that is not known, or if it depends on nothing.
  final var reads: NodeReads?

  init(_ site: Site) { self.site = site }

  /// The expression's value in the machine's state. Throws `EvaluationFailure`.
  func evaluate(_ machine: Machine) throws -> Value {
    preconditionFailure("every final node class evaluates")  // Node itself is never instantiated.
  }

  /// The value of an expression that must be a Boolean.
  func test(_ machine: Machine) throws -> Bool {
    let value = try evaluate(machine)
    if value == .yes { return true }
    if value == .no { return false }
    throw site.failure(
      "a Boolean is expected here, and the value is \(machine.store.describe(value))", code: .boolean,
      hint: machine.store.hintForWholeSet(value))
  }

  /// The value, if it is the same in every state.
  var constant: Value? { nil }

  /// Applies the value, which is a function, to the arguments one after the other.
  func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    try apply(evaluate(machine), to: arguments, machine)
  }

  /// Whether `applied` evaluates less than the whole function.
  var isLazyFunction: Bool { false }

  /// Whether the function cannot be built at all, such as one over `Nat`.
  var isInfiniteFunction: Bool { false }

  /// Whether some value of the function is a function that cannot be built.
  var givesInfiniteFunctions: Bool { false }

  /// Runs an operation of this node. An error in its values gets the node's place.
  @inline(__always) final func here<Result>(_ operation: () throws -> Result) throws -> Result {
    do { return try operation() } catch let error as ValueError { throw site.failure(error) }
  }
}

extension Node {
  /// Runs an operation of a standard module that TLC implements in Java. Errors are treated as in `here`.
  @inline(__always) final func inLibrary<Result>(_ operation: () throws -> Result) throws -> Result {
    do { return try operation() } catch let error as ValueError { throw site.failure(error.inLibrary) }
  }

  /// The value of a predicate that such an operation calls.
  final func testInLibrary(_ predicate: Node, of name: String, _ machine: Machine) throws -> Bool {
    let value = try predicate.evaluate(machine)
    guard value.isBoolean else {
      throw site.failure(
        "the operator that \(name) calls should give a Boolean, and gives \(machine.store.describe(value))",
        .library)
    }
    return value == .yes
  }
}

/// A node whose value is a Boolean.
class BooleanNode: Node {
  override final func evaluate(_ machine: Machine) throws -> Value { Value(try test(machine)) }
}

/// A list of nodes that it owns. Visiting a node needs no reference counting.
struct NodeList {
  private let owner: Owner
  let count: Int
  private let base: UnsafeMutablePointer<Unmanaged<Node>>

  private final class Owner {
    let nodes: [Node]
    let base: UnsafeMutablePointer<Unmanaged<Node>>
    init(_ nodes: [Node]) {
      self.nodes = nodes
      base = .allocate(capacity: max(nodes.count, 1))
      for (index, node) in nodes.enumerated() { (base + index).initialize(to: .passUnretained(node)) }
    }
    deinit { base.deallocate() }
  }

  init(_ nodes: [Node]) {
    owner = Owner(nodes)
    count = nodes.count
    base = owner.base
  }

  var all: [Node] { owner.nodes }

  @inline(__always) func evaluate(_ index: Int, _ machine: Machine) throws -> Value {
    try base[index]._withUnsafeGuaranteedRef { try $0.evaluate(machine) }
  }

  @inline(__always) func test(_ index: Int, _ machine: Machine) throws -> Bool {
    try base[index]._withUnsafeGuaranteedRef { try $0.test(machine) }
  }

  /// Pushes every value on the scratch stack as parts of a value of `node`; if one of them fails, it pushes none.
  @inline(__always) func push(_ machine: Machine, at node: Node) throws {
    let store = machine.store
    let start = store.scratchTop
    do {
      for index in 0..<count {
        let value = try evaluate(index, machine)
        try node.here { try store.push(store.part(value)) }
      }
    } catch {
      store.scratchTop = start
      throw error
    }
  }
}

/// An expression with the same value in every state.
final class ConstantNode: Node {
  let value: Value

  init(_ value: Value, _ site: Site) {
    self.value = value
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value { value }
  override var constant: Value? { value }
}

/// An expression that has no value anywhere.
final class FailingNode: Node {
  private let message: String
  private let code: MessageCode?

  init(_ message: String, code: MessageCode? = nil, _ site: Site) {
    self.message = message
    self.code = code
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value { throw site.failure(message, code: code) }
}

/// An unprimed variable.
final class VariableNode: Node {
  let index: Int
  private let name: String

  init(_ index: Int, name: String, _ site: Site) {
    self.index = index
    self.name = name
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = Value(bits: machine.state[index])
    if value.isMissing {
      throw site.failure("the variable \(name) has no value here", .incompleteState, code: .early)
    }
    return value
  }
}

/// A primed variable; in an initial predicate, an unprimed one.
final class PrimedVariableNode: Node {
  let index: Int
  private let name: String

  init(_ index: Int, name: String, _ site: Site) {
    self.index = index
    self.name = name
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = Value(bits: machine.next[index])
    if value.isMissing {
      throw site.failure(
        "\(name) is read before it has a value", .incompleteState, code: .early,
        hint: "conjuncts are read in order: one before this must give \(name) its value")
    }
    return value
  }
}

/// A bound name.
final class SlotNode: Node {
  let slot: Int

  init(_ slot: Int, _ site: Site) {
    self.slot = slot
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value { Value(bits: machine.slots[slot]) }
}

/// An operator's argument or a `LET` definition. It is evaluated when it is first needed, and remembered until its scope is entered again.
final class LazyNode: Node {
  let slot: Int
  let definition: Node

  init(slot: Int, definition: Node) {
    self.slot = slot
    self.definition = definition
    super.init(definition.site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let known = Value(bits: machine.slots[slot])
    if !known.isMissing { return known }
    let value = try definition.evaluate(machine)
    machine.slots[slot] = value.bits
    return value
  }
}

/// Enters a scope: forgets what its lazy slots remember.
final class ScopeNode: Node {
  let first: Int
  let count: Int
  let body: Node

  init(slots: Range<Int>, body: Node) {
    first = slots.lowerBound
    count = slots.count
    self.body = body
    super.init(body.site)
  }

  /// Forgets what the slots remember.
  @inline(__always) func enter(_ machine: Machine) {
    for slot in first..<(first + count) { machine.slots[slot] = Value.missing.bits }
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    enter(machine)
    return try body.evaluate(machine)
  }

  override func test(_ machine: Machine) throws -> Bool {
    enter(machine)
    return try body.test(machine)
  }

  override var isLazyFunction: Bool { body.isLazyFunction }
  override var isInfiniteFunction: Bool { body.isInfiniteFunction }
  override var givesInfiniteFunctions: Bool { body.givesInfiniteFunctions }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    enter(machine)
    return try body.applied(to: arguments, machine)
  }
}
