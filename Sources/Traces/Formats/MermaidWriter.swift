internal import StateSpace
internal import TLASyntax

/// Writes a trace as a sequence diagram for Mermaid: a lane for each node, a note for each step on the lane of its node, and an arrow for
/// each message that the step sends. Messages and splits are derived from the changes of the steps. Without nodes there is one lane.
package enum MermaidWriter {
  package static func text(_ trace: Trace, structure: ProtocolStructure? = nil) -> String {
    let structure = structure.flatMap { $0.variables == trace.variables ? $0 : nil }
    let nodes = structure?.nodes ?? []
    var lines = ["sequenceDiagram"]
    if let model = trace.metadata.model {
      let source = trace.metadata.source.map { ": \($0)" } ?? ""
      lines.append("  accTitle: Trace of \(escaped(model))\(escaped(source))")
    }
    if nodes.isEmpty {
      lines.append("  participant p0 as \(escaped(trace.metadata.model ?? "model"))")
    } else {
      lines += nodes.enumerated().map { "  participant p\($0.offset) as \(escaped($0.element.description))" }
    }
    let everybody = nodes.count > 1 ? "p0,p\(nodes.count - 1)" : "p0"
    for (index, step) in trace.steps.enumerated() where index > 0 {
      if let omission = trace.omissions[index] {
        lines.append("  Note over \(everybody): … \(omission.words)")
      }
      lines += self.lines(of: step, at: index, trace, structure, everybody)
      if let note = trace.stepNotes[index] { lines.append("  Note over \(everybody): \(escaped(note))") }
      if let violation = trace.violation, violation.step == index {
        lines.append("  Note over \(everybody): ✗ \(escaped(violation.name))")
      }
    }
    if let loop = trace.loop {
      let words =
        loop == trace.steps.count - 1
        ? "stutters for ever"
        : "back to state \(trace.numbers[loop] - 1)" + (trace.closing.map { " by \($0)" } ?? "")
      lines.append("  Note over \(everybody): \(escaped(words))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(
    of step: TraceStep, at index: Int, _ trace: Trace, _ structure: ProtocolStructure?, _ everybody: String
  ) -> [String] {
    let number = trace.numbers[index] - 1
    let title = escaped("\(number) \(step.label?.description ?? "step")")
    guard let structure else { return ["  Note over p0: \(title)"] }
    let changes = StepChange.all(
      from: trace.steps[index - 1].values, to: step.values, label: step.label, in: structure)
    func lane(_ node: PlainValue) -> String? { structure.nodes.firstIndex(of: node).map { "p\($0)" } }
    let acting = structure.actingNode(of: step.label) ?? onlyReceiver(changes)
    let own = acting.flatMap(lane)
    var taken: [String] = []
    var sends: [String] = []
    var links: [String] = []
    for change in changes {
      switch change {
      case .received(_, let node, let message):
        let words = MessageText(message).words()
        if node == acting {
          taken.append(words)
        } else {
          lane(node).map { links.append("  Note over \($0): takes \(escaped(words))") }
        }
      case .lost(_, let node, let message):
        let words = MessageText(message).words()
        lane(node).map { links.append("  Note over \($0): loses \(escaped(words))") }
      case .sent(_, let node, let message):
        guard let target = lane(node) else { continue }
        // As in the space–time diagram: a node that acts sends to others, and what it gets comes from the node that the message names.
        let sender = acting != nil && acting != node ? acting : structure.sender(of: message) ?? acting
        let words = escaped(MessageText(message).words(leavingOut: sender.map { [$0] } ?? []))
        // Without a sender there is no arrow.
        sends.append(
          sender.flatMap(lane).map { "  \($0)-)\(target): \(words)" }
            ?? "  Note over \(target): gets \(words)")
      case .cut(let first, let second), .healed(let first, let second):
        guard let one = lane(first), let other = lane(second) else { continue }
        let isCut = if case .cut = change { true } else { false }
        links.append(
          "  Note over \(one),\(other): \(isCut ? "╳ link cut" : "── link healed")")
      case .other:
        continue
      }
    }
    let received = taken.isEmpty ? "" : "<br/>takes " + taken.map(escaped).joined(separator: ", ")
    return ["  Note over \(own ?? everybody): \(title)\(received)"] + links + sends
  }

  /// The only node that took a message, for a step whose name does not tell who acted; nil if there are several.
  private static func onlyReceiver(_ changes: [StepChange]) -> PlainValue? {
    var receivers: [PlainValue] = []
    for case .received(_, let node, _) in changes { receivers.append(node) }
    return receivers.count == 1 ? receivers[0] : nil
  }

  /// The text with everything that has a meaning in Mermaid or HTML as numbered entities. This includes the first letter of `end`, which
  /// would close a block.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in Printable.line(text) {
      if let code = character.asciiValue, "#;%<>&\"`\\{}".contains(character) {
        result += "#\(code);"
      } else {
        result.append(character)
      }
    }
    var words = result.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    for (index, word) in words.enumerated() where word.lowercased() == "end" {
      words[index] = "#\(word.utf8.first ?? 0x65);" + word.dropFirst()
    }
    return words.joined(separator: " ")
  }
}
