import TLASyntax

/// Enumerated sets, and operations on sets of any form.
extension ValueStore {
  @inline(__always) func isSet(_ value: Value) -> Bool {
    value.tag == Value.Tag.set || value.tag == Value.Tag.symbolicSet
  }

  func requireSet(_ value: Value, _ what: String) throws {
    guard isSet(value) else {
      throw ValueError("\(what) should be a set, and is \(describe(value))", code: .set)
    }
  }

  /// The position of an element in an enumerated set, or nil. It compares words only, so no comparison can fail.
  @inline(__always) func position(of element: Value, in set: Value) -> Int? {
    let count = length(set)
    let words = payload(set)
    if count <= 12 {
      for index in 0..<count where words[index] == element.bits { return index }
      return nil
    }
    var low = 0
    var high = count - 1
    while low <= high {
      let middle = (low + high) / 2
      if words[middle] == element.bits { return middle }
      if compare(Value(bits: words[middle]), element) < 0 { low = middle + 1 } else { high = middle - 1 }
    }
    return nil
  }

  /// `element \in set`
  @inline(__always) func contains(_ set: Value, _ element: Value) throws -> Bool {
    if set.tag == Value.Tag.set {
      if element.tag != Value.Tag.symbolicSet, position(of: element, in: set) != nil { return true }
      return try containsUnlike(set, element)
    }
    return try symbolicContains(set, element)
  }

  /// Membership in an enumerated set of an element whose word is not among the set's words.
  private func containsUnlike(_ set: Value, _ element: Value) throws -> Bool {
    if element.tag == Value.Tag.symbolicSet {
      if finiteness(of: element) == true { return try contains(set, enumerated(element)) }
      for member in elements(set) where try equal(element, member) { return true }
      return false
    }
    // TLC compares the element with each member, and so refuses a value of another kind.
    for member in ends(of: set) { _ = try equal(element, member) }
    return false
  }

  /// The first element that is not a model value, and the last element. A value that cannot be compared with some element of the set cannot
  /// be compared with one of these two.
  private func ends(of set: Value) -> [Value] {
    let words = UnsafeBufferPointer(start: payload(set), count: length(set))
    guard let last = words.last, let first = words.first(where: { !isModelValue(Value(bits: $0)) }) else {
      return words.first.map { [Value(bits: $0)] } ?? []
    }
    return first == last ? [Value(bits: first)] : [Value(bits: first), Value(bits: last)]
  }

  /// Throws if the elements of one set cannot be compared with those of another. TLC fails there when it looks for them.
  private func compareElements(_ left: Value, _ right: Value) throws {
    guard let first = ends(of: left).first, let other = ends(of: right).first else { return }
    _ = try equal(first, other)
  }

  func union(_ left: Value, _ right: Value) throws -> Value {
    let (left, right) = (try enumerated(left), try enumerated(right))
    if left == right || right == emptySet { return left }
    if left == emptySet { return right }
    return try cache.value(.union, left, right) { try merge(left, right) { _, _ in true } }
  }

  func intersection(_ left: Value, _ right: Value) throws -> Value {
    if left.tag == Value.Tag.set, right.tag == Value.Tag.set {
      if left == right { return left }
      return try cache.value(.intersection, left, right) {
        try compareElements(left, right)
        return try merge(left, right) { $0 && $1 }
      }
    }
    // TLC does not look at the other side of an empty set.
    if left == emptySet { return left }
    try requireSet(left, "the first argument of \\cap")
    try requireSet(right, "the second argument of \\cap")
    // As in TLC, each element of one set is looked up in the other. It takes the elements of the left set if that is enumerated, otherwise
    // of the right one; of two described sets it takes the smaller.
    if left.tag == Value.Tag.set { return try filter(left) { try contains(right, $0) } }
    if right.tag == Value.Tag.set { return try filter(right) { try contains(left, $0) } }
    switch (finiteness(of: left), finiteness(of: right)) {
    case (true?, true?):
      if try cardinality(left) > cardinality(right) { fallthrough }
      return try filter(enumerated(left)) { try contains(right, $0) }
    case (_, true?): return try filter(enumerated(right)) { try contains(left, $0) }
    case (true?, _): return try filter(enumerated(left)) { try contains(right, $0) }
    default: return try symbolic(.intersection, [left, right])
    }
  }

