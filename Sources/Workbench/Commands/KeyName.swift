// The names of keys in the configuration, and their text on the screen.
extension Key {
  private static let special: [(name: String, text: String, key: Key)] = [
    ("Up", "↑", .up), ("Down", "↓", .down), ("Left", "←", .left), ("Right", "→", .right),
    ("Home", "Home", .home), ("End", "End", .end), ("PgUp", "PgUp", .pageUp), ("PgDn", "PgDn", .pageDown),
    ("Enter", "Enter", .enter), ("Esc", "Esc", .escape), ("Tab", "Tab", .tab),
    ("Shift-Tab", "Shift-Tab", .backTab), ("Backspace", "Backspace", .backspace),
    ("Delete", "Delete", .delete), ("Space", "Space", .character(" ")),
  ]

  /// `x`, `X`, `Enter`, `Ctrl-R`, `F5`; nil for any other text. Ctrl goes with letters only.
  package init?(name: String) {
    let folded = name.lowercased()
    if let known = Key.special.first(where: { $0.name.lowercased() == folded }) {
      self = known.key
    } else if name.count == 1, let character = name.first, !character.isWhitespace {
      self = .character(character)
    } else if folded.hasPrefix("ctrl-"), folded.count == 6, let letter = folded.last, letter.isASCII,
      letter.isLetter
    {
      self = .control(letter)
    } else if folded.hasPrefix("f"), let number = Int(folded.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  /// The text in the help and the bottom line: `←`, `x`, `Ctrl-R`.
  package var text: String {
    switch self {
    case .character(let character) where character != " ": String(character)
    case .control(let letter): "Ctrl-\(letter.uppercased())"
    case .function(let number): "F\(number)"
    default: Key.special.first { $0.key == self }?.text ?? ""
    }
  }
}
