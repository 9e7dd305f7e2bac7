import BigInt
import TLASyntax

/// Turns expressions into terms: every name is bound to its declaration, every application has the right number of arguments, and
/// every level is legal. Errors are collected; an expression that cannot be resolved becomes a harmless placeholder.
final class ExpressionResolver {
  var scope: Scope
  let moduleName: String
  private(set) var diagnostics: [Diagnostic] = []
  /// How often a binder was mentioned; a mention inside a deeper loop than the binder's own counts as many.
  private var uses: [Binder: Int] = [:]
  private var loopDepths: [Binder: Int] = [:]
  private var loopDepth = 0
  /// What `@` is, innermost last.
  private var oldValues: [Binder] = []

  /// Starts with the module's scope.
  init(scope: Scope, moduleName: String) {
    self.scope = scope
    self.moduleName = moduleName
  }

  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  private func error(
    _ message: String, _ span: SourceSpan, hint: String? = nil, notes: [Diagnostic.Note] = []
  ) {
    report(Diagnostic(.error, .specification, message, at: span, notes: notes, hint: hint))
  }

  private func unsupported(_ what: String, _ span: SourceSpan) -> Term {
    report(Diagnostic(.error, .unsupported, "\(what) is not supported yet", at: span))
    return placeholder(span)
  }

  private func placeholder(_ span: SourceSpan) -> Term { Term(.boolean(false), span, level: .constant) }

  // MARK: Names

  /// Binds a name in the current scope; a name that means something already is an error, as in TLA+.
  func declare(_ name: Identifier, _ entity: Entity) {
    if let known = scope.find(name.text), !known.isSame(as: entity) {
      let note = known.declaration.map { Diagnostic.Note(message: "\(name.text) is declared here", span: $0) }
      error(
        "\(name.text) is defined already", name.span, hint: "choose another name",
        notes: note.map { [$0] } ?? [])
    }
    scope.declare(name.text, entity)
  }

  private func bind(_ name: Identifier, arity: Int = 0) -> Binder {
    let binder = Binder(name, arity: arity)
    loopDepths[binder] = loopDepth
    declare(name, .local(binder))
    return binder
  }

  private func inScope<Result>(_ body: () -> Result) -> Result {
    let saved = scope
    scope = Scope(outer: saved)
    defer { scope = saved }
    return body()
  }

  private func inLoop<Result>(_ body: () -> Result) -> Result {
    loopDepth += 1
    defer { loopDepth -= 1 }
    return body()
  }

  private func mention(_ binder: Binder) {
    let isDeeper = loopDepth > (loopDepths[binder] ?? 0)
    uses[binder, default: 0] += isDeeper ? 2 : 1
  }

  // MARK: Definitions

  /// Resolves `F(x, G(_)) == body`, or a `LAMBDA` where `definition` is nil. Does not declare the name.
  func definition(
    _ name: Identifier, parameters: [OperatorParameter], body: Expression, of definition: Definition?,
    recursive declared: OperatorDefinition? = nil
  ) -> OperatorDefinition {
    let savedDepth = loopDepth
    defer { loopDepth = savedDepth }
    return inScope {
      let binders = declared?.parameters ?? parameters.map { Binder($0.name, arity: $0.arity) }
      for (binder, parameter) in zip(binders, parameters) {
        loopDepths[binder] = loopDepth
        declare(parameter.name, .local(binder))
      }
      let term = resolve(body)
      let result =
        declared
        ?? OperatorDefinition(
          name: name, parameters: binders, body: term, isLocal: definition?.isLocal ?? false,
          isLambda: definition == nil, comment: definition?.comment, span: definition?.span ?? body.span,
          module: moduleName)
      result.body = term
      result.parameterUses = binders.map { uses[$0] ?? 0 }
      return result
    }
  }

