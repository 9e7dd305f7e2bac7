package import StateSpace

/// Writes a trace of any length state by state, so that it need not be in memory as a whole. It supports the formats in which each state
/// can be written on its own, and writes exactly what the format's own writer does.
package struct LongTraceWriter {
  private let isITF: Bool
  private let trace: Trace
  private let structure: ProtocolStructure?
  private var strings: Set<String> = []
  private var modelValues: [String] = []
  private var seen: Set<String> = []
  private lazy var encoder = ITFValueEncoder(modelValues: modelValues, strings: strings)

  /// `notes` are remarks on states, by index. Nil for a format that needs the whole trace.
  package init?(
    _ format: TraceFormat, variables: [String], loop: Int?, metadata: Trace.Metadata, notes: [Int: String],
    structure: ProtocolStructure
  ) {
    guard format == .itf || format == .tlc else { return nil }
    isITF = format == .itf
    trace = Trace(variables: variables, steps: [], loop: loop, metadata: metadata, stepNotes: notes)
    self.structure = structure
  }

  /// Whether every state must be given to `note` before the first is written.
  package var needsNotes: Bool { isITF }

  /// Notes the names in a state. Returns how many values it looked at.
  package mutating func note(_ step: TraceStep) -> Int {
    var count = 0
    for value in (step.label?.arguments ?? []) + step.values {
      value.forEachPart { part in
        count += 1
        switch part {
        case .string(let text): strings.insert(text)
        case .record(let fields): strings.formUnion(fields.map(\.name))
        case .modelValue(let name): if seen.insert(name).inserted { modelValues.append(name) }
        default: break
        }
      }
    }
    return count
  }

  /// The text before the first state.
  package var beginning: String {
    mutating get {
      guard isITF else { return "" }
      let head = JSONValue.object(ITFWriter.head(of: trace, encoder, modelValues: modelValues)).text(
        expanded: 3)
      return head.dropLast(2) + ",\n  \"states\": ["
    }
  }

  /// The state at an index.
  package mutating func state(_ step: TraceStep, at index: Int) -> String {
    guard isITF else {
      return TLCTextWriter.state(
        step, number: index + 1, of: trace.variables, isInitial: index == 0 && trace.beginsAtTheStart)
    }
    let state = ITFWriter.state(step, at: index, of: trace, encoder, structure)
    // Take the indentation that the state has inside the whole.
    let text = JSONValue.object([JSONValue.Member("states", .array([state]))]).text(expanded: 3)
    return (index > 0 ? "," : "") + text.dropFirst("{\n  \"states\": [".count).dropLast("\n  ]\n}".count)
  }

  /// The text after the last state; `start` is the state that the trace loops back to.
  package mutating func ending(after count: Int, loopingTo start: TraceStep?) -> String {
    guard !isITF else { return "\n  ]\n}\n" }
    guard let loop = trace.loop, start != nil else { return "" }
    return TLCTextWriter.loop(number: loop + 1, closing: trace.closing, lastNumber: count)
  }
}
