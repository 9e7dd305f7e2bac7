internal import StateSpace

/// Writes traces as ITF JSON (Apalache's ADR-015). The `#meta` of each state holds the action, its arguments, its node and the model's
/// digest.
package enum ITFWriter {
  /// The whole file, with one variable per line.
  package static func text(_ trace: Trace, structure: ProtocolStructure? = nil) -> String {
    json(trace, structure: structure).text(expanded: 3) + "\n"
  }

  /// The trace as an object that can stand inside other JSON. The node of a step is the argument that is one of the structure's nodes;
  /// without a structure, the first argument that is a model value.
  package static func json(_ trace: Trace, structure: ProtocolStructure? = nil) -> JSONValue {
    let encoder = ITFValueEncoder(for: trace)
    let states = trace.steps.enumerated().map { state($1, at: $0, of: trace, encoder, structure) }
    return .object(
      head(of: trace, encoder, modelValues: trace.modelValues) + [JSONValue.Member("states", .array(states))])
  }

  /// The members before the states.
  static func head(
    of trace: Trace, _ encoder: ITFValueEncoder, modelValues: [String]
  ) -> [JSONValue.Member] {
    let members = [
      JSONValue.Member("#meta", meta(trace, encoder, modelValues)),
      JSONValue.Member("vars", .array(trace.variables.map { .string($0) })),
    ]
    return members + (trace.loop.map { [JSONValue.Member("loop", .integer($0))] } ?? [])
  }

  /// The state at that index of the trace.
  static func state(
    _ step: TraceStep, at index: Int, of trace: Trace, _ encoder: ITFValueEncoder,
    _ structure: ProtocolStructure?
  ) -> JSONValue {
    let meta = stateMeta(trace, step, index, encoder, structure)
    let values = zip(trace.variables, step.values).map { JSONValue.Member($0, encoder.json($1)) }
    return .object([JSONValue.Member("#meta", meta)] + values)
  }

  private static func meta(
    _ trace: Trace, _ encoder: ITFValueEncoder, _ modelValues: [String]
  ) -> JSONValue {
    let metadata = trace.metadata
    var members = [
      JSONValue.Member("format", .string("ITF")),
      JSONValue.Member(
        "format-description", .string("https://apalache-mc.org/docs/adr/015adr-trace.html")),
    ]
    if let source = metadata.source { members.append(JSONValue.Member("description", .string(source))) }
    if let model = metadata.model { members.append(JSONValue.Member("model", .string(model))) }
    if let digest = metadata.digest { members.append(JSONValue.Member("modelDigest", .string(digest))) }
    members.append(JSONValue.Member("modelValues", .array(modelValues.map { .string($0) })))
    if !encoder.spelling.isEmpty {
      let spellings = modelValues.compactMap { name in
        encoder.spelling[name].map { JSONValue.Member(name, .string($0)) }
      }
      members.append(JSONValue.Member("modelValueSpelling", .object(spellings)))
    }
    if let closing = trace.closing {
      members += label(closing, encoder, names: ("loopAction", "loopArguments"))
    }
    if let violation = trace.violation {
      members.append(JSONValue.Member("violated", .string(violation.name)))
      members.append(JSONValue.Member("violatedAt", .integer(violation.step)))
      if let explanation = violation.explanation {
        members.append(JSONValue.Member("explanation", .string(explanation)))
      }
      members.append(JSONValue.Member("why", .array(violation.why.map { .string($0) })))
    }
    if trace.isUntyped { members.append(JSONValue.Member("untyped", .boolean(true))) }
    if !metadata.notes.isEmpty {
      members.append(JSONValue.Member("notes", .array(metadata.notes.map { .string($0) })))
    }
    return .object(members)
  }

  private static func stateMeta(
    _ trace: Trace, _ step: TraceStep, _ index: Int, _ encoder: ITFValueEncoder,
    _ structure: ProtocolStructure?
  ) -> JSONValue {
    var members = [JSONValue.Member("index", .integer(index))]
    if let label = step.label {
      members += self.label(label, encoder, names: ("action", "arguments"))
      let node =
        structure?.actingNode(of: label)
        ?? label.arguments.first { if case .modelValue = $0 { true } else { false } }
      if let node { members.append(JSONValue.Member("node", encoder.json(node))) }
    }
    if let digest = trace.metadata.digest { members.append(JSONValue.Member("modelDigest", .string(digest))) }
    switch trace.omissions[index] {
    case .states(let count): members.append(JSONValue.Member("omitted", .integer(count)))
    case .unknown: members.append(JSONValue.Member("omitted", .null))
    case nil: break
    }
    if let note = trace.stepNotes[index] { members.append(JSONValue.Member("note", .string(note))) }
    if let lines = trace.logLines[index] {
      members.append(JSONValue.Member("lines", .array(lines.map { .integer($0) })))
    }
    return .object(members)
  }

  private static func label(
    _ label: ActionLabel, _ encoder: ITFValueEncoder, names: (action: String, arguments: String)
  ) -> [JSONValue.Member] {
    [
      JSONValue.Member(names.action, .string(label.name)),
      JSONValue.Member(names.arguments, .array(label.arguments.map(encoder.json))),
    ]
  }
}