  /// Resolves `f[x \in S] == body`. Does not declare the name.
  func functionDefinition(
    _ name: Identifier, bounds: [Bound], body: Expression, of definition: Definition,
    recursive declared: OperatorDefinition? = nil
  ) -> OperatorDefinition {
    let itself = Binder(name)
    loopDepths[itself] = loopDepth
    let term = inScope {
      let sets = resolveSets(of: bounds)
      // A function may mention itself: the name is new here even when a RECURSIVE declaration announced it.
      scope.declare(name.text, .local(itself))
      let termBounds = bindPatterns(of: bounds, sets: sets)
      let value = inLoop { resolve(body) }
      let kind: Term.Kind =
        uses[itself] == nil
        ? .functionLiteral(termBounds, value) : .recursiveFunction(itself, termBounds, value)
      return make(kind, definition.span)
    }
    let result =
      declared
      ?? OperatorDefinition(
        name: name, parameters: [], body: term, isLocal: definition.isLocal, comment: definition.comment,
        span: definition.span, module: moduleName)
    result.body = term
    return result
  }

  /// A recursive operator that was announced; its body comes later.
  func announce(_ parameter: OperatorParameter) -> OperatorDefinition {
    let blank = Identifier("_", parameter.name.span)
    let result = OperatorDefinition(
      name: parameter.name, parameters: (0..<parameter.arity).map { _ in Binder(blank) },
      body: placeholder(parameter.name.span), isRecursive: true, span: parameter.name.span, module: moduleName
    )
    return result
  }

  /// Resolves a definition of a module or a `LET` and declares it. Gives nil for one that defines nothing that can be evaluated.
  func resolve(_ definition: Definition, announced: inout [String: OperatorDefinition]) -> OperatorDefinition?
  {
    switch definition.kind {
    case .operator(let parameters, let body):
      let declared = announced.removeValue(forKey: definition.name.text)
      if let declared {
        guard declared.parameters.count == parameters.count else {
          error(
            "\(definition.name.text) was declared RECURSIVE with \(count(declared.parameters.count, "parameter"))"
              + " and is defined with \(parameters.count)", definition.name.span)
          return nil
        }
        _ = self.definition(
          definition.name, parameters: parameters, body: body, of: definition, recursive: declared)
        return declared
      }
      let result = self.definition(definition.name, parameters: parameters, body: body, of: definition)
      declare(definition.name, .definition(result))
      return result
    case .function(let bounds, let body):
      let declared = announced.removeValue(forKey: definition.name.text)
      let result = functionDefinition(
        definition.name, bounds: bounds, body: body, of: definition, recursive: declared)
      if declared == nil { declare(definition.name, .definition(result)) }
      return result
    case .recursiveDeclaration(let parameters):
      for parameter in parameters {
        let operatorDefinition = announce(parameter)
        announced[parameter.name.text] = operatorDefinition
        declare(parameter.name, .definition(operatorDefinition))
      }
      return nil
    case .instance(_, let instance):
      _ = unsupported("INSTANCE", instance.span)
      return nil
    }
  }

  private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  // MARK: Expressions

