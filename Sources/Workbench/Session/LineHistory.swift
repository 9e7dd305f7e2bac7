/// The lines that were typed at one kind of prompt, and the recalled one.
struct LineHistory: Hashable, Sendable {
  /// Prompts of one kind share their lines.
  enum Kind: Hashable, Sendable {
    case command, find, path, step, name, text
  }

  private static let limit = 200

  /// The newest at the end. A repeated line is kept at its last place only.
  private var lines: [String] = []
  /// The number of lines back; 0 while the user types a new line.
  private(set) var recalled = 0

  mutating func add(_ line: String) {
    recalled = 0
    guard line.contains(where: { $0 != " " }) else { return }
    lines.removeAll { $0 == line }
    lines.append(line)
    if lines.count > Self.limit { lines.removeFirst() }
  }

  /// The next older line (positive offset) or newer line; nil if there is none. After the newest comes an empty line.
  mutating func recall(_ offset: Int) -> String? {
    let next = recalled + offset
    guard next >= 0, next <= lines.count, next != recalled else { return nil }
    recalled = next
    return next == 0 ? "" : lines[lines.count - next]
  }

  /// The user has changed the text, so it is a new line.
  mutating func forgetRecalled() { recalled = 0 }
}
