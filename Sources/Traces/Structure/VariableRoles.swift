import StateSpace

/// Infers the roles of the variables from their names and from their values in a sample.
struct VariableRoles {
  let variables: [String]
  let nodes: [PlainValue]
  let indexedVariables: Set<Int>
  let sample: ProtocolSample

  private static let inboxHints = [
    "inbox", "queue", "msgs", "messages", "channel", "mailbox", "network", "buffer",
  ]
  private static let linkHints = [
    "visible", "peers", "neighbour", "neighbor", "links", "connected", "connections", "reachable",
  ]
  private static let poolHints = [
    "message", "msg", "sent", "network", "channel", "packet", "inbox", "mailbox", "wire", "flight",
  ]
  private static let countHints = inboxHints + ["pending", "acks", "flight"]
  private static let tokenHints = ["token", "tpos", "turn", "baton", "holder"]
  private static let placeHints = ["pos", "at", "holder", "owner", "node", "place"]

  /// Whether a name contains one of the hints. A name that begins with `out` does not count: messages that are still to be sent wait for nobody.
  private static func hints(_ hints: [String], in name: String) -> Bool {
    let lowered = name.lowercased()
    return !lowered.hasPrefix("out") && hints.contains { lowered.contains($0) }
  }

  private func values(_ variable: Int) -> some Sequence<PlainValue> {
    sample.states.lazy.map { $0[variable] }
  }

  /// Whether a test holds for the variable's value at each node, in all states and at least once.
  private func each(_ variable: Int, _ test: (PlainValue) -> Bool) -> Bool {
    var isFound = false
    for value in values(variable) {
      for node in nodes {
        guard let own = value.value(at: node) else { continue }
        guard test(own) else { return false }
        isFound = true
      }
    }
    return isFound
  }

  // MARK: Indexed by node

  func role(of variable: Int) -> ProtocolStructure.Role {
    let name = variables[variable]
    guard indexedVariables.contains(variable) else {
      guard isIndexedByPairs(variable) else { return .shared }
      return holdsMessages(name) { test in
        values(variable).allSatisfy { $0.functionPairs?.allSatisfy { test($0.value) } ?? false }
      } ? .channel : .perPair
    }
    if isMatrix(variable) {
      let holds = holdsMessages(name) { test in
        each(variable) { row in nodes.allSatisfy { row.value(at: $0).map(test) ?? true } }
      }
      return holds ? .channel : .perNode
    }
    if isInboxOfSequences(variable) || isInboxOfSets(variable) || isInboxOfCounts(variable) { return .inbox }
    return .perNode
  }

  private func isInboxOfSequences(_ variable: Int) -> Bool {
    let isHinted = VariableRoles.hints(VariableRoles.inboxHints, in: variables[variable])
    var sawMessage = false
    let holds = each(variable) { value in
      guard case .tuple(let messages) = value else { return false }
      sawMessage = sawMessage || !messages.isEmpty
      return isHinted || messages.allSatisfy { if case .record = $0 { true } else { false } }
    }
    return holds && (sawMessage || isHinted)
  }

  private func isInboxOfSets(_ variable: Int) -> Bool {
    VariableRoles.hints(VariableRoles.inboxHints, in: variables[variable])
      && each(variable) { if case .set = $0 { true } else { false } }
  }

  /// Whether it holds a number of messages in flight to each node: only other nodes add to it.
  private func isInboxOfCounts(_ variable: Int) -> Bool {
    guard VariableRoles.hints(VariableRoles.countHints, in: variables[variable]),
      each(variable, { if case .integer(let count) = $0 { count >= 0 } else { false } })
    else { return false }
    var isAddedTo = false
    for step in sample.steps {
      for node in nodes {
        guard case .integer(let was)? = sample.states[step.before][variable].value(at: node),
          case .integer(let has)? = sample.states[step.after][variable].value(at: node), has > was
        else { continue }
        guard let actor = step.label.arguments.first(where: nodes.contains), actor != node else {
          return false
        }
        isAddedTo = true
      }
    }
    return isAddedTo
  }

  // MARK: By pairs

  /// Whether it is a function from nodes to functions from nodes.
  private func isMatrix(_ variable: Int) -> Bool {
    let domain = Set(nodes)
    return nodes.count > 1
      && each(variable) { row in
        guard let own = row.domain, !own.isEmpty else { return false }
        if case .tuple = row, own.count != nodes.count { return false }
        return Set(own).isSubset(of: domain) && Set(own).count >= nodes.count - 1
      }
  }

  private func isIndexedByPairs(_ variable: Int) -> Bool {
    var isFound = false
    for value in values(variable) {
      guard let pairs = value.functionPairs else { return false }
      isFound = true
      for pair in pairs {
        guard case .tuple(let ends) = pair.argument, ends.count == 2, ends.allSatisfy(nodes.contains) else {
          return false
        }
      }
    }
    return isFound
  }

  private func holdsMessages(_ name: String, _ all: ((PlainValue) -> Bool) -> Bool) -> Bool {
    let isHinted = VariableRoles.hints(VariableRoles.countHints, in: name)
    var sawMessage = false
    return all { value in
      switch value {
      case .tuple(let messages), .set(let messages):
        sawMessage = sawMessage || !messages.isEmpty
        return isHinted || messages.allSatisfy { if case .record = $0 { true } else { false } }
      case .integer(let count): return isHinted && count >= 0
      default: return false
      }
    } && (sawMessage || isHinted)
  }

