/// The pairs that a walk has entered: a state of the model and a place in the log, with the way to each.
final class LogPairs {
  /// The beginning of a way that is no longer kept.
  struct Past {
    var stepCount = 0
    var unloggedCount = 0
    var failing: LogExplanation.Failing?
  }

  let layout: LogRowLayout
  private var table: StateTable
  /// For each pair, the pair from which it was entered; -1 for a beginning.
  private var parents: [Int32] = []
  /// For each pair, how it was entered: by the program's action at a position, or -1, without a step.
  private var actions: [Int32] = []
  /// For each pair, the first invariant that fails there; -1 for none.
  private var violations: [Int16] = []
  /// For the beginnings of what is kept: what came before.
  private var pasts: [Int: Past] = [:]
  /// The pairs that differ only in what is left of the budgets; nil if there is none.
  private var families: Families?

  init(_ layout: LogRowLayout) throws {
    self.layout = layout
    table = try StateTable(width: layout.width)
    families = layout.budgets > 0 ? try Families(layout) : nil
  }

  var count: Int { parents.count }
  var memoryBytes: Int { table.memoryBytes + count * 10 + (families?.memoryBytes ?? 0) }
  func growth(within more: Int) -> Int {
    table.growth(within: more) + (families?.table.growth(within: more) ?? 0)
  }

  func row(_ pair: Int) -> UnsafeMutablePointer<UInt32> { table.row(pair) }
  func explainedCount(_ pair: Int) -> Int { layout.explainedCount(row(pair)) }
  func positions(_ pair: Int) -> [Int] {
    (0..<layout.strands).map { Int(row(pair)[layout.position($0)]) }
  }

  func past(_ pair: Int) -> Past { pasts[pair] ?? Past() }
  func violation(_ pair: Int) -> Int? { violations[pair] < 0 ? nil : Int(violations[pair]) }
  func setViolation(_ pair: Int, _ invariant: Int) { violations[pair] = Int16(clamping: invariant) }

  /// The pair's number if it is new; nil if it is known, or if one is known that has used no more of any budget: whatever follows the pair
  /// also follows that one.
  func insert(_ row: UnsafePointer<UInt32>, from parent: Int, by action: Int) throws -> Int? {
    if let families, try families.haveBetter(row, table) { return nil }
    return try add(row, from: parent, by: action)
  }

  /// The same, also if a better one is known.
  private func add(_ row: UnsafePointer<UInt32>, from parent: Int, by action: Int) throws -> Int? {
    let (index, isNew) = try table.insert(row)
    guard isNew else { return nil }
    parents.append(Int32(parent))
    actions.append(Int32(action))
    violations.append(-1)
    try families?.add(index, row, table)
    return index
  }

  /// Whether a pair came later that has used no more of any budget.
  func isSurpassed(_ pair: Int) -> Bool { families?.isSurpassed(pair) ?? false }

  /// Whether the step to the pair has no line.
  func isUnlogged(_ pair: Int) -> Bool {
    let parent = Int(parents[pair])
    return actions[pair] >= 0 && parent >= 0 && explainedCount(pair) == explainedCount(parent)
      && !(0..<layout.strands).contains { layout.progress(row(pair), $0).steps > 0 }
  }

  /// The pairs on the way to one, as far as they are kept, and the actions between them.
  func path(to pair: Int) -> [(pair: Int, action: Int?)] {
    var path: [(pair: Int, action: Int?)] = []
    var current = pair
    while current >= 0 {
      let action = Int(actions[current])
      path.append((current, action < 0 ? nil : action))
      current = Int(parents[current])
    }
    return path.reversed()
  }

  /// Forgets the pairs at which fewer lines are explained: none of them can be entered again. Those on the way to the pairs of `waysTo` stay.
  /// `describe` tells of the first pair of a way at which an invariant fails, which is the step with that number. Returns the new number of
  /// each pair; -1 for a forgotten one.
  func forget(
    below floor: Int, waysTo ends: [Int] = [],
    describe: (_ path: [(pair: Int, action: Int?)], _ step: Int) -> LogExplanation.Failing?
  ) throws -> [Int32] {
    let kept = try LogPairs(layout)
    var numbers = [Int32](repeating: -1, count: count)
    let tallies = tallies()
    let isOnWay = marks(onWaysTo: ends)
    for pair in 0..<count where explainedCount(pair) >= floor || !ends.isEmpty && isOnWay[pair] {
      let parent = Int(parents[pair])
      let keptParent = parent < 0 ? -1 : Int(numbers[parent])
      guard let number = try kept.add(row(pair), from: keptParent, by: Int(actions[pair])) else {
        continue
      }
      numbers[pair] = Int32(number)
      kept.violations[number] = violations[pair]
      guard keptParent < 0 else { continue }
      let tally = tallies[pair]
      var past = pasts[Int(tally.beginning)] ?? Past()
      if past.failing == nil, tally.failing >= 0, parent >= 0 {
        past.failing = describe(path(to: Int(tally.failing)), Int(tallies[Int(tally.failing)].steps))
      }
      // The pair's own step is counted with those that are kept if its parent is.
      (past.stepCount, past.unloggedCount) = (Int(tally.steps), Int(tally.unlogged))
      if parent >= 0 || pasts[pair] != nil { kept.pasts[number] = past }
    }
    (table, parents, actions) = (kept.table, kept.parents, kept.actions)
    (violations, pasts, families) = (kept.violations, kept.pasts, kept.families)
    return numbers
  }

