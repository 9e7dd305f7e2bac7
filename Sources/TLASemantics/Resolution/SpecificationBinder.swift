import TLASyntax

/// Binds resolved modules to a configuration: the value of each constant, the initial predicate, and so on. Collects all errors.
struct SpecificationBinder {
  var diagnostics: [Diagnostic] = []
  var parts: SpecificationParts
  /// All modules as they were resolved, those of instances included, and the definitions in them.
  let resolved: [ResolvedModule]
  let definitions: [OperatorDefinition]
  /// The modules that stand in files of their own, standard modules included.
  let moduleNames: Set<String>
  /// The tables of points that the configuration gives, by the names for which it gives them.
  var pointTables: [String: ConstantDeclaration] = [:]

  /// The declarations of `root` and of the modules that it extends are the specification's. `files` are the texts of all `resolved` modules,
  /// and `definitions` are the definitions in them.
  init(
    root: ResolvedModule, files: [SourceFile], resolved: [ResolvedModule], definitions: [OperatorDefinition],
    moduleNames: Set<String>, configuration: Configuration
  ) {
    self.moduleNames = moduleNames
    self.resolved = resolved
    self.definitions = definitions
    let modules = root.withExtended
    parts = SpecificationParts(root: root, configuration: configuration)
    parts.files = files
    parts.ownModules = Set(modules.map(\.name))
    parts.variables = modules.flatMap(\.variables)
    parts.constants = modules.flatMap(\.constants)
    parts.assumptions = modules.flatMap(\.assumptions)
  }

  mutating func wrong(
    _ message: String, _ span: SourceSpan?, code: MessageCode = .constant, hint: String? = nil,
    notes: [Diagnostic.Note] = []
  ) {
    diagnostics.append(Diagnostic(.error, .configuration, code, message, at: span, notes: notes, hint: hint))
  }

  mutating func bind(title: String?, tlcIntegers: Bool, atomOrder: [String]) -> SpecificationParts {
    parts.title = title
    parts.tlcIntegers = tlcIntegers
    parts.atomOrder = atomOrder
    let configuration = parts.configuration
    bindConstants(configuration)
    parts.markReplacementCycles()
    parts.raiseLevels(of: definitions)
    parts.startingDefinitions = startingDefinitions()
    bindBehavior(configuration)
    parts.invariants = configuration.invariants.compactMap { invariant($0) }
    parts.constraints = configuration.constraints.compactMap { predicate($0, "CONSTRAINT", at: .state) }
    parts.properties = configuration.properties.compactMap { property($0) }
    parts.actionConstraints = configuration.actionConstraints.compactMap {
      predicate($0, "ACTION_CONSTRAINT", at: .action)
    }
    parts.postconditions = configuration.postconditions.compactMap {
      predicate($0, "POSTCONDITION", at: .state)
    }
    parts.possible = configuration.possible.compactMap { predicate($0, "_POSSIBLE", at: .action) }
    parts.symmetry = configuration.symmetry.first.flatMap { name in
      let symmetry = predicate(name, "SYMMETRY", at: .constant)
      if let symmetry { warn(of: name, symmetry.term) }
      return symmetry
    }
    parts.view = configuration.view.flatMap { predicate($0, "VIEW", at: .state) }
    configuration.periodic.map { unused($0, "_PERIODIC", "it is not evaluated: TLC does so once a minute") }
    configuration.reward.map { unused($0, "_RL_REWARD", "it has no effect: it guides TLC's simulation") }
    parts.alias = configuration.alias.flatMap { predicate($0, "ALIAS", at: .action) }
    warnOfLikelyMistakes()
    return parts
  }

  private mutating func warn(
    _ message: String, _ span: SourceSpan, code: MessageCode, hint: String? = nil
  ) {
    diagnostics.append(Diagnostic(.warning, .configuration, code, message, at: span, hint: hint))
  }

