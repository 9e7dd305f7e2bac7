import BigInt

/// Reads JSON (RFC 8259) from a file.
///
/// Foundation's decoder gives no place, loses the order of an object's members, and loses integers beyond 64 bits. A trace needs all three.
///
///     value  = object | array | string | number | "true" | "false" | "null"
///     object = "{" [ string ":" value { "," string ":" value } ] "}"
///     array  = "[" [ value { "," value } ] "]"
struct JSONReader {
  /// The most digits of an integer that is read exactly: converting decimal digits takes quadratic time.
  private static let mostDigits = 10_000
  /// The deepest nesting, because recursion follows it.
  static let largestDepth = 200

  private let bytes: [UInt8]
  private let file: String
  private var position = 0
  private var depth = 0

  /// Reads a file that holds one value. Throws `TraceReadingError` with line and column.
  static func read(_ bytes: [UInt8], file: String) throws -> JSONValue {
    _ = try text(bytes, file: file)
    var reader = JSONReader(bytes: bytes, file: file)
    let value = try reader.value()
    reader.skipBlanks()
    guard reader.next == nil else { throw reader.error("nothing more is expected after the value") }
    return value
  }

  /// The text of a file. Throws `TraceReadingError` if it is too large or not UTF-8.
  static func text(_ bytes: [UInt8], file: String) throws -> String {
    let limit = FileSize.largest
    guard bytes.count <= limit else {
      throw TraceReadingError(
        file: file, message: "the file is larger than \(limit >> 20) MiB", hint: "save a shorter trace")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      throw TraceReadingError(
        file: file, line: line + 1, message: "the file is not UTF-8 text", hint: "save it as UTF-8")
    }
    return text
  }

  private init(bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  // MARK: Productions

  private mutating func value() throws -> JSONValue {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return try nested { try $0.object() }
    case UInt8(ascii: "["): return try nested { try $0.array() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw error("a value is expected here")
    }
  }

  private mutating func nested(_ read: (inout JSONReader) throws -> JSONValue) throws -> JSONValue {
    guard depth < JSONReader.largestDepth else {
      throw error("values are nested more than \(JSONReader.largestDepth) deep")
    }
    depth += 1
    defer { depth -= 1 }
    return try read(&self)
  }

  private mutating func object() throws -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var names = Set<String>()
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw error("a name in double quotes is expected here") }
      let start = position
      let name = try string()
      guard names.insert(name).inserted else {
        position = start
        throw error("the name \"\(name)\" stands in this object twice")
      }
      guard take(":") else { throw error("a colon is expected here") }
      members.append(JSONValue.Member(name, try value()))
    } while take(",")
    guard take("}") else { throw error("a comma or a closing brace is expected here") }
    return .object(members)
  }

  private mutating func array() throws -> JSONValue {
    position += 1
    if take("]") { return .array([]) }
    var elements: [JSONValue] = []
    repeat { elements.append(try value()) } while take(",")
    guard take("]") else { throw error("a comma or a closing bracket is expected here") }
    return .array(elements)
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws -> JSONValue {
    let text = Array(word.description.utf8)
    guard bytes[position...].starts(with: text) else {
      if text.starts(with: bytes[position...]) { position = bytes.count }
      throw error("a value is expected here")
    }
    position += text.count
    return value
  }

  private mutating func number() throws -> JSONValue {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let leading = next
    let digits = skipDigits()
    guard digits > 0 else { throw error("a digit is expected here") }
    guard digits == 1 || leading != UInt8(ascii: "0") else { throw error("a number must not start with 0") }
    let endOfInteger = position
    if next == UInt8(ascii: ".") {
      position += 1
      guard skipDigits() > 0 else { throw error("a digit is expected here") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() > 0 else { throw error("a digit is expected here") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if position == endOfInteger {
      if let number = Int(text) { return .integer(number) }
      if digits <= Self.mostDigits, let number = BigInt(text) { return .largeInteger(number) }
    }
    return .number(Double(text) ?? .infinity)
  }

  private mutating func string() throws -> String {
    position += 1
    var text = ""
    var start = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        text += String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        return text
      case UInt8(ascii: "\\"):
        text += String(decoding: bytes[start..<position], as: UTF8.self)
        position += 1
        text.unicodeScalars.append(try escape())
        start = position
      case 0..<0x20:
        throw error("a control character inside a string must be escaped")
      default:
        position += 1
      }
    }
    throw error("")
  }

  /// Reads the rest of an escape, after the backslash.
  private mutating func escape() throws -> Unicode.Scalar {
    let byte = next
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try escapedScalar()
    default:
      position -= 1
      throw error("no escape of JSON's")
    }
  }

  /// Reads four hexadecimal digits, or a surrogate pair of two such escapes.
  private mutating func escapedScalar() throws -> Unicode.Scalar {
    let first = try fourDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    let hasSecond = bytes[position...].starts(with: "\\u".utf8)
    if hasSecond { position += 2 }
    guard hasSecond, UTF16.isLeadSurrogate(UInt16(first)) else { throw error("half a pair of surrogates") }
    let second = try fourDigits()
    guard UTF16.isTrailSurrogate(UInt16(second)),
      let scalar = Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF))
    else { throw error("half a pair of surrogates") }
    return scalar
  }

  private mutating func fourDigits() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
        throw error("four hexadecimal digits are expected here")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  // MARK: Bytes

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard next == UInt8(ascii: mark) else { return false }
    position += 1
    return true
  }

  private func error(_ message: String) -> TraceReadingError {
    let read = bytes[..<min(position, bytes.count)]
    let lineStart = read.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let line = read.count { $0 == UInt8(ascii: "\n") } + 1
    let column = read[lineStart...].count { $0 & 0xC0 != 0x80 } + 1
    guard position < bytes.count else {
      return TraceReadingError(
        file: file, line: line, column: column, message: "the file ends in the middle of a value",
        hint: "it was cut off: save or copy it again")
    }
    return TraceReadingError(
      file: file, line: line, column: column, message: "not JSON: \(message)", hint: nil)
  }
}
