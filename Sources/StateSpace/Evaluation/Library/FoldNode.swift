import TLASemantics

/// Folds of the community's modules: an operator with two arguments over a set, a function, a sequence or a bag. Over sets, functions and
/// bags they take the elements in order from the first, like the Java classes of these modules.
final class FoldNode: BuiltinNode {
  /// An operator argument: its body, and the slots of its parameters.
  struct Operand {
    let slots: [Int]
    let body: Node
  }

  private let operation: Operand
  private let map: Operand?
  private let choose: Operand?
  private let base: Node

  /// `arguments` holds the set, the sequence, or the function and perhaps the set of indices. `map` and `choose` are for `MapThenFoldSet`
  /// only.
  init(
    _ builtin: Builtin, _ operation: Operand, map: Operand? = nil, choose: Operand? = nil, base: Node,
    _ arguments: [Node], _ site: Site
  ) {
    self.operation = operation
    self.map = map
    self.choose = choose
    self.base = base
    super.init(builtin, arguments, site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let folded = try arguments.evaluate(0, machine)
    var result = try base.evaluate(machine)
    switch builtin {
    case .foldSet:
      try require(folded, .set, machine)
      let set = try ordered(folded, machine)
      for index in 0..<store.length(set) {
        result = try combine(Value(bits: store.payload(set)[index]), result, machine)
      }
    case .foldFunction:
      try require(folded, .function, machine)
      let indices =
        try arguments.count > 1 ? arguments.evaluate(1, machine) : here { try store.domain(folded) }
      let domain = try ordered(indices, machine)
      for index in 0..<store.length(domain) {
        let value = try here { try store.apply(folded, Value(bits: store.payload(domain)[index])) }
        result = try combine(value, result, machine)
      }
    case .foldLeft, .foldLeftDomain:
      try require(folded, .sequence, machine)
      for index in 0..<store.length(folded) {
        let element =
          builtin == .foldLeft ? store.functionValue(folded, index) : Value(small: index + 1)
        result = try combine(result, element, machine)
      }
    case .foldRight, .foldRightDomain:
      try require(folded, .sequence, machine)
      for index in (0..<store.length(folded)).reversed() {
        let element =
          builtin == .foldRight ? store.functionValue(folded, index) : Value(small: index + 1)
        result = try combine(element, result, machine)
      }
    case .foldBag:
      try require(folded, .function, machine)
      for index in 0..<store.functionCount(folded) {
        let count = store.functionValue(folded, index)
        guard store.isPositive(count) else {
          throw site.failure(
            "the third argument of FoldBag should be a bag, and is \(store.describe(folded))")
        }
        let element = store.functionArgument(folded, index)
        for _ in 0..<(try here { try store.smallNumber(count, "how often an element is in a bag") }) {
          result = try combine(result, element, machine)
        }
      }
    default:
      result = try foldChosen(folded, result, machine)
    }
    return result
  }

  /// `MapThenFoldSet`: the first chosen element is combined last.
  private func foldChosen(_ set: Value, _ base: Value, _ machine: Machine) throws -> Value {
    guard let choose, let map else { return base }
    let store = machine.store
    try require(set, .set, machine)
    let chosen: [Value]
    if let choice = choose.body as? ChooseNode, choice.isFirst(ofSlot: choose.slots[0]) {
      // Repeatedly taking the first of the remaining elements gives the set in its order.
      chosen = try store.elements(ordered(set, machine))
    } else {
      chosen = try order(of: here { try store.enumerated(set) }, by: choose, machine)
    }
    var result = base
    for element in chosen.reversed() {
      machine.slots[map.slots[0]] = element.bits
      result = try combine(map.body.evaluate(machine), result, machine)
    }
    return result
  }

  /// The elements of a set in the order in which an operator chooses them from the remaining ones.
  private func order(of set: Value, by choose: Operand, _ machine: Machine) throws -> [Value] {
    let store = machine.store
    var rest = set
    var chosen: [Value] = []
    while store.length(rest) > 0 {
      machine.slots[choose.slots[0]] = rest.bits
      let element = try choose.body.evaluate(machine)
      let fewer = try here { try store.difference(rest, store.set(of: [element])) }
      guard fewer != rest else {
        throw site.failure(
          "an element of \(store.describe(rest)) is expected here, and the value is \(store.describe(element))"
        )
      }
      rest = fewer
      chosen.append(element)
    }
    return chosen
  }

  private func combine(_ first: Value, _ second: Value, _ machine: Machine) throws -> Value {
    machine.slots[operation.slots[0]] = first.bits
    machine.slots[operation.slots[1]] = second.bits
    return try operation.body.evaluate(machine)
  }

  private func ordered(_ set: Value, _ machine: Machine) throws -> Value {
    try here {
      let result = try machine.store.inTLCOrder(set)
      try machine.store.checkOrdered(result)
      return result
    }
  }

  /// Throws unless the folded value is of that kind.
  private func require(_ value: Value, _ kind: ArgumentKind, _ machine: Machine) throws {
    let position =
      switch builtin {
      case .foldRight, .foldRightDomain: 2
      case .mapThenFoldSet: 5
      default: 3
      }
    try here { try machine.store.require(value, kind, argument: position, of: builtin) }
  }
}
