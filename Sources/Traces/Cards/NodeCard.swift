package import StateSpace

/// What a card says about a node in a state, and what the step to the state changed. The Nodes pane draws it in cells, the page in HTML.
package struct NodeCard: Sendable {
  package let node: PlainValue
  /// The nodes that it sees; nil if the model has no links.
  package let peers: Peers?
  package let tokens: [Token]
  /// The shared variables that sometimes name a node, where they name this one or did before the step.
  package let holdings: [Holding]
  package let queues: [QueuePlaces]
  /// The shared sets that contain the node or did before the step.
  package let memberships: [Holding]
  /// Its own values, and after them what other nodes' values hold for it.
  package let values: [CardValue]
  package let inboxes: [CardInbox]

  package struct Peers: Sendable {
    package let names: [String]
    /// Nil if the step did not change them.
    package let change: Change?

    package enum Change: Sendable {
      case cut, healed
    }
  }

  /// A token that the node has, or has just given away.
  package struct Token: Sendable {
    package let name: String
    /// Where the token went; nil if the node has it.
    package let movedTo: String?
    /// The values that the token carries.
    package let fields: [PlainValue.Field]
    package let isChanged: Bool
  }

  package struct Holding: Sendable {
    package let name: String
    package let has: Bool
    package let isChanged: Bool
  }

  package struct QueuePlaces: Sendable {
    package let name: String
    /// The places, each as `#2`, with what else the element says.
    package let places: [String]
    package let isChanged: Bool
  }
}

/// A named value and what it was before the step.
package struct CardValue: Sendable {
  package let name: String
  package let value: PlainValue
  /// Nil if nothing is compared. It holds nil if the value did not exist before.
  package let old: PlainValue??

  package init(_ name: String, _ value: PlainValue, old: PlainValue??) {
    self.name = name
    self.value = value
    self.old = old
  }

  package var isChanged: Bool { old.map { $0 != value } ?? false }

  /// The value before the step if the step changed it.
  package var former: PlainValue? { isChanged ? old ?? nil : nil }

  /// Whether the value is a boolean, a string or a model value. Such a value often says in which mode a node is.
  package var isMode: Bool {
    switch value {
    case .boolean, .string, .modelValue: true
    default: false
    }
  }

  /// The most parts that are shown on their own.
  private static let mostParts = 10

  /// The fields of a record and the values of a function, each named by the text that reaches it in a spec. Nil for other values, and for
  /// one part or too many.
  package var parts: [CardValue]? {
    let parts: [(name: String, value: PlainValue)]
    switch value {
    case .record(let fields): parts = fields.map { (".\($0.name)", $0.value) }
    case .function(let pairs): parts = pairs.map { ("[\($0.argument)]", $0.value) }
    default: return nil
    }
    guard parts.count > 1, parts.count <= CardValue.mostParts else { return nil }
    let before: [String: PlainValue]? = old.map { old in
      switch old {
      case .record(let fields)?:
        Dictionary(fields.map { (".\($0.name)", $0.value) }, uniquingKeysWith: { first, _ in first })
      case .function(let pairs)?:
        Dictionary(pairs.map { ("[\($0.argument)]", $0.value) }, uniquingKeysWith: { first, _ in first })
      default: [:]
      }
    }
    return parts.map { part in CardValue(part.name, part.value, old: before.map { $0[part.name] }) }
  }
}

/// The messages of one variable that wait for a node, from all senders.
package struct CardInbox: Sendable {
  package let name: String
  package let isChanged: Bool
  /// The number of messages before the step.
  package let before: Int
  private let rows: [(mailbox: Mailbox, position: Int, message: PlainValue)]
  private let state: StateCards
  private let receiver: Int

  init?(_ variable: Int, of receiver: Int, in state: StateCards) {
    let structure = state.structure
    let mailboxes = structure.mailboxes.filter { $0.variable == variable && $0.node == receiver }
    guard let first = mailboxes.first,
      first.sender != nil || state.values[variable].value(at: structure.nodes[receiver]) != nil
    else { return nil }
    var rows: [(mailbox: Mailbox, position: Int, message: PlainValue)] = []
    var isChanged = false
    var before = 0
    for mailbox in mailboxes {
      let messages = structure.messages(in: mailbox, of: state.values)
      rows += messages.enumerated().map { (mailbox, $0.offset, $0.element) }
      guard let previous = state.previous else { continue }
      let former = structure.messages(in: mailbox, of: previous)
      before += former.count
      isChanged = isChanged || former != messages
    }
    name = structure.variables[variable]
    self.isChanged = isChanged
    self.before = before
    self.rows = rows
    self.state = state
    self.receiver = receiver
  }

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

  package enum Suspicion: Sendable {
    case sentAcrossCut
    case outlivedCut

    /// The longest words first.
    package var words: [String] {
      switch self {
      case .sentAcrossCut: ["sent across the cut", "across cut"]
      case .outlivedCut: ["from before the split", "before split"]
      }
    }
  }

  package func message(at index: Int) -> Message {
    let (mailbox, position, message) = rows[index]
    let structure = state.structure
    let origins = state.facts.origins[mailbox] ?? []
    let origin = position < origins.count ? origins[position] : nil
    return Message(
      words: MessageText(message).words(), sender: mailbox.sender.map { structure.nodes[$0].description },
      isHead: position == 0 && structure.isOrdered(mailbox, in: state.values),
      isNew: origin?.step == state.step && state.step > 0, suspicion: origin.flatMap(suspicion))
  }

  private func suspicion(_ origin: PathFacts.MessageOrigin) -> Suspicion? {
    guard let sent = origin.step, let sender = origin.sender, sender != receiver else { return nil }
    if origin.isAcrossCut { return .sentAcrossCut }
    guard let cut = state.facts.lastCut[PathFacts.Pair(sender, receiver)], cut > sent else { return nil }
    return .outlivedCut
  }
}
