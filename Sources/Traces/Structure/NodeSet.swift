import BigInt
package import StateSpace

/// A set that indexes variables: the candidate for a protocol's nodes.
struct NodeSet {
  let name: String
  let nodes: [PlainValue]
  let indexedVariables: Set<Int>

  private static let hints = [
    "node", "proc", "server", "replica", "peer", "participant", "acceptor", "host", "site", "actor", "agent",
    "client",
    "philosoph", "thread", "learner",
  ]
  /// A range of more than this many numbers is more likely data.
  private static let largestRange = 64
  /// The greatest size of a set that indexes no variable, and the most nodes that a larger domain may add.
  private static let largestBareSet = 16

  /// The best candidate among sets that are the domain of some variables in every sampled state. The criteria, in this order: elements that
  /// are the first arguments of actions, model values, a name that suggests nodes, the number of variables that it indexes, and the order
  /// of declaration. Without such a set, one whose elements are first arguments of actions. Further sets of acting elements are added
  /// (acceptors beside resource managers).
  static func best(_ sample: ProtocolSample, columns: Int) -> NodeSet? {
    guard !sample.states.isEmpty else { return nil }
    let speakers = Speakers(sample)
    let domains = (0..<columns).map { stableDomain(of: $0, sample.states) }
    var best: (set: NodeSet, rank: Int)?
    let candidates = candidates(sample, domains: domains)
    for (name, nodes, isNamed) in candidates {
      let domain = Set(nodes)
      let indexed = domains.indices.filter { domains[$0].map { Set($0) == domain } ?? false }
      let share = speakers.share(of: domain)
      guard !indexed.isEmpty || (isNamed && share >= 50 && nodes.count <= largestBareSet) else { continue }
      let set = NodeSet(name: name, nodes: nodes, indexedVariables: Set(indexed))
      let rank = set.rank + (share >= 34 ? 200_000 : 0)
      if rank > best?.rank ?? -1 { best = (set, rank) }
    }
    guard let found = best?.set else { return nil }
    return found.joined(with: candidates, domains: domains, speakers)
  }

  /// The set of known nodes, with the variables that it indexes.
  static func of(_ nodes: [PlainValue], name: String, _ sample: ProtocolSample, columns: Int) -> NodeSet {
    let domains = (0..<columns).map { stableDomain(of: $0, sample.states) }
    return NodeSet(name: name, nodes: nodes, indexedVariables: indexed(by: nodes, domains))
  }

  private var rank: Int {
    let areModelValues = nodes.allSatisfy { if case .modelValue = $0 { true } else { false } }
    return (areModelValues ? 100_000 : 0) + (NodeSet.isNamedSo(name) ? 10_000 : 0)
      + min(indexedVariables.count, 9_999)
  }

  private static func isNamedSo(_ name: String) -> Bool {
    hints.contains { name.lowercased().contains($0) }
  }

  /// Constant sets, sets that the specification defines, the ranges `1..N` and `0..N-1` of constant numbers, and the domains of functions.
  private static func candidates(
    _ sample: ProtocolSample, domains: [[PlainValue]?]
  ) -> [(name: String, nodes: [PlainValue], isNamed: Bool)] {
    var result: [(name: String, nodes: [PlainValue], isNamed: Bool)] = []
    for (name, value) in sample.constants + sample.definitions {
      guard case .set(let elements) = value, !elements.isEmpty else { continue }
      result.append((name, elements, true))
    }
    for (name, value) in sample.constants {
      guard case .integer(let bound) = value, let count = Int(exactly: bound), count >= 1,
        count <= largestRange
      else { continue }
      result.append(("1..\(name)", (1...count).map { .integer(BigInt($0)) }, false))
      result.append(("0..\(name)-1", (0..<count).map { .integer(BigInt($0)) }, false))
    }
    // Domains of functions matter if a trace or a literal in the specification gives no name. Only steps show that a tuple is not data.
    guard !sample.steps.isEmpty else { return result }
    for domain in domains.compactMap({ $0 })
    where domain.count >= 2 && domain.count <= largestRange && domain.allSatisfy(\.isAtom)
      && !result.contains(where: { Set($0.nodes) == Set(domain) })
      && Speakers(sample).share(of: Set(domain)) >= 34
    {
      result.append(("DOMAIN", domain, false))
    }
    return result
  }

