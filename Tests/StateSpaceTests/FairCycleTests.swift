import DifferentialTesting
import Foundation
@testable import StateSpace
import Testing

@Suite("Infinite behaviors that satisfy a formula") struct FairCycleTests {
  /// How many random pairs of a graph and a formula are compared in each of the runs. The environment variable is for long trials.
  private static let pairsInARun =
    ProcessInfo.processInfo.environment["TEMPORAL_PAIRS"].flatMap { Int($0) } ?? 50

  @Test("Random formulas on random graphs agree with a search through all lassos", arguments: 1...20)
  func random(run: Int) throws {
    var random = RandomGenerator(seed: UInt64(run))
    for _ in 0..<Self.pairsInARun {
      let behaviors = try RandomBehaviors(&random)
      let formula = behaviors.formula(&random)
      try compare(behaviors, formula)
    }
  }

  private func compare(_ behaviors: RandomBehaviors, _ formula: TemporalFormula) throws {
    let lasso = try behaviors.lasso(satisfying: formula)
    guard let lasso else {
      #expect(behaviors.naiveLasso(satisfying: formula) == nil, "\(formula) on \(behaviors.edges)")
      return
    }
    #expect(behaviors.allows(lasso), "\(lasso) on \(behaviors.edges)")
    #expect(behaviors.isTrue(formula, of: lasso), "\(lasso) against \(formula) on \(behaviors.edges)")
  }

  @Test(
    "No behavior is shorter than the one that is found, if the formula speaks of what happens infinitely often"
  )
  func shortest() throws {
    var random = RandomGenerator(seed: 17)
    var found = 0
    for _ in 0..<2000 {
      let behaviors = try RandomBehaviors(&random)
      let formula = TemporalFormula.all(
        (0..<random.number(in: 1...3)).map { _ in
          let often = behaviors.formula(&random, depth: 0)
          let then = behaviors.formula(&random, depth: 0)
          return .any([.eventually(of: .always(of: often)), .always(of: .eventually(of: then))])
        })
      guard let lasso = try behaviors.lasso(satisfying: formula) else { continue }
      found += 1
      let shortest = try #require(behaviors.shortestLength(satisfying: formula))
      #expect(lasso.states.count == shortest, "\(lasso) against \(formula) on \(behaviors.edges)")
    }
    #expect(found > 500)
  }

  @Test("A loop in a component that is further away is taken if the behavior is shorter")
  func furtherComponent() throws {
    // From 0, a ring of six states is one step away, and a state that stutters two.
    let behaviors = try GraphBehaviors(edges: [[1, 7], [2], [3], [4], [5], [6], [1], [8], []], initial: [0]) {
      $0 == 0 ? $1 != $2 && $1 == 3 : $1 == 8
    }
    let formula = TemporalFormula.any([
      .always(of: .eventually(of: .predicate(0))), .always(of: .eventually(of: .predicate(1))),
    ])
    #expect(try behaviors.lasso(satisfying: formula) == Lasso(states: [0, 7, 8], loopStart: 2))
  }

  @Test("The same behavior is found in every run")
  func repeated() throws {
    var random = RandomGenerator(seed: 99)
    for _ in 0..<200 {
      let behaviors = try RandomBehaviors(&random)
      let formula = behaviors.formula(&random)
      #expect(try behaviors.lasso(satisfying: formula) == behaviors.lasso(satisfying: formula))
    }
  }

  @Test("A negation is true exactly where the formula is not, and its negation is the formula again")
  func negation() throws {
    var random = RandomGenerator(seed: 7)
    for _ in 0..<2000 {
      let behaviors = try RandomBehaviors(&random)
      let formula = behaviors.formula(&random)
      #expect(formula.negation.negation == formula)
      for lasso in behaviors.lassos.prefix(20) {
        #expect(try behaviors.evaluate(formula, on: lasso) == behaviors.isTrue(formula, of: lasso))
        #expect(behaviors.isTrue(formula, of: lasso) != behaviors.isTrue(formula.negation, of: lasso))
      }
    }
  }

  @Test("Forty strong fairness conditions cost a factor of forty, and the condition that fails decides")
  func manyConditions() throws {
    // A ring of 40 states with a step back to the first one from each; predicate i is the step from i to i + 1.
    let count = 40
    let edges = (0..<count).map { [($0 + 1) % count] + ($0 == 0 ? [] : [0]) }
    func isForward(_ predicate: Int, _ from: Int, _ to: Int) -> Bool {
      from == predicate && to == (from + 1) % count
    }
    func fair(_ predicate: Int) -> TemporalFormula {
      // The step is enabled in its state: SF is `<>[]~enabled \/ []<>taken`.
      .any([
        .eventually(of: .always(of: .predicate(count + predicate).negation)),
        .always(of: .eventually(of: .predicate(predicate))),
      ])
    }
    let behaviors = try GraphBehaviors(edges: edges, initial: [0]) { predicate, from, to in
      predicate < count ? isForward(predicate, from, to) : from == predicate - count
    }
    let all = TemporalFormula.all((0..<count).map(fair))
    let moves = TemporalFormula.always(of: .eventually(of: .predicate(0)))
    let lasso = try #require(try behaviors.lasso(satisfying: .all([all, moves])))
    #expect(Set(lasso.states) == Set(0..<count))
    let stays = TemporalFormula.eventually(of: .always(of: .predicate(count - 1).negation))
    #expect(try behaviors.lasso(satisfying: .all([all, moves, stays])) == nil)
  }

  @Test("A lasso is written as short as it can be")
  func shortened() {
    var lasso = Lasso(states: [0, 0, 1, 2, 3, 3, 1, 2, 3, 1, 2], loopStart: 4)
    lasso.shorten()
    #expect(lasso == Lasso(states: [0, 1, 2, 3], loopStart: 1))
    lasso = Lasso(states: [4, 4, 4], loopStart: 1)
    lasso.shorten()
    #expect(lasso == Lasso(states: [4], loopStart: 0))
  }
}
