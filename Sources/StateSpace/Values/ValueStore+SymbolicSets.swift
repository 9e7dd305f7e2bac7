import BigInt

/// Sets that are described and not enumerated: membership and size without their elements.
enum SymbolicSetKind: UInt32 {
  case naturals, integers, strings
  /// Operand: the set of elements.
  case sequences
  /// Operand: the set whose subsets they are.
  case powerset
  /// Operands: domain, range.
  case functions
  /// Operands: the set of field names, then a set for each in its order.
  case records
  /// Operands: a set for each position.
  case product
  /// Operands: first, last; both integers.
  case interval
  /// Operands: two sets, one of which is infinite.
  case union
  /// Operands: two infinite sets.
  case intersection
  /// Operands: an infinite set, and a set of what is not in it.
  case difference
  /// Operands: a set, how many of its elements each subset has.
  case subsetsOfSize
  /// Operands: a set, how many elements a sequence of its elements has at most.
  case sequencesUpTo
  /// Operands: a set, how many elements a sequence of its elements without repetition has at least.
  case arrangements
  /// Operands: domain, range.
  case injections, surjections, bijections
}

extension ValueStore {
  /// An interval is enumerated up to this size.
  private static let largestEnumeratedInterval = 1 << 10
  /// The largest set that is enumerated because it is part of a composite value.
  private static let largestPart = 1 << 16
  /// The largest set that is enumerated because somebody asks for its elements.
  private static let largestEnumeration = 1 << 26

  func symbolic(_ kind: SymbolicSetKind, _ operands: [Value] = []) throws -> Value {
    let start = scratchTop
    defer { scratchTop = start }
    try push(Value(bits: kind.rawValue))
    for operand in operands { try push(operand) }
    return try intern(Value.Tag.symbolicSet, scratch + start, scratchTop - start)
  }

  func symbolicKind(_ set: Value) -> SymbolicSetKind {
    // The word was written by `symbolic`.
    SymbolicSetKind(rawValue: payload(set)[0]) ?? .naturals
  }

  func operand(_ set: Value, _ index: Int) -> Value { Value(bits: payload(set)[index + 1]) }
  private func operandCount(_ set: Value) -> Int { length(set) - 1 }

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

  /// `left \cup right` where one of them may be infinite.
  func unionOfAny(_ left: Value, _ right: Value) throws -> Value {
    try requireSet(left, "the first argument of \\cup")
    try requireSet(right, "the second argument of \\cup")
    if isFinite(left), isFinite(right) { return try union(left, right) }
    return try symbolic(.union, [left, right])
  }

  /// A value as a part of a composite one: a set that is described and can be enumerated is, since equal parts have to be
  /// equal words.
  @inline(__always) func part(_ value: Value) throws -> Value {
    value.tag == Value.Tag.symbolicSet ? try symbolicPart(value) : value
  }

  private func symbolicPart(_ set: Value) throws -> Value {
    guard isFinite(set), try cardinality(set) <= BigInt(Self.largestPart) else { return set }
    return try enumerated(set)
  }

  // MARK: Membership

