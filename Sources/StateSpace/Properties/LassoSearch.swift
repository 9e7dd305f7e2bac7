/// Finds a short behavior that leads to a fair component and stays there.
struct LassoSearch<Predicates: StepPredicates> {
  private typealias Condition = ProductGraph<Predicates>.Condition

  private let product: ProductGraph<Predicates>
  /// The states at which the automaton may begin.
  private let roots: Range<Int>
  /// The component of each node.
  private let regionOf: (Int) -> UInt32
  /// The components that satisfy the condition, with the steps that are not theirs.
  private let fair: [UInt32: [ProductGraph<Predicates>.Condition]]
  /// Called for each node that is looked at.
  private let tick: () throws -> Void

  init(
    _ product: ProductGraph<Predicates>, roots: Range<Int>, region: @escaping (Int) -> UInt32,
    fair: [UInt32: [ProductGraph<Predicates>.Condition]], tick: @escaping () throws -> Void
  ) {
    self.product = product
    self.roots = roots
    regionOf = region
    self.fair = fair
    self.tick = tick
  }

  /// A behavior with few states; nil if there is none. Nodes of fair components are tried as the beginning of the loop, those with the
  /// shortest ways to them first, until none can give a shorter behavior, or many were tried.
  func lasso() throws -> Lasso? {
    var best: Lasso?
    var demands: [UInt32: LoopDemands] = [:]
    var placesLeft = Int.max
    try visitEntries { entry, distance, stem in
      let bound = best.map { $0.states.count - distance - 1 } ?? .max
      guard bound > 0, placesLeft > 0, let removed = fair[regionOf(entry)] else { return false }
      let demand = try demands[regionOf(entry)] ?? LoopDemands(of: nodes(from: entry, removed), self, removed)
      demands[regionOf(entry)] = demand
      let loop = try loop(from: entry, demand, atMost: bound, &placesLeft)
      if best == nil { placesLeft = Self.mostPlacesAfterFirst }
      guard let loop else { return true }
      let stem = stem()
      var lasso = Lasso(
        states: stem.map(product.state(of:)) + loop.dropLast().map(product.state(of:)),
        loopStart: stem.count - 1)
      lasso.shorten()
      if best.map({ lasso.states.count < $0.states.count }) ?? true { best = lasso }
      return true
    }
    return best
  }

  /// How much is looked at to find a shorter behavior than the first: places of loops, and nodes before them.
  private static var mostPlacesAfterFirst: Int { 1 << 18 }
  private static var mostNodesAfterFirst: Int { 1 << 16 }

