import TLASemantics

/// Operators of the community's modules that test the elements of a sequence or a set with a predicate: `SelectInSeq` and the like,
/// `RemoveFirstMatch`, `Quantify`.
final class PredicateNode: BuiltinNode {
  private let predicate: FoldNode.Operand

  init(_ builtin: Builtin, _ predicate: FoldNode.Operand, _ arguments: [Node], _ site: Site) {
    self.predicate = predicate
    super.init(builtin, arguments, site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let value = try arguments.evaluate(0, machine)
    if builtin == .quantify {
      let set = try here {
        try store.require(value, .set, argument: 1, of: builtin)
        let set = try store.enumerated(value)
        try store.checkOrdered(set)
        return set
      }
      var count = 0
      for index in 0..<store.length(set) where try holds(Value(bits: store.payload(set)[index]), machine) {
        count += 1
      }
      return Value(small: count)
    }
    try here { try store.require(value, .sequence, argument: 1, of: builtin) }
    let isLast = builtin == .selectLastInSequence || builtin == .selectLastInSubsequence
    let isPart = builtin == .selectInSubsequence || builtin == .selectLastInSubsequence
    let places = try isPart ? part(of: value, machine) : 0..<store.length(value)
    let found = try isLast ? places.last(where: test) : places.first(where: test)
    guard builtin == .removeFirstMatch else { return Value(small: (found ?? -1) + 1) }
    return try here { try found.map { try store.removing(at: $0, from: value) } ?? value }

    func test(_ place: Int) throws -> Bool { try holds(store.functionValue(value, place), machine) }
  }

  /// The range, counted from 0, that the second and third arguments give.
  private func part(of sequence: Value, _ machine: Machine) throws -> Range<Int> {
    let store = machine.store
    let (first, last) = (try arguments.evaluate(1, machine), try arguments.evaluate(2, machine))
    return try here {
      let bounds = try [first, last].enumerated().map {
        try store.smallNumber($1, builtin.argument($0 + 2))
      }
      if bounds[0] > bounds[1] { return 0..<0 }
      for (place, bound) in bounds.enumerated() where bound < 1 || bound > store.length(sequence) {
        throw ValueError(
          "\(builtin.argument(place + 2)) should be in the domain of \(store.describe(sequence)), and is \(bound)"
        )
      }
      return (bounds[0] - 1)..<bounds[1]
    }
  }

  private func holds(_ element: Value, _ machine: Machine) throws -> Bool {
    machine.slots[predicate.slots[0]] = element.bits
    return try predicate.body.test(machine)
  }
}
