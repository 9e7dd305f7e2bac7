package import StateSpace
internal import TLASyntax

/// A mapping for a log that has none: what the names in the log and in the model suggest.
package struct LogProposal {
  /// The mapping, which has only what could be guessed.
  package let mapping: LogMapping
  /// The mapping as a file. It marks what could not be guessed.
  package let text: String
  /// The events for which no action was found.
  package let unmatched: [String]

  /// Looks at the log's first lines. Throws `LogProblem` for a line that cannot be read.
  package init(for lines: LogLines, _ explorer: Explorer) throws {
    let sample = try LogSample(lines)
    var mapping = LogMapping()
    let found = Self.fields(of: sample, explorer)
    mapping.event = found.event.map { [$0] } ?? []
    mapping.node = found.node
    mapping.clock = found.clock
    let nodes = Self.nodeValues(explorer)
    var draft = LogDraft(mapping, explorer)
    if let node = mapping.node, let values = sample.texts[node], !values.isEmpty,
      let constant = Self.constant(for: values, node, nodes.byConstant)
    {
      draft.add(constant: constant, from: node)
    }
    if found.event == nil {
      draft.addUpdates()
    } else {
      for name in sample.order(of: mapping.event) {
        draft.add(event: name, sample.members(of: name, mapping.event))
      }
    }
    self.mapping = draft.mapping
    text = draft.text
    unmatched = draft.unmatched
  }

  // MARK: Fields

  /// The fields that seem to name the event and the node of a line, and to have its clock; nil for what was not found.
  package typealias Fields = (event: LogField?, node: LogField?, clock: LogField?)

  /// Looks at the log's first lines. Throws `LogProblem` for a line that cannot be read.
  package static func fields(of lines: LogLines, _ explorer: Explorer) throws -> Fields {
    fields(of: try LogSample(lines), explorer)
  }

  private static func fields(of sample: LogSample, _ explorer: Explorer) -> Fields {
    let actions = Set(
      (explorer.signatures.map(\.name) + explorer.wholeActions).map(LogRuleBook.plainName))
    let initial = (try? explorer.initialStates())?.first.map(explorer.values) ?? []
    var values = LogValues()
    values.modelValues = explorer.modelValueNames
    let event = eventField(sample, actions, LogUpdates(explorer.variables, initial, values))
    let nodes = nodeValues(explorer)
    return (event, nodeField(sample, nodes.values, nodes.byConstant, not: event), clockField(sample))
  }

  private static let eventNames = [
    "event", "action", "name", "type", "kind", "op", "operation", "msg", "message",
  ]
  private static let nodeNames = [
    "node", "nid", "node_id", "nodeid", "server", "host", "replica", "process", "proc", "pid", "id", "member",
    "at",
  ]
  private static let clockNames = [
    "vc", "clock", "vector_clock", "ts", "time", "timestamp", "@timestamp", "seq", "lamport",
  ]

  /// The field whose values are names of actions; else one that has the name of such a field. Nil if the lines tell only variables.
  private static func eventField(
    _ sample: LogSample, _ actions: Set<String>, _ updates: LogUpdates
  ) -> LogField? {
    let scored = sample.texts.map { field, values in
      (
        field: field,
        score: values.reduce(0) { $0 + (actions.contains(LogRuleBook.plainName($1.key)) ? $1.value : 0) }
      )
    }.filter { $0.score > 0 }
    if let best = scored.min(by: {
      ($1.score, rank($0.field, eventNames), $0.field.path.count) < (
        $0.score, rank($1.field, eventNames), $1.field.path.count
      )
    }) {
      return best.field
    }
    if sample.members.contains(where: updates.tells) { return nil }
    return sample.texts.keys.filter { rank($0, eventNames) < eventNames.count }.min {
      (rank($0, eventNames), $0.path.count) < (rank($1, eventNames), $1.path.count)
    }
  }

  /// The field whose values are those of a constant's set; else one that has the name of such a field.
  private static func nodeField(
    _ sample: LogSample, _ nodes: Set<String>, _ constants: [(String, Set<String>)], not event: LogField?
  ) -> LogField? {
    let candidates = sample.scalars.filter { $0.key != event }
    let fitting = candidates.filter { !$0.value.isEmpty && $0.value.keys.allSatisfy(nodes.contains) }
    let named = candidates.filter { rank($0.key, nodeNames) < nodeNames.count && $0.value.count <= 64 }
    // A field `thread` whose values are elements of the constant Thread.
    let alike = fitting.filter { field in
      constants.contains { name, elements in
        LogRuleBook.plainName(name).hasPrefix(LogRuleBook.plainName(field.key.path.last ?? "?"))
          && field.value.keys.allSatisfy(elements.contains)
      }
    }
    for found in [fitting.filter { rank($0.key, nodeNames) < nodeNames.count }, alike, named] {
      let best = found.keys.min {
        (rank($0, nodeNames), $0.path.count) < (rank($1, nodeNames), $1.path.count)
      }
      if let best { return best }
    }
    return nil
  }

  private static func clockField(_ sample: LogSample) -> LogField? {
    sample.fields.filter { rank($0, clockNames) < clockNames.count && sample.isClock($0) }.min {
      (rank($0, clockNames), $0.path.count) < (rank($1, clockNames), $1.path.count)
    }
  }

  private static func rank(_ field: LogField, _ names: [String]) -> Int {
    names.firstIndex(of: field.path.last?.lowercased() ?? "") ?? names.count
  }

  // MARK: Constants

  /// The elements of the constants that are sets of names or numbers.
  private static func nodeValues(_ explorer: Explorer) -> (
    values: Set<String>, byConstant: [(String, Set<String>)]
  ) {
    let sets = explorer.constants.compactMap { constant -> (String, Set<String>)? in
      guard case .set(let elements) = constant.value else { return nil }
      let names = elements.compactMap { element -> String? in
        switch element {
        case .modelValue(let name), .string(let name): name
        case .integer(let number): String(number)
        default: nil
        }
      }
      return names.count == elements.count ? (constant.name, Set(names)) : nil
    }
    return (sets.reduce(into: []) { $0.formUnion($1.1) }, sets)
  }

  /// The constant that is the set of these values: the one that has some of them, or whose name is like the field's.
  private static func constant(
    for values: [String: Int], _ field: LogField, _ constants: [(String, Set<String>)]
  ) -> String? {
    let names = Set(values.keys)
    let shared = constants.map { $0.1.intersection(names).count }
    if let most = shared.max(), most > 0, let index = shared.firstIndex(of: most) {
      // A constant that has more elements than the others and as many of these values is the wider one.
      let best = constants.indices.filter { shared[$0] == most }.max {
        (constants[$0].1.count, $1) < (constants[$1].1.count, $0)
      }
      return constants[best ?? index].0
    }
    let word = field.path.last?.lowercased() ?? ""
    return constants.first { $0.0.lowercased().hasPrefix(word) || $0.0.lowercased().hasPrefix("node") }?.0
  }
}