  /// Calls `visit` with the nodes of fair components in the order of their distances from the initial states, until it returns false. It gets
  /// a node, the number of steps to it, and what makes the shortest way: its nodes. Stuttering steps do not count.
  private func visitEntries(_ visit: (_ entry: Int, _ distance: Int, _ stem: () -> [Int]) throws -> Bool)
    throws
  {
    // The node before; the node itself where the automaton begins.
    var before: [Int: Int] = [:]
    var level: [Int] = []
    var distance = 0
    var nextRoot = roots.lowerBound
    var nodesAtFirst: Int?
    while true {
      var reached: [Int] = []
      while nextRoot < roots.upperBound, product.graph.level(of: nextRoot) == distance {
        if before[nextRoot] == nil, regionOf(nextRoot) != 0 {
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
      for entry in reached where fair[regionOf(entry)] != nil {
        nodesAtFirst = nodesAtFirst ?? before.count
        guard try visit(entry, distance, { stem(to: entry, before) }) else { return }
      }
      if reached.isEmpty, nextRoot >= roots.upperBound { return }
      if let nodesAtFirst, before.count > nodesAtFirst + Self.mostNodesAfterFirst { return }
      level = reached
      distance += 1
    }
  }

  private func visitSteps(from node: Int, _ visit: (ProductStep) -> Void) throws {
    var cursor = product.cursor(at: node)
    while let step = try product.next(&cursor, without: []) { visit(step) }
    try tick()
  }

  private func stem(to entry: Int, _ before: [Int: Int]) -> [Int] {
    var nodes = [entry]
    while let first = nodes.last, let previous = before[first], previous != first { nodes.append(previous) }
    // With the automaton in its first state, a node has the number of its state.
    let start = product.graph.path(to: product.state(of: nodes[nodes.count - 1]))
    return start.dropLast() + nodes.reversed()
  }

  private typealias StepTest = (_ node: Int, _ step: ProductStep) throws -> Bool

  /// What a loop through a component has to do: for each demand, take a step of one kind, perhaps only if it takes a step of another kind.
  private struct LoopDemands {
    var steps: [StepTest] = []
    /// The steps without which a demand does not exist; nil if it always exists.
    var causes: [StepTest?] = []
    /// The steps that the loop must not take.
    let removed: [Condition]
    /// How many nodes the component has.
    let nodeCount: Int

    init(of component: [Int], _ search: LassoSearch, _ removed: [Condition]) throws {
      let product = search.product
      self.removed = removed
      nodeCount = component.count
      for number in 0..<product.acceptanceCount {
        steps.append { _, step in step.acceptance >> number & 1 == 1 }
        causes.append(nil)
      }
      func test(_ condition: Condition) -> StepTest {
        { try product.isTrue(condition, product.state(of: $0), $1.edge) }
      }
      for pair in product.pairs {
        if let often = pair.often {
          let matters = try product.hasStep(
            inside: component, regionOf: search.regionOf, without: removed
          ) { try product.isTrue(often, $0, $1.edge) }
          guard matters else { continue }
        }
        steps.append(test(pair.then))
        causes.append(pair.often.map(test))
      }
    }
  }

  /// The most demands for which a shortest loop is looked for. Beyond that, or if it takes too long, the loop does all that can be demanded
  /// in its component: it goes to the nearest thing, and to the next, and back.
  private static var mostExactDemands: Int { 30 }
  /// How many places are looked at for a shortest loop before that.
  private static var mostExactPlaces: Int { 1 << 18 }

  /// The nodes after `entry` on a loop through its component, back to `entry`, that does what is demanded. Nil if there is none with at most
  /// `longest` steps among the places that may still be looked at.
  private func loop(
    from entry: Int, _ demands: LoopDemands, atMost longest: Int, _ placesLeft: inout Int
  ) throws -> [Int]? {
    if demands.steps.count <= Self.mostExactDemands {
      let isFirst = placesLeft == .max
      if isFirst { placesLeft = Self.mostExactPlaces }
      let loop = try shortestLoop(from: entry, demands, atMost: longest, &placesLeft)
      if loop != nil || !isFirst { return loop }
    }
    placesLeft -= demands.nodeCount * (demands.steps.count + 1)
    return try nearestLoop(from: entry, demands)
  }

  private func nearestLoop(from entry: Int, _ demands: LoopDemands) throws -> [Int] {
    let (region, removed) = (regionOf(entry), demands.removed)
    var open = demands.steps
    var loop: [Int] = []
    var here = entry
    func take(_ steps: [(from: Int, step: ProductStep)]) throws {
      for (source, step) in steps {
        try open.removeAll { try $0(source, step) }
        loop.append(step.target)
        here = step.target
      }
    }
    while !open.isEmpty {
      let way = try way(from: here, in: region, removed) { node, step in
        try open.contains { try $0(node, step) }
      }
      if way.isEmpty { break }
      try take(way)
    }
    if here != entry || loop.isEmpty {
      try take(way(from: here, in: region, removed) { $1.target == entry })
    }
    return loop
  }

  /// A node on the way, with the demands that exist by then (a bit for each), and those that were met. What was met counts as existing.
  private struct LoopPlace: Hashable {
    let node: Int
    var due: Int
    var met = 0

    var isDone: Bool { due == met }
  }

  /// Searches breadth-first. Stuttering steps do not count.
  private func shortestLoop(
    from entry: Int, _ demands: LoopDemands, atMost longest: Int, _ placesLeft: inout Int
  ) throws -> [Int]? {
    let region = regionOf(entry)
    var start = LoopPlace(node: entry, due: 0)
    for (number, cause) in demands.causes.enumerated() where cause == nil { start.due |= 1 << number }
    var before: [LoopPlace: LoopPlace] = [:]
    var level = [start]
    var distance = 0
    var isBegun = false
    while !level.isEmpty, distance <= longest {
      var (next, position) = ([LoopPlace](), 0)
      while position < level.count {
        let place = level[position]
        position += 1
        if place.node == entry, place.isDone, isBegun { return way(to: place, from: start, before) }
        placesLeft -= 1
        if placesLeft < 0 { return nil }
        try tick()
        var cursor = product.cursor(at: place.node)
        while let step = try product.next(&cursor, without: demands.removed) {
          guard regionOf(step.target) == region else { continue }
          var target = LoopPlace(node: step.target, due: place.due, met: place.met)
          for number in demands.steps.indices where place.met >> number & 1 == 0 {
            if try demands.steps[number](place.node, step) {
              target.met |= 1 << number
              target.due |= 1 << number
            } else if place.due >> number & 1 == 0, try demands.causes[number]?(place.node, step) ?? true {
              target.due |= 1 << number
            }
          }
          if before[target] != nil { continue }
          before[target] = place
          if target.node == entry, target.isDone, step.edge == nil {
            return way(to: target, from: start, before)
          }
          if step.edge == nil { level.append(target) } else { next.append(target) }
        }
        isBegun = true
      }
      level = next
      distance += 1
    }
    return nil
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
  private func nodes(from entry: Int, _ removed: [Condition]) throws -> [Int] {
    let region = regionOf(entry)
    var known: Set<Int> = [entry]
    var nodes = [entry]
    var position = 0
    while position < nodes.count {
      var cursor = product.cursor(at: nodes[position])
      while let step = try product.next(&cursor, without: removed) {
        if regionOf(step.target) == region, known.insert(step.target).inserted {
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
    from start: Int, in region: UInt32, _ removed: [Condition],
    to test: (Int, ProductStep) throws -> Bool
  ) throws -> [(from: Int, step: ProductStep)] {
    var before: [Int: (from: Int, step: ProductStep)] = [:]
    var queue = [start]
    var position = 0
    while position < queue.count {
      let node = queue[position]
      position += 1
      var cursor = product.cursor(at: node)
      while let step = try product.next(&cursor, without: removed) {
        guard regionOf(step.target) == region else { continue }
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
