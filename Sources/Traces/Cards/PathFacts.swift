package import StateSpace

/// Facts about a state that follow from the path to it: since when links are cut, and where the waiting messages come from.
package struct PathFacts: Sendable {
  /// The origin of a waiting message.
  package struct MessageOrigin: Hashable, Sendable {
    /// The step that appended the message; nil if the message is older than the known part of the path.
    package let step: Int?
    /// The node that sent it.
    package let sender: Int?
    /// The sender did not see the receiver, neither before nor after the step.
    package let isAcrossCut: Bool
  }

  /// The last step that cut a link, whether or not the link was healed since.
  package private(set) var lastCut: [NodePair: Int] = [:]
  /// The step that last cut or healed a link.
  package private(set) var lastChange: [NodePair: Int] = [:]
  /// An origin for each message of a mailbox, in order.
  package private(set) var origins: [Mailbox: [MessageOrigin]] = [:]

  /// The facts at the beginning of the known path: at an initial state, or at a later one whose past is not looked at.
  package init(at values: [PlainValue], isInitial: Bool, in structure: ProtocolStructure) {
    for mailbox in structure.mailboxes {
      let origin = MessageOrigin(step: isInitial ? 0 : nil, sender: mailbox.sender, isAcrossCut: false)
      let count = structure.messages(in: mailbox, of: values).count
      if count > 0 { origins[mailbox] = Array(repeating: origin, count: count) }
    }
  }

  /// Takes in a step. `changes` are the step's, and `step` is the number of the state that it leads to.
  package mutating func take(
    _ changes: [StepChange], from old: [PlainValue], to new: [PlainValue], label: ActionLabel?, step: Int,
    in structure: ProtocolStructure
  ) {
    let positions = Dictionary(
      structure.nodes.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    for change in changes {
      switch change {
      case .cut(let one, let other), .healed(let one, let other):
        guard let first = positions[one], let second = positions[other] else { continue }
        if case .cut = change { lastCut[NodePair(first, second)] = step }
        lastChange[NodePair(first, second)] = step
      default: continue
      }
    }
    let acting = structure.actingNode(of: label).flatMap { positions[$0] }
    for mailbox in structure.mailboxes where old[mailbox.variable] != new[mailbox.variable] {
      let differences = structure.difference(in: mailbox, from: old, to: new)
      guard !differences.isEmpty else { continue }
      var origins = self.origins[mailbox] ?? []
      var removed: [Int] = []
      var added: [(position: Int, message: PlainValue)] = []
      for difference in differences {
        guard case .position(let position) = difference.path.first else { continue }
        switch difference.change {
        case .removed where difference.path.count == 1: removed.append(position)
        case .added(let message) where difference.path.count == 1: added.append((position, message))
        default: break
        }
      }
      for position in removed.sorted(by: >) where position < origins.count { origins.remove(at: position) }
      let receiver = structure.nodes[mailbox.node]
      for (position, message) in added {
        let sender =
          mailbox.sender
          ?? PathFacts.sender(of: message, to: mailbox.node, acting: acting, structure, positions)
        let seesNow = sender.map { structure.sees(structure.nodes[$0], receiver, in: new) } ?? true
        let sawBefore = sender.map { structure.sees(structure.nodes[$0], receiver, in: old) } ?? true
        origins.insert(
          MessageOrigin(step: step, sender: sender, isAcrossCut: !seesNow && !sawBefore),
          at: min(position, origins.count))
      }
      self.origins[mailbox] = origins
    }
  }

  /// The sender of a new message: the acting node. If that is the receiver and the message names another node, then that one.
  private static func sender(
    of message: PlainValue, to receiver: Int, acting: Int?, _ structure: ProtocolStructure,
    _ positions: [PlainValue: Int]
  ) -> Int? {
    if let acting, acting != receiver { return acting }
    if let named = structure.sender(of: message), let position = positions[named], position != receiver {
      return position
    }
    return acting
  }
}
