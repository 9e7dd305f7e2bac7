import TLASyntax

/// The statement of a theorem or a step.
struct StatedTerm {
  /// Nil for an `ASSUME … PROVE …`.
  let term: Term?
  let level: Level
}

/// Resolves theorems and proofs. It checks only the names, the levels, and what may be mentioned as a fact.
extension ExpressionResolver {
  /// A named theorem can have labels, and its proof can mention it, so `declare` is called before the proof is resolved.
  func resolveTheorem(
    _ statement: Statement, _ proof: Proof?, isNamed: Bool, declare: (StatedTerm) -> Void
  ) {
    let outer = scope
    inTheorem {
      let stated = resolve(statement, canHaveLabels: isNamed)
      let inner = scope
      scope = outer
      declare(stated)
      scope = inner
      resolve(proof, goal: stated.level)
    }
  }

  private func resolve(_ statement: Statement, canHaveLabels: Bool) -> StatedTerm {
    if canHaveLabels { labels.open() }
    defer { if canHaveLabels { labels.close() } }
    switch statement {
    case .expression(let expression):
      let term = resolve(expression)
      return StatedTerm(term: term, level: checkLevels(in: term))
    case .sequent(let assumptions, let goal, _):
      return StatedTerm(term: nil, level: resolve(assumptions, goal: goal, depth: 1))
    }
  }

  /// Declares what is new, and returns the highest level.
  private func resolve(_ assumptions: [Assumption], goal: Expression, depth: Int) -> Level {
    var level = Level.constant
    let couldHaveLabels = labels.isAllowed
    for assumption in assumptions {
      switch assumption {
      case .new(let parameter, let newness, let set):
        if let set {
          let setLevel = checkLevels(in: resolve(set))
          if setLevel == .temporal {
            error("a temporal formula cannot stand here: it has no value", set.span, code: .level)
          }
          level = max(level, setLevel)
        }
        declare(parameter, as: newness)
        if depth > 1 { labels.isAllowed = false }
      case .fact(.expression(let expression), _):
        level = max(level, checkLevels(in: resolve(expression)))
      case .fact(.sequent(let inner, let goal, _), let label):
        if let label, labels.isOpen, labels.isAllowed { checkLabel(label.name, label.parameters) }
        level = max(level, inScope { resolve(inner, goal: goal, depth: depth + 1) })
      }
    }
    level = max(level, checkLevels(in: resolve(goal)))
    labels.isAllowed = couldHaveLabels
    return level
  }

  /// The meaning of a new name is not known, but its level is.
  private func declare(_ parameter: OperatorParameter, as newness: Assumption.Newness) {
    let level: Level =
      switch newness {
      case .constant: .constant
      case .variable, .state: .state
      case .action: .action
      case .temporal: .temporal
      }
    let parameters = (0..<parameter.arity).map { _ in Binder.anonymous(parameter.name.span) }
    let unknown = Term(.boolean(true), parameter.name.span, level: level)
    let definition = OperatorDefinition(
      name: parameter.name, parameters: parameters, body: unknown, span: parameter.name.span,
      module: moduleName)
    declare(parameter.name, .definition(definition))
  }

  // MARK: Proofs

  private func resolve(_ proof: Proof?, goal: Level) {
    switch proof {
    case nil, .some(.none): break
    case .by(let facts): resolve(facts)
    case .steps(let steps): inScope { for step in steps { resolve(step, goal: goal) } }
    }
  }

