import BigInt

/// The elements of described sets: all of them as a set, or one after the other.
extension ValueStore {
  /// The largest set that is enumerated on request.
  private static let largestEnumeration = 1 << 26

  /// The set with its elements. Throws `ValueError` if the value is not a set, or is a set that is infinite or far too large.
  @inline(__always) func enumerated(_ set: Value) throws -> Value {
    set.tag == Value.Tag.set ? set : try enumeratedSlowly(set)
  }

  private func enumeratedSlowly(_ set: Value) throws -> Value {
    guard set.tag == Value.Tag.symbolicSet else { throw notASet(set) }
    if isEmpty(set) { return emptySet }
    if let known = enumerations[set.bits] { return known }
    try requireFinite(set)
    guard try cardinality(set) <= BigInt(Self.largestEnumeration) else { throw tooLarge(set) }
    let start = scratchTop
    defer { scratchTop = start }
    var elements: [Value] = []
    try generate(set, isPassing: false) {
      elements.append($0)
      return true
    }
    for element in elements { try push(element) }
    let count = sortAndRemoveDuplicates(scratch + start, scratchTop - start)
    let result = try intern(Value.Tag.set, scratch + start, count)
    keep(result)
    enumerations[set.bits] = result
    return result
  }

  /// The elements as a set. Throws if TLC could not put them in order.
  func ordered(_ set: Value) throws -> Value {
    let result = try enumerated(set)
    try checkOrdered(result)
    return result
  }

  /// Gives the elements to `visit` one by one in TLC's order, without making the set, until `visit` returns false. An element that is a
  /// composite value is freed after its visit if nothing keeps it (`passing`).
  func forEachElement(of set: Value, while visit: (Value) throws -> Bool) throws {
    if set.tag != Value.Tag.set { try requireFinite(set) }
    try generate(set, isPassing: true, visit)
  }

  /// The first element in TLC's order that satisfies a condition.
  func first(in set: Value, where condition: (Value) throws -> Bool) throws -> Value? {
    var found: Value?
    try forEachElement(of: set) { element in
      if try condition(element) { found = element }
      return found == nil
    }
    return found
  }

  /// The elements of a described set that satisfy a condition. The set itself is not made.
  func filterDescribed(_ set: Value, where condition: (Value) throws -> Bool) throws -> Value {
    var chosen: [Value] = []
    try forEachElement(of: set) { element in
      if try condition(element) {
        keep(element)
        chosen.append(element)
      }
      return true
    }
    return try self.set(of: chosen)
  }

  /// The elements in the order in which TLC goes through them: a set's own order, except for `kSubset`. There the result is a sequence of
  /// subsets, ordered by the greatest element that two subsets do not share.
  @inline(__always) func inTLCOrder(_ set: Value) throws -> Value {
    set.tag == Value.Tag.set ? set : try inTLCOrderSlowly(set)
  }

  private func inTLCOrderSlowly(_ set: Value) throws -> Value {
    guard set.tag == Value.Tag.symbolicSet, symbolicKind(set) == .subsetsOfSize else {
      return try enumerated(set)
    }
    if let known = subsetSequences[set.bits] { return known }
    // This throws if there are too many.
    _ = try enumerated(set)
    var elements: [Value] = []
    try generate(set, isPassing: false) {
      elements.append($0)
      return true
    }
    let start = scratchTop
    for element in elements { try push(element) }
    let result = try popTuple(from: start)
    keep(result)
    subsetSequences[set.bits] = result
    return result
  }

  // MARK: One by one

