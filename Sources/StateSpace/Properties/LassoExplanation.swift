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

  /// What would have to happen for the formulas to be true, and does not. Nothing for a formula of an unusual form. What is missing for
  /// several values of a quantifier's names is said once, with the values.
  func whatIsMissing(in formulas: [TemporalFormula]) throws -> [String] {
    var groups: [(text: String, choices: [[FairnessCondition.Choice]])] = []
    for formula in formulas {
      let part = try falsePart(of: formula)
      for text in try whatIsMissing(for: part) {
        let index = groups.firstIndex { $0.text == text } ?? groups.count
        if index == groups.count { groups.append((text, [])) }
        let choices = part.choices(predicates)
        if !choices.isEmpty { groups[index].choices.append(choices) }
      }
    }
    return groups.map { text, choices in choices.isEmpty ? text : "with \(alternatives(choices)): \(text)" }
  }

  /// The first false part of a conjunction, and of that.
  private func falsePart(of formula: TemporalFormula) throws -> TemporalFormula {
    guard case .and(let parts) = formula, let part = try parts.first(where: { try !evaluation.isTrue($0) })
    else { return formula }
    return try falsePart(of: part)
  }

  private func whatIsMissing(for formula: TemporalFormula) throws -> [String] {
    guard try !evaluation.isTrue(formula) else { return [] }
    switch formula {
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

  /// Why the behavior satisfies the fairness conditions: a sentence for all that it satisfies in the same way.
  func fairness(_ conditions: [FairnessCondition]) throws -> [String] {
    if conditions.isEmpty, stutters {
      return ["the specification demands no step: it has no fairness condition"]
    }
    var groups: [(way: WayOfBeingFair, conditions: [FairnessCondition])] = []
    for condition in conditions.prefix(Self.mostConditions) {
      let way = try way(condition)
      let index = groups.firstIndex { $0.way == way } ?? groups.count
      if index == groups.count { groups.append((way, [])) }
      groups[index].conditions.append(condition)
    }
    var sentences = groups.map { way, conditions in
      "fair to \(names(conditions)): \(words(way, ofSeveral: conditions.count > 1))"
    }
    if conditions.count > Self.mostConditions {
      sentences.append("and fair to \(conditions.count - Self.mostConditions) more conditions")
    }
    return sentences
  }

  /// The conditions, each once with all the values that quantifiers give to its names: `WF_v(A(n)) with n = n1, n2; WF_v(B)`.
  private func names(_ conditions: [FairnessCondition]) -> String {
    var groups: [(name: String, choices: [[FairnessCondition.Choice]])] = []
    for condition in conditions {
      let index = groups.firstIndex { $0.name == condition.name } ?? groups.count
      if index == groups.count { groups.append((condition.name, [])) }
      if !condition.choices.isEmpty { groups[index].choices.append(condition.choices) }
    }
    return groups.map { name, choices in
      choices.isEmpty ? name : "\(name) with \(alternatives(choices))"
    }.joined(separator: "; ")
  }

  private func alternatives(_ choices: [[FairnessCondition.Choice]]) -> String {
    if let name = choices[0].first?.name, choices.allSatisfy({ $0.count == 1 && $0[0].name == name }) {
      return "\(name) = " + choices.map { $0[0].value }.joined(separator: ", ")
    }
    return choices.map { $0.map(\.text).joined(separator: ", ") }.joined(separator: " or ")
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

  private enum WayOfBeingFair: Equatable {
    /// The step from that position takes it.
    case taken(Int)
    case neverEnabled
    /// It is not enabled at that position.
    case notForGood(Int)
  }

  private func way(_ condition: FairnessCondition) throws -> WayOfBeingFair {
    let (taken, enabled) = (
      try evaluation.values(of: condition.change), try evaluation.values(of: condition.enabled)
    )
    if let place = evaluation.loop.first(where: { taken[$0] }) { return .taken(place) }
    if !evaluation.loop.contains(where: { enabled[$0] }) { return .neverEnabled }
    return .notForGood(evaluation.loop.first { !enabled[$0] } ?? evaluation.loopStart)
  }

  private func words(_ way: WayOfBeingFair, ofSeveral: Bool) -> String {
    switch way {
    case .taken(let place):
      let step =
        place + 1 < evaluation.count ? "step \(place + 1)" : "the step back to state \(evaluation.loopStart)"
      return "\(step) takes \(ofSeveral ? "them" : "it"), again and again"
    case .neverEnabled:
      return
        "\(ofSeveral ? "they are" : "it is") \(stutters ? "not enabled there" : "never enabled in the loop")"
    case .notForGood(let place):
      return ofSeveral
        ? "they are not enabled for good, for they are not in state \(place)"
        : "it is not enabled for good, for it is not in state \(place)"
    }
  }
}

extension TemporalFormula {
  /// What the quantifiers around its parts choose, each choice once.
  fileprivate func choices(_ predicates: [TemporalPredicate]) -> [FairnessCondition.Choice] {
    switch self {
    case .constant: []
    case .predicate(let literal): predicates[literal.predicate].choices
    case .and(let parts), .or(let parts):
      parts.reduce([]) { known, part in known + part.choices(predicates).filter { !known.contains($0) } }
    case .always(let inner), .eventually(let inner): inner.choices(predicates)
    }
  }

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
