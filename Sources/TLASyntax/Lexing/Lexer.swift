/// Cuts a text into tokens, and keeps the comments separately. It never fails: text that is not a token becomes an `invalid` token, with a
/// diagnostic.
struct Lexer {
  private let file: SourceFile
  private let bytes: [UInt8]
  private let table = SymbolTable.standard
  private var offset: Int
  /// The column of `offset`, counted from 1 as for the junction rule.
  private var column: Int32 = 1
  private var isFirstOnLine = true
  /// How many modules are open. The text ends with the closing line of the outermost one.
  private var openModules = 0

  private(set) var tokens: [Token] = []
  private(set) var comments: [Comment] = []
  private(set) var diagnostics: [Diagnostic] = []

  /// Reads `file` from `offset`, which must be the start of a line, or of the dashes that open a module.
  init(_ file: SourceFile, from offset: Int = 0) {
    self.file = file
    bytes = file.bytes
    self.offset = offset
    column = Int32(file.position(of: offset).column)
  }

  static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  static func isNamePart(_ byte: UInt8) -> Bool {
    isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
  }

  /// Reads to the end of the text, or past the line that closes the outermost module.
  mutating func run() {
    tokens.reserveCapacity((bytes.count - offset) / 4)
    while offset < bytes.count {
      let byte = bytes[offset]
      switch byte {
      case UInt8(ascii: "\n"): newLine()
      case UInt8(ascii: "\t"):
        offset += 1
        column = (column - 1) / 8 * 8 + 9
      case UInt8(ascii: " "), UInt8(ascii: "\r"), 0x0C, 0x0B:
        offset += 1
        column += 1
      case UInt8(ascii: "(") where peek(1) == UInt8(ascii: "*"): blockComment()
      case UInt8(ascii: "\\") where peek(1) == UInt8(ascii: "*"): lineComment()
      case UInt8(ascii: "\""): string()
      case UInt8(ascii: "-") where run(of: byte) >= 4: emit(.dashes, length: run(of: byte))
      case UInt8(ascii: "=") where run(of: byte) >= 4:
        emit(.moduleEnd, length: run(of: byte))
        openModules -= 1
        if openModules == 0 { return finish() }
      case UInt8(ascii: "<") where startsProofStep: proofStep()
      case UInt8(ascii: "\\"):
        if let length = basedNumberLength() { emit(.number, length: length) } else { symbol() }
      case _ where Self.isNamePart(byte): word()
      default: symbol()
      }
    }
    finish()
  }

  private mutating func finish() {
    emit(.endOfText, length: 0)
  }

  private func peek(_ distance: Int) -> UInt8 {
    offset + distance < bytes.count ? bytes[offset + distance] : 0
  }

  private func run(of byte: UInt8) -> Int {
    var length = 0
    while peek(length) == byte { length += 1 }
    return length
  }

  private mutating func newLine() {
    offset += 1
    column = 1
    isFirstOnLine = true
  }

  private mutating func skip(_ length: Int) {
    let end = offset + length
    while offset < end {
      if bytes[offset] & 0xC0 != 0x80 { column += 1 }
      offset += 1
    }
  }

  private mutating func emit(_ kind: Token.Kind, length: Int, symbol: UInt8 = 0) {
    if kind == .module, tokens.last?.kind == .dashes { openModules += 1 }
    tokens.append(
      Token(
        kind: kind, symbol: symbol, isFirstOnLine: isFirstOnLine, start: Int32(offset),
        end: Int32(offset + length), column: column))
    isFirstOnLine = false
    skip(length)
  }

  private mutating func report(
    _ message: String, code: MessageCode, from start: Int, to end: Int, hint: String? = nil
  ) {
    diagnostics.append(
      Diagnostic(
        .error, .specification, code, message, at: SourceSpan(file: file, start: start, end: end), hint: hint)
    )
  }
}

// MARK: - Comments, strings, words