  private func generate(_ set: Value, isPassing: Bool, _ visit: (Value) throws -> Bool) throws {
    let bottom = scratchTop
    defer { scratchTop = bottom }
    /// Visits the value with that payload, which lies on the scratch stack.
    func make(_ tag: UInt32, _ start: Int, _ count: Int) throws -> Bool {
      guard isPassing else { return try visit(intern(tag, scratch + start, count)) }
      return try passing(tag, scratch + start, count, visit)
    }
    if set.tag == Value.Tag.set {
      let words = payload(set)
      for index in 0..<length(set) {
        try countStep()
        if try !visit(Value(bits: words[index])) { return }
      }
      return
    }
    let kind = symbolicKind(set)
    switch kind {
    case .interval:
      let first = try smallNumber(operand(set, 0), "the first argument of ..")
      for number in first...(try smallNumber(operand(set, 1), "the second argument of ..")) {
        try countStep()
        if try !visit(integer(number)) { return }
      }
    case .powerset:
      let members = try ordered(operand(set, 0))
      for size in 0...length(members)
      where try !visitSubsets(ofSize: size, members, make: { try make(Value.Tag.set, $0, size) }) { return }
    case .subsetsOfSize:
      let size = operand(set, 1).integer
      try visitSubsetsByGreatest(ofSize: size, ordered(operand(set, 0))) {
        try make(Value.Tag.set, $0, size)
      }
    case .functions:
      let domain = try ordered(operand(set, 0))
      if domain == emptySet {
        _ = try visit(emptyTuple)
        return
      }
      let range = try ordered(operand(set, 1))
      try visitChoices(Array(repeating: range, count: length(domain)), domain: domain, make: make)
    case .records:
      let ranges = try (1..<operandCount(set)).map { try ordered(operand(set, $0)) }
      try visitChoices(ranges, domain: operand(set, 0), make: make)
    case .product:
      try visitChoices(
        (0..<operandCount(set)).map { try ordered(operand(set, $0)) }, domain: nil, make: make)
    case .sequences:
      _ = try visit(emptyTuple)
    case .sequencesUpTo, .arrangements, .injections, .surjections, .bijections:
      try visitFamily(kind, operand(set, 0), operand(set, 1), make: make)
    case .naturals, .integers, .strings, .union, .intersection, .difference:
      throw tooLarge(set)
    }
  }

  /// The tag of functions over a non-empty domain, and whether their payload begins with the domain.
  func shape(ofFunctionsOver domain: Value) -> (tag: UInt32, hasDomain: Bool) {
    let (count, words) = (length(domain), payload(domain))
    // The words are sorted and without duplicates, so the domain is 1..n if the first is 1 and the last is n.
    if words[0] == Value(small: 1).bits, words[count - 1] == Value(small: count).bits {
      return (Value.Tag.tuple, false)
    }
    let isRecord = (0..<count).allSatisfy { isString(Value(bits: words[$0])) }
    return (isRecord ? Value.Tag.record : Value.Tag.function, true)
  }

  /// Makes a tuple, or a function over a domain, for every way to take one element of each set. The last one varies fastest, so they come
  /// in order.
  private func visitChoices(
    _ sets: [Value], domain: Value?, make: (_ tag: UInt32, _ start: Int, _ count: Int) throws -> Bool
  ) throws {
    if sets.contains(emptySet) { return }
    let start = scratchTop
    var tag = Value.Tag.tuple
    if let domain {
      let shape = shape(ofFunctionsOver: domain)
      tag = shape.tag
      if shape.hasDomain { try push(domain) }
    }
    let first = scratchTop
    let words = sets.map { UnsafePointer(payload($0)) }
    let counts = sets.map { length($0) }
    for word in words { try push(Value(bits: word[0])) }
    let count = scratchTop - start
    var positions = Array(repeating: 0, count: sets.count)
    while try make(tag, start, count) {
      var place = sets.count - 1
      while place >= 0 {
        positions[place] += 1
        if positions[place] < counts[place] { break }
        positions[place] = 0
        scratch[first + place] = words[place][0]
        place -= 1
      }
      if place < 0 { return }
      scratch[first + place] = words[place][positions[place]]
    }
  }

  /// Makes the subsets of a size in TLC's order of sets. Each is a choice of ascending positions. Returns whether `make` always returned
  /// true.
  private func visitSubsets(ofSize size: Int, _ set: Value, make: (_ start: Int) throws -> Bool) throws
    -> Bool
  {
    let start = scratchTop
    defer { scratchTop = start }
    let (members, count) = (payload(set), length(set))
    var chosen = Array(0..<size)
    for index in 0..<size { try push(Value(bits: members[index])) }
    while try make(start) {
      // The next choice: advance the last position that can advance, and let those after it follow directly.
      guard let place = chosen.indices.last(where: { chosen[$0] < count - size + $0 }) else { return true }
      let first = chosen[place] + 1
      for index in place..<size {
        chosen[index] = first + index - place
        scratch[start + index] = members[chosen[index]]
      }
    }
    return false
  }

