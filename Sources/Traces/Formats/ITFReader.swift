internal import StateSpace

/// Reads ITF JSON, our own and that of other tools, and the trace in the output of `check --json`.
enum ITFReader {
  static func read(_ source: TraceSource) throws -> TraceDocument? {
    guard case .json(let json) = source.contents else { return nil }
    if let outcome = string(json["outcome"]), json["states"] == nil, let trace = json["trace"] {
      guard case .object = trace else {
        throw TraceReadingError(
          file: source.file, message: "this check found no trace: its outcome is \(outcome)", hint: nil)
      }
      return TraceDocument([try read(trace, file: source.file)])
    }
    return TraceDocument([try read(json, file: source.file)])
  }

  private static func read(_ json: JSONValue, file: String) throws -> Trace {
    func error(_ path: String?, _ message: String, _ hint: String? = nil) -> TraceReadingError {
      TraceReadingError(file: file, path: path, message: message, hint: hint)
    }
    guard case .object = json else {
      throw TraceReadingError(
        foreign: "the file holds \(json.kind), not a trace", file: file)
    }
    guard let stateList = json["states"] else {
      throw TraceReadingError(foreign: "the file has no \"states\": it is no trace", file: file)
    }
    guard case .array(let states) = stateList else {
      throw error("states", "an array is expected here, not \(stateList.kind)")
    }
    guard !states.isEmpty else { throw error("states", "the trace has no states") }
    // Apalache lists the constants separately and also among the variables.
    let parameters = strings(json["params"])
    let variables = try variables(json["vars"], file: file).filter { !parameters.contains($0) }
    guard !variables.isEmpty else { throw error("vars", "the trace has no variables") }
    let meta = json["#meta"]
    let decoder = ITFValueDecoder(modelValues: modelValues(meta), file: file)
    var steps: [TraceStep] = []
    var notes: [Int: String] = [:]
    var omissions: [Int: Trace.Omission] = [:]
    for (index, state) in states.enumerated() {
      guard case .object(let members) = state else {
        throw error("states[\(index)]", "an object is expected here, not \(state.kind)")
      }
      let values = Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
      steps.append(
        TraceStep(
          label: try label(
            values["#meta"], decoder, names: ("action", "arguments"), at: "states[\(index)][\"#meta\"]"),
          values: try variables.map { variable in
            guard let value = values[variable] else {
              throw error(
                "states[\(index)]", "the state has no value for \(variable)",
                "each state needs a value for every name in \"vars\"")
            }
            return try decoder.value(value, at: "states[\(index)].\(variable)")
          }))
      if case .string(let note) = values["#meta"]?["note"] { notes[index] = note }
      switch values["#meta"]?["omitted"] {
      case .integer(let count) where (1...Trace.mostStates).contains(count): omissions[index] = .states(count)
      case .null: omissions[index] = .unknown
      default: break
      }
    }
    let loop = try loop(json["loop"], count: states.count, file: file)
    let trace = Trace(
      variables: variables, steps: steps, loop: loop,
      closing: loop == nil
        ? nil
        : try label(meta, decoder, names: ("loopAction", "loopArguments"), at: "[\"#meta\"]"),
      violation: violation(meta, count: states.count), metadata: metadata(meta), stepNotes: notes,
      omissions: omissions, isUntyped: meta?["untyped"] == .boolean(true))
    return QuintTrace.plain(trace)
  }

  private static func variables(_ json: JSONValue?, file: String) throws -> [String] {
    guard case .array(let names) = json else {
      throw TraceReadingError(
        foreign: "an array with the names of the variables is expected here", file: file, path: "vars")
    }
    var seen = Set<String>()
    return try names.enumerated().compactMap { index, name in
      guard case .string(let text) = name, !text.hasPrefix("#") else {
        throw TraceReadingError(
          file: file, path: "vars[\(index)]", message: "the name of a variable is expected here", hint: nil)
      }
      guard seen.insert(text).inserted else {
        // Quint lists its own variables twice.
        if text.hasPrefix("mbt::") { return nil }
        throw TraceReadingError(
          file: file, path: "vars[\(index)]", message: "\(text) stands here for the second time", hint: nil)
      }
      return text
    }
  }

  private static func loop(_ json: JSONValue?, count: Int, file: String) throws -> Int? {
    switch json {
    case nil, .null: return nil
    case .integer(let index) where (0..<count).contains(index): return index
    default:
      throw TraceReadingError(
        file: file, path: "loop", message: "the index of a state (0 to \(count - 1)) is expected here",
        hint: nil)
    }
  }

  private static func violation(_ meta: JSONValue?, count: Int) -> Trace.Violation? {
    guard let name = string(meta?["violated"]), case .integer(let step)? = meta?["violatedAt"],
      (0..<count).contains(step)
    else { return nil }
    return Trace.Violation(
      name: name, step: step, explanation: string(meta?["explanation"]), why: strings(meta?["why"]))
  }

  private static func label(
    _ meta: JSONValue?, _ decoder: ITFValueDecoder, names: (action: String, arguments: String),
    at path: String
  ) throws -> ActionLabel? {
    guard case .string(let name) = meta?[names.action] else { return nil }
    guard case .array(let arguments) = meta?[names.arguments] else { return ActionLabel(name: name) }
    return ActionLabel(
      name: name,
      arguments: try arguments.enumerated().map {
        try decoder.value($0.element, at: "\(path).\(names.arguments)[\($0.offset)]")
      })
  }

  private static func modelValues(_ meta: JSONValue?) -> [String: String] {
    var result: [String: String] = [:]
    for name in strings(meta?["modelValues"]) { result[name] = name }
    if case .object(let spellings) = meta?["modelValueSpelling"] {
      for spelling in spellings {
        guard let text = string(spelling.value) else { continue }
        result[spelling.name] = nil
        result[text] = spelling.name
      }
    }
    return result
  }

  private static func metadata(_ meta: JSONValue?) -> Trace.Metadata {
    Trace.Metadata(
      model: string(meta?["model"]), digest: string(meta?["modelDigest"]),
      source: string(meta?["description"]),
      notes: strings(meta?["notes"]))
  }

  private static func string(_ json: JSONValue?) -> String? {
    if case .string(let text) = json { text } else { nil }
  }

  private static func strings(_ json: JSONValue?) -> [String] {
    guard case .array(let elements) = json else { return [] }
    return elements.compactMap(string)
  }
}