  /// Warns if the subscript v of `[Next]_v` leaves variables out. A behavior may change these freely while v stays; a search takes only
  /// steps of Next.
  private mutating func warn(ofSubscript subscript_: Term) {
    var mentioned: Set<Int> = []
    Term.visit([subscript_], replacing: parts.replacements) {
      if case .variable(let variable) = $0.kind { mentioned.insert(variable.index) }
    }
    let missing = parts.variables.filter { !mentioned.contains($0.index) }.map(\.name.text)
    guard let first = missing.first else { return }
    let more = missing.count > 1 ? " and \(missing.count - 1) more" : ""
    warn(
      "the subscript of the next-state relation leaves out the variable \(first)\(more)", subscript_.span,
      code: .subscriptOmits,
      hint:
        "the formula lets it change in any way while the subscript stays the same, and the check does not take such steps"
    )
  }

  private mutating func warnOfLikelyMistakes() {
    if let next = parts.next {
      diagnostics += ForgottenPrimes.warnings(in: next, replacing: parts.replacements)
    }
    let named = parts.invariants + parts.constraints + parts.actionConstraints + parts.properties
    diagnostics += ModelValueStrings.warnings(
      in: [parts.initial, parts.next].compactMap { $0 } + named.map(\.term), of: parts.configuration,
      declared: Set(parts.constants.map(\.name.text)),
      replacing: parts.replacements)
  }

  private mutating func warn(of symmetry: Identifier, _ permutations: Term) {
    let named = parts.invariants + parts.constraints + parts.actionConstraints
    let terms = [parts.initial, parts.next].compactMap { $0 } + named.map(\.term)
    diagnostics += SymmetryWarnings(
      symmetry: symmetry, permutations: permutations, replacements: parts.replacements,
      meanings: parts.meanings
    ).warnings(of: terms, properties: parts.properties)
  }

  /// The constant definitions with an effect that TLC evaluates at the start, in its order: the replacement of each constant, each of the
  /// specification's own definitions unless it was evaluated already, and the replacements of these.
  private func startingDefinitions() -> [OperatorDefinition] {
    // Most specifications have none; one pass over all definitions shows this.
    guard mentions(\.hasEffect, in: definitions.map(\.body)) else { return [] }
    func isEvaluated(_ definition: OperatorDefinition) -> Bool {
      definition.parameters.isEmpty && definition.level == .constant
        && mentions(\.hasEffect, in: [definition.body]) && !mentions(\.isAboutRun, in: [definition.body])
    }
    var result: [OperatorDefinition] = []
    for constant in parts.constants {
      guard case .definition(let definition)? = parts.meanings[constant], isEvaluated(definition) else {
        continue
      }
      result.append(definition)
    }
    for definition in definitions where parts.ownModules.contains(definition.module) && !definition.isFact {
      let actual = parts.replacements[definition] ?? definition
      if actual !== definition || !result.contains(actual), isEvaluated(actual) { result.append(actual) }
    }
    return result
  }

  /// Whether the terms, or the definitions that they use, apply such an operator.
  private func mentions(_ isWanted: (Builtin) -> Bool, in terms: [Term]) -> Bool {
    var result = false
    Term.visit(terms, replacing: parts.replacements) {
      if case .builtin(let builtin, _) = $0.kind, isWanted(builtin) { result = true }
    }
    return result
  }

  // MARK: Predicates

  /// Warns of a section that asks for something that a search does not do. As in TLC, it must name a definition.
  private mutating func unused(_ name: Identifier, _ keyword: String, _ reason: String) {
    guard let term = operatorTerm(name, keyword) else { return }
    if case .constant = term.kind { return wrong("\(keyword) \(name.text) names a constant", name.span) }
    diagnostics.append(
      Diagnostic(
        .warning, .configuration, .configuration, "\(keyword) \(name.text): \(reason)", at: name.span))
  }

  private mutating func predicate(_ name: Identifier, _ keyword: String, at highest: Level) -> Specification
    .Named?
  {
    guard let term = operatorTerm(name, keyword) else { return nil }
    if level(of: term) > highest {
      wrong(
        "\(keyword) \(name.text) is \(describe(term.level)), where \(describe(highest)) is expected",
        name.span, code: .oneState, hint: hint(for: name.text, keyword, term.level),
        notes: [Diagnostic.Note(message: "it is defined here", span: term.span)] + firstPrime(in: term))
      return nil
    }
    return Specification.Named(name: name.text, term: term)
  }

