import BigInt
import TLASemantics

/// An operator of the community's modules that takes values: sequences, sets, functions and numbers.
final class LibraryNode: BuiltinNode {
  override func evaluate(_ machine: Machine) throws -> Value {
    let first = try arguments.evaluate(0, machine)
    let second = arguments.count > 1 ? try arguments.evaluate(1, machine) : first
    let third = arguments.count > 2 ? try arguments.evaluate(2, machine) : first
    return try here { try Self.apply(builtin, first, second, third, machine.store) }
  }

  private static func apply(
    _ builtin: Builtin, _ first: Value, _ second: Value, _ third: Value, _ store: ValueStore
  ) throws -> Value {
    switch builtin {
    // SequencesExt
    case .setToSequence: return try store.sequence(ofSet: first)
    case .setToSequences, .arrangements:
      try store.require(first, .set, argument: 1, of: builtin)
      return try store.arrangements(of: first, complete: builtin == .setToSequences)
    case .boundedSequences:
      try store.require(first, .set, argument: 1, of: builtin)
      return try store.sequences(
        upTo: store.smallNumber(second, builtin.argument(2)), of: first)
    case .sequenceToBag: return try store.bag(ofSequence: first)
    case .containsElement:
      try store.require(first, .sequence, argument: 1, of: builtin)
      return Value(try store.place(of: second, inSequence: first) != nil)
    case .removeFirst:
      try store.require(first, .sequence, argument: 1, of: builtin)
      guard let place = try store.place(of: second, inSequence: first) else { return first }
      return try store.removing(at: place, from: first)
    case .isPrefix: return Value(try store.isPrefix(first, of: second))
    case .prefixes: return try store.prefixes(of: first)
    case .suffixes: return try store.suffixes(of: first)
    case .commonPrefixes:
      try store.require(first, .set, argument: 1, of: builtin)
      return try store.enumerated(first) == store.emptySet
        ? store.emptySet : store.prefixes(of: store.longestCommonPrefix(first, builtin))
    case .longestCommonPrefix: return try store.longestCommonPrefix(first, builtin)
    case .flattenSequence: return try store.flattened(first)
    case .allSubsequences: return try store.allSubsequences(of: first)
    case .indexOfSubsequence: return try store.firstPlace(of: first, in: second)
    case .replaceFirstSubsequence: return try store.replacingFirst(second, in: third, by: first)
    case .replaceAllSubsequences: return try store.replacingAll(second, in: third, by: first)
    // FiniteSetsExt
    case .subsetsOfSize:
      let size = try store.smallNumber(first, builtin.argument(1))
      try store.require(second, .set, argument: 2, of: builtin)
      return try store.subsets(ofSize: size, of: second)
    case .maximum, .minimum: return try store.extreme(of: first, builtin)
    // Functions
    case .isInjective: return Value(try store.isInjective(first))
    case .inverse: return try store.inverse(of: first, from: second, onto: third)
    case .antiFunction:
      try store.require(first, .function, argument: 1, of: builtin)
      return try store.inverse(of: first, from: store.domain(first), onto: store.range(first))
    case .injections, .surjections, .bijections:
      try store.require(first, .set, argument: 1, of: builtin)
      try store.require(second, .set, argument: 2, of: builtin)
      let kinds: [Builtin: SymbolicSetKind] = [.injections: .injections, .surjections: .surjections]
      return try store.symbolic(kinds[builtin] ?? .bijections, [first, second])
    // Bitwise
    case .bitAnd, .bitOr, .bitExclusiveOr, .bitNot, .shiftRight:
      return try store.bitwise(builtin, first, second)
    default: throw ValueError("\(builtin.tlaName) is not an operator on values")
    }
  }
}

extension Builtin {
  /// The name of an argument in a message, counted from 1.
  func argument(_ number: Int) -> String {
    if arity == 1 { return "the argument of \(tlaName)" }
    let ordinals = ["first", "second", "third", "fourth", "fifth"]
    return "the \(ordinals[safe: number - 1] ?? "\(number)th") argument of \(tlaName)"
  }
}

/// The kinds of values that an operator of the community's modules can demand for an argument.
enum ArgumentKind: String {
  case set = "a set"
  case sequence = "a sequence"
  case function = "a function"
  case integer = "an integer"
}

