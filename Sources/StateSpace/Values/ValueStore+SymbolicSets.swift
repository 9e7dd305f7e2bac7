import BigInt
import TLASyntax

/// The kinds of sets that are described and not enumerated: membership and size need no elements.
enum SymbolicSetKind: UInt32 {
  case naturals, integers, strings
  /// Operand: the set of elements.
  case sequences
  /// Operand: the set whose subsets are the elements.
  case powerset
  /// Operands: domain, range.
  case functions
  /// Operands: the set of field names, then a set for each field in that order.
  case records
  /// Operands: a set for each position.
  case product
  /// Operands: first, last; both integers.
  case interval
  /// Operands: two sets, one of which is infinite.
  case union
  /// Operands: two infinite sets.
  case intersection
  /// Operands: an infinite set, and the set of what is removed from it.
  case difference
  /// Operands: a set, and the size of the subsets.
  case subsetsOfSize
  /// Operands: a set, and the greatest length of the sequences of its elements.
  case sequencesUpTo
  /// Operands: a set, and the least length of the sequences of its elements without repetition.
  case arrangements
  /// Operands: domain, range.
  case injections, surjections, bijections
}

extension ValueStore {
  /// The largest interval that is enumerated at once.
  private static let largestEnumeratedInterval = 1 << 10
  /// The largest set that is enumerated because it becomes part of a composite value.
  private static let largestPart = 1 << 20

  func symbolic(_ kind: SymbolicSetKind, _ operands: [Value] = []) throws -> Value {
    let start = scratchTop
    defer { scratchTop = start }
    try push(Value(bits: kind.rawValue))
    for operand in operands { try push(operand) }
    return try intern(Value.Tag.symbolicSet, scratch + start, scratchTop - start)
  }

  func symbolicKind(_ set: Value) -> SymbolicSetKind {
    // The word cannot be another number: `symbolic` wrote it.
    SymbolicSetKind(rawValue: payload(set)[0]) ?? .naturals
  }

  func operand(_ set: Value, _ index: Int) -> Value { Value(bits: payload(set)[index + 1]) }
  func operandCount(_ set: Value) -> Int { length(set) - 1 }