  func resolve(_ expression: Expression) -> Term {
    let span = expression.span
    switch expression.kind {
    case .number(let digits):
      return make(.integer(BigInt(digits) ?? 0), span)
    case .decimal:
      return unsupported("a number with a decimal point", span)
    case .string(let text):
      return make(.string(text), span)
    case .boolean(let value):
      return make(.boolean(value), span)
    case .name(let path):
      return resolve(path, span)
    case .at:
      guard let old = oldValues.last else {
        error("@ has a meaning only inside an EXCEPT", span)
        return placeholder(span)
      }
      mention(old)
      return make(.local(old), span)
    case .prefix(let symbol, let operand):
      return resolvePrefix(symbol, operand, span)
    case .infix(let symbol, let left, let right):
      return resolveInfix(symbol, left, right, span)
    case .postfix(let symbol, let operand):
      if symbol.symbol == "'" { return prime(resolve(operand), span) }
      return apply(symbol.symbol, at: symbol.span, to: [operand], span)
    case .product(let factors):
      return make(.product(factors.map(resolve)), span)
    case .junction(let kind, let items):
      return make(.junction(kind, items.map(resolve)), span)
    case .quantified(let quantifier, let bounds, let body):
      return binding(bounds) { make(.quantified(quantifier, $0, resolve(body)), span) }
    case .unboundedQuantified(let quantifier, let names, let body):
      return inScope {
        for name in names { _ = bind(name) }
        return make(.unboundedQuantified(quantifier, inLoop { resolve(body) }), span)
      }
    case .temporalQuantified:
      return unsupported("temporal quantification (\\EE, \\AA)", span)
    case .choose(let pattern, let set?, let body):
      return binding([Bound(patterns: [pattern], set: set)]) { make(.choose($0[0], resolve(body)), span) }
    case .choose(let pattern, nil, let body):
      return inScope {
        for name in pattern.names { _ = bind(name) }
        _ = resolve(body)
        return make(.unboundedChoose, span)
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
      return make(.application(resolve(function), index(arguments, span)), span)
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
        var announced: [String: OperatorDefinition] = [:]
        let resolved = definitions.compactMap { resolve($0, announced: &announced) }
        reportMissingBodies(announced)
        return make(.letIn(resolved, resolve(body)), span)
      }
    case .lambda:
      error("a LAMBDA can stand only where an operator is expected as an argument", span)
      return placeholder(span)
    case .boxAction(let action, let subscript_):
      return make(.boxAction(resolve(action), subscript: resolve(subscript_)), span)
    case .angleAction(let action, let subscript_):
      return make(.angleAction(resolve(action), subscript: resolve(subscript_)), span)
    case .fairness(let fairness, let subscript_, let action):
      return make(.fairness(fairness, subscript: resolve(subscript_), resolve(action)), span)
    case .labeled(_, _, let body):
      return resolve(body)
    case .invalid:
      return placeholder(span)
    }
  }

  func reportMissingBodies(_ announced: [String: OperatorDefinition]) {
    for definition in announced.values.sorted(by: { $0.span.start < $1.span.start }) {
      error("\(definition.name.text) is declared RECURSIVE and never defined", definition.span)
    }
  }

  private func checkFields(_ fields: [Identifier]) {
    var seen: Set<String> = []
    for field in fields where !seen.insert(field.text).inserted {
      error("the field \(field.text) stands twice in one record", field.span)
    }
  }

  private func index(_ arguments: [Expression], _ span: SourceSpan) -> Term {
    arguments.count == 1 ? resolve(arguments[0]) : make(.tuple(arguments.map(resolve)), span)
  }

