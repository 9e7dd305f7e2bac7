import TLASyntax

/// Says in words why a behavior violates a property, and why it is fair. The sentences have no full stop.
struct LassoExplanation {
  /// The most fairness conditions that are named one by one.
  private static let mostConditions = 12

  private let evaluation: LassoEvaluation
  private let predicates: [TemporalPredicate]
  /// Whether each position stutters.
  private var stutters: Bool { evaluation.loop.count == 1 }

  init(_ predicates: [TemporalPredicate], of evaluation: LassoEvaluation) {
    self.evaluation = evaluation
    self.predicates = predicates
  }

  // MARK: What does not happen

  /// What would have to happen for the formula to be true, and does not. Nothing for a formula of an unusual form.
  func whatIsMissing(for formula: TemporalFormula) throws -> [String] {
    guard try !evaluation.isTrue(formula) else { return [] }
    switch formula {
    case .and(let parts):
      for part in parts where try !evaluation.isTrue(part) { return try whatIsMissing(for: part) }
    case .eventually(let goal) where goal.isPropositional:
      return ["\(words(goal)) is never true"]
    case .always(.eventually(let goal)) where goal.isPropositional:
      return ["\(words(goal)) is \(stutters ? "not true there" : "true nowhere in the loop")"]
    case .eventually(.always(let goal)) where goal.isPropositional:
      let values = try evaluation.values(of: goal)
      let place = evaluation.loop.first { !values[$0] }
      return place.map {
        ["\(words(goal)) is false in state \($0), \(stutters ? "for ever" : "again and again")"]
      } ?? []
    case .always(let claim):
      let values = try evaluation.values(of: claim)
      guard let place = values.firstIndex(of: false) else { return [] }
      return try unanswered(claim, from: place)
    default: break
    }
    return []
  }

  /// Explains a claim such as `~P \/ <>Q` that is false at a position.
  private func unanswered(_ claim: TemporalFormula, from place: Int) throws -> [String] {
    let premises = claim.disjuncts.filter(\.isPropositional).map(\.negation)
    let goals = claim.disjuncts.compactMap { part -> TemporalFormula? in
      if case .eventually(let goal) = part, goal.isPropositional { goal } else { nil }
    }
    guard !goals.isEmpty, premises.count + goals.count == claim.disjuncts.count else { return [] }
    let never = goals.map(words).joined(separator: " nor ")
    let premise = premises.map(words).joined(separator: " and ")
    return [
      (premise.isEmpty ? "from state \(place) on" : "\(premise) is true in state \(place), and from there on")
        + " \(never) is never true"
    ]
  }

  private func words(_ formula: TemporalFormula) -> String { formula.words(predicates) }

  // MARK: Fairness

  /// For each fairness condition, why the behavior satisfies it.
  func fairness(_ conditions: [FairnessCondition]) throws -> [String] {
    if conditions.isEmpty, stutters {
      return ["the specification demands no step: it has no fairness condition"]
    }
    var sentences = try conditions.prefix(Self.mostConditions).map { "fair to \($0.text): \(try reason($0))" }
    if conditions.count > Self.mostConditions {
      sentences.append("and fair to \(conditions.count - Self.mostConditions) more conditions")
    }
    return sentences
  }

  /// The fairness conditions that the behavior does not satisfy.
  func unfairness(_ conditions: [FairnessCondition]) throws -> [String] {
    try conditions.filter { condition in
      let (taken, enabled) = (
        try evaluation.values(of: condition.change), try evaluation.values(of: condition.enabled)
      )
      if evaluation.loop.contains(where: { taken[$0] }) { return false }
      return condition.isStrong
        ? evaluation.loop.contains { enabled[$0] } : evaluation.loop.allSatisfy { enabled[$0] }
    }.map { "not fair to \($0.text): it stays enabled and is never taken" }
  }

  private func reason(_ condition: FairnessCondition) throws -> String {
    let (taken, enabled) = (
      try evaluation.values(of: condition.change), try evaluation.values(of: condition.enabled)
    )
    if let place = evaluation.loop.first(where: { taken[$0] }) {
      return place + 1 < evaluation.count
        ? "step \(place + 1) takes it, again and again"
        : "the step back to state \(evaluation.loopStart) takes it, again and again"
    }
    if !evaluation.loop.contains(where: { enabled[$0] }) {
      return stutters ? "it is not enabled there" : "it is never enabled in the loop"
    }
    let place = evaluation.loop.first { !enabled[$0] } ?? evaluation.loopStart
    return "it is not enabled for good, for it is not in state \(place)"
  }
}

extension TemporalFormula {
  /// The formula in words, with the texts of its predicates.
  func words(_ predicates: [TemporalPredicate]) -> String {
    switch self {
    case .constant(let value): return value ? "TRUE" : "FALSE"
    case .predicate(let literal):
      let text = predicates[literal.predicate].text
      return literal.isPositive ? "`\(text)`" : "`~(\(text))`"
    case .and(let parts): return parts.map { $0.words(predicates) }.joined(separator: " and ")
    case .or(let parts): return parts.map { $0.words(predicates) }.joined(separator: " or ")
    case .always(let inner): return "[]\(inner.words(predicates))"
    case .eventually(let inner): return "<>\(inner.words(predicates))"
    }
  }
}