  /// For each pair, whether it is on the way to one of these; empty without any.
  private func marks(onWaysTo ends: [Int]) -> [Bool] {
    if ends.isEmpty { return [] }
    var marks = [Bool](repeating: false, count: count)
    for end in ends {
      var current = end
      while current >= 0, !marks[current] {
        marks[current] = true
        current = Int(parents[current])
      }
    }
    return marks
  }

  /// A summary of the way to a pair.
  private struct Tally {
    var steps: Int32
    var unlogged: Int32
    /// The first pair of the way at which an invariant fails; -1 for none.
    var failing: Int32
    var beginning: Int32
  }

  private func tallies() -> [Tally] {
    var tallies: [Tally] = []
    tallies.reserveCapacity(count)
    for pair in 0..<count {
      let parent = Int(parents[pair])
      var tally: Tally
      if parent >= 0 {
        tally = tallies[parent]
        tally.steps += actions[pair] < 0 ? 0 : 1
        tally.unlogged += isUnlogged(pair) ? 1 : 0
      } else {
        let past = past(pair)
        tally = Tally(
          steps: Int32(past.stepCount), unlogged: Int32(past.unloggedCount), failing: -1,
          beginning: Int32(pair))
      }
      if tally.failing < 0, violations[pair] >= 0 { tally.failing = Int32(pair) }
      tallies.append(tally)
    }
    return tallies
  }

  /// Replaces the words of every state.
  func replaceStates(_ words: (UnsafePointer<UInt32>, Int) throws -> [UInt32]) throws {
    let fresh = try StateTable(width: layout.width)
    for pair in 0..<count {
      var changed = Array(UnsafeBufferPointer(start: row(pair), count: layout.width))
      for (number, place) in layout.states.enumerated() {
        if number > 0, layout.progress(row(pair), number - 1).steps == 0 { continue }
        changed.replaceSubrange(place, with: try words(row(pair) + place.lowerBound, place.count))
      }
      _ = try changed.withUnsafeBufferPointer { try fresh.insert($0.baseAddress.unsafelyUnwrapped) }
    }
    table = fresh
    guard families != nil else { return }
    let families = try Families(layout)
    for pair in 0..<count { try families.add(pair, row(pair), table) }
    self.families = families
  }
}

/// The pairs that have the same state and the same place, and differ in what they have used of the budgets. Of each such family it knows the
/// pairs that no other one surpasses.
private final class Families {
  private let layout: LogRowLayout
  /// What the members of a family have in common.
  let table: StateTable
  /// For each family its last member; -1 for none.
  private var last: [Int32] = []
  /// For each pair the member before it: -1 for none, `surpassed` if the pair is no member any more.
  private var previous: [Int32] = []
  private static let surpassed: Int32 = -2

  init(_ layout: LogRowLayout) throws {
    self.layout = layout
    table = try StateTable(width: layout.width - layout.budgets)
  }

  var memoryBytes: Int { table.memoryBytes + (last.count + previous.count) * 4 }

  func isSurpassed(_ pair: Int) -> Bool { previous[pair] == Self.surpassed }

  /// Whether some member has used no more of any budget than a row.
  func haveBetter(_ row: UnsafePointer<UInt32>, _ rows: StateTable) throws -> Bool {
    guard let family = table.find(row) else { return false }
    var member = last[family]
    while member >= 0 {
      if uses(rows.row(Int(member)), noMoreThan: row) { return true }
      member = previous[Int(member)]
    }
    return false
  }

  /// Adds a pair, and removes the members that it surpasses. The pairs are added in the order of their numbers.
  func add(_ pair: Int, _ row: UnsafePointer<UInt32>, _ rows: StateTable) throws {
    previous.append(Self.surpassed)
    let (family, isNew) = try table.insert(row)
    if isNew { last.append(-1) }
    var members: [Int32] = []
    var member = last[family]
    while member >= 0 {
      members.append(member)
      member = previous[Int(member)]
    }
    if members.contains(where: { uses(rows.row(Int($0)), noMoreThan: row) }) { return }
    var next = Int32(pair)
    for member in members {
      if uses(row, noMoreThan: rows.row(Int(member))) {
        previous[Int(member)] = Self.surpassed
      } else {
        previous[Int(next)] = member
        next = member
      }
    }
    previous[Int(next)] = -1
    last[family] = Int32(pair)
  }

  private func uses(_ one: UnsafePointer<UInt32>, noMoreThan other: UnsafePointer<UInt32>) -> Bool {
    (0..<layout.budgets).allSatisfy { one[layout.budget($0)] <= other[layout.budget($0)] }
  }
}
