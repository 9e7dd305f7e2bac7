/// What the user evaluated, and what it gave.
struct EvaluationLog: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    let expression: String
    /// The value over several lines, or what is wrong.
    let lines: [String]
    let isWrong: Bool
  }

  /// The newest last.
  private(set) var entries: [Entry] = []
  /// The expressions in the order in which they were typed, each once at its last place.
  private(set) var expressions: [String] = []

  private static let limit = 200

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    expressions.removeAll { $0 == entry.expression }
    expressions.append(entry.expression)
    if entries.count > Self.limit { entries.removeFirst() }
    if expressions.count > Self.limit { expressions.removeFirst() }
  }

  /// The expression that is so many places back; 1 is the newest.
  func expression(back places: Int) -> String? {
    places >= 1 && places <= expressions.count ? expressions[expressions.count - places] : nil
  }
}
