internal import TLASyntax
package import Traces

/// Reads the mapping of a log to a model.
///
///     extends = "other.log.toml"
///     order = "per-node"
///     initial = ["x = 0"]
///     ignore = ["heartbeat", "debug *"]
///     ranks = ["time"]
///     [fields]
///     event = ["event", "kind"]
///     node = "node"
///     clock = "ts"
///     [spans]
///     "handle *" = "done"
///     [names]
///     "syn1@host" = "n1"
///     [constants]
///     Nodes = { values = "node" }
///     MaxSplits = { count = "cut" }
///     [unlogged]
///     Crash = { count = "restart" }
///     [events.register]
///     action = "Register($.node)"
///     "registered'[$.node]" = "$.names"
///     [[events."handle *"]]
///     match = { "$end.reply" = "ok" }
///     …
package enum LogMappingReader {
  /// The mapping, without the entries that are wrong, and what is wrong with them. `open` gives the text of a file that the mapping extends,
  /// by its path beside the mapping.
  package static func read(
    _ text: String, open: (String) throws -> String
  ) throws -> (mapping: LogMapping, problems: [LogProblem]) {
    var reading = LogMappingReading()
    do {
      let file = try TOMLReader.read(text)
      if let base = file["extends"]?.string {
        let (mapping, problems) = try Self.read(try open(base)) { name in
          throw LogProblem(
            place: base, message: "it extends \(name), but an extended mapping cannot extend another")
        }
        reading.mapping = mapping
        reading.problems = problems.map { LogProblem(place: "\(base): \($0.place)", message: $0.message) }
      }
      reading.take(file)
    } catch let error as TOMLProblem {
      reading.problems = [
        LogProblem(place: "line \(error.line), column \(error.column)", message: error.message)
      ]
    }
    return (reading.mapping, reading.problems)
  }
}

private struct LogMappingReading {
  var mapping = LogMapping()
  var problems: [LogProblem] = []

  private mutating func complain(_ place: TOMLPlace, _ message: String) {
    problems.append(LogProblem(place: "line \(place.line), column \(place.column)", message: message))
  }

  private static let sections = [
    "extends", "order", "initial", "ignore", "ranks", "define", "fields", "spans", "names", "constants",
    "unlogged",
    "events",
  ]

  mutating func take(_ file: TOMLTable) {
    for key in file.keys {
      guard let item = file[key] else { continue }
      switch key {
      case "extends": _ = word(key, item)
      case "order": takeOrder(item)
      case "initial":
        for text in words(key, item) {
          do { mapping.initial.append(try LogText(text)) } catch { complain(item.place, error.message) }
        }
      case "ignore": mapping.ignored += words(key, item).map(LogMapping.Pattern.init)
      case "ranks": mapping.ranks.formUnion(words(key, item))
      case "define": mapping.definitions += "\n" + (word(key, item) ?? "")
      case "fields": takeFields(item)
      case "spans":
        each(key, item) { reading, name, item in
          guard let end = reading.word("spans.\(name)", item) else { return }
          reading.mapping.spans.append((LogMapping.Pattern(name), LogMapping.Pattern(end)))
        }
      case "names":
        each(key, item) { reading, name, item in
          reading.mapping.names[name] = reading.word("names.\(name)", item)
        }
      case "constants": each(key, item) { $0.takeConstant($1, $2) }
      case "unlogged":
        each(key, item) { reading, name, item in
          guard let count = reading.count("unlogged.\(name)", item) else { return }
          reading.mapping.unlogged.removeAll { $0.action == name }
          reading.mapping.unlogged.append((name, count))
        }
      case "events": each(key, item) { $0.takeEvent($1, $2) }
      default: complain(file.place(ofKey: key), "there is no setting \(key)\(hint(key, Self.sections))")
      }
    }
  }

