import TLASemantics

/// The operators of the module Relation: properties and closures of a relation over a set. The relation is a function of pairs, or an
/// operator.
final class RelationNode: Node {
  enum Relation {
    case function(Node)
    case `operator`(FoldNode.Operand)
  }

  private let builtin: Builtin
  private let relation: Relation
  private let set: Node

  init(_ builtin: Builtin, _ relation: Relation, over set: Node, _ site: Site) {
    self.builtin = builtin
    self.relation = relation
    self.set = set
    super.init(site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let value = try set.evaluate(machine)
    let members = try here {
      try store.require(value, .set, argument: 2, of: builtin)
      let set = try store.enumerated(value)
      try store.checkOrdered(set)
      return set
    }
    var table = RelationTable(store.elements(members))
    var function: Value?
    return try table.evaluate(
      builtin,
      closure: { closed in
        try here { try store.relation(closed, over: members) }
      }
    ) { first, second in
      try holds(first, second, &function, machine)
    }
  }

  private func holds(_ first: Value, _ second: Value, _ function: inout Value?, _ machine: Machine) throws
    -> Bool
  {
    let store = machine.store
    let result: Value
    switch relation {
    case .operator(let operand):
      machine.slots[operand.slots[0]] = first.bits
      machine.slots[operand.slots[1]] = second.bits
      result = try operand.body.evaluate(machine)
    case .function(let node):
      let pair = try here {
        let start = store.scratchTop
        try store.push(first)
        try store.push(second)
        return try store.popTuple(from: start)
      }
      if node.isLazyFunction {
        result = try node.applied(to: [pair], machine)
      } else {
        let known = try function ?? node.evaluate(machine)
        function = known
        result = try here { try store.apply(known, pair) }
      }
    }
    guard result.isBoolean else {
      throw site.failure(
        "the relation of \(builtin.tlaName) should be a Boolean for each pair, and for \(store.describe(first)) and \(store.describe(second)) it is \(store.describe(result))"
      )
    }
    return result == .yes
  }
}

/// A relation over a set, as a table whose cells are evaluated when they are first needed.
private struct RelationTable {
  private enum Cell: UInt8 { case unknown, no, yes }

  private let members: [Value]
  private var cells: [Cell]
  private var count: Int { members.count }

  init(_ members: [Value]) {
    self.members = members
    cells = Array(repeating: .unknown, count: members.count * members.count)
  }

  /// The value of an operator of the module. `closure` makes the value of a closed relation, and `holds` evaluates the relation.
  mutating func evaluate(
    _ builtin: Builtin, closure: (BitMatrix) throws -> Value, _ holds: (Value, Value) throws -> Bool
  ) throws -> Value {
    switch builtin {
    case .transitiveClosure: return try closure(closed(isReflexive: false, holds))
    case .reflexiveTransitiveClosure: return try closure(closed(isReflexive: true, holds))
    case .isConnected: return Value(try closed(isReflexive: true, holds).isFull)
    default: return Value(try has(builtin, holds))
    }
  }

  private mutating func has(_ property: Builtin, _ holds: (Value, Value) throws -> Bool) throws -> Bool {
    switch property {
    case .isReflexive, .isReflexiveUnder:
      for one in 0..<count where try !cell(one, one, holds) { return false }
    case .isIrreflexive, .isIrreflexiveUnder:
      for one in 0..<count where try cell(one, one, holds) { return false }
    case .isSymmetric, .isSymmetricUnder:
      return try forPairs { try $0.cell($1, $2, holds) == $0.cell($2, $1, holds) }
    case .isAntiSymmetric, .isAntiSymmetricUnder:
      return try forPairs { try !($0.cell($1, $2, holds) && $0.cell($2, $1, holds)) || $1 == $2 }
    case .isAsymmetric, .isAsymmetricUnder:
      return try forPairs { try !($0.cell($1, $2, holds) && $0.cell($2, $1, holds)) }
    case .isTransitive, .isTransitiveUnder:
      return try forPairs { table, one, other in
        guard try table.cell(one, other, holds) else { return true }
        for third in 0..<table.count
        where try table.cell(other, third, holds) && !table.cell(one, third, holds) { return false }
        return true
      }
    case .isPartiallyOrdered, .isPartiallyOrderedUnder:
      return try has(.isReflexive, holds) && has(.isAntiSymmetric, holds) && has(.isTransitive, holds)
    case .isStrictlyPartiallyOrdered, .isStrictlyPartiallyOrderedUnder:
      return try has(.isIrreflexive, holds) && has(.isAntiSymmetric, holds) && has(.isTransitive, holds)
    case .isTotallyOrdered, .isTotallyOrderedUnder:
      return try has(.isPartiallyOrdered, holds)
        && forPairs { try $0.cell($1, $2, holds) || $0.cell($2, $1, holds) }
    default:
      return try has(.isStrictlyPartiallyOrdered, holds)
        && forPairs { try $1 == $2 || $0.cell($1, $2, holds) || $0.cell($2, $1, holds) }
    }
    return true
  }

  private mutating func forPairs(_ condition: (inout Self, Int, Int) throws -> Bool) rethrows -> Bool {
    for one in 0..<count {
      for other in 0..<count where try !condition(&self, one, other) { return false }
    }
    return true
  }

  private mutating func cell(_ one: Int, _ other: Int, _ holds: (Value, Value) throws -> Bool) throws -> Bool
  {
    let place = one * count + other
    if cells[place] == .unknown { cells[place] = try holds(members[one], members[other]) ? .yes : .no }
    return cells[place] == .yes
  }

  private mutating func closed(isReflexive: Bool, _ holds: (Value, Value) throws -> Bool) throws -> BitMatrix
  {
    var matrix = BitMatrix(count)
    for one in 0..<count {
      for other in 0..<count where try cell(one, other, holds) { matrix.insert(one, other) }
    }
    matrix.close()
    if isReflexive { for one in 0..<count { matrix.insert(one, one) } }
    return matrix
  }
}

/// A square matrix of Booleans, one bit each.
struct BitMatrix {
  let count: Int
  private let rowWords: Int
  private var words: [UInt64]

  init(_ count: Int) {
    self.count = count
    rowWords = (count + 63) / 64
    words = Array(repeating: 0, count: count * rowWords)
  }

  mutating func insert(_ row: Int, _ column: Int) {
    words[row * rowWords + column / 64] |= 1 << UInt64(column % 64)
  }

  func contains(_ row: Int, _ column: Int) -> Bool {
    words[row * rowWords + column / 64] >> UInt64(column % 64) & 1 == 1
  }

  var isFull: Bool { (0..<count).allSatisfy { row in (0..<count).allSatisfy { contains(row, $0) } } }

  /// Makes it transitive: Warshall, "A theorem on Boolean matrices" (1962), one row at a time.
  mutating func close() {
    for middle in 0..<count {
      for row in 0..<count where row != middle && contains(row, middle) {
        for word in 0..<rowWords { words[row * rowWords + word] |= words[middle * rowWords + word] }
      }
    }
  }
}

extension ValueStore {
  /// The function from pairs of a set's elements to whether the matrix has them.
  func relation(_ matrix: BitMatrix, over set: Value) throws -> Value {
    let domain = try enumerated(symbolic(.product, [set, set]))
    let start = scratchTop
    for row in 0..<matrix.count {
      for column in 0..<matrix.count { try push(Value(matrix.contains(row, column))) }
    }
    return try popFunction(domain: domain, from: start)
  }
}
