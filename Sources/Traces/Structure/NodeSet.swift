import BigInt
package import StateSpace

/// A constant set that indexes variables: the candidate for a protocol's nodes.
struct NodeSet {
  let name: String
  let nodes: [PlainValue]
  let indexedVariables: Set<Int>

  private static let hints = [
    "node", "proc", "server", "replica", "peer", "participant", "acceptor", "host", "site", "actor", "agent",
  ]
  /// A range of more nodes than this is rather a range of data.
  private static let largestRange = 64

  /// The set that is the domain of some variables in every sampled state: a set of model values before others, one
  /// whose name speaks of nodes before others, the one that indexes more variables, the one that is declared first.
  static func best(constants: [(name: String, value: PlainValue)], columns: Int, sample: [[PlainValue]])
    -> NodeSet?
  {
    guard !sample.isEmpty else { return nil }
    var best: (set: NodeSet, rank: Int)?
    for (name, nodes) in candidates(constants) {
      let domain = Set(nodes)
      let indexed = (0..<columns).filter { variable in
        sample.allSatisfy { $0[variable].hasDomain(domain) }
      }
      guard !indexed.isEmpty else { continue }
      let set = NodeSet(name: name, nodes: nodes, indexedVariables: Set(indexed))
      let rank = set.rank
      if rank > best?.rank ?? -1 { best = (set, rank) }
    }
    return best?.set
  }

  private var rank: Int {
    let areModelValues = nodes.allSatisfy { if case .modelValue = $0 { true } else { false } }
    let isNamedSo = NodeSet.hints.contains { name.lowercased().contains($0) }
    return (areModelValues ? 100_000 : 0) + (isNamedSo ? 10_000 : 0) + min(indexedVariables.count, 9_999)
  }

  /// Constant sets, and the ranges `1..N` and `0..N-1` of constant numbers.
  private static func candidates(
    _ constants: [(name: String, value: PlainValue)]
  ) -> [(name: String, nodes: [PlainValue])] {
    var result: [(name: String, nodes: [PlainValue])] = []
    for (name, value) in constants {
      if case .set(let elements) = value, !elements.isEmpty { result.append((name, elements)) }
    }
    for (name, value) in constants {
      guard case .integer(let bound) = value, let count = Int(exactly: bound), count >= 1,
        count <= largestRange
      else { continue }
      result.append(("1..\(name)", (1...count).map { .integer(BigInt($0)) }))
      result.append(("0..\(name)-1", (0..<count).map { .integer(BigInt($0)) }))
    }
    return result
  }
}

extension PlainValue {
  /// What a function, tuple or record gives for an argument; nil outside its domain and for other values.
  package func value(at argument: PlainValue) -> PlainValue? {
    switch (self, argument) {
    case (.function(let pairs), _):
      return pairs.first { $0.argument == argument }?.value
    case (.tuple(let elements), .integer(let number)):
      guard let index = Int(exactly: number), index >= 1, index <= elements.count else { return nil }
      return elements[index - 1]
    case (.record(let fields), .string(let name)):
      return fields.first { $0.name == name }?.value
    default:
      return nil
    }
  }

  /// Whether it is a function with exactly this domain. The empty function has none that counts.
  fileprivate func hasDomain(_ domain: Set<PlainValue>) -> Bool {
    switch self {
    case .function(let pairs):
      pairs.count == domain.count && pairs.allSatisfy { domain.contains($0.argument) }
    case .tuple(let elements):
      elements.count == domain.count
        && elements.indices.allSatisfy { domain.contains(.integer(BigInt($0 + 1))) }
    case .record(let fields):
      fields.count == domain.count && fields.allSatisfy { domain.contains(.string($0.name)) }
    default:
      false
    }
  }
}
