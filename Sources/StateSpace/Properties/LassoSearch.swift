/// Finds a short behavior that leads to a fair component and stays there.
struct LassoSearch {
  private let product: ProductGraph
  private let condition: RunCondition
  /// The states at which the automaton may begin.
  private let roots: Range<Int>
  /// The component of each node.
  private let regionOf: (Int) -> UInt32
  /// The components that satisfy the condition, with the steps that are not theirs.
  private let fair: [UInt32: [StepCondition]]
  /// Called for each node that is looked at.
  private let tick: () throws -> Void

  init(
    _ product: ProductGraph, _ condition: RunCondition, roots: Range<Int>, region: @escaping (Int) -> UInt32,
    fair: [UInt32: [StepCondition]], tick: @escaping () throws -> Void
  ) {
    self.product = product
    self.condition = condition
    self.roots = roots
    regionOf = region
    self.fair = fair
    self.tick = tick
  }

  /// The behavior with the fewest states among those with a shortest way to a fair component; nil if there is none.
  func lasso() throws -> Lasso? {
    var best: Lasso?
    for stem in try shortestStems() {
      guard let entry = stem.last, let removed = fair[regionOf(entry)] else { continue }
      let loop = try loop(from: entry, removed)
      var lasso = Lasso(
        states: stem.map(product.state(of:)) + loop.dropLast().map(product.state(of:)),
        loopStart: stem.count - 1)
      lasso.shorten()
      if best.map({ lasso.states.count < $0.states.count }) ?? true { best = lasso }
    }
    return best
  }

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
      let entries = reached.filter { fair[regionOf($0)] != nil }
      if !entries.isEmpty { return entries.prefix(Self.mostStems).map { stem(to: $0, before) } }
      if reached.isEmpty, nextRoot >= roots.upperBound { return [] }
      level = reached
      distance += 1
    }
  }

  private func visitSteps(from node: Int, _ visit: (ProductGraph.ProductStep) -> Void) throws {
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

  /// The nodes after `entry` on a loop through its component, back to `entry`, that does what the condition demands.
  private func loop(from entry: Int, _ removed: [StepCondition]) throws -> [Int] {
    let region = regionOf(entry)
    var demands: [(Int, ProductGraph.ProductStep) throws -> Bool] = (0..<product.automaton.acceptanceCount)
      .map { number in
        { _, step in step.acceptance >> number & 1 == 1 }
      }
    let component = try nodes(from: entry, removed)
    for pair in condition.pairs {
      let matters =
        try pair.often == .always
        || product.hasStep(inside: component, regionOf: regionOf, without: removed) {
          try product.isTrue(pair.often, $0, $1.edge)
        }
      if matters { demands.append { try product.isTrue(pair.then, $0, $1.edge) } }
    }
    if demands.count <= Self.mostExactDemands, component.count << demands.count <= Self.mostExactPlaces {
      return try shortestLoop(from: entry, removed, demands)
    }
    var loop: [Int] = []
    var here = entry
    func take(_ steps: [(from: Int, step: ProductGraph.ProductStep)]) throws {
      for (source, step) in steps {
        try demands.removeAll { try $0(product.state(of: source), step) }
        loop.append(step.target)
        here = step.target
      }
    }
    while !demands.isEmpty {
      let way = try way(from: here, in: region, removed) { node, step in
        try demands.contains { try $0(product.state(of: node), step) }
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
    from entry: Int, _ removed: [StepCondition], _ demands: [(Int, ProductGraph.ProductStep) throws -> Bool]
  ) throws -> [Int] {
    let region = regionOf(entry)
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
        var cursor = product.cursor(at: place.node)
        while let step = try product.next(&cursor, without: removed) {
          guard regionOf(step.target) == region else { continue }
          var met = place.met
          for (number, demand) in demands.enumerated() where met >> number & 1 == 0 {
            if try demand(product.state(of: place.node), step) { met |= 1 << number }
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
    from start: Int, in region: UInt32, _ removed: [StepCondition],
    to test: (Int, ProductGraph.ProductStep) throws -> Bool
  ) throws -> [(from: Int, step: ProductGraph.ProductStep)] {
    var before: [Int: (from: Int, step: ProductGraph.ProductStep)] = [:]
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
