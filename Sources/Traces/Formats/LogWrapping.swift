internal import TLASyntax

/// Removes what logs usually have around their text: terminal colours, line ends of Windows, and the prefix that a container, a
/// logger or a mail puts before every line.
enum LogWrapping {
  /// The log without its wrapping, and a description of what was removed; nil if nothing was.
  static func unwrapped(_ text: String) -> (text: String, removed: String?) {
    var text = text
    var removed: [String] = []
    if text.utf8.contains(0x1B) {
      text = withoutEscapes(text)
      removed.append("terminal colours")
    }
    if text.utf8.contains(0x0D) {
      text = withPlainLineEnds(text)
      removed.append("Windows line endings")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if let (start, prefix) = prefix(of: lines) {
      text = lines.compactMap { line in
        if let rest = prefix.rest(of: line) { return String(rest) }
        // The log of a container can hold lines of other containers.
        return prefix.isOfContainer && LinePrefix.container(of: line) != nil ? nil : String(line)
      }.joined(separator: "\n")
      removed.append("`\(start)` before each line")
    }
    guard !removed.isEmpty else { return (text, nil) }
    return (text, Printable.line(removed.joined(separator: ", ")))
  }

  /// Texts with which a line of a trace begins. The first such line with something before it gives the prefix of all lines.
  private static let anchors = ["State ", "@!@!@STARTMSG", "_TEAction ", "_TEPosition ", "0  initial state"]

  private static func prefix(of lines: [Substring]) -> (start: Substring, prefix: LinePrefix)? {
    for anchor in anchors {
      for line in lines {
        guard let place = line.firstRange(of: anchor) else { continue }
        if anchor == "State " {
          // A sentence may also mention a state.
          guard TLCHeading(line[place.lowerBound...], isTool: false) != nil else { continue }
        }
        var start = line[..<place.lowerBound]
        let indentation = start.reversed().prefix { $0 == " " || $0 == "\t" }.count
        // All blanks but one belong to the indentation of the line itself.
        start = start.dropLast(max(0, indentation - 1))
        let words = TLCHeading.trimmed(start)
        if words.isEmpty { return nil }
        // A record that shares its line with others begins with its own bracket.
        if anchor.hasPrefix("_TE"), words.last == "[" || words.last == "," { continue }
        return (start, LinePrefix(start))
      }
    }
    return nil
  }

  /// The text without the sequences that move a terminal's cursor or colour its text.
  private static func withoutEscapes(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      guard scalar == "\u{1B}" else {
        result.append(scalar)
        continue
      }
      switch scalars.popFirst() {
      case "[":
        while let next = scalars.popFirst(), !("\u{40}"..."\u{7E}" ~= next) {}
      case "]":
        while let next = scalars.first, next != "\u{7}", next != "\u{1B}", next != "\n" {
          scalars.removeFirst()
        }
        if scalars.first == "\u{1B}" { scalars.removeFirst(min(2, scalars.count)) }
        if scalars.first == "\u{7}" { scalars.removeFirst() }
      case "(", ")": _ = scalars.popFirst()
      default: break
      }
    }
    return String(result)
  }

  private static func withPlainLineEnds(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false) { $0 == "\r\n" || $0 == "\n" || $0 == "\r" }
      .joined(separator: "\n")
  }
}

/// The prefix of every line of a log. Its numbers, log levels, and names of months and days may change from line to line.
struct LinePrefix {
  private enum Part: Equatable {
    /// Digits, with a fraction if there is one.
    case number
    case blanks
    /// A log level, a month or a day.
    case changingWord
    case character(Character)
  }

  private let parts: [Part]
  /// Whether the prefix begins with the name of a container, as `docker compose` prints it.
  let isOfContainer: Bool

  private static let changingWords: Set<String> = [
    "trace", "debug", "info", "notice", "warn", "warning", "error", "err", "fatal", "out", "stdout", "stderr",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    "mon", "tue", "wed", "thu", "fri", "sat", "sun",
  ]

  /// Makes the prefix from an example.
  init(_ example: Substring) {
    isOfContainer = LinePrefix.container(of: example) != nil
    var parts: [Part] = []
    var rest = example
    while let part = LinePrefix.next(&rest) { parts.append(part) }
    self.parts = parts
  }

  /// The rest of the line after the prefix; nil if the line lacks it. The last blank of the prefix may be missing at the end of a line.
  func rest(of line: Substring) -> Substring? {
    var rest = line
    for (index, part) in parts.enumerated() {
      if rest.isEmpty, part == .blanks, index == parts.count - 1 { return rest }
      if part == .blanks, index == parts.count - 1 {
        guard rest.first == " " || rest.first == "\t" else { return nil }
        rest.removeFirst()
        continue
      }
      guard LinePrefix.next(&rest) == part else { return nil }
    }
    return rest
  }

  /// The name of the container in `tlc-1  | text`.
  static func container(of line: Substring) -> Substring? {
    let name = line.prefix { $0.isLetter || $0.isNumber || "-_./@".contains($0) }
    var rest = line.dropFirst(name.count)
    rest = rest.drop { $0 == " " }
    guard !name.isEmpty, rest.first == "|", rest.dropFirst().first.map({ $0 == " " }) ?? true else {
      return nil
    }
    return name
  }

  private static func next(_ text: inout Substring) -> Part? {
    guard let first = text.first else { return nil }
    if first == " " || first == "\t" {
      text = text.drop { $0 == " " || $0 == "\t" }
      return .blanks
    }
    if isDigit(first) {
      text = text.drop(while: isDigit)
      if let mark = text.first, mark == "." || mark == ",", text.dropFirst().first.map(isDigit) ?? false {
        text = text.dropFirst().drop(while: isDigit)
      }
      return .number
    }
    let word = text.prefix(while: \.isLetter)
    if changingWords.contains(word.lowercased()) {
      text = text.dropFirst(word.count)
      return .changingWord
    }
    text.removeFirst()
    return .character(first)
  }

  private static func isDigit(_ character: Character) -> Bool { "0"..."9" ~= character }
}
