internal import StateSpace

/// Writes a trace as a sequence diagram of [Mermaid](https://mermaid.js.org/syntax/sequenceDiagram.html): a participant
/// for each node, a note for each step, an arrow where a message is handled with the step that sent it, and crosses for
/// messages that were lost or are still in flight.
package enum MermaidWriter {
  /// Without a structure that has nodes it is a sequence of notes.
  package static func text(_ trace: Trace, structure: ProtocolStructure? = nil) -> String {
    var lines = ["sequenceDiagram"]
    guard let structure, let diagram = SpaceTime(trace, structure: structure) else {
      lines.append("  participant spec as \(escaped(trace.metadata.model ?? "spec"))")
      for (index, step) in trace.steps.enumerated() {
        lines.append("  Note over spec: \(title(index, step.label))")
      }
      return lines.joined(separator: "\n") + "\n"
    }
    for (lane, name) in diagram.lanes.enumerated() {
      lines.append("  participant p\(lane) as \(escaped(name))")
    }
    for (number, step) in diagram.steps.enumerated() where number > 0 {
      lines += stepLines(number, step, diagram, note: trace.stepNotes[number])
    }
    for arrow in diagram.arrows where arrow.received == nil {
      guard let from = arrow.from ?? arrow.to else { continue }
      let words = "\(arrow.text) (sent at \(arrow.sent), in flight)"
      lines.append("  p\(from)--xp\(arrow.to ?? from): \(escaped(words))")
    }
    if let loop = trace.loop, !diagram.lanes.isEmpty {
      let words = loop == trace.steps.count - 1 ? "stutters for ever" : "back to state \(loop)"
      lines.append("  Note over \(everyone(diagram)): \(words)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func stepLines(
    _ number: Int, _ step: SpaceTime.Step, _ diagram: SpaceTime, note: String?
  ) -> [String] {
    var lines: [String] = []
    for index in step.received {
      let arrow = diagram.arrows[index]
      guard let from = arrow.from ?? arrow.to else { continue }
      let suspicion = arrow.suspicion.map { ", \($0)" } ?? ""
      let words = "\(arrow.text) (sent at \(arrow.sent)\(suspicion)\(arrow.isLost ? ", lost" : ""))"
      lines.append("  p\(from)\(arrow.isLost ? "-x" : "-)")p\(arrow.to ?? from): \(escaped(words))")
    }
    let place = step.lane.map { "p\($0)" } ?? everyone(diagram)
    let remarks = [step.note, note ?? ""].filter { !$0.isEmpty }.map { ": \(escaped($0))" }.joined()
    lines.append("  Note over \(place): \(title(number, step.label))\(remarks)")
    for link in step.links {
      lines.append("  Note over p\(link.first),p\(link.second): \(link.isCut ? "split" : "healed")")
    }
    return lines
  }

  private static func everyone(_ diagram: SpaceTime) -> String {
    diagram.lanes.count == 1 ? "p0" : "p0,p\(diagram.lanes.count - 1)"
  }

  private static func title(_ number: Int, _ label: ActionLabel?) -> String {
    escaped("\(number) \(label?.description ?? (number == 0 ? "initial state" : "unknown action"))")
  }

  /// What Mermaid or a browser would act on, as entities with numbers.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in Printable.line(text).unicodeScalars {
      if "#;<>&\"%{}\\".unicodeScalars.contains(scalar) {
        result += "#\(scalar.value);"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    // `end` on its own would end a block.
    return result.lowercased() == "end" ? "\(result) " : result
  }
}
