package import StateSpace

/// A state as its nodes' cards show it, with what the step to it changed.
package struct StateCards: Sendable {
  package let structure: ProtocolStructure
  package let values: [PlainValue]
  /// The state before the step; nil for the first state.
  package let previous: [PlainValue]?
  /// The action of the step.
  package let label: ActionLabel?
  /// The number of the state.
  package let step: Int
  package let facts: PathFacts

  package init(
    _ structure: ProtocolStructure, values: [PlainValue], previous: [PlainValue]?, label: ActionLabel?,
    step: Int, facts: PathFacts
  ) {
    self.structure = structure
    self.values = values
    self.previous = previous
    self.label = label
    self.step = step
    self.facts = facts
  }

  /// The states of a trace, whose variables must be the structure's.
  package static func all(of trace: Trace, in structure: ProtocolStructure) -> [StateCards] {
    guard let first = trace.steps.first else { return [] }
    var facts = PathFacts(at: first.values, isInitial: trace.beginsAtTheStart, in: structure)
    var result: [StateCards] = []
    for (index, step) in trace.steps.enumerated() {
      let previous = index > 0 ? trace.steps[index - 1].values : nil
      if let previous {
        let changes = StepChange.all(from: previous, to: step.values, label: step.label, in: structure)
        facts.take(changes, from: previous, to: step.values, label: step.label, step: index, in: structure)
      }
      result.append(
        StateCards(
          structure, values: step.values, previous: previous, label: step.label, step: index, facts: facts))
    }
    return result
  }

  /// The node that took the step.
  package var acting: PlainValue? { structure.actingNode(of: label) }

  package var hasLinks: Bool { structure.roles.contains(.links) }

  /// The link between two nodes; nil if the model has no links.
  package func link(_ pair: NodePair) -> CardLink? {
    structure.link(pair.first, pair.second, in: values).map {
      CardLink(
        pair: pair, state: $0, isNew: facts.lastChange[pair] == step && step > 0, lastCut: facts.lastCut[pair]
      )
    }
  }

  /// The links that an arrangement does not draw, if they are not whole.
  package func distantLinks(_ cards: CardArrangement) -> [CardLink] {
    guard structure.nodes.count > 2 else { return [] }
    return structure.linkPairs(in: values).compactMap { pair in
      guard !cards.draws(pair), let link = link(pair), link.state != .linked else { return nil }
      return link
    }
  }

  /// The variables that belong to no node.
  package var shared: [CardValue] { structure.variables(as: .shared).map(whole) }

  /// All variables, for a model without nodes.
  package var variables: [CardValue] { values.indices.map(whole) }

  private func whole(_ variable: Int) -> CardValue {
    CardValue(structure.variables[variable], values[variable], old: previous.map { $0[variable] })
  }

  /// The card of the node at a position in the structure.
  package func card(of index: Int) -> NodeCard {
    let node = structure.nodes[index]
    var entries: [CardValue] = []
    for (variable, role) in structure.roles.enumerated() {
      guard role == .perNode || role == .perPair || role == .ofPart,
        let value = structure.value(ofVariable: variable, node: node, in: values)
      else { continue }
      let old = previous.map { structure.value(ofVariable: variable, node: node, in: $0) }
      entries.append(CardValue(structure.variables[variable], value, old: old).unwrapped)
    }
    for variable in structure.variables(as: .perNode) {
      guard let value = structure.value(ofVariable: variable, acrossTo: node, in: values) else { continue }
      let old = previous.map { structure.value(ofVariable: variable, acrossTo: node, in: $0) }
      entries.append(CardValue(structure.variables[variable] + "[·]", value, old: old))
    }
    let waiting = structure.roles.indices.filter {
      structure.roles[$0] == .inbox || structure.roles[$0] == .channel
    }
    return NodeCard(
      node: node, peers: peers(of: node), tokens: structure.tokens.compactMap { token($0, at: node) },
      holdings: holdings(of: node), queues: queues(of: node), memberships: memberships(of: node),
      values: entries,
      inboxes: waiting.compactMap {
        CardInbox($0, of: index, in: structure, values: values, previous: previous, step: step, facts: facts)
      })
  }

  private func peers(of node: PlainValue) -> NodeCard.Peers? {
    guard let peers = structure.peers(of: node, in: values) else { return nil }
    let before = previous.flatMap { structure.peers(of: node, in: $0) }
    let change: NodeCard.Peers.Change? =
      before.flatMap { $0 == peers ? nil : peers.count < $0.count ? .cut : .healed }
    return NodeCard.Peers(names: peers.map(\.description), change: change)
  }

  private func token(_ token: ProtocolStructure.Token, at node: PlainValue) -> NodeCard.Token? {
    let name = structure.variables[token.variable]
    let place = token.place(in: values)
    if place == node {
      var carried: [PlainValue.Field] = []
      if case .record(let fields) = values[token.variable] {
        carried = fields.filter { $0.name != token.field }
      }
      let isChanged = previous.map { $0[token.variable] != values[token.variable] } ?? false
      return NodeCard.Token(name: name, movedTo: nil, fields: carried, isChanged: isChanged)
    }
    guard let former = previous.flatMap({ token.place(in: $0) }), former == node else { return nil }
    return NodeCard.Token(name: name, movedTo: place?.description ?? "–", fields: [], isChanged: true)
  }

  private func holdings(of node: PlainValue) -> [NodeCard.Holding] {
    holdings(structure.holders) { $1[$0] == node }
  }

  private func memberships(of node: PlainValue) -> [NodeCard.Holding] {
    holdings(structure.memberships) { variable, state in
      if case .set(let elements) = state[variable] { return elements.contains(node) }
      return false
    }
  }

  /// The variables that hold a node now or held it before the step.
  private func holdings(
    _ variables: [Int], _ holds: (Int, [PlainValue]) -> Bool
  ) -> [NodeCard.Holding] {
    variables.compactMap { variable in
      let has = holds(variable, values)
      let had = previous.map { holds(variable, $0) } ?? has
      guard has || had else { return nil }
      return NodeCard.Holding(name: structure.variables[variable], has: has, isChanged: has != had)
    }
  }

  private func queues(of node: PlainValue) -> [NodeCard.QueuePlaces] {
    structure.queues.compactMap { variable in
      let places = structure.places(of: node, inQueue: variable, of: values)
      guard !places.isEmpty else { return nil }
      let former = previous.map { structure.places(of: node, inQueue: variable, of: $0).map(\.element) }
      return NodeCard.QueuePlaces(
        name: structure.variables[variable],
        places: places.map { position, element in
          element == node ? "#\(position + 1)" : "#\(position + 1) \(element.words(leavingOut: node))"
        }, isChanged: former.map { $0 != places.map(\.element) } ?? false)
    }
  }
}

extension PlainValue {
  /// The parts of a record or tuple without the given node.
  fileprivate func words(leavingOut node: PlainValue) -> String {
    guard case .tuple(let parts) = self else { return MessageText(self).words(leavingOut: [node]) }
    return parts.filter { $0 != node }.map {
      if case .string(let text) = $0 { PlainValue.escaped(text) } else { $0.description }
    }.joined(separator: " ")
  }
}
