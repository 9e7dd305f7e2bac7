import BigInt
import TLASyntax

/// Exact integers. TLC stops outside 32 bits. A store with `tlcIntegers` stops there, too; any other store notes that it left the range.
extension ValueStore {
  private static let tlcRange = BigInt(Int32.min)...BigInt(Int32.max)

  /// The value of an integer.
  @inline(__always) func integer(_ value: Int) throws -> Value {
    if value >= -(1 << 28), value < 1 << 28 { return Value(small: value) }
    return try integer(BigInt(value))
  }

  /// The value of an integer of any size.
  func integer(_ value: BigInt) throws -> Value {
    if !Self.tlcRange.contains(value) {
      if tlcIntegers {
        throw ValueError("\(value) is outside the 32 bits in which TLC computes", kind: .library)
      }
      leftTLCIntegers = true
    }
    return try literal(value)
  }

  /// The value of an integer of any size, without TLC's limit.
  func literal(_ value: BigInt) throws -> Value {
    if let small = Int(exactly: value), Value.smallIntegers.contains(small) { return Value(small: small) }
    let start = scratchTop
    defer { scratchTop = start }
    try push(Value(bits: value < 0 ? 1 : 0))
    for word in value.magnitude.words {
      try push(Value(bits: UInt32(truncatingIfNeeded: word)))
      try push(Value(bits: UInt32(truncatingIfNeeded: word >> 32)))
    }
    return try intern(Value.Tag.bigInteger, scratch + start, scratchTop - start)
  }

  /// The number; only for integers.
  func bigInteger(_ value: Value) -> BigInt {
    if value.isInteger { return BigInt(value.integer) }
    let words = payload(value)
    var magnitude = BigUInt(0)
    for index in stride(from: length(value) - 1, to: 0, by: -1) {
      magnitude = magnitude << 32 | BigUInt(words[index])
    }
    return BigInt(sign: words[0] == 1 ? .minus : .plus, magnitude: magnitude)
  }

  @inline(__always) func isNumber(_ value: Value) -> Bool {
    value.isInteger || value.tag == Value.Tag.bigInteger
  }

  /// An arithmetic operation.
  enum Arithmetic: String {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divide = "\\div"
    case modulo = "%"
    case power = "^"
  }

  func compute(_ operation: Arithmetic, _ left: Value, _ right: Value) throws -> Value {
    if left.isInteger, right.isInteger {
      switch operation {
      case .plus: return try integer(left.integer &+ right.integer)
      case .minus: return try integer(left.integer &- right.integer)
      case .times: return try integer(left.integer &* right.integer)
      case .divide where right.integer != 0:
        let (quotient, remainder) = left.integer.quotientAndRemainder(dividingBy: right.integer)
        return try integer(remainder != 0 && (remainder < 0) != (right.integer < 0) ? quotient - 1 : quotient)
      case .modulo where right.integer > 0:
        let remainder = left.integer % right.integer
        return Value(small: remainder < 0 ? remainder + right.integer : remainder)
      default: break
      }
    }
    try requireNumber(left, "the first argument of \(operation.rawValue)")
    try requireNumber(right, "the second argument of \(operation.rawValue)")
    let (a, b) = (bigInteger(left), bigInteger(right))
    switch operation {
    case .plus: return try integer(a + b)
    case .minus: return try integer(a - b)
    case .times: return try integer(a * b)
    case .divide:
      guard b != 0 else { throw ValueError("the second argument of \\div is 0", kind: .library) }
      let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
      return try integer(remainder != 0 && (remainder < 0) != (b < 0) ? quotient - 1 : quotient)
    case .modulo:
      guard b > 0 else {
        throw ValueError(
          "the second argument of % should be a positive number, and is \(b)", kind: .library)
      }
      let remainder = a % b
      return try integer(remainder < 0 ? remainder + b : remainder)
    case .power:
      guard b >= 0 else {
        throw ValueError(
          "the second argument of ^ should be a natural number, and is \(b)", kind: .library)
      }
      if a == 0, b == 0 { throw ValueError("0^0 is undefined", kind: .library) }
      if a.magnitude <= 1 { return try integer(a == -1 && b % 2 == 0 ? 1 : a == 1 || b == 0 ? 1 : a) }
      guard b < 1 << 20, a.magnitude.bitWidth * Int(b) < 1 << 22 else {
        throw ValueError("\(a)^\(b) is too large", kind: .resource)
      }
      if tlcIntegers, b > 31 {
        throw ValueError("\(a)^\(b) is outside the 32 bits in which TLC computes", kind: .library)
      }
      return try integer(a.power(Int(b)))
    }
  }

  /// A negative, zero, or positive number as `left` is less than, equal to, or greater than `right`.
  @inline(__always) func compareNumbers(_ left: Value, _ right: Value, _ symbol: String) throws -> Int {
    if left.isInteger, right.isInteger { return left.integer &- right.integer }
    try requireNumber(left, "the first argument of \(symbol)")
    try requireNumber(right, "the second argument of \(symbol)")
    return compare(left, right)
  }

  func isPositive(_ value: Value) -> Bool {
    value.isInteger ? value.integer > 0 : value.tag == Value.Tag.bigInteger && bigInteger(value) > 0
  }

  func requireNumber(_ value: Value, _ what: @autoclosure () -> String) throws {
    guard isNumber(value) else {
      throw ValueError(
        "\(what()) should be an integer, and is \(describe(value))", code: .operand,
        hint: hintForWholeSet(value))
    }
  }

  /// A hint if the value is a set where one of its elements was probably meant.
  func hintForWholeSet(_ value: Value) -> String? {
    isSet(value)
      ? "this is a whole set: `x \\in S` takes one element of S, and `\\cup` joins two sets" : nil
  }

  /// A number that counts something. Throws unless the value is an integer that fits.
  func smallNumber(_ value: Value, _ what: @autoclosure () -> String) throws -> Int {
    if value.isInteger { return value.integer }
    try requireNumber(value, what())
    guard let small = Int(exactly: bigInteger(value)) else {
      throw ValueError("\(what()) is too large: \(describe(value))", kind: .resource)
    }
    return small
  }
}
