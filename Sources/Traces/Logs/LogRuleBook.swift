import StateSpace
import TLASemantics
import TLASyntax

/// The rules for the events of a log: those of the mapping, and for the others what their names say.
struct LogRuleBook {
  enum Choice {
    case rule(Int)
    case ignored
    case unknown
  }

  private(set) var rules: [LogRule] = []
  /// The fields whose values the names of each rule have.
  private(set) var fields: [[LogField]] = []
  private let mapping: LogMapping
  private let values: LogValues
  private let signatures: [ActionSignature]
  private let variables: [String]
  private let initial: [PlainValue]
  private let definitions: String
  /// The names of the members of all lines.
  private let members: Set<String>
  /// Values that are nodes like those of the log, if the log's own are none of the model's yet.
  var nodesOfModel: [PlainValue] = []
  /// The candidates for the events that were met: rules with their conditions on fields.
  private var known: [String: Candidates] = [:]

  private enum Candidates {
    case ignored
    case rules([(rule: Int, matches: [LogMapping.Match])])
  }

  init(_ mapping: LogMapping, _ explorer: Explorer, _ values: LogValues, members: Set<String>) {
    self.members = members
    self.mapping = mapping
    self.values = values
    signatures = explorer.signatures
    variables = explorer.variables
    initial = (try? explorer.initialStates())?.first.map(explorer.values) ?? []
    let helper = "ToSet(s) == {s[i] : i \\in DOMAIN s}"
    let names = Set(explorer.specification.knownNames)
    definitions = [names.contains("ToSet") ? "" : helper, mapping.definitions].filter { !$0.isEmpty }
      .joined(separator: "\n")
    for rule in mapping.rules { add(rule) }
  }

  /// The rule for an event. `read` gives its first line and, if it spans several, its last one; it is called only if that matters.
  mutating func rule(
    for event: String, read: () throws -> (first: JSONValue, last: JSONValue?)
  ) rethrows -> Choice {
    var found = known[event]
    if found == nil { found = self.candidates(for: event, try read().first) }
    guard let candidates = found else { return .unknown }
    known[event] = candidates
    switch candidates {
    case .ignored: return .ignored
    case .rules(let rules):
      guard let first = rules.first else { return .unknown }
      if first.matches.isEmpty { return .rule(first.rule) }
      let (line, last) = try read()
      let fitting = rules.first { $0.matches.allSatisfy { $0.isSatisfied(by: line, last) } }
      return fitting.map { .rule($0.rule) } ?? .unknown
    }
  }

  /// A rule for exactly this event comes before a rule for a pattern, and before what is ignored.
  private mutating func candidates(for event: String, _ line: JSONValue) -> Candidates {
    let fitting = mapping.rules.indices.filter { mapping.rules[$0].event.matches(event) }
    let exact = fitting.filter { mapping.rules[$0].event.isExact }
    if exact.isEmpty, mapping.ignored.contains(where: { $0.matches(event) }) { return .ignored }
    var rules = (exact + fitting.filter { !mapping.rules[$0].event.isExact }).map {
      (rule: $0, matches: mapping.rules[$0].matches)
    }
    if rules.isEmpty, let rule = namesake(of: event, line) {
      add(rule)
      rules = [(self.rules.count - 1, [])]
    }
    return .rules(rules)
  }

  /// The action whose name is most like the event's; nil if none is.
  func closest(to event: String) -> String? { closestName(to: event, in: signatures.map(\.name)) }

  /// What must be true of the initial state.
  var initialConditions: LogRule {
    LogRule(
      meaning: .state, conditions: mapping.initial.map { LogRule.Condition(text: $0.text, shown: $0.shown) },
      definitions: definitions)
  }

  // MARK: Rules of the mapping

