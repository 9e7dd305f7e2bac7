import StateSpace
import TLASemantics
import TLASyntax

/// The rules for the events of a log: those of the mapping, and for the other events rules that follow from their names.
struct LogRuleBook {
  enum Choice {
    case rule(Int)
    case ignored
    case unknown
  }

  private(set) var rules: [LogRule] = []
  /// The fields whose values the names of each rule have.
  private(set) var fields: [[LogField]] = []
  /// Reads the values of variables, or of parts of them.
  let updates: LogUpdates
  private let mapping: LogMapping
  private let values: LogValues
  private let signatures: [ActionSignature]
  private let variables: [String]
  private let initial: [PlainValue]
  private let definitions: String
  /// The names that the specification knows.
  private let names: Set<String>
  /// The actions that a definition consists of.
  private let parts: (String) -> [ActionSignature]
  /// How many parameters a definition has; nil if there is no such definition.
  private let parameterCount: (String) -> Int?
  /// The rules as the mapping has them, with those that were made for events without one.
  private var written: [LogMapping.Rule] = []
  /// Nodes of the model that resemble those of the log, if the log's own nodes are not yet among the model's.
  var nodesOfModel: [PlainValue] = []
  /// The candidates for the events that were met: rules with their conditions on fields.
  private var known: [String: Candidates] = [:]

  private enum Candidates {
    case ignored
    case rules([(rule: Int, matches: [LogMapping.Match])])
  }

  init(_ mapping: LogMapping, _ explorer: Explorer, _ values: LogValues) {
    self.mapping = mapping
    self.values = values
    signatures = explorer.signatures
    variables = explorer.variables
    initial = (try? explorer.initialStates())?.first.map(explorer.values) ?? []
    updates = LogUpdates(variables, initial, values)
    let helper = "ToSet(s) == {s[i] : i \\in DOMAIN s}"
    names = Set(explorer.specification.knownNames)
    parts = explorer.actions(within:)
    parameterCount = explorer.parameterCount(of:)
    definitions = [names.contains("ToSet") ? "" : helper, mapping.definitions].filter { !$0.isEmpty }
      .joined(separator: "\n")
    for rule in mapping.rules { add(rule) }
  }

  /// Finds the rules for an event, by its name and the members that its lines have.
  mutating func learn(_ event: String, _ sample: [JSONValue.Member]) {
    if known[event] == nil { known[event] = candidates(for: event, sample) }
  }

  /// Whether some lines of the event may be judged.
  func judges(_ event: String) -> Bool {
    if case .rules(let rules)? = known[event] { !rules.isEmpty } else { false }
  }

  /// The rule for an event that was learned. `read` gives its first line and, if it spans several, its last one; it is called only if that
  /// matters.
  func rule(
    for event: String, read: () throws(LogProblem) -> (first: JSONValue, last: JSONValue?)
  ) throws(LogProblem) -> Choice {
    switch known[event] {
    case .ignored?: return .ignored
    case nil: return .unknown
    case .rules(let rules)?:
      guard let first = rules.first else { return .unknown }
      if first.matches.isEmpty { return .rule(first.rule) }
      let (line, last) = try read()
      let fitting = rules.first { $0.matches.allSatisfy { $0.isSatisfied(by: line, last) } }
      return fitting.map { .rule($0.rule) } ?? .unknown
    }
  }

  /// A rule for exactly this event comes before a rule for a pattern, and before what is ignored.
  private mutating func candidates(for event: String, _ sample: [JSONValue.Member]) -> Candidates {
    let fitting = mapping.rules.indices.filter { mapping.rules[$0].event.matches(event) }
    let exact = fitting.filter { mapping.rules[$0].event.isExact }
    if exact.isEmpty, mapping.ignored.contains(where: { $0.matches(event) }) { return .ignored }
    let rules = (exact + fitting.filter { !mapping.rules[$0].event.isExact }).map {
      (rule: $0, matches: mapping.rules[$0].matches)
    }
    if rules.isEmpty, let rule = mapping.event.isEmpty ? Self.anyStep : namesake(of: event, sample) {
      add(rule)
      return .rules([(self.rules.count - 1, [])])
    }
    return .rules(rules)
  }

  /// The rule for lines that name no event: each is any step, or none, and tells of variables.
  static var anyStep: LogMapping.Rule {
    var rule = LogMapping.Rule(
      event: LogMapping.Pattern("*"), meaning: .steps([[LogMapping.Step(action: "*", arguments: [])], []]))
    rule.updates = LogField([])
    return rule
  }

