/// Tells which numbered predicates are true of the steps of a graph.
protocol StepPredicates: AnyObject {
  /// Whether a predicate is true of a step. Without an edge, the step leads from the state to itself.
  func isTrue(_ predicate: Int, of state: Int, edge: Int?) throws -> Bool
}

extension StepPredicates {
  func isTrue(_ literals: [TemporalFormula.Literal], of state: Int, edge: Int?) throws -> Bool {
    for literal in literals where try isTrue(literal.predicate, of: state, edge: edge) != literal.isPositive {
      return false
    }
    return true
  }

  func isTrue(_ condition: StepCondition, of state: Int, edge: Int?) throws -> Bool {
    for cube in condition.cubes where try isTrue(cube, of: state, edge: edge) { return true }
    return false
  }
}

/// A step of a graph multiplied with an automaton.
struct ProductStep {
  let target: Int
  /// The graph's edge; nil for a stuttering step.
  let edge: Int?
  /// The automaton's acceptance sets to which it belongs.
  let acceptance: UInt64
}

/// A graph multiplied with the automaton of a condition, which reads its steps. A node is a state together with a state of the automaton.
///
/// The literals that the automaton and the pairs read lie in one piece of memory: a walk reads some for each step.
final class ProductGraph<Predicates: StepPredicates> {
  let graph: ReachabilityGraph
  private let predicates: Predicates
  /// The number of the graph's states, loaded once.
  private let stateCount: Int
  private let automatonStateCount: Int

  /// The automaton's transitions, those of each state together.
  private let transitions: [Transition]
  /// The position of each state's first transition, and the number of transitions.
  private let firstTransitions: [Int]
  private let literals: UnsafeMutableBufferPointer<TemporalFormula.Literal>
  private let cubes: UnsafeMutableBufferPointer<Range<Int>>
  /// The pairs of the condition.
  let pairs: [Pair]
  /// All acceptance sets, one bit each.
  let allAcceptance: UInt64
  let acceptanceCount: Int
  /// Whether the automaton has one state and reads every step.
  let readsEverything: Bool

  /// A condition on steps: the range of its cubes, each a range of literals.
  struct Condition: Equatable {
    fileprivate let cubes: Range<Int>
  }

  /// If infinitely many steps satisfy `often`, infinitely many satisfy `then`.
  struct Pair {
    /// Nil stands for all steps.
    let often: Condition?
    let then: Condition
  }

  private struct Transition {
    let reads: Range<Int>
    /// The number of the automaton's target, times the number of states.
    let target: Int
    let acceptance: UInt64
  }

  /// The graph must keep its edges. Throws `FormulaAutomaton.TooLarge`.
  init(_ graph: ReachabilityGraph, _ condition: RunCondition, _ predicates: Predicates) throws {
    let automaton = try FormulaAutomaton(condition.rest)
    self.graph = graph
    self.predicates = predicates
    stateCount = graph.count
    automatonStateCount = automaton.transitions.count
    allAcceptance = automaton.allAcceptance
    acceptanceCount = automaton.acceptanceCount
    var transitions: [Transition] = []
    var firsts = [0]
    var literals: [TemporalFormula.Literal] = []
    var cubes: [Range<Int>] = []
    func place(_ reads: [TemporalFormula.Literal]) -> Range<Int> {
      literals += reads
      return literals.count - reads.count..<literals.count
    }
    func place(_ condition: StepCondition) -> Condition {
      cubes += condition.cubes.map(place)
      return Condition(cubes: cubes.count - condition.cubes.count..<cubes.count)
    }
    for ofState in automaton.transitions {
      for transition in ofState {
        transitions.append(
          Transition(
            reads: place(transition.reads), target: transition.target * graph.count,
            acceptance: transition.acceptance))
      }
      firsts.append(transitions.count)
    }
    readsEverything = automaton.transitions.count == 1 && transitions.count == 1 && literals.isEmpty
    pairs = condition.pairs.map {
      Pair(often: $0.often == .always ? nil : place($0.often), then: place($0.then))
    }
    self.transitions = transitions
    firstTransitions = firsts
    self.literals = .allocate(capacity: max(1, literals.count))
    _ = self.literals.initialize(from: literals)
    self.cubes = .allocate(capacity: max(1, cubes.count))
    _ = self.cubes.initialize(from: cubes)
  }

