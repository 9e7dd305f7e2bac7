import TLASemantics

/// Folds of the community's modules: an operator of two arguments over a set, a function or a sequence. Over sets and functions they take the elements
/// in their order, from the first, as the Java classes of these modules do.
final class FoldNode: Node {
  /// An operator that is an argument: its body, and the slots of its parameters.
  struct Operand {
    let slots: [Int]
    let body: Node
  }

  private let builtin: Builtin
  private let operation: Operand
  private let map: Operand?
  private let choose: Operand?
  private let base: Node
  private let arguments: NodeList

  /// `arguments` are what is folded: a set, a sequence, or a function and perhaps the set of indices. `map` and `choose` only for `MapThenFoldSet`.
  init(
    _ builtin: Builtin, _ operation: Operand, map: Operand? = nil, choose: Operand? = nil, base: Node,
    _ arguments: [Node], _ site: Site
  ) {
    self.builtin = builtin
    self.operation = operation
    self.map = map
    self.choose = choose
    self.base = base
    self.arguments = NodeList(arguments)
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let folded = try arguments.evaluate(0, machine)
    var result = try base.evaluate(machine)
    switch builtin {
    case .foldSet:
      let set = try ordered(folded, machine)
      for index in 0..<store.length(set) {
        result = try combine(Value(bits: store.payload(set)[index]), result, machine)
      }
    case .foldFunction:
      guard folded.isFunction else { throw wrong(folded, "a function", machine) }
      let indices =
        try arguments.count > 1 ? arguments.evaluate(1, machine) : here { try store.domain(folded) }
      let domain = try ordered(indices, machine)
      for index in 0..<store.length(domain) {
        let value = try here { try store.apply(folded, Value(bits: store.payload(domain)[index])) }
        result = try combine(value, result, machine)
      }
    case .foldLeft, .foldRight:
      try here { try store.requireSequence(folded, "what is folded") }
      let count = store.length(folded)
      for index in 0..<count {
        result =
          try builtin == .foldLeft
          ? combine(result, store.functionValue(folded, index), machine)
          : combine(store.functionValue(folded, count - 1 - index), result, machine)
      }
    default:
      result = try foldChosen(folded, result, machine)
    }
    return result
  }

  /// `MapThenFoldSet`: the first that is chosen is combined last.
  private func foldChosen(_ set: Value, _ base: Value, _ machine: Machine) throws -> Value {
    guard let choose, let map else { return base }
    let store = machine.store
    var rest = try here { try store.enumerated(set) }
    var chosen: [Value] = []
    while store.length(rest) > 0 {
      machine.slots[choose.slots[0]] = rest.bits
      let element = try choose.body.evaluate(machine)
      let single = try here { try store.set(of: [element]) }
      let fewer = try here { try store.difference(rest, single) }
      guard fewer != rest else { throw wrong(element, "an element of \(store.describe(rest))", machine) }
      rest = fewer
      chosen.append(element)
    }
    var result = base
    for element in chosen.reversed() {
      machine.slots[map.slots[0]] = element.bits
      result = try combine(map.body.evaluate(machine), result, machine)
    }
    return result
  }

  private func combine(_ first: Value, _ second: Value, _ machine: Machine) throws -> Value {
    machine.slots[operation.slots[0]] = first.bits
    machine.slots[operation.slots[1]] = second.bits
    return try operation.body.evaluate(machine)
  }

  private func ordered(_ set: Value, _ machine: Machine) throws -> Value {
    try here {
      let result = try machine.store.enumerated(set)
      try machine.store.checkOrdered(result)
      return result
    }
  }

  private func wrong(_ value: Value, _ expected: String, _ machine: Machine) -> EvaluationFailure {
    site.failure("\(expected) is expected here, and the value is \(machine.store.describe(value))")
  }
}
