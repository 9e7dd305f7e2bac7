package import StateSpace

/// What one step did, in a protocol's terms.
package enum StepChange: Sendable, Hashable {
  /// Two nodes do not see each other any more, or one does not see the other. `first` is the acting node if it is
  /// one of them.
  case cut(PlainValue, PlainValue)
  /// The same for nodes that see each other again.
  case healed(PlainValue, PlainValue)
  /// A message was taken from the head of a node's inbox, or lost from within it.
  case received(variable: Int, node: PlainValue, message: PlainValue)
  /// A message was appended to a node's inbox.
  case sent(variable: Int, to: PlainValue, message: PlainValue)
  /// Anything else that changed in a variable; the node is nil when the variable is not indexed by node. The path
  /// starts at the node's value, or at the variable's.
  case other(variable: Int, node: PlainValue?, ValueDifference)

  /// Everything that a step changed: links first, then what was received, what was sent, and the rest in the order of
  /// the variables; nodes in their order. Both states hold the values of all variables.
  package static func all(
    from before: [PlainValue], to after: [PlainValue], label: ActionLabel?, in structure: ProtocolStructure
  ) -> [StepChange] {
    guard before.count == structure.variables.count, after.count == before.count else { return [] }
    let acting = structure.actingNode(of: label)
    var links: [StepChange] = []
    var received: [StepChange] = []
    var sent: [StepChange] = []
    var others: [StepChange] = []
    for variable in structure.variables.indices where before[variable] != after[variable] {
      let role = structure.roles[variable]
      if role == .links {
        links = linkChanges(from: before, to: after, acting: acting, in: structure)
        continue
      }
      guard role != .shared else {
        others += ValueDifference.between(before[variable], after[variable])
          .map { .other(variable: variable, node: nil, $0) }
        continue
      }
      if role == .inbox || role == .channel {
        for mailbox in structure.mailboxes where mailbox.variable == variable {
          let node = structure.nodes[mailbox.node]
          for difference in structure.difference(in: mailbox, from: before, to: after) {
            switch (difference.path.count, difference.change) {
            case (1, .removed(let message)):
              received.append(.received(variable: variable, node: node, message: message))
            case (1, .added(let message)):
              sent.append(.sent(variable: variable, to: node, message: message))
            default:
              others.append(.other(variable: variable, node: node, difference))
            }
          }
        }
        continue
      }
      for node in structure.nodes {
        guard let old = structure.value(ofVariable: variable, node: node, in: before),
          let new = structure.value(ofVariable: variable, node: node, in: after)
        else { continue }
        others += ValueDifference.between(old, new).map { .other(variable: variable, node: node, $0) }
      }
    }
    return links + received + sent + others
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

  /// How many of the two see the other.
  private static func sight(
    _ first: PlainValue, _ second: PlainValue, in state: [PlainValue], _ structure: ProtocolStructure
  ) -> Int {
    let one = structure.peers(of: first, in: state)?.contains(second) ?? false
    let other = structure.peers(of: second, in: state)?.contains(first) ?? false
    return (one ? 1 : 0) + (other ? 1 : 0)
  }
}
