import TLASyntax

/// Where a binder puts the elements of its set: one slot, or a slot for each name of a tuple.
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

  func witness(_ machine: Machine, _ explanation: inout ExplanationBuilder) {
    for (name, slot) in zip(names, slots) { explanation.witness(name, Value(bits: machine.slots[slot])) }
  }
}

extension Node {
  /// The elements of a set, or a sequence of them, in the order in which TLC goes through them.
  @inline(__always) func succession(of set: Node, _ machine: Machine) throws -> Value {
    let value = try set.evaluate(machine)
    return try here {
      let result = try machine.store.inTLCOrder(value)
      try machine.store.checkOrdered(result)
      return result
    }
  }

  /// The elements of a set as a set.
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
  private let isForAll: Bool
  private let binding: ElementBinding
  private let set: Node
  private let body: Node

  init(isForAll: Bool, _ binding: ElementBinding, _ set: Node, _ body: Node, _ site: Site) {
    self.isForAll = isForAll
    self.binding = binding
    self.set = set
    self.body = body
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    let elements = try succession(of: set, machine)
    let words = machine.store.payload(elements)
    for index in 0..<machine.store.length(elements) {
      try binding.bind(words[index], machine, site)
      if try body.test(machine) != isForAll { return !isForAll }
    }
    return isForAll
  }

  override func explainFalse(_ machine: Machine, _ explanation: inout ExplanationBuilder) {
    guard let elements = try? succession(of: set, machine) else {
      return super.explainFalse(machine, &explanation)
    }
    guard isForAll else {
      let text = set.site.span.oneLineText
      return explanation.blame(site.span, noneOf: binding.names, in: elements, called: text, machine) {
        element, part in
        guard (try? binding.bind(element.bits, machine, site)) != nil else { return }
        binding.witness(machine, &part)
        body.explainFalse(machine, &part)
      }
    }
    for element in machine.store.elements(elements) {
      guard (try? binding.bind(element.bits, machine, site)) != nil else { continue }
      if (try? body.test(machine)) == false {
        binding.witness(machine, &explanation)
        return body.explainFalse(machine, &explanation)
      }
    }
    super.explainFalse(machine, &explanation)
  }

  override func explainTrue(_ machine: Machine, _ explanation: inout ExplanationBuilder) {
    guard !isForAll, let elements = try? succession(of: set, machine) else {
      return super.explainTrue(machine, &explanation)
    }
    for element in machine.store.elements(elements) {
      guard (try? binding.bind(element.bits, machine, site)) != nil else { continue }
      if (try? body.test(machine)) == true {
        binding.witness(machine, &explanation)
        return body.explainTrue(machine, &explanation)
      }
    }
    super.explainTrue(machine, &explanation)
  }

  override func noteImplications(_ machine: Machine, _ notes: inout ImplicationNotes) {
    guard isForAll, let elements = try? succession(of: set, machine) else { return }
    let words = machine.store.elements(elements)
    notes.note(site.span, isTested: !words.isEmpty) {
      $0.blame(set.site.span, values: "\(set.site.span.oneLineText) is empty")
    }
    for element in words {
      guard (try? binding.bind(element.bits, machine, site)) != nil else { continue }
      let bound = zip(binding.names, binding.slots).map { ($0, Value(bits: machine.slots[$1])) }
      notes.within(bound) { body.noteImplications(machine, &$0) }
    }
  }

  override func collectImplications(_ places: inout Set<SourceSpan>) {
    guard isForAll else { return }
    places.insert(site.span)
    body.collectImplications(&places)
  }
}

/// `\A` or `\E` over a set that is the same in every state: one body for each element.
final class UnrolledQuantifierNode: BooleanNode {
  private let isForAll: Bool
  private let name: String
  private let values: [Value]
  private let bodies: NodeList

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

  override func explainFalse(_ machine: Machine, _ explanation: inout ExplanationBuilder) {
    guard isForAll else {
      guard let set = try? machine.store.set(of: values) else {
        return super.explainFalse(machine, &explanation)
      }
      return explanation.blame(site.span, noneOf: [name], in: set, called: nil, machine) { element, part in
        guard let index = values.firstIndex(of: element) else { return }
        part.witness(name, element)
        bodies.all[index].explainFalse(machine, &part)
      }
    }
    for (value, body) in zip(values, bodies.all) where (try? body.test(machine)) == false {
      explanation.witness(name, value)
      return body.explainFalse(machine, &explanation)
    }
    super.explainFalse(machine, &explanation)
  }

  override func explainTrue(_ machine: Machine, _ explanation: inout ExplanationBuilder) {
    if !isForAll {
      for (value, body) in zip(values, bodies.all) where (try? body.test(machine)) == true {
        explanation.witness(name, value)
        return body.explainTrue(machine, &explanation)
      }
    }
    super.explainTrue(machine, &explanation)
  }

  override func noteImplications(_ machine: Machine, _ notes: inout ImplicationNotes) {
    guard isForAll else { return }
    for (value, body) in zip(values, bodies.all) {
      notes.within([(name, value)]) { body.noteImplications(machine, &$0) }
    }
  }

  override func collectImplications(_ places: inout Set<SourceSpan>) {
    guard isForAll else { return }
    for body in bodies.all { body.collectImplications(&places) }
  }
}

/// `CHOOSE x \in S : P`: the first in TLC's order.
final class ChooseNode: Node {
  private let binding: ElementBinding
  private let set: Node
  private let predicate: Node

  init(_ binding: ElementBinding, _ set: Node, _ predicate: Node, _ site: Site) {
    self.binding = binding
    self.set = set
    self.predicate = predicate
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let elements = try succession(of: set, machine)
    let words = machine.store.payload(elements)
    for index in 0..<machine.store.length(elements) {
      try binding.bind(words[index], machine, site)
      if try predicate.test(machine) { return Value(bits: words[index]) }
    }
    throw site.failure("CHOOSE has no witness in \(machine.store.describe(elements))")
  }

  /// Whether it takes the first element, whichever that is, of the set that a slot holds.
  func isFirst(ofSlot slot: Int) -> Bool {
    !binding.isTuple && (set as? SlotNode)?.slot == slot && predicate.constant == .yes
  }
}

/// `{x \in S : P}`
final class FilterNode: Node {
  private let binding: ElementBinding
  private let set: Node
  private let predicate: Node

  init(_ binding: ElementBinding, _ set: Node, _ predicate: Node, _ site: Site) {
    self.binding = binding
    self.set = set
    self.predicate = predicate
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let elements = try elements(of: set, machine)
    return try here {
      try machine.store.filter(elements) { element in
        try binding.bind(element.bits, machine, site)
        return try predicate.test(machine)
      }
    }
  }
}

/// `{e : x \in S, y \in T}`; with several bounds the inner ones are `SetMapNode`s whose sets are joined.
final class SetMapNode: Node {
  private let bindings: [ElementBinding]
  private let sets: NodeList
  private let element: Node

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
    let elements = try elements(of: sets.all[level], machine)
    let words = machine.store.payload(elements)
    for index in 0..<machine.store.length(elements) {
      try bindings[level].bind(words[index], machine, site)
      if level + 1 < bindings.count {
        try push(level + 1, machine)
      } else {
        let value = try element.evaluate(machine)
        try here { try machine.store.push(machine.store.part(value)) }
      }
    }
  }
}