  /// How to write the probable meaning of a formula whose level is too high.
  private func hint(for name: String, _ keyword: String, _ level: Level) -> String? {
    switch (keyword, level) {
    case ("INVARIANT", .action):
      "an invariant is about one state: leave the prime out; for a claim about steps, list `[][\(name)]_vars` under PROPERTY"
    case ("INVARIANT", .temporal): "list it under PROPERTY"
    case ("INIT", .action): "the initial predicate gives the first values, without primes"
    case ("INIT", .temporal), ("NEXT", .temporal): "list it under SPECIFICATION"
    case ("CONSTRAINT", .action): "list it under ACTION_CONSTRAINT"
    default: nil
    }
  }

  /// A note on the first place where a formula speaks of the next state; none if it does not.
  private func firstPrime(in term: Term) -> [Diagnostic.Note] {
    var place: SourceSpan?
    Term.visit([term], replacing: parts.replacements) {
      if place == nil, case .prime = $0.kind { place = $0.span }
    }
    return place.map { [Diagnostic.Note(message: "this speaks of the next state", span: $0)] } ?? []
  }

  func level(of term: Term) -> Level {
    if parts.raisesLevels { return parts.reachedLevel(of: term) }
    return term.level == .constant ? .constant : min(term.level, parts.reachedLevel(of: term))
  }

  private mutating func invariant(_ name: Identifier) -> Specification.Named? {
    guard let invariant = predicate(name, "INVARIANT", at: .state) else { return nil }
    if invariant.term.level == .constant,
      !mentions({ $0.hasEffect || $0.isAboutRun }, in: [invariant.term])
    {
      warn(
        "INVARIANT \(name.text) speaks of no variable: it is the same in every state", name.span,
        code: .noVariable)
    }
    return invariant
  }

  /// A property is a temporal formula or a state predicate. An action by itself says nothing about a behavior.
  private mutating func property(_ name: Identifier) -> Specification.Named? {
    guard let property = predicate(name, "PROPERTY", at: .temporal) else { return nil }
    if property.term.level == .action {
      wrong(
        "PROPERTY \(name.text) is \(describe(.action)), where a temporal formula is expected", name.span,
        code: .aboutSteps,
        hint: "write [][A]_v for an action A that every step has to satisfy",
        notes: [Diagnostic.Note(message: "it is defined here", span: property.term.span)])
      return nil
    }
    return property
  }

  func describe(_ level: Level) -> String {
    switch level {
    case .constant: "a constant expression"
    case .state: "a state predicate"
    case .action: "an action (it has primes)"
    case .temporal: "a temporal formula"
    }
  }

  /// The name as a term: an operator without parameters.
  private mutating func operatorTerm(_ name: Identifier, _ keyword: String) -> Term? {
    guard let entity = find(name) else { return nil }
    if entity.isFact {
      wrong(
        "\(keyword) \(name.text) names an assumption or a theorem, where a definition is expected", name.span,
        code: .undefined)
      return nil
    }
    switch entity {
    case .definition(let definition) where definition.parameters.isEmpty:
      let actual = parts.replacements[definition] ?? definition
      return Term(.apply(actual, []), definition.name.span, level: actual.level)
    case .variable(let variable):
      return Term(.variable(variable), variable.name.span, level: .state)
    case .constant(let constant) where constant.arity == 0:
      return Term(.constant(constant), constant.name.span, level: .constant)
    default:
      wrong(
        "\(keyword) \(name.text) must be a definition without parameters", name.span,
        code: .arguments,
        hint: "define the formula for certain values, and name that: `My\(name.text) == \(name.text)(…)`")
      return nil
    }
  }

  // MARK: Behavior

