import TLASyntax

/// Says in words why a behavior violates a property, and why it is fair. The sentences have no full stop.
struct LassoExplanation {
  /// The most fairness conditions that are named one by one.
  private static let mostConditions = 12
  /// The most characters of values that are shown.
  private static let longestValues = 100

  private let evaluation: LassoEvaluation
  private let predicates: [TemporalPredicate]
  /// Whether each position stutters.
  private var stutters: Bool { evaluation.loop.count == 1 }

  init(_ predicates: [TemporalPredicate], of evaluation: LassoEvaluation) {
    self.evaluation = evaluation
    self.predicates = predicates
  }

  // MARK: What does not happen

  /// What would have to happen for the formulas to be true, and does not, and what prevents it. Nothing for a formula of an unusual form. What is
  /// missing for several values of a quantifier's names is said once, with the values, and with what prevents it if that is always the same.
  func whatIsMissing(in formulas: [TemporalFormula]) throws -> [String] {
    var groups: [(text: String, reasons: [String], choices: [[QuantifierChoice]])] = []
    for formula in formulas {
      let part = try falsePart(of: formula)
      let sentences = try whatIsMissing(for: part)
      guard let text = sentences.first else { continue }
      let (reasons, choices) = (
        Array(sentences.dropFirst()), part.predicates.sorted().flatMap { predicates[$0].choices }.uniqued()
      )
      if let index = groups.firstIndex(where: { $0.text == text }) {
        if !choices.isEmpty { groups[index].choices.append(choices) }
        if groups[index].reasons != reasons { groups[index].reasons = [] }
      } else {
        groups.append((text, reasons, choices.isEmpty ? [] : [choices]))
      }
    }
    return groups.flatMap { text, reasons, choices in
      [choices.isEmpty ? text : "with \(alternatives(choices)): \(text)"] + reasons
    }
  }

  /// The first false part of a conjunction, and of that.
  private func falsePart(of formula: TemporalFormula) throws -> TemporalFormula {
    guard case .and(let parts) = formula, let part = try parts.first(where: { try !evaluation.isTrue($0) })
    else { return formula }
    return try falsePart(of: part)
  }

  /// What is missing, and then what prevents it.
  private func whatIsMissing(for formula: TemporalFormula) throws -> [String] {
    guard try !evaluation.isTrue(formula) else { return [] }
    switch formula {
    case .eventually(let goal) where goal.isPropositional:
      return ["\(words(goal)) is never true"] + (try whatKeepsFalse([goal]))
    case .always(.eventually(let goal)) where goal.isPropositional:
      return ["\(words(goal)) is \(stutters ? "not true there" : "true nowhere in the loop")"]
        + (try whatKeepsFalse([goal]))
    case .eventually(.always(let goal)) where goal.isPropositional:
      let values = try evaluation.values(of: goal)
      guard let place = evaluation.loop.first(where: { !values[$0] }) else { return [] }
      let often = stutters ? "for ever" : "again and again"
      let reasons = try evaluation.reasons(against: goal, at: place).compactMap { reason($0, against: goal) }
      return ["\(words(goal)) is false in state \(place), \(often)\(because(reasons))"]
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
      (premise.isEmpty
        ? "from state \(place) on" : "\(premise) is true in state \(place), and from there on")
        + " \(never) is never true"
    ] + (try whatKeepsFalse(goals))
  }

  /// The parts that keep the goals false in the loop.
  private func whatKeepsFalse(_ goals: [TemporalFormula]) throws -> [String] {
    try goals.compactMap { goal in
      let places: [(Int, [String])] = try evaluation.loop.map { place in
        (place, try evaluation.reasons(against: goal, at: place).compactMap { reason($0, against: goal) })
      }
      guard let first = places.first, !first.1.isEmpty else { return nil }
      if places.allSatisfy({ $0.1 == first.1 }) { return "\(words(goal)) stays false\(because(first.1))" }
      guard let other = places.first(where: { $0.1 != first.1 }), !other.1.isEmpty else { return nil }
      return
        "\(words(goal)) stays false: in state \(first.0)\(because(first.1)); in state \(other.0)\(because(other.1))"
    }
  }

  private func because(_ reasons: [String]) -> String {
    reasons.isEmpty ? "" : ", because " + reasons.joined(separator: ", and ")
  }

