import BigInt
import TLASyntax

/// Turns expressions into terms. It binds every name to its declaration, and checks the number of arguments and the levels. Errors are
/// collected; an expression that cannot be resolved becomes a harmless placeholder.
final class ExpressionResolver {
  var scope: Scope
  let moduleName: String
  /// Makes instances of modules; nil if there can be none, as in an expression that a user types.
  var instances: ModuleResolver?
  /// Whether an instance could not be made. Then names may be missing through no fault of the specification.
  private(set) var isIncomplete = false
  private(set) var diagnostics: [Diagnostic] = []
  /// How often each binder was mentioned. A mention inside a deeper loop than the binder's own counts as several.
  private(set) var uses: [Binder: Int] = [:]
  var loopDepths: [Binder: Int] = [:]
  var loopDepth = 0
  /// The meanings of `@`, the innermost last.
  private var oldValues: [Binder] = []
  /// Whether the module extends a module of theorems with names that are not listed. Then a theorem or a proof may mention apparently
  /// undefined names.
  let isOpen: Bool
  private(set) var isInTheorem = false
  /// Whether a part of a definition is being resolved again. Then the scope also has later definitions of the module, which may be hidden.
  private(set) var isPart = false
  /// How many `EXCEPT` updates are being resolved, nested in each other.
  private var updateDepth = 0
  var labels = LabelScopes()

  /// The variables of the instances that the expressions belong to.
  let instanceVariables: InstanceVariables

  /// Starts with the module's scope.
  init(
    scope: Scope, moduleName: String, isOpen: Bool = false,
    instanceVariables: InstanceVariables = InstanceVariables(around: nil)
  ) {
    self.isOpen = isOpen
    self.scope = scope
    self.moduleName = moduleName
    self.instanceVariables = instanceVariables
  }

  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// Reports a diagnostic unless it was reported before.
  func reportOnce(_ diagnostic: Diagnostic) {
    if !diagnostics.contains(diagnostic) { report(diagnostic) }
  }

  var isInUpdate: Bool { updateDepth > 0 }

  /// Notes that names are missing.
  func becomeIncomplete() { isIncomplete = true }

  func error(
    _ message: String, _ span: SourceSpan, code: MessageCode, hint: String? = nil,
    notes: [Diagnostic.Note] = []
  ) {
    report(Diagnostic(.error, .specification, code, message, at: span, notes: notes, hint: hint))
  }

  func unsupported(_ what: String, _ span: SourceSpan) -> Term {
    report(Diagnostic(.error, .unsupported, .unsupported, "\(what) is not supported yet", at: span))
    return placeholder(span)
  }

  func placeholder(_ span: SourceSpan) -> Term { Term(.boolean(false), span, level: .constant) }

  // MARK: Names

  /// Binds a name in the current scope. As in TLA+, it is an error if the name already has a meaning.
  func declare(_ name: Identifier, _ entity: Entity) {
    if name.text == "TRUE" || name.text == "FALSE" {
      error("\(name.text) is a value of the language", name.span, code: .twice, hint: "choose another name")
    }
    // A module inside an instance may extend again what is extended around it.
    if !isPart, let known = scope.find(name.text), !known.isSame(as: entity),
      known.declaration == nil || known.declaration != entity.declaration
    {
      let note = known.declaration.map { Diagnostic.Note(message: "\(name.text) is declared here", span: $0) }
      // `x == 1` where x is a variable: an equation may be meant.
      let next = name.span.file.bytes[name.span.end...].drop { $0 == UInt8(ascii: " ") }
      let isEquation = !known.isDefinition && next.starts(with: "==".utf8)
      error(
        "\(name.text) is defined already", name.span, code: .twice,
        hint: "choose another name"
          + (isEquation ? "; `==` defines a name, and values are compared by `=`" : ""),
        notes: note.map { [$0] } ?? [])
    }
    scope.declare(name.text, entity)
  }

  /// Binds a name that an extended module exports. If several modules define it, the first meaning stays, with a warning, as in SANY.
  func extend(_ name: String, _ entity: Entity, from module: Identifier) {
    guard let known = scope.find(name), !known.isSame(as: entity), known.isDefinition, entity.isDefinition
    else {
      return declare(Identifier(name, module.span), entity)
    }
    if let origin = known.module, origin == entity.module { return }
    report(
      Diagnostic(
        .warning, .specification, .twice,
        "\(module.text) defines \(name), too: it keeps the meaning that it has from \(origin(of: known))",
        at: module.span,
        notes: [known, entity].compactMap(\.declaration).map {
          Diagnostic.Note(message: "\(name) is defined here", span: $0)
        }))
  }

