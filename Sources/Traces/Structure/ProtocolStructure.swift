package import StateSpace

/// What a specification's variables are to a protocol: which constant names the nodes, which variables hold one
/// value for each node, which of those are inboxes, and which one says who sees whom.
///
/// It is found from the names and from sampled states alone, so a specification needs no annotation. It is a guess:
/// a larger sample makes a better one, and no more than the layout of a screen should depend on it.
package struct ProtocolStructure: Sendable, Hashable {
  /// What a variable is.
  package enum Role: Sendable, Hashable {
    /// A function from node to a sequence of messages, the head first.
    case inbox
    /// A function from node to the nodes that it sees.
    case links
    /// Any other function from node to a value.
    case perNode
    /// Not indexed by node.
    case shared
  }

  package let variables: [String]
  /// The nodes in the constant's order; empty when no variable is indexed by a constant set.
  package let nodes: [PlainValue]
  /// The constant's name, or the range of which it is a bound: `Nodes`, `1..N`. Nil when there are no nodes.
  package let nodeSetName: String?
  /// Parallel to `variables`. At most one variable has the role `links`.
  package let roles: [Role]

  /// Infers the structure. `states` are sampled states, each with the values of all variables in their order: the
  /// initial states at least, better with some of their successors.
  package init(variables: [String], constants: [(name: String, value: PlainValue)], states: [[PlainValue]]) {
    self.variables = variables
    let sample = states.filter { $0.count == variables.count }
    let nodeSet = NodeSet.best(constants: constants, columns: variables.count, sample: sample)
    let nodes = nodeSet?.nodes ?? []
    self.nodes = nodes
    nodeSetName = nodeSet?.name
    var roles = variables.indices.map { variable in
      ProtocolStructure.role(
        name: variables[variable], isIndexed: nodeSet?.indexedVariables.contains(variable) ?? false,
        nodes: nodes, values: sample.map { $0[variable] })
    }
    if let links = ProtocolStructure.linksVariable(variables, roles: roles, nodes: nodes, sample: sample) {
      roles[links] = .links
    }
    self.roles = roles
  }

  /// The positions of the variables that have a role, in their order.
  package func variables(as role: Role) -> [Int] { roles.indices.filter { roles[$0] == role } }

  /// What a variable holds for a node in a state (the values of all variables); nil when the variable is not indexed
  /// by node, or the node is not in its domain.
  package func value(ofVariable variable: Int, node: PlainValue, in state: [PlainValue]) -> PlainValue? {
    guard roles.indices.contains(variable), state.indices.contains(variable), roles[variable] != .shared
    else {
      return nil
    }
    return state[variable].value(at: node)
  }

  /// The nodes that a node sees in a state, in the order of `nodes`, itself left out; nil when there are no links.
  package func peers(of node: PlainValue, in state: [PlainValue]) -> [PlainValue]? {
    guard let links = roles.firstIndex(of: .links),
      let value = value(ofVariable: links, node: node, in: state)
    else { return nil }
    return nodes.filter { $0 != node && ProtocolStructure.sees(value, $0) }
  }

  /// The node that takes a step: the first argument that is a node.
  package func actingNode(of label: ActionLabel?) -> PlainValue? {
    label?.arguments.first { nodes.contains($0) }
  }

  /// The messages that wait for a node, the head first, with the inbox that they wait in.
  package func messages(for node: PlainValue, in state: [PlainValue]) -> [(
    variable: Int, message: PlainValue
  )] {
    variables(as: .inbox).flatMap { variable in
      guard case .tuple(let messages) = value(ofVariable: variable, node: node, in: state) else {
        return [(variable: Int, message: PlainValue)]()
      }
      return messages.map { (variable, $0) }
    }
  }
}

// Roles.
extension ProtocolStructure {
  private static let inboxHints = [
    "inbox", "queue", "msgs", "messages", "channel", "mailbox", "network", "buffer",
  ]
  private static let linkHints = [
    "visible", "peers", "neighbour", "neighbor", "links", "connected", "connections", "reachable",
  ]

  private static func hints(_ hints: [String], in name: String) -> Bool {
    let lowered = name.lowercased()
    return hints.contains { lowered.contains($0) }
  }

  private static func role(name: String, isIndexed: Bool, nodes: [PlainValue], values: [PlainValue]) -> Role {
    guard isIndexed else { return .shared }
    var sawMessage = false
    for value in values {
      for node in nodes {
        guard case .tuple(let messages) = value.value(at: node) else { return .perNode }
        for message in messages {
          sawMessage = true
          guard case .record = message else {
            if hints(inboxHints, in: name) { continue }
            return .perNode
          }
        }
      }
    }
    return sawMessage || hints(inboxHints, in: name) ? .inbox : .perNode
  }

  /// The variable that says who sees whom: sets of nodes (or a row of booleans) for each node. One whose name says so
  /// is taken first; without such a name it must be the only one that is not empty at the start.
  private static func linksVariable(
    _ variables: [String], roles: [Role], nodes: [PlainValue], sample: [[PlainValue]]
  ) -> Int? {
    let candidates = variables.indices.filter { variable in
      roles[variable] == .perNode
        && sample.allSatisfy { state in
          nodes.allSatisfy { state[variable].value(at: $0).map { isLinks($0, nodes: nodes) } ?? false }
        }
    }
    if let named = candidates.first(where: { hints(linkHints, in: variables[$0]) }) { return named }
    guard let first = sample.first else { return nil }
    let started = candidates.filter { variable in
      nodes.contains { node in
        guard let value = first[variable].value(at: node), case .set = value else { return false }
        return nodes.contains { $0 != node && sees(value, $0) }
      }
    }
    return started.count == 1 ? started[0] : nil
  }

  private static func isLinks(_ value: PlainValue, nodes: [PlainValue]) -> Bool {
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

  private static func sees(_ value: PlainValue, _ node: PlainValue) -> Bool {
    if case .set(let elements) = value { return elements.contains(node) }
    return value.value(at: node) == .boolean(true)
  }
}
