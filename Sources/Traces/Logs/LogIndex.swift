internal import StateSpace

/// What a pass over a log collects: the names of its events and nodes, and everything that the mapping needs to know of the whole log.
/// No line is kept.
package struct LogIndex {
  /// What a line is about: the positions of its event and of its node, and its clock.
  struct Entry: Sendable {
    /// Nil if the line names no event.
    let event: Int?
    let node: Int
    let clock: LogClock
  }

  /// An event, by its name.
  struct Event: Sendable {
    let name: String
    /// How many lines have it.
    var count = 0
    /// The members that its lines have, each with the value of the first one that has it.
    fileprivate(set) var sample: [JSONValue.Member] = []
    /// The nodes of its lines.
    fileprivate(set) var nodes: Set<Int> = []
  }

  let lines: LogLines
  let mapping: LogMapping
  private(set) var events: [Event] = []
  private(set) var nodes: [String] = []
  /// How many lines each node has.
  private(set) var nodeCounts: [Int] = []
  private var eventNumbers: [String: Int] = [:]
  private var nodeNumbers: [String: Int] = [:]
  /// The values of the members that count by rank, as written.
  private var ranked: [String: Set<JSONValue>] = [:]
  /// For each constant that is a set of values, by its position: the values as written, in the order in which they come.
  private var collected: [[String]] = []
  private var seen: [Set<String>] = []
  /// How many lines name no node, although others do.
  private(set) var namelessCount = 0
  /// Whether the lines name their nodes.
  private(set) var namesNodes = false
  /// What is known of the clocks.
  private(set) var clocks = Clocks()
  /// Whether no line comes before one that it knows of by its vector clock.
  private(set) var isInCausalOrder = true
  /// For each node, by the model's name, the greatest own part of its vectors.
  private var ownParts: [String: Int] = [:]
  private var turns = LogTurns()
  private var cursor: LogCursor

  /// What a pass sees of the clocks.
  struct Clocks {
    private(set) var hasVector = false
    private(set) var lacksSome = false
    /// Whether no line comes after one with a greater clock.
    private(set) var isInOrder = true
    /// How many lines come after one of the same file with a greater clock, and the first of them.
    private(set) var lateCount = 0
    private(set) var firstLate: LogLines.Line?
    private var last = LogClock.none
    private var lastFile: Int32 = -1

    /// Returns false for a clock of another kind than those before it, with which it cannot be compared.
    fileprivate mutating func add(_ clock: LogClock, of line: LogLines.Line) -> Bool {
      guard clock == .none || last == .none || clock.isComparable(with: last) else { return false }
      if line.file == lastFile, clock.precedes(last) {
        if lateCount == 0 { firstLate = line }
        lateCount += 1
      }
      lastFile = line.file
      if let sum = clock.sum {
        hasVector = true
        if let before = last.sum, sum < before { isInOrder = false }
      } else {
        if clock == .none { lacksSome = true }
        if clock.precedes(last) { isInOrder = false }
      }
      if clock != .none { last = clock }
      return true
    }
  }

  /// Reads every line once. Throws `LogProblems` with all lines that cannot be read.
  package init(_ lines: LogLines, _ mapping: LogMapping) throws {
    try self.init(lines, mapping, isGrowing: false)
  }

  /// The same; a last line without a line break is left for later if the log is growing.
  package init(_ lines: LogLines, _ mapping: LogMapping, isGrowing: Bool) throws {
    self.lines = lines
    self.mapping = mapping
    cursor = LogCursor(lines)
    collected = mapping.constants.map { _ in [] }
    seen = mapping.constants.map { _ in [] }
    try readOn(isLast: !isGrowing)
  }

  /// Reads the lines that came since it read last.
  mutating func readOn(isLast: Bool) throws {
    cursor.isGrowing = !isLast
    var problems: [LogProblem] = []
    do {
      while let line = try cursor.next() {
        do { try add(line, try lines.json(line)) } catch {
          if problems.count < 100 { problems.append(error) }
        }
      }
    } catch { throw LogProblems([error]) }
    guard problems.isEmpty else { throw LogProblems(problems) }
  }

  /// Remarks on text that was removed or left out, and on the order of the lines.
  var notes: [String] {
    var notes = cursor.notes
    if let line = turns.firstTurn {
      let place = lines.place(of: line)
      notes.append("the clocks do not say the whole date: they begin anew (first at \(place))")
    }
    guard let late = clocks.firstLate else { return notes }
    return notes + [
      "\(clocks.lateCount) \(clocks.lateCount == 1 ? "line comes" : "lines come") after a line with a later clock "
        + "(first at \(lines.place(of: late))): the lines are judged in the order of their clocks"
    ]
  }

  /// What the mapping to a model depends on.
  struct Facts: Hashable {
    let events: [String]
    let nodes: [String]
    let constants: [String]
    let ranks: [String: [String: Int]]
    let budgets: [Int?]
    /// How often the clocks have begun anew.
    let turns: Int
  }

  var facts: Facts {
    Facts(
      events: events.map { ([$0.name] + $0.sample.map(\.name)).joined(separator: "\n") }, nodes: nodes,
      constants: assignments.map { "\($0.name)=\($0.text)" }, ranks: ranks,
      budgets: mapping.unlogged.map { number($0.count) }, turns: mapping.spans.isEmpty ? 0 : turns.count)
  }

  private mutating func add(_ line: LogLines.Line, _ json: JSONValue) throws(LogProblem) {
    let name = eventName(json)
    var event: Int?
    if let name {
      let number = eventNumbers[name] ?? events.count
      if number == events.count {
        events.append(Event(name: name))
        eventNumbers[name] = number
      }
      event = number
    }
    let named = nodeName(json, line)
    if mapping.node?.value(in: json)?.scalarText != nil { namesNodes = true } else { namelessCount += 1 }
    let node = nodeNumbers[named] ?? nodes.count
    if node == nodes.count {
      nodes.append(named)
      nodeCounts.append(0)
      nodeNumbers[named] = node
    }
    nodeCounts[node] += 1
    if let event {
      events[event].count += 1
      events[event].nodes.insert(node)
      if case .object(let members) = json { take(members, event) }
    }
    let clock = turns.add(LogClock(mapping.clock?.value(in: json), names: mapping.names), of: line)
    guard clocks.add(clock, of: line) else {
      throw LogProblem(
        place: lines.place(of: line),
        message: "its clock is of another kind than that of the lines before it, so they have no order")
    }
    if case .vector(let vector) = clock { noteCauses(vector, of: modelName(ofNode: node)) }
    if !mapping.ranks.isEmpty { collectRanked(json) }
    for (index, constant) in mapping.constants.enumerated() {
      for field in constant.constant.fields {
        guard let value = field.value(in: json) else { continue }
        let elements = if case .array(let elements) = value { elements } else { [value] }
        for text in elements.compactMap(\.scalarText) {
          let text = mapping.names[text] ?? text
          if seen[index].insert(text).inserted { collected[index].append(text) }
        }
      }
    }
  }

  private mutating func take(_ members: [JSONValue.Member], _ event: Int) {
    let known = events[event].sample
    // Most lines of an event have the same members in the same order.
    if known.count == members.count, zip(known, members).allSatisfy({ $0.name == $1.name }) { return }
    for member in members where !known.contains(where: { $0.name == member.name }) {
      events[event].sample.append(member)
    }
  }

  private mutating func noteCauses(_ vector: [String: Int], of node: String) {
    let own = vector[node] ?? 0
    if own <= ownParts[node] ?? 0
      || vector.contains(where: { $0.key != node && $0.value > ownParts[$0.key] ?? 0 })
    {
      isInCausalOrder = false
    }
    ownParts[node] = max(own, ownParts[node] ?? 0)
  }

  // MARK: Lines

  /// Nil if no field names an event. If the mapping names no such field, all lines are of the same event, without a name.
  private func eventName(_ json: JSONValue) -> String? {
    if mapping.event.isEmpty { return "" }
    let words = mapping.event.compactMap { $0.value(in: json)?.scalarText }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  private func nodeName(_ json: JSONValue, _ line: LogLines.Line) -> String {
    mapping.node?.value(in: json)?.scalarText
      ?? (lines.files.count > 1 ? lines.files[Int(line.file)].stem : "")
  }

  /// What a line is about; nil if its event or its node is one that the pass has not met.
  func entry(_ line: LogLines.Line) throws(LogProblem) -> Entry? {
    let json = try lines.json(line)
    guard let node = nodeNumbers[nodeName(json, line)] else { return nil }
    var event: Int?
    if let name = eventName(json) {
      guard let number = eventNumbers[name] else { return nil }
      event = number
    }
    return Entry(
      event: event, node: node,
      clock: turns.turned(LogClock(mapping.clock?.value(in: json), names: mapping.names), of: line))
  }

  /// The model's name for a node.
  func modelName(ofNode node: Int) -> String { mapping.names[nodes[node]] ?? nodes[node] }

  // MARK: What the whole log says

  /// The rank of each value of the members that count by rank.
  var ranks: [String: [String: Int]] {
    ranked.mapValues { values in
      var ranks: [String: Int] = [:]
      let ordered = values.sorted { left, right in
        let (one, other) = (LogClock(number: left), LogClock(number: right))
        return one.isComparable(with: other)
          ? one.precedes(other) : (left.scalarText ?? "") < (right.scalarText ?? "")
      }
      for text in ordered.compactMap(\.scalarText) where ranks[text] == nil { ranks[text] = ranks.count }
      return ranks
    }
  }

  /// The number that a count gives for this log; nil for no limit.
  func number(_ count: LogMapping.Count) -> Int? {
    switch count {
    case .number(let number): return number
    case .unlimited: return nil
    case .lines(let pattern, let per):
      let lines = events.reduce(0) { $0 + (pattern.matches($1.name) ? $1.count : 0) }
      return (lines + per - 1) / per
    }
  }

  private mutating func collectRanked(_ json: JSONValue) {
    switch json {
    case .array(let elements): for element in elements { collectRanked(element) }
    case .object(let members):
      for member in members {
        if mapping.ranks.contains(member.name), member.value.scalarText != nil {
          ranked[member.name, default: []].insert(member.value)
        } else {
          collectRanked(member.value)
        }
      }
    default: break
    }
  }

  /// The constants that the log gives, as assignments of a configuration: `Nodes={n1, n2}`. A set without elements is left out.
  package var assignments: [(name: String, text: String)] {
    mapping.constants.enumerated().compactMap { index, entry in
      switch entry.constant {
      case .text(let text): return (entry.name, text)
      case .value:
        return collected[index].first.map { (entry.name, Self.spelled([$0], areStrings: false)[0]) }
      case .count(let count): return number(count).map { (entry.name, String($0)) }
      case .values(_, let areStrings):
        let values = collected[index].sorted { $0.compare(with: $1) }
        guard !values.isEmpty else { return nil }
        return (entry.name, "{\(Self.spelled(values, areStrings: areStrings).joined(separator: ", "))}")
      }
    }
  }

  /// Values as a configuration writes them: as numbers, as model values, or as strings.
  private static func spelled(_ values: [String], areStrings: Bool) -> [String] {
    if !areStrings, values.allSatisfy({ Int($0) != nil }) || values.allSatisfy(\.isTLAName) { return values }
    return values.map { "\"\(PlainValue.escaped($0))\"" }
  }
}

extension String {
  /// Whether the text can be the name of a model value.
  fileprivate var isTLAName: Bool {
    utf8.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }
      && unicodeScalars.allSatisfy {
        $0.isASCII && ($0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil)
      }
  }

  /// Numbers in texts count by value: `n2` comes before `n10`.
  fileprivate func compare(with other: String) -> Bool {
    if let one = Int(self), let two = Int(other) { return one < two }
    return count == other.count
      ? self < other : (self.trimmingDigits == other.trimmingDigits ? count < other.count : self < other)
  }

  private var trimmingDigits: Substring {
    self[..<(lastIndex { !$0.isNumber }.map { index(after: $0) } ?? startIndex)]
  }
}