  private mutating func takeOrder(_ item: TOMLItem) {
    let names = LogOrder.allCases.map(\.rawValue)
    guard let text = item.string, let order = LogOrder(rawValue: text) else {
      return complain(item.place, "order is one of \(names.joined(separator: ", "))")
    }
    mapping.order = order
  }

  private mutating func takeFields(_ item: TOMLItem) {
    each("fields", item) { reading, name, item in
      switch name {
      case "event":
        reading.mapping.namesEvents = true
        reading.mapping.event = reading.words("fields.event", item).compactMap {
          reading.field($0, item.place)
        }
      case "node":
        reading.mapping.node = reading.word("fields.node", item).flatMap { reading.field($0, item.place) }
      case "clock":
        reading.mapping.clock = reading.word("fields.clock", item).flatMap { reading.field($0, item.place) }
      default: reading.complain(item.place, "fields are event, node and clock, and not \(name)")
      }
    }
  }

  private mutating func takeConstant(_ name: String, _ item: TOMLItem) {
    mapping.constants.removeAll { $0.name == name }
    if let text = item.string { return mapping.constants.append((name, .text(text))) }
    if let table = item.table, let values = table["values"] {
      let fields = words("constants.\(name).values", values).compactMap { field($0, values.place) }
      var areStrings = false
      if case .boolean(let isTrue)? = table["strings"]?.value { areStrings = isTrue }
      check(table, ["values", "strings"], "constants.\(name)")
      return mapping.constants.append((name, .values(fields, areStrings: areStrings)))
    }
    if let table = item.table, let value = table["value"] {
      check(table, ["value"], "constants.\(name)")
      guard let field = word("constants.\(name).value", value).flatMap({ field($0, value.place) }) else {
        return
      }
      return mapping.constants.append((name, .value(field)))
    }
    guard let count = count("constants.\(name)", item) else { return }
    mapping.constants.append((name, .count(count)))
  }

  /// A number, `true` for no limit, or `{ count = "event", per = 2 }`.
  private mutating func count(_ key: String, _ item: TOMLItem) -> LogMapping.Count? {
    if let number = item.integer, number >= 0 { return .number(number) }
    if case .boolean(true) = item.value { return .unlimited }
    if let table = item.table, let pattern = table["count"]?.string {
      check(table, ["count", "per"], key)
      let per = table["per"]?.integer ?? 1
      if per >= 1 { return .lines(LogMapping.Pattern(pattern), per: per) }
    }
    complain(item.place, "\(key) is to be a number, or { count = \"EVENT\", per = 1 }")
    return nil
  }

  // MARK: Events

  private mutating func takeEvent(_ name: String, _ item: TOMLItem) {
    guard let tables = item.array ?? (item.table != nil ? [item] : nil) else {
      return complain(item.place, "events.\(name) is to be a section: [events.\"\(name)\"]")
    }
    // Rules for an event replace those that an extended mapping has for it.
    mapping.rules.removeAll { $0.event.text == name }
    for table in tables.compactMap(\.table) {
      if let rule = rule(for: name, table) { mapping.rules.append(rule) }
    }
  }

  private mutating func rule(for event: String, _ table: TOMLTable) -> LogMapping.Rule? {
    var rule = LogMapping.Rule(event: LogMapping.Pattern(event), meaning: .state)
    var isRight = true
    for key in table.keys {
      guard let item = table[key] else { continue }
      do {
        switch key {
        case "action", "actions":
          guard let sequences = try sequences(item) else {
            complain(item.place, "action is to be a step, as \"Register($.node)\", a list of steps, or false")
            isRight = false
            continue
          }
          rule.meaning = sequences
        case "match", "unless":
          guard let conditions = item.table else {
            complain(item.place, "\(key) is to be a table, as { \"$.kind\" = \"ok\" }")
            isRight = false
            continue
          }
          for name in conditions.keys {
            guard let wanted = conditions[name] else { continue }
            rule.matches.append(try match(name, wanted, isNegated: key == "unless"))
          }
        case "updates":
          guard let field = word(key, item).flatMap({ field($0, item.place) }) else {
            isRight = false
            continue
          }
          rule.updates = field
        case "where":
          for text in words(key, item) { rule.conditions.append(.predicate(try LogText(text))) }
        default:
          guard let value = item.scalarText else {
            complain(item.place, "expected an expression in quotes for \(key)")
            isRight = false
            continue
          }
          rule.conditions.append(.equal(try LogText(key), try LogText(value)))
        }
      } catch {
        complain(item.place, error.message)
        isRight = false
      }
    }
    return isRight ? rule : nil
  }