  func difference(_ left: Value, _ right: Value) throws -> Value {
    if left.tag == Value.Tag.set, right.tag == Value.Tag.set {
      if right == emptySet || left == emptySet { return left }
      if left == right { return emptySet }
      return try cache.value(.difference, left, right) {
        try compareElements(left, right)
        return try merge(left, right) { $0 && !$1 }
      }
    }
    if left == emptySet { return left }
    try requireSet(left, "the first argument of \\")
    try requireSet(right, "the second argument of \\")
    guard finiteness(of: left) == true else { return try symbolic(.difference, [left, right]) }
    return try filter(enumerated(left)) { try !contains(right, $0) }
  }

  /// Goes through two sorted sets at once, and keeps the elements for which `keep(isInLeft, isInRight)` holds.
  private func merge(_ left: Value, _ right: Value, keep: (Bool, Bool) -> Bool) throws -> Value {
    let start = scratchTop
    defer { scratchTop = start }
    let (leftCount, rightCount) = (length(left), length(right))
    let (leftWords, rightWords) = (payload(left), payload(right))
    var (i, j) = (0, 0)
    while i < leftCount || j < rightCount {
      let order: Int
      if i == leftCount {
        order = 1
      } else if j == rightCount {
        order = -1
      } else {
        order = compare(Value(bits: leftWords[i]), Value(bits: rightWords[j]))
      }
      if order <= 0 {
        if keep(true, order == 0) { try push(Value(bits: leftWords[i])) }
        i += 1
        if order == 0 { j += 1 }
      } else {
        if keep(false, true) { try push(Value(bits: rightWords[j])) }
        j += 1
      }
    }
    return try intern(Value.Tag.set, scratch + start, scratchTop - start)
  }

  /// The elements for which `keep` holds.
  func filter(_ set: Value, _ keep: (Value) throws -> Bool) throws -> Value {
    let start = scratchTop
    defer { scratchTop = start }
    for index in 0..<length(set) {
      let element = Value(bits: payload(set)[index])
      if try keep(element) { try push(element) }
    }
    if scratchTop - start == length(set) { return set }
    return try intern(Value.Tag.set, scratch + start, scratchTop - start)
  }

  /// `left \subseteq right`
  func isSubset(_ left: Value, of right: Value) throws -> Bool {
    // TLC goes through the elements of the left side, or refuses.
    if left.tag == Value.Tag.symbolicSet { try requireFinite(left) }
    if left == right { return true }
    if let holds = try symbolicSubset(left, right) { return holds }
    let left = try enumerated(left)
    guard length(left) > 1 else { return try areElements(left, of: right) }
    return try cache.value(.subset, left, right) { Value(try areElements(left, of: right)) } == .yes
  }

  private func areElements(_ left: Value, of right: Value) throws -> Bool {
    for index in 0..<length(left) where try !contains(right, Value(bits: payload(left)[index])) {
      return false
    }
    return true
  }

  /// `UNION sets`
  func unionAll(_ sets: Value) throws -> Value {
    let sets = try enumerated(sets)
    let start = scratchTop
    defer { scratchTop = start }
    for index in 0..<length(sets) {
      let set = Value(bits: payload(sets)[index])
      try requireSet(set, "each element of the argument of UNION")
      let elements = try enumerated(set)
      for inner in 0..<length(elements) { try push(Value(bits: payload(elements)[inner])) }
    }
    return try popSet(from: start)
  }

  func set(of values: some Sequence<Value>) throws -> Value {
    let start = scratchTop
    for value in values { try push(value) }
    return try popSet(from: start)
  }

  /// The elements of an enumerated set.
  func elements(_ set: Value) -> [Value] { (0..<length(set)).map { Value(bits: payload(set)[$0]) } }
}