  deinit {
    literals.deallocate()
    cubes.deallocate()
  }

  var nodeCount: Int { stateCount * automatonStateCount }

  func state(of node: Int) -> Int { automatonStateCount == 1 ? node : node % stateCount }

  /// Where a walk through the steps from a node is. The last edge is the stuttering one.
  struct StepCursor {
    let node: Int
    let state: Int
    fileprivate let firstTransition: Int
    fileprivate let transitionEnd: Int
    fileprivate let edgeEnd: Int
    fileprivate var edge: Int
    fileprivate var transition: Int
  }

  @inline(__always) func cursor(at node: Int) -> StepCursor {
    let (automatonState, state) =
      automatonStateCount == 1 ? (0, node) : node.quotientAndRemainder(dividingBy: stateCount)
    let edges = graph.edges(of: state)
    let first = firstTransitions[automatonState]
    return StepCursor(
      node: node, state: state, firstTransition: first, transitionEnd: firstTransitions[automatonState + 1],
      edgeEnd: edges.upperBound, edge: edges.lowerBound, transition: first)
  }

  /// The next step from the cursor's node that the automaton can read and that is not removed; nil after the last one.
  @inline(__always) func next(_ cursor: inout StepCursor, without removed: [Condition]) throws -> ProductStep?
  {
    while cursor.edge <= cursor.edgeEnd {
      let edge = cursor.edge == cursor.edgeEnd ? nil : cursor.edge
      if !removed.isEmpty, cursor.transition == cursor.firstTransition, try isAny(removed, cursor.state, edge)
      {
        cursor.transition = cursor.transitionEnd
      }
      while cursor.transition < cursor.transitionEnd {
        let transition = transitions[cursor.transition]
        cursor.transition &+= 1
        guard try areTrue(transition.reads, cursor.state, edge) else { continue }
        return ProductStep(
          target: transition.target &+ (edge.map(graph.target) ?? cursor.state), edge: edge,
          acceptance: transition.acceptance)
      }
      cursor.edge &+= 1
      cursor.transition = cursor.firstTransition
    }
    return nil
  }

  /// Appends the steps from a node to itself that are not removed.
  func addLoops(at node: Int, without removed: [Condition], to loops: inout [ProductStep]) throws {
    let cursor = cursor(at: node)
    let state = cursor.state
    let origin = node &- state
    for index in cursor.edge...cursor.edgeEnd {
      let edge = index == cursor.edgeEnd ? nil : index
      if let edge, graph.target(edge) != state { continue }
      if !removed.isEmpty, try isAny(removed, state, edge) { continue }
      for position in cursor.firstTransition..<cursor.transitionEnd {
        let transition = transitions[position]
        if transition.target == origin, try areTrue(transition.reads, state, edge) {
          loops.append(ProductStep(target: node, edge: edge, acceptance: transition.acceptance))
        }
      }
    }
  }

  @inline(__always) private func areTrue(_ reads: Range<Int>, _ state: Int, _ edge: Int?) throws -> Bool {
    for index in reads {
      let literal = literals[index]
      if try predicates.isTrue(literal.predicate, of: state, edge: edge) != literal.isPositive {
        return false
      }
    }
    return true
  }

  @inline(__always) func isTrue(_ condition: Condition, _ state: Int, _ edge: Int?) throws -> Bool {
    for index in condition.cubes where try areTrue(cubes[index], state, edge) { return true }
    return false
  }

  private func isAny(_ conditions: [Condition], _ state: Int, _ edge: Int?) throws -> Bool {
    for condition in conditions where try isTrue(condition, state, edge) { return true }
    return false
  }

  /// Whether a step inside a component satisfies the test, which gets the step's state. All nodes of the component are in one region.
  func hasStep(
    inside component: some Collection<Int>, regionOf: (Int) -> UInt32, without removed: [Condition],
    where test: (Int, ProductStep) throws -> Bool
  ) throws -> Bool {
    guard let first = component.first else { return false }
    let region = regionOf(first)
    for node in component {
      var cursor = cursor(at: node)
      while let step = try next(&cursor, without: removed) {
        if regionOf(step.target) == region, try test(cursor.state, step) { return true }
      }
    }
    return false
  }
}
