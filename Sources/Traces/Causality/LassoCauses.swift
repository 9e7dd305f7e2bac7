package import StateSpace
import TLASemantics

/// Explains a counterexample to a temporal property by its messages: the lost ones, and those that nobody reads any more.
package enum LassoCauses {
  /// The most messages of a kind that are named.
  private static let mostMessages = 2

  /// The checker's sentences, and after those on the goal what became of the messages.
  package static func sentences(
    _ violation: Violation, explorer: Explorer, structure: ProtocolStructure
  ) -> [String] {
    guard violation.kind == .property, let loop = violation.loop else { return violation.why }
    return sentences(
      violation.why, of: violation.trace.map { TraceStep(label: $0.label, values: $0.values) },
      loopStart: loop.start, explorer: explorer, structure: structure)
  }

  /// The same for a trace with a loop.
  static func sentences(
    _ why: [String], of steps: [TraceStep], loopStart: Int, explorer: Explorer, structure: ProtocolStructure
  ) -> [String] {
    guard steps.allSatisfy({ $0.values.count == structure.variables.count }) else { return why }
    let history = CausalHistory(
      structure: structure, count: steps.count, values: { steps[$0].values }, label: { steps[$0].label })
    let messages = lost(history) + waiting(history, loopStart: loopStart, explorer)
    return why.prefix(1) + messages + why.dropFirst()
  }

  // MARK: Messages

  private static func lost(_ history: CausalHistory) -> [String] {
    let structure = history.structure
    var open: [(receiver: PlainValue, message: PlainValue, step: Int)] = []
    var result: [String] = []
    for step in 1..<max(1, history.count) {
      for change in history.changes(in: step) {
        switch change {
        case .sent(_, let receiver, let message): open.append((receiver, message, step))
        case .received(_, let receiver, let message), .lost(_, let receiver, let message):
          let index = open.firstIndex { $0.receiver == receiver && $0.message == message }
          let sent = index.map { open.remove(at: $0).step }
          guard case .lost = change, let sent else { continue }
          let words = structure.words(of: message, leavingOut: [])
          let by = history.label(step)?.description ?? "a step"
          result.append("\(words) sent to \(receiver) at \(sent) was lost by \(by) at \(step)")
        default: continue
        }
      }
    }
    return result.suffix(mostMessages)
  }

  /// The oldest message of each inbox, if nobody reads it in the loop, with the reason why the actions that read such inboxes do not.
  private static func waiting(_ history: CausalHistory, loopStart: Int, _ explorer: Explorer) -> [String] {
    let (structure, last) = (history.structure, history.last)
    var result: [String] = []
    for mailbox in structure.mailboxes {
      let node = structure.nodes[mailbox.node]
      guard structure.isOrdered(mailbox, in: history.values(last)),
        let first = structure.messages(in: mailbox, of: history.values(last)).first,
        (loopStart...last).allSatisfy({
          structure.messages(in: mailbox, of: history.values($0)).first == first
        }),
        !(loopStart + 1...max(last, loopStart + 1)).prefix(last - loopStart).contains(where: { step in
          history.changes(in: step).contains { change in
            if case .received(mailbox.variable, node, _) = change { true } else { false }
          }
        })
      else { continue }
      var sentence = "\(structure.words(of: first, leavingOut: [])) waits for ever in \(node)'s inbox"
      if let reason = refusal(of: first, in: mailbox, history, explorer) { sentence += ": \(reason)" }
      result.append(sentence)
    }
    return Array(result.prefix(mostMessages))
  }

  /// Why the action that takes messages of this kind is not enabled: `Apply(n2) needs \A other \in rows[d] : …`.
  private static func refusal(
    of message: PlainValue, in mailbox: Mailbox, _ history: CausalHistory, _ explorer: Explorer
  ) -> String? {
    let structure = history.structure
    guard let heads = structure.reads?.heads,
      let state = try? explorer.state(of: history.values(history.last))
    else { return nil }
    for status in explorer.actions(in: state) {
      guard heads[status.label.name]?.contains(mailbox.variable) ?? false,
        structure.actingNode(of: status.label) == structure.nodes[mailbox.node],
        let reason = status.disabledBecause, !reason.isAboutKind
      else { continue }
      let names = reason.witnesses.map { ", \($0.name) = \($0.value.brief)" }.joined()
      let values = reason.values.map { " (\($0))" } ?? ""
      return "\(status.label) cannot take it, because \(reason.expression)\(values) is "
        + "\(reason.holds ? "true" : "false")\(names)"
    }
    return nil
  }
}

extension Explanation {
  /// Whether the condition asks for another kind of message.
  fileprivate var isAboutKind: Bool {
    guard let sides else { return !parts.isEmpty && parts.allSatisfy(\.isAboutKind) }
    if case (.string, .string) = (sides.left, sides.right) { return true }
    return sides.left == sides.right && sides.left.description == "<<>>"
  }
}
