import TLASyntax

/// Checks TLA+'s level rules: what may be primed, what may stand in a temporal formula, and so on (Lamport, "Specifying Systems", section
/// 17.2; SANY reports the same). What a rule demands of a parameter becomes a finding, which is checked for each argument where the
/// operator is applied.
struct LevelChecker {
  private(set) var findings = LevelFindings()
  /// The level of each `@`.
  private var oldValues: [Binder: LevelSummary] = [:]
  /// Whether this is the second check, after the levels of recursive operators are known.
  let isRepeated: Bool
  private let report: (Diagnostic) -> Void

  init(isRepeated: Bool = false, report: @escaping (Diagnostic) -> Void) {
    self.isRepeated = isRepeated
    self.report = report
  }

  /// Checks a definition's body, and sets the definition's levels for its applications.
  static func check(
    _ definition: OperatorDefinition, isRepeated: Bool = false, report: @escaping (Diagnostic) -> Void
  ) {
    var checker = LevelChecker(isRepeated: isRepeated, report: report)
    let body = checker.check(definition.body, isModal: false)
    definition.levels = OperatorLevels(
      of: definition.parameters, body: body, checker.findings,
      known: definition.isRecursive || isRepeated ? definition.levels : nil)
  }

  /// Checks a term that is not the body of a definition, and returns its level.
  static func check(_ term: Term, report: @escaping (Diagnostic) -> Void) -> Level {
    var checker = LevelChecker(report: report)
    return checker.check(term, isModal: false).level
  }

  /// `isModal` means that the surrounding operator looks at states other than the current one.
  mutating func check(_ term: Term, isModal: Bool) -> LevelSummary {
    switch term.kind {
    case .integer, .string, .boolean, .constant:
      return LevelSummary(level: .constant)
    case .variable:
      return LevelSummary(level: .state)
    case .substituted(_, let value):
      return check(value, isModal: isModal)
    case .local(let binder):
      return mention(binder, isModal: isModal)
    case .operatorReference(let reference):
      return check(reference, isModal: isModal)
    case .applyReference(let reference, let arguments):
      return apply(reference, to: arguments, in: term, isModal: isModal)
    case .apply(let definition, let arguments):
      return apply(.definition(definition), to: arguments, isModal: isModal)
    case .builtin(let builtin, let arguments):
      return apply(builtin, to: arguments, in: term, isModal: isModal)

    case .prime(let operand):
      return modality(.action, (operand, .state, "an expression that has a prime already cannot be primed"))
    case .unchanged(let operand):
      return modality(
        .action, (operand, .state, "UNCHANGED takes an expression without primes, and this has a prime"))
    case .enabled(let operand, _):
      return modality(
        .state, (operand, .action, "ENABLED takes an action, and this is a temporal formula"))
    case .boxAction(let action, let subscript_), .angleAction(let action, let subscript_):
      return modality(
        .action, (action, .action, "an action is expected here, and this is a temporal formula"),
        (subscript_, .state, "a subscript is an expression of a state, and this has a prime"))
    case .fairness(_, let subscript_, let action, _):
      return modality(
        .temporal, (action, .action, "fairness takes an action, and this is a temporal formula"),
        (subscript_, .state, "a subscript is an expression of a state, and this has a prime"))
    case .temporalQuantified(_, let body):
      return modality(.temporal, (body, .temporal, ""))

    case .junction(_, let items):
      return requireNoAction(in: items, all(items, isModal: isModal))
    case .conditional(let condition, let yes, let no):
      return all([condition, yes, no], isModal: isModal).joined
    case .caseOf(let arms, let other):
      return all(arms.flatMap { [$0.guard, $0.value] } + (other.map { [$0] } ?? []), isModal: isModal).joined
    case .record(let fields):
      return all(fields.map(\.value), isModal: isModal).joined
    case .unboundedQuantified(_, let body):
      return check(body, isModal: isModal)
    case .letIn(let definitions, let body):
      for definition in definitions {
        if isRepeated { Self.check(definition, isRepeated: true, report: report) }
        take(definition)
      }
      return check(body, isModal: isModal)

    case .quantified(_, let bounds, let body):
      return quantified(bounds, body, isModal: isModal)
    case .functionLiteral(let bounds, let body), .recursiveFunction(_, let bounds, let body):
      var result = sets(of: bounds, isModal: isModal)
      result.join(check(body, isModal: isModal))
      return result
    case .setMap(let body, let bounds):
      var result = sets(of: bounds, isModal: isModal)
      result.join(value(body, isModal: isModal))
      return result
    case .choose(let bound, let body), .setFilter(let bound, let body):
      var result = sets(of: [bound], isModal: isModal)
      result.join(value(body, isModal: isModal))
      return result

    case .except(let base, let updates):
      return except(base, updates, isModal: isModal)
    case .setEnumeration(let items), .tuple(let items), .product(let items):
      return values(items, isModal: isModal)
    case .recordSet(let fields):
      return values(fields.map(\.value), isModal: isModal)
    case .application(let first, let second), .functionSet(let first, let second):
      return values([first, second], isModal: isModal)
    case .field(let record, _):
      return value(record, isModal: isModal)
    case .unboundedChoose(let body):
      return value(body, isModal: isModal)
    }
  }

  // MARK: Rules

  mutating func error(_ message: String, _ span: SourceSpan, hint: String? = nil) {
    report(Diagnostic(.error, .specification, .level, message, at: span, hint: hint))
  }

