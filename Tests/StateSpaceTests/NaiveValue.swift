import BigInt
import StateSpace

/// A mathematical value: tuples, sequences and records are functions, and a set has no order.
indirect enum NaiveValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int)
  case string(String)
  case set(Set<NaiveValue>)
  case function([NaiveValue: NaiveValue])

  /// An expression without a value.
  struct Failure: Error {
    let message: String
  }

  static func sequence(_ elements: [NaiveValue]) -> NaiveValue {
    .function(Dictionary(uniqueKeysWithValues: elements.enumerated().map { (.integer($0 + 1), $1) }))
  }

  /// The engine's value in this form; nil for a set without listed elements.
  init?(_ plain: PlainValue) {
    switch plain {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(Int(value))
    case .string(let text), .modelValue(let text): self = .string(text)
    case .set(let elements):
      let values = elements.compactMap(NaiveValue.init)
      guard values.count == elements.count, Set(values).count == values.count else { return nil }
      self = .set(Set(values))
    case .tuple(let elements):
      let values = elements.compactMap(NaiveValue.init)
      guard values.count == elements.count else { return nil }
      self = .sequence(values)
    case .record(let fields):
      var function: [NaiveValue: NaiveValue] = [:]
      for field in fields { function[.string(field.name)] = NaiveValue(field.value) }
      guard function.count == fields.count else { return nil }
      self = .function(function)
    case .function(let pairs):
      var function: [NaiveValue: NaiveValue] = [:]
      for pair in pairs {
        guard let argument = NaiveValue(pair.argument) else { return nil }
        function[argument] = NaiveValue(pair.value)
      }
      guard function.count == pairs.count else { return nil }
      self = .function(function)
    case .symbolicSet: return nil
    }
  }

  // MARK: Kinds

  func asBoolean() throws -> Bool {
    if case .boolean(let value) = self { return value }
    throw Failure(message: "not a Boolean: \(self)")
  }

  func asInteger() throws -> Int {
    if case .integer(let value) = self { return value }
    throw Failure(message: "not an integer: \(self)")
  }

  func asSet() throws -> Set<NaiveValue> {
    if case .set(let elements) = self { return elements }
    throw Failure(message: "not a set: \(self)")
  }

  func asFunction() throws -> [NaiveValue: NaiveValue] {
    if case .function(let pairs) = self { return pairs }
    throw Failure(message: "not a function: \(self)")
  }

  /// The elements of a function over `1..n`.
  func asSequence() throws -> [NaiveValue] {
    let pairs = try asFunction()
    return try (0..<pairs.count).map { index in
      guard let element = pairs[.integer(index + 1)] else {
        throw Failure(message: "not a sequence: \(self)")
      }
      return element
    }
  }

  // MARK: Order

  private var rank: Int {
    switch self {
    case .boolean: 0
    case .integer: 1
    case .string: 2
    case .set: 3
    case .function: 4
    }
  }

  /// TLC's order: sets and functions by size, then by elements. Strings are ordered alphabetically, because that is the order of their
  /// first occurrence in the tests.
  static func precedes(_ left: NaiveValue, _ right: NaiveValue) -> Bool { compare(left, right) < 0 }

  private static func compare(_ left: NaiveValue, _ right: NaiveValue) -> Int {
    switch (left, right) {
    case (.boolean(let left), .boolean(let right)): return left == right ? 0 : left ? 1 : -1
    case (.integer(let left), .integer(let right)): return left - right
    case (.string(let left), .string(let right)): return left == right ? 0 : left < right ? -1 : 1
    case (.set(let left), .set(let right)):
      if left.count != right.count { return left.count - right.count }
      return compare(left.sorted(by: precedes), right.sorted(by: precedes))
    case (.function(let left), .function(let right)):
      if left.count != right.count { return left.count - right.count }
      func spelled(_ function: [NaiveValue: NaiveValue]) -> [NaiveValue] {
        function.sorted { precedes($0.key, $1.key) }.flatMap { [$0.key, $0.value] }
      }
      return compare(spelled(left), spelled(right))
    default: return left.rank - right.rank
    }
  }

  private static func compare(_ left: [NaiveValue], _ right: [NaiveValue]) -> Int {
    for (first, second) in zip(left, right) {
      let order = compare(first, second)
      if order != 0 { return order }
    }
    return 0
  }

  /// Whether it is a function over strings: a record.
  private var isRecord: Bool {
    guard case .function(let pairs) = self, !pairs.isEmpty else { return false }
    return pairs.keys.allSatisfy { if case .string = $0 { true } else { false } }
  }

  private var isSequence: Bool {
    guard case .function(let pairs) = self else { return false }
    return (0..<pairs.count).allSatisfy { pairs[.integer($0 + 1)] != nil }
  }

  /// Equality of values of one type. Comparing values of different kinds is an error. A record cannot be compared with a sequence unless
  /// the sequence is empty; it is compared with other functions argument by argument.
  static func equal(_ left: NaiveValue, _ right: NaiveValue) throws -> Bool {
    let failure = Failure(message: "incomparable: \(left) and \(right)")
    guard left.rank == right.rank else { throw failure }
    guard left.isRecord != right.isRecord, case .function(let first) = left,
      case .function(let second) = right,
      !first.isEmpty, !second.isEmpty
    else { return left == right }
    if left.isSequence || right.isSequence { throw failure }
    guard first.count == second.count else { return false }
    for (one, other) in zip(first.keys.sorted(by: precedes), second.keys.sorted(by: precedes))
    where try !equal(one, other) { return false }
    return left == right
  }
}
