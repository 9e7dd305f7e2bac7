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

/// A graph multiplied with an automaton that reads its steps. A node is a state together with a state of the automaton.
final class ProductGraph {
  let graph: ReachabilityGraph
  let automaton: FormulaAutomaton
  private let predicates: any StepPredicates

  /// The automaton's transitions, those of each state together, without arrays inside: a walk goes through them for each step.
  private let transitions: [Transition]
  /// The position of each state's first transition, and the number of transitions.
  private let firstTransitions: [Int]
  private let literals: [TemporalFormula.Literal]
  /// Whether the automaton has one state and reads every step.
  let readsEverything: Bool

  private struct Transition {
    let reads: Range<Int>
    let target: Int
    let acceptance: UInt64
  }

  /// The graph must keep its edges.
  init(_ graph: ReachabilityGraph, _ automaton: FormulaAutomaton, _ predicates: any StepPredicates) {
    self.graph = graph
    self.automaton = automaton
    self.predicates = predicates
    var transitions: [Transition] = []
    var firsts = [0]
    var literals: [TemporalFormula.Literal] = []
    for ofState in automaton.transitions {
      for transition in ofState {
        let reads = literals.count..<literals.count + transition.reads.count
        literals += transition.reads
        transitions.append(
          Transition(reads: reads, target: transition.target, acceptance: transition.acceptance))
      }
      firsts.append(transitions.count)
    }
    self.transitions = transitions
    firstTransitions = firsts
    self.literals = literals
    readsEverything = automaton.transitions.count == 1 && transitions.count == 1 && literals.isEmpty
  }

  var nodeCount: Int { graph.count * automaton.transitions.count }

  func state(of node: Int) -> Int { node % graph.count }
  func automatonState(of node: Int) -> Int { node / graph.count }
  func node(_ state: Int, _ automatonState: Int) -> Int { automatonState * graph.count + state }

  /// Where a walk through the steps from a node is. The last edge is the stuttering one.
  struct StepCursor {
    let node: Int
    var edge: Int
    let end: Int
    var transition = 0
  }

  struct ProductStep {
    let target: Int
    let edge: Int?
    let acceptance: UInt64
  }

  func cursor(at node: Int) -> StepCursor {
    let edges = graph.edges(of: state(of: node))
    return StepCursor(node: node, edge: edges.lowerBound, end: edges.upperBound)
  }

  /// The next step from the cursor's node that the automaton can read and that is not removed; nil after the last one.
  func next(_ cursor: inout StepCursor, without removed: [StepCondition]) throws -> ProductStep? {
    let (automatonState, state) = cursor.node.quotientAndRemainder(dividingBy: graph.count)
    let first = firstTransitions[automatonState]
    let count = firstTransitions[automatonState + 1] - first
    while cursor.edge <= cursor.end {
      let edge = cursor.edge == cursor.end ? nil : cursor.edge
      if cursor.transition == 0, !removed.isEmpty, try isAny(removed, state, edge) {
        cursor.transition = count
      }
      while cursor.transition < count {
        let transition = transitions[first + cursor.transition]
        cursor.transition += 1
        guard try isRead(by: transition, state, edge) else { continue }
        return ProductStep(
          target: node(edge.map(graph.target) ?? state, transition.target), edge: edge,
          acceptance: transition.acceptance)
      }
      cursor.edge += 1
      cursor.transition = 0
    }
    return nil
  }

  private func isRead(by transition: Transition, _ state: Int, _ edge: Int?) throws -> Bool {
    for index in transition.reads {
      let literal = literals[index]
      if try predicates.isTrue(literal.predicate, of: state, edge: edge) != literal.isPositive {
        return false
      }
    }
    return true
  }

  func isTrue(_ condition: StepCondition, _ state: Int, _ edge: Int?) throws -> Bool {
    try predicates.isTrue(condition, of: state, edge: edge)
  }

  func isAny(_ conditions: [StepCondition], _ state: Int, _ edge: Int?) throws -> Bool {
    for condition in conditions where try isTrue(condition, state, edge) { return true }
    return false
  }

  /// Whether a step inside a component satisfies the test, which gets the step's state. All nodes of the component are in one region.
  func hasStep(
    inside component: [Int], regionOf: (Int) -> UInt32, without removed: [StepCondition],
    where test: (Int, ProductStep) throws -> Bool
  ) throws -> Bool {
    let region = regionOf(component[0])
    for node in component {
      var cursor = cursor(at: node)
      while let step = try next(&cursor, without: removed) {
        if regionOf(step.target) == region, try test(state(of: node), step) { return true }
      }
    }
    return false
  }
}
