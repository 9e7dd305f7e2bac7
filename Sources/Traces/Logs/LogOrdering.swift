/// Puts events in order by their clocks.
enum LogOrdering {
  /// Sorts events by their clocks; those without one, or with the same, stay as they are. Vectors leave a choice, of which one is taken.
  static func sort(_ events: inout [LogEvent]) -> (isSorted: Bool, isCausal: Bool) {
    let hasVector = events.contains { if case .vector = $0.clock { true } else { false } }
    if hasVector {
      // An event has a greater sum than whatever caused it.
      let sums = events.map { event in
        if case .vector(let vector) = event.clock { vector.values.reduce(0, &+) } else { 0 }
      }
      events = events.indices.sorted { (sums[$0], $0) < (sums[$1], $1) }.map { events[$0] }
      return (true, true)
    }
    let clocks = events.map(\.clock)
    guard !clocks.contains(.none), zip(clocks, clocks.dropFirst()).contains(where: { precedes($1, $0) })
    else {
      return (true, false)
    }
    events = events.enumerated().sorted { left, right in
      if precedes(left.element.clock, right.element.clock) { return true }
      if precedes(right.element.clock, left.element.clock) { return false }
      return left.offset < right.offset
    }.map(\.element)
    return (true, false)
  }

  static func precedes(_ left: LogIndex.Clock, _ right: LogIndex.Clock) -> Bool {
    switch (left, right) {
    case (.integer(let one), .integer(let other)): one < other
    case (.number(let one), .number(let other)): one < other
    case (.integer(let one), .number(let other)): Double(one) < other
    case (.number(let one), .integer(let other)): one < Double(other)
    case (.text(let one), .text(let other)): one < other
    default: false
    }
  }

  /// How many events of the other strands end before an event begins.
  static func predecessors(
    of event: LogEvent, _ strand: Int, _ strands: [[LogEvent]], clock: (Int) -> LogIndex.Clock
  ) -> [(strand: Int, count: Int)] {
    strands.indices.compactMap { other in
      if other == strand { return nil }
      let count = count(strands[other]) { precedes(clock($0.last ?? $0.first), event.clock) }
      return count > 0 ? (other, count) : nil
    }
  }

  /// How many events at the beginning of a strand satisfy what holds up to some event and not beyond.
  private static func count(_ events: [LogEvent], while isBefore: (LogEvent) -> Bool) -> Int {
    var (low, high) = (0, events.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(events[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many events of the other strands a vector puts before its event.
  static func causes(
    of vector: [String: Int], _ strand: Int, _ strands: [[LogEvent]], _ nodes: [String]
  ) -> [(strand: Int, count: Int)] {
    strands.indices.compactMap { other in
      guard other != strand, let node = strands[other].first.map({ nodes[$0.node] }), let limit = vector[node]
      else { return nil }
      let count = count(strands[other]) { event in
        if case .vector(let its) = event.clock { (its[node] ?? 0) <= limit } else { false }
      }
      return count > 0 ? (other, count) : nil
    }
  }
}
