import BigInt
import TLASemantics

/// `+`, `-`, `*`, `\div`, `%`, `^`
final class ArithmeticNode: Node {
  let left: Node
  let right: Node
  let operation: ValueStore.Arithmetic

  init(_ left: Node, _ operation: ValueStore.Arithmetic, _ right: Node, _ site: Site) {
    self.left = left
    self.right = right
    self.operation = operation
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let first = try left.evaluate(machine)
    let second = try right.evaluate(machine)
    if first.isInteger, second.isInteger {
      switch operation {
      case .plus: return try here { try machine.store.integer(first.integer &+ second.integer) }
      case .minus: return try here { try machine.store.integer(first.integer &- second.integer) }
      default: break
      }
    }
    return try here { try machine.store.compute(operation, first, second) }
  }
}

/// An operation on one value.
final class UnaryNode: Node {
  let builtin: Builtin
  let operand: Node

  init(_ builtin: Builtin, _ operand: Node, _ site: Site) {
    self.builtin = builtin
    self.operand = operand
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = try operand.evaluate(machine)
    if builtin == .cardinality, value.tag == Value.Tag.set {
      // An error about elements that cannot be compared is not a library failure of Cardinality.
      try here { try machine.store.checkOrdered(value) }
      return Value(small: machine.store.length(value))
    }
    switch builtin {
    case .length, .head, .tail, .cardinality, .permutations:
      return try inLibrary { try Self.apply(builtin, value, machine.store) }
    default: return try here { try Self.apply(builtin, value, machine.store) }
    }
  }

  private static func apply(_ builtin: Builtin, _ value: Value, _ store: ValueStore) throws -> Value {
    switch builtin {
    case .length: return try store.integer(store.length(ofSequence: value))
    case .head: return try store.head(value)
    case .tail: return try store.tail(value)
    case .cardinality: return try store.integer(store.cardinality(value))
    case .domain: return try store.domain(value)
    case .powerset:
      try store.requireSet(value, "the argument of SUBSET")
      return try store.symbolic(.powerset, [value])
    case .unionAll: return try store.unionAll(value)
    case .negate where value.isInteger: return try store.integer(-value.integer)
    case .negate:
      try store.requireNumber(value, "the argument of -")
      return try store.integer(-store.bigInteger(value))
    case .sequences:
      try store.requireSet(value, "the argument of Seq")
      return try store.symbolic(.sequences, [value])
    case .isFiniteSet:
      try store.requireSet(value, "the argument of IsFiniteSet")
      guard let isFinite = store.finiteness(of: value) else {
        throw ValueError("whether \(store.describe(value)) is finite cannot be told")
      }
      return Value(isFinite)
    case .isABag:
      // As in TLC, a value that is not a function to positive integers is not a bag, and this is not an error.
      guard value.isFunction else { return .no }
      return Value(
        (0..<store.functionCount(value)).allSatisfy { store.isPositive(store.functionValue(value, $0)) })
    case .toString: return try store.madeString(store.plain(value).description)
    case .permutations: return try store.permutations(of: value)
    case .tlcModelValue:
      guard store.isString(value) else {
        throw ValueError("the argument of TLCModelValue is \(store.describe(value)), and not a string")
      }
      return try store.madeModelValue(store.name(ofAtom: value))
    case .noOperation: return value
    case .tlcEval:
      return value.tag == Value.Tag.symbolicSet && store.finiteness(of: value) == true
        ? try store.enumerated(value) : value
    default: throw ValueError("\(builtin) is not an operation of one argument")
    }
  }
}

/// An operation on two values.
final class BinaryNode: Node {
  let builtin: Builtin
  let left: Node
  let right: Node

  init(_ builtin: Builtin, _ left: Node, _ right: Node, _ site: Site) {
    self.builtin = builtin
    self.left = left
    self.right = right
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let first = try left.evaluate(machine)
    let second = try right.evaluate(machine)
    let store = machine.store
    switch builtin {
    case .append: return try inLibrary { try store.append(first, second) }
    case .concatenate: return try inLibrary { try store.concatenate(first, second) }
    case .mergeFunctions: return try inLibrary { try store.mergeFunctions(first, second) }
    default: break
    }
    return try here {
      switch builtin {
      case .union: return try store.unionOfAny(first, second)
      case .intersection: return try store.intersection(first, second)
      case .difference: return try store.difference(first, second)
      case .interval: return try store.interval(first, second)
      case .singleFunction: return try store.function([(first, second)])
      case .assertEqual:
        if try store.equal(first, second) { return .yes }
        machine.output("\(store.describe(first)) is not equal to \(store.describe(second))")
        return .no
      default: throw ValueError("\(builtin) is not an operation of two arguments")
      }
    }
  }
}

/// `S \subseteq T`
final class SubsetNode: BooleanNode {
  let left: Node
  let right: Node

  init(_ left: Node, _ right: Node, _ site: Site) {
    self.left = left
    self.right = right
    super.init(site)
  }

  override func test(_ machine: Machine) throws -> Bool {
    let first = try left.evaluate(machine)
    let second = try right.evaluate(machine)
    return try here {
      try machine.store.requireSet(first, "the first argument of \\subseteq")
      try machine.store.requireSet(second, "the second argument of \\subseteq")
      return try machine.store.isSubset(first, of: second)
    }
  }
}

