/// The words of a pair: the model's state, a position in each strand, what is begun of each strand's line, and how often each action with a
/// budget was taken.
struct LogRowLayout {
  let model: Int
  let strands: Int
  let budgets: Int
  /// Whether a line can stand for several steps.
  let hasSequences: Bool
  /// Whether a condition compares the state before the first of several steps with the one after the last.
  let comparesSequences: Bool

  init(_ log: LogMachine, strands: Int) {
    model = log.program.rowWidth
    self.strands = strands
    budgets = log.unlogged.count { $0.action.budget != nil }
    let long = log.rules.filter { $0.alternatives?.contains { $0.count > 1 } ?? false }
    hasSequences = !long.isEmpty
    comparesSequences = long.contains { $0.conditions.contains(where: \.text.readsBoth) }
  }

  private var wordsPerStrand: Int { (hasSequences ? 2 : 1) + (comparesSequences ? model : 0) }
  var width: Int { model + strands * wordsPerStrand + budgets }

  func position(_ strand: Int) -> Int { model + strand }
  func budget(_ number: Int) -> Int { width - budgets + number }

  /// Where the state before the first step of a strand's line stands.
  private func beginning(_ strand: Int) -> Int { model + strands * 2 + strand * model }

  /// The places of all states in the words.
  var states: [Range<Int>] {
    [0..<model]
      + (comparesSequences ? (0..<strands).map { beginning($0)..<beginning($0) + model } : [])
  }

  func explainedCount(_ row: UnsafePointer<UInt32>) -> Int {
    (0..<strands).reduce(0) { $0 + Int(row[position($1)]) }
  }

  /// How many steps of its line the strand has taken, and by which alternative.
  func progress(_ row: UnsafePointer<UInt32>, _ strand: Int) -> (alternative: Int, steps: Int) {
    guard hasSequences else { return (0, 0) }
    let word = row[model + strands + strand]
    return (Int(word >> 16), Int(word & 0xFFFF))
  }

  /// The state before the first step of the strand's line; nil if no step is taken.
  func beginning(_ row: UnsafePointer<UInt32>, _ strand: Int) -> UnsafePointer<UInt32>? {
    comparesSequences && progress(row, strand).steps > 0 ? row + beginning(strand) : nil
  }

  /// Notes one more step for the strand's line. `before` is the row before it.
  func take(
    _ row: UnsafeMutablePointer<UInt32>, _ strand: Int, by alternative: Int, isLast: Bool,
    before: UnsafePointer<UInt32>
  ) {
    let steps = progress(before, strand).steps
    if isLast { row[position(strand)] += 1 }
    guard hasSequences else { return }
    row[model + strands + strand] = isLast ? 0 : UInt32(alternative << 16 | (steps + 1))
    guard comparesSequences else { return }
    let place = row + beginning(strand)
    if isLast {
      place.update(repeating: 0, count: model)
    } else if steps == 0 {
      place.update(from: before, count: model)
    }
  }

  /// A row as if this many further lines of a strand were explained.
  func moving(_ row: [UInt32], _ strand: Int, by lines: Int) -> [UInt32] {
    var row = row
    row[position(strand)] += UInt32(lines)
    if hasSequences { row[model + strands + strand] = 0 }
    if comparesSequences {
      for place in beginning(strand)..<beginning(strand) + model { row[place] = 0 }
    }
    return row
  }
}