  /// Warns that a theorem has the name of another one, or of an assumption.
  func reportSecondFact(_ name: Identifier, _ known: Entity) {
    report(
      Diagnostic(
        .warning, .specification, .twice, "\(name.text) has a meaning already, and keeps it", at: name.span,
        notes: known.declaration.map { [Diagnostic.Note(message: "\(name.text) stands here, too", span: $0)] }
          ?? [],
        hint: "choose another name"))
  }

  /// Warns that two modules, neither of which extends the other, declare the same name, which is then one and the same.
  func reportShared(_ name: Identifier, with known: Entity) {
    report(
      Diagnostic(
        .warning, .specification, .twice,
        "\(name.text) is declared by \(origin(of: known)), too, and is taken for the same",
        at: name.span,
        notes: known.declaration.map { [Diagnostic.Note(message: "\(name.text) is declared here", span: $0)] }
          ?? []))
  }

  private func origin(of entity: Entity) -> String {
    if let module = entity.module { return module }
    guard let file = entity.declaration?.file.name else { return "the library" }
    return ModulePath.name(of: ModulePath.withoutExtension(file))
  }

  /// Warns that a name of an instantiated module already has another meaning.
  func reportHidden(_ name: String, by known: Entity, in instance: Instance) {
    report(
      Diagnostic(
        .warning, .specification, .twice,
        "\(instance.module.text) also defines \(name): here \(name) keeps its present meaning",
        at: instance.span,
        notes: known.declaration.map { [Diagnostic.Note(message: "\(name) is declared here", span: $0)] }
          ?? []))
  }

  /// Gives a name of an instantiated module its meaning here; nil means that it has none.
  func substitute(_ name: Identifier, _ entity: Entity?) {
    guard let entity else { return becomeIncomplete() }
    scope.declare(name.text, entity)
  }

  func bind(_ name: Identifier, arity: Int = 0) -> Binder {
    let binder = Binder(name, arity: arity)
    loopDepths[binder] = loopDepth
    declare(name, .local(binder))
    labels.bind(binder)
    return binder
  }

  func inScope<Result>(_ body: () -> Result) -> Result {
    let (saved, boundCount) = (scope, labels.bound.count)
    scope = Scope(outer: saved)
    defer {
      scope = saved
      labels.unbind(to: boundCount)
    }
    return body()
  }

  /// A scope for a theorem and its proof.
  func inTheorem<Result>(_ body: () -> Result) -> Result {
    let was = isInTheorem
    isInTheorem = true
    defer { isInTheorem = was }
    return inScope(body)
  }

  /// Whether an unknown name may belong to a module of theorems.
  var toleratesUnknownNames: Bool { isIncomplete || isOpen && isInTheorem }

  func inLoop<Result>(_ body: () -> Result) -> Result {
    loopDepth += 1
    defer { loopDepth -= 1 }
    return body()
  }

  func mention(_ binder: Binder) {
    let isDeeper = loopDepth > (loopDepths[binder] ?? 0)
    uses[binder, default: 0] += isDeeper ? 2 : 1
  }

  /// Resolves a part of a definition as an operator. Its parameters are those of the definition's instance, then the names that the part
  /// may mention.
  func definition(
    of selection: Selection, in definition: OperatorDefinition, _ source: DefinitionSource,
    at span: SourceSpan
  )
    -> OperatorDefinition
  {
    let saved = (scope, isPart)
    defer { (scope, isPart) = saved }
    scope = source.scope
    isPart = true
    return inScope {
      let outer = definition.parameters.prefix(definition.instanceParameterCount)
      let binders = selection.parameters.map { parameter in
        let binder = Binder(parameter.name, arity: parameter.arity, isParameter: true)
        loopDepths[binder] = loopDepth
        scope.declare(parameter.name.text, .local(binder))
        return binder
      }
      let result = OperatorDefinition(
        name: definition.name, parameters: outer + binders, instanceParameterCount: outer.count,
        body: resolve(selection.expression), isLambda: true, span: span, module: definition.module)
      result.parameterUses = result.parameters.map { uses[$0] ?? 0 }
      checkLevels(of: result)
      return result
    }
  }

  // MARK: Expressions

  /// The term; nil, without a report, if there is an error in the expression.
  func resolveTentatively(_ expression: Expression) -> Term? {
    let reported = diagnostics.count
    let term = resolve(expression)
    guard diagnostics.count > reported else { return term }
    diagnostics.removeSubrange(reported...)
    return nil
  }

