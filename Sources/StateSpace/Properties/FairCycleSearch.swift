/// Searches a graph for an infinite behavior that satisfies a condition. Each state may stutter.
///
/// The graph is multiplied with the condition's automaton while it is searched. Tarjan's algorithm ("Depth-first search and linear graph
/// algorithms", 1972), in the form of Pearce ("A space-efficient algorithm for finding strongly connected components", 2016), finds the
/// strongly connected components. A component satisfies the pairs after the algorithm of Emerson and Lei ("Modalities for model checking",
/// 1987), for conditions on transitions as in Duret-Lutz, Poitrenaud and Couvreur ("On-the-fly emptiness check of transition-based Streett
/// automata", ATVA 2009): what a pair forbids is removed, and the rest is decomposed again. That takes time linear in the product for each
/// pair. It takes four bytes for each node that is reached.
final class FairCycleSearch<Predicates: StepPredicates> {
  private typealias Product = ProductGraph<Predicates>

  private let product: ProductGraph<Predicates>
  /// The states at which the automaton may begin.
  private let roots: Range<Int>
  private let poll: () throws -> Void

  /// For each node: 0 if it was not reached. Until its component is complete, the least number in the order of the depth-first search that is
  /// known of it. Then its component's number.
  private let marks: Reservation<UInt32>
  /// The number of the last complete component. They are counted downward, so that they are greater than all numbers of nodes.
  private var lastComponent = UInt32.max
  /// The components that satisfy the condition, with the steps that are not theirs.
  private var fair: [UInt32: [ProductGraph<Predicates>.Condition]] = [:]
  /// The steps from a node to itself, for a component of one node.
  private var loops: [ProductStep] = []
  private var sincePoll = 0

  /// `poll` is called every few thousand nodes. Throws `FormulaAutomaton.TooLarge`, and `ValueError` if there is no address space.
  init(
    _ graph: ReachabilityGraph, initialCount: Int, _ condition: RunCondition, _ predicates: Predicates,
    poll: @escaping () throws -> Void
  ) throws {
    self.poll = poll
    product = try ProductGraph(graph, condition, predicates)
    roots = 0..<(condition.startsAnywhere ? graph.count : initialCount)
    marks = try Reservation(capacity: max(product.nodeCount, 1))
  }

  /// A behavior that satisfies the condition, with a shortest way to its loop's component; nil if there is none. It is the same in every
  /// run.
  func lasso() throws -> Lasso? {
    try findFairComponents()
    if fair.isEmpty { return nil }
    return try LassoSearch(
      product, roots: roots, region: { [unowned self] in marks.base[$0] }, fair: fair, tick: tick
    ).lasso()
  }

  /// Whether there is a behavior that satisfies the condition. This ends at the first component that does.
  func isSatisfiable() throws -> Bool {
    do { try findFairComponents(endsAtFirst: true) } catch is FirstFairComponent { return true }
    return !fair.isEmpty
  }

  private func findFairComponents(endsAtFirst: Bool = false) throws {
    var waiting: [(nodes: [Int], removed: [Product.Condition])] = []
    func examine(_ component: ArraySlice<Int>, _ removed: [Product.Condition]) throws {
      switch try verdict(on: component, removed) {
      case .fair:
        if endsAtFirst { throw FirstFairComponent() }
        fair[lastComponent] = removed
      case .unfair: break
      case .fairWithout(let more): waiting.append((nodes: Array(component), removed: removed + more))
      }
    }
    try decompose(roots, []) { try examine($0, []) }
    while let (nodes, removed) = waiting.popLast() {
      for node in nodes { marks.base[node] = 0 }
      try decompose(nodes, removed) { try examine($0, removed) }
    }
  }

  /// A node on the way from a root to the current node.
  private struct Place {
    var cursor: ProductGraph<Predicates>.StepCursor
    /// Whether nothing that was reached from it leads to a node before it.
    var isRoot = true
  }

  /// Finds the strongly connected components among the nodes without a mark that can be reached from the roots, and gives each to `found`
  /// after marking it with `lastComponent`.
  private func decompose(
    _ roots: some Sequence<Int>, _ removed: [Product.Condition], found: (ArraySlice<Int>) throws -> Void
  ) throws {
    let (marks, product) = (marks.base, product)
    var visited: UInt32 = 0
    // Nodes that were left before their components were complete.
    var open: [Int] = []
    var path: [Place] = []
    func enter(_ node: Int) throws {
      visited += 1
      guard visited < lastComponent else {
        throw ValueError("the property's graph has too many components", kind: .resource)
      }
      marks[node] = visited
      path.append(Place(cursor: product.cursor(at: node)))
    }
    for root in roots where marks[root] == 0 {
      try enter(root)
      while !path.isEmpty {
        let last = path.count - 1
        let node = path[last].cursor.node
        if let step = try product.next(&path[last].cursor, without: removed) {
          let mark = marks[step.target]
          if mark == 0 {
            try enter(step.target)
          } else if mark < marks[node] {
            marks[node] = mark
            path[last].isRoot = false
          }
          continue
        }
        try tick()
        let isRoot = path.removeLast().isRoot
        open.append(node)
        if isRoot {
          var start = open.count - 1
          while start > 0, marks[open[start - 1]] >= marks[node] { start -= 1 }
          lastComponent -= 1
          for member in open[start...] { marks[member] = lastComponent }
          try found(open[start...])
          open.removeSubrange(start...)
        } else if marks[node] < marks[path[last - 1].cursor.node] {
          marks[path[last - 1].cursor.node] = marks[node]
          path[last - 1].isRoot = false
        }
      }
    }
  }

  private func tick() throws {
    sincePoll &+= 1
    if sincePoll & 0xFFF == 0 { try poll() }
  }

  private enum Verdict {
    case fair, unfair
    /// Perhaps some of its parts are, once these steps are removed.
    case fairWithout([Product.Condition])
  }

  private func verdict(on component: ArraySlice<Int>, _ removed: [Product.Condition]) throws -> Verdict {
    let product = product
    guard component.count == 1, let node = component.first else {
      let marks = marks.base
      return try verdict { test in
        try product.hasStep(inside: component, regionOf: { marks[$0] }, without: removed, where: test)
      }
    }
    // Most components are one node; its steps to itself are few.
    loops.removeAll(keepingCapacity: true)
    try product.addLoops(at: node, without: removed, to: &loops)
    if loops.isEmpty { return .unfair }
    let state = product.state(of: node)
    return try verdict { test in
      for step in loops where try test(state, step) { return true }
      return false
    }
  }

  private typealias StepTest = (_ state: Int, _ step: ProductStep) throws -> Bool

  /// The verdict on a component. `hasStep` says whether a step inside it satisfies a test.
  @inline(__always) private func verdict(hasStep: (StepTest) throws -> Bool) throws -> Verdict {
    let product = product
    var missing = product.allAcceptance
    if missing != 0 {
      let isComplete = try hasStep { _, step in
        missing &= ~step.acceptance
        return missing == 0
      }
      if !isComplete { return .unfair }
    }
    var more: [Product.Condition] = []
    for pair in product.pairs {
      try tick()
      if try hasStep({ try product.isTrue(pair.then, $0, $1.edge) }) { continue }
      guard let often = pair.often else { return .unfair }
      if try hasStep({ try product.isTrue(often, $0, $1.edge) }) { more.append(often) }
    }
    return more.isEmpty ? .fair : .fairWithout(more)
  }
}

/// Ends a search to which the first component that satisfies the condition is enough.
private struct FirstFairComponent: Error {}