  /// Whether the second of a channel's two indices is the sender, judging by who adds messages.
  func isReceiverFirst(_ channel: Int) -> Bool {
    var (first, second) = (0, 0)
    for step in sample.steps {
      guard let actor = step.label.arguments.first(where: nodes.contains) else { continue }
      let (old, new) = (sample.states[step.before][channel], sample.states[step.after][channel])
      guard old != new else { continue }
      for one in nodes {
        for other in nodes where one != other && (one == actor || other == actor) {
          let was = Mailbox.contents(old.value(atPair: one, other), name: "").count
          let has = Mailbox.contents(new.value(atPair: one, other), name: "").count
          guard has > was else { continue }
          if one == actor { first += 1 } else { second += 1 }
        }
      }
    }
    return second > first
  }

  // MARK: Links

  /// The variable that says who sees whom: for each node, a set of nodes or a row of Booleans. A variable whose name suggests this comes
  /// first. If there is none, it must be the only candidate that is not empty in the first state.
  func links(_ roles: [ProtocolStructure.Role]) -> Int? {
    let candidates = variables.indices.filter { variable in
      roles[variable] == .perNode && each(variable, isLinks)
    }
    if let named = candidates.first(where: { VariableRoles.hints(VariableRoles.linkHints, in: variables[$0]) }
    ) {
      return named
    }
    guard let first = sample.states.first else { return nil }
    let started = candidates.filter { variable in
      nodes.contains { node in
        guard let value = first[variable].value(at: node), case .set = value else { return false }
        return nodes.contains { $0 != node && value.sees($0) }
      }
    }
    return started.count == 1 ? started[0] : nil
  }

  private func isLinks(_ value: PlainValue) -> Bool {
    switch value {
    case .set(let elements):
      return elements.allSatisfy { nodes.contains($0) }
    case .function, .record, .tuple:
      return nodes.allSatisfy {
        if case .boolean = value.value(at: $0) { true } else { false }
      }
    default:
      return false
    }
  }

  // MARK: Shared

  /// Whether a shared variable holds the messages in flight of all nodes, by its name or by its messages.
  func isPool(_ variable: Int, _ ends: MessageEnds) -> Bool {
    let name = variables[variable].lowercased()
    let isHinted = name == "net" || VariableRoles.hints(VariableRoles.poolHints, in: name)
    var seen = Set<PlainValue>()
    for value in values(variable) {
      guard let contents = MessagePool.contents(value) else { return false }
      if case .tuple(let messages) = value, !messages.isEmpty, !isHinted { return false }
      seen.formUnion(contents.keys)
    }
    if isHinted { return seen.isEmpty || !seen.allSatisfy(nodes.contains) }
    return !seen.isEmpty
      && seen.allSatisfy { message in
        MessageText(message).kind != nil
          && (ends.sender(of: message) != nil || ends.receiver(of: message) != nil)
      }
  }

  /// The token, if a shared variable always names one node, or is a record with a field that does.
  func token(_ variable: Int, isSaid: Bool) -> ProtocolStructure.Token? {
    guard isSaid || VariableRoles.hints(VariableRoles.tokenHints, in: variables[variable]) else { return nil }
    if values(variable).allSatisfy(nodes.contains) {
      return ProtocolStructure.Token(variable: variable, field: nil)
    }
    for field in VariableRoles.placeHints
    where values(variable).allSatisfy({ $0.value(at: .string(field)).map(nodes.contains) ?? false }) {
      return ProtocolStructure.Token(variable: variable, field: field)
    }
    return nil
  }

  /// Whether a shared variable names a node in some states and none in others, like the owner of a lock.
  func isHolder(_ variable: Int) -> Bool {
    var isFound = false
    for value in values(variable) {
      if nodes.contains(value) {
        // A number may be something other than the name of a node.
        guard value.isName else { return false }
        isFound = true
      } else if !value.isAtom {
        return false
      }
    }
    return isFound
  }

  /// Whether it is a shared sequence of nodes, or of records or tuples with one node each.
  func isQueue(_ variable: Int, _ ends: MessageEnds) -> Bool {
    var isFound = false
    for value in values(variable) {
      guard case .tuple(let elements) = value,
        elements.allSatisfy({ nodes.contains($0) || ends.nodes(in: $0).count == 1 })
      else { return false }
      isFound = isFound || !elements.isEmpty
    }
    return isFound
  }

  /// Whether it is a shared set of nodes.
  func isSetOfNodes(_ variable: Int) -> Bool {
    var isFound = false
    for value in values(variable) {
      guard case .set(let elements) = value, elements.allSatisfy(nodes.contains) else { return false }
      isFound = isFound || !elements.isEmpty
    }
    return isFound
  }
}

extension PlainValue {
  /// The arguments and values of a function that is not a tuple or record; nil for other values.
  var functionPairs: [Pair]? {
    switch self {
    case .function(let pairs): pairs
    default: nil
    }
  }

  /// The value of a function of two nodes, `f[p][q]` or `f[<<p, q>>]`.
  func value(atPair first: PlainValue, _ second: PlainValue) -> PlainValue? {
    value(at: first)?.value(at: second) ?? value(at: .tuple([first, second]))
  }

  /// Whether a node's links lead to another node.
  func sees(_ node: PlainValue) -> Bool {
    if case .set(let elements) = self { return elements.contains(node) }
    return value(at: node) == .boolean(true)
  }
}
