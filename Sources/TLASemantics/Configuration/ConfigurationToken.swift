internal import TLASyntax

/// A token of a `.cfg` file.
struct ConfigurationToken: Sendable {
  enum Kind: Sendable, Equatable {
    case word(String)
    /// Decimal digits without leading zeros.
    case number(String)
    /// A string's contents, with escapes resolved.
    case string(String)
    /// Brackets, `=`, `<-`, and any other run of operator characters.
    case symbol(String)
    /// Text that could not be read, for which an error was reported.
    case invalid
    case end
  }

  let kind: Kind
  let span: SourceSpan

  /// The keyword that this token is; nil for other tokens.
  var keyword: ConfigurationKeyword? {
    guard case .word(let text) = kind else { return nil }
    return ConfigurationKeyword(rawValue: text)
  }

  /// The token's name in a message.
  var description: String {
    switch kind {
    case .end: "the end of the \(span.file.name.hasPrefix("<") ? "text" : "file")"
    default: "`\(span.text)`"
    }
  }
}

/// Cuts a `.cfg` file into tokens, without blanks and both kinds of comments.
struct ConfigurationTokenizer {
  private let file: SourceFile
  private var offset = 0
  private(set) var diagnostics: [Diagnostic] = []

  init(_ file: SourceFile) {
    self.file = file
    if file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// The symbols with more than one character. Any other run of operator characters is cut where one of these starts.
  private static let longSymbols = ["|->", "<-", "<<", ">>", "==", ":="].map { Array($0.utf8) }
  private static let singleSymbols = Set("(){}[],=!".utf8)

  /// The next token; at the end always `.end`.
  mutating func next() -> ConfigurationToken {
    skipBlanksAndComments()
    let start = offset
    guard let byte = peek() else { return token(.end, from: start) }
    if isWordByte(byte) { return word() }
    if byte == UInt8(ascii: "\"") { return string() }
    if byte == UInt8(ascii: "\\"), let following = peek(1), isWordByte(following) {
      offset += 1
      while let byte = peek(), isWordByte(byte) { offset += 1 }
      return token(.symbol(text(from: start)), from: start)
    }
    for symbol in Self.longSymbols where file.bytes[offset...].starts(with: symbol) {
      offset += symbol.count
      return token(.symbol(text(from: start)), from: start)
    }
    if byte < 0x20 || byte == 0x7F || byte >= 0x80 { return unexpectedCharacter() }
    offset += 1
    if !Self.singleSymbols.contains(byte), byte != UInt8(ascii: "-") {
      while let byte = peek(), continuesSymbol(byte) { offset += 1 }
    }
    return token(.symbol(text(from: start)), from: start)
  }

  private mutating func word() -> ConfigurationToken {
    let start = offset
    while let byte = peek(), isWordByte(byte) { offset += 1 }
    let bytes = file.bytes[start..<offset]
    guard bytes.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
      return token(.word(text(from: start)), from: start)
    }
    let digits = String(decoding: bytes.drop { $0 == UInt8(ascii: "0") }, as: UTF8.self)
    return token(.number(digits.isEmpty ? "0" : digits), from: start)
  }

  private mutating func string() -> ConfigurationToken {
    let start = offset
    offset += 1
    var contents: [UInt8] = []
    while let byte = peek(), byte != UInt8(ascii: "\n") {
      offset += 1
      if byte == UInt8(ascii: "\"") {
        return token(.string(String(decoding: contents, as: UTF8.self)), from: start)
      }
      if byte == UInt8(ascii: "\\"), let escaped = peek(), escaped != UInt8(ascii: "\n") {
        offset += 1
        contents.append(Self.meaning(ofEscape: escaped))
      } else {
        contents.append(byte)
      }
    }
    let result = token(.invalid, from: start)
    report("The string is not closed on its line", at: result.span, hint: "end it with `\"`")
    return result
  }

  private static func meaning(ofEscape byte: UInt8) -> UInt8 {
    switch byte {
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "t"): 0x09
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "f"): 0x0C
    default: byte
    }
  }

  private mutating func unexpectedCharacter() -> ConfigurationToken {
    let start = offset
    offset += 1
    while let byte = peek(), byte & 0xC0 == 0x80 { offset += 1 }
    let result = token(.invalid, from: start)
    report("A configuration has no use for this character", at: result.span)
    return result
  }

  private mutating func skipBlanksAndComments() {
    while let byte = peek() {
      if byte == 0x20 || (0x09...0x0D).contains(byte) {
        offset += 1
      } else if byte == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "*") {
        while let byte = peek(), byte != UInt8(ascii: "\n") { offset += 1 }
      } else if byte == UInt8(ascii: "("), peek(1) == UInt8(ascii: "*") {
        skipBlockComment()
      } else {
        return
      }
    }
  }

  private mutating func skipBlockComment() {
    let start = offset
    var depth = 0
    while let byte = peek() {
      if byte == UInt8(ascii: "("), peek(1) == UInt8(ascii: "*") {
        depth += 1
        offset += 2
      } else if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: ")") {
        depth -= 1
        offset += 2
        if depth == 0 { return }
      } else {
        offset += 1
      }
    }
    report(
      "The comment is not closed", at: SourceSpan(file: file, start: start, end: start + 2),
      hint: "each `(*` needs its own `*)`; comments nest")
  }

  private func continuesSymbol(_ byte: UInt8) -> Bool {
    guard byte > 0x20, byte < 0x7F, !isWordByte(byte), !Self.singleSymbols.contains(byte) else {
      return false
    }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "-") { return false }
    return !Self.longSymbols.contains { file.bytes[offset...].starts(with: $0) }
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < file.bytes.count ? file.bytes[offset + distance] : nil
  }

  private func text(from start: Int) -> String {
    String(decoding: file.bytes[start..<offset], as: UTF8.self)
  }

  private func token(_ kind: ConfigurationToken.Kind, from start: Int) -> ConfigurationToken {
    ConfigurationToken(kind: kind, span: SourceSpan(file: file, start: start, end: offset))
  }

  private mutating func report(_ message: String, at span: SourceSpan, hint: String? = nil) {
    diagnostics.append(Diagnostic(.error, .configuration, .configuration, message, at: span, hint: hint))
  }
}
