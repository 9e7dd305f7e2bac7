internal import BigInt
internal import StateSpace

/// Reads the JSON that TLC's option `-dumpTrace json` writes.
///
///     wrapped   = { "counterexample": unwrapped, "vars": [name, …] }
///     unwrapped = { "state": [[1, {name: value, …}], …], "action": [[[1, {…}], {"name": …}, [2, {…}]], …] }
///     states    = [{name: value, …}, …]          (as the first versions wrote it)
///
/// TLC writes a set as an array, a function as an object or an array, and a model value as a string. So the trace is untyped.
struct TLCJSONReader {
  private let file: String

  static func read(_ source: TraceSource) throws -> TraceDocument? {
    guard case .json(let json) = source.contents, recognizes(json) else { return nil }
    return TraceDocument([try read(json, file: source.file)])
  }

  /// Whether an object has one of these forms and is not ITF.
  private static func recognizes(_ json: JSONValue) -> Bool {
    switch json {
    case .array: true
    case .object: json["states"] == nil && (json["counterexample"] != nil || json["state"] != nil)
    default: false
    }
  }

  private static func read(_ json: JSONValue, file: String) throws -> Trace {
    let reader = TLCJSONReader(file: file)
    if let wrapped = json["counterexample"] {
      return try reader.trace(wrapped, names: json["vars"], at: "counterexample.")
    }
    if case .array(let states) = json {
      let numbered = states.enumerated().map {
        (number: $0.offset + 1, state: $0.element, path: "[\($0.offset)]")
      }
      return try reader.trace(numbered, names: nil, actions: [], at: "")
    }
    return try reader.trace(json, names: json["vars"], at: "")
  }

  // MARK: States

  private func trace(_ json: JSONValue, names: JSONValue?, at path: String) throws -> Trace {
    guard let states = json["state"] else {
      throw TraceReadingError(
        foreign: "an array with the states is expected here", file: file, path: path + "state")
    }
    let numbered = try array(states, at: path + "state").enumerated().map { index, pair in
      try self.numbered(pair, at: "\(path)state[\(index)]")
    }
    var actions: [Action] = []
    if let list = json["action"] {
      actions = try array(list, at: path + "action").enumerated().map {
        try action($0.element, at: "\(path)action[\($0.offset)]")
      }
    }
    return try trace(numbered.sorted { $0.number < $1.number }, names: names, actions: actions, at: path)
  }

  private func trace(
    _ states: [(number: Int, state: JSONValue, path: String)], names: JSONValue?, actions: [Action],
    at path: String
  ) throws -> Trace {
    guard let first = states.first else {
      throw error(path.isEmpty ? nil : path + "state", "the trace has no states", nil)
    }
    guard case .object(let members) = first.state else {
      throw error(first.path, "an object with the variables is expected here, not \(first.state.kind)", nil)
    }
    // TLC lists the separate names in an arbitrary order, as a set. A state has them in the specification's order.
    let variables = members.map(\.name)
    if case .array(let listed) = names {
      for case .string(let name) in listed where !variables.contains(name) {
        throw error(
          first.path, "the state has no value for \(name)",
          "each state needs a value for every name in \"vars\"")
      }
    }
    guard !variables.isEmpty else { throw error(first.path, "the state has no variables", nil) }
    if let name = variables.first(where: { $0.hasPrefix("#") }) {
      throw error(first.path, "\(name) is no name of a variable", nil)
    }
    let labels = Dictionary(
      actions.map { ([$0.from, $0.to], $0.label) }, uniquingKeysWith: { first, _ in first })
    var steps: [TraceStep] = []
    for (index, entry) in states.enumerated() {
      guard entry.number == index + 1 else {
        throw error(entry.path, "the states are numbered from 1 on; state \(index + 1) is missing", nil)
      }
      steps.append(
        TraceStep(
          label: index == 0 ? nil : labels[[index, index + 1]] ?? nil,
          values: try variables.map { variable in
            guard let value = entry.state[variable] else {
              throw error(entry.path, "the state has no value for \(variable)", nil)
            }
            return try self.value(value, at: "\(entry.path).\(variable)")
          }))
    }
    let back = actions.last { $0.from == steps.count }
    if let back, !(1...steps.count).contains(back.to) {
      throw error(path + "action", "the trace has no state \(back.to) to go back to", nil)
    }
    return Trace(
      variables: variables, steps: steps, loop: back.map { $0.to - 1 }, closing: back?.label,
      metadata: Trace.Metadata(model: actions.compactMap(\.module).first), isUntyped: true)
  }

  /// `[1, {…}]`
  private func numbered(
    _ json: JSONValue, at path: String
  ) throws -> (number: Int, state: JSONValue, path: String) {
    guard case .array(let parts) = json, parts.count == 2, case .integer(let number) = parts[0] else {
      throw error(path, "a pair of a state's number and the state is expected here", nil)
    }
    return (number, parts[1], path + "[1]")
  }

  // MARK: Actions

  private struct Action {
    let from: Int
    let to: Int
    let label: ActionLabel?
    let module: String?
  }

  /// `[[1, {…}], {"name": "Register", "parameters": ["n"], "context": {"n": "n1"}, "location": {…}}, [2, {…}]]`
  private func action(_ json: JSONValue, at path: String) throws -> Action {
    guard case .array(let parts) = json, parts.count == 3 else {
      throw error(path, "a state, an action and a state are expected here", nil)
    }
    let from = try numbered(parts[0], at: path + "[0]").number
    let to = try numbered(parts[2], at: path + "[2]").number
    var module: String?
    if case .string(let name) = parts[1]["location"]?["module"] { module = name }
    guard case .string(let name) = parts[1]["name"], !["Next", "Action", ""].contains(name) else {
      return Action(from: from, to: to, label: nil, module: module)
    }
    var arguments: [PlainValue] = []
    if case .array(let parameters) = parts[1]["parameters"] {
      for case .string(let parameter) in parameters {
        guard let bound = parts[1]["context"]?[parameter] else { continue }
        arguments.append(try value(bound, at: "\(path)[1].context.\(parameter)"))
      }
      // An incomplete list of arguments would be mistaken for a complete one.
      if arguments.count < parameters.count { arguments = [] }
    }
    return Action(from: from, to: to, label: ActionLabel(name: name, arguments: arguments), module: module)
  }

  // MARK: Values

  private func value(_ json: JSONValue, at path: String) throws -> PlainValue {
    switch json {
    case .boolean(let truth): return .boolean(truth)
    case .integer(let number): return .integer(BigInt(number))
    case .largeInteger(let number): return .integer(number)
    case .string(let text): return .string(text)
    case .array(let elements):
      return .tuple(
        try elements.enumerated().map {
          try value($0.element, at: "\(path)[\($0.offset)]")
        })
    case .object(let members):
      // The function without arguments has one form, whatever JSON it comes from.
      if members.isEmpty { return .tuple([]) }
      return .record(
        try members.map {
          PlainValue.Field(name: $0.name, value: try value($0.value, at: "\(path).\($0.name)"))
        })
    case .number: throw error(path, "this number is no integer that can be read exactly", nil)
    case .null: throw error(path, "null is no value of TLA+", nil)
    }
  }

  private func array(_ json: JSONValue, at path: String) throws -> [JSONValue] {
    guard case .array(let elements) = json else {
      throw error(path, "an array is expected here, not \(json.kind)", nil)
    }
    return elements
  }

  private func error(_ path: String?, _ message: String, _ hint: String?) -> TraceReadingError {
    TraceReadingError(file: file, path: path, message: message, hint: hint)
  }
}
