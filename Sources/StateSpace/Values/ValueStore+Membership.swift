import TLASyntax

/// Membership in described sets.
extension ValueStore {
  /// `element \in set` for a described set. Throws `ValueError` if `set` is not a set, and where TLC cannot compare.
  func symbolicContains(_ set: Value, _ element: Value) throws -> Bool {
    guard set.tag == Value.Tag.symbolicSet else {
      throw ValueError(
        "\(describe(set)) is asked for the element \(describe(element)), and is not a set", code: .set)
    }
    let kind = symbolicKind(set)
    switch kind {
    case .naturals where element.isInteger: return element.integer >= 0
    case .integers where element.isInteger: return true
    case .interval: return try isWithin(operand(set, 0), operand(set, 1), element)
    case .union: return try contains(operand(set, 0), element) || contains(operand(set, 1), element)
    case .intersection: return try contains(operand(set, 0), element) && contains(operand(set, 1), element)
    case .difference: return try contains(operand(set, 0), element) && !contains(operand(set, 1), element)
    default: break
    }
    if isModelValue(element) { return try hasModelValue(set, element) }
    guard element.isComposite else { return try containsAtom(kind, set, element) }
    return try cache.value(.contains, set, element) { Value(try containsComposite(kind, set, element)) }
      == .yes
  }

  /// `element \in first..last`, for any values.
  func isWithin(_ first: Value, _ last: Value, _ element: Value) throws -> Bool {
    if element.isInteger, first.isInteger, last.isInteger {
      return first.integer <= element.integer && element.integer <= last.integer
    }
    try requireNumber(first, "the first argument of ..")
    try requireNumber(last, "the second argument of ..")
    // TLC looks at the kind of the element only if the interval is not empty.
    if compare(first, last) > 0 || isModelValue(element) && modelValueType(element) == 0 { return false }
    guard isNumber(element) else {
      throw ValueError(
        "\(describe(element)), \(kind(element)), cannot be an element of \(describe(first))..\(describe(last))",
        code: .comparison
      )
    }
    return compare(first, element) <= 0 && compare(element, last) <= 0
  }

  /// An untyped model value is in no described set. As in TLC, it cannot be compared with the elements of a set of sets, and a typed one
  /// cannot be compared with those of any described set.
  private func hasModelValue(_ set: Value, _ element: Value) throws -> Bool {
    let kind = symbolicKind(set)
    guard modelValueType(element) == 0, kind != .powerset, kind != .subsetsOfSize else {
      throw notComparable(element, set)
    }
    return false
  }

  private func containsAtom(_ kind: SymbolicSetKind, _ set: Value, _ element: Value) throws -> Bool {
    switch kind {
    case .naturals where isNumber(element): compare(element, Value(small: 0)) >= 0
    case .integers where isNumber(element): true
    case .strings where isString(element): true
    default: throw notComparable(element, set)
    }
  }

  private func containsComposite(_ kind: SymbolicSetKind, _ set: Value, _ element: Value) throws -> Bool {
    switch kind {
    case .sequences:
      guard element.tag == Value.Tag.tuple else { throw notComparable(element, set) }
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
      guard element.tag == Value.Tag.record || element == emptyTuple else {
        throw notComparable(element, set)
      }
      guard try domain(element) == operand(set, 0) else { return false }
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
    case .subsetsOfSize, .sequencesUpTo, .arrangements, .injections, .surjections, .bijections:
      guard kind == .subsetsOfSize ? isSet(element) : element.isFunction else {
        throw notComparable(element, set)
      }
      return try familyContains(kind, operand(set, 0), operand(set, 1), element)
    default:
      throw notComparable(element, set)
    }
  }

  private func notComparable(_ element: Value, _ set: Value) -> ValueError {
    var error = ValueError(
      "\(describe(element)), \(kind(element)), cannot be an element of \(describe(set))", code: .comparison)
    error.isAboutModuleSet = isOfModule(set)
    return error
  }

  /// Whether the value is a set that a standard module defines: `Nat`, `Int`, `STRING` or `Seq(S)`.
  func isOfModule(_ set: Value) -> Bool {
    set.tag == Value.Tag.symbolicSet
      && [.naturals, .integers, .strings, .sequences].contains(symbolicKind(set))
  }
}
