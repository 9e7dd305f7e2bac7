import DifferentialTesting
import Testing

@testable import StateSpace

/// A small graph with predicates on its steps, and all that can be asked of its behaviors: by the search for a fair cycle, and naively.
class GraphBehaviors: StepPredicates {
  let edges: [[Int]]
  let initial: [Int]
  private let predicate: (_ number: Int, _ from: Int, _ to: Int) -> Bool
  private let graph: ReachabilityGraph
  /// The number of each state in the graph. States that cannot be reached have none.
  private var numbers: [Int: Int] = [:]
  private var names: [Int] = []

  init(edges: [[Int]], initial: [Int], predicate: @escaping (Int, Int, Int) -> Bool) throws {
    self.edges = edges
    self.initial = initial
    self.predicate = predicate
    let system = ToySystem(width: 1, initial: initial.map { [UInt32($0)] }) { row in
      edges[Int(row[0])].map { [UInt32($0)] }
    }
    let search = try BreadthFirstSearch(
      system, SearchGoals(checksDeadlock: false, keepsEdges: true), run: SearchRun(limits: SearchLimits()))
    _ = search.search()
    graph = search.graph
    for index in 0..<graph.count {
      names.append(Int(graph.row(index)[0]))
      numbers[names[index]] = index
    }
  }

  func isTrue(_ predicate: Int, of state: Int, edge: Int?) -> Bool {
    self.predicate(predicate, names[state], names[edge.map(graph.target) ?? state])
  }

  /// What the search finds, in this graph's own names: the shortest of what it finds for the cases of the formula.
  func lasso(satisfying formula: TemporalFormula) throws -> Lasso? {
    try RunCondition.cases(of: formula).compactMap { condition in
      func search() throws -> FairCycleSearch<GraphBehaviors> {
        try FairCycleSearch(graph, initialCount: Set(initial).count, condition, self, poll: {})
      }
      let lasso = try search().lasso()
      #expect(try search().isSatisfiable() == (lasso != nil))
      return lasso.map { Lasso(states: $0.states.map { names[$0] }, loopStart: $0.loopStart) }
    }.min { $0.states.count < $1.states.count }
  }

  /// Whether the graph has this behavior.
  func allows(_ lasso: Lasso) -> Bool {
    initial.contains(lasso.states[0])
      && steps(of: lasso).allSatisfy { from, to in from == to || edges[from].contains(to) }
  }

  private func steps(of lasso: Lasso) -> [(Int, Int)] {
    lasso.states.indices.map { (lasso.states[$0], lasso.states[next($0, lasso)]) }
  }

  private func next(_ position: Int, _ lasso: Lasso) -> Int {
    position + 1 < lasso.states.count ? position + 1 : lasso.loopStart
  }

  /// The formula's truth as explanations and replays find it.
  func evaluate(_ formula: TemporalFormula, on lasso: Lasso) throws -> Bool {
    let evaluation = LassoEvaluation(count: lasso.states.count, loopStart: lasso.loopStart) {
      number, position, next in
      self.predicate(number, lasso.states[position], lasso.states[next])
    }
    return try evaluation.isTrue(formula)
  }

  // MARK: Naively

  /// Whether a formula is true of a behavior, by its definition, position by position.
  func isTrue(_ formula: TemporalFormula, of lasso: Lasso, at position: Int = 0) -> Bool {
    /// All positions from this one on. Those of the loop come again.
    let later = Set(position..<lasso.states.count).union(lasso.loopStart..<lasso.states.count)
    switch formula {
    case .constant(let value): return value
    case .predicate(let literal):
      let (from, to) = (lasso.states[position], lasso.states[next(position, lasso)])
      return predicate(literal.predicate, from, to) == literal.isPositive
    case .and(let parts): return parts.allSatisfy { isTrue($0, of: lasso, at: position) }
    case .or(let parts): return parts.contains { isTrue($0, of: lasso, at: position) }
    case .always(let inner): return later.allSatisfy { isTrue(inner, of: lasso, at: $0) }
    case .eventually(let inner): return later.contains { isTrue(inner, of: lasso, at: $0) }
    }
  }

  /// Walks of at most this many states are tried.
  private static let longest = 5

  /// All lassos of walks up to a length, stuttering steps included.
  lazy var lassos: [Lasso] = {
    var result: [Lasso] = []
    func extend(_ walk: [Int]) {
      let last = walk[walk.count - 1]
      for start in walk.indices where walk[start] == last || edges[last].contains(walk[start]) {
        result.append(Lasso(states: walk, loopStart: start))
      }
      guard walk.count < Self.longest else { return }
      for next in Set(edges[last] + [last]).sorted() { extend(walk + [next]) }
    }
    for state in Set(initial).sorted() { extend([state]) }
    return result
  }()

  /// The number of states of a shortest behavior that satisfies the formula.
  func shortestLength(satisfying formula: TemporalFormula) -> Int? {
    lassos.filter { isTrue(formula, of: $0) }.map { lasso in
      var short = lasso
      short.shorten()
      return short.states.count
    }.min()
  }

  func naiveLasso(satisfying formula: TemporalFormula) -> Lasso? {
    lassos.first { isTrue(formula, of: $0) }
  }
}

/// A random graph with random truth values. Predicate 0 is about steps and false of stuttering ones, the others are about states.
final class RandomBehaviors: GraphBehaviors {
  private static let predicateCount = 3

  init(_ random: inout RandomGenerator) throws {
    let count = random.number(in: 1...4)
    let edges = (0..<count).map { _ in (0..<random.below(3)).map { _ in random.below(count) } }
    let initial = (0...random.below(2)).map { _ in random.below(count) }
    var truth: [[[Bool]]] = []
    for predicate in 0..<Self.predicateCount {
      let ofState = (0..<count).map { _ in random.oneIn(2) }
      truth.append(
        (0..<count).map { from in
          (0..<count).map { to in predicate == 0 ? from != to && random.oneIn(2) : ofState[from] }
        })
    }
    try super.init(edges: edges, initial: initial) { truth[$0][$1][$2] }
  }

  /// A random formula that cannot tell whether a behavior stutters, as in TLA+.
  func formula(_ random: inout RandomGenerator, depth: Int = 3) -> TemporalFormula {
    if depth == 0 || random.oneIn(6) {
      let number = random.below(Self.predicateCount)
      let leaf = number == 0 ? TemporalFormula.eventually(of: .predicate(0)) : .predicate(number)
      return random.oneIn(2) ? leaf : leaf.negation
    }
    func part() -> TemporalFormula { formula(&random, depth: depth - 1) }
    switch random.below(8) {
    case 0: return .all([part(), part()])
    case 1: return .any([part(), part()])
    case 2: return .always(of: part())
    case 3: return .eventually(of: part())
    case 4: return .always(of: .eventually(of: part()))
    case 5: return .eventually(of: .always(of: part()))
    case 6: return .any([.eventually(of: .always(of: part())), .always(of: .eventually(of: part()))])
    default: return .always(of: .any([part(), .eventually(of: part())]))
    }
  }
}
