import BigInt

/// The sets that the community's modules describe by a size or a property of their elements: subsets of a size, bounded sequences,
/// sequences without repetition, one-to-one functions. Membership and size need no elements. The elements are made in TLC's order, and no
/// element is made in vain.
extension ValueStore {
  /// The largest number of factors, terms or positions from which a size is computed.
  private static let longestFormula = 1 << 12

  /// `kSubset(size, set)`
  func subsets(ofSize size: Int, of set: Value) throws -> Value {
    guard size >= 0, try cardinality(set) >= size else { return emptySet }
    return try symbolic(.subsetsOfSize, [set, integer(size)])
  }

  /// `BoundedSeq(set, longest)`
  func sequences(upTo longest: Int, of set: Value) throws -> Value {
    try requireSet(set, "the first argument of BoundedSeq")
    // No sequence is longer than a word can count.
    return longest < 0
      ? emptySet
      : try symbolic(.sequencesUpTo, [set, integer(min(longest, Value.smallIntegers.upperBound))])
  }

  /// The sequences without repetition of a set's elements: all of them, or with `complete` only those that have every element.
  func arrangements(of set: Value, complete: Bool) throws -> Value {
    let shortest = complete ? try smallNumber(integer(cardinality(set)), "the size of a set") : 0
    return try symbolic(.arrangements, [enumerated(set), integer(shortest)])
  }

  // MARK: Membership

  /// Whether an element is in a set of that kind with those operands. The element must already be a set, a sequence or a function, as the
  /// kind requires.
  func familyContains(_ kind: SymbolicSetKind, _ first: Value, _ second: Value, _ element: Value) throws
    -> Bool
  {
    switch kind {
    case .subsetsOfSize:
      guard finiteness(of: element) == true, try cardinality(element) == bigInteger(second) else {
        return false
      }
      return try isSubset(element, of: first)
    case .sequencesUpTo, .arrangements:
      guard element.tag == Value.Tag.tuple else { return false }
      let count = length(element)
      let isShort = count < second.integer
      if kind == .sequencesUpTo ? !isShort && count > second.integer : isShort { return false }
      guard try values(of: element, areIn: first) else { return false }
      return kind == .sequencesUpTo || distinctValues(of: element) == count
    default:
      guard try equal(domain(element), enumerated(first)), try values(of: element, areIn: second) else {
        return false
      }
      let distinct = distinctValues(of: element)
      if kind != .surjections, distinct < functionCount(element) { return false }
      return try kind == .injections || cardinality(second) == distinct
    }
  }

  private func values(of function: Value, areIn set: Value) throws -> Bool {
    for index in 0..<functionCount(function) where try !contains(set, functionValue(function, index)) {
      return false
    }
    return true
  }

  /// The number of different values of a function.
  func distinctValues(of function: Value) -> Int {
    Set((0..<functionCount(function)).map { functionValue(function, $0) }).count
  }

  // MARK: Size

  /// The number of elements; nil if the formula itself is too long.
  func familySize(_ kind: SymbolicSetKind, _ first: Value, _ second: Value) throws -> BigInt? {
    func formula(_ value: BigInt) -> Int? {
      Int(exactly: value).flatMap { $0 <= Self.longestFormula ? $0 : nil }
    }
    /// The number of ways to arrange `count` of the things in a row.
    func rows(of things: BigInt, _ count: Int) -> BigInt {
      (0..<count).reduce(1) { $0 * (things - BigInt($1)) }
    }
    func choices(of things: Int, _ count: Int) -> BigInt {
      rows(of: BigInt(things), count) / rows(of: BigInt(count), count)
    }
    switch kind {
    case .subsetsOfSize:
      let (size, chosen) = (try cardinality(first), bigInteger(second))
      guard let count = formula(min(chosen, size - chosen)) else { return nil }
      return rows(of: size, count) / rows(of: BigInt(count), count)
    case .sequencesUpTo:
      guard let longest = formula(bigInteger(second)) else { return nil }
      if longest == 0 { return 1 }
      let size = try cardinality(first)
      return (0..<longest).reduce(1) { sum, _ in sum * size + 1 }
    case .arrangements:
      guard let size = formula(try cardinality(first)) else { return nil }
      var (term, sum) = (BigInt(1), BigInt(second.integer == 0 ? 1 : 0))
      for length in stride(from: 1, through: size, by: 1) {
        term *= BigInt(size - length + 1)
        if length >= second.integer { sum += term }
      }
      return sum
    case .injections:
      guard let arguments = formula(try cardinality(first)) else { return nil }
      return rows(of: arguments == 0 ? 0 : try cardinality(second), arguments)
    default:
      let (arguments, values) = (formula(try cardinality(first)), formula(try cardinality(second)))
      guard let arguments, let values else { return nil }
      if kind == .bijections { return arguments == values ? rows(of: BigInt(values), values) : 0 }
      if values > arguments { return 0 }
      guard arguments <= Self.longestFormula / 8 else { return nil }
      // By inclusion and exclusion of the values that are missed.
      return (0...values).reduce(0) { sum, missed in
        let term = choices(of: values, missed) * BigInt(values - missed).power(arguments)
        return missed.isMultiple(of: 2) ? sum + term : sum - term
      }
    }
  }

  /// The text of such a set.
  func describeFamily(_ kind: SymbolicSetKind, _ first: Value, _ second: Value) -> String {
    let (left, right) = (brief(first), brief(second))
    return switch kind {
    case .subsetsOfSize: "kSubset(\(right), \(left))"
    case .sequencesUpTo: "BoundedSeq(\(left), \(right))"
    case .arrangements: second.integer > 0 ? "SetToSeqs(\(left))" : "SetToAllKPermutations(\(left))"
    case .injections: "Injection(\(left), \(right))"
    case .surjections: "Surjection(\(left), \(right))"
    default: "Bijection(\(left), \(right))"
    }
  }
}
