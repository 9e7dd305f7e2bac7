import BigInt

/// The facts about a breadth-first run at the moment when the successors of a state had been found. TLC evaluates the predicates of a
/// temporal property then, so that `TLCGet("queue")` tells whether the search went on.
final class ExpansionFacts: RunFacts {
  private let graph: ReachabilityGraph
  private let run: (any RunFacts)?
  /// The state whose predicates are evaluated.
  var state = 0
  /// For each state, how many states were known when its successors had been found.
  private lazy var known: [UInt32] = {
    var known: [UInt32] = []
    known.reserveCapacity(graph.count)
    // The initial states are the first level.
    var count = graph.levelStarts.count > 1 ? graph.levelStarts[1] : graph.count
    for state in 0..<graph.count {
      for edge in graph.edges(of: state) { count = max(count, graph.target(edge) + 1) }
      known.append(UInt32(count))
    }
    return known
  }()

  init(_ graph: ReachabilityGraph, _ run: (any RunFacts)?) {
    self.graph = graph
    self.run = run
  }

  func value(of name: String) -> PlainValue? {
    switch name {
    case "queue" where state < graph.count: .integer(BigInt(Int(known[state]) - state - 1))
    case "distinct" where state < graph.count: .integer(BigInt(Int(known[state])))
    default: run?.value(of: name)
    }
  }

  func level(of state: UnsafePointer<UInt32>) -> Int? { run?.level(of: state) }
  func behavior(to state: UnsafePointer<UInt32>) -> [[UInt32]]? { run?.behavior(to: state) }
  var counterexample: PlainValue { run?.counterexample ?? .counterexample() }
  func end() { run?.end() }
}
