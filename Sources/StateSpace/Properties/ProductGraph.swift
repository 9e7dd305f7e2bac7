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

  /// The graph must keep its edges.
  init(_ graph: ReachabilityGraph, _ automaton: FormulaAutomaton, _ predicates: any StepPredicates) {
    self.graph = graph
    self.automaton = automaton
    self.predicates = predicates
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
    let state = state(of: cursor.node)
    let transitions = automaton.transitions[automatonState(of: cursor.node)]
    while cursor.edge <= cursor.end {
      let edge = cursor.edge == cursor.end ? nil : cursor.edge
      if cursor.transition == 0, try isAny(removed, state, edge) { cursor.transition = transitions.count }
      while cursor.transition < transitions.count {
        let transition = transitions[cursor.transition]
        cursor.transition += 1
        guard try predicates.isTrue(transition.reads, of: state, edge: edge) else { continue }
        return ProductStep(
          target: node(edge.map(graph.target) ?? state, transition.target), edge: edge,
          acceptance: transition.acceptance)
      }
      cursor.edge += 1
      cursor.transition = 0
    }
    return nil
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
