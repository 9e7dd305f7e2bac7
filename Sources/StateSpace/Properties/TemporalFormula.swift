/// A formula of linear temporal logic over numbered predicates, in negation normal form. It has no next-time operator, as in TLA+.
///
/// A predicate is read at a position of a behavior: it sees the state there and the step to the next one.
indirect enum TemporalFormula: Hashable {
  case constant(Bool)
  case predicate(Literal)
  case and([TemporalFormula])
  case or([TemporalFormula])
  case always(TemporalFormula)
  case eventually(TemporalFormula)

  /// A predicate, by its number, or its negation.
  struct Literal: Hashable {
    let predicate: Int
    let isPositive: Bool

    var negation: Literal { Literal(predicate: predicate, isPositive: !isPositive) }
  }

  static func predicate(_ number: Int) -> TemporalFormula {
    .predicate(Literal(predicate: number, isPositive: true))
  }

  // MARK: Making

  /// The conjunction, flattened, without parts that are true.
  static func all(_ parts: [TemporalFormula]) -> TemporalFormula {
    var flat: [TemporalFormula] = []
    for part in parts {
      switch part {
      case .constant(true): continue
      case .constant(false): return part
      case .and(let inner): flat += inner
      default: flat.append(part)
      }
    }
    flat = flat.uniqued()
    if flat.isEmpty { return .constant(true) }
    if flat.contains(where: { flat.contains($0.literalNegation) }) { return .constant(false) }
    return flat.count == 1 ? flat[0] : .and(flat)
  }

  /// The disjunction, flattened, without parts that are false.
  static func any(_ parts: [TemporalFormula]) -> TemporalFormula { all(parts.map(\.negation)).negation }

  /// `[]f`
  static func always(of formula: TemporalFormula) -> TemporalFormula {
    switch formula {
    case .constant, .always: return formula
    // Whatever begins with `<>[]` is true at every position or at none.
    case .eventually(.always): return formula
    case .and(let parts) where !formula.isPropositional: return all(parts.map(always(of:)))
    default: return .always(formula)
    }
  }

  /// `<>f`
  static func eventually(of formula: TemporalFormula) -> TemporalFormula {
    always(of: formula.negation).negation
  }

  /// The formula that is true exactly where this one is not.
  var negation: TemporalFormula {
    switch self {
    case .constant(let value): .constant(!value)
    case .predicate(let literal): .predicate(literal.negation)
    case .and(let parts): .or(parts.map(\.negation))
    case .or(let parts): .and(parts.map(\.negation))
    case .always(let inner): .eventually(inner.negation)
    case .eventually(let inner): .always(inner.negation)
    }
  }

  /// The negation of a predicate; nil for other formulas.
  private var literalNegation: TemporalFormula? {
    if case .predicate(let literal) = self { .predicate(literal.negation) } else { nil }
  }

  // MARK: Looking

  /// Whether it speaks of one position only.
  var isPropositional: Bool {
    switch self {
    case .constant, .predicate: true
    case .and(let parts), .or(let parts): parts.allSatisfy(\.isPropositional)
    case .always, .eventually: false
    }
  }

  /// Whether it is a conjunction; if so, its parts, otherwise itself.
  var conjuncts: [TemporalFormula] { if case .and(let parts) = self { parts } else { [self] } }
  var disjuncts: [TemporalFormula] { if case .or(let parts) = self { parts } else { [self] } }
}

extension [TemporalFormula] {
  fileprivate func contains(_ formula: TemporalFormula?) -> Bool {
    formula.map { contains($0) } ?? false
  }
}

/// A condition on a step: a disjunction of conjunctions of predicates.
struct StepCondition: Hashable {
  let cubes: [[TemporalFormula.Literal]]

  static let always = StepCondition(cubes: [[]])

  init(cubes: [[TemporalFormula.Literal]]) { self.cubes = cubes }

  /// The condition that a propositional formula states.
  init(_ formula: TemporalFormula) { cubes = Self.cubes(of: formula) }

  private static func cubes(of formula: TemporalFormula) -> [[TemporalFormula.Literal]] {
    switch formula {
    case .constant(let value): return value ? [[]] : []
    case .predicate(let literal): return [[literal]]
    case .or(let parts): return parts.flatMap(cubes(of:)).uniqued()
    case .and(let parts):
      return parts.reduce([[]]) { known, part in
        let more = cubes(of: part)
        return known.flatMap { cube in more.compactMap { Self.joined(cube, $0) } }
      }.uniqued()
    case .always, .eventually: preconditionFailure("a condition on a step looks at no other step")
    }
  }

  /// Both conjunctions together; nil if they contradict each other.
  static func joined(_ left: [TemporalFormula.Literal], _ right: [TemporalFormula.Literal])
    -> [TemporalFormula.Literal]?
  {
    var result = left
    for literal in right where !result.contains(literal) {
      if result.contains(literal.negation) { return nil }
      result.append(literal)
    }
    return result
  }
}
