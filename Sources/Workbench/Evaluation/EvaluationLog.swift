/// The expressions that the user has evaluated, with their results.
struct EvaluationLog: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    let expression: String
    /// The value on one or more lines, or what is wrong.
    let lines: [String]
    let isWrong: Bool
    /// The entry's number, set when the entry is added.
    fileprivate(set) var number = 0

    init(expression: String, lines: [String], isWrong: Bool) {
      self.expression = expression
      self.lines = lines
      self.isWrong = isWrong
    }
  }

  /// The newest is the last.
  private(set) var entries: [Entry] = []
  /// The expressions in the order in which they were typed. A repeated one is kept at its last place only.
  private(set) var expressions: [String] = []

  private static let limit = 200

  private var count = 0

  /// Adds an entry at the end and returns its number.
  @discardableResult
  mutating func add(_ entry: Entry) -> Int {
    count += 1
    entries.append(entry)
    entries[entries.count - 1].number = count
    expressions.removeAll { $0 == entry.expression }
    expressions.append(entry.expression)
    if entries.count > Self.limit { entries.removeFirst() }
    if expressions.count > Self.limit { expressions.removeFirst() }
    return count
  }

  /// Replaces the entry with this number, which said that the evaluation takes long, by the answer.
  mutating func answer(_ number: Int, with entry: Entry) {
    guard let index = entries.firstIndex(where: { $0.number == number }) else { return }
    entries[index] = entry
    entries[index].number = number
  }

  /// The expression this many places back; 1 is the newest.
  func expression(back places: Int) -> String? {
    places >= 1 && places <= expressions.count ? expressions[expressions.count - places] : nil
  }
}