extension ValueStore {
  func require(_ value: Value, _ kind: ArgumentKind, argument number: Int, of builtin: Builtin) throws {
    let fits =
      switch kind {
      case .set: isSet(value)
      case .sequence: value.tag == Value.Tag.tuple
      case .function: value.isFunction
      case .integer: isNumber(value)
      }
    guard fits else {
      throw ValueError("\(builtin.argument(number)) should be \(kind.rawValue), and is \(describe(value))")
    }
  }

  /// `Max(S)`, `Min(S)`. Numbers ascend in a set, so these are its last and first elements.
  func extreme(of set: Value, _ builtin: Builtin) throws -> Value {
    try require(set, .set, argument: 1, of: builtin)
    if let ends = ends(ofInterval: set) { return builtin == .maximum ? ends.last : ends.first }
    let set = try enumerated(set)
    guard length(set) > 0 else { throw ValueError("\(builtin.tlaName) is asked of the empty set") }
    let (first, last) = (Value(bits: payload(set)[0]), Value(bits: payload(set)[length(set) - 1]))
    for element in [first, last] {
      try requireNumber(element, "each element of the argument of \(builtin.tlaName)")
    }
    return builtin == .maximum ? last : first
  }

  // MARK: Functions

  /// `{f[x] : x \in DOMAIN f}`
  func range(_ function: Value) throws -> Value {
    try set(of: (0..<functionCount(function)).map { functionValue(function, $0) })
  }

  func isInjective(_ function: Value) throws -> Bool {
    try require(function, .function, argument: 1, of: .isInjective)
    let count = functionCount(function)
    let values = try range(function)
    guard (try? checkOrdered(values)) == nil else { return length(values) == count }
    // The values have different kinds: the first pair that is equal or cannot be compared decides.
    for index in 0..<count {
      for other in stride(from: index + 1, to: count, by: 1)
      where try equal(functionValue(function, index), functionValue(function, other)) { return false }
    }
    return true
  }

  /// `Inverse(f, S, T)`: for each t of T the first s of S with `f[s] = t`, or the first element of S if f never gives t.
  func inverse(of function: Value, from source: Value, onto target: Value) throws -> Value {
    try require(function, .function, argument: 1, of: .inverse)
    try require(source, .set, argument: 2, of: .inverse)
    try require(target, .set, argument: 3, of: .inverse)
    let (sources, targets) = (try enumerated(source), try enumerated(target))
    try checkOrdered(sources)
    try checkOrdered(targets)
    let values = try range(function)
    var firstWith: [Value: Value] = [:]
    var outside: Value?
    for element in elements(sources) {
      guard let index = argumentIndex(function, element) else {
        // The search for a new value ends here.
        outside = element
        break
      }
      let value = functionValue(function, index)
      if firstWith[value] == nil { firstWith[value] = element }
    }
    let start = scratchTop
    do {
      for element in elements(targets) {
        let isValue = try contains(values, element)
        if let known = isValue ? firstWith[element] : elements(sources).first {
          try push(known)
        } else if isValue, let outside {
          _ = try apply(function, outside)
        } else {
          throw ValueError("no element of \(describe(sources)) is mapped to \(describe(element))")
        }
      }
    } catch {
      scratchTop = start
      throw error
    }
    return try popFunction(domain: targets, from: start)
  }

  // MARK: Numbers as bits

  /// Works bit by bit. A negative number has infinitely many leading ones.
  func bitwise(_ builtin: Builtin, _ left: Value, _ right: Value) throws -> Value {
    if left.isInteger, right.isInteger {
      switch builtin {
      case .bitAnd: return Value(small: left.integer & right.integer)
      case .bitOr: return Value(small: left.integer | right.integer)
      case .bitExclusiveOr: return Value(small: left.integer ^ right.integer)
      default: break
      }
    }
    try requireNumber(left, builtin.argument(1))
    try requireNumber(right, builtin.argument(2))
    let (a, b) = (bigInteger(left), bigInteger(right))
    switch builtin {
    case .bitAnd: return try integer(a & b)
    case .bitOr: return try integer(a | b)
    case .bitExclusiveOr: return try integer(a ^ b)
    case .bitNot:
      // This inverts as many bits as the number has. For TLC, a negative number has none.
      return try integer(a < 0 ? 0 : (BigInt(1) << a.magnitude.bitWidth) - 1 - a)
    default:
      guard a >= 0, b >= 0 else {
        throw ValueError("shiftR is defined for natural numbers, and not for \(a) and \(b)")
      }
      return try integer(b >= a.magnitude.bitWidth ? 0 : a >> Int(b))
    }
  }
}
