package import StateSpace

/// A change that a step made, in a protocol's terms.
package enum StepChange: Sendable, Hashable {
  /// Two nodes stop seeing each other, or one stops seeing the other. `first` is the acting node if it is one of them.
  case cut(PlainValue, PlainValue)
  /// Two nodes see each other again, or one sees the other again.
  case healed(PlainValue, PlainValue)
  /// The reader of a message took it out of a node's inbox.
  case received(variable: Int, node: PlainValue, message: PlainValue)
  /// A message left a node's inbox, and nobody read it.
  case lost(variable: Int, node: PlainValue, message: PlainValue)
  /// A message was appended to a node's inbox.
  case sent(variable: Int, to: PlainValue, message: PlainValue)
  /// Any other change in a variable. The node is nil if the variable is not indexed by node. The path starts at the node's value, otherwise
  /// at the variable's.
  case other(variable: Int, node: PlainValue?, ValueDifference)

  /// All changes of a step: links first, then messages received or lost, then messages sent, then the rest in the order of the variables.
  /// Nodes come in their order. Both states hold the values of all variables.
  package static func all(
    from before: [PlainValue], to after: [PlainValue], label: ActionLabel?, in structure: ProtocolStructure
  ) -> [StepChange] {
    guard before.count == structure.variables.count, after.count == before.count else { return [] }
    let acting = structure.actingNode(of: label)
    var links: [StepChange] = []
    var others: [StepChange] = []
    var mailboxes: [Mailbox] = []
    for variable in structure.variables.indices where before[variable] != after[variable] {
      switch structure.roles[variable] {
      case .links: links = linkChanges(from: before, to: after, acting: acting, in: structure)
      case .inbox, .channel: mailboxes += structure.mailboxes.filter { $0.variable == variable }
      case .shared:
        others += ValueDifference.between(before[variable], after[variable])
          .map { .other(variable: variable, node: nil, $0) }
      case .perNode, .perPair, .ofPart:
        for node in structure.nodes {
          guard let old = structure.value(ofVariable: variable, node: node, in: before),
            let new = structure.value(ofVariable: variable, node: node, in: after)
          else { continue }
          others += ValueDifference.between(old, new).map { .other(variable: variable, node: node, $0) }
        }
      }
    }
    var removed: [(mailbox: Mailbox, position: Int, message: PlainValue)] = []
    var sent: [StepChange] = []
    for mailbox in mailboxes {
      let node = structure.nodes[mailbox.node]
      for difference in structure.difference(in: mailbox, from: before, to: after) {
        switch (difference.path.count, difference.path.first, difference.change) {
        case (1, .position(let position)?, .removed(let message)):
          removed.append((mailbox, position, message))
        case (1, _, .added(let message)):
          sent.append(.sent(variable: mailbox.variable, to: node, message: message))
        default:
          others.append(.other(variable: mailbox.variable, node: node, difference))
        }
      }
    }
    let taken = removed.map { mailbox, position, message -> StepChange in
      let node = structure.nodes[mailbox.node]
      let removal = Removal(
        receiver: node, sender: mailbox.sender.map { structure.nodes[$0] } ?? structure.sender(of: message),
        position: position, isAlone: removed.count == 1)
      let isLost =
        label.map { structure.loses(removal, from: mailbox, by: $0, acting: acting, cuts: links.cuts) }
        ?? false
      return isLost
        ? .lost(variable: mailbox.variable, node: node, message: message)
        : .received(variable: mailbox.variable, node: node, message: message)
    }
    return links + taken + sent + others
  }

  private static func linkChanges(
    from before: [PlainValue], to after: [PlainValue], acting: PlainValue?, in structure: ProtocolStructure
  ) -> [StepChange] {
    let nodes = structure.nodes
    let ordered = nodes.filter { $0 == acting } + nodes.filter { $0 != acting }
    var result: [StepChange] = []
    for (position, first) in ordered.enumerated() {
      for second in ordered[(position + 1)...] {
        let was = sight(first, second, in: before, structure)
        let has = sight(first, second, in: after, structure)
        if has < was { result.append(.cut(first, second)) }
        if has > was { result.append(.healed(first, second)) }
      }
    }
    return result
  }

  /// How many of the two nodes see the other.
  private static func sight(
    _ first: PlainValue, _ second: PlainValue, in state: [PlainValue], _ structure: ProtocolStructure
  ) -> Int {
    let one = structure.peers(of: first, in: state)?.contains(second) ?? false
    let other = structure.peers(of: second, in: state)?.contains(first) ?? false
    return (one ? 1 : 0) + (other ? 1 : 0)
  }
}