  func symbolicContains(_ set: Value, _ element: Value) throws -> Bool {
    guard set.tag == Value.Tag.symbolicSet else {
      throw ValueError("\(describe(set)) is asked for the element \(describe(element)), and is not a set")
    }
    switch symbolicKind(set) {
    case .naturals:
      if isModelValue(element) { return false }
      guard isNumber(element) else { throw notComparable(element, set) }
      return compare(element, Value(small: 0)) >= 0
    case .integers:
      if isModelValue(element) { return false }
      guard isNumber(element) else { throw notComparable(element, set) }
      return true
    case .strings:
      if isModelValue(element) { return false }
      guard isString(element) else { throw notComparable(element, set) }
      return true
    case .interval:
      if isModelValue(element) { return false }
      guard isNumber(element) else { throw notComparable(element, set) }
      return compare(operand(set, 0), element) <= 0 && compare(element, operand(set, 1)) <= 0
    case .sequences:
      guard element.isFunction else { throw notComparable(element, set) }
      guard element.tag == Value.Tag.tuple else { return false }
      for index in 0..<length(element) where try !contains(operand(set, 0), functionValue(element, index)) {
        return false
      }
      return true
    case .powerset:
      guard isSet(element) else { throw notComparable(element, set) }
      return try isSubset(element, of: operand(set, 0))
    case .functions:
      guard element.isFunction else { throw notComparable(element, set) }
      guard try equal(domain(element), enumerated(operand(set, 0))) else { return false }
      for index in 0..<functionCount(element)
      where try !contains(operand(set, 1), functionValue(element, index)) {
        return false
      }
      return true
    case .records:
      guard element.isFunction else { throw notComparable(element, set) }
      guard element.tag == Value.Tag.record, try domain(element) == operand(set, 0) else { return false }
      for index in 0..<functionCount(element)
      where try !contains(operand(set, index + 1), functionValue(element, index)) {
        return false
      }
      return true
    case .product:
      guard element.isFunction else { throw notComparable(element, set) }
      guard element.tag == Value.Tag.tuple, length(element) == operandCount(set) else { return false }
      for index in 0..<length(element) where try !contains(operand(set, index), functionValue(element, index))
      {
        return false
      }
      return true
    case .union:
      return try contains(operand(set, 0), element) || contains(operand(set, 1), element)
    case .intersection:
      return try contains(operand(set, 0), element) && contains(operand(set, 1), element)
    case .difference:
      return try contains(operand(set, 0), element) && !contains(operand(set, 1), element)
    case .subsetsOfSize, .sequencesUpTo, .arrangements, .injections, .surjections, .bijections:
      let kind = symbolicKind(set)
      guard kind == .subsetsOfSize ? isSet(element) : element.isFunction else {
        throw notComparable(element, set)
      }
      return try familyContains(kind, operand(set, 0), operand(set, 1), element)
    }
  }

  private func notComparable(_ element: Value, _ set: Value) -> ValueError {
    let isOfModule = [.naturals, .integers, .strings, .sequences].contains(symbolicKind(set))
    return ValueError(
      "\(describe(element)), \(kind(element)), cannot be an element of \(describe(set))",
      kind: isOfModule ? .library : .evaluation)
  }

  /// Whether one symbolic set is inside another, where that can be told without elements; nil where it cannot.
  func symbolicSubset(_ left: Value, _ right: Value) throws -> Bool? {
    guard left.tag == Value.Tag.symbolicSet, right.tag == Value.Tag.symbolicSet else { return nil }
    let (leftKind, rightKind) = (symbolicKind(left), symbolicKind(right))
    switch (leftKind, rightKind) {
    case (.powerset, .powerset), (.sequences, .sequences):
      return try isSubset(operand(left, 0), of: operand(right, 0))
    case (.functions, .functions):
      guard try equal(operand(left, 0), operand(right, 0)) else { return nil }
      return try isSubset(operand(left, 1), of: operand(right, 1))
    default:
      return nil
    }
  }

  // MARK: Size

  func isFinite(_ set: Value) -> Bool {
    guard set.tag == Value.Tag.symbolicSet else { return true }
    switch symbolicKind(set) {
    case .naturals, .integers, .strings: return false
    case .sequences: return operand(set, 0) == emptySet
    case .powerset: return isFinite(operand(set, 0))
    case .functions:
      return isFinite(operand(set, 0)) && (isFinite(operand(set, 1)) || operand(set, 0) == emptySet)
    case .records: return (1..<operandCount(set)).allSatisfy { isFinite(operand(set, $0)) }
    case .product: return (0..<operandCount(set)).allSatisfy { isFinite(operand(set, $0)) }
    case .interval: return true
    case .union, .intersection, .difference: return false
    case .subsetsOfSize, .sequencesUpTo, .arrangements, .injections, .surjections, .bijections:
      return isFamilyFinite(symbolicKind(set), operand(set, 0), operand(set, 1))
    }
  }