  /// Reports a term above a level. The parameters in it get the level as their limit.
  mutating func require(
    _ summary: inout LevelSummary, of term: Term, _ limit: Level, _ message: @autoclosure () -> String
  ) {
    if summary.level > limit {
      if summary.isCorrect { error(message(), term.span) }
      summary.isCorrect = false
    }
    limitParameters(summary.counted, to: limit)
  }

  /// An operator that looks at other states, so its level is always the same.
  private mutating func modality(
    _ level: Level, _ operands: (term: Term, limit: Level, message: String)...
  ) -> LevelSummary {
    var result = LevelSummary(level: level)
    for operand in operands {
      var summary = check(operand.term, isModal: true)
      require(&summary, of: operand.term, operand.limit, operand.message)
      if !summary.isCorrect { result.isCorrect = false }
    }
    return result
  }

  private mutating func all(_ terms: [Term], isModal: Bool) -> [LevelSummary] {
    terms.map { check($0, isModal: isModal) }
  }

  /// A part that must have a value.
  private mutating func value(_ term: Term, isModal: Bool) -> LevelSummary {
    var summary = check(term, isModal: isModal)
    require(&summary, of: term, .action, "a temporal formula cannot stand here: it has no value")
    return summary
  }

  private mutating func values(_ terms: [Term], isModal: Bool) -> LevelSummary {
    var result = LevelSummary(level: .constant)
    for term in terms { result.join(value(term, isModal: isModal)) }
    return result
  }

  /// The sets over which names are bound; several names may share one. As in SANY, they do not limit the parameters in them.
  private mutating func sets(of bounds: [TermBound], isModal: Bool) -> LevelSummary {
    var result = LevelSummary(level: .constant)
    var last: Term?
    for bound in bounds where bound.set !== last {
      var summary = check(bound.set, isModal: isModal)
      if summary.level == .temporal, summary.isCorrect {
        error("a temporal formula cannot stand here: it has no value", bound.set.span)
        summary.isCorrect = false
      }
      result.join(summary)
      last = bound.set
    }
    return result
  }

  private mutating func quantified(_ bounds: [TermBound], _ body: Term, isModal: Bool) -> LevelSummary {
    var result = sets(of: bounds, isModal: isModal)
    let boundLevel = result.level
    result.join(check(body, isModal: isModal))
    if result.level == .temporal, boundLevel == .action, result.isCorrect, let bound = bounds.first {
      error("the set that bounds a temporal formula cannot have a prime", bound.set.span)
      result.isCorrect = false
    }
    return result
  }

  private mutating func except(_ base: Term, _ updates: [TermUpdate], isModal: Bool) -> LevelSummary {
    var result = value(base, isModal: isModal)
    for update in updates {
      for case .index(let index) in update.path { result.join(value(index, isModal: isModal)) }
      // The old value is looked up in the function as updated so far.
      oldValues[update.old] = LevelSummary(level: result.level, counted: result.counted)
      result.join(value(update.value, isModal: isModal))
    }
    return result
  }

  private mutating func mention(_ binder: Binder, isModal: Bool) -> LevelSummary {
    if let old = oldValues[binder] {
      if isModal { findings.nonLeibniz.formUnion(old.counted) }
      return old
    }
    guard binder.isParameter else { return LevelSummary(level: .constant) }
    findings.mentioned.insert(binder)
    if isModal { findings.nonLeibniz.insert(binder) }
    return LevelSummary(level: .constant, counted: [binder])
  }

  /// Checks an operator that is passed as an argument or applied.
  mutating func check(_ reference: OperatorReference, isModal: Bool) -> LevelSummary {
    switch reference {
    case .parameter(let binder): return mention(binder, isModal: isModal)
    case .constant: return LevelSummary(level: .constant)
    case .builtin(let builtin): return LevelSummary(level: builtin.level)
    case .definition(let definition):
      if isRepeated, definition.isLambda { Self.check(definition, isRepeated: true, report: report) }
      take(definition)
      return LevelSummary(level: definition.level, counted: takeMentions(in: definition, isModal: isModal))
    }
  }

  /// Notes an argument of an operator that is a parameter.
  mutating func pass(_ summary: LevelSummary, to place: OperatorArgument) {
    findings.pass(demand: summary.level, summary.counted, to: place)
  }

  mutating func limitParameters(_ binders: Set<Binder>, to level: Level) {
    if !binders.isEmpty { findings.limit(binders, to: level) }
  }

  // MARK: Definitions inside

  /// Takes over a local definition's findings about the parameters around it.
  private mutating func take(_ definition: OperatorDefinition) {
    let outer = definition.levels.outer
    if outer.isEmpty { return }
    findings.limits.merge(outer.limits, uniquingKeysWith: min)
    let own = Set(definition.parameters)
    for (place, passed) in outer.arguments where !own.contains(place.operator) {
      findings.pass(demand: passed.demand, passed.parameters.subtracting(own), to: place)
    }
  }

  /// Notes the parameters that a definition mentions. Returns those whose levels count.
  mutating func takeMentions(in definition: OperatorDefinition, isModal: Bool) -> Set<Binder> {
    let outer = definition.levels.outer
    if !outer.mentioned.isEmpty {
      findings.mentioned.formUnion(outer.mentioned)
      findings.nonLeibniz.formUnion(isModal ? outer.mentioned : outer.nonLeibniz)
    }
    return outer.counted
  }
}

extension [LevelSummary] {
  fileprivate var joined: LevelSummary {
    reduce(into: LevelSummary(level: .constant)) { $0.join($1) }
  }
}

extension Level {
  /// In words, with an article.
  var description: String {
    switch self {
    case .constant: "a constant"
    case .state: "an expression of a state"
    case .action: "an action"
    case .temporal: "a temporal formula"
    }
  }
}
