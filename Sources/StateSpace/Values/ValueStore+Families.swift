import BigInt

/// The sets that the community's modules describe by a size or a property of their elements: subsets of a size, bounded sequences, sequences without
/// repetition, one-to-one functions. Membership and size need no elements, and the elements are made in TLC's order, none of which is thrown away.
extension ValueStore {
  /// The largest number of factors, terms or positions that a size is computed from.
  private static let longestFormula = 1 << 12

  /// `kSubset(size, set)`
  func subsets(ofSize size: Int, of set: Value) throws -> Value {
    guard size >= 0, try cardinality(set) >= size else { return emptySet }
    return try symbolic(.subsetsOfSize, [set, integer(size)])
  }

  /// `BoundedSeq(set, longest)`
  func sequences(upTo longest: Int, of set: Value) throws -> Value {
    // No sequence is longer than what a word counts.
    longest < 0
      ? emptySet : try symbolic(.sequencesUpTo, [set, integer(min(longest, Value.smallIntegers.upperBound))])
  }

  /// The sequences of elements of a set, none of them twice, that have at least `shortest` elements; or exactly all of them.
  func arrangements(of set: Value, complete: Bool) throws -> Value {
    let shortest = complete ? try smallNumber(integer(cardinality(set)), "the size of a set") : 0
    return try symbolic(.arrangements, [enumerated(set), integer(shortest)])
  }

  // MARK: Membership

  /// Whether an element is in a set of that kind with those operands, given that it is what the kind is made of: a set, a sequence, or a function.
  func familyContains(_ kind: SymbolicSetKind, _ first: Value, _ second: Value, _ element: Value) throws
    -> Bool
  {
    switch kind {
    case .subsetsOfSize:
      guard isFinite(element), try cardinality(element) == bigInteger(second) else { return false }
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

  /// How many different values a function has.
  func distinctValues(of function: Value) -> Int {
    Set((0..<functionCount(function)).map { functionValue(function, $0) }).count
  }

  // MARK: Size

  func isFamilyFinite(_ kind: SymbolicSetKind, _ first: Value, _ second: Value) -> Bool {
    switch kind {
    case .subsetsOfSize, .arrangements: isFinite(first)
    case .sequencesUpTo: isFinite(first) || second == Value(small: 0)
    default: isFinite(first) && (isFinite(second) || first == emptySet)
    }
  }

  /// The number of elements; nil where the formula itself would be too long.
  func familySize(_ kind: SymbolicSetKind, _ first: Value, _ second: Value) throws -> BigInt? {
    func formula(_ value: BigInt) -> Int? {
      Int(exactly: value).flatMap { $0 <= Self.longestFormula ? $0 : nil }
    }
    /// The ways to put `count` of the things into a row.
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
      // Inclusion and exclusion of the values that are missed.
      return (0...values).reduce(0) { sum, missed in
        let term = choices(of: values, missed) * BigInt(values - missed).power(arguments)
        return missed.isMultiple(of: 2) ? sum + term : sum - term
      }
    }
  }

  // MARK: Elements

  /// The elements in the order in which TLC goes through them: those of a set, or for `kSubset` a sequence of the same, in which the greatest element that
  /// two subsets do not share decides.
  @inline(__always) func inTLCOrder(_ set: Value) throws -> Value {
    set.tag == Value.Tag.set ? set : try inTLCOrderSlowly(set)
  }

  private func inTLCOrderSlowly(_ set: Value) throws -> Value {
    guard set.tag == Value.Tag.symbolicSet, symbolicKind(set) == .subsetsOfSize else {
      return try enumerated(set)
    }
    if let known = subsetSequences[set.bits] { return known }
    let (members, size) = (elements(try enumerated(operand(set, 0))), operand(set, 1).integer)
    // Whether they are too many is found out here.
    _ = try enumerated(set)
    let start = scratchTop
    var chosen = Array(0..<size)
    while true {
      let inner = scratchTop
      for index in chosen { try push(members[index]) }
      try push(popSet(from: inner))
      // The first position that can go up does, and those before it start again.
      guard
        let place = chosen.indices.first(where: {
          chosen[$0] + 1 < ($0 + 1 < size ? chosen[$0 + 1] : members.count)
        })
      else { break }
      chosen[place] += 1
      for index in 0..<place { chosen[index] = index }
    }
    let result = try popTuple(from: start)
    subsetSequences[set.bits] = result
    return result
  }

  /// Pushes the elements of a finite set of that kind, in TLC's order.
  func pushFamily(_ kind: SymbolicSetKind, _ first: Value, _ second: Value) throws {
    switch kind {
    case .subsetsOfSize:
      try pushSubsets(ofSize: second.integer, elements(enumerated(first)))
    case .sequencesUpTo:
      for length in 0...second.integer {
        try pushRows(of: length == 0 ? [] : elements(enumerated(first)), length) { try popTuple(from: $0) }
      }
    case .arrangements:
      for length in second.integer...self.length(first) {
        try pushRows(of: elements(first), length, isRepeating: false) { try popTuple(from: $0) }
      }
    default:
      let domain = try enumerated(first)
      let values = domain == emptySet && !isFinite(second) ? [] : elements(try enumerated(second))
      if kind == .bijections, values.count != length(domain) { return }
      try pushRows(
        of: values, length(domain), isRepeating: kind == .surjections, isCovering: kind == .surjections
      ) { try popFunction(domain: domain, from: $0) }
    }
  }

  /// Pushes the subsets of a size, each a choice of places that ascend.
  func pushSubsets(ofSize size: Int, _ members: [Value]) throws {
    var chosen = Array(0..<size)
    while true {
      let inner = scratchTop
      for index in chosen { try push(members[index]) }
      let subset = try intern(Value.Tag.set, scratch + inner, scratchTop - inner)
      scratchTop = inner
      try push(subset)
      // The next choice: the last position that can go up does, and those behind it follow close.
      guard let place = chosen.indices.last(where: { chosen[$0] < members.count - size + $0 }) else {
        return
      }
      let first = chosen[place] + 1
      for index in place..<size { chosen[index] = first + index - place }
    }
  }

  /// Pushes what `make` makes of each row of `count` members, which lie on the scratch stack from the place that it is given. The members may stand in
  /// a row more than once or not; each may have to stand there at least once.
  private func pushRows(
    of members: [Value], _ count: Int, isRepeating: Bool = true, isCovering: Bool = false,
    make: (Int) throws -> Value
  ) throws {
    var row: [Int] = []
    var uses = Array(repeating: 0, count: members.count)
    var missing = members.count
    var candidate = 0
    func take(_ member: Int) {
      if uses[member] == 0 { missing -= 1 }
      uses[member] += 1
      row.append(member)
    }
    /// Takes the last member of the row back, and goes on behind it.
    func back() -> Bool {
      guard let last = row.popLast() else { return false }
      uses[last] -= 1
      if uses[last] == 0 { missing += 1 }
      candidate = last + 1
      return true
    }
    while true {
      if row.count == count {
        if !isCovering || missing == 0 {
          let start = scratchTop
          for member in row { try push(members[member]) }
          try push(make(start))
        }
        guard back() else { return }
      }
      let isFull = isCovering && missing >= count - row.count
      while candidate < members.count, uses[candidate] > 0, !isRepeating || isFull { candidate += 1 }
      if candidate < members.count, !isCovering || missing <= count - row.count {
        take(candidate)
        candidate = 0
      } else if !back() {
        return
      }
    }
  }

  /// How such a set is written.
  func describeFamily(_ kind: SymbolicSetKind, _ first: Value, _ second: Value) -> String {
    let (left, right) = (describe(first), describe(second))
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
