/// A line of text that the user edits.
package struct TextField: Hashable, Sendable {
  private var characters: [Character]
  /// The position of the next character, counted in characters.
  package private(set) var cursor: Int

  package init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  package var text: String { String(characters) }
  /// The text before the cursor.
  package var textBeforeCursor: String { String(characters[..<cursor]) }
  package var isEmpty: Bool { characters.isEmpty }

  /// Inserts a text. Line breaks and other control characters become blanks.
  package mutating func insert(_ text: String) {
    let added = text.map { character in
      character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : character
    }
    characters.insert(contentsOf: added, at: cursor)
    cursor += added.count
  }

  /// Replaces this many characters before the cursor.
  package mutating func replaceBeforeCursor(_ count: Int, with text: String) {
    let count = min(count, cursor)
    characters.removeSubrange((cursor - count)..<cursor)
    cursor -= count
    insert(text)
  }

  /// Applies a key to the line. Returns false if the key has no meaning in it.
  package mutating func edit(_ key: Key) -> Bool {
    switch key {
    case .character(let character): insert(String(character))
    case .backspace where cursor > 0:
      cursor -= 1
      characters.remove(at: cursor)
    case .delete where cursor < characters.count: characters.remove(at: cursor)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .control("u"):
      characters.removeSubrange(..<cursor)
      cursor = 0
    case .control("k"): characters.removeSubrange(cursor...)
    case .control("w"):
      let kept = characters[..<cursor].reversed().drop { $0 == " " }.drop { $0 != " " }.count
      characters.removeSubrange(kept..<cursor)
      cursor = kept
    case .backspace, .delete: break
    default: return false
    }
    return true
  }
}
