package import StateSpace
import TLASemantics

/// A log as its mapping reads it for a model: events in strands, and rules for them.
package final class MappedLog {
  package let rules: [LogRule]
  /// What must be true of the initial state.
  package let initial: LogRule
  package let unlogged: [UnloggedAction]
  package let order: LogOrder
  /// Remarks: lines that are not judged, fields that no line has.
  package private(set) var notes: [String] = []

  let index: LogIndex
  private let values: LogValues
  /// The fields whose values each rule's names have.
  private let fields: [[LogField]]
  private(set) var strands: [[LogEvent]] = []
  private let hasIntervals: Bool

  /// Chooses a rule for every event. Throws `LogProblems` if none of the log's lines can be judged, or if the order asks for what the log
  /// does not have.
  package init(_ index: LogIndex, _ explorer: Explorer, order: LogOrder? = nil) throws {
    self.index = index
    let mapping = index.mapping
    self.order =
      order ?? mapping.order ?? (index.namesNodes || index.lines.files.count > 1 ? .perNode : .total)
    values = LogValues(
      modelValues: explorer.modelValueNames, names: mapping.names, ranks: index.ranks)
    var book = LogRuleBook(mapping, explorer, values, members: index.members)
    initial = book.initialConditions
    let grouped = LogGrouping(index).events()
    notes += index.lines.notes + grouped.notes
    var unjudged: [String: (count: Int, first: Int)] = [:]
    var judged: [LogEvent] = []
    for var event in grouped.events {
      guard let name = index.entries[event.first].event.map({ index.events[$0].name }) else {
        unjudged["", default: (0, event.first)].count += 1
        continue
      }
      let choice = try book.rule(for: name) {
        (try index.lines.json(event.first), try event.last.map { try index.lines.json($0) })
      }
      switch choice {
      case .ignored: continue
      case .unknown: unjudged[name, default: (0, event.first)].count += 1
      case .rule(let rule):
        event.rule = rule
        judged.append(event)
      }
    }
    (rules, fields) = (book.rules, book.fields)
    unlogged = mapping.unlogged.map { UnloggedAction(name: $0.action, budget: index.number($0.count)) }
    for (name, lines) in unjudged.sorted(by: { $0.value.first < $1.value.first }) {
      let what = name.isEmpty ? "name no event" : "are of the event \(name), for which there is no rule"
      let count = lines.count == 1 ? "1 line is not judged: it" : "\(lines.count) lines are not judged: they"
      let words =
        lines.count == 1
        ? what.replacing("name no", with: "names no").replacing("are of", with: "is of") : what
      notes.append("\(count) \(words) (first at \(index.lines.place(of: lines.first)))")
    }
    guard !judged.isEmpty else {
      throw LogProblems(
        [LogProblem(message: "no line of the log can be judged")] + notes.map { LogProblem(message: $0) })
    }
    let isSorted = LogOrdering.sort(&judged)
    if self.order == .causal, !isSorted.isCausal {
      throw LogProblems([
        LogProblem(
          message: "the causal order needs a clock that is an object: for each node, a number of its lines")
      ])
    }
    for rank in judged.indices { judged[rank].rank = rank }
    // Events of several lines overlap: in a total order each of them happens at some time between its first and its last line.
    hasIntervals =
      self.order == .total && judged.contains { $0.last != nil } && !judged.contains { $0.clock == .none }
    if self.order == .total, !hasIntervals {
      strands = [judged]
    } else {
      var places: [Int: Int] = [:]
      for event in judged {
        if let place = places[event.node] {
          strands[place].append(event)
        } else {
          places[event.node] = strands.count
          strands.append([event])
        }
      }
    }
  }

  /// Whether a value of a state is what a line says.
  package static func matches(state: PlainValue, logged: PlainValue) -> Bool {
    LogValues.matches(state: state, logged: logged)
  }

  // MARK: Places

  private func event(at place: LogPlace) -> LogEvent? {
    strands.indices.contains(place.strand) && strands[place.strand].indices.contains(place.line)
      ? strands[place.strand][place.line] : nil
  }

  /// The number of events that are judged.
  package var eventCount: Int { strands.reduce(0) { $0 + $1.count } }

  /// `line 12`, or `line 12 to 15` for an event of several lines.
  package func words(for place: LogPlace) -> String {
    guard let event = event(at: place) else { return "the end of the log" }
    return index.lines.place(of: event.first)
  }

  /// The number in its file of the event's first line, counted from 1.
  package func lineNumber(of place: LogPlace) -> Int? {
    event(at: place).map { Int(index.lines.lines[$0.first].number) }
  }

  /// The name of the event.
  package func eventName(of place: LogPlace) -> String {
    event(at: place).flatMap { index.entries[$0.first].event }.map { index.events[$0].name } ?? ""
  }

  package func nodeName(of place: LogPlace) -> String { event(at: place).map { index.nodes[$0.node] } ?? "" }
}

extension MappedLog: LogSource {
  package var strandCount: Int { strands.count }

  package func line(_ number: Int, of strand: Int) throws -> LogLine? {
    guard let event = event(at: LogPlace(strand: strand, line: number)) else { return nil }
    let lines = index.lines
    let first = try lines.json(event.first)
    let fields = fields[event.rule]
    var last: JSONValue?
    if let line = event.last, fields.contains(where: { $0.root == .end }) { last = try lines.json(line) }
    let found = try fields.map { field -> PlainValue? in
      switch field.root {
      case .line: return field.value(in: first).map { values.plain($0, member: field.path.last) }
      case .end: return last.flatMap { field.value(in: $0) }.map { values.plain($0, member: field.path.last) }
      case .between: return .tuple(try event.between.map { values.plain(try lines.json($0)) })
      }
    }
    var line = LogLine(rule: event.rule, values: found, rank: event.rank)
    if order == .causal, case .vector(let vector) = event.clock {
      line.after = LogOrdering.causes(of: vector, strand, strands, index.nodes)
    } else if hasIntervals {
      line.after = LogOrdering.predecessors(of: event, strand, strands) { index.entries[$0].clock }
    }
    return line
  }
}

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