  /// Makes the subsets of a size in TLC's order for `kSubset`: the greatest element that two subsets do not share decides.
  private func visitSubsetsByGreatest(ofSize size: Int, _ set: Value, make: (_ start: Int) throws -> Bool)
    throws
  {
    let start = scratchTop
    defer { scratchTop = start }
    let (members, count) = (payload(set), length(set))
    var chosen = Array(0..<size)
    for index in 0..<size { try push(Value(bits: members[index])) }
    while try make(start) {
      // Advance the first position that can advance, and reset those before it.
      guard
        let place = chosen.indices.first(where: { chosen[$0] + 1 < ($0 + 1 < size ? chosen[$0 + 1] : count) })
      else { return }
      chosen[place] += 1
      for index in 0..<place { chosen[index] = index }
      for index in 0...place { scratch[start + index] = members[chosen[index]] }
    }
  }

  /// Visits the elements of a set of bounded sequences, arrangements, or functions with a property, in TLC's order.
  private func visitFamily(
    _ kind: SymbolicSetKind, _ first: Value, _ second: Value,
    make: (_ tag: UInt32, _ start: Int, _ count: Int) throws -> Bool
  ) throws {
    switch kind {
    case .sequencesUpTo:
      for length in 0...second.integer
      where try !visitRows(
        of: length == 0 ? emptySet : ordered(first), length, make: { try make(Value.Tag.tuple, $0, length) })
      { return }
    case .arrangements:
      for length in second.integer...self.length(first)
      where try !visitRows(
        of: first, length, isRepeating: false, make: { try make(Value.Tag.tuple, $0, length) })
      { return }
    default:
      let domain = try ordered(first)
      let count = length(domain)
      let values = domain == emptySet && finiteness(of: second) != true ? emptySet : try ordered(second)
      if kind == .bijections, length(values) != count { return }
      let shape = count == 0 ? (tag: Value.Tag.tuple, hasDomain: false) : shape(ofFunctionsOver: domain)
      let start = scratchTop
      if shape.hasDomain { try push(domain) }
      _ = try visitRows(
        of: values, count, isRepeating: kind == .surjections, isCovering: kind == .surjections
      ) { try make(shape.tag, start, $0 - start + count) }
    }
  }

  /// Puts each row of `count` members on the scratch stack and calls `make` with its place. `isRepeating` allows a member several times in
  /// a row; `isCovering` demands each member at least once. Returns whether `make` always returned true.
  private func visitRows(
    of set: Value, _ count: Int, isRepeating: Bool = true, isCovering: Bool = false,
    make: (_ start: Int) throws -> Bool
  ) throws -> Bool {
    let start = scratchTop
    defer { scratchTop = start }
    let (members, memberCount) = (payload(set), length(set))
    var row: [Int] = []
    var uses = Array(repeating: 0, count: memberCount)
    var missing = memberCount
    var candidate = 0
    func take(_ member: Int) throws {
      if uses[member] == 0 { missing -= 1 }
      uses[member] += 1
      row.append(member)
      try push(Value(bits: members[member]))
    }
    /// Removes the last member of the row and continues after it.
    func back() -> Bool {
      guard let last = row.popLast() else { return false }
      scratchTop -= 1
      uses[last] -= 1
      if uses[last] == 0 { missing += 1 }
      candidate = last + 1
      return true
    }
    while true {
      if row.count == count {
        if !isCovering || missing == 0, try !make(start) { return false }
        guard back() else { return true }
      }
      let isFull = isCovering && missing >= count - row.count
      while candidate < memberCount, uses[candidate] > 0, !isRepeating || isFull { candidate += 1 }
      if candidate < memberCount, !isCovering || missing <= count - row.count {
        try take(candidate)
        candidate = 0
      } else if !back() {
        return true
      }
    }
  }
}