  /// The steps that the rules name.
  private var steps: [LogMapping.Step] {
    written.flatMap { rule -> [LogMapping.Step] in
      if case .steps(let sequences) = rule.meaning { sequences.flatMap { $0 } } else { [] }
    }
  }

  /// The actions that the mapping names, and the model's next-state relation does not have.
  private func missing(unlogged: [String]) -> [String] {
    let actions = Set(signatures.map(\.name))
    return (steps.map(\.action) + unlogged).uniqued().filter { $0 != "*" && !actions.contains($0) }
  }

  /// Remarks on definitions of the specification that the mapping treats as actions. They may be actions with other constants.
  func notes(unlogged: [String]) -> [String] {
    missing(unlogged: unlogged).filter { names.contains($0) && parts($0).isEmpty }.map {
      "\($0) is no action of the model with these constants, although the mapping names it as one; a step has the name of the innermost definition that makes it"
    }
  }

  /// Names in the mapping that the specification does not know.
  func problems(unlogged: [String]) -> [LogProblem] {
    let actions = Set(signatures.map(\.name))
    let missing = missing(unlogged: unlogged).filter { !names.contains($0) }
    var problems = missing.map { name in
      let hint = closest(to: name).map { " (did you mean \($0)?)" } ?? ""
      return LogProblem(message: "the mapping names the action \(name), which the model does not have\(hint)")
    }
    for step in steps.uniqued() where step.action != "*" {
      guard actions.contains(step.action) else {
        if let problem = problemOfWhole(step) { problems.append(problem) }
        continue
      }
      let most = signatures.filter { $0.name == step.action }.map(\.parameters.count).max() ?? 0
      if step.arguments.count > most {
        problems.append(
          LogProblem(
            message: "the mapping gives \(step.action) \(step.arguments.count) arguments, but it has \(most)")
        )
      }
    }
    return problems
  }

  /// The names of the model's actions that a name of the mapping stands for.
  func actions(meantBy name: String) -> [String] {
    let within = signatures.contains { $0.name == name } ? [] : parts(name)
    return within.isEmpty ? [name] : within.map(\.name).uniqued()
  }

  /// What is wrong with a step that is named by a definition that consists of actions.
  private func problemOfWhole(_ step: LogMapping.Step) -> LogProblem? {
    guard !parts(step.action).isEmpty, let count = parameterCount(step.action) else { return nil }
    if step.arguments.count > count {
      return LogProblem(
        message: "the mapping gives \(step.action) \(step.arguments.count) arguments, but it has \(count)")
    }
    let given = step.arguments.count { $0 != nil }
    if given == 0 || given == count { return nil }
    return LogProblem(
      message:
        "\(step.action) consists of several actions: the mapping must give all of its \(count) arguments, or none"
    )
  }

  /// The name of the rule's event.
  func title(of rule: Int) -> String { written[rule].event.text }

  /// The field whose members are updates in lines of the rule.
  func updates(of rule: Int) -> LogField? { written[rule].updates }

  /// The members that are not updates: the event, the node, the clock, and what the rule's expressions mention.
  func namesBesideUpdates(of rule: Int) -> Set<String> {
    guard let depth = written[rule].updates?.path.count else { return [] }
    let others = mapping.event + [mapping.node, mapping.clock].compactMap { $0 } + fields[rule]
    return Set(others.filter { $0.root == .line && $0.path.count > depth }.map { $0.path[depth] })
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
        .steps(sequences.flatMap { self.sequences(of: $0, note) })
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
    written.append(rule)
    rules.append(
      LogRule(
        names: fields.map(\.identifier), meaning: meaning, conditions: conditions, definitions: definitions))
    self.fields.append(fields)
  }