  func resolve(_ expression: Expression) -> Term {
    let span = expression.span
    switch expression.kind {
    case .number(let digits):
      return make(.integer(Int(digits).map { BigInt($0) } ?? BigInt(digits) ?? 0), span)
    case .decimal(let text):
      return decimal(text, span)
    case .string(let text):
      return make(.string(text), span)
    case .boolean(let value):
      return make(.boolean(value), span)
    case .name(let path):
      return resolve(path, span)
    case .at:
      // In a proof, `@ = e` continues from the right side of the previous step.
      if oldValues.isEmpty, isInTheorem { return placeholder(span) }
      guard let old = oldValues.last else {
        error("@ has a meaning only inside an EXCEPT", span, code: .except)
        return placeholder(span)
      }
      mention(old)
      return make(.local(old), span)
    case .prefix(let symbol, let operand):
      return resolvePrefix(symbol, operand, span)
    case .infix(let symbol, let left, let right):
      return apply(symbol.symbol, at: symbol.span, to: [left, right], span)
    case .postfix(let symbol, let operand):
      if symbol.symbol == "'" { return make(.prime(resolve(operand)), span) }
      return apply(symbol.symbol, at: symbol.span, to: [operand], span)
    case .product(let factors):
      return make(.product(factors.map(resolve)), span)
    case .junction(let kind, let items), .row(let kind, let items):
      return make(.junction(kind, items.map(resolve)), span)
    case .quantified(let quantifier, let bounds, let body):
      return binding(bounds) { make(.quantified(quantifier, $0, resolve(body)), span) }
    case .unboundedQuantified(let quantifier, let names, let body):
      return inScope {
        for name in names { _ = bind(name) }
        return make(.unboundedQuantified(quantifier, inLoop { resolve(body) }), span)
      }
    case .temporalQuantified(let quantifier, let names, let body):
      return inScope {
        for name in names { _ = bind(name) }
        return make(.temporalQuantified(quantifier, inLoop { resolve(body) }), span)
      }
    case .choose(let pattern, let set?, let body):
      return binding([Bound(patterns: [pattern], set: set)]) { make(.choose($0[0], resolve(body)), span) }
    case .choose(let pattern, nil, let body):
      return inScope {
        for name in pattern.names { _ = bind(name) }
        return make(.unboundedChoose(resolve(body)), span)
      }
    case .setEnumeration(let elements):
      return make(.setEnumeration(elements.map(resolve)), span)
    case .setFilter(let pattern, let set, let predicate):
      return binding([Bound(patterns: [pattern], set: set)]) {
        make(.setFilter($0[0], resolve(predicate)), span)
      }
    case .setMap(let element, let bounds):
      return binding(bounds) { make(.setMap(resolve(element), $0), span) }
    case .functionLiteral(let bounds, let body):
      return binding(bounds) { make(.functionLiteral($0, resolve(body)), span) }
    case .functionApplication(let function, let arguments):
      let applied = resolve(function)
      if arguments.count > 1, let expected = applied.functionArity, expected != arguments.count {
        error(
          "the function is defined with \(count(expected, "argument")) and applied to \(arguments.count)",
          span, code: .arguments)
      }
      return make(.application(applied, index(arguments, span)), span)
    case .functionSet(let domain, let range):
      return make(.functionSet(resolve(domain), resolve(range)), span)
    case .record(let fields):
      checkFields(fields.map(\.field))
      return make(.record(fields.map { (field: $0.field.text, value: resolve($0.value)) }), span)
    case .recordSet(let fields):
      checkFields(fields.map(\.field))
      return make(.recordSet(fields.map { (field: $0.field.text, value: resolve($0.value)) }), span)
    case .field(let record, let name):
      return make(.field(resolve(record), name.text), span)
    case .except(let function, let updates):
      return resolveExcept(function, updates, span)
    case .tuple(let elements):
      return make(.tuple(elements.map(resolve)), span)
    case .conditional(let condition, let yes, let no):
      return make(.conditional(resolve(condition), then: resolve(yes), else: resolve(no)), span)
    case .caseOf(let arms, let other):
      return make(
        .caseOf(arms.map { (guard: resolve($0.guard), value: resolve($0.value)) }, other: other.map(resolve)),
        span)
    case .letIn(let definitions, let body):
      return inScope {
        var section = RecursiveSection()
        let resolved = definitions.flatMap { resolve($0, in: &section) }
        reportMissingBodies(section)
        let value = resolve(body)
        // An instance defines more than is needed here, perhaps even parts that cannot be evaluated.
        let hasInstance = definitions.contains { if case .instance = $0.kind { true } else { false } }
        return make(.letIn(hasInstance ? value.reachable(among: resolved) : resolved, value), span)
      }
    case .lambda:
      error("a LAMBDA can stand only where an operator is expected as an argument", span, code: .arguments)
      return placeholder(span)
    case .boxAction(let action, let subscript_):
      return make(.boxAction(resolve(action), subscript: resolve(subscript_)), span)
    case .angleAction(let action, let subscript_):
      return make(.angleAction(resolve(action), subscript: resolve(subscript_)), span)
    case .fairness(let fairness, let subscript_, let action):
      return make(
        .fairness(fairness, subscript: resolve(subscript_), resolve(action), own: instanceVariables.all), span
      )
    case .labeled(let label, let parameters, let body):
      return resolveLabel(label, parameters, body)
    case .invalid:
      return placeholder(span)
    }
  }

