import TLASyntax

/// TLC's order of values, and equality with its type errors.
extension ValueStore {
  /// The rank of a value's kind in a set that holds several kinds. Model values come first, as in TLC.
  private func rank(_ value: Value) -> Int {
    switch value.tag {
    case Value.Tag.integer, Value.Tag.bigInteger: 2
    case Value.Tag.atom: atomKind(value).rank
    case Value.Tag.set, Value.Tag.symbolicSet: 4
    default: 5
    }
  }

  /// A total order. Integers ascend; FALSE comes before TRUE; strings and model values are ordered by first occurrence. Sets and functions
  /// are ordered by size, then by elements (functions: argument, value, argument, value). The result is negative if `left` comes first.
  func compare(_ left: Value, _ right: Value) -> Int {
    if left == right { return 0 }
    let tag = left.tag
    if tag == right.tag {
      switch tag {
      case Value.Tag.integer:
        return Int32(bitPattern: left.bits) < Int32(bitPattern: right.bits) ? -1 : 1
      case Value.Tag.atom:
        let (leftRank, rightRank) = (rank(left), rank(right))
        if leftRank != rightRank { return leftRank - rightRank }
        return left.bits < right.bits ? -1 : 1
      case Value.Tag.set, Value.Tag.tuple:
        let count = length(left)
        let difference = count - length(right)
        if difference != 0 { return difference }
        let (leftWords, rightWords) = (payload(left), payload(right))
        for index in 0..<count {
          let order = compare(Value(bits: leftWords[index]), Value(bits: rightWords[index]))
          if order != 0 { return order }
        }
        return 0
      default:
        break
      }
    }
    let (leftRank, rightRank) = (rank(left), rank(right))
    if leftRank != rightRank { return leftRank - rightRank }
    switch leftRank {
    case 2:
      return bigInteger(left) < bigInteger(right) ? -1 : 1
    case 4:
      return compareDescribed(left, right)
    default:
      let count = functionCount(left)
      let difference = count - functionCount(right)
      if difference != 0 { return difference }
      for index in 0..<count {
        let keys = compare(functionArgument(left, index), functionArgument(right, index))
        if keys != 0 { return keys }
        let values = compare(functionValue(left, index), functionValue(right, index))
        if values != 0 { return values }
      }
      return 0
    }
  }

  /// Compares two sets of which one is described. If both are finite, it compares their sizes, then their elements; otherwise their
  /// descriptions. The result is 0 for sets that are equal without being the same word.
  private func compareDescribed(_ left: Value, _ right: Value) -> Int {
    let (isLeftFinite, isRightFinite) = (finiteness(of: left) == true, finiteness(of: right) == true)
    if isLeftFinite != isRightFinite { return isLeftFinite ? -1 : 1 }
    if isLeftFinite, let leftSize = try? cardinality(left), let rightSize = try? cardinality(right) {
      if leftSize != rightSize { return leftSize < rightSize ? -1 : 1 }
      if let first = try? enumerated(left), let second = try? enumerated(right) {
        return compare(first, second)
      }
    }
    if left.tag != right.tag { return left.tag == Value.Tag.set ? -1 : 1 }
    let (leftWords, rightWords) = (payload(left), payload(right))
    if leftWords[0] != rightWords[0] { return leftWords[0] < rightWords[0] ? -1 : 1 }
    let difference = length(left) - length(right)
    if difference != 0 { return difference }
    for index in 1..<length(left) {
      let order = compare(Value(bits: leftWords[index]), Value(bits: rightWords[index]))
      if order != 0 { return order }
    }
    return 0
  }

  /// Sorts words by the order and removes duplicates. Returns the remaining number of words.
  func sortAndRemoveDuplicates(_ words: UnsafeMutablePointer<UInt32>, _ count: Int) -> Int {
    if count < 2 { return count }
    var isSorted = true
    for index in 1..<count where compare(Value(bits: words[index - 1]), Value(bits: words[index])) >= 0 {
      isSorted = false
      break
    }
    if isSorted { return count }
    if count <= 16 {
      for index in 1..<count {
        let word = words[index]
        var place = index
        while place > 0, compare(Value(bits: words[place - 1]), Value(bits: word)) > 0 {
          words[place] = words[place - 1]
          place -= 1
        }
        words[place] = word
      }
    } else {
      var buffer = UnsafeMutableBufferPointer(start: words, count: count)
      buffer.sort { compare(Value(bits: $0), Value(bits: $1)) < 0 }
    }
    var kept = 1
    for index in 1..<count where isNew(words[index], after: words[kept - 1]) {
      words[kept] = words[index]
      kept += 1
    }
    return kept
  }

  /// Whether a word is a different value from the word before it in order. Only described sets can be equal without being the same word.
  @inline(__always) private func isNew(_ word: UInt32, after previous: UInt32) -> Bool {
    guard word != previous else { return false }
    let (left, right) = (Value(bits: previous), Value(bits: word))
    guard left.tag == Value.Tag.symbolicSet || right.tag == Value.Tag.symbolicSet else { return true }
    return compare(left, right) != 0
  }

  /// TLA+'s equality. Throws `ValueError` where TLC refuses to compare.
  @inline(__always) func equal(_ left: Value, _ right: Value) throws -> Bool {
    if left == right { return true }
    return try equalDifferentWords(left, right)
  }