  /// `first..last`
  func interval(_ first: Int, _ last: Int) throws -> Value {
    if first > last { return emptySet }
    let (distance, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, distance < Self.largestEnumeratedInterval else {
      return try symbolic(.interval, [integer(first), integer(last)])
    }
    let start = scratchTop
    defer { scratchTop = start }
    for number in first...last { try push(integer(number)) }
    return try intern(Value.Tag.set, scratch + start, scratchTop - start)
  }

  func interval(_ first: Value, _ last: Value) throws -> Value {
    try interval(
      smallNumber(first, "the first argument of .."), smallNumber(last, "the second argument of .."))
  }

  /// `left \cup right`, where one of them may be infinite.
  func unionOfAny(_ left: Value, _ right: Value) throws -> Value {
    try requireSet(left, "the first argument of \\cup")
    try requireSet(right, "the second argument of \\cup")
    if finiteness(of: left) == true, finiteness(of: right) == true { return try union(left, right) }
    return try symbolic(.union, [left, right])
  }

  /// A value as part of a composite one. A described set that can be enumerated is enumerated, because equal parts must be equal words.
  @inline(__always) func part(_ value: Value) throws -> Value {
    value.tag == Value.Tag.symbolicSet ? try symbolicPart(value) : value
  }

  private func symbolicPart(_ set: Value) throws -> Value {
    guard finiteness(of: set) == true, try cardinality(set) <= BigInt(Self.largestPart) else { return set }
    return try enumerated(set)
  }

  // MARK: Comparison

  /// Whether two sets, one of them described, are equal; nil if only their elements can tell.
  func equalDescriptions(_ left: Value, _ right: Value) throws -> Bool? {
    if left == right { return true }
    let (isLeftEmpty, isRightEmpty) = (isEmpty(left), isEmpty(right))
    if isLeftEmpty || isRightEmpty { return isLeftEmpty && isRightEmpty ? true : nil }
    guard left.tag == Value.Tag.symbolicSet, right.tag == Value.Tag.symbolicSet else { return nil }
    switch (symbolicKind(left), symbolicKind(right)) {
    case (.naturals, .integers), (.integers, .naturals): return false
    case (.interval, .interval): return false
    case (.powerset, .powerset), (.sequences, .sequences):
      return try equal(operand(left, 0), operand(right, 0))
    case (.functions, .functions), (.product, .product), (.records, .records):
      // Neither is empty, so they are equal if all their operands are equal. The exception is functions over the empty set, whose range
      // does not matter.
      guard operandCount(left) == operandCount(right) else { return false }
      for index in 0..<operandCount(left) where try !equal(operand(left, index), operand(right, index)) {
        return symbolicKind(left) == .functions && index == 1 && operand(left, 0) == emptySet
      }
      return true
    default: return nil
    }
  }

  /// Whether one symbolic set is a subset of another; nil if only their elements can tell.
  func symbolicSubset(_ left: Value, _ right: Value) throws -> Bool? {
    guard left.tag == Value.Tag.symbolicSet, right.tag == Value.Tag.symbolicSet else { return nil }
    switch (symbolicKind(left), symbolicKind(right)) {
    case (.interval, .naturals), (.interval, .integers):
      return try contains(right, operand(left, 0))
    case (.interval, .interval):
      return try contains(right, operand(left, 0)) && contains(right, operand(left, 1))
    case (.powerset, .powerset), (.sequences, .sequences):
      return try isSubset(operand(left, 0), of: operand(right, 0))
    case (.functions, .functions):
      guard try equal(operand(left, 0), operand(right, 0)) else { return nil }
      return try isEmpty(operand(left, 0)) || isSubset(operand(left, 1), of: operand(right, 1))
    case (.product, .product), (.records, .records):
      guard !isEmpty(left), operandCount(left) == operandCount(right) else { return nil }
      let isRecords = symbolicKind(left) == .records
      if isRecords, operand(left, 0) != operand(right, 0) { return nil }
      for index in (isRecords ? 1 : 0)..<operandCount(left)
      where try !isSubset(operand(left, index), of: operand(right, index)) { return false }
      return true
    default:
      return nil
    }
  }

  // MARK: Size

  /// Whether a set is known to be empty without enumerating it.
  func isEmpty(_ set: Value) -> Bool {
    guard set.tag == Value.Tag.symbolicSet else { return set == emptySet }
    switch symbolicKind(set) {
    case .functions: return isEmpty(operand(set, 1)) && hasElements(operand(set, 0))
    case .records: return (1..<operandCount(set)).contains { isEmpty(operand(set, $0)) }
    case .product: return (0..<operandCount(set)).contains { isEmpty(operand(set, $0)) }
    default: return false
    }
  }

  /// Whether a set is known to have an element.
  private func hasElements(_ set: Value) -> Bool {
    guard set.tag == Value.Tag.symbolicSet else { return set != emptySet }
    switch symbolicKind(set) {
    case .naturals, .integers, .strings, .sequences, .powerset, .interval: return true
    case .functions: return isEmpty(operand(set, 0)) || hasElements(operand(set, 1))
    case .records: return (1..<operandCount(set)).allSatisfy { hasElements(operand(set, $0)) }
    case .product: return (0..<operandCount(set)).allSatisfy { hasElements(operand(set, $0)) }
    case .union: return hasElements(operand(set, 0)) || hasElements(operand(set, 1))
    case .intersection, .difference, .subsetsOfSize, .sequencesUpTo, .arrangements, .injections, .surjections,
      .bijections:
      return false
    }
  }

  /// Whether a set is finite; nil if its description does not say. Other values count as finite.
  func finiteness(of set: Value) -> Bool? {
    guard set.tag == Value.Tag.symbolicSet else { return true }
    if isEmpty(set) { return true }
    switch symbolicKind(set) {
    case .naturals, .integers, .strings: return false
    case .sequences: return isEmpty(operand(set, 0))
    case .powerset: return finiteness(of: operand(set, 0))
    case .functions:
      return isEmpty(operand(set, 0)) ? true : areAllFinite(operand(set, 0), operand(set, 1))
    case .records: return areAllFinite((1..<operandCount(set)).map { operand(set, $0) })
    case .product: return areAllFinite((0..<operandCount(set)).map { operand(set, $0) })
    case .interval: return true
    case .union: return areAllFinite(operand(set, 0), operand(set, 1))
    case .intersection: return nil
    case .difference: return finiteness(of: operand(set, 1)) == true ? false : nil
    case .subsetsOfSize, .arrangements: return finiteness(of: operand(set, 0))
    case .sequencesUpTo:
      return operand(set, 1) == Value(small: 0) || isEmpty(operand(set, 0))
        ? true : finiteness(of: operand(set, 0))
    case .injections, .surjections, .bijections:
      return isEmpty(operand(set, 0)) ? true : areAllFinite(operand(set, 0), operand(set, 1))
    }
  }

  private func areAllFinite(_ sets: Value...) -> Bool? { areAllFinite(sets) }

  private func areAllFinite(_ sets: [Value]) -> Bool? {
    let known = sets.map { finiteness(of: $0) }
    if known.contains(false) { return false }
    return known.contains(nil) ? nil : true
  }

  /// Throws `ValueError` if the set's elements cannot be enumerated.
  func requireFinite(_ set: Value) throws {
    guard isSet(set) else { throw notASet(set) }
    guard finiteness(of: set) != true else { return }
    let kind = finiteness(of: set) == nil ? "described" : "infinite"
    throw ValueError(
      "the elements of the \(kind) set \(describe(set)) cannot be enumerated", code: .infinite,
      hint: standIn(for: set))
  }

  func notASet(_ value: Value) -> ValueError {
    ValueError("a set is expected here, and the value is \(describe(value))", code: .set)
  }

  /// How to make an infinite set of the library finite, for a hint.
  private func standIn(for set: Value) -> String? {
    switch symbolicKind(set) {
    case .naturals, .integers, .strings:
      "bound it, or let the configuration replace it by a finite set of the module: `CONSTANT \(describe(set)) <- Finite`"
    default: nil
    }
  }

  /// `Cardinality(set)`, by a formula if there is one.
  func cardinality(_ set: Value) throws -> BigInt {
    try requireSet(set, "the argument of Cardinality")
    if set.tag == Value.Tag.set {
      try checkOrdered(set)
      return BigInt(length(set))
    }
    if isEmpty(set) { return 0 }
    switch finiteness(of: set) {
    case true?: break
    case false?:
      throw ValueError("Cardinality is asked of the infinite set \(describe(set))", code: .infinite)
    case nil:
      throw ValueError("whether \(describe(set)) is finite cannot be told, and Cardinality is asked of it")
    }
    switch symbolicKind(set) {
    case .interval:
      return bigInteger(operand(set, 1)) - bigInteger(operand(set, 0)) + 1
    case .powerset:
      let exponent = try cardinality(operand(set, 0))
      guard let small = Int(exactly: exponent), small < 1 << 20 else { throw tooLarge(set) }
      return BigInt(1) << small
    case .functions:
      guard let exponent = try Int(exactly: cardinality(operand(set, 0))), exponent < 1 << 20 else {
        throw tooLarge(set)
      }
      return try exponent == 0 ? 1 : cardinality(operand(set, 1)).power(exponent)
    case .records:
      return try (1..<operandCount(set)).reduce(1) { try $0 * cardinality(operand(set, $1)) }
    case .product:
      return try (0..<operandCount(set)).reduce(1) { try $0 * cardinality(operand(set, $1)) }
    case .sequences:
      return 1
    case .subsetsOfSize, .sequencesUpTo, .arrangements, .injections, .surjections, .bijections:
      guard let size = try familySize(symbolicKind(set), operand(set, 0), operand(set, 1)) else {
        throw tooLarge(set)
      }
      return size
    case .naturals, .integers, .strings, .union, .intersection, .difference:
      throw tooLarge(set)
    }
  }

  func tooLarge(_ set: Value) -> ValueError {
    ValueError("\(describe(set)) has too many elements to enumerate", code: .infinite)
  }

  // MARK: Operands

  /// For a product, `[S -> T]` or a set of records: the sets from which an element takes one element each, and the domain of the functions.
  /// Nil for other sets.
  func choices(of set: Value) throws -> (sets: [Value], domain: Value?)? {
    guard set.tag == Value.Tag.symbolicSet else { return nil }
    switch symbolicKind(set) {
    case .functions:
      let domain = try enumerated(operand(set, 0))
      return (Array(repeating: operand(set, 1), count: length(domain)), domain)
    case .records: return ((1..<operandCount(set)).map { operand(set, $0) }, operand(set, 0))
    case .product: return ((0..<operandCount(set)).map { operand(set, $0) }, nil)
    default: return nil
    }
  }

  /// The set `S` of `SUBSET S`; nil for other sets.
  func base(ofPowerset set: Value) -> Value? {
    guard set.tag == Value.Tag.symbolicSet, symbolicKind(set) == .powerset else { return nil }
    return operand(set, 0)
  }

  /// The least element of an interval that is not enumerated; nil for other sets.
  func first(ofInterval set: Value) -> BigInt? {
    guard set.tag == Value.Tag.symbolicSet, symbolicKind(set) == .interval else { return nil }
    return bigInteger(operand(set, 0))
  }

  /// The least and the greatest element of an interval that is not enumerated; nil for other sets.
  func ends(ofInterval set: Value) -> (first: Value, last: Value)? {
    guard set.tag == Value.Tag.symbolicSet, symbolicKind(set) == .interval else { return nil }
    return (operand(set, 0), operand(set, 1))
  }

  /// The text of a part of a described set. A part with many elements is not spelled out.
  func brief(_ set: Value) -> String {
    guard set.tag == Value.Tag.set, length(set) > 8 else { return describe(set) }
    let members = elements(set)
    if let first = members.first, let last = members.last, first.isInteger, last.isInteger,
      last.integer - first.integer == members.count - 1
    {
      return "(\(first.integer)..\(last.integer))"
    }
    return "{" + members.prefix(3).map(describe).joined(separator: ", ") + ", … \(members.count) elements}"
  }

  /// The text of a set that is not enumerated.
  func describeSymbolic(_ set: Value) -> String {
    func text(_ index: Int) -> String { brief(operand(set, index)) }
    switch symbolicKind(set) {
    case .naturals: return "Nat"
    case .integers: return "Int"
    case .strings: return "STRING"
    case .sequences: return "Seq(\(text(0)))"
    case .powerset: return "SUBSET \(text(0))"
    case .functions: return "[\(text(0)) -> \(text(1))]"
    case .records:
      let names = elements(operand(set, 0)).map { name(ofAtom: $0) }
      return "[" + names.enumerated().map { "\($1): \(text($0 + 1))" }.joined(separator: ", ") + "]"
    case .product: return (0..<operandCount(set)).map(text).joined(separator: " \\X ")
    case .interval: return "\(text(0))..\(text(1))"
    case .union: return "\(text(0)) \\cup \(text(1))"
    case .intersection: return "\(text(0)) \\cap \(text(1))"
    case .difference: return "\(text(0)) \\ \(text(1))"
    case .subsetsOfSize, .sequencesUpTo, .arrangements, .injections, .surjections, .bijections:
      return describeFamily(symbolicKind(set), operand(set, 0), operand(set, 1))
    }
  }
}