  /// A number with a decimal point: 2.50 is 250 / 100.
  private func decimal(_ text: String, _ span: SourceSpan) -> Term {
    let places = text.split(separator: ".", omittingEmptySubsequences: false).last?.count ?? 0
    let digits = BigInt(text.filter { $0 != "." }) ?? 0
    let power = BigInt("1" + String(repeating: "0", count: places)) ?? 1
    return make(.builtin(.divideReals, [make(.integer(digits), span), make(.integer(power), span)]), span)
  }

  private func checkFields(_ fields: [Identifier]) {
    var seen: Set<String> = []
    for field in fields where !seen.insert(field.text).inserted {
      error("the field \(field.text) stands twice in one record", field.span, code: .twice)
    }
  }

  private func index(_ arguments: [Expression], _ span: SourceSpan) -> Term {
    arguments.count == 1 ? resolve(arguments[0]) : make(.tuple(arguments.map(resolve)), span)
  }

  private func resolveExcept(_ function: Expression, _ updates: [ExceptUpdate], _ span: SourceSpan) -> Term {
    let base = resolve(function)
    updateDepth += 1
    defer { updateDepth -= 1 }
    let resolved = updates.map { update in
      let path = update.path.map { step in
        switch step {
        case .index(let arguments): TermUpdate.Step.index(index(arguments, update.span))
        case .field(let name): TermUpdate.Step.field(name.text)
        }
      }
      let old = Binder(Identifier("@", update.span))
      loopDepths[old] = loopDepth
      oldValues.append(old)
      let value = resolve(update.value)
      oldValues.removeLast()
      return TermUpdate(path: path, old: old, value: value, span: update.span)
    }
    return make(.except(base, resolved), span)
  }

  // MARK: Binders

  func resolveSets(of bounds: [Bound]) -> [Term] { bounds.map { resolve($0.set) } }

  func bindPatterns(of bounds: [Bound], sets: [Term]) -> [TermBound] {
    zip(bounds, sets).flatMap { bound, set in
      bound.patterns.map { pattern in
        switch pattern {
        case .name(let name): TermBound(binders: [bind(name)], isTuple: false, set: set)
        case .tuple(let names): TermBound(binders: names.map { bind($0) }, isTuple: true, set: set)
        }
      }
    }
  }

  /// Resolves the sets outside the scope of the names that they bound.
  private func binding(_ bounds: [Bound], _ body: ([TermBound]) -> Term) -> Term {
    let sets = resolveSets(of: bounds)
    return inScope {
      inLoop { body(bindPatterns(of: bounds, sets: sets)) }
    }
  }

  // MARK: Operators

  private func resolvePrefix(_ symbol: Operator, _ operand: Expression, _ span: SourceSpan) -> Term {
    switch symbol.symbol {
    case "UNCHANGED": return make(.unchanged(resolve(operand)), span)
    case "ENABLED": return make(.enabled(resolve(operand), own: instanceVariables.all), span)
    default: return apply(symbol.symbol, at: symbol.span, to: [operand], span)
    }
  }

  /// Makes a term with the level that follows from its parts.
  func make(_ kind: Term.Kind, _ span: SourceSpan) -> Term { Term(kind, span, level: kind.computedLevel) }
}

extension Term {
  /// The number of arguments of a function that `f[x \in S, y \in T] == …` defines; nil for other expressions.
  fileprivate var functionArity: Int? {
    guard case .apply(let definition, _) = kind, definition.isFunction else { return nil }
    switch definition.body.kind {
    case .functionLiteral(let bounds, _), .recursiveFunction(_, let bounds, _): return bounds.count
    default: return nil
    }
  }
}
