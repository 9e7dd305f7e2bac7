/// A formula as the search for a fair cycle takes it: what must be true from the start, and what must be true infinitely often.
///
/// Conditions that speak only of what happens infinitely often, or always from some point on, stay out of the automaton, so that n of them cost a
/// factor of n. They are Streett conditions on steps: weak and strong fairness, `[]<>f` and `<>[]f` are special cases.
struct RunCondition {
  /// If infinitely many steps satisfy `often`, infinitely many satisfy `then`.
  struct Pair: Hashable {
    let often: StepCondition
    let then: StepCondition
  }

  /// The rest of the formula, for the automaton.
  let rest: TemporalFormula
  /// Whether `rest` may begin at any reachable state and not only at an initial one.
  let startsAnywhere: Bool
  let pairs: [Pair]

  /// The most disjuncts into which a formula is split.
  private static let mostCases = 256

  /// Conditions one of which is satisfied exactly if the formula is. None if the formula is contradictory.
  static func cases(of formula: TemporalFormula) -> [RunCondition] {
    split([[]], formula.conjuncts[...]).compactMap { RunCondition(conjuncts: $0) }
  }

  /// Multiplies out the disjunctions that would otherwise need an automaton, as long as the cases are few.
  private static func split(
    _ cases: [[TemporalFormula]], _ conjuncts: ArraySlice<TemporalFormula>
  ) -> [[TemporalFormula]] {
    guard let first = conjuncts.first else { return cases }
    let rest = conjuncts.dropFirst()
    let alternatives = first.disjuncts
    if alternatives.count > 1, pair(first) == nil, !first.isPropositional,
      cases.count * alternatives.count <= mostCases
    {
      return alternatives.flatMap { split(cases, $0.conjuncts + rest) }
    }
    return split(cases.map { $0 + [first] }, rest)
  }

  private init?(conjuncts: [TemporalFormula]) {
    var pairs: [Pair] = []
    var kept: [TemporalFormula] = []
    for part in conjuncts {
      if let pair = Self.pair(part) { pairs.append(pair) } else { kept.append(part) }
    }
    // `<>f` can be satisfied from any reachable state on, because nothing else depends on the start.
    if kept.count == 1, case .eventually(let inner) = kept[0] {
      (rest, startsAnywhere) = (inner, true)
    } else {
      (rest, startsAnywhere) = (TemporalFormula.all(kept), kept.isEmpty)
    }
    if rest == .constant(false) { return nil }
    self.pairs = pairs.uniqued()
  }

  /// The pair for `[]<>f`, `<>[]f`, or a disjunction of these; nil for other formulas.
  private static func pair(_ formula: TemporalFormula) -> Pair? {
    var often: [TemporalFormula] = []
    var then: [TemporalFormula] = []
    for part in formula.disjuncts {
      if case .always(.eventually(let inner)) = part, inner.isPropositional {
        then.append(inner)
      } else if case .eventually(.always(let inner)) = part, inner.isPropositional, often.isEmpty {
        often.append(inner.negation)
      } else {
        return nil
      }
    }
    return Pair(
      often: often.first.map(StepCondition.init) ?? .always, then: StepCondition(.any(then)))
  }
}
