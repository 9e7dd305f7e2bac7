package import StateSpace
import TLASemantics

/// The roles of a specification's variables in a protocol: which sets are the nodes, which variables hold one value for each node, where
/// messages wait, and which variable says who sees whom.
///
/// It is inferred from names and from sampled states and steps, so a specification needs no annotation. It is a guess, which a larger
/// sample improves. Nothing but the layout of a screen should depend on it. A `ProtocolView` gives what cannot be inferred.
package struct ProtocolStructure: Sendable, Hashable {
  /// The role of a variable.
  package enum Role: Sendable, Hashable {
    /// A function from nodes to a sequence, set or number of messages; in a sequence the head comes first.
    case inbox
    /// The same for each pair of nodes: `f[p][q]` or `f[<<p, q>>]`.
    case channel
    /// A function from nodes to the nodes that they see.
    case links
    /// Any other function from nodes to values.
    case perNode
    /// A function from pairs of nodes to values.
    case perPair
    /// A variable of a part that the view declares and that is not an element of a set.
    case ofPart
    /// Any variable that is not indexed by node.
    case shared
  }

  package let variables: [String]
  /// The nodes in the constant's order, then the view's parts; empty if no set of nodes is found.
  package let nodes: [PlainValue]
  /// The constant's or definition's name, or the range that the constant bounds: `Nodes`, `1..N`. Nil if there are no nodes.
  package let nodeSetName: String?
  /// Parallel to `variables`. At most one variable has the role `links`.
  package let roles: [Role]
  /// All places where messages wait for a certain node, in the order of the variables, the receivers and the senders.
  package let mailboxes: [Mailbox]
  /// Shared variables that hold messages of all nodes.
  package let pools: [Int]
  /// Shared variables whose values are at one node at a time.
  package let tokens: [Token]
  /// Shared variables that are sets of nodes.
  package let memberships: [Int]
  /// Shared variables that name a node in some states, such as the owner of a lock.
  package let holders: [Int]
  /// Shared sequences in which nodes wait for their turn.
  package let queues: [Int]
  /// Parts of the view that do not fit the model.
  package internal(set) var problems: [String]
  /// The name for everything that is not a node.
  package let othersName: String

  let ends: MessageEnds
  let reversedChannels: Set<Int>
  /// What the actions look at; nil if no specification is known.
  let reads: ActionReads?
  private let actors: Actors
  private let evidence: ActorEvidence
  /// For a variable of a part, the part's position in `nodes`.
  private let owners: [Int: Int]

  /// Infers the structure. `states` are sampled states, each with the values of all variables in order: at least the initial states, better
  /// also some of their successors.
  package init(variables: [String], constants: [(name: String, value: PlainValue)], states: [[PlainValue]]) {
    self.init(variables: variables, sample: ProtocolSample(constants: constants, states: states))
  }

  /// Infers what the view does not give. `viewedNodes` is the value of the view's expression for the nodes.
  package init(
    variables: [String], sample whole: ProtocolSample, view: ProtocolView = ProtocolView(),
    viewedNodes: [PlainValue]? = nil
  ) {
    self.variables = variables
    reads = whole.reads
    var sample = whole
    if whole.states.contains(where: { $0.count != variables.count }) {
      sample.states = whole.states.filter { $0.count == variables.count }
      sample.steps = []
    }
    let nodeSet =
      viewedNodes.map {
        NodeSet.of($0, name: view.nodes.joined(separator: ", "), sample, columns: variables.count)
      } ?? NodeSet.best(sample, columns: variables.count)
    let members = nodeSet?.nodes ?? []
    let parts = view.parts.filter { part in !members.contains { $0.isPrinted(as: part.name) } }
    let nodes = members + parts.map { .modelValue($0.name) }
    self.nodes = nodes
    nodeSetName = nodeSet?.name
    othersName = view.others ?? "others"

    // Roles.
    let finder = VariableRoles(
      variables: variables, nodes: members, indexedVariables: nodeSet?.indexedVariables ?? [], sample: sample)
    var roles = variables.indices.map { members.isEmpty ? .shared : finder.role(of: $0) }
    if !view.roles.values.contains(.links), let links = finder.links(roles) { roles[links] = .links }
    for (name, role) in view.roles.sorted(by: { $0.key < $1.key }) {
      guard let variable = variables.firstIndex(of: name) else { continue }
      switch role {
      case .inboxes: roles[variable] = .inbox
      case .channels: roles[variable] = .channel
      case .links: roles[variable] = .links
      case .pools, .tokens: roles[variable] = .shared
      case .plain:
        roles[variable] = nodeSet?.indexedVariables.contains(variable) ?? false ? .perNode : .shared
      }
    }
    var owners: [Int: Int] = [:]
    for (number, part) in parts.enumerated() {
      for name in part.variables {
        guard let variable = variables.firstIndex(of: name) else { continue }
        owners[variable] = members.count + number
        roles[variable] = .ofPart
      }
    }
    self.owners = owners
    self.roles = roles

    // Messages.
    var ends = MessageEnds(nodes: nodes, view: view)
    let unlearned = ends
    let shared = nodes.isEmpty ? [] : roles.indices.filter { roles[$0] == .shared }
    let pools = shared.filter { variable in
      view.roles[variables[variable]].map { $0 == .pools } ?? finder.isPool(variable, ends)
    }
    self.pools = pools
    let tokens = shared.compactMap { variable -> Token? in
      guard view.roles[variables[variable]].map({ $0 == .tokens }) ?? true else { return nil }
      return finder.token(variable, isSaid: view.roles[variables[variable]] == .tokens)
    }
    self.tokens = tokens
    let plainlyShared = shared.filter { variable in
      !pools.contains(variable) && !tokens.contains { $0.variable == variable }
        && view.roles[variables[variable]] != .plain
    }
    let memberships = plainlyShared.filter(finder.isSetOfNodes)
    self.memberships = memberships
    holders = plainlyShared.filter(finder.isHolder)
    queues = plainlyShared.filter { finder.isQueue($0, unlearned) }
    let reversed = Set(roles.indices.filter { roles[$0] == .channel && finder.isReceiverFirst($0) })
    reversedChannels = reversed
    mailboxes = ProtocolStructure.mailboxes(roles, tokens: tokens, count: members.count)

    let plain = Actors(nodes: nodes, view: view)
    ends.learn(pools: pools, sample) { plain.actor(of: $0, unlearned) }
    self.ends = ends
    let evidence = ActorEvidence(nodes: nodes, roles: roles, memberships: memberships, tokens: tokens)
    self.evidence = evidence
    actors = plain.learning(from: sample, ends, evidence)
    problems = []
  }

  private static func mailboxes(_ roles: [Role], tokens: [Token], count: Int) -> [Mailbox] {
    roles.indices.flatMap { variable -> [Mailbox] in
      if roles[variable] == .inbox || tokens.contains(where: { $0.variable == variable }) {
        return (0..<count).map { Mailbox(variable: variable, node: $0, sender: nil) }
      }
      guard roles[variable] == .channel else { return [] }
      return (0..<count).flatMap { receiver in
        (0..<count).map { Mailbox(variable: variable, node: receiver, sender: $0) }
      }
    }
  }

  /// The positions of the variables with a role, in order.
  package func variables(as role: Role) -> [Int] { roles.indices.filter { roles[$0] == role } }

  /// The value of a variable for a node in a state (the values of all variables). Nil if the variable is not indexed by node, or the node
  /// is not in its domain. For a function on pairs, the value is a function of the second node.
  package func value(ofVariable variable: Int, node: PlainValue, in state: [PlainValue]) -> PlainValue? {
    guard roles.indices.contains(variable), state.indices.contains(variable) else { return nil }
    switch roles[variable] {
    case .shared: return nil
    case .ofPart: return owners[variable].flatMap { nodes[$0] == node ? state[variable] : nil }
    case .perPair, .channel:
      guard let pairs = state[variable].functionPairs, let first = pairs.first, case .tuple = first.argument
      else {
        return state[variable].value(at: node)
      }
      let own = pairs.compactMap { pair -> PlainValue.Pair? in
        guard case .tuple(let ends) = pair.argument, ends.first == node, ends.count == 2 else { return nil }
        return PlainValue.Pair(argument: ends[1], value: pair.value)
      }
      return own.isEmpty ? nil : .function(own)
    case .inbox, .links, .perNode: return state[variable].value(at: node)
    }
  }

  /// What a variable's values for other nodes hold for a node, as a function of the other nodes: `f[·][a]` for a function `f[r][a]` that is
  /// not defined on `a` itself. Nil if there is none.
  package func value(
    ofVariable variable: Int, acrossTo node: PlainValue, in state: [PlainValue]
  ) -> PlainValue? {
    guard roles.indices.contains(variable), roles[variable] == .perNode, node.isName,
      state[variable].value(at: node) == nil
    else { return nil }
    let pairs = nodes.compactMap { other in
      state[variable].value(at: other)?.value(at: node).map { PlainValue.Pair(argument: other, value: $0) }
    }
    return pairs.isEmpty ? nil : .function(pairs)
  }

  /// The nodes that a node sees in a state, in the order of `nodes`, without the node itself; nil if there are no links.
  package func peers(of node: PlainValue, in state: [PlainValue]) -> [PlainValue]? {
    guard let links = roles.firstIndex(of: .links),
      let value = value(ofVariable: links, node: node, in: state)
    else { return nil }
    return nodes.filter { $0 != node && value.sees($0) }
  }

  /// Whether a node sees another in a state. Two nodes of which one has no links at all always see each other: no link between them can be
  /// cut.
  package func sees(_ one: PlainValue, _ other: PlainValue, in state: [PlainValue]) -> Bool {
    guard one != other, let peers = peers(of: one, in: state), self.peers(of: other, in: state) != nil else {
      return true
    }
    return peers.contains(other)
  }

  /// The node that takes a step: the view's node for the action; otherwise the first argument that is a node, the receiver of a message
  /// among the arguments, or the node that is known to take all steps with that name.
  package func actingNode(of label: ActionLabel?) -> PlainValue? {
    label.flatMap { actors.actor(of: $0, ends) }
  }

  /// The node that takes a step between two states. If the action names no node, it is the only one whose values change.
  package func actingNode(
    of label: ActionLabel?, from before: [PlainValue], to after: [PlainValue]
  ) -> PlainValue? {
    if let node = actingNode(of: label) { return node }
    guard let label, !actors.isSaid(label.name), before.count == variables.count, after.count == before.count
    else { return nil }
    let changed = evidence.nodes(from: before, to: after)
    // If the step handles a message, a change at its sender was not made by the sender.
    guard let node = changed.first, changed.count == 1,
      !label.arguments.contains(where: { ends.sender(of: $0) == node })
    else { return nil }
    return node
  }

  /// The elements of a queue that name a node, with their positions.
  package func places(of node: PlainValue, inQueue queue: Int, of state: [PlainValue]) -> [(
    position: Int, element: PlainValue
  )] {
    guard case .tuple(let elements) = state[queue] else { return [] }
    return elements.enumerated().filter { $0.element == node || ends.nodes(in: $0.element) == [node] }
      .map { ($0.offset, $0.element) }
  }

  /// The messages of a pool that a step handles and leaves there: its arguments, and messages of the kinds that its name or the view says
  /// it reads.
  package func messages(readBy label: ActionLabel, inPool contents: some Collection<PlainValue>)
    -> [PlainValue]
  {
    contents.filter { label.arguments.contains($0) || actors.reads($0, label, ends) }
      .sorted { $0.description < $1.description }
  }

  /// The messages that wait for a node, the head first, each with its variable.
  package func messages(for node: PlainValue, in state: [PlainValue]) -> [(
    variable: Int, message: PlainValue
  )] {
    mailboxes.filter { nodes[$0.node] == node }.flatMap { mailbox in
      messages(in: mailbox, of: state).map { (mailbox.variable, $0) }
    }
  }

  /// A message in a few words, without nodes that are known from the context.
  package func words(of message: PlainValue, leavingOut known: [PlainValue]) -> String {
    ends.words(of: message, leavingOut: known)
  }

  /// The node that a message names as its sender; nil if it names none.
  package func sender(of message: PlainValue) -> PlainValue? { ends.sender(of: message) }
  /// The node that a message names as its receiver; nil if it names none.
  package func receiver(of message: PlainValue) -> PlainValue? { ends.receiver(of: message) }
}
