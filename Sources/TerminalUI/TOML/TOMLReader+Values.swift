// Values.
extension TOMLReader {
  mutating func value() throws(TOMLProblem) -> TOMLValue {
    switch next {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      if take("\"\"\"") { return .string(try multilineString("\"\"\"")) }
      if take("'''") { return .string(try multilineString("'''")) }
      return .string(try string())
    case UInt8(ascii: "["): return try nested { reader throws(TOMLProblem) in try reader.array() }
    case UInt8(ascii: "{"): return try nested { reader throws(TOMLProblem) in try reader.inlineTable() }
    default: return try word()
    }
  }

  private mutating func nested(
    _ read: (inout TOMLReader) throws(TOMLProblem) -> TOMLValue
  ) throws(TOMLProblem) -> TOMLValue {
    guard nesting < TOMLReader.deepestNesting else {
      throw problem("more than \(TOMLReader.deepestNesting) arrays and tables are inside each other")
    }
    nesting += 1
    defer { nesting -= 1 }
    return try read(&self)
  }

  private mutating func array() throws(TOMLProblem) -> TOMLValue {
    position += 1
    var elements: [TOMLItem] = []
    while true {
      try skipBlankLines()
      if take("]") { return .array(elements) }
      let place = place()
      elements.append(TOMLItem(value: try value(), place: place))
      try skipBlankLines()
      guard take(",") || next == UInt8(ascii: "]") else {
        throw problem("expected `,` or `]` in an array, found \(found)")
      }
    }
  }

  private mutating func inlineTable() throws(TOMLProblem) -> TOMLValue {
    let table = TOMLTable(.header, at: place())
    position += 1
    skipBlanks()
    if !take("}") {
      repeat {
        try pair(into: table)
        skipBlanks()
      } while take(",")
      guard take("}") else { throw problem("expected `,` or `}` in a table, found \(found)") }
    }
    table.origin = .inline
    return .table(table)
  }

  // MARK: Strings

  /// A string on one line.
  mutating func string() throws(TOMLProblem) -> String {
    let quote = bytes[position]
    let isLiteral = quote == UInt8(ascii: "'")
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      if byte == quote { return String(decoding: text, as: UTF8.self) }
      if byte == UInt8(ascii: "\\"), !isLiteral {
        try escape(into: &text)
      } else {
        text.append(try allowed(byte))
      }
    }
    throw problem("a string has no end")
  }

  /// The text after three quotes, up to the next three.
  private mutating func multilineString(_ quotes: StaticString) throws(TOMLProblem) -> String {
    let isLiteral = quotes.utf8Start.pointee == UInt8(ascii: "'")
    _ = takeNewline()
    var text: [UInt8] = []
    while let byte = next {
      if isAhead(quotes) {
        position += 3
        // The text may end with up to two quotes, directly before the closing three.
        for _ in 0..<2 where next == quotes.utf8Start.pointee {
          text.append(quotes.utf8Start.pointee)
          position += 1
        }
        return String(decoding: text, as: UTF8.self)
      }
      if takeNewline() {
        text.append(0x0A)
        continue
      }
      position += 1
      if byte == UInt8(ascii: "\\"), !isLiteral {
        if !skipEscapedLineEnd() { try escape(into: &text) }
      } else {
        text.append(try allowed(byte))
      }
    }
    throw problem("a string has no end")
  }

  private func allowed(_ byte: UInt8) throws(TOMLProblem) -> UInt8 {
    guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
      throw problem(
        byte == 0x0A || byte == 0x0D
          ? "a string has no end on its line" : "a string holds a control character")
    }
    return byte
  }

  /// After a backslash, skips the line end and all blanks and line ends after it. Returns false if the line does not end here.
  private mutating func skipEscapedLineEnd() -> Bool {
    let start = position
    skipBlanks()
    guard takeNewline() else {
      position = start
      return false
    }
    repeat { skipBlanks() } while takeNewline()
    return true
  }

  private mutating func escape(into text: inout [UInt8]) throws(TOMLProblem) {
    guard let letter = next else { throw problem("a string has no end") }
    position += 1
    switch letter {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(letter)
    case UInt8(ascii: "u"): text += Array(String(try unicode(digits: 4)).utf8)
    case UInt8(ascii: "U"): text += Array(String(try unicode(digits: 8)).utf8)
    default:
      position -= 1
      throw problem("after `\\` one of b t n f r u U \" \\ is expected, found \(found)")
    }
  }

  private mutating func unicode(digits: Int) throws(TOMLProblem) -> Unicode.Scalar {
    let end = min(bytes.count, position + digits)
    let text = String(decoding: bytes[position..<end], as: UTF8.self)
    guard text.utf8.count == digits, text.allSatisfy(\.isHexDigit), let code = UInt32(text, radix: 16),
      let scalar = Unicode.Scalar(code)
    else { throw problem("after `\\` the number of a character with \(digits) digits is expected") }
    position = end
    return scalar
  }

  // MARK: Words

  /// A truth value, a number, a date or a time.
  private mutating func word() throws(TOMLProblem) -> TOMLValue {
    let start = position
    var text = text(while: Self.isPartOfWord)
    guard !text.isEmpty else { throw problem("expected a value, found \(found)") }
    switch text {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default: break
    }
    let digits = text.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    let afterDigits = text.utf8.dropFirst(digits).first
    if digits == 4 && afterDigits == UInt8(ascii: "-") || digits == 2 && afterDigits == UInt8(ascii: ":") {
      // A single blank may separate a date from its time.
      if text.utf8.count == 10, take(" ") {
        let time = self.text(while: Self.isPartOfWord)
        if time.isEmpty { position -= 1 } else { text += " " + time }
      }
      return .time(text)
    }
    if let number = try number(text) { return number }
    position = start
    throw problem("`\(text)` is no value; a text stands in quotes")
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    byte > 0x20 && !"#,[]{}=\"'".utf8.contains(byte)
  }

  /// Nil if the text is not a number.
  private func number(_ text: String) throws(TOMLProblem) -> TOMLValue? {
    let sign = text.first == "-" ? "-" : ""
    let unsigned = text.first == "-" || text.first == "+" ? String(text.dropFirst()) : text
    switch unsigned {
    case "inf": return .float(sign.isEmpty ? .infinity : -.infinity)
    case "nan": return .float(.nan)
    default: break
    }
    guard unsigned.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) ?? false else { return nil }
    let parts = unsigned.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.allSatisfy({ $0.first?.isHexDigit ?? false && $0.last?.isHexDigit ?? false }) else {
      return nil
    }
    let plain = parts.joined()
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where plain.hasPrefix(prefix) {
      guard unsigned == text, !plain.dropFirst(2).contains("+"), !plain.dropFirst(2).contains("-") else {
        return nil
      }
      return Int(plain.dropFirst(2), radix: radix).map { .integer($0) }
    }
    let isInteger = plain.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    let whole = plain.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
    guard whole == 1 || plain.first != "0" else { throw problem("a number begins with 0: `\(text)`") }
    if isInteger {
      guard let number = Int(sign + plain) else { throw problem("`\(text)` is too large") }
      return .integer(number)
    }
    guard plain.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }), !plain.contains(".e"),
      !plain.contains(".E"), !plain.hasSuffix(".")
    else { return nil }
    return Double(sign + plain).map { .float($0) }
  }
}
