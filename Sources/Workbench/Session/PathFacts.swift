import StateSpace
import Traces

/// Facts about a state that follow from the path to it: since when links are cut, and where the waiting messages come from.
struct PathFacts: Sendable {
  /// Two nodes by their positions in the structure, the smaller first.
  struct Pair: Hashable, Sendable {
    let first: Int
    let second: Int

    init(_ one: Int, _ other: Int) {
      first = min(one, other)
      second = max(one, other)
    }
  }

  /// The origin of a waiting message.
  struct MessageOrigin: Hashable, Sendable {
    /// The step that appended the message; nil if the message is older than the known part of the path.
    let step: Int?
    /// The node that sent it.
    let sender: Int?
    /// The sender did not see the receiver, neither before nor after the step.
    let isAcrossCut: Bool
  }

  /// The last step that cut a link, whether or not the link was healed since.
  var lastCut: [Pair: Int] = [:]
  /// The step that last cut or healed a link.
  var lastChange: [Pair: Int] = [:]
  /// An origin for each message of a mailbox, in order.
  var origins: [Mailbox: [MessageOrigin]] = [:]
}

/// Computes and caches the facts of tree nodes, each from those of its parent.
struct PathFactsCache {
  private var known = Cache<Int, PathFacts>(limit: 512)
  /// How far back the path is followed if none of its facts are cached.
  private static let horizon = 400

  /// The nodes from this number on will be replaced by others.
  mutating func forget(fromNode count: Int) { known.removeAll { $0 >= count } }

  mutating func facts(at node: Int, in tree: TraceTree, of model: SessionModel) -> PathFacts {
    var missing: [Int] = []
    var current = node
    var facts: PathFacts?
    while facts == nil {
      if let value = known[current] {
        facts = value
      } else {
        missing.append(current)
        guard let parent = tree[current].parent, missing.count < PathFactsCache.horizon else { break }
        current = parent
      }
    }
    var result = facts ?? start(missing.popLast() ?? node, tree, model)
    for node in missing.reversed() {
      result = extended(result, to: node, tree, model)
      known[node] = result
    }
    return result
  }

  /// The facts at the beginning of the examined path: at an initial state, or at the horizon.
  private func start(_ node: Int, _ tree: TraceTree, _ model: SessionModel) -> PathFacts {
    var facts = PathFacts()
    let structure = model.structure
    let values = model.values(of: tree[node].state)
    let isInitial = tree[node].parent == nil
    for mailbox in structure.mailboxes {
      let origin = PathFacts.MessageOrigin(
        step: isInitial ? 0 : nil, sender: mailbox.sender, isAcrossCut: false)
      let count = structure.messages(in: mailbox, of: values).count
      if count > 0 { facts.origins[mailbox] = Array(repeating: origin, count: count) }
    }
    return facts
  }

  private func extended(
    _ before: PathFacts, to node: Int, _ tree: TraceTree, _ model: SessionModel
  ) -> PathFacts {
    guard let parent = tree[node].parent else { return start(node, tree, model) }
    var facts = before
    let structure = model.structure
    let old = model.values(of: tree[parent].state)
    let new = model.values(of: tree[node].state)
    let step = tree[node].depth
    let positions = Dictionary(
      structure.nodes.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    let acting = structure.actingNode(of: tree[node].label).flatMap { positions[$0] }
    for change in model.summary(from: tree[parent].state, to: tree[node].state, label: tree[node].label)
      .changes
    {
      guard case .cut(let one, let other) = change, let first = positions[one], let second = positions[other]
      else {
        if case .healed(let one, let other) = change, let first = positions[one],
          let second = positions[other]
        {
          facts.lastChange[PathFacts.Pair(first, second)] = step
        }
        continue
      }
      facts.lastCut[PathFacts.Pair(first, second)] = step
      facts.lastChange[PathFacts.Pair(first, second)] = step
    }
    for mailbox in structure.mailboxes where old[mailbox.variable] != new[mailbox.variable] {
      let differences = structure.difference(in: mailbox, from: old, to: new)
      guard !differences.isEmpty else { continue }
      var origins = facts.origins[mailbox] ?? []
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
          mailbox.sender ?? sender(of: message, to: mailbox.node, acting: acting, structure, positions)
        let seesNow = sender.map { structure.sees(structure.nodes[$0], receiver, in: new) } ?? true
        let sawBefore = sender.map { structure.sees(structure.nodes[$0], receiver, in: old) } ?? true
        origins.insert(
          PathFacts.MessageOrigin(step: step, sender: sender, isAcrossCut: !seesNow && !sawBefore),
          at: min(position, origins.count))
      }
      facts.origins[mailbox] = origins
    }
    return facts
  }

  /// The sender of a new message: the acting node. If that is the receiver and the message names another node, then that one.
  private func sender(
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