/// What the first lines of a log have in their fields, down to the second level.
struct LogSample {
  private let records: [JSONValue]
  private(set) var fields: [LogField] = []
  /// For each field with texts only: the texts, and how often each comes.
  private(set) var texts: [LogField: [String: Int]] = [:]
  /// The same for fields with texts or whole numbers.
  private(set) var scalars: [LogField: [String: Int]] = [:]
  /// The members of the lines, each with the value of the first one that has it.
  private(set) var members: [JSONValue.Member] = []

  private static let mostLines = 2_000

  /// Reads the first lines of a log. Throws `LogProblem`.
  init(_ lines: LogLines) throws {
    var records: [JSONValue] = []
    var cursor = LogCursor(lines)
    while records.count < Self.mostLines, let line = try cursor.next() {
      records.append(try lines.json(line))
    }
    self.records = records
    var others = Set<LogField>()
    var numbers = Set<LogField>()
    func visit(_ value: JSONValue, _ path: [String]) {
      let field = LogField(path)
      if !path.isEmpty, !fields.contains(field) { fields.append(field) }
      switch value {
      case .string(let text):
        texts[field, default: [:]][text, default: 0] += 1
        scalars[field, default: [:]][text, default: 0] += 1
      case .integer(let number):
        scalars[field, default: [:]][String(number), default: 0] += 1
        numbers.insert(field)
      case .object(let members):
        others.insert(field)
        if path.count < 2 { for member in members { visit(member.value, path + [member.name]) } }
      default: others.insert(field)
      }
    }
    for record in records { visit(record, []) }
    members = Self.members(of: records[...])
    for field in others { (texts[field], scalars[field]) = (nil, nil) }
    for field in numbers { texts[field] = nil }
  }

