import TLASyntax

/// The slots for the elements of a binder's set: one slot, or one for each name of a tuple.
struct ElementBinding {
  let names: [String]
  let slots: [Int]
  let isTuple: Bool
  private let slot: Int

  init(names: [String], slots: [Int], isTuple: Bool) {
    self.names = names
    self.slots = slots
    self.isTuple = isTuple
    slot = slots.first ?? 0
  }

  @inline(__always) func bind(_ element: UInt32, _ machine: Machine, _ site: Site) throws {
    try machine.store.countStep()
    if !isTuple {
      machine.slots[slot] = element
    } else {
      try bindTuple(Value(bits: element), machine, site)
    }
  }

  private func bindTuple(_ element: Value, _ machine: Machine, _ site: Site) throws {
    let store = machine.store
    guard element.tag == Value.Tag.tuple, store.length(element) == slots.count else {
      throw site.failure("\(store.describe(element)) does not match <<\(names.joined(separator: ", "))>>")
    }
    for (index, slot) in slots.enumerated() { machine.slots[slot] = store.payload(element)[index] }
  }
}

extension Node {
  /// The elements of a set, as a set or sequence in the order in which TLC goes through them.
  @inline(__always) func succession(of set: Node, _ machine: Machine) throws -> Value {
    let value = try set.evaluate(machine)
    return try here {
      let result = try machine.store.inTLCOrder(value)
      try machine.store.checkOrdered(result)
      return result
    }
  }

  /// The first element of a described set that satisfies a condition when the names are bound to it. The set is not built.
  func firstElement(
    of set: Value, _ binding: ElementBinding, _ machine: Machine, where condition: () throws -> Bool
  ) throws -> Value? {
    try here {
      try machine.store.first(in: set) { element in
        try binding.bind(element.bits, machine, site)
        return try condition()
      }
    }
  }

  /// The elements of a set, enumerated.
  @inline(__always) func elements(of set: Node, _ machine: Machine) throws -> Value {
    let value = try set.evaluate(machine)
    return try here {
      let result = try machine.store.enumerated(value)
      try machine.store.checkOrdered(result)
      return result
    }
  }
}

/// `\A` or `\E` with one bound. Several bounds are nested.
final class QuantifierNode: BooleanNode {
  let isForAll: Bool
  let binding: ElementBinding
  let set: Node
  let body: Node

  init(isForAll: Bool, _ binding: ElementBinding, _ set: Node, _ body: Node, _ site: Site) {
    self.isForAll = isForAll
    self.binding = binding
    self.set = set
    self.body = body
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    let value = try set.evaluate(machine)
    guard value.tag == Value.Tag.set else {
      let decisive = try firstElement(of: value, binding, machine) { try body.test(machine) != isForAll }
      return (decisive != nil) != isForAll
    }
    try here { try machine.store.checkOrdered(value) }
    let words = machine.store.payload(value)
    for index in 0..<machine.store.length(value) {
      try binding.bind(words[index], machine, site)
      if try body.test(machine) != isForAll { return !isForAll }
    }
    return isForAll
  }
}

/// `\A` or `\E` over a set that is the same in every state. It has one body for each element.
final class UnrolledQuantifierNode: BooleanNode {
  let isForAll: Bool
  let name: String
  let values: [Value]
  let bodies: NodeList

  init(isForAll: Bool, name: String, values: [Value], bodies: [Node], _ site: Site) {
    self.isForAll = isForAll
    self.name = name
    self.values = values
    self.bodies = NodeList(bodies)
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    for index in 0..<bodies.count where try bodies.test(index, machine) != isForAll { return !isForAll }
    return isForAll
  }
}

/// `CHOOSE x \in S : P`: the first element in TLC's order.
final class ChooseNode: Node {
  let binding: ElementBinding
  let set: Node
  let predicate: Node

  init(_ binding: ElementBinding, _ set: Node, _ predicate: Node, _ site: Site) {
    self.binding = binding
    self.set = set
    self.predicate = predicate
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = try set.evaluate(machine)
    if value.tag == Value.Tag.set {
      try here { try machine.store.checkOrdered(value) }
      let words = machine.store.payload(value)
      for index in 0..<machine.store.length(value) {
        try binding.bind(words[index], machine, site)
        if try predicate.test(machine) { return Value(bits: words[index]) }
      }
    } else if let witness = try firstElement(
      of: value, binding, machine, where: { try predicate.test(machine) })
    {
      return witness
    }
    throw site.failure("CHOOSE has no witness in \(machine.store.describe(value))", code: .choose)
  }

  /// Whether it is `CHOOSE x \in S : TRUE`, where S is the set in that slot.
  func isFirst(ofSlot slot: Int) -> Bool {
    !binding.isTuple && (set as? SlotNode)?.slot == slot && predicate.constant == .yes
  }
}

/// `{x \in S : P}`
final class FilterNode: Node {
  let binding: ElementBinding
  let set: Node
  let predicate: Node

  init(_ binding: ElementBinding, _ set: Node, _ predicate: Node, _ site: Site) {
    self.binding = binding
    self.set = set
    self.predicate = predicate
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let value = try set.evaluate(machine)
    return try here {
      guard value.tag == Value.Tag.set else {
        return try store.filterDescribed(value) { element in
          try binding.bind(element.bits, machine, site)
          return try predicate.test(machine)
        }
      }
      try store.checkOrdered(value)
      return try store.filter(value) { element in
        try binding.bind(element.bits, machine, site)
        return try predicate.test(machine)
      }
    }
  }
}

/// `{e : x \in S, y \in T}`. With several bounds, the inner ones are `SetMapNode`s whose sets are united.
final class SetMapNode: Node {
  let bindings: [ElementBinding]
  let sets: NodeList
  let element: Node

  init(_ bindings: [ElementBinding], _ sets: [Node], _ element: Node, _ site: Site) {
    self.bindings = bindings
    self.sets = NodeList(sets)
    self.element = element
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let start = machine.store.scratchTop
    do {
      try push(0, machine)
    } catch {
      machine.store.scratchTop = start
      throw error
    }
    return try here { try machine.store.popSet(from: start) }
  }

  private func push(_ level: Int, _ machine: Machine) throws {
    let store = machine.store
    let value = try sets.evaluate(level, machine)
    guard value.tag == Value.Tag.set else {
      let found = try here { try images(of: value, level, machine) }
      for image in found { try here { try store.push(image) } }
      return
    }
    try here { try store.checkOrdered(value) }
    let words = store.payload(value)
    for index in 0..<store.length(value) {
      try bindings[level].bind(words[index], machine, site)
      try pushImage(level, machine)
    }
  }

  /// Continues with the next bound, or pushes the value of the body.
  private func pushImage(_ level: Int, _ machine: Machine) throws {
    if level + 1 < bindings.count { return try push(level + 1, machine) }
    let image = try element.evaluate(machine)
    try here { try machine.store.push(machine.store.part(image)) }
  }

  /// The values for the elements of a described set, each once. The visit uses the scratch stack, so they are collected separately.
  private func images(of set: Value, _ level: Int, _ machine: Machine) throws -> Set<Value> {
    let store = machine.store
    var images: Set<Value> = []
    try store.forEachElement(of: set) { element in
      let start = store.scratchTop
      try bindings[level].bind(element.bits, machine, site)
      try pushImage(level, machine)
      while store.scratchTop > start {
        store.scratchTop -= 1
        let image = Value(bits: store.scratch[store.scratchTop])
        store.keep(image)
        images.insert(image)
      }
      return true
    }
    return images
  }
}
