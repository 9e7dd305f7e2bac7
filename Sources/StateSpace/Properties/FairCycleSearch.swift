/// Tells which numbered predicates are true of the steps of a graph.
protocol StepPredicates: AnyObject {
  /// Whether a predicate is true of a step. Without an edge, the step leads from the state to itself.
  func isTrue(_ predicate: Int, of state: Int, edge: Int?) throws -> Bool
}

/// An infinite behavior: its states, and the position in them to which the last one leads back. If that is the last one, it stutters there
/// for ever.
struct Lasso: Equatable {
  var states: [Int]
  var loopStart: Int
}

/// Searches a graph for an infinite behavior that satisfies a condition. Each state may stutter.
///
/// The graph is multiplied with the condition's automaton while it is searched. Tarjan's algorithm ("Depth-first search and linear graph
/// algorithms", 1972) finds the strongly connected components. A component satisfies the pairs after the algorithm of Emerson and Lei
/// ("Modalities for model checking", 1987), for conditions on transitions as in Duret-Lutz, Poitrenaud and Couvreur ("On-the-fly emptiness
/// check of transition-based Streett automata", ATVA 2009): what a pair forbids is removed, and the rest is decomposed again. That takes
/// time linear in the product for each pair.
///
/// A node of the product is a state together with a state of the automaton. Memory is taken for the nodes that are reached.
final class FairCycleSearch {
  private let graph: StateGraph
  private let initialCount: Int
  private let condition: RunCondition
  private let automaton: FormulaAutomaton
  private let predicates: any StepPredicates
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
    _ graph: StateGraph, initialCount: Int, _ condition: RunCondition, _ predicates: any StepPredicates,
    poll: @escaping () throws -> Void
  ) throws {
    self.graph = graph
    self.initialCount = initialCount
    self.condition = condition
    self.predicates = predicates
    self.poll = poll
    automaton = try FormulaAutomaton(condition.rest)
    let nodes = graph.count * automaton.transitions.count
    regions = try Reservation(capacity: max(nodes, 1))
    orders = try Reservation(capacity: max(nodes, 1))
    lows = try Reservation(capacity: max(nodes, 1))
  }

  /// A behavior that satisfies the condition, with a shortest way to its loop's component; nil if there is none. It is the same in every
  /// run.
  func lasso() throws -> Lasso? {
    try findFairComponents()
    if fair.isEmpty { return nil }
    var best: Lasso?
    for stem in try shortestStems() {
      guard let entry = stem.last, let removed = fair[regions.base[entry]] else { continue }
      let loop = try loop(from: entry, removed)
      var lasso = Lasso(
        states: stem.map(state(of:)) + loop.dropLast().map(state(of:)), loopStart: stem.count - 1)
      lasso.shorten()
      if best.map({ lasso.states.count < $0.states.count }) ?? true { best = lasso }
    }
    return best
  }

  // MARK: The product

  private func state(of node: Int) -> Int { node % graph.count }
  private func automatonState(of node: Int) -> Int { node / graph.count }
  private func node(_ state: Int, _ automatonState: Int) -> Int { automatonState * graph.count + state }

  /// Where a walk through the steps from a node is. The last edge is the stuttering one.
  private struct StepCursor {
    let node: Int
    var edge: Int
    let end: Int
    var transition = 0
  }

  private struct ProductStep {
    let target: Int
    let edge: Int?
    let acceptance: UInt64
  }

  private func cursor(at node: Int) -> StepCursor {
    let edges = graph.edges(of: state(of: node))
    return StepCursor(node: node, edge: edges.lowerBound, end: edges.upperBound)
  }

  /// The next step from the cursor's node that the automaton can read and that is not removed; nil after the last one.
  private func next(_ cursor: inout StepCursor, without removed: [StepCondition]) throws -> ProductStep? {
    let state = state(of: cursor.node)
    let transitions = automaton.transitions[automatonState(of: cursor.node)]
    while cursor.edge <= cursor.end {
      let edge = cursor.edge == cursor.end ? nil : cursor.edge
      if cursor.transition == 0, try isAny(removed, state, edge) { cursor.transition = transitions.count }
      while cursor.transition < transitions.count {
        let transition = transitions[cursor.transition]
        cursor.transition += 1
        guard try isTrue(transition.reads, state, edge) else { continue }
        return ProductStep(
          target: node(edge.map(graph.target) ?? state, transition.target), edge: edge,
          acceptance: transition.acceptance)
      }
      cursor.edge += 1
      cursor.transition = 0
    }
    return nil
  }

  private func isTrue(_ literals: [TemporalFormula.Literal], _ state: Int, _ edge: Int?) throws -> Bool {
    for literal in literals
    where try predicates.isTrue(literal.predicate, of: state, edge: edge) != literal.isPositive {
      return false
    }
    return true
  }

  private func isTrue(_ condition: StepCondition, _ state: Int, _ edge: Int?) throws -> Bool {
    for cube in condition.cubes where try isTrue(cube, state, edge) { return true }
    return false
  }

  private func isAny(_ conditions: [StepCondition], _ state: Int, _ edge: Int?) throws -> Bool {
    for condition in conditions where try isTrue(condition, state, edge) { return true }
    return false
  }

  // MARK: Components

  /// The states at which the automaton may begin.
  private var roots: Range<Int> { 0..<(condition.startsAnywhere ? graph.count : initialCount) }

  private func findFairComponents() throws {
    var waiting: [(nodes: [Int], removed: [StepCondition])] = []
    func examine(_ component: [Int], _ removed: [StepCondition]) throws {
      switch try verdict(on: component, removed) {
      case .fair: fair[regions.base[component[0]]] = removed
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
    var path: [StepCursor] = []
    func enter(_ node: Int) {
      visited += 1
      orders.base[node] = visited
      lows.base[node] = visited
      stack.append(node)
      path.append(cursor(at: node))
    }
    for root in roots where orders.base[root] == 0 && regions.base[root] == region {
      enter(root)
      while var top = path.popLast() {
        if let step = try next(&top, without: removed) {
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
    try hasStep(inside: [node], removed) { _, _ in true }
  }

  private func tick() throws {
    sincePoll += 1
    if sincePoll & 0xFFF == 0 { try poll() }
  }

  /// Whether a step inside a component satisfies the test.
  private func hasStep(
    inside component: [Int], _ removed: [StepCondition], where test: (Int, ProductStep) throws -> Bool
  ) throws -> Bool {
    let region = regions.base[component[0]]
    for node in component {
      var cursor = cursor(at: node)
      while let step = try next(&cursor, without: removed) {
        if regions.base[step.target] == region, try test(state(of: node), step) { return true }
      }
    }
    return false
  }

  private enum Verdict {
    case fair, unfair
    /// Perhaps some of its parts are, once these steps are removed.
    case fairWithout([StepCondition])
  }

  private func verdict(on component: [Int], _ removed: [StepCondition]) throws -> Verdict {
    var missing = automaton.allAcceptance
    if missing != 0 {
      let isComplete = try hasStep(inside: component, removed) { _, step in
        missing &= ~step.acceptance
        return missing == 0
      }
      if !isComplete { return .unfair }
    }
    var more: [StepCondition] = []
    for pair in condition.pairs {
      try tick()
      if try hasStep(inside: component, removed, where: { try isTrue(pair.then, $0, $1.edge) }) { continue }
      if pair.often == .always { return .unfair }
      if try hasStep(inside: component, removed, where: { try isTrue(pair.often, $0, $1.edge) }) {
        more.append(pair.often)
      }
    }
    return more.isEmpty ? .fair : .fairWithout(more)
  }

  // MARK: The behavior

  /// How many shortest ways to fair components are compared.
  private static let mostStems = 16

  /// The nodes of shortest ways from the initial states to fair components, each to another node. Stuttering steps do not count.
  private func shortestStems() throws -> [[Int]] {
    // The node before; the node itself where the automaton begins.
    var before: [Int: Int] = [:]
    var level: [Int] = []
    var distance = 0
    var nextRoot = roots.lowerBound
    while true {
      var reached: [Int] = []
      while nextRoot < roots.upperBound, graph.level(of: nextRoot) == distance {
        if before[nextRoot] == nil, orders.base[nextRoot] != 0 {
          before[nextRoot] = nextRoot
          reached.append(nextRoot)
        }
        nextRoot += 1
      }
      for node in level {
        try visitSteps(from: node) { step in
          if step.edge != nil, before.updateIfNew(step.target, node) { reached.append(step.target) }
        }
      }
      var position = 0
      while position < reached.count {
        let node = reached[position]
        try visitSteps(from: node) { step in
          if step.edge == nil, before.updateIfNew(step.target, node) { reached.append(step.target) }
        }
        position += 1
      }
      let entries = reached.filter { fair[regions.base[$0]] != nil }
      if !entries.isEmpty { return entries.prefix(Self.mostStems).map { stem(to: $0, before) } }
      if reached.isEmpty, nextRoot >= roots.upperBound { return [] }
      level = reached
      distance += 1
    }
  }

  private func visitSteps(from node: Int, _ visit: (ProductStep) -> Void) throws {
    var cursor = cursor(at: node)
    while let step = try next(&cursor, without: []) { visit(step) }
    try tick()
  }

  private func stem(to entry: Int, _ before: [Int: Int]) -> [Int] {
    var nodes = [entry]
    while let first = nodes.last, let previous = before[first], previous != first { nodes.append(previous) }
    // The automaton's first state belongs to the same states of the graph, so a number names a node either way.
    let start = graph.path(to: state(of: nodes[nodes.count - 1]))
    return start.dropLast() + nodes.reversed()
  }

  /// The nodes after `entry` on a loop through its component, back to `entry`, that does what the condition demands.
  private func loop(from entry: Int, _ removed: [StepCondition]) throws -> [Int] {
    let region = regions.base[entry]
    var demands: [(Int, ProductStep) throws -> Bool] = (0..<automaton.acceptanceCount).map { number in
      { _, step in step.acceptance >> number & 1 == 1 }
    }
    let component = try nodes(from: entry, removed)
    for pair in condition.pairs {
      let matters =
        try pair.often == .always
        || hasStep(inside: component, removed) { try isTrue(pair.often, $0, $1.edge) }
      if matters { demands.append { [self] in try isTrue(pair.then, $0, $1.edge) } }
    }
    if demands.count <= Self.mostExactDemands, component.count << demands.count <= Self.mostExactPlaces {
      return try shortestLoop(from: entry, removed, demands)
    }
    var loop: [Int] = []
    var here = entry
    func take(_ steps: [(from: Int, step: ProductStep)]) throws {
      for (source, step) in steps {
        try demands.removeAll { try $0(state(of: source), step) }
        loop.append(step.target)
        here = step.target
      }
    }
    while !demands.isEmpty {
      let way = try way(from: here, in: region, removed) { node, step in
        try demands.contains { try $0(state(of: node), step) }
      }
      if way.isEmpty { break }
      try take(way)
    }
    if here != entry || loop.isEmpty {
      try take(way(from: here, in: region, removed) { $1.target == entry })
    }
    return loop
  }

  /// Up to so many demands, and so many places in the search for a loop, the loop is a shortest one. Beyond that it goes to the nearest thing
  /// that is demanded, and to the next, and back.
  private static let mostExactDemands = 12
  private static let mostExactPlaces = 1 << 18

  /// A node on the way, with the demands that were met on the way to it.
  private struct LoopPlace: Hashable {
    let node: Int
    let met: Int
  }

  /// Searches breadth-first. Stuttering steps do not count.
  private func shortestLoop(
    from entry: Int, _ removed: [StepCondition], _ demands: [(Int, ProductStep) throws -> Bool]
  ) throws -> [Int] {
    let region = regions.base[entry]
    let start = LoopPlace(node: entry, met: 0)
    let goal = LoopPlace(node: entry, met: (1 << demands.count) - 1)
    var before: [LoopPlace: LoopPlace] = [:]
    var isBegun = false
    var level = [start]
    while !level.isEmpty {
      var (next, position) = ([LoopPlace](), 0)
      while position < level.count {
        let place = level[position]
        position += 1
        if place == goal, isBegun { return way(to: goal, from: start, before) }
        var cursor = cursor(at: place.node)
        while let step = try self.next(&cursor, without: removed) {
          guard regions.base[step.target] == region else { continue }
          var met = place.met
          for (number, demand) in demands.enumerated() where met >> number & 1 == 0 {
            if try demand(state(of: place.node), step) { met |= 1 << number }
          }
          let target = LoopPlace(node: step.target, met: met)
          if before[target] != nil { continue }
          before[target] = place
          if target == goal, step.edge == nil { return way(to: goal, from: start, before) }
          if step.edge == nil { level.append(target) } else { next.append(target) }
        }
        isBegun = true
      }
      level = next
    }
    return [entry]
  }

  private func way(to goal: LoopPlace, from start: LoopPlace, _ before: [LoopPlace: LoopPlace]) -> [Int] {
    var nodes = [goal.node]
    var place = before[goal] ?? start
    while place != start, let previous = before[place] {
      nodes.append(place.node)
      place = previous
    }
    return nodes.reversed()
  }

  /// The nodes of a component, in the order of a breadth-first search.
  private func nodes(from entry: Int, _ removed: [StepCondition]) throws -> [Int] {
    let region = regions.base[entry]
    var known: Set<Int> = [entry]
    var nodes = [entry]
    var position = 0
    while position < nodes.count {
      var cursor = cursor(at: nodes[position])
      while let step = try next(&cursor, without: removed) {
        if regions.base[step.target] == region, known.insert(step.target).inserted {
          nodes.append(step.target)
        }
      }
      position += 1
    }
    return nodes
  }

  /// A shortest way inside a region whose last step satisfies the test, found breadth-first in the order of the steps. The stuttering step
  /// of a state is tried last.
  private func way(
    from start: Int, in region: UInt32, _ removed: [StepCondition],
    to test: (Int, ProductStep) throws -> Bool
  ) throws -> [(from: Int, step: ProductStep)] {
    var before: [Int: (from: Int, step: ProductStep)] = [:]
    var queue = [start]
    var position = 0
    while position < queue.count {
      let node = queue[position]
      position += 1
      var cursor = cursor(at: node)
      while let step = try next(&cursor, without: removed) {
        guard regions.base[step.target] == region else { continue }
        if try test(node, step) {
          var way = [(from: node, step: step)]
          while way[way.count - 1].from != start, let previous = before[way[way.count - 1].from] {
            way.append(previous)
          }
          return way.reversed()
        }
        if step.target != start, before[step.target] == nil {
          before[step.target] = (from: node, step: step)
          queue.append(step.target)
        }
      }
    }
    return []
  }
}

extension [Int: Int] {
  /// Adds a value for a key that has none. Returns whether it did.
  fileprivate mutating func updateIfNew(_ key: Int, _ value: Int) -> Bool {
    if self[key] != nil { return false }
    self[key] = value
    return true
  }
}

extension Lasso {
  /// Removes what does not change the behavior: stuttering steps, repetitions of the loop, and states before the loop that are part of it.
  mutating func shorten() {
    var stem: [Int] = []
    for state in states[...loopStart] where stem.last != state { stem.append(state) }
    var loop = [states[loopStart]]
    for state in states[(loopStart + 1)...] where loop.last != state { loop.append(state) }
    if loop.count > 1, loop.last == loop.first { loop.removeLast() }
    for length in 1..<max(loop.count, 2) where loop.count % length == 0 {
      if loop.indices.allSatisfy({ loop[$0] == loop[$0 % length] }) {
        loop = Array(loop[..<length])
        break
      }
    }
    stem.removeLast()
    while let last = stem.last, last == loop.last {
      stem.removeLast()
      loop.insert(loop.removeLast(), at: 0)
    }
    states = stem + loop
    loopStart = stem.count
  }
}
