/// The visits that a walk has still to make.
struct LogAgenda {
  /// A pair to visit.
  struct Visit {
    var pair: Int32
    /// How many lines are explained there.
    let explained: Int32
    /// What the steps without a line on the way to it cost.
    var cost: UInt32
    /// Whether the lines were tried there: the unlogged actions are left.
    var triesUnlogged = false
    fileprivate var number: UInt32 = 0

    init(pair: Int, explained: Int, cost: UInt32, triesUnlogged: Bool = false) {
      self.pair = Int32(pair)
      self.explained = Int32(explained)
      self.cost = cost
      self.triesUnlogged = triesUnlogged
    }
  }

  /// What comes first. Of two visits that are equal in this, the one that costs less comes first, then the later one.
  enum Direction {
    /// The most explained lines.
    case deepest
    /// The fewest explained lines.
    case shallowest
    /// The least cost, and then the most explained lines.
    case cheapest
  }

  /// A binary heap.
  private var heap: [Visit] = []
  private var lastNumber: UInt32 = 0
  /// A change costs as much as a look at every visit.
  var direction = Direction.deepest {
    didSet { if direction != oldValue { arrange() } }
  }

  var count: Int { heap.count }
  var memoryBytes: Int { heap.capacity * MemoryLayout<Visit>.stride }
  var visits: [Visit] { heap }

  mutating func push(_ visit: Visit) {
    var visit = visit
    lastNumber &+= 1
    visit.number = lastNumber
    heap.append(visit)
    var place = heap.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard comes(heap[place], before: heap[parent]) else { return }
      heap.swapAt(place, parent)
      place = parent
    }
  }

  mutating func pop() -> Visit? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink(0)
    }
    return first
  }

  /// Removes the visits that are not wanted, and gives the others new pairs.
  mutating func keep(where isWanted: (Visit) -> Bool, renumbering number: (Int32) -> Int32 = { $0 }) {
    heap = heap.compactMap { visit in
      guard isWanted(visit) else { return nil }
      var visit = visit
      visit.pair = number(visit.pair)
      return visit
    }
    arrange()
  }

  private func comes(_ one: Visit, before other: Visit) -> Bool {
    if direction == .cheapest, one.cost != other.cost { return one.cost < other.cost }
    if one.explained != other.explained {
      return (one.explained < other.explained) == (direction == .shallowest)
    }
    return one.cost != other.cost ? one.cost < other.cost : one.number > other.number
  }

  private mutating func arrange() {
    for place in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(place) }
  }

  private mutating func sink(_ start: Int) {
    var place = start
    while true {
      var child = 2 * place + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, comes(heap[child + 1], before: heap[child]) { child += 1 }
      guard comes(heap[child], before: heap[place]) else { return }
      heap.swapAt(place, child)
      place = child
    }
  }
}
