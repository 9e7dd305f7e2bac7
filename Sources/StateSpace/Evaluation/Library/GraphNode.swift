import TLASemantics

/// The operators of the modules Graphs and UndirectedGraphs, by searches that visit each edge once.
final class GraphNode: BuiltinNode {
  override func evaluate(_ machine: Machine) throws -> Value {
    let values = try values(machine)
    return try here { try Self.apply(builtin, values, machine.store) }
  }

  private static func apply(_ builtin: Builtin, _ values: [Value], _ store: ValueStore) throws -> Value {
    let isUndirected = [.undirectedSimplePaths, .areConnectedUndirected, .connectedComponents].contains(
      builtin)
    let position = [.areConnected, .areConnectedUndirected].contains(builtin) ? 2 : 0
    let graph = try Digraph(
      values[position], isUndirected: isUndirected, called: builtin.argument(position + 1), store)
    /// The node that an argument names; nil if it names none.
    func node(_ position: Int) throws -> Int? { try graph.node(values[position], store) }
    func nodes(_ places: some Sequence<Int>) throws -> Value {
      try store.set(of: places.map { graph.nodes[$0] })
    }
    switch builtin {
    case .simplePaths, .undirectedSimplePaths: return try graph.simplePaths(store)
    case .areConnected, .areConnectedUndirected:
      guard let first = try node(0), let second = try node(1) else { return .no }
      return Value(first == second || graph.reachable(from: [first])[second])
    case .isStronglyConnected:
      guard !graph.nodes.isEmpty else { return .yes }
      return Value(
        graph.reachable(from: [0]).allSatisfy { $0 }
          && graph.transposed.reachable(from: [0]).allSatisfy { $0 }
      )
    case .connectionsIn:
      var matrix = BitMatrix(graph.nodes.count)
      for node in graph.nodes.indices {
        for (other, isReachable) in graph.reachable(from: [node]).enumerated() where isReachable {
          matrix.insert(node, other)
        }
      }
      return try store.relation(matrix, over: store.set(of: graph.nodes))
    case .hasCycle: return Value(graph.hasCycle)
    case .ancestors, .descendants:
      if graph.nodes.isEmpty { return store.emptySet }
      guard let start = try node(1) else {
        throw ValueError(
          "\(builtin.argument(2)) should be a node of the graph, and is \(store.describe(values[1]))")
      }
      let directed = builtin == .ancestors ? graph.transposed : graph
      let reached = directed.reachable(from: directed.successors[start])
      return try nodes(graph.nodes.indices.filter { reached[$0] })
    case .roots: return try nodes(graph.nodes.indices.filter(graph.transposed.isLeaf))
    case .leaves: return try nodes(graph.nodes.indices.filter(graph.isLeaf))
    default:
      var components: [Value] = []
      var isSeen = Array(repeating: false, count: graph.nodes.count)
      for node in graph.nodes.indices where !isSeen[node] {
        let reached = graph.reachable(from: [node])
        let members = graph.nodes.indices.filter { reached[$0] }
        for member in members { isSeen[member] = true }
        components.append(try nodes(members))
      }
      return try store.set(of: components)
    }
  }
}

/// A graph whose nodes are numbers, in TLC's order. An undirected edge leads both ways. Pairs that are not edges between two of the nodes
/// are left out, because the modules' definitions never use them.
private struct Digraph {
  let nodes: [Value]
  private(set) var successors: [[Int]]
  private let places: [Value: Int]

