import BigInt

/// Reads JSON as values (grammar: RFC 8259). Objects become records, arrays become sequences. A number loses its fraction,
/// as in TLC; `null` has no value.
struct PlainJSONReader {
  private static let deepest = 512

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  /// Throws `HostProblem`.
  static func value(in text: String) throws -> PlainValue {
    var reader = PlainJSONReader(scalars: Array(text.unicodeScalars))
    let value = try reader.value()
    reader.skipSpace()
    guard reader.position == reader.scalars.count else { throw reader.problem("the end is expected") }
    return value
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private func problem(_ what: String) -> HostProblem {
    HostProblem("no JSON at character \(position + 1): \(what)")
  }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func skipSpace() {
    while let scalar = current, scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r" {
      position += 1
    }
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    skipSpace()
    guard current == scalar else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ scalar: Unicode.Scalar) throws {
    guard accept(scalar) else { throw problem("`\(scalar)` is expected") }
  }

  private mutating func value() throws -> PlainValue {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest { throw problem("it is nested too deeply") }
    skipSpace()
    switch current {
    case "{":
      let fields = try fields()
      return fields.isEmpty ? .tuple([]) : .record(fields)
    case "[": return .tuple(try elements())
    case "\"": return .string(try string())
    case "t": return try word("true", .boolean(true))
    case "f": return try word("false", .boolean(false))
    case "n": throw problem("null is no value of TLA+")
    default: return try number()
    }
  }

  private mutating func word(_ text: String, _ value: PlainValue) throws -> PlainValue {
    guard scalars[position...].starts(with: text.unicodeScalars) else { throw problem("a value is expected") }
    position += text.unicodeScalars.count
    return value
  }

  private mutating func elements() throws -> [PlainValue] {
    try expect("[")
    if accept("]") { return [] }
    var result: [PlainValue] = []
    repeat { result.append(try value()) } while accept(",")
    try expect("]")
    return result
  }

  private mutating func fields() throws -> [PlainValue.Field] {
    try expect("{")
    if accept("}") { return [] }
    var result: [PlainValue.Field] = []
    repeat {
      skipSpace()
      let name = try string()
      try expect(":")
      result.append(PlainValue.Field(name: name, value: try value()))
    } while accept(",")
    try expect("}")
    return result
  }

  private mutating func number() throws -> PlainValue {
    let start = position
    if current == "-" { position += 1 }
    skipDigits()
    let end = position
    var fraction = start..<start
    if current == "." {
      position += 1
      fraction = position..<position
      skipDigits()
      fraction = fraction.lowerBound..<position
      if fraction.isEmpty { throw problem("a digit is expected") }
    }
    let exponent = try exponent()
    // The digits before the point are those up to the exponent's place.
    var digits = Array(scalars[start..<end])
    if exponent >= 0 {
      let moved = scalars[fraction].prefix(exponent)
      digits += Array(moved) + Array(repeating: "0", count: exponent - moved.count)
    } else {
      let first = digits.first == "-" ? 1 : 0
      digits = Array(digits.dropLast(min(-exponent, digits.count - first)))
      if digits.count == first { digits.append("0") }
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: digits)
    guard end > start, let number = BigInt(String(text)) else { throw problem("a value is expected") }
    return .integer(number)
  }

  private mutating func skipDigits() {
    while let scalar = current, scalar.properties.numericType == .decimal, scalar.isASCII { position += 1 }
  }

  private static let largestExponent = 10_000

  /// The exponent of a number; 0 if it has none.
  private mutating func exponent() throws -> Int {
    guard current == "e" || current == "E" else { return 0 }
    position += 1
    let start = position
    if current == "-" || current == "+" { position += 1 }
    skipDigits()
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<position])
    guard let exponent = Int(String(text)), abs(exponent) <= Self.largestExponent else {
      throw problem("an exponent of at most \(Self.largestExponent) is expected")
    }
    return exponent
  }

  private mutating func string() throws -> String {
    try expect("\"")
    var units: [UInt16] = []
    while let scalar = current {
      position += 1
      switch scalar {
      case "\"": return String(decoding: units, as: UTF16.self)
      case "\\": units.append(try escaped())
      default: units += Array(String(scalar).utf16)
      }
    }
    throw problem("the string is not closed")
  }

  private mutating func escaped() throws -> UInt16 {
    guard let scalar = current else { throw problem("the string is not closed") }
    position += 1
    switch scalar {
    case "n": return 10
    case "t": return 9
    case "r": return 13
    case "b": return 8
    case "f": return 12
    case "u":
      var digits = String.UnicodeScalarView()
      digits.append(contentsOf: scalars[position..<min(position + 4, scalars.count)])
      guard digits.count == 4, let unit = UInt16(String(digits), radix: 16) else {
        throw problem("four hexadecimal digits are expected")
      }
      position += 4
      return unit
    case "\"", "\\", "/": return UInt16(scalar.value)
    default: throw problem("there is no escape \\\(scalar)")
    }
  }
}
