/// Searches a graph for an infinite behavior that satisfies a condition. Each state may stutter.
///
/// The graph is multiplied with the condition's automaton while it is searched. Tarjan's algorithm ("Depth-first search and linear graph
/// algorithms", 1972) finds the strongly connected components. A component satisfies the pairs after the algorithm of Emerson and Lei
/// ("Modalities for model checking", 1987), for conditions on transitions as in Duret-Lutz, Poitrenaud and Couvreur ("On-the-fly emptiness
/// check of transition-based Streett automata", ATVA 2009): what a pair forbids is removed, and the rest is decomposed again. That takes
/// time linear in the product for each pair. It takes memory for the nodes that are reached.
final class FairCycleSearch {
  private let product: ProductGraph
  private let condition: RunCondition
  /// The states at which the automaton may begin.
  private let roots: Range<Int>
  private let poll: () throws -> Void

  /// The region to which each node belongs; 0 for a node that was not reached. A component that is found becomes a region of its own.
  private let regions: Reservation<UInt32>
  private var regionCount: UInt32 = 0
  /// Each node's number in the order of the depth-first search in its region; 0 if it was not reached there.
  private let orders: Reservation<UInt32>
  private let lows: Reservation<UInt32>
  /// The components that satisfy the condition, with the steps that are not theirs.
  private var fair: [UInt32: [StepCondition]] = [:]
  private var sincePoll = 0

  /// `poll` is called every few thousand nodes. Throws `FormulaAutomaton.TooLarge`, and `ValueError` if there is no address space.
  init(
    _ graph: ReachabilityGraph, initialCount: Int, _ condition: RunCondition,
    _ predicates: any StepPredicates,
    poll: @escaping () throws -> Void
  ) throws {
    self.condition = condition
    self.poll = poll
    product = ProductGraph(graph, try FormulaAutomaton(condition.rest), predicates)
    roots = 0..<(condition.startsAnywhere ? graph.count : initialCount)
    regions = try Reservation(capacity: max(product.nodeCount, 1))
    orders = try Reservation(capacity: max(product.nodeCount, 1))
    lows = try Reservation(capacity: max(product.nodeCount, 1))
  }

  /// A behavior that satisfies the condition, with a shortest way to its loop's component; nil if there is none. It is the same in every
  /// run.
  func lasso() throws -> Lasso? {
    try findFairComponents()
    if fair.isEmpty { return nil }
    return try LassoSearch(
      product, condition, roots: roots, region: { [unowned self] in regions.base[$0] }, fair: fair, tick: tick
    ).lasso()
  }

  /// Whether there is a behavior that satisfies the condition. This ends at the first component that does.
  func isSatisfiable() throws -> Bool {
    do { try findFairComponents(endsAtFirst: true) } catch is FirstFound { return true }
    return !fair.isEmpty
  }

  private struct FirstFound: Error {}

  private func findFairComponents(endsAtFirst: Bool = false) throws {
    var waiting: [(nodes: [Int], removed: [StepCondition])] = []
    func examine(_ component: [Int], _ removed: [StepCondition]) throws {
      switch try verdict(on: component, removed) {
      case .fair:
        if endsAtFirst { throw FirstFound() }
        fair[regions.base[component[0]]] = removed
      case .unfair: break
      case .fairWithout(let more): waiting.append((nodes: component, removed: removed + more))
      }
    }
    regionCount = 1
    try decompose(roots, region: 0, []) { try examine($0, []) }
    while let (nodes, removed) = waiting.popLast() {
      let region = regions.base[nodes[0]]
      for node in nodes { orders.base[node] = 0 }
      try decompose(nodes, region: region, removed) { try examine($0, removed) }
    }
  }

  /// Finds the strongly connected components among the nodes of a region that can be reached from the roots, and gives each that has a step
  /// inside to `found`, as a region of its own.
  private func decompose(
    _ roots: some Sequence<Int>, region: UInt32, _ removed: [StepCondition], found: ([Int]) throws -> Void
  ) throws {
    var visited: UInt32 = 0
    var stack: [Int] = []
    var path: [ProductGraph.StepCursor] = []
    func enter(_ node: Int) {
      visited += 1
      orders.base[node] = visited
      lows.base[node] = visited
      stack.append(node)
      path.append(product.cursor(at: node))
    }
    for root in roots where orders.base[root] == 0 && regions.base[root] == region {
      enter(root)
      while var top = path.popLast() {
        if let step = try product.next(&top, without: removed) {
          path.append(top)
          guard regions.base[step.target] == region else { continue }
          if orders.base[step.target] == 0 {
            enter(step.target)
          } else {
            lows.base[top.node] = min(lows.base[top.node], orders.base[step.target])
          }
          continue
        }
        try tick()
        let low = lows.base[top.node]
        if let parent = path.last { lows.base[parent.node] = min(lows.base[parent.node], low) }
        guard low == orders.base[top.node], let start = stack.lastIndex(of: top.node) else { continue }
        let component = Array(stack[start...])
        stack.removeSubrange(start...)
        regionCount += 1
        for node in component { regions.base[node] = regionCount }
        if try component.count > 1 || hasLoop(top.node, removed) { try found(component) }
      }
    }
  }

  private func hasLoop(_ node: Int, _ removed: [StepCondition]) throws -> Bool {
    // Every state may stutter.
    if product.readsEverything, removed.isEmpty { return true }
    return try hasStep(inside: [node], removed) { _, _ in true }
  }

  private func tick() throws {
    sincePoll += 1
    if sincePoll & 0xFFF == 0 { try poll() }
  }

  /// Whether a step inside a component satisfies the test.
  private func hasStep(
    inside component: [Int], _ removed: [StepCondition],
    where test: (Int, ProductGraph.ProductStep) throws -> Bool
  ) throws -> Bool {
    try product.hasStep(inside: component, regionOf: { regions.base[$0] }, without: removed, where: test)
  }

  private enum Verdict {
    case fair, unfair
    /// Perhaps some of its parts are, once these steps are removed.
    case fairWithout([StepCondition])
  }

  private func verdict(on component: [Int], _ removed: [StepCondition]) throws -> Verdict {
    // Most components are one node; its steps to itself are few.
    let lone = try component.count == 1 ? loops(at: component[0], removed) : nil
    func hasStep(where test: (Int, ProductGraph.ProductStep) throws -> Bool) throws -> Bool {
      guard let lone else { return try self.hasStep(inside: component, removed, where: test) }
      let state = product.state(of: component[0])
      return try lone.contains { try test(state, $0) }
    }
    var missing = product.automaton.allAcceptance
    if missing != 0 {
      let isComplete = try hasStep { _, step in
        missing &= ~step.acceptance
        return missing == 0
      }
      if !isComplete { return .unfair }
    }
    var more: [StepCondition] = []
    for pair in condition.pairs {
      try tick()
      if try hasStep(where: { try product.isTrue(pair.then, $0, $1.edge) }) { continue }
      if pair.often == .always { return .unfair }
      if try hasStep(where: { try product.isTrue(pair.often, $0, $1.edge) }) { more.append(pair.often) }
    }
    return more.isEmpty ? .fair : .fairWithout(more)
  }

  /// The steps from a node to itself.
  private func loops(at node: Int, _ removed: [StepCondition]) throws -> [ProductGraph.ProductStep] {
    var loops: [ProductGraph.ProductStep] = []
    var cursor = product.cursor(at: node)
    while let step = try product.next(&cursor, without: removed) {
      if step.target == node { loops.append(step) }
    }
    return loops
  }
}
