import StateSpace
import TLASemantics

/// What decides whether a message that a step takes out of a mailbox was read or lost.
struct Removal {
  /// The node that it waited for.
  let receiver: PlainValue
  /// The node that it came from; nil when that is not known.
  let sender: PlainValue?
  /// Its place in the mailbox before the step.
  let position: Int
  /// No other message is taken by the same step.
  let isAlone: Bool
}

extension ProtocolStructure {
  /// Whether nobody has read a message that a step takes out of a mailbox. It was lost
  /// - when the action names other nodes than the receiver, and the receiver does not act;
  /// - when the action does not look at what is in the mailboxes, as a crash that empties one;
  /// - when the step cuts the link that it comes over, unless it is the head, alone, and the action reads the heads.
  ///
  /// What an action looks at is known of a model, not of a trace alone.
  func loses(
    _ removal: Removal, from mailbox: Mailbox, by label: ActionLabel, acting: PlainValue?,
    cuts: some Sequence<(PlainValue, PlainValue)>
  ) -> Bool {
    if tokens.contains(where: { $0.variable == mailbox.variable }) { return false }
    let named = label.arguments.filter(nodes.contains)
    if !named.isEmpty, acting != removal.receiver, !named.contains(removal.receiver) { return true }
    if takesUnread(from: mailbox.variable, by: label) { return true }
    // Of two nodes it is clear which one sent what the message does not say.
    let other = nodes.count == 2 ? nodes.first { $0 != removal.receiver } : nil
    guard let sender = removal.sender ?? other, sender != removal.receiver else { return false }
    let isCut = cuts.contains {
      $0 == (sender, removal.receiver) || $0 == (removal.receiver, sender)
    }
    guard isCut else { return false }
    let mayBeRead = reads?.heads[label.name]?.contains(mailbox.variable) ?? true
    return !(removal.position == 0 && removal.isAlone && mayBeRead)
  }

  /// Whether an action takes what it takes from a variable without a look at it.
  func takesUnread(from variable: Int, by label: ActionLabel) -> Bool {
    reads?.looked[label.name].map { !$0.contains(variable) } ?? false
  }
}

extension [StepChange] {
  /// The nodes between which links are cut.
  var cuts: [(PlainValue, PlainValue)] {
    compactMap { if case .cut(let one, let other) = $0 { (one, other) } else { nil } }
  }
}