/// `SubSeq(s, m, n)`
final class SubsequenceNode: Node {
  let sequence: Node
  let from: Node
  let to: Node

  init(_ sequence: Node, _ from: Node, _ to: Node, _ site: Site) {
    self.sequence = sequence
    self.from = from
    self.to = to
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let value = try sequence.evaluate(machine)
    let (first, last) = (try from.evaluate(machine), try to.evaluate(machine))
    return try inLibrary { try machine.store.subsequence(value, first, last) }
  }
}

/// `SelectSeq(s, Test)`. The body of `Test` is compiled with its parameter in a slot.
final class SelectSequenceNode: Node {
  let sequence: Node
  let slot: Int
  let predicate: Node

  init(_ sequence: Node, slot: Int, _ predicate: Node, _ site: Site) {
    self.sequence = sequence
    self.slot = slot
    self.predicate = predicate
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let value = try sequence.evaluate(machine)
    try inLibrary { try store.requireSequence(value, "the first argument of SelectSeq") }
    let start = store.scratchTop
    do {
      for index in 0..<store.length(value) {
        let element = store.functionValue(value, index)
        machine.slots[slot] = element.bits
        if try testInLibrary(predicate, of: "SelectSeq", machine) { try here { try store.push(element) } }
      }
    } catch {
      store.scratchTop = start
      throw error
    }
    return try here { try store.popTuple(from: start) }
  }
}

/// `SortSeq(s, Precedes)`, by merging runs from the bottom up. As in TLC's insertion sort, a later element comes before an earlier one if
/// it precedes it, so `<=` reverses equal elements in both. For an operator that is not an order, the results may differ.
final class SortSequenceNode: Node {
  let sequence: Node
  let firstSlot: Int
  let secondSlot: Int
  let precedes: Node

  init(_ sequence: Node, slots: (Int, Int), _ precedes: Node, _ site: Site) {
    self.sequence = sequence
    firstSlot = slots.0
    secondSlot = slots.1
    self.precedes = precedes
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let value = try sequence.evaluate(machine)
    try inLibrary { try store.requireSequence(value, "the first argument of SortSeq") }
    var sorted = try (0..<store.length(value)).map { place in
      try here { try store.countStep() }
      return store.functionValue(value, place)
    }
    var width = 1
    while width < sorted.count {
      var merged: [Value] = []
      merged.reserveCapacity(sorted.count)
      for start in stride(from: 0, to: sorted.count, by: 2 * width) {
        let middle = min(start + width, sorted.count)
        let end = min(middle + width, sorted.count)
        try merge(sorted[start..<middle], sorted[middle..<end], into: &merged, machine)
      }
      sorted = merged
      width *= 2
    }
    return try here {
      let start = store.scratchTop
      for element in sorted {
        try store.countStep()
        try store.push(element)
      }
      return try store.popTuple(from: start)
    }
  }

  private func merge(
    _ left: ArraySlice<Value>, _ right: ArraySlice<Value>, into merged: inout [Value], _ machine: Machine
  ) throws {
    var (left, right) = (left, right)
    while let earlier = left.first, let later = right.first {
      try here { try machine.store.countStep() }
      machine.slots[firstSlot] = later.bits
      machine.slots[secondSlot] = earlier.bits
      let isBefore = try testInLibrary(precedes, of: "SortSeq", machine)
      merged.append(isBefore ? right.removeFirst() : left.removeFirst())
    }
    merged += left
    merged += right
  }
}

/// `Print`, `PrintT`, `Assert`
final class EffectNode: Node {
  let builtin: Builtin
  let arguments: [Node]

  init(_ builtin: Builtin, _ arguments: [Node], _ site: Site) {
    self.builtin = builtin
    self.arguments = arguments
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let values = try arguments.map { try $0.evaluate(machine) }
    switch builtin {
    case .assert:
      if values[0] == .yes { return .yes }
      guard values[0] == .no else {
        throw site.failure(
          "the first argument of Assert should be a Boolean, and is \(machine.store.describe(values[0]))",
          .assertion)
      }
      throw site.failure("the assertion failed: \(machine.store.describe(values[1]))", .assertion)
    case .print:
      machine.output(values.map { machine.store.plain($0).description }.joined(separator: "  "))
      return values[1]
    default:
      machine.output(machine.store.plain(values[0]).description)
      return .yes
    }
  }
}

extension ValueStore {
  /// `Permutations(set)`: the bijections from the set to itself.
  func permutations(of set: Value) throws -> Value {
    let set = try ordered(set)
    let members = elements(set)
    guard members.count <= 9 else {
      throw ValueError("\(describe(set)) has too many permutations", kind: .resource)
    }
    var results: [Value] = []
    func extend(_ chosen: [Value]) throws {
      if chosen.count == members.count {
        let start = scratchTop
        for value in chosen { try push(value) }
        results.append(try popFunction(domain: set, from: start))
        return
      }
      for member in members where !chosen.contains(member) { try extend(chosen + [member]) }
    }
    try extend([])
    return try self.set(of: results)
  }
}