  /// The domain of a variable, if it is a function on the same arguments in all states. The empty function does not count.
  private static func stableDomain(of variable: Int, _ states: [[PlainValue]]) -> [PlainValue]? {
    guard let domain = states.first?[variable].domain, !domain.isEmpty else { return nil }
    return states.allSatisfy { $0[variable].hasDomain(domain) } ? domain : nil
  }

  private static func indexed(by nodes: [PlainValue], _ domains: [[PlainValue]?]) -> Set<Int> {
    let all = Set(nodes)
    return Set(
      domains.indices.filter { variable in
        guard let domain = domains[variable] else { return false }
        if Set(domain) == all { return true }
        // A tuple or a record on some of the nodes is more likely data; a function on some of them is not.
        return domain.allSatisfy { all.contains($0) && $0.isName }
      })
  }

  /// Adds the nodes of a larger domain (`pc` of the managers and the coordinator), and of other sets whose elements act.
  private func joined(
    with candidates: [(name: String, nodes: [PlainValue], isNamed: Bool)], domains: [[PlainValue]?],
    _ speakers: Speakers
  ) -> NodeSet {
    var all = nodes
    var names = [name]
    guard !speakers.isEmpty else { return self }
    for domain in domains.compactMap({ $0 })
    where domain.contains(where: \.isName) && Set(domain).isStrictSuperset(of: all)
      && domain.count <= all.count + NodeSet.largestBareSet
    {
      all += domain.filter { !all.contains($0) }
    }
    for candidate in candidates where candidate.isNamed && Set(candidate.nodes).isDisjoint(with: all) {
      let indexes = domains.contains { $0.map { Set($0) == Set(candidate.nodes) } ?? false }
      guard candidate.nodes.allSatisfy(\.isName), candidate.nodes.count <= NodeSet.largestBareSet,
        speakers.contains(candidate.nodes), indexes || NodeSet.isNamedSo(candidate.name)
      else { continue }
      all += candidate.nodes
      names.append(candidate.name)
    }
    return NodeSet(
      name: names.joined(separator: ", "), nodes: all,
      indexedVariables: indexedVariables.union(NodeSet.indexed(by: all, domains)))
  }
}

/// The first arguments of the actions in a sample.
private struct Speakers {
  private var arguments: [Set<PlainValue>] = []

  init(_ sample: ProtocolSample) {
    var known: [String: Set<PlainValue>] = [:]
    for step in sample.steps {
      guard let first = step.label.arguments.first else { continue }
      known[step.label.name, default: []].insert(first)
    }
    arguments = Array(known.values)
  }

  var isEmpty: Bool { arguments.isEmpty }

  /// Among the actions with arguments, the percentage whose first argument is in the set.
  func share(of set: Set<PlainValue>) -> Int {
    guard !arguments.isEmpty else { return 0 }
    return arguments.count { !$0.isEmpty && $0.isSubset(of: set) } * 100 / arguments.count
  }

  func contains(_ nodes: [PlainValue]) -> Bool {
    arguments.contains { !$0.isEmpty && $0.isSubset(of: nodes) }
  }
}

extension PlainValue {
  /// The value of a function, tuple or record for an argument; nil outside its domain and for other values.
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

  /// The arguments of a function, tuple or record; nil for other values.
  var domain: [PlainValue]? {
    switch self {
    case .function(let pairs): pairs.map(\.argument)
    case .tuple(let elements): elements.indices.map { .integer(BigInt($0 + 1)) }
    case .record(let fields): fields.map { .string($0.name) }
    default: nil
    }
  }

  fileprivate func hasDomain(_ domain: [PlainValue]) -> Bool {
    switch self {
    case .function(let pairs):
      pairs.count == domain.count && zip(pairs, domain).allSatisfy { $0.argument == $1 }
    case .tuple(let elements): elements.count == domain.count && self.domain == domain
    case .record: self.domain == domain
    default: false
    }
  }

  /// Whether it is a model value or a string, and not a number, which could also be data.
  var isName: Bool {
    switch self {
    case .modelValue, .string: true
    default: false
    }
  }

  /// Whether it has no parts and may name something.
  var isAtom: Bool {
    if case .integer = self { return true }
    return isName
  }
}