  /// `false`; a step; or a list whose elements are steps or lists of steps: any of them.
  private mutating func sequences(_ item: TOMLItem) throws(LogText.Problem) -> LogMapping.Rule.Meaning? {
    if case .boolean(false) = item.value { return .state }
    if let text = item.string { return .steps([[try LogStepReader.read(text)]]) }
    guard let elements = item.array else { return nil }
    var sequences: [[LogMapping.Step]] = []
    for element in elements {
      var steps: [LogMapping.Step] = []
      for step in element.array ?? [element] {
        guard let text = step.string else { return nil }
        steps.append(try LogStepReader.read(text))
      }
      sequences.append(steps)
    }
    return .steps(sequences)
  }

  private func match(
    _ name: String, _ item: TOMLItem, isNegated: Bool
  ) throws(LogText.Problem) -> LogMapping.Match {
    guard let field = LogField(name) else { throw LogText.Problem(message: "\(name) is no field") }
    if case .boolean(let isPresent) = item.value {
      return LogMapping.Match(field: field, wanted: .present(isPresent), isNegated: isNegated)
    }
    if let text = item.string, text.hasPrefix("$"), let other = LogField(text) {
      return LogMapping.Match(field: field, wanted: .sameAs(other), isNegated: isNegated)
    }
    let texts = (item.array ?? [item]).compactMap(\.scalarText)
    return LogMapping.Match(field: field, wanted: .oneOf(texts), isNegated: isNegated)
  }

  // MARK: Values

  /// The entries of a section.
  private mutating func each(
    _ section: String, _ item: TOMLItem, _ take: (inout LogMappingReading, String, TOMLItem) -> Void
  ) {
    guard let table = item.table else {
      return complain(item.place, "\(section) is to be a section: [\(section)]")
    }
    for name in table.keys {
      if let item = table[name] { take(&self, name, item) }
    }
  }

  private mutating func check(_ table: TOMLTable, _ keys: [String], _ section: String) {
    for key in table.keys where !keys.contains(key) {
      complain(table.place(ofKey: key), "\(section) has no setting \(key)\(hint(key, keys))")
    }
  }

  private mutating func field(_ text: String, _ place: TOMLPlace) -> LogField? {
    if let field = LogField(text) { return field }
    complain(place, "\(text) is no field, as event or event.name is")
    return nil
  }

  private mutating func word(_ key: String, _ item: TOMLItem) -> String? {
    if let text = item.string { return text }
    complain(item.place, "\(key) is to be a text")
    return nil
  }

  private mutating func words(_ key: String, _ item: TOMLItem) -> [String] {
    let items = item.array ?? [item]
    guard !items.contains(where: { $0.string == nil }) else {
      complain(item.place, "\(key) is to be a text or a list of texts")
      return []
    }
    return items.compactMap(\.string)
  }

  private func hint(_ name: String, _ names: [String]) -> String {
    closestName(to: name, in: names).map { " (did you mean \($0)?)" } ?? ""
  }
}

extension TOMLItem {
  /// A text, a whole number or a truth value as it is written in TLA+ or JSON.
  fileprivate var scalarText: String? {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .boolean(let truth): truth ? "true" : "false"
    default: nil
    }
  }
}
