/// A screen for a terminal that shows only ASCII.
extension Grid {
  /// The same screen in ASCII: lines as `+`, `-` and `|`, marks as similar characters, letters without accents, anything else as `?`.
  /// Columns do not change.
  package func transliteratedToASCII() -> Grid {
    var result = self
    result.transformCells { cell in
      // The right half of a wide character is empty and becomes a blank.
      cell.character = cell.character.isEmpty ? " " : Transliteration.ascii(cell.character)
    }
    return result
  }
}

/// The characters to show if the terminal shows only ASCII.
package enum Transliteration {
  /// An ASCII character in place of a cell's character.
  package static func ascii(_ character: String) -> String {
    guard let scalar = character.unicodeScalars.first else { return " " }
    if scalar.isASCII { return String(scalar) }
    return symbols[scalar] ?? letter(scalar) ?? "?"
  }

  private static let symbols: [Unicode.Scalar: String] = {
    let groups: [(String, String)] = [
      ("-", "─━┄┅┈┉╌╴╶–—‐‑−"), ("|", "│┃┆┇┊┋╎╵╷"), ("+", "┌┐└┘├┤┬┴┼╭╮╯╰●▼▾⊕"), ("/", "╱"), ("\\", "╲∖"),
      (">", "▸▶▹►→⟶⇒↦›"), ("<", "◂◀◃◄←⟵⇐‹"), ("^", "↑▲▴⇡∧"), ("v", "↓✓✔⇣∨"), ("*", "◆◇★☆•⌕×⁎"), ("x", "✗✘"),
      ("X", "╳"),
      (".", "·…∙⋅"), ("o", "○◌◯∘"), ("#", "█▉▊▋▌▍▎▏▓▒░■▪▮≠"), ("_", "▁▂▃"), ("=", "═≡≜‖"), ("@", "↺"),
      ("'", "‘’′"),
      ("\"", "“”″"),
      ("E", "∃∈"), ("A", "∀"), ("~", "¬∼↝"), ("8", "∞"), (" ", "\u{A0}"),
    ]
    var table: [Unicode.Scalar: String] = [:]
    for (plain, shown) in groups {
      for scalar in shown.unicodeScalars { table[scalar] = plain }
    }
    return table
  }()

  /// The base letter of a Latin letter, found by its Unicode name: `LATIN SMALL LETTER E WITH ACUTE` is `e`.
  private static func letter(_ scalar: Unicode.Scalar) -> String? {
    guard scalar.value < 0x2100, let name = scalar.properties.name else { return nil }
    let words = name.split(separator: " ", maxSplits: 4)
    guard words.count >= 4, words[0] == "LATIN", words[2] == "LETTER", words[3].utf8.count == 1 else {
      return nil
    }
    return words[1] == "SMALL" ? words[3].lowercased() : String(words[3])
  }
}