  private func resolveExcept(_ function: Expression, _ updates: [ExceptUpdate], _ span: SourceSpan) -> Term {
    let base = resolve(function)
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

  private func resolveSets(of bounds: [Bound]) -> [Term] { bounds.map { resolve($0.set) } }

  private func bindPatterns(of bounds: [Bound], sets: [Term]) -> [TermBound] {
    zip(bounds, sets).flatMap { bound, set in
      bound.patterns.map { pattern in
        switch pattern {
        case .name(let name): TermBound(binders: [bind(name)], isTuple: false, set: set)
        case .tuple(let names): TermBound(binders: names.map { bind($0) }, isTuple: true, set: set)
        }
      }
    }
  }

  /// The sets are outside the scope of the names that they bound.
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
    case "ENABLED": return make(.enabled(resolve(operand)), span)
    default: return apply(symbol.symbol, at: symbol.span, to: [operand], span)
    }
  }

  private func resolveInfix(_ symbol: Operator, _ left: Expression, _ right: Expression, _ span: SourceSpan)
    -> Term
  {
    switch symbol.symbol {
    case "/\\", "\\/":
      let kind: Expression.Junction = symbol.symbol == "/\\" ? .conjunction : .disjunction
      // A long chain is one junction, so that depth does not grow with its length.
      var items = [right]
      var rest = left
      while case .infix(let next, let nextLeft, let nextRight) = rest.kind, next.symbol == symbol.symbol {
        items.append(nextRight)
        rest = nextLeft
      }
      items.append(rest)
      return make(.junction(kind, items.reversed().map(resolve)), span)
    default:
      return apply(symbol.symbol, at: symbol.span, to: [left, right], span)
    }
  }

  private func prime(_ term: Term, _ span: SourceSpan) -> Term {
    if term.level >= .action {
      error("an expression that has a prime already cannot be primed", span)
    }
    return make(.prime(term), span)
  }

  private func resolve(_ path: NamePath, _ span: SourceSpan) -> Term {
    guard path.components.count == 1, let last = path.components.last else {
      return unsupported("a name reached through an INSTANCE or a label", span)
    }
    return apply(last.name.text, at: last.name.span, to: last.arguments, span)
  }

  private func unknown(_ name: String, _ span: SourceSpan) {
    var hint: String?
    if let module = StandardModules.module(defining: name) {
      hint = "\(name) is defined in \(module): add it to EXTENDS"
    } else if let close = closestName(to: name, in: scope.allNames) {
      hint = "did you mean \(close)?"
    }
    error("\(name) is not defined", span, hint: hint)
  }

  private func apply(_ name: String, at nameSpan: SourceSpan, to arguments: [Expression], _ span: SourceSpan)
    -> Term
  {
    guard let entity = scope.find(name) else {
      unknown(name, nameSpan)
      for argument in arguments { _ = resolve(argument) }
      return placeholder(span)
    }
    guard entity.arity == arguments.count else {
      error(
        "\(name) takes \(count(entity.arity, "argument")), not \(arguments.count)", span,
        notes: entity.declaration.map { [Diagnostic.Note(message: "\(name) is declared here", span: $0)] }
          ?? [])
      return placeholder(span)
    }
    switch entity {
    case .constant(let constant):
      return arguments.isEmpty
        ? make(.constant(constant), span)
        : make(.applyReference(.constant(constant), arguments.map(resolve)), span)
    case .variable(let variable):
      return make(.variable(variable), span)
    case .local(let binder):
      mention(binder)
      return arguments.isEmpty
        ? make(.local(binder), span)
        : make(.applyReference(.parameter(binder), arguments.map(resolve)), span)
    case .builtin(let builtin, _):
      if let reason = StandardModules.unsupportedOperators[builtin] { return unsupported(reason, span) }
      let operators = StandardModules.operatorParameters[builtin] ?? [:]
      let terms = arguments.enumerated().map { position, argument in
        operators[position].map { resolveOperator(argument, arity: $0) } ?? resolve(argument)
      }
      return make(.builtin(builtin, terms), span)
    case .definition(let definition):
      let terms = zip(definition.parameters, arguments).map { parameter, argument in
        parameter.arity > 0 ? resolveOperator(argument, arity: parameter.arity) : resolve(argument)
      }
      return make(.apply(definition, terms), span)
    }
  }

  /// Resolves an argument that has to be an operator: a name, an operator symbol, or a `LAMBDA`.
  private func resolveOperator(_ expression: Expression, arity: Int) -> Term {
    let span = expression.span
    switch expression.kind {
    case .lambda(let names, let body):
      guard names.count == arity else {
        error("an operator with \(count(arity, "parameter")) is expected here, not \(names.count)", span)
        return placeholder(span)
      }
      let parameters = names.map { OperatorParameter(name: $0, arity: 0) }
      let lambda = inLoop {
        definition(Identifier("LAMBDA", span), parameters: parameters, body: body, of: nil)
      }
      return make(.operatorReference(.definition(lambda)), span)
    case .name(let path) where path.components.count == 1 && path.components[0].arguments.isEmpty:
      let name = path.components[0].name
      guard let entity = scope.find(name.text) else {
        unknown(name.text, span)
        return placeholder(span)
      }
      guard entity.arity == arity else {
        error(
          "an operator with \(count(arity, "parameter")) is expected here; \(name.text) has \(entity.arity)",
          span)
        return placeholder(span)
      }
      switch entity {
      case .definition(let definition): return make(.operatorReference(.definition(definition)), span)
      case .builtin(let builtin, _): return make(.operatorReference(.builtin(builtin)), span)
      case .constant(let constant): return make(.operatorReference(.constant(constant)), span)
      case .local(let binder):
        mention(binder)
        return make(.operatorReference(.parameter(binder)), span)
      case .variable: return placeholder(span)
      }
    default:
      error("an operator with \(count(arity, "parameter")) is expected here", span)
      return placeholder(span)
    }
  }

  // MARK: Levels

  /// Makes a term with the level that its parts give it.
  func make(_ kind: Term.Kind, _ span: SourceSpan) -> Term { Term(kind, span, level: kind.computedLevel) }
}
