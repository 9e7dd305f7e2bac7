internal import TLASyntax

/// Reads TOML 1.0 by recursive descent, one function for each production.
///
///     file    = { [ header | pair ] [ comment ] newline }
///     header  = "[" key "]" | "[[" key "]]"
///     pair    = key "=" value
///     key     = part { "." part }
///     part    = bare | basic string | literal string
///     value   = string | number | time | "true" | "false" | array | inline table
///     array   = "[" [ value { "," value } [ "," ] ] "]"
///     inline  = "{" [ pair { "," pair } ] "}"
///
/// It reads any text, or refuses it with a line number. The time is linear in the length of the text.
struct TOMLReader {
  /// The deepest nesting of arrays and inline tables.
  static let deepestNesting = 64

  var bytes: [UInt8]
  var position = 0
  var line = 1
  /// The last place that was asked for, and its position.
  private var known = (position: 0, place: TOMLPlace())
  /// The place of the last part of the last key.
  private var keyPlace = TOMLPlace()
  var nesting = 0

  /// The root table of a text. Throws `TOMLProblem`.
  static func read(_ text: String) throws(TOMLProblem) -> TOMLTable {
    var reader = TOMLReader(bytes: Array(text.utf8))
    if reader.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { (reader.position, reader.known.position) = (3, 3) }
    return try reader.file()
  }

  // MARK: The file

  private mutating func file() throws(TOMLProblem) -> TOMLTable {
    let root = TOMLTable(.header, at: TOMLPlace())
    var current = root
    while true {
      try skipBlankLines()
      guard let byte = next else { return root }
      if byte == UInt8(ascii: "[") {
        current = try header(root)
      } else {
        try pair(into: current)
      }
      try endOfLine()
    }
  }

  private mutating func header(_ root: TOMLTable) throws(TOMLProblem) -> TOMLTable {
    position += 1
    let isArray = take("[")
    let path = try key()
    let place = keyPlace
    try expect("]", "to end the header")
    if isArray { try expect("]", "to end the header") }
    var table = root
    for name in path.dropLast() { table = try descend(table, to: name, from: .implicit) }
    let name = path[path.count - 1]
    let added = TOMLTable(.header, at: place)
    switch table[name]?.value {
    case nil:
      table.add(name, at: place, TOMLItem(value: isArray ? .tables([added]) : .table(added), place: place))
    case .tables where isArray: _ = table.append(added, to: name)
    case .table(let present) where !isArray && present.origin == .implicit:
      present.origin = .header
      return present
    default: throw problem("\(shown(path)) is defined twice")
    }
    return added
  }

  /// The table with this name, which is made if it does not exist. For an array of tables, the last one.
  private func descend(
    _ table: TOMLTable, to name: String, from origin: TOMLTable.Origin
  ) throws(TOMLProblem) -> TOMLTable {
    switch table[name]?.value {
    case nil:
      let added = TOMLTable(origin, at: keyPlace)
      table.add(name, at: keyPlace, TOMLItem(value: .table(added), place: keyPlace))
      return added
    case .table(let present)
    where origin == .dottedKey ? present.origin == .dottedKey : present.origin != .inline:
      return present
    case .tables(let tables) where origin != .dottedKey: return tables[tables.count - 1]
    default: throw problem("\(shown([name])) is defined already, and nothing can be added to it")
    }
  }

  /// A key with its value.
  mutating func pair(into table: TOMLTable) throws(TOMLProblem) {
    let path = try key()
    let keyPlace = keyPlace
    try expect("=", "after the key \(shown(path))")
    skipBlanks()
    var table = table
    for name in path.dropLast() { table = try descend(table, to: name, from: .dottedKey) }
    let name = path[path.count - 1]
    guard table[name] == nil else { throw problem("\(shown(path)) is defined twice") }
    let place = place()
    table.add(name, at: keyPlace, TOMLItem(value: try value(), place: place))
  }

  /// The parts of a key.
  private mutating func key() throws(TOMLProblem) -> [String] {
    var path: [String] = []
    repeat {
      skipBlanks()
      keyPlace = place()
      switch next {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard !isAhead("\"\"\""), !isAhead("'''") else {
          throw problem("a key cannot be a string of several lines")
        }
        path.append(try string())
      case let byte? where byte.isBareKey:
        path.append(text { $0.isBareKey })
      default: throw problem("expected a key, found \(found)")
      }
      skipBlanks()
    } while take(".")
    return path
  }

  private func shown(_ path: [String]) -> String { "`\(path.joined(separator: "."))`" }

  // MARK: Characters

  /// The place of the position. It is counted from the last one, so all places together take linear time.
  mutating func place() -> TOMLPlace {
    while known.position < position {
      let byte = bytes[known.position]
      if byte == 0x0A {
        known.place = TOMLPlace(line: known.place.line + 1, column: 1)
      } else if byte & 0xC0 != 0x80 {
        known.place.column += 1
      }
      known.position += 1
    }
    return known.place
  }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// A description of the text at the position, for a message.
  var found: String {
    guard let byte = next else { return "the end of the file" }
    if byte == 0x0A || byte == 0x0D { return "the end of the line" }
    let character = String(decoding: bytes[position..<min(bytes.count, position + 16)], as: UTF8.self).first
    return "`\(character.map(String.init) ?? "")`"
  }

  func problem(_ message: String) -> TOMLProblem {
    let onLine = bytes[..<position].reversed().prefix { $0 != 0x0A }
    return TOMLProblem(
      line: line, column: 1 + onLine.count { $0 & 0xC0 != 0x80 }, message: Printable.line(message))
  }

  func isAhead(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { bytes[position...].starts(with: $0) }
  }

  mutating func take(_ word: StaticString) -> Bool {
    guard isAhead(word) else { return false }
    position += word.utf8CodeUnitCount
    return true
  }

  private mutating func expect(_ word: StaticString, _ purpose: String) throws(TOMLProblem) {
    skipBlanks()
    guard take(word) else { throw problem("expected `\(word)` \(purpose), found \(found)") }
  }

  /// The longest text from here whose bytes all fit.
  mutating func text(while fits: (UInt8) -> Bool) -> String {
    let start = position
    while let byte = next, fits(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x09 { position += 1 }
  }

  /// Skips a line break. Returns false if there is none.
  mutating func takeNewline() -> Bool {
    guard take("\n") || take("\r\n") else { return false }
    line += 1
    return true
  }

  /// Skips blanks, comments and line breaks.
  mutating func skipBlankLines() throws(TOMLProblem) {
    repeat {
      skipBlanks()
      try skipComment()
    } while takeNewline()
  }

  private mutating func skipComment() throws(TOMLProblem) {
    guard next == UInt8(ascii: "#") else { return }
    while let byte = next, byte != 0x0A, !isAhead("\r\n") {
      guard byte >= 0x20 && byte != 0x7F || byte == 0x09 else {
        throw problem("a comment holds a control character")
      }
      position += 1
    }
  }

  private mutating func endOfLine() throws(TOMLProblem) {
    skipBlanks()
    try skipComment()
    guard next == nil || takeNewline() else { throw problem("expected the end of the line, found \(found)") }
  }
}

extension UInt8 {
  /// Whether the byte may stand in a key without quotes.
  fileprivate var isBareKey: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
