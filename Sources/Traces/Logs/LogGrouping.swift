/// Groups the lines of a log into events. Most lines are one. Where the mapping says so, an event spans the lines of its node up to another.
struct LogGrouping {
  private let index: LogIndex
  /// For each event, by its number: what ends the span that it begins; nil if it begins none.
  private let ends: [LogMapping.Pattern?]

  init(_ index: LogIndex) {
    self.index = index
    ends = index.events.map { event in index.mapping.spans.first { $0.begin.matches(event.name) }?.end }
  }

  /// The events in the order of the log's lines, or of the lines' clocks.
  func events() -> (events: [LogEvent], notes: [String]) {
    var events: [LogEvent] = []
    events.reserveCapacity(index.entries.count)
    /// For each node, the event whose span is open.
    var open: [Int: Int] = [:]
    var unended: [Int] = []
    for position in ordered() {
      let entry = index.entries[position]
      let name = entry.event.map { index.events[$0].name }
      if let begun = open[entry.node], let end = endOf(events[begun]) {
        if let name, end.matches(name) {
          events[begun].last = position
          open[entry.node] = nil
          continue
        }
        if entry.event.flatMap({ ends[$0] }) == nil {
          events[begun].between.append(position)
          continue
        }
        unended.append(begun)
      }
      if entry.event.flatMap({ ends[$0] }) != nil { open[entry.node] = events.count }
      events.append(LogEvent(first: position, node: entry.node, clock: entry.clock))
    }
    var notes: [String] = []
    if let first = unended.first {
      notes.append(
        "\(unended.count) events have no end before the next one begins (first at \(index.lines.place(of: events[first].first)))"
      )
    }
    // Nobody knows what an event did that the log does not end.
    for begun in open.values.sorted(by: >) {
      notes.append(
        "the event at \(index.lines.place(of: events[begun].first)) is not judged: the log ends in it")
      events.remove(at: begun)
    }
    return (events, notes)
  }

  private func endOf(_ event: LogEvent) -> LogMapping.Pattern? {
    index.entries[event.first].event.flatMap { ends[$0] }
  }

  /// The positions of the entries: those of one node by its clock.
  private func ordered() -> [Int] {
    let clocks = index.entries.map(\.clock)
    let isSorted = !zip(clocks, clocks.dropFirst()).contains { LogOrdering.precedes($1, $0) }
    if isSorted || clocks.contains(.none) { return Array(clocks.indices) }
    return clocks.indices.sorted { left, right in
      if LogOrdering.precedes(clocks[left], clocks[right]) { return true }
      return !LogOrdering.precedes(clocks[right], clocks[left]) && left < right
    }
  }
}
