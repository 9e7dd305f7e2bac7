import StateSpace

/// The messages of one variable that wait for a node, from all senders.
package struct CardInbox: Sendable {
  package let name: String
  package let isChanged: Bool
  /// The number of messages before the step.
  package let before: Int
  private let rows: [(mailbox: Mailbox, position: Int, message: PlainValue)]
  private let structure: ProtocolStructure
  private let values: [PlainValue]
  private let step: Int
  private let facts: PathFacts
  private let receiver: Int

  /// The messages in a state that `step` led to, with `previous` before it. Nil if no messages of that variable can wait for the node.
  init?(
    _ variable: Int, of receiver: Int, in structure: ProtocolStructure, values: [PlainValue],
    previous: [PlainValue]?, step: Int, facts: PathFacts
  ) {
    let mailboxes = structure.mailboxes.filter { $0.variable == variable && $0.node == receiver }
    guard let first = mailboxes.first,
      first.sender != nil || values[variable].value(at: structure.nodes[receiver]) != nil
    else { return nil }
    var rows: [(mailbox: Mailbox, position: Int, message: PlainValue)] = []
    var isChanged = false
    var before = 0
    for mailbox in mailboxes {
      let messages = structure.messages(in: mailbox, of: values)
      rows += messages.enumerated().map { (mailbox, $0.offset, $0.element) }
      guard let previous else { continue }
      let former = structure.messages(in: mailbox, of: previous)
      before += former.count
      isChanged = isChanged || former != messages
    }
    name = structure.variables[variable]
    self.isChanged = isChanged
    self.before = before
    self.rows = rows
    self.structure = structure
    self.values = values
    self.step = step
    self.facts = facts
    self.receiver = receiver
  }

  /// The number of messages.
  package var count: Int { rows.count }

  package struct Message: Sendable {
    package let words: String
    /// The sender of a channel's message.
    package let sender: String?
    /// Whether it is read next.
    package let isHead: Bool
    /// Whether the step to the state sent it.
    package let isNew: Bool
    package let suspicion: Suspicion?
  }

  /// A reason to doubt a message.
  package enum Suspicion: Sendable {
    /// The sender saw no link when it sent the message.
    case sentAcrossCut
    /// The link was cut after the message was sent.
    case outlivedCut

    /// The longest words first.
    package var words: [String] {
      switch self {
      case .sentAcrossCut: ["sent across the cut", "across cut"]
      case .outlivedCut: ["from before the split", "before split"]
      }
    }
  }

  /// The message at a position in the inbox, the oldest at 0; channels of several senders follow each other.
  package func message(at index: Int) -> Message {
    let (mailbox, position, message) = rows[index]
    let origins = facts.origins[mailbox] ?? []
    let origin = position < origins.count ? origins[position] : nil
    return Message(
      words: MessageText(message).words(), sender: mailbox.sender.map { structure.nodes[$0].description },
      isHead: position == 0 && structure.isOrdered(mailbox, in: values),
      isNew: origin?.step == step && step > 0, suspicion: origin.flatMap(suspicion))
  }

  private func suspicion(_ origin: PathFacts.MessageOrigin) -> Suspicion? {
    guard let sent = origin.step, let sender = origin.sender, sender != receiver else { return nil }
    if origin.isAcrossCut { return .sentAcrossCut }
    guard let cut = facts.lastCut[NodePair(sender, receiver)], cut > sent else { return nil }
    return .outlivedCut
  }
}