  private func resolve(_ step: ProofStep, goal: Level) {
    switch step.kind {
    case .assert(let statement):
      let stated = inScope {
        let stated = resolve(statement, canHaveLabels: true)
        declareName(of: step, stated)
        resolve(step.proof, goal: stated.level)
        return stated
      }
      declareName(of: step, stated)
    case .suffices(let statement):
      let stated = resolve(statement, canHaveLabels: true)
      declareName(of: step, nil)
      resolve(step.proof, goal: stated.level)
    case .caseOf(let condition):
      let level = constant([condition], in: step, goal: goal)
      declareName(of: step, nil)
      resolve(step.proof, goal: max(goal, level))
    case .have(let expression):
      _ = constant([expression], in: step, goal: goal)
      declareName(of: step, nil)
    case .witness(let expressions):
      _ = constant(expressions, in: step, goal: goal)
      declareName(of: step, nil)
    case .take(let bounds):
      _ = constant(bounds.map(\.set), in: step, goal: goal)
      for name in bounds.flatMap({ $0.patterns.flatMap(\.names) }) { _ = bind(name) }
      declareName(of: step, nil)
    case .takeUnbounded(let names):
      for name in names { _ = bind(name) }
      declareName(of: step, nil)
    case .pick(let bounds, let body):
      resolvePick(step, bounds, bounds.flatMap { $0.patterns.flatMap(\.names) }, body)
    case .pickUnbounded(let names, let body):
      resolvePick(step, [], names, body)
    case .define(let definitions):
      var section = RecursiveSection()
      for definition in definitions { _ = resolve(definition, in: &section) }
      declareName(of: step, nil)
    case .use(let facts):
      resolve(facts)
    case .hide(let facts):
      resolve(facts, areNamed: true)
    case .instance(let instance):
      var definitions: [OperatorDefinition] = []
      let names = instantiate(instance, outer: [], into: &definitions) ?? [:]
      for (name, entity) in names where scope.find(name) == nil { scope.declare(name, entity) }
    case .qed:
      declareName(of: step, nil)
      resolve(step.proof, goal: goal)
    }
  }

  private func resolvePick(_ step: ProofStep, _ bounds: [Bound], _ names: [Identifier], _ body: Expression) {
    let levels = bounds.map { checkLevels(in: resolve($0.set)) }
    labels.open()
    let level = inScope {
      for name in names { _ = bind(name) }
      return checkLevels(in: resolve(body))
    }
    labels.close()
    if level == .temporal, let place = levels.firstIndex(where: { $0 > .constant }) {
      error(
        "the set that bounds a temporal formula in a PICK must be a constant", bounds[place].set.span,
        code: .proof)
    }
    declareName(of: step, nil)
    resolve(step.proof, goal: max(level, levels.max() ?? .constant))
    for name in names { _ = bind(name) }
  }

  /// Resolves expressions in a step that must be constants if a temporal formula is to be proved.
  private func constant(_ expressions: [Expression], in step: ProofStep, goal: Level) -> Level {
    labels.open()
    defer { labels.close() }
    return expressions.reduce(.constant) { level, expression in
      let own = checkLevels(in: resolve(expression))
      if goal == .temporal, own > .constant {
        error(
          "\(step.keyword) must be said of constants where a temporal formula is to be proved",
          expression.span, code: .proof)
      }
      return max(level, own)
    }
  }

  private func declareName(of step: ProofStep, _ stated: StatedTerm?) {
    guard step.name.text.last != ">" else { return }
    if let known = scope.find(step.name.text) { return reportSecondFact(step.name, known) }
    if let term = stated?.term {
      let definition = OperatorDefinition(
        name: step.name, parameters: [], body: term, isFact: true, span: term.span, module: moduleName)
      scope.declare(step.name.text, .definition(definition))
    } else {
      let kind = step.keyword.isEmpty ? "an ASSUME with a PROVE" : "a \(step.keyword) step"
      scope.declare(step.name.text, .fact(StatedFact(step.name, kind)))
    }
  }

  // MARK: Facts

  /// `areNamed` means that the facts are hidden and so must be names.
  func resolve(_ facts: Facts, areNamed: Bool = false) {
    inTheorem {
      for fact in facts.facts {
        guard case .expression(let expression) = fact else {
          _ = inScope { resolve(fact, canHaveLabels: false) }
          continue
        }
        resolveFact(expression, isNamed: areNamed)
      }
      for module in facts.modules where scope.findSubmodule(module.text) == nil {
        instances?.mention(module)
      }
      for path in facts.definitions {
        guard let target = follow(path, facts.span, isOpen: true) else { continue }
        if !target.entity.isDefinition {
          error(
            "\(target.name.text) has no definition", target.name.span, code: .proof,
            hint: "DEF names definitions")
        }
      }
    }
  }

  private func resolveFact(_ expression: Expression, isNamed: Bool) {
    if case .name(let path) = expression.kind, path.components.count == 1,
      case .fact? = scope.find(path.components[0].name.text)
    {
      return
    }
    let reported = diagnostics.count
    let term = resolve(expression)
    checkLevels(in: term)
    guard isNamed, diagnostics.count == reported, !isIncomplete else { return }
    if case .apply(let definition, _) = term.kind, definition.isFact { return }
    if case .name = expression.kind, isOpen { return }
    error(
      "only the name of a theorem, an assumption or a step can be hidden as a fact", expression.span,
      code: .proof,
      hint: "what is defined is hidden by HIDE DEF")
  }
}
