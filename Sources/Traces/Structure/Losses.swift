import StateSpace
import TLASemantics

/// The facts that decide whether a message that a step takes out of a mailbox was read or lost.
struct Removal {
  /// The node that the message waited for.
  let receiver: PlainValue
  /// The node that the message came from; nil if that is not known.
  let sender: PlainValue?
  /// The message's position in the mailbox before the step.
  let position: Int
  /// Whether the step takes no other message.
  let isAlone: Bool
}

extension ProtocolStructure {
  /// Whether nobody has read a message that a step takes out of a mailbox. It was lost
  /// - if the action names other nodes than the receiver, and the receiver does not act;
  /// - if the action does not look at the contents of the mailboxes, like a crash that empties one;
  /// - if the step cuts the link of the message, unless the message is the head, alone, and the action reads the heads.
  ///
  /// Only a model shows what an action looks at; a trace alone does not.
  func loses(
    _ removal: Removal, from mailbox: Mailbox, by label: ActionLabel, acting: PlainValue?,
    cuts: some Sequence<(PlainValue, PlainValue)>
  ) -> Bool {
    if tokens.contains(where: { $0.variable == mailbox.variable }) { return false }
    let named = label.arguments.filter(nodes.contains)
    if !named.isEmpty, acting != removal.receiver, !named.contains(removal.receiver) { return true }
    if takesUnread(from: mailbox.variable, by: label) { return true }
    // With two nodes, the sender is clear even if the message does not name it.
    let other = nodes.count == 2 ? nodes.first { $0 != removal.receiver } : nil
    guard let sender = removal.sender ?? other, sender != removal.receiver else { return false }
    let isCut = cuts.contains {
      $0 == (sender, removal.receiver) || $0 == (removal.receiver, sender)
    }
    guard isCut else { return false }
    let mayBeRead = reads?.heads[label.name]?.contains(mailbox.variable) ?? true
    return !(removal.position == 0 && removal.isAlone && mayBeRead)
  }

  /// Whether an action removes things from a variable without looking at them.
  func takesUnread(from variable: Int, by label: ActionLabel) -> Bool {
    reads?.looked[label.name].map { !$0.contains(variable) } ?? false
  }
}

extension [StepChange] {
  /// The pairs of nodes whose links are cut.
  var cuts: [(PlainValue, PlainValue)] {
    compactMap { if case .cut(let one, let other) = $0 { (one, other) } else { nil } }
  }
}