  /// The sequences of the model's actions that a sequence of the mapping stands for: a definition that consists of actions is any of them,
  /// in a step of which the definition is true.
  private func sequences(of steps: [LogMapping.Step], _ note: (LogText) -> String) -> [[LogRule.Step]] {
    steps.reduce([[]]) { begun, step in
      let arguments = step.arguments.map { $0.map(note) }
      let meant = actions(meantBy: step.action)
      let choices: [LogRule.Step]
      if meant == [step.action] {
        choices = [LogRule.Step(action: step.action, arguments: arguments)]
      } else {
        let given = arguments.compactMap { $0 }
        func call(_ arguments: [String]) -> String {
          arguments.isEmpty ? step.action : "\(step.action)(\(arguments.joined(separator: ", ")))"
        }
        let shown = call(step.arguments.compactMap { $0?.shown })
        let formula = LogRule.Condition(text: call(given), shown: shown)
        let isWhole = given.count == parameterCount(step.action)
        choices = meant.map { LogRule.Step(action: $0, formula: isWhole ? formula : nil) }
      }
      return begun.flatMap { sequence in choices.map { sequence + [$0] } }
    }
  }

  // MARK: Rules by name

  /// The rule for an event that has the name of an action: fields that are named like parameters give the arguments, and those that are
  /// named like variables their values after the step.
  func namesake(of event: String, _ sample: [JSONValue.Member]) -> LogMapping.Rule? {
    let exact = signatures.filter { $0.name == event }
    let alike = exact.isEmpty ? signatures.filter { Self.plainName($0.name) == Self.plainName(event) } : exact
    // The name may be that of a definition that consists of several actions.
    let meant = alike.first.map { [$0] } ?? within(event)
    if meant.isEmpty { return nil }
    let steps = meant.map { signature in
      let arguments = signature.parameters.enumerated().map { position, parameter -> LogText? in
        if let parameter, sample.contains(where: { $0.name == parameter }) {
          return try? LogText("$.\(parameter)")
        }
        // An action's first parameter is the node that takes it.
        return position == 0 ? mapping.node.flatMap { try? LogText($0.description) } : nil
      }
      return [LogMapping.Step(action: signature.name, arguments: arguments)]
    }
    var rule = LogMapping.Rule(event: LogMapping.Pattern(event), meaning: .steps(steps))
    tell(&rule, sample)
    return rule
  }

  /// The actions of the definition with the event's name, or with a like one.
  private func within(_ event: String) -> [ActionSignature] {
    let alike = names.contains(event) ? [event] : names.filter { Self.plainName($0) == Self.plainName(event) }
    return alike.sorted().lazy.map { parts($0) }.first { !$0.isEmpty } ?? []
  }

  /// `become_leader` and `BecomeLeader` are the same.
  static func plainName(_ name: String) -> String { name.lowercased().filter { $0.isLetter || $0.isNumber } }

  /// Adds the values that fields named like variables give for the state after a step. If the variable is a function of nodes, and the field
  /// gives no function, it speaks of the line's node.
  func tell(_ rule: inout LogMapping.Rule, _ sample: [JSONValue.Member]) {
    let node = mapping.node?.value(in: .object(sample)).map { values.plain($0) }
    var arguments: Set<String> = []
    if case .steps(let sequences) = rule.meaning {
      let texts = sequences.flatMap { $0 }.flatMap(\.arguments).compactMap { $0 }
      arguments = Set(texts.flatMap(\.fields).compactMap(\.path.first))
    }
    for (variable, value) in zip(variables, initial) {
      guard let given = sample.first(where: { $0.name == variable })?.value, !arguments.contains(variable),
        let field = try? LogText("$.\(variable)")
      else { continue }
      var place = "\(variable)'"
      if let node, let own = mapping.node, isOfNodes(value, node),
        !values.plain(given).has(argument: node, orText: true)
      {
        if case .object = given, updates.isPartial(given, of: variable) { continue }
        place += "[\(own)]"
      } else if case .object = given {
        continue
      }
      if let left = try? LogText(place) { rule.conditions.append(.equal(left, field)) }
    }
    let told = Set(
      rule.conditions.compactMap { condition -> String? in
        if case .equal(_, let right) = condition { right.onlyField?.path.first } else { nil }
      })
    let beside = told.union(arguments).union(
      (mapping.event + [mapping.node, mapping.clock].compactMap { $0 }).compactMap(\.path.first))
    let others = sample.filter { !beside.contains($0.name) }
    if others.contains(where: updates.tells) {
      rule.updates = LogField([])
    } else if let inner = others.first(where: { hasUpdates($0.value) }) {
      rule.updates = LogField([inner.name])
    }
  }

  /// Whether an object's members are values of variables: what loggers call the state.
  private func hasUpdates(_ json: JSONValue) -> Bool {
    if case .object(let members) = json { members.contains { variables.contains($0.name) } } else { false }
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