  /// Two different words are different values, unless a described set is involved. The remaining question is whether TLC compares them.
  private func equalDifferentWords(_ left: Value, _ right: Value) throws -> Bool {
    let (leftTag, rightTag) = (left.tag, right.tag)
    if leftTag == rightTag {
      switch leftTag {
      case Value.Tag.integer, Value.Tag.bigInteger:
        return false
      case Value.Tag.atom:
        if rank(left) == rank(right) || isModelValue(left) || isModelValue(right) {
          try checkModelValues(left, right)
          return false
        }
        throw incomparable(left, right)
      case Value.Tag.set, Value.Tag.tuple:
        return try equalElements(left, right)
      default:
        break
      }
    }
    if isModelValue(left) || isModelValue(right) {
      try checkModelValues(left, right)
      return false
    }
    if leftTag == Value.Tag.symbolicSet || rightTag == Value.Tag.symbolicSet {
      guard isSet(left), isSet(right) else { throw incomparable(left, right) }
      return try equalDescribed(left, right)
    }
    let (leftRank, rightRank) = (rank(left), rank(right))
    guard leftRank == rightRank else { throw incomparable(left, right) }
    if leftRank == 2 { return false }
    // Functions of different forms. A record and a sequence are not compared, unless one of them is empty.
    if left == emptyTuple || right == emptyTuple { return false }
    let tags = [leftTag, rightTag]
    if tags.contains(Value.Tag.record), tags.contains(Value.Tag.tuple) { throw incomparable(left, right) }
    guard leftTag != Value.Tag.tuple, rightTag != Value.Tag.tuple else { return false }
    let (leftDomain, rightDomain) = (try domain(left), try domain(right))
    guard try equal(leftDomain, rightDomain) else { return false }
    for index in 0..<functionCount(left) {
      if try !equal(functionValue(left, index), functionValue(right, index)) { return false }
    }
    return true
  }

  /// Equality of two sets of which at least one is described.
  private func equalDescribed(_ left: Value, _ right: Value) throws -> Bool {
    if let isEqual = try equalDescriptions(left, right) { return isEqual }
    guard finiteness(of: left) == true, finiteness(of: right) == true else {
      throw ValueError(
        "\(describe(left)) and \(describe(right)) cannot be compared: one of them has no elements that could be enumerated",
        code: .comparison
      )
    }
    return try equal(enumerated(left), enumerated(right))
  }

  /// Throws unless a typed model value is compared with a value of its type or an untyped model value.
  private func checkModelValues(_ left: Value, _ right: Value) throws {
    let type = max(modelValueType(left), modelValueType(right))
    guard type != 0 else { return }
    for value in [left, right] {
      if isModelValue(value), modelValueType(value) == 0 || modelValueType(value) == type { continue }
      throw incomparable(left, right)
    }
  }

  /// The type in a model value's name; 0 for an untyped model value and for any other value.
  func modelValueType(_ value: Value) -> UInt32 {
    value.tag == Value.Tag.atom ? atomKind(value).type : 0
  }

  private func equalElements(_ left: Value, _ right: Value) throws -> Bool {
    let count = length(left)
    guard count == length(right) else { return false }
    for index in 0..<count {
      let (first, second) = (Value(bits: payload(left)[index]), Value(bits: payload(right)[index]))
      if try !equal(first, second) { return false }
    }
    return true
  }

  private func incomparable(_ left: Value, _ right: Value) -> ValueError {
    ValueError(
      "\(describe(left)) and \(describe(right)) cannot be compared: \(kind(left)) and \(kind(right))",
      code: .comparison)
  }

  /// A value's kind as a noun, for messages.
  func kind(_ value: Value) -> String {
    switch rank(value) {
    case 0: "a model value"
    case 1: "a Boolean"
    case 2: "an integer"
    case 3: "a string"
    case 4: "a set"
    default:
      switch value.tag {
      case Value.Tag.record: "a record"
      case Value.Tag.tuple: "a sequence"
      default: "a function"
      }
    }
  }

  /// Throws if the set's elements cannot be put in TLC's order, because they are not of one kind.
  @inline(__always) func checkOrdered(_ set: Value) throws {
    let count = length(set)
    guard count > 1 else { return }
    var first = Value(bits: payload(set)[0])
    let last = Value(bits: payload(set)[count - 1])
    if first.tag == last.tag, first.tag != Value.Tag.atom, first.tag != Value.Tag.symbolicSet { return }
    // Model values may stand among values of any kind, and come first.
    var index = 0
    while index < count - 1, isModelValue(first) {
      index += 1
      first = Value(bits: payload(set)[index])
    }
    try checkKinds(first, last)
  }

  /// Whether two sets can be put in order. An infinite set can be put in order only with a set of the same kind.
  private func isOrdered(_ first: Value, _ last: Value) -> Bool {
    if finiteness(of: first) == true, finiteness(of: last) == true { return true }
    guard first.tag == last.tag else { return false }
    return switch (symbolicKind(first), symbolicKind(last)) {
    case (.naturals, .integers), (.integers, .naturals): true
    case (.sequences, .sequences): isOrdered(operand(first, 0), operand(last, 0))
    default: false
    }
  }

  private func checkKinds(_ first: Value, _ last: Value) throws {
    let (firstRank, lastRank) = (rank(first), rank(last))
    if firstRank == 0 || lastRank == 0 { return }
    if firstRank == 4, lastRank == 4, !isOrdered(first, last) {
      throw ValueError("\(describe(first)) and \(describe(last)) have no order: they cannot be enumerated")
    }
    if firstRank == lastRank {
      // Sets and functions are ordered by size first. If their sizes differ, nothing else is compared.
      guard firstRank == 5, (first.tag == Value.Tag.record) != (last.tag == Value.Tag.record),
        functionCount(first) == functionCount(last)
      else { return }
    }
    throw incomparable(first, last)
  }
}
