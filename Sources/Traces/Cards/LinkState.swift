package import StateSpace

/// Two nodes by their positions in the structure, the smaller first.
package struct NodePair: Hashable, Sendable {
  package let first: Int
  package let second: Int

  package init(_ one: Int, _ other: Int) {
    first = min(one, other)
    second = max(one, other)
  }
}

/// Whether two nodes see each other.
package enum LinkState: Hashable, Sendable {
  case linked
  case cut
  /// Only the node at that position sees the other.
  case oneWay(from: Int)
}

extension ProtocolStructure {
  /// The link between two nodes, given by their positions, in a state; nil if the model has no links.
  package func link(_ first: Int, _ second: Int, in values: [PlainValue]) -> LinkState? {
    guard let one = peers(of: nodes[first], in: values), let other = peers(of: nodes[second], in: values)
    else { return nil }
    switch (one.contains(nodes[second]), other.contains(nodes[first])) {
    case (true, true): return .linked
    case (false, false): return .cut
    case (true, false): return .oneWay(from: first)
    case (false, true): return .oneWay(from: second)
    }
  }

  /// The pairs of nodes that can have a link in a state, in order.
  package func linkPairs(in values: [PlainValue]) -> [NodePair] {
    nodes.indices.flatMap { first in
      ((first + 1)..<max(first + 1, nodes.count)).filter { link(first, $0, in: values) != nil }.map {
        NodePair(first, $0)
      }
    }
  }
}

/// The link between two cards.
package struct CardLink: Hashable, Sendable {
  package let pair: NodePair
  package let state: LinkState
  /// Whether the step that led to the state cut or healed it.
  package let isNew: Bool
  /// The last step that cut it, whether or not it was healed since.
  package let lastCut: Int?
}
