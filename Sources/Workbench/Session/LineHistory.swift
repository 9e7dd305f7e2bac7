/// The lines that were typed at one kind of prompt, and which of them was recalled.
struct LineHistory: Hashable, Sendable {
  /// The prompts that share their lines.
  enum Kind: Hashable, Sendable {
    case command, find, path, step, name, text
  }

  private static let limit = 200

  /// The newest last, each once at its last place.
  private var lines: [String] = []
  /// How many lines back the field is; 0 while a new line is typed.
  private(set) var recalled = 0

  mutating func add(_ line: String) {
    recalled = 0
    guard line.contains(where: { $0 != " " }) else { return }
    lines.removeAll { $0 == line }
    lines.append(line)
    if lines.count > Self.limit { lines.removeFirst() }
  }

  /// The line before the one that is shown, or after it; nil when there is none. After the newest comes an empty line.
  mutating func recall(_ offset: Int) -> String? {
    let next = recalled + offset
    guard next >= 0, next <= lines.count, next != recalled else { return nil }
    recalled = next
    return next == 0 ? "" : lines[lines.count - next]
  }

  /// The user types on: what is in the field is a new line.
  mutating func forgetRecalled() { recalled = 0 }
}