  /// `Cardinality(set)`, by formula where there is one.
  func cardinality(_ set: Value) throws -> BigInt {
    try requireSet(set, "the argument of Cardinality")
    if set.tag == Value.Tag.set {
      try checkOrdered(set)
      return BigInt(length(set))
    }
    guard isFinite(set) else { throw ValueError("Cardinality is asked of the infinite set \(describe(set))") }
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

  private func tooLarge(_ set: Value) -> ValueError {
    ValueError("\(describe(set)) has too many elements to enumerate")
  }

  // MARK: Elements

  /// The set with its elements. Throws `ValueError` for an infinite or hopelessly large one, or for what is no set.
  @inline(__always) func enumerated(_ set: Value) throws -> Value {
    set.tag == Value.Tag.set ? set : try enumeratedSlowly(set)
  }

  /// How an infinite set that the library defines is made finite.
  private func standIn(for set: Value) -> String? {
    switch symbolicKind(set) {
    case .naturals, .integers, .strings:
      "bound it, or let the configuration replace it by a finite set of the module: `CONSTANT \(describe(set)) <- Finite`"
    default: nil
    }
  }

  private func enumeratedSlowly(_ set: Value) throws -> Value {
    guard set.tag == Value.Tag.symbolicSet else {
      throw ValueError("a set is expected here, and the value is \(describe(set))")
    }
    if let known = enumerations[set.bits] { return known }
    guard isFinite(set) else {
      throw ValueError(
        "the elements of the infinite set \(describe(set)) cannot be enumerated", hint: standIn(for: set))
    }
    guard try cardinality(set) <= BigInt(Self.largestEnumeration) else { throw tooLarge(set) }
    let start = scratchTop
    defer { scratchTop = start }
    switch symbolicKind(set) {
    case .interval:
      let first = try smallNumber(operand(set, 0), "the first argument of ..")
      for offset in 0..<Int(try cardinality(set)) { try push(integer(first + offset)) }
    case .powerset:
      try pushSubsets(of: enumerated(operand(set, 0)))
    case .functions:
      let domain = try enumerated(operand(set, 0))
      try pushChoices(Array(repeating: enumerated(operand(set, 1)), count: length(domain))) { choice in
        let inner = scratchTop
        for value in choice { try push(value) }
        return try popFunction(domain: domain, from: inner)
      }
    case .records:
      try pushChoices((1..<operandCount(set)).map { try enumerated(operand(set, $0)) }) { choice in
        let inner = scratchTop
        for value in choice { try push(value) }
        return try popFunction(domain: operand(set, 0), from: inner)
      }
    case .product:
      try pushChoices((0..<operandCount(set)).map { try enumerated(operand(set, $0)) }) { choice in
        let inner = scratchTop
        for value in choice { try push(value) }
        return try popTuple(from: inner)
      }
    case .sequences:
      try push(emptyTuple)
    case .subsetsOfSize, .sequencesUpTo, .arrangements, .injections, .surjections, .bijections:
      try pushFamily(symbolicKind(set), operand(set, 0), operand(set, 1))
    case .naturals, .integers, .strings, .union, .intersection, .difference:
      throw tooLarge(set)
    }
    // Subsets are made in their order.
    let isSorted = symbolicKind(set) == .powerset
    let count =
      isSorted ? scratchTop - start : sortAndRemoveDuplicates(scratch + start, scratchTop - start)
    let result = try intern(Value.Tag.set, scratch + start, count)
    enumerations[set.bits] = result
    return result
  }

  /// Pushes the subsets in TLC's order: by size, then by their elements.
  private func pushSubsets(of set: Value) throws {
    let members = elements(set)
    for size in 0...members.count { try pushSubsets(ofSize: size, members) }
  }

  /// Pushes what `make` makes of every way to take one element of each set.
  private func pushChoices(_ sets: [Value], make: ([Value]) throws -> Value) throws {
    if sets.contains(emptySet) { return }
    var positions = Array(repeating: 0, count: sets.count)
    while true {
      try push(make(zip(sets, positions).map { Value(bits: payload($0)[$1]) }))
      var place = sets.count - 1
      while place >= 0 {
        positions[place] += 1
        if positions[place] < length(sets[place]) { break }
        positions[place] = 0
        place -= 1
      }
      if place < 0 { return }
    }
  }

  /// The sets of which an element of a product, of `[S -> T]` or of a set of records takes one element each, and the domain of functions; nil for other sets.
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

  /// The set whose subsets `SUBSET S` has for elements; nil for other sets.
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

  /// How TLC prints a set that it does not enumerate.
  func describeSymbolic(_ set: Value) -> String {
    func text(_ index: Int) -> String { describe(operand(set, index)) }
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
