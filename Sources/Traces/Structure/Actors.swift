import StateSpace

/// Which node takes the steps of an action, and which messages the action reads.
struct Actors: Sendable, Hashable {
  private enum Actor: Sendable, Hashable {
    case node(PlainValue)
    /// None of the nodes, whatever the arguments are.
    case others
  }

  private let nodes: [PlainValue]
  private var said: [String: Actor] = [:]
  /// Nodes found in a sample, for actions whose arguments name none.
  private var learned: [String: PlainValue] = [:]
  private var saidReads: [String: [String]] = [:]

  private static let receivingVerbs = ["rcv", "recv", "receive", "handle", "process", "accept", "deliver"]

  init(nodes: [PlainValue], view: ProtocolView) {
    self.nodes = nodes
    for part in view.parts {
      guard let node = nodes.first(where: { $0.isPrinted(as: part.name) }) else { continue }
      for action in part.actions { said[action] = .node(node) }
    }
    for (name, action) in view.actions {
      if !action.reads.isEmpty { saidReads[name] = action.reads }
      guard let by = action.by else { continue }
      if let node = nodes.first(where: { $0.isPrinted(as: by) }) {
        said[name] = .node(node)
      } else if by == "others" || by == view.others {
        said[name] = .others
      }
    }
  }

  func actor(of label: ActionLabel, _ ends: MessageEnds) -> PlainValue? {
    switch said[label.name] {
    case .node(let node)?: return node
    case .others?: return nil
    case nil: break
    }
    if let first = label.arguments.first(where: nodes.contains) { return first }
    for argument in label.arguments where !argument.messageKind.isEmpty {
      if let receiver = ends.receiver(of: argument) { return receiver }
    }
    return learned[label.name]
  }

  /// Whether an action reads a message that stays. The message's kind must be declared as read, or the action's name must say that it
  /// receives messages of that kind. And the message must not name other nodes than the action does.
  func reads(_ message: PlainValue, _ label: ActionLabel, _ ends: MessageEnds) -> Bool {
    let kind = message.messageKind
    if let kinds = saidReads[label.name] {
      guard kinds.contains(kind) else { return false }
    } else {
      let name = label.name.lowercased()
      guard kind.count > 1, name.contains(kind.lowercased()),
        Actors.receivingVerbs.contains(where: name.contains)
      else { return false }
    }
    let named = label.arguments.filter(nodes.contains)
    return named.isEmpty || ends.nodes(in: message).allSatisfy(named.contains)
  }

  /// Whether the view says who takes an action.
  func isSaid(_ action: String) -> Bool { said[action] != nil }

  /// For actions without a node among their arguments, adds the one node that all their sampled steps concern, if there is one.
  func learning(from sample: ProtocolSample, _ ends: MessageEnds, _ evidence: ActorEvidence) -> Actors {
    var found: [String: Set<PlainValue>] = [:]
    for step in sample.steps where !isSaid(step.label.name) && actor(of: step.label, ends) == nil {
      let changed = evidence.nodes(from: sample.states[step.before], to: sample.states[step.after])
      found[step.label.name, default: []].formUnion(changed)
    }
    var result = self
    for (name, changed) in found where changed.count == 1 { result.learned[name] = changed.first }
    return result
  }
}

/// The parts of a state that only the node itself changes; they show which node took a step.
struct ActorEvidence: Sendable, Hashable {
  let nodes: [PlainValue]
  let roles: [ProtocolStructure.Role]
  let memberships: [Int]
  let tokens: [ProtocolStructure.Token]

  /// The nodes whose own values a step changes; otherwise the nodes that enter or leave a shared set; otherwise the node that passes a
  /// token on.
  func nodes(from before: [PlainValue], to after: [PlainValue]) -> Set<PlainValue> {
    var changed = Set<PlainValue>()
    for variable in roles.indices where roles[variable] == .perNode && before[variable] != after[variable] {
      changed.formUnion(nodes.filter { before[variable].value(at: $0) != after[variable].value(at: $0) })
    }
    guard changed.isEmpty else { return changed }
    for variable in memberships where before[variable] != after[variable] {
      if case .set(let was) = before[variable], case .set(let has) = after[variable] {
        changed.formUnion(Set(was).symmetricDifference(has))
      }
    }
    guard changed.isEmpty else { return changed }
    for token in tokens {
      if let old = token.place(in: before), old != token.place(in: after) { changed.insert(old) }
    }
    return changed
  }
}