  private mutating func bindBehavior(_ configuration: Configuration) {
    if let specification = configuration.specification {
      guard let term = operatorTerm(specification, "SPECIFICATION") else { return }
      var initial: [Term] = []
      decompose(term, into: &initial)
      parts.constantConjuncts = initial.filter { $0.level == .constant }
      if let first = initial.first {
        parts.initial =
          initial.count == 1 ? first : Term(.junction(.conjunction, initial), first.span, level: .state)
      } else if parts.variables.isEmpty {
        // As in TLC, `[][TRUE]_<<>>` in a module without variables is not a behavior; only the assumptions are checked.
        parts.next = nil
      } else {
        wrong(
          "the formula \(specification.text) has no initial predicate", specification.span,
          code: .behavior)
      }
      if parts.next == nil, parts.initial != nil {
        diagnostics.append(
          Diagnostic(
            .warning, .configuration, .behavior,
            "the formula \(specification.text) has no next-state relation [][Next]_vars",
            at: specification.span))
      }
      return
    }
    if let initial = configuration.initial, let next = configuration.next {
      if let predicate = predicate(initial, "INIT", at: .state) { parts.initial = predicate.term }
      if let predicate = predicate(next, "NEXT", at: .action) { parts.next = predicate.term }
      return
    }
    let named = configuration.invariants + configuration.properties + configuration.constraints
    if let first = named.first {
      wrong(
        "the configuration names \(first.text) but no behavior", first.span, code: .behavior,
        hint: "add `SPECIFICATION Spec`, or `INIT` and `NEXT`")
    }
  }

  /// Splits `Init /\ [][Next]_vars /\ WF_vars(A)` into its parts, also through definitions.
  private mutating func decompose(_ term: Term, into initial: inout [Term]) {
    let level = parts.raisesLevels ? parts.reachedLevel(of: term) : term.level
    switch term.kind {
    case .apply(let definition, let arguments) where level == .temporal:
      let actual = parts.replacements[definition] ?? definition
      guard !actual.isRecursive else {
        if arguments.isEmpty { return wrong(actual.recursionMessage, actual.name.span, code: .behavior) }
        parts.temporalConjuncts.append(term)
        return
      }
      if arguments.isEmpty { return decompose(actual.body, into: &initial) }
      // Each part of the formula becomes an operator with the same parameters, applied to the same arguments.
      decompose(actual.body, into: &initial) { part in
        let piece = OperatorDefinition(
          name: actual.name, parameters: actual.parameters, body: part, span: part.span, module: actual.module
        )
        piece.parameterUses = actual.parameters.map { _ in 2 }
        LevelChecker.check(piece) { _ in }
        let applied = Term.Kind.apply(piece, arguments)
        return Term(applied, term.span, level: applied.computedLevel)
      }
    case .letIn(let definitions, let body) where level == .temporal:
      // Each part of the formula keeps the definitions of the LET.
      decompose(body, into: &initial) { Term(.letIn(definitions, $0), $0.span, level: $0.level) }
    case .junction(.conjunction, let items):
      for item in items { decompose(item, into: &initial) }
    case .builtin(.always, let arguments):
      guard case .boxAction(let action, let subscript_) = arguments[0].kind else {
        parts.temporalConjuncts.append(term)
        return
      }
      if parts.next != nil {
        return wrong(
          "the specification's formula has a second next-state relation", term.span, code: .behavior)
      }
      // [Next]_vars adds only stuttering steps, which a search for safety violations need not take.
      parts.next = action
      warn(ofSubscript: subscript_)
    case _ where level <= .state:
      initial.append(term)
    case _ where level == .action:
      wrong(
        "this conjunct of the specification's formula is \(describe(.action))", term.span, code: .behavior,
        hint: "a step is described by [][Next]_vars")
    default:
      parts.temporalConjuncts.append(term)
    }
  }
}

extension SpecificationBinder {
  /// Splits a formula and applies `wrapped` to each part, which restores what was around it.
  private mutating func decompose(_ term: Term, into initial: inout [Term], around wrapped: (Term) -> Term) {
    var inner: [Term] = []
    let (next, temporal) = (parts.next, parts.temporalConjuncts.count)
    decompose(term, into: &inner)
    initial += inner.map(wrapped)
    if next == nil, let made = parts.next { parts.next = wrapped(made) }
    for place in temporal..<parts.temporalConjuncts.count {
      parts.temporalConjuncts[place] = wrapped(parts.temporalConjuncts[place])
    }
  }
}
