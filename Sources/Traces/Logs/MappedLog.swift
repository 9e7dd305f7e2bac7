package import StateSpace
import TLASemantics

/// A log as its mapping reads it for a model: events in strands, and rules for them.
///
/// It holds only the events that the search may still ask for, and reads its files again if it asks for others.
package final class MappedLog {
  package let rules: [LogRule]
  /// What must be true of the initial state.
  package let initial: LogRule
  package let unlogged: [UnloggedAction]
  package let order: LogOrder

  let index: LogIndex
  private let book: LogRuleBook
  private let values: LogValues
  private let updates: LogUpdates
  /// The lines in the order of their clocks, if they do not stand in it.
  private let sorted: [LogLines.Line]?
  /// Whether lines of several nodes are ordered by when their events begin and end.
  private let hasIntervals: Bool
  /// For each node, the number of its strand; nil if none of its lines is judged.
  private let strandOfNode: [Int?]
  package let strandCount: Int

  private var reader: LogEventReader
  private var strands: [Strand]
  private var tally = Tally()
  /// Whether the files may become longer.
  package private(set) var isGrowing: Bool
  private let wasGrowing: Bool
  /// What is known of all lines of a log that grows.
  private var grown: LogIndex
  /// Called when all lines so far are explained and no more have come, with the number of events.
  package var onWait: (Int) -> Void = { _ in }
  /// Whether events were read without being kept.
  private var isDrained = false
  /// For each strand, the own parts of its events' vectors, if the order is causal: a cause may be read after its effect, because loggers
  /// leave parts of vectors out.
  private var causes: [[Int]]?
  /// For each rule, the fields that some line had.
  private var foundFields: [Int: Set<Int>] = [:]
  /// The members of updates that name no variable.
  private var unknownMembers: [String] = []

  /// The judged events of a strand from `start` on, as far as they are read.
  private struct Strand {
    var start = 0
    var events: [LogEvent] = []
    /// How many lines of its nodes are not read yet; nil if the log may grow.
    var unread: Int?
    /// The clocks at which its events ended, if the order needs them.
    var ends: [LogClock] = []
    /// The own parts of its events' vectors, if the order needs them.
    var ownParts: [Int] = []
    var end: Int { start + events.count }
  }

  /// What was counted while reading.
  private struct Tally {
    var judged = 0
    /// For each event without a rule, by its number, or -1 for lines that name none: how many there are, and the first.
    var unjudged: [Int: (count: Int, first: LogLines.Line)] = [:]
  }

  /// Chooses a rule for every event. Throws `LogProblems` if none of the log's lines can be judged, if the order asks for what the log does
  /// not have, or if the mapping names what the model does not have.
  package convenience init(_ index: LogIndex, _ explorer: Explorer, order: LogOrder? = nil) throws {
    try self.init(index, explorer, order: order, isGrowing: false)
  }

  package init(_ index: LogIndex, _ explorer: Explorer, order: LogOrder?, isGrowing: Bool) throws {
    self.index = index
    grown = index
    (self.isGrowing, wasGrowing) = (isGrowing, isGrowing)
    let mapping = index.mapping
    let order =
      order ?? mapping.order ?? (index.namesNodes || index.lines.files.count > 1 ? .perNode : .total)
    self.order = order
    try Self.check(order, index, isGrowing: isGrowing)
    values = LogValues(
      modelValues: explorer.modelValueNames, names: mapping.names, ranks: index.ranks)
    var book = LogRuleBook(mapping, explorer, values)
    for event in index.events { book.learn(event.name, event.sample) }
    let problems = book.problems(unlogged: mapping.unlogged.map(\.action))
    guard problems.isEmpty else { throw LogProblems(problems) }
    self.book = book
    updates = book.updates
    rules = book.rules
    initial = book.initialConditions
    unlogged = mapping.unlogged.map { action, count in
      UnloggedAction(name: action, actions: book.actions(meantBy: action), budget: index.number(count))
    }
    hasIntervals =
      order == .total && !mapping.spans.isEmpty && !index.clocks.lacksSome && !index.clocks.hasVector
    var strandOfNode = [Int?](repeating: nil, count: index.nodes.count)
    var count = 0
    for event in index.events where book.judges(event.name) {
      for node in event.nodes.sorted() where strandOfNode[node] == nil {
        if order == .total, !hasIntervals {
          (strandOfNode[node], count) = (0, 1)
        } else {
          (strandOfNode[node], count) = (count, count + 1)
        }
      }
    }
    (self.strandOfNode, strandCount) = (strandOfNode, count)
    do {
      let isVector = order == .causal || order == .total && index.lines.files.count > 1
      sorted = isGrowing ? nil : try LogEventReader.sorted(index, by: isVector, isPartial: order == .causal)
    } catch { throw LogProblems([error]) }
    reader = LogEventReader(index, sorted: sorted, keepsOrder: false, isGrowing: isGrowing)
    strands = []
    restart()
    var isEmpty = false
    do throws(LogProblem) {
      if order == .causal {
        while try readEvent(keeping: false) {}
        causes = strands.map(\.ownParts)
        restart()
      }
      if !isGrowing { isEmpty = try !readJudgedEvent() }
    } catch {
      throw LogProblems([error])
    }
    if isEmpty {
      throw LogProblems(
        [LogProblem(message: "no line of the log can be judged")] + notes.map { LogProblem(message: $0) })
    }
  }

  private static func check(_ order: LogOrder, _ index: LogIndex, isGrowing: Bool) throws(LogProblems) {
    func refuse(_ message: String) -> LogProblems { LogProblems([LogProblem(message: message)]) }
    let clocks = index.clocks
    if order == .causal {
      guard clocks.hasVector else {
        throw refuse("the causal order needs a clock that is an object: for each node, a number of its lines")
      }
      if isGrowing { throw refuse("the causal order needs the whole log: it cannot be followed") }
    }
    if order == .total, index.lines.files.count > 1, clocks.lacksSome {
      throw refuse("the total order of several files needs a clock in every line")
    }
  }

  /// Whether a value of a state is what a line says.
  package static func matches(state: PlainValue, logged: PlainValue) -> Bool {
    LogValues.matches(state: state, logged: logged)
  }

  // MARK: Reading

  private func restart() {
    // Files without an order among them take turns, so that few events of one wait for those of another.
    reader = LogEventReader(
      index, sorted: sorted, keepsOrder: order == .total && !hasIntervals, takesTurns: order == .perNode,
      isGrowing: isGrowing)
    tally = Tally()
    isDrained = false
    strands = Array(repeating: Strand(), count: strandCount)
    guard !wasGrowing else { return }
    for (node, strand) in strandOfNode.enumerated() {
      if let strand { strands[strand].unread = (strands[strand].unread ?? 0) + index.nodeCounts[node] }
    }
  }

  /// Reads the next event. Returns false at the end of the log so far.
  private func readEvent(keeping: Bool) throws(LogProblem) -> Bool {
    guard var event = try reader.next() else { return false }
    guard let strand = strandOfNode[event.node] else {
      try count(event)
      return true
    }
    strands[strand].unread = strands[strand].unread.map {
      $0 - 1 - event.between.count - (event.last == nil ? 0 : 1)
    }
    guard let rule = try rule(for: event) else {
      try count(event)
      return true
    }
    event.rule = rule
    tally.judged += 1
    if order == .causal {
      guard case .vector(let vector) = event.clock else {
        throw LogProblem(
          place: index.lines.place(of: event.first),
          message: "the causal order needs a clock in every line, for each node a number of its lines")
      }
      let node = modelName(ofNode: event.node)
      if let causes {
        event.after = strands.indices.compactMap { other in
          // How many lines of the other node caused it.
          guard other != strand, let limit = vector[nameOfStrand[other]] else { return nil }
          let count = Self.count(of: causes[other]) { $0 <= limit }
          return count > 0 ? (other, count) : nil
        }
      } else {
        strands[strand].ownParts.append(vector[node] ?? 0)
      }
    } else if hasIntervals {
      let clock = event.clock
      event.after = strands.indices.compactMap { other in
        let count = other == strand ? 0 : Self.count(of: strands[other].ends) { $0.precedes(clock) }
        return count > 0 ? (other, count) : nil
      }
      let end = try event.last.flatMap { line throws(LogProblem) in try index.entry(line)?.clock }
      strands[strand].ends.append(end ?? clock)
    }
    if keeping { strands[strand].events.append(event) }
    return true
  }

  /// The position of the event's rule; nil if there is none, or if it is ignored.
  private func rule(for event: LogEvent) throws(LogProblem) -> Int? {
    guard let name = event.name.map({ index.events[$0].name }) else { return nil }
    switch try choice(name, event) {
    case .rule(let rule): return rule
    case .ignored, .unknown: return nil
    }
  }

  private func choice(_ name: String, _ event: LogEvent) throws(LogProblem) -> LogRuleBook.Choice {
    try book.rule(for: name) { () throws(LogProblem) in
      (
        try index.lines.json(event.first),
        try event.last.map { line throws(LogProblem) in try index.lines.json(line) }
      )
    }
  }

  /// Counts an event that is not judged.
  private func count(_ event: LogEvent) throws(LogProblem) {
    if let name = event.name, case .ignored = try choice(index.events[name].name, event) { return }
    tally.unjudged[event.name ?? -1, default: (0, event.first)].count += 1
  }

  /// How many elements come before the first one of which something is no longer true.
  private static func count<Element>(of elements: [Element], while isTrue: (Element) -> Bool) -> Int {
    var (low, high) = (0, elements.count)
    while low < high {
      let middle = (low + high) / 2
      if isTrue(elements[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func modelName(ofNode node: Int) -> String { index.modelName(ofNode: node) }

  /// The name of each strand's node.
  private lazy var nameOfStrand: [String] = (0..<strandCount).map { strand in
    strandOfNode.firstIndex(of: strand).map(modelName) ?? ""
  }

  /// Reads up to the next event that is judged. Returns false if there is none so far.
  private func readJudgedEvent() throws(LogProblem) -> Bool {
    let judged = tally.judged
    while try readEvent(keeping: true) {
      if tally.judged > judged { return true }
    }
    return false
  }

  /// The event at a place; nil if the log ends before it.
  func event(at place: LogPlace) throws(LogProblem) -> LogEvent? {
    guard strands.indices.contains(place.strand) else { return nil }
    if place.line < strands[place.strand].start || isDrained && place.line >= strands[place.strand].end {
      restart()
    }
    while place.line >= strands[place.strand].end {
      if strands[place.strand].unread == 0 { return nil }
      guard try readEvent(keeping: true) else { return nil }
    }
    return strands[place.strand].events[place.line - strands[place.strand].start]
  }

  /// Reads the remaining events only to count them.
  private func drain() {
    while (try? readEvent(keeping: false)) ?? false { isDrained = true }
  }

  // MARK: Places

  /// The number of events that are judged.
  package var eventCount: Int {
    drain()
    return tally.judged
  }

  /// `line 12`: where the event begins.
  package func words(for place: LogPlace) -> String {
    (try? event(at: place)).map { index.lines.place(of: $0.first) } ?? "the end of the log"
  }

  /// The number in its file of the event's first line, counted from 1.
  package func lineNumber(of place: LogPlace) -> Int? { (try? event(at: place)).map { Int($0.first.number) } }

  /// The name of the event.
  package func eventName(of place: LogPlace) -> String {
    (try? event(at: place))?.name.map { index.events[$0].name } ?? ""
  }

  package func nodeName(of place: LogPlace) -> String {
    (try? event(at: place)).map { index.nodes[$0.node] } ?? ""
  }

  // MARK: Notes

  /// Remarks: lines that are not judged, fields that no line has.
  package var notes: [String] {
    drain()
    var notes = index.notes + book.notes(unlogged: unlogged.map(\.name))
    if let first = reader.unended.first {
      let (count, lines) = (reader.unended.count, reader.unended.lines)
      let what = lines == 1 ? "1 line counts" : "\(lines) lines count"
      let swallowed = lines == 0 ? "" : "; \(what) as part of \(count == 1 ? "it" : "them")"
      notes.append(
        "\(count == 1 ? "1 event has" : "\(count) events have") no end before the next one begins (first at \(index.lines.place(of: first)))\(swallowed)"
      )
    }
    for event in reader.cutOff {
      notes.append("the event at \(index.lines.place(of: event.first)) is not judged: the log ends in it")
    }
    for (number, lines) in tally.unjudged.sorted(by: { $0.value.first.isBefore($1.value.first) }) {
      let name = number < 0 ? nil : index.events[number].name
      let what = name.map { "are of the event \($0), for which there is no rule" } ?? "name no event"
      let count = lines.count == 1 ? "1 line is not judged: it" : "\(lines.count) lines are not judged: they"
      let words =
        lines.count == 1
        ? what.replacing("name no", with: "names no").replacing("are of", with: "is of") : what
      notes.append("\(count) \(words) (first at \(index.lines.place(of: lines.first)))")
    }
    if index.namesNodes, order == .perNode, index.namelessCount > 0 {
      notes.append("\(index.namelessCount) lines name no node: they are ordered among themselves only")
    }
    for (rule, found) in foundFields.sorted(by: { $0.key < $1.key }) {
      let fields = book.fields[rule]
      let missing = fields.indices.filter { fields[$0].root == .line && !found.contains($0) }
      if missing.isEmpty { continue }
      let names = missing.map { fields[$0].description }.joined(separator: ", ")
      notes.append(
        "no line that was read for \(book.title(of: rule)) has \(names): conditions on that are not judged")
    }
    if !unknownMembers.isEmpty {
      notes.append("no variable has a part that is named \(unknownMembers.joined(separator: ", "))")
    }
    return notes
  }
}

extension LogLines.Line {
  fileprivate func isBefore(_ other: LogLines.Line) -> Bool { (file, number) < (other.file, other.number) }
}

extension MappedLog: LogSource {
  package func line(_ number: Int, of strand: Int) throws -> LogLine? {
    guard let event = try event(at: LogPlace(strand: strand, line: number)) else { return nil }
    let lines = index.lines
    let first = try lines.json(event.first)
    let fields = book.fields[event.rule]
    var last: JSONValue?
    if let line = event.last, fields.contains(where: { $0.root == .end }) { last = try lines.json(line) }
    let found = try fields.map { field -> PlainValue? in
      switch field.root {
      case .line: return field.value(in: first).map { values.plain($0, member: field.path.last) }
      case .end: return last.flatMap { field.value(in: $0) }.map { values.plain($0, member: field.path.last) }
      case .between: return .tuple(try event.between.map { values.plain(try lines.json($0)) })
      }
    }
    foundFields[event.rule, default: []].formUnion(found.indices.filter { found[$0] != nil })
    var line = LogLine(rule: event.rule, values: found, rank: event.rank)
    line.after = event.after
    if let field = book.updates(of: event.rule), let record = field.value(in: first) {
      let (parts, unknown) = updates.read(record, without: book.namesBesideUpdates(of: event.rule))
      line.parts = parts
      for name in unknown where !unknownMembers.contains(name) && unknownMembers.count < 10 {
        unknownMembers.append(name)
      }
    }
    return line
  }

  package func release(before positions: [Int]) {
    for (strand, position) in positions.enumerated() where position > strands[strand].start {
      let count = min(position - strands[strand].start, strands[strand].events.count)
      strands[strand].events.removeFirst(count)
      strands[strand].start += count
    }
  }

  package func close() { isGrowing = false }

  package func more() throws -> LogGrowth {
    guard isGrowing, let contents = index.lines.files.first?.contents else { return .ended }
    if try readJudgedEvent() { return .grown }
    let growth = reader.hasMetEnd ? .ended : try contents.more()
    if growth == .notYet {
      onWait(tally.judged)
      return .notYet
    }
    try readGrowth(isLast: growth == .ended)
    if growth == .ended {
      isGrowing = false
      reader.close()
    }
    return try readJudgedEvent() ? .grown : growth == .ended ? .ended : .notYet
  }

  /// Looks at new lines. Throws `LogHasChanged` if the log no longer says the same of the model.
  private func readGrowth(isLast: Bool) throws {
    try grown.readOn(isLast: isLast)
    if grown.facts != index.facts { throw LogHasChanged() }
  }
}

/// A log that grows says something new of the model: its nodes, its constants, its events. It must be mapped anew.
package struct LogHasChanged: Error {}

extension Explorer {
  /// The names of all model values of the configuration.
  var modelValueNames: Set<String> {
    var names = specification.configuration.modelValues
    for constant in constants {
      constant.value.forEachPart { if case .modelValue(let name) = $0 { names.insert(name) } }
    }
    return names
  }
}