  /// `Outdated is {t1}, not {}`; nil if it says no more than the formula.
  private func reason(_ explanation: Explanation, against formula: TemporalFormula? = nil) -> String? {
    // Alternatives that are false for the same reason are one.
    if explanation.sides == nil, let first = explanation.parts.first.flatMap({ reason($0) }),
      explanation.parts.allSatisfy({ reason($0) == first })
    {
      return first
    }
    let witnesses = explanation.witnesses.map { ", with \($0.name) = \($0.value)" }.joined()
    if !explanation.holds, let words = words(explanation) { return words + witnesses }
    if let formula, case .predicate(let literal) = formula, witnesses.isEmpty,
      predicates[literal.predicate].text == explanation.expression.withoutOuterParentheses
    {
      return nil
    }
    let values = explanation.values.flatMap { $0.count > Self.longestValues ? nil : " (\($0))" } ?? ""
    return "\(explanation.expression)\(values) is \(explanation.holds ? "true" : "false")\(witnesses)"
  }

  /// What the sides of a false relation are; nil if they are long, or if it is no relation.
  private func words(_ explanation: Explanation) -> String? {
    guard let sides = explanation.sides else { return nil }
    let (left, right) = (sides.left.description, sides.right.description)
    guard left.count + right.count <= Self.longestValues else { return nil }
    // A side that is the name of a definition has the place of its body.
    let texts = explanation.expression.withoutOuterParentheses.split(separator: " \(sides.symbol) ")
      .map(String.init)
    let (name, other) =
      texts.count == 2 ? (texts[0], texts[1]) : (sides.leftSpan.oneLineText, sides.rightSpan.oneLineText)
    let subject = name == left ? name : "\(name) is \(left)"
    let verb = name == left ? " is" : ","
    switch sides.symbol {
    case "=": return "\(subject)\(verb) not \(right)"
    case "#", "/=": return other == right || name == left ? subject : "\(name) and \(other) are \(left)"
    case "\\in": return "\(subject)\(verb) not in \(right)"
    case "\\notin": return "\(subject)\(verb == " is" ? verb : ", which is") in \(right)"
    default: return "\(subject)\(verb) not \(sides.symbol) \(right)"
    }
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
    var groups: [(name: String, choices: [[QuantifierChoice]])] = []
    for condition in conditions {
      let index = groups.firstIndex { $0.name == condition.name } ?? groups.count
      if index == groups.count { groups.append((condition.name, [])) }
      if !condition.choices.isEmpty { groups[index].choices.append(condition.choices) }
    }
    return groups.map { name, choices in
      choices.isEmpty ? name : "\(name) with \(alternatives(choices))"
    }.joined(separator: "; ")
  }

  private func alternatives(_ choices: [[QuantifierChoice]]) -> String {
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
    case neverEnabled(because: String?)
    /// It is not enabled at that position.
    case notForGood(Int)
  }

  private func way(_ condition: FairnessCondition) throws -> WayOfBeingFair {
    let (taken, enabled) = (
      try evaluation.values(of: condition.change), try evaluation.values(of: condition.enabled)
    )
    if let place = evaluation.loop.first(where: { taken[$0] }) { return .taken(place) }
    if !evaluation.loop.contains(where: { enabled[$0] }) {
      return .neverEnabled(because: try whatDisables(condition))
    }
    return .notForGood(evaluation.loop.first { !enabled[$0] } ?? evaluation.loopStart)
  }

  /// What disables the action in most states of the loop.
  private func whatDisables(_ condition: FairnessCondition) throws -> String? {
    let reasons = try evaluation.loop.compactMap { place in
      try evaluation.reasons(against: condition.enabled, at: place).first?.parts.first.flatMap { reason($0) }
    }
    let counts = Dictionary(reasons.map { ($0, 1) }, uniquingKeysWith: +)
    return reasons.uniqued().max { counts[$0, default: 0] < counts[$1, default: 0] }
  }

  private func words(_ way: WayOfBeingFair, ofSeveral: Bool) -> String {
    switch way {
    case .taken(let place):
      let step =
        place + 1 < evaluation.count ? "step \(place + 1)" : "the step back to state \(evaluation.loopStart)"
      return "\(step) takes \(ofSeveral ? "them" : "it"), again and again"
    case .neverEnabled(let reason):
      return "\(ofSeveral ? "they are" : "it is") "
        + (stutters ? "not enabled there" : "never enabled in the loop") + because(reason.map { [$0] } ?? [])
    case .notForGood(let place):
      return ofSeveral
        ? "they are not enabled for good, for they are not in state \(place)"
        : "it is not enabled for good, for it is not in state \(place)"
    }
  }
}

extension TemporalFormula {
  /// The numbers of the predicates in the formula.
  var predicates: Set<Int> {
    switch self {
    case .constant: []
    case .predicate(let literal): [literal.predicate]
    case .and(let parts), .or(let parts): parts.reduce(into: []) { $0.formUnion($1.predicates) }
    case .always(let inner), .eventually(let inner): inner.predicates
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
