/// Gives the events of a log one after the other, in the order of its lines or of their clocks. Most lines are an event. Where the mapping
/// says so, an event spans the lines of its node up to another one.
struct LogEventReader {
  private let index: LogIndex
  /// One for all files, or one for each if the files take turns.
  private var cursors: [LogCursor]
  private var turn = 0
  /// The lines in the order of their clocks, if they do not stand in it.
  private let sorted: [LogLines.Line]?
  private var position = 0
  /// For each event, by its number: what ends the span that it begins; nil if it begins none.
  private let ends: [LogMapping.Pattern?]
  /// Whether an event waits for the end of those that began before it.
  private let keepsOrder: Bool

  /// The events that are not given yet, in the order of their first lines. `first` is the rank of the first of them.
  private var waiting: [Waiting] = []
  private var first = 0
  /// For each node, the rank of the event whose span is open.
  private var open: [Int: Int] = [:]
  private var ready: [LogEvent] = []
  private var rank = 0

  private struct Waiting {
    var event: LogEvent
    var isComplete: Bool
    var isGiven = false
  }

  /// How many events have no end before the next one begins, how many lines they have besides their first ones, and the first of them.
  private(set) var unended: (count: Int, lines: Int, first: LogLines.Line?) = (0, 0, nil)
  /// The events that the log does not end.
  private(set) var cutOff: [LogEvent] = []
  /// Whether the log has ended.
  private(set) var isAtEnd = false

  init(
    _ index: LogIndex, sorted: [LogLines.Line]?, keepsOrder: Bool, takesTurns: Bool = false, isGrowing: Bool
  ) {
    self.index = index
    self.sorted = sorted
    self.keepsOrder = keepsOrder
    cursors =
      takesTurns
      ? index.lines.files.indices.map { LogCursor(index.lines, file: $0) } : [LogCursor(index.lines)]
    for file in cursors.indices { cursors[file].isGrowing = isGrowing }
    ends = index.events.map { event in index.mapping.spans.first { $0.begin.matches(event.name) }?.end }
  }

  /// The lines of a log in the order of their clocks; nil if they stand in it, or if some have none. If vectors order the lines only in part,
  /// they stand in it if none comes before one that it knows of.
  static func sorted(_ index: LogIndex, by causes: Bool, isPartial: Bool) throws(LogProblem) -> [LogLines
    .Line]?
  {
    guard causes && index.clocks.hasVector || !index.clocks.isInOrder,
      causes || !index.clocks.hasVector, causes || !index.clocks.lacksSome
    else {
      return nil
    }
    if isPartial, !index.clocks.lacksSome, index.isInCausalOrder { return nil }
    var lines: [(line: LogLines.Line, clock: LogClock)] = []
    // For each line, its node and the node's own part of its vector.
    var own: [LogLines.Line: (node: Int, number: Int)] = [:]
    var cursor = LogCursor(index.lines)
    while let line = try cursor.next() {
      guard let entry = try index.entry(line) else { continue }
      let clock = entry.clock
      if causes, case .vector(let vector) = clock {
        own[line] = (entry.node, vector[index.modelName(ofNode: entry.node)] ?? 0)
      }
      lines.append((line, index.clocks.hasVector ? .integer(clock.sum ?? 0) : clock))
    }
    let sorted = lines.enumerated().sorted { left, right in
      if left.element.clock.precedes(right.element.clock) { return true }
      return !right.element.clock.precedes(left.element.clock) && left.offset < right.offset
    }.map(\.element.line)
    return own.isEmpty ? sorted : inOwnOrder(sorted, own)
  }

  /// The lines with those of each node in the order of their own parts, at the places that the node's lines have.
  private static func inOwnOrder(
    _ lines: [LogLines.Line], _ own: [LogLines.Line: (node: Int, number: Int)]
  ) -> [LogLines.Line] {
    var result = lines
    let places = Dictionary(grouping: lines.indices.filter { own[lines[$0]] != nil }) {
      own[lines[$0]]?.node ?? 0
    }
    for places in places.values {
      let ordered = places.sorted {
        (own[lines[$0]]?.number ?? 0, $0) < (own[lines[$1]]?.number ?? 0, $1)
      }
      for (place, source) in zip(places, ordered) { result[place] = lines[source] }
    }
    return result
  }

  /// The next event; nil after the last one so far.
  mutating func next() throws(LogProblem) -> LogEvent? {
    while true {
      if !ready.isEmpty { return ready.removeFirst() }
      guard let line = try nextLine() else {
        if !cursors[0].isGrowing { finish() }
        return ready.isEmpty ? nil : ready.removeFirst()
      }
      // A line of an unknown event or node came after the pass over the log.
      guard let entry = try index.entry(line) else { continue }
      add(line, entry)
    }
  }

  /// Says that the log does not grow any more.
  mutating func close() {
    for file in cursors.indices { cursors[file].isGrowing = false }
  }

  /// Whether a line said that the log ends.
  var hasMetEnd: Bool { cursors.contains { $0.hasMetEnd } }

  private mutating func nextLine() throws(LogProblem) -> LogLines.Line? {
    guard let sorted else {
      for _ in cursors {
        defer { turn = (turn + 1) % cursors.count }
        if let line = try cursors[turn].next() { return line }
      }
      return nil
    }
    guard position < sorted.count else { return nil }
    position += 1
    return sorted[position - 1]
  }

  private mutating func add(_ line: LogLines.Line, _ entry: LogIndex.Entry) {
    let name = entry.event.map { index.events[$0].name }
    let beginsSpan = entry.event.flatMap { ends[$0] } != nil
    if let begun = open[entry.node] {
      let place = begun - first
      if let name, let end = waiting[place].event.name.flatMap({ ends[$0] }), end.matches(name) {
        waiting[place].event.last = line
        open[entry.node] = nil
        return complete(place)
      }
      if !beginsSpan {
        waiting[place].event.between.append(line)
        return
      }
      unended = (
        unended.count + 1, unended.lines + waiting[place].event.between.count,
        unended.first ?? waiting[place].event.first
      )
      open[entry.node] = nil
      complete(place)
    }
    let event = LogEvent(first: line, name: entry.event, node: entry.node, clock: entry.clock, rank: rank)
    rank += 1
    if !beginsSpan, waiting.isEmpty {
      first = rank
      return ready.append(event)
    }
    waiting.append(Waiting(event: event, isComplete: !beginsSpan))
    if beginsSpan { open[entry.node] = event.rank } else { complete(waiting.count - 1) }
  }

  private mutating func complete(_ place: Int) {
    waiting[place].isComplete = true
    if !keepsOrder {
      waiting[place].isGiven = true
      ready.append(waiting[place].event)
    }
    while let next = waiting.first, next.isComplete {
      if !next.isGiven { ready.append(next.event) }
      waiting.removeFirst()
      first += 1
    }
  }

  /// If the log does not end an event, nobody knows what the event did.
  private mutating func finish() {
    guard !isAtEnd else { return }
    isAtEnd = true
    let left = waiting
    waiting = []
    open = [:]
    cutOff = left.filter { !$0.isComplete }.map(\.event)
    ready = left.filter { $0.isComplete && !$0.isGiven }.map(\.event)
  }
}