  /// Whether every value of the field can order lines.
  func isClock(_ field: LogField) -> Bool {
    let values = records.compactMap { field.value(in: $0) }
    return !values.isEmpty
      && values.allSatisfy { value in
        switch value {
        case .integer, .number: true
        case .string(let text): text.first?.isNumber ?? false
        case .object(let members): members.allSatisfy { if case .integer = $0.value { true } else { false } }
        default: false
        }
      }
  }

  private func name(of record: JSONValue, _ event: [LogField]) -> String? {
    let words = event.compactMap { $0.value(in: record)?.scalarText }
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// The names of events in the order in which they come first.
  func order(of event: [LogField]) -> [String] {
    var seen = Set<String>()
    return records.compactMap { name(of: $0, event) }.filter { seen.insert($0).inserted }
  }

  /// The members that the lines of an event have, each with the value of the first one that has it.
  func members(of name: String, _ event: [LogField]) -> [JSONValue.Member] {
    Self.members(of: records.filter { self.name(of: $0, event) == name }[...])
  }

  private static func members(of records: ArraySlice<JSONValue>) -> [JSONValue.Member] {
    var seen = Set<String>()
    return records.flatMap { record -> [JSONValue.Member] in
      guard case .object(let members) = record else { return [] }
      return members.filter { seen.insert($0.name).inserted }
    }
  }
}

/// A mapping under construction, as data and as text.
private struct LogDraft {
  private(set) var mapping: LogMapping
  private(set) var unmatched: [String] = []
  private var book: LogRuleBook
  private let explorer: Explorer
  private let actions: [String]
  private var constants: [String] = []
  private var events: [String] = []

  init(_ mapping: LogMapping, _ explorer: Explorer) {
    self.mapping = mapping
    self.explorer = explorer
    var values = LogValues()
    values.modelValues = explorer.modelValueNames
    book = LogRuleBook(mapping, explorer, values)
    actions = explorer.signatures.map { signature in
      let parameters = signature.parameters.map { $0 ?? "_" }
      return parameters.isEmpty ? signature.name : "\(signature.name)(\(parameters.joined(separator: ", ")))"
    }
  }

  mutating func add(constant: String, from field: LogField) {
    var areStrings = false
    if case .set(let nodes)? = explorer.constants.first(where: { $0.name == constant })?.value {
      book.nodesOfModel = nodes
      areStrings = !nodes.isEmpty && nodes.allSatisfy { if case .string = $0 { true } else { false } }
    }
    mapping.constants.append((constant, .values([field], areStrings: areStrings)))
    let strings = areStrings ? ", strings = true" : ""
    constants.append("\(constant) = { values = \(Self.quoted(field.path.joined(separator: ".")))\(strings) }")
  }

  /// Each line is any step, or none: it tells of variables only.
  mutating func addUpdates() {
    mapping.rules.append(LogRuleBook.anyStep)
    events.append(
      "[events.\"*\"]  # the lines name no event: each tells the new values of variables, or of parts of them\n"
        + "action = [\"*\", []]  # any step, or none\n" + Self.text(of: LogRuleBook.anyStep))
  }

