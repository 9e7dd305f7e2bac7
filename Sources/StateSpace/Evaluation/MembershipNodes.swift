/// `x \in S` where S is tested, not built: stores x in a slot and runs the test.
final class ElementTestNode: BooleanNode {
  let element: Node
  let slot: Int
  let condition: Node
  let isNegated: Bool

  init(_ element: Node, slot: Int, _ condition: Node, isNegated: Bool, _ site: Site) {
    self.element = element
    self.slot = slot
    self.condition = condition
    self.isNegated = isNegated
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    machine.slots[slot] = try element.evaluate(machine).bits
    return try condition.test(machine) != isNegated
  }
}

/// Whether the value in a slot is in `{x \in S : P}`: it is in S, and P holds for it.
final class FilterTestNode: BooleanNode {
  let slot: Int
  let membership: Node
  let binding: ElementBinding
  let predicate: Node

  init(slot: Int, _ membership: Node, _ binding: ElementBinding, _ predicate: Node, _ site: Site) {
    self.slot = slot
    self.membership = membership
    self.binding = binding
    self.predicate = predicate
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    guard try membership.test(machine) else { return false }
    try binding.bind(machine.slots[slot], machine, site)
    return try predicate.test(machine)
  }
}

/// Whether each part of the value in a slot is in its set. The value is a function or sequence, a tuple, or a record.
final class PartsTestNode: BooleanNode {
  enum Shape {
    /// A function over that domain.
    case function(Node)
    /// A record with those field names.
    case record(Value)
    case sequence
    case tuple
  }

  let slot: Int
  let shape: Shape
  let partSlot: Int
  let tests: NodeList

  /// A function or sequence has one test for all its parts, which are stored in `partSlot` one after the other.
  init(slot: Int, _ shape: Shape, partSlot: Int, _ tests: [Node], _ site: Site) {
    self.slot = slot
    self.shape = shape
    self.partSlot = partSlot
    self.tests = NodeList(tests)
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    let store = machine.store
    let value = Value(bits: machine.slots[slot])
    guard try hasShape(value, machine) else { return false }
    for index in 0..<store.functionCount(value) {
      machine.slots[partSlot] = store.functionValue(value, index).bits
      guard try tests.test(tests.count == 1 ? 0 : index, machine) else { return false }
    }
    return true
  }

  func hasShape(_ value: Value, _ machine: Machine) throws -> Bool {
    let store = machine.store
    guard value.isFunction else {
      if store.isModelValue(value), store.modelValueType(value) == 0 { return false }
      throw site.failure(
        "\(store.describe(value)), \(store.kind(value)), cannot be an element of a set of functions or sequences"
      )
    }
    switch shape {
    case .function(let domain):
      let expected = try domain.evaluate(machine)
      return try here { try store.equal(store.domain(value), store.enumerated(expected)) }
    case .record(let names): return try here { try store.domain(value) } == names
    case .sequence: return value.tag == Value.Tag.tuple
    case .tuple: return value.tag == Value.Tag.tuple && store.length(value) == tests.count
    }
  }
}
