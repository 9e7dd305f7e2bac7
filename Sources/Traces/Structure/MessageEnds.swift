import StateSpace

/// The parts of a message that name its sender and its receiver.
struct MessageEnds: Sendable, Hashable {
  private static let receiverFields: Set = [
    "to", "dest", "dst", "destination", "receiver", "mdest", "target", "rcvr", "rcv", "recipient",
  ]
  private static let senderFields: Set = [
    "from", "src", "source", "sender", "msource", "sndr", "snd", "origin",
  ]

  let nodes: [PlainValue]
  /// For each kind of message, the field that is the sender's or the receiver's in the sampled steps.
  private var learnedSenders: [String: String] = [:]
  private var learnedReceivers: [String: String] = [:]
  private let view: ProtocolView

  init(nodes: [PlainValue], view: ProtocolView) {
    self.nodes = nodes
    self.view = view
  }

  func sender(of message: PlainValue) -> PlainValue? {
    let kind = message.messageKind
    return said(view.messages[kind]?.sender, of: message)
      ?? node(of: message) { view.senders.contains($0) }
      ?? node(of: message) { MessageEnds.senderFields.contains($0.lowercased()) }
      ?? learnedSenders[kind].flatMap { field in node(of: message) { $0 == field } }
      ?? addressed(message)?.sender
  }

  func receiver(of message: PlainValue) -> PlainValue? {
    let kind = message.messageKind
    return said(view.messages[kind]?.receiver, of: message)
      ?? node(of: message) { view.receivers.contains($0) }
      ?? node(of: message) { MessageEnds.receiverFields.contains($0.lowercased()) }
      ?? learnedReceivers[kind].flatMap { field in node(of: message) { $0 == field } }
      ?? addressed(message)?.receiver
  }

  /// A message in a few words, without parts that only name its sender, its receiver or the known nodes. A number is left out only if it is
  /// the sender or receiver, because it may also be data.
  func words(of message: PlainValue, leavingOut known: [PlainValue]) -> String {
    guard case .record(let fields) = message else { return MessageText(message).words() }
    let ends = Set([sender(of: message), receiver(of: message)].compactMap { $0 })
    let names = known.filter(\.isName)
    let kept = fields.filter { field in
      if names.contains(field.value) { return false }
      guard known.contains(field.value), ends.contains(field.value) else { return true }
      return !isEnd(field.name, of: message)
    }
    return MessageText(.record(kept)).words()
  }

  private func isEnd(_ field: String, of message: PlainValue) -> Bool {
    let kind = message.messageKind
    let said = [
      view.messages[kind]?.sender, view.messages[kind]?.receiver, learnedSenders[kind],
      learnedReceivers[kind],
    ]
    return said.contains(field) || view.senders.contains(field) || view.receivers.contains(field)
      || MessageEnds.senderFields.contains(field.lowercased())
      || MessageEnds.receiverFields.contains(field.lowercased())
  }

  /// The nodes that a message names in its fields or positions.
  func nodes(in message: PlainValue) -> [PlainValue] {
    message.messageFields.map(\.value).filter(nodes.contains)
  }

  /// A tuple with two nodes, after its kind if it has one, names the sender and then the receiver.
  private func addressed(_ message: PlainValue) -> (sender: PlainValue, receiver: PlainValue)? {
    guard case .tuple(let parts) = message else { return nil }
    let isNamed = if case .string? = parts.first { !nodes.contains(parts[0]) } else { false }
    let rest = isNamed ? parts.dropFirst() : parts[...]
    let ends = rest.prefix(2)
    guard let sender = ends.first, let receiver = ends.last, ends.count == 2, ends.allSatisfy(nodes.contains)
    else {
      return nil
    }
    return (sender, receiver)
  }

  /// The node that the view gives for an end: by a field's name, or directly.
  private func said(_ end: String?, of message: PlainValue) -> PlainValue? {
    guard let end else { return nil }
    return node(of: message) { $0 == end } ?? nodes.first { $0.isPrinted(as: end) }
  }

  private func node(of message: PlainValue, in isNamed: (String) -> Bool) -> PlainValue? {
    message.messageFields.first { isNamed($0.name) && nodes.contains($0.value) }?.value
  }

  // MARK: Learning

  private struct Field: Hashable {
    let kind: String
    let name: String
  }
  private struct Evidence {
    var fits: Set<PlainValue> = []
    var isRefuted = false
  }

  /// Compares the nodes in the messages of pools with the nodes that add and take these messages.
  mutating func learn(
    pools: [Int], _ sample: ProtocolSample, actor: (ActionLabel) -> PlainValue?
  ) {
    var sending: [Field: Evidence] = [:]
    var taking: [Field: Evidence] = [:]
    func note(_ message: PlainValue, _ actor: PlainValue, _ evidence: inout [Field: Evidence]) {
      for field in message.messageFields where nodes.contains(field.value) {
        let key = Field(kind: message.messageKind, name: field.name)
        if field.value == actor {
          evidence[key, default: Evidence()].fits.insert(actor)
        } else {
          evidence[key, default: Evidence()].isRefuted = true
        }
      }
    }
    for step in sample.steps {
      guard let actor = actor(step.label) else { continue }
      for pool in pools {
        guard let was = MessagePool.contents(sample.states[step.before][pool]),
          let has = MessagePool.contents(sample.states[step.after][pool])
        else { continue }
        for (message, count) in has where count > was[message] ?? 0 { note(message, actor, &sending) }
        for (message, count) in was where count > has[message] ?? 0 { note(message, actor, &taking) }
        for message in step.label.arguments where was[message] != nil && has[message] != nil {
          note(message, actor, &taking)
        }
      }
    }
    // A match with only one node may be chance.
    func best(_ evidence: [Field: Evidence], but other: [String: String]) -> [String: String] {
      var result: [String: String] = [:]
      let fields = evidence.filter {
        !$0.value.isRefuted && $0.value.fits.count > 1 && other[$0.key.kind] != $0.key.name
      }
      for (field, _) in fields.sorted(by: { $0.key.name < $1.key.name }) where result[field.kind] == nil {
        result[field.kind] = field.name
      }
      return result
    }
    learnedSenders = best(sending, but: [:])
    learnedReceivers = best(taking, but: learnedSenders)
  }
}

extension PlainValue {
  /// The kind of message; empty if the message does not tell it.
  var messageKind: String {
    if case .tuple(let parts) = self, case .string(let kind)? = parts.first { return kind }
    return MessageText(self).kind ?? ""
  }

  /// A record's fields, or a tuple's parts, named by their positions.
  var messageFields: [Field] {
    switch self {
    case .record(let fields): fields
    case .tuple(let parts): parts.enumerated().map { Field(name: String($0.offset + 1), value: $0.element) }
    default: []
    }
  }

  /// Whether the user's word means this node: the word is the node as printed, or a string without its quotes.
  func isPrinted(as word: String) -> Bool {
    if case .string(let text) = self, text == word { return true }
    return description == word
  }
}