  mutating func add(event: String, _ sample: [JSONValue.Member]) {
    let header = "[events.\(Self.quoted(event))]"
    if let rule = book.namesake(of: event, sample) {
      mapping.rules.append(rule)
      guard case .steps(let sequences) = rule.meaning else { return }
      let steps = sequences.flatMap { $0 }.map { step in
        let arguments = step.arguments.map { $0?.shown ?? "_" }.joined(separator: ", ")
        return Self.quoted(arguments.isEmpty ? step.action : "\(step.action)(\(arguments))")
      }
      let action = steps.count == 1 ? steps[0] : "[\(steps.joined(separator: ", "))]  # any of them"
      events.append(
        "\(header)\naction = \(action)\n" + Self.text(of: rule) + unjudged(rule, sample))
      return
    }
    if LogRuleBook.plainName(event).hasPrefix("init") {
      var rule = LogMapping.Rule(event: LogMapping.Pattern(event), meaning: .state)
      book.tell(&rule, sample)
      mapping.rules.append(rule)
      let action = "action = false  # no step: it tells the state"
      events.append("\(header)\n\(action)\n" + Self.text(of: rule) + unjudged(rule, sample))
      return
    }
    unmatched.append(event)
    let close = book.closest(to: event).map { ", perhaps \($0)" } ?? ""
    events.append(
      "# TODO: no action has this name\(close). Write its action, or false if it is no step.\n# \(header)\n# action = \"…\"\n"
    )
  }

  /// A remark on the members of an event's lines that the rule does not read.
  private func unjudged(_ rule: LogMapping.Rule, _ sample: [JSONValue.Member]) -> String {
    var texts: [LogText] = []
    if case .steps(let sequences) = rule.meaning {
      texts = sequences.flatMap { $0 }.flatMap(\.arguments).compactMap { $0 }
    }
    for condition in rule.conditions {
      if case .equal(let left, let right) = condition { texts += [left, right] }
    }
    let fields =
      texts.flatMap(\.fields) + mapping.event + [mapping.node, mapping.clock, rule.updates].compactMap { $0 }
    if fields.contains(where: \.path.isEmpty) { return "" }
    let read = Set(fields.compactMap(\.path.first))
    let others = sample.map(\.name).filter { !read.contains($0) }
    if others.isEmpty { return "" }
    let names = others.map { Printable.line($0) }.joined(separator: ", ")
    return "# TODO: nothing is named like \(names): what the lines say there is not judged\n"
  }

  private static func text(of rule: LogMapping.Rule) -> String {
    let conditions = rule.conditions.compactMap { condition -> String? in
      guard case .equal(let left, let right) = condition else { return nil }
      return "\(quoted(left.shown)) = \(quoted(right.shown))\n"
    }
    return conditions.joined() + (rule.updates.map { "updates = \(quoted($0.description))\n" } ?? "")
  }

  static func quoted(_ text: String) -> String { JSONValue.string(text).text() }

  var text: String {
    var parts = [
      "# How the lines of a log speak of the model. This was guessed from names: look it through.",
      "# The actions: \(actions.joined(separator: "; "))",
    ]
    var fields: [String] = []
    let event = mapping.event.map { Self.quoted($0.path.joined(separator: ".")) }
    fields.append("event = \(event.count == 1 ? event[0] : "[\(event.joined(separator: ", "))]")")
    for (name, field) in [("node", mapping.node), ("clock", mapping.clock)] {
      let found = field.map { "\(name) = \(Self.quoted($0.path.joined(separator: ".")))" }
      fields.append(found ?? "# \(name) = \"…\"  # TODO: no field was found")
    }
    parts.append("\n[fields]\n" + fields.joined(separator: "\n"))
    if !constants.isEmpty { parts.append("\n[constants]\n" + constants.joined(separator: "\n")) }
    parts.append(
      "\n# [unlogged]  # actions that happen without a line, and how often at most\n# \(explorer.signatures.first?.name ?? "Action") = 1\n"
    )
    return (parts + events).joined(separator: "\n")
  }
}