  private mutating func add(_ rule: LogMapping.Rule) {
    var fields: [LogField] = []
    func note(_ text: LogText) -> String {
      for field in text.fields where !fields.contains(field) { fields.append(field) }
      return text.text
    }
    let meaning: LogRule.Meaning =
      switch rule.meaning {
      case .state: .state
      case .steps(let sequences):
        .steps(
          sequences.map { steps in
            steps.map { LogRule.Step(action: $0.action, arguments: $0.arguments.map { $0.map(note) }) }
          })
      }
    let conditions = rule.conditions.map { condition -> LogRule.Condition in
      switch condition {
      case .predicate(let text): return LogRule.Condition(text: note(text), shown: text.shown)
      case .equal(let left, let right):
        let shown = "\(left.shown) = \(right.shown)"
        if let field = right.onlyField {
          _ = note(right)
          return LogRule.Condition(text: note(left), field: fields.firstIndex(of: field), shown: shown)
        }
        return LogRule.Condition(text: "(\(note(left))) = (\(note(right)))", shown: shown)
      }
    }
    rules.append(
      LogRule(
        names: fields.map(\.identifier), meaning: meaning, conditions: conditions, definitions: definitions))
    self.fields.append(fields)
  }

  // MARK: Rules by name

  /// The rule for an event that has the name of an action: fields that are named like parameters give the arguments, and those that are
  /// named like variables their values after the step.
  func namesake(of event: String, _ line: JSONValue) -> LogMapping.Rule? {
    let exact = signatures.filter { $0.name == event }
    let alike = exact.isEmpty ? signatures.filter { Self.plainName($0.name) == Self.plainName(event) } : exact
    guard let signature = alike.first else { return nil }
    let arguments = signature.parameters.enumerated().map { position, parameter -> LogText? in
      if let parameter, members.contains(parameter) { return try? LogText("$.\(parameter)") }
      // An action's first parameter is the node that takes it.
      return position == 0 ? mapping.node.flatMap { try? LogText($0.description) } : nil
    }
    var rule = LogMapping.Rule(
      event: LogMapping.Pattern(event),
      meaning: .steps([[LogMapping.Step(action: signature.name, arguments: arguments)]]))
    rule.conditions = conditions(line)
    return rule
  }

  /// `become_leader` and `BecomeLeader` are the same.
  static func plainName(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

  /// What fields that are named like variables say of the state after a step. If the variable is a function of nodes, and the field gives
  /// no function, it speaks of the line's node.
  func conditions(_ line: JSONValue?) -> [LogMapping.Condition] {
    let node = line.flatMap { mapping.node?.value(in: $0) }.map { values.plain($0) }
    return zip(variables, initial).compactMap { variable, value in
      guard members.contains(variable), let field = try? LogText("$.\(variable)") else { return nil }
      var place = "\(variable)'"
      if let node, let own = mapping.node, isOfNodes(value, node), let given = line?[variable],
        !values.plain(given).has(argument: node, orText: true)
      {
        place += "[\(own)]"
      }
      return (try? LogText(place)).map { .equal($0, field) }
    }
  }
}

extension LogRuleBook {
  /// Whether a variable's value has a value for each node.
  private func isOfNodes(_ value: PlainValue, _ node: PlainValue) -> Bool {
    value.has(argument: node)
      || !nodesOfModel.isEmpty && nodesOfModel.allSatisfy { value.has(argument: $0) }
  }
}

extension PlainValue {
  /// Whether the value is a function that is defined there. A text may stand for a model value.
  fileprivate func has(argument: PlainValue, orText: Bool = false) -> Bool {
    switch self {
    case .function(let pairs):
      pairs.contains { $0.argument == argument || orText && "\($0.argument)" == "\(argument)" }
    case .record(let fields):
      fields.contains { .string($0.name) == argument || orText && $0.name == "\(argument)" }
    case .tuple(let elements):
      if case .integer(let number) = argument { number >= 1 && number <= elements.count } else { false }
    default: false
    }
  }
}

extension LogMapping.Match {
  fileprivate func isSatisfied(by line: JSONValue, _ last: JSONValue?) -> Bool {
    func value(_ field: LogField) -> JSONValue? {
      switch field.root {
      case .line: field.value(in: line)
      case .end: last.flatMap { field.value(in: $0) }
      case .between: nil
      }
    }
    let found = value(field)
    let isSo =
      switch wanted {
      case .oneOf(let texts): found?.scalarText.map(texts.contains) ?? false
      case .sameAs(let other): found != nil && found == value(other)
      case .present(let isPresent): (found != nil) == isPresent
      }
    return isSo != isNegated
  }
}
