import TLASemantics

/// Remarks on a property that holds.
extension LivenessChecker {
  /// The most steps of the graph, times fairness conditions, for which the conditions are left out one by one. More would make the check
  /// much longer.
  private static let mostTrials = 1_000_000

  /// Sentences without a full stop.
  func notes(on claim: LivenessConditions.Claim) throws -> [String] {
    let vacuous = try claim.formulas.flatMap(\.conjuncts).compactMap(vacuity)
    if !vacuous.isEmpty { return vacuous.uniqued() }
    return try neededFairness(claim).map { [$0] } ?? []
  }

  // MARK: Vacuity

  /// Why a formula that holds says nothing of any behavior; nil if it says something, and for a formula of an unusual form.
  private func vacuity(_ formula: TemporalFormula) throws -> String? {
    switch formula {
    case .eventually(let goal) where goal.isPropositional:
      let condition = StepCondition(goal)
      guard !readsNext(condition),
        try (0..<initialCount).allSatisfy({ try table.isTrue(condition, of: $0, edge: nil) })
      else { return nil }
      return "it says nothing: \(goal.words(conditions.predicates)) is true in every initial state"
    case .always(let claim):
      let premises = claim.disjuncts.filter(\.isPropositional).map(\.negation)
      guard !premises.isEmpty, premises.count < claim.disjuncts.count else { return nil }
      let premise = TemporalFormula.all(premises)
      guard try !isEverTrue(StepCondition(premise)) else { return nil }
      return "it says nothing: \(premise.words(conditions.predicates)) is never true"
    default: return nil
    }
  }

  private func isEverTrue(_ condition: StepCondition) throws -> Bool {
    let looksAtSteps = readsNext(condition)
    for state in 0..<graph.count {
      if state & 0xFFF == 0 { try checkStop() }
      if try table.isTrue(condition, of: state, edge: nil) { return true }
      guard looksAtSteps else { continue }
      for edge in graph.edges(of: state) where try table.isTrue(condition, of: state, edge: edge) {
        return true
      }
    }
    return false
  }

  private func readsNext(_ condition: StepCondition) -> Bool {
    condition.cubes.contains { cube in cube.contains { conditions.predicates[$0.predicate].readsNext } }
  }

  // MARK: Fairness

  /// The fairness without which the property would not hold: a set from which no condition can be left out. Nil if there is no fairness,
  /// or too much to try.
  private func neededFairness(_ claim: LivenessConditions.Claim) throws -> String? {
    let fairness = conditions.fairness.filter { conditions.assumed.conjuncts.contains($0.formula) }
    guard !fairness.isEmpty, graph.edgeCount * fairness.count <= Self.mostTrials else { return nil }
    let others = conditions.assumed.conjuncts.filter { part in !fairness.contains { $0.formula == part } }
    func holds(with kept: [FairnessCondition]) throws -> Bool {
      let assumed = TemporalFormula.all(others + kept.map(\.formula))
      return try LivenessConditions.violations(of: claim.formulas, assuming: assumed).allSatisfy {
        try !isSatisfiable($0)
      }
    }
    if try holds(with: []) { return "it holds without fairness" }
    for condition in fairness where try holds(with: [condition]) { return Self.sentence([condition]) }
    var kept = fairness
    for condition in fairness {
      let fewer = kept.filter { $0.formula != condition.formula }
      if try holds(with: fewer) { kept = fewer }
    }
    return Self.sentence(kept)
  }

  private static func sentence(_ needed: [FairnessCondition]) -> String {
    let names = needed.prefix(4).map(\.text).joined(separator: ", ")
    return "it holds because of \(names)\(needed.count > 4 ? ", and \(needed.count - 4) more" : "")"
  }
}