extension Lexer {
  private mutating func blockComment() {
    let start = offset
    let wasFirst = isFirstOnLine
    var depth = 0
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "("), peek(1) == UInt8(ascii: "*") {
        depth += 1
        skip(2)
      } else if bytes[offset] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: ")") {
        depth -= 1
        skip(2)
        if depth == 0 {
          comments.append(Comment(start: start, end: offset, isBlock: true, isFirstOnLine: wasFirst))
          // A token after a comment can still be the first one of its line.
          return
        }
      } else if bytes[offset] == UInt8(ascii: "\n") {
        newLine()
      } else if bytes[offset] == UInt8(ascii: "\t") {
        offset += 1
        column = (column - 1) / 8 * 8 + 9
      } else {
        skip(1)
      }
    }
    report(
      "the comment is not closed", code: .unclosed, from: start, to: start + 2,
      hint: depth > 1 ? "comments nest: each `(*` needs its own `*)`" : "close it with `*)`")
    emit(.invalid, length: 0)
  }

  private mutating func lineComment() {
    let start = offset
    var end = offset
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    comments.append(Comment(start: start, end: end, isBlock: false, isFirstOnLine: isFirstOnLine))
    offset = end
  }

  private mutating func string() {
    var length = 1
    while offset + length < bytes.count {
      switch peek(length) {
      case UInt8(ascii: "\""): return emit(.string, length: length + 1)
      case UInt8(ascii: "\n"): return unclosedString(length)
      case UInt8(ascii: "\\") where peek(length + 1) != UInt8(ascii: "\n"): length += 2
      default: length += 1
      }
    }
    unclosedString(min(length, bytes.count - offset))
  }

  private mutating func unclosedString(_ length: Int) {
    report(
      "the string is not closed", code: .unclosed, from: offset, to: offset + length,
      hint: "a string ends on its own line, with `\"`; a quotation mark inside it is `\\\"`")
    emit(.invalid, length: length)
  }

  private mutating func word() {
    var length = 0
    var hasLetter = false
    while Self.isNamePart(peek(length)) {
      if Self.isLetter(peek(length)) { hasLetter = true }
      length += 1
    }
    if !hasLetter {
      if bytes[offset] == UInt8(ascii: "_") { return emit(.underscore, length: 1) }
      return number()
    }
    if length > 2, peek(1) == UInt8(ascii: "F"), peek(2) == UInt8(ascii: "_") {
      if bytes[offset] == UInt8(ascii: "W") { return emit(.weakFairness, length: 3) }
      if bytes[offset] == UInt8(ascii: "S") { return emit(.strongFairness, length: 3) }
    }
    if length >= 2, bytes[offset] < UInt8(ascii: "a"), peek(1) < UInt8(ascii: "a"),
      let symbol = table.word(in: bytes, at: offset, length: length)
    {
      return emit(symbol.kind, length: length, symbol: symbol.operatorIndex)
    }
    emit(.identifier, length: length)
  }

  private mutating func number() {
    var length = 0
    while Self.isDigit(peek(length)) { length += 1 }
    guard peek(length) == UInt8(ascii: "."), Self.isDigit(peek(length + 1)) else {
      return emit(.number, length: length)
    }
    length += 1
    while Self.isDigit(peek(length)) { length += 1 }
    emit(.decimal, length: length)
  }

  /// The length of a number such as `\b101`, `\o17` or `\hFF` here; nil if there is none.
  private func basedNumberLength() -> Int? {
    var length = 2
    switch peek(1) | 0x20 {
    case UInt8(ascii: "b"): while peek(length) & 0xFE == UInt8(ascii: "0") { length += 1 }
    case UInt8(ascii: "o"): while peek(length) & 0xF8 == UInt8(ascii: "0") { length += 1 }
    case UInt8(ascii: "h"):
      while Self.isDigit(peek(length))
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(peek(length) | 0x20)
      {
        length += 1
      }
    default: return nil
    }
    return length > 2 ? length : nil
  }

  /// Whether a `<` here may begin a proof step. Usually the next character rules it out.
  private var startsProofStep: Bool {
    switch peek(1) {
    case UInt8(ascii: "*"), UInt8(ascii: "+"): true
    case let byte: Self.isDigit(byte)
    }
  }

  private mutating func proofStep() {
    if let length = proofStepLength() { emit(.proofStep, length: length) } else { symbol() }
  }

  /// The length of a proof step's name such as `<1>2.`, `<1>`, `<*>a.` or `<+>` here; nil if there is none. No expression contains one,
  /// because `<` and `>` cannot meet without parentheses.
  private func proofStepLength() -> Int? {
    var length = 1
    if peek(1) == UInt8(ascii: "*") || peek(1) == UInt8(ascii: "+") {
      length = 2
    } else {
      while Self.isDigit(peek(length)) { length += 1 }
    }
    guard length > 1, peek(length) == UInt8(ascii: ">") else { return nil }
    length += 1
    while Self.isNamePart(peek(length)) { length += 1 }
    while peek(length) == UInt8(ascii: ".") { length += 1 }
    return length
  }

  private mutating func symbol() {
    if let symbol = table.longestMatch(in: bytes, at: offset) {
      return emit(symbol.kind, length: Int(symbol.length), symbol: symbol.operatorIndex)
    }
    var length = 1
    while peek(length) & 0xC0 == 0x80, offset + length < bytes.count { length += 1 }
    let text = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
    var hint: String?
    switch text {
    case ";": hint = "TLA+ has no statements; items of a list are separated by `,`"
    case "“", "”", "„": hint = "strings are written with the straight `\"`"
    case "\u{A0}": hint = "this is a non-breaking space; use an ordinary one"
    default: break
    }
    report(
      "`\(Printable.line(text))` is no symbol of TLA+", code: .character, from: offset, to: offset + length,
      hint: hint)
    emit(.invalid, length: length)
  }
}