  /// Reads a record with the sets `node` and `edge`.
  init(_ value: Value, isUndirected: Bool, called argument: @autoclosure () -> String, _ store: ValueStore)
    throws
  {
    func field(_ name: String) throws -> Value {
      guard value.tag == Value.Tag.record, let index = store.argumentIndex(value, store.string(name)),
        store.isSet(store.functionValue(value, index))
      else {
        throw ValueError(
          "\(argument()) should be a graph, a record with the sets node and edge, and is \(store.describe(value))"
        )
      }
      return try store.enumerated(store.functionValue(value, index))
    }
    let (nodeSet, edgeSet) = (try field("node"), try field("edge"))
    try store.checkOrdered(nodeSet)
    nodes = store.elements(nodeSet)
    successors = Array(repeating: [], count: nodes.count)
    places = Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($1, $0) })
    for edge in store.elements(edgeSet) {
      let ends: [Value]
      if isUndirected {
        guard store.isSet(edge) else { continue }
        let members = store.elements(try store.enumerated(edge))
        guard let first = members.first, let last = members.last, members.count <= 2 else { continue }
        ends = [first, last]
      } else {
        guard edge.tag == Value.Tag.tuple, store.length(edge) == 2 else { continue }
        ends = [store.functionValue(edge, 0), store.functionValue(edge, 1)]
      }
      guard let from = try node(ends[0], store), let to = try node(ends[1], store) else { continue }
      successors[from].append(to)
      if isUndirected, from != to { successors[to].append(from) }
    }
    if isUndirected { for node in nodes.indices { successors[node].sort() } }
  }

  private init(_ nodes: [Value], _ successors: [[Int]], _ places: [Value: Int]) {
    self.nodes = nodes
    self.successors = successors
    self.places = places
  }

  /// The number of a node; nil if the value is not a node. Throws if it cannot be compared with the nodes.
  func node(_ value: Value, _ store: ValueStore) throws -> Int? {
    if let place = places[try store.part(value)] { return place }
    if let first = nodes.first { _ = try store.equal(value, first) }
    return nil
  }

  func isLeaf(_ node: Int) -> Bool { successors[node].isEmpty }

  /// The graph with every edge reversed.
  var transposed: Digraph {
    var predecessors: [[Int]] = Array(repeating: [], count: nodes.count)
    for (node, others) in successors.enumerated() { for other in others { predecessors[other].append(node) } }
    return Digraph(nodes, predecessors, places)
  }

  /// Which nodes can be reached from the given ones, including these.
  func reachable(from start: [Int]) -> [Bool] {
    var isReached = Array(repeating: false, count: nodes.count)
    for node in start { isReached[node] = true }
    var open = start
    while let node = open.popLast() {
      for other in successors[node] where !isReached[other] {
        isReached[other] = true
        open.append(other)
      }
    }
    return isReached
  }

  /// Whether some node can be reached from itself: then the topological sort of Kahn, "Topological sorting of large networks" (1962), does
  /// not reach every node.
  var hasCycle: Bool {
    var incoming = Array(repeating: 0, count: nodes.count)
    for others in successors { for other in others { incoming[other] += 1 } }
    var open = nodes.indices.filter { incoming[$0] == 0 }
    var sorted = 0
    while let node = open.popLast() {
      sorted += 1
      for other in successors[node] {
        incoming[other] -= 1
        if incoming[other] == 0 { open.append(other) }
      }
    }
    return sorted < nodes.count
  }

  /// Every path that visits no node twice, as a sequence of nodes.
  func simplePaths(_ store: ValueStore) throws -> Value {
    let bottom = store.scratchTop
    do {
      var isOnPath = Array(repeating: false, count: nodes.count)
      for start in nodes.indices {
        var path = [start]
        var next = [0]
        isOnPath[start] = true
        try store.push(tuple(path, store))
        while let node = path.last {
          let place = next[path.count - 1]
          if place == successors[node].count {
            isOnPath[node] = false
            path.removeLast()
            next.removeLast()
            continue
          }
          next[path.count - 1] += 1
          let other = successors[node][place]
          if isOnPath[other] { continue }
          isOnPath[other] = true
          path.append(other)
          next.append(0)
          try store.push(tuple(path, store))
        }
      }
    } catch {
      store.scratchTop = bottom
      throw error
    }
    return try store.popSet(from: bottom)
  }

  private func tuple(_ path: [Int], _ store: ValueStore) throws -> Value {
    let start = store.scratchTop
    for node in path { try store.push(nodes[node]) }
    return try store.popTuple(from: start)
  }
}
