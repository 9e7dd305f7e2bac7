/// The marks in a chapter's texts: `{take}` is the user's key for a command, `code` in backquotes, *a term* in stars.
enum TourMarkup {
  enum Piece: Hashable {
    case words(String)
    case key(String)
    case code(String)
    case term(String)
  }

  /// The paragraphs of a text. Blank lines separate them; other line breaks are blanks.
  static func paragraphs(_ text: String) -> [String] {
    var found: [String] = []
    var current: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.split(whereSeparator: \.isWhitespace)
      if words.isEmpty {
        if !current.isEmpty { found.append(current.joined(separator: " ")) }
        current = []
      } else {
        current += words
      }
    }
    return current.isEmpty ? found : found + [current.joined(separator: " ")]
  }

  /// The pieces of a text, its paragraphs joined. A mark without its end is an ordinary character, and so is a star or brace inside code.
  static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var words = ""
    var rest = Substring(paragraphs(text).joined(separator: " "))
    while let first = rest.first {
      if let (piece, after) = marked(first, rest) {
        if !words.isEmpty { pieces.append(.words(words)) }
        words = ""
        pieces.append(piece)
        rest = after
      } else {
        words.append(first)
        rest = rest.dropFirst()
      }
    }
    return words.isEmpty ? pieces : pieces + [.words(words)]
  }

  private static func marked(_ first: Character, _ text: Substring) -> (Piece, Substring)? {
    let end: Character
    switch first {
    case "{": end = "}"
    case "`", "*": end = first
    default: return nil
    }
    let inside = text.dropFirst().prefix { $0 != end }
    guard !inside.isEmpty, inside.endIndex < text.endIndex else { return nil }
    let after = text[text.index(after: inside.endIndex)...]
    switch first {
    case "{":
      guard inside.allSatisfy({ $0.isLetter || $0 == "-" }) else { return nil }
      return (.key(String(inside)), after)
    case "*":
      guard inside.first != " ", inside.last != " " else { return nil }
      return (.term(String(inside)), after)
    default: return (.code(String(inside)), after)
    }
  }

  /// The names in braces that are not commands.
  static func unknownKeys(in text: String) -> [String] {
    pieces(text).compactMap { piece in
      guard case .key(let name) = piece else { return nil }
      return CommandTable.withKeys.contains { $0.name == name } ? nil : name
    }
  }

  static func line(_ text: String, _ bindings: KeyBindings, _ style: Style = .plain) -> StyledLine {
    line(pieces(text), bindings, style)
  }

  static func line(_ pieces: [Piece], _ bindings: KeyBindings, _ style: Style = .plain) -> StyledLine {
    pieces.reduce(into: StyledLine()) { line, piece in
      switch piece {
      case .words(let text): line.append(text, style)
      case .key(let name): line.append(bindings.keyText(ofCommand: name), Style(.accent, bold: true))
      case .code(let text): line.append(text, Style(.accent))
      case .term(let text): line.append(text, Style(style.role, bold: true, underlined: true))
      }
    }
  }
}

extension KeyBindings {
  /// The key to name for a command in a text: its first key, `1–9` for a row of keys, or its name after a colon.
  func keyText(ofCommand name: String) -> String {
    guard let command = (commands + boxes).first(where: { $0.name == name }) else { return name }
    if command.keys.count > 4 { return command.keyText }
    return command.keys.first?.text ?? ":\(command.name)"
  }
}
