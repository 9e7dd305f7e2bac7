import TLASemantics
import TLASyntax

/// Compiles actions: expressions that assign the next state.
extension Compiler {
  /// Compiles an action. `following` runs once for each way to take it.
  func compileAction(_ term: Term, _ environment: Environment, then following: ActionNode) throws
    -> ActionNode
  {
    let site = environment.site(term.span)
    try checkDepth(site)
    if let language = languageTerm(term, environment) {
      return try compileAction(language, environment, then: following)
    }
    if isRun(term, environment), let application = application(term, environment) {
      return try compileApplication(application, site, environment, then: following)
    }
    switch term.kind {
    case .junction(.conjunction, let items):
      return try compileConjunction(items, environment, then: following)
    case .junction(.disjunction, let items):
      return BranchNode(
        try items.map { try compileAction($0, environment, then: following) },
        test: try test(term, environment))
    case .quantified(.exists, let bounds, let body):
      return try compileExists(bounds[...], body, environment, test: test(term, environment), then: following)
    case .quantified(.forAll, let bounds, let body) where isRun(term, environment):
      return try compileForAll(bounds[...], body, environment, then: following)
    case .builtin(.equals, let sides):
      if let variable = assigned(sides[0], environment), !environment.isPrimed {
        let value = try compile(sides[1], environment)
        let equality = try compile(term, environment)
        let conjunct = RecordedConjunct(recorder, term.span)
        let passed = conjunct.passed(to: following, assigning: variable)
        return conjunct.reached(
          AssignmentNode(variable, value.node, equality: equality.node, then: passed), equality.node)
      }
    case .builtin(.member, let sides):
      if let variable = assigned(sides[0], environment), !environment.isPrimed {
        let set = try compile(sides[1], environment)
        let membership = try compile(term, environment)
        let conjunct = RecordedConjunct(recorder, term.span)
        let passed = conjunct.passed(to: following, assigning: variable)
        return conjunct.reached(
          ChoiceNode(
            variable, set.node, membership: membership.node,
            equation: "\(sides[0].span.oneLineText) = \(sides[1].span.oneLineText)", then: passed),
          membership.node)
      }
    case .builtin(.subsetOrEqual, let sides):
      if let variable = assigned(sides[0], environment), !environment.isPrimed {
        let subsets = try finish([compile(sides[1], environment)]) { UnaryNode(.powerset, $0[0], site) }
        let inclusion = try compile(term, environment)
        let conjunct = RecordedConjunct(recorder, term.span)
        let passed = conjunct.passed(to: following, assigning: variable)
        return conjunct.reached(
          ChoiceNode(
            variable, subsets.node, membership: inclusion.node,
            equation: "\(sides[0].span.oneLineText) = \(sides[1].span.oneLineText)", then: passed),
          inclusion.node)
      }
    case .builtin(.implies, let sides) where isRun(sides[1], environment):
      return SelectionNode(
        guards: [try compile(sides[0], environment).node],
        branches: [try compileAction(sides[1], environment, then: following)], other: following, site)
    case .builtin(.compose, let sides) where !environment.isInitial:
      return try compileComposition(sides, site, environment, then: following)
    case .unchanged(let inner) where !environment.isInitial:
      let conjunct = RecordedConjunct(recorder, term.span)
      let passed = conjunct.passed(to: following, isUnchanged: true)
      if let node = try compileUnchanged(inner, environment, environment.site(term.span), then: passed) {
        return conjunct.reached(node)
      }
    case .conditional(let condition, let yes, let no) where isRun(term, environment):
      let test = try compile(condition, environment)
      if let known = test.node.constant, known.isBoolean {
        return try compileAction(known == .yes ? yes : no, environment, then: following)
      }
      return SelectionNode(
        guards: [test.node], branches: [try compileAction(yes, environment, then: following)],
        other: try compileAction(no, environment, then: following), site)
    case .caseOf(let arms, let other) where isRun(term, environment):
      return SelectionNode(
        guards: try arms.map { try compile($0.guard, environment).node },
        branches: try arms.map { try compileAction($0.value, environment, then: following) },
        other: try other.map { try compileAction($0, environment, then: following) }, site)
    case .letIn(let definitions, let body) where isRun(term, environment):
      return try declaring(definitions, in: environment) { inner, slots in
        scoped(slots, try compileAction(body, inner, then: following))
      }
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder], isRun(named.term, named.environment) {
        return try compileAction(named.term, named.environment.used(at: environment), then: following)
      }
    case .application(let function, let argument) where isRun(term, environment):
      if let node = try compileFunctionAction(function, argument, site, environment, then: following) {
        return node
      }
    case .boxAction(let action, let subscript_):
      let stuttering = unchanged(subscript_, term.span)
      return BranchNode(
        [
          try compileAction(action, environment, then: following),
          try compileAction(stuttering, environment, then: following),
        ], test: nil)
    case .angleAction(let action, let subscript_):
      let change = try compile(unchanged(subscript_, term.span), environment)
      let test = GuardNode(NegationNode(change.node, site), then: following)
      return try compileAction(action, environment, then: test)
    default:
      break
    }
    let condition = try hinted(compile(term, environment), term, environment)
    let conjunct = RecordedConjunct(recorder, term.span)
    let passed = conjunct.passed(to: following, condition.node)
    if condition.node.constant == .yes { return conjunct.reached(passed) }
    let test = GuardNode(condition.node, forgotten: forgottenPrime(term, environment), then: passed)
    return conjunct.reached(test, condition.node)
  }

  /// Compiles the application of a definition whose body is run as an action.
  private func compileApplication(
    _ application: Application, _ site: Site, _ environment: Environment, then following: ActionNode
  ) throws -> ActionNode {
    if application.definition.isRecursive {
      return try compileRecursiveAction(application, site, environment, then: following)
    }
    let (inner, slots) = try bind(
      application.definition, application.arguments, in: application.home, from: environment, site)
    let conjunct = RecordedConjunct(recorder, site.span)
    let body = try compileAction(application.definition.body, inner, then: conjunct.passed(to: following))
    return conjunct.reached(scoped(slots, body))
  }

  /// A conjunct that follows others is only a test once every variable has its next value, as in TLC. So a disjunction there does not make
  /// the same state several times.
  private func compileConjunction(
    _ items: [Term], _ environment: Environment, then following: ActionNode
  ) throws -> ActionNode {
    var inner = environment
    // The variables that each item adds are removed on the way back: a copy for each item would take memory quadratic in the number of variables.
    let added = items.dropLast().map { item in
      let new = primedVariables(of: item, inner).filter { !inner.assignedBefore.contains($0) }
      inner.assignedBefore.formUnion(new)
      return new
    }
    var node = following
    for (index, item) in items.enumerated().reversed() {
      if index < added.count { inner.assignedBefore.subtract(added[index]) }
      let action = try compileAction(item, inner, then: node)
      if index > 0, inner.ownVariables == nil, inner.assignedBefore.count == machine.variableCount,
        isRun(item, inner)
      {
        let condition = try compile(item, inner).node
        let conjunct = RecordedConjunct(recorder, item.span)
        let test = GuardNode(condition, then: conjunct.passed(to: node, condition))
        node = SettledNode(test: conjunct.reached(test, condition), otherwise: action)
      } else {
        node = action
      }
    }
    return node
  }

  /// A term that assigns nothing, as a test; nil for a term that assigns.
  private func test(_ term: Term, _ environment: Environment) throws -> Node? {
    assigns(term, environment) ? nil : try compile(term, environment).node
  }

  private func scoped(_ slots: [Int], _ body: ActionNode) -> ActionNode {
    slots.reduce(body) { ActionScopeNode(slots: $1..<($1 + 1), body: $0) }
  }

  /// The variable whose next value a term is: `x'` in an action, `x` in an initial predicate.
  func assigned(_ term: Term, _ environment: Environment) -> Int? {
    guard machine.hasStackToCompile else { return nil }
    switch term.kind {
    case .prime(let inner):
      return environment.isInitial ? nil : variable(inner, environment)
    case .apply, .applyReference:
      // The application is a name without arguments, or an operator that was passed: `'`, or another one without an effect of its own.
      guard let application = application(term, environment), !application.definition.isRecursive,
        application.definition.isNamedAlone || term.kind.isReferenceApplied
      else { return nil }
      return assigned(application.definition.body, naming(application, from: environment))
    case .letIn(let definitions, let body):
      let scope = LetScope(in: environment.definitions)
      defer { scope.close() }
      var inner = environment
      inner.definitions = scope
      for definition in definitions { scope[definition] = LetDefinition(named: nil, environment: inner) }
      return assigned(body, inner)
    case .variable(let variable):
      return environment.isInitial ? variable.index : nil
    case .substituted(_, let value):
      return assigned(value, environment)
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder] {
        return assigned(named.term, named.environment.used(at: environment))
      }
      return nil
    default:
      return nil
    }
  }

  /// The scope of a definition's body in which the parameters stand for the arguments, which are not compiled.
  func naming(_ application: Application, from caller: Environment) -> Environment {
    var inner = application.home
    for (parameter, argument) in zip(application.definition.parameters, application.arguments) {
      if case .operatorReference(let reference) = argument.kind {
        inner.bindings[parameter] = .operatorReference(resolve(reference, caller))
      } else {
        inner.bindings[parameter] = .expression(
          NamedExpression(term: argument, environment: caller, slot: nil, code: nil))
      }
    }
    return inner
  }

  /// The variable that a term stands for, also through definitions and arguments; nil for other terms.
  private func variable(_ term: Term, _ environment: Environment) -> Int? {
    switch term.kind {
    case .variable(let variable): return variable.index
    case .substituted(let variable, let value):
      return environment.ownVariables?.place(of: variable) ?? self.variable(value, environment)
    case .local(let binder):
      guard case .expression(let named) = environment.bindings[binder] else { return nil }
      return variable(named.term, named.environment.used(at: environment))
    case .apply(let definition, _) where definition.isNamedAlone:
      guard let application = application(term, environment), !application.definition.isRecursive,
        machine.hasStackToCompile
      else { return nil }
      return variable(application.definition.body, naming(application, from: environment))
    default: return nil
    }
  }

  /// Whether a term can give a variable its next value, so that it must be run and not tested.
  private func assigns(_ term: Term, _ environment: Environment) -> Bool {
    reaches(environment.isInitial ? .state : .action, term, environment)
  }

  /// Whether a term's level, with the arguments and the passed operators that it mentions, is that level or a higher one. The term's own
  /// level does not count them.
  func reaches(_ level: Level, _ term: Term, _ environment: Environment) -> Bool {
    // Here and below, the answer does not matter: the compiler refuses what is nested this deeply.
    guard machine.hasStackToCompile else { return true }
    if term.level >= level { return true }
    switch term.kind {
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder] {
        return reaches(level, named.term, named.environment)
      }
      return false
    case .apply(_, let arguments), .applyReference(_, let arguments):
      if arguments.contains(where: { reaches(level, argument: $0, environment) }) { return true }
      guard let application = application(term, environment) else { return false }
      return reaches(level, application.definition, application.home)
    case .letIn(_, let body):
      return reaches(level, body, environment)
    case .enabled:
      // Whatever the action reads of the next state, it is about one state.
      return level <= .state
    default:
      return term.kind.children.contains { reaches(level, $0, environment) }
    }
  }

  /// The same for an argument, an expression or an operator.
  private func reaches(_ level: Level, argument: Term, _ environment: Environment) -> Bool {
    guard case .operatorReference(let reference) = argument.kind else {
      return reaches(level, argument, environment)
    }
    guard case .definition(let definition, let home) = origin(of: reference, environment) else {
      return false
    }
    return reaches(level, definition, home)
  }

  /// The same for a definition, whatever its arguments.
  private func reaches(_ level: Level, _ definition: OperatorDefinition, _ home: Environment) -> Bool {
    if definition.level >= level { return true }
    // Only a definition inside an expression mentions names of the surrounding scope, which may be of any level.
    let isInside = definition.isLambda || home.definitions?[definition] != nil
    return isInside && !definition.isRecursive && reaches(level, definition.body, home)
  }

  /// Whether a term must be run and not tested: it assigns, or what follows runs once for each way in which it is true.
  private func isRun(_ term: Term, _ environment: Environment) -> Bool {
    guard machine.hasStackToCompile else { return true }
    if assigns(term, environment) { return true }
    switch term.kind {
    case .junction(.disjunction, _), .quantified(.exists, _, _):
      return true
    case .junction(.conjunction, let items):
      return items.contains { isRun($0, environment) }
    case .quantified(.forAll, _, let body), .letIn(_, let body):
      return isRun(body, environment)
    case .conditional(_, let yes, let no):
      return isRun(yes, environment) || isRun(no, environment)
    case .caseOf(let arms, let other):
      return arms.contains { isRun($0.value, environment) } || (other.map { isRun($0, environment) } ?? false)
    case .builtin(.implies, let sides):
      return isRun(sides[1], environment)
    case .apply(let definition, let arguments):
      // TLC evaluates constant definitions beforehand: as values, they are tests.
      let actual = specification.replacement(of: definition)
      if arguments.isEmpty, actual.level == .constant, environment.definitions?[actual] == nil {
        return false
      }
      return arguments.contains { isRun(argument: $0, environment) } || isRun(actual)
    case .application(let function, _):
      if case .local(let binder) = function.kind, environment.functionActions[binder] != nil { return true }
      return writtenFunction(function, environment).map { isRun($0.body, $0.home) } ?? false
    case .applyReference(_, let arguments):
      if let language = languageTerm(term, environment) { return isRun(language, environment) }
      return arguments.contains { isRun(argument: $0, environment) }
        || application(term, environment).map { isRun($0.definition) } ?? false
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder] {
        return isRun(named.term, named.environment)
      }
      return false
    default:
      return false
    }
  }

  /// Whether a term is a formula that assigns. A value that only reads the next state is not such a formula.
  func isAssigningFormula(_ term: Term, _ environment: Environment) -> Bool {
    assigns(term, environment) && isFormula(term, environment)
  }

  private func isFormula(_ term: Term, _ environment: Environment) -> Bool {
    guard machine.hasStackToCompile else { return false }
    switch term.kind {
    case .junction, .quantified, .unchanged, .boxAction, .angleAction: return true
    case .builtin(let builtin, _): return [.equals, .member, .subsetOrEqual, .implies].contains(builtin)
    case .conditional(_, let yes, _): return isFormula(yes, environment)
    case .caseOf(let arms, _): return arms.contains { isFormula($0.value, environment) }
    case .letIn(_, let body): return isFormula(body, environment)
    case .apply, .applyReference:
      return application(term, environment).map { isFormula($0.definition.body, $0.home) } ?? false
    case .local(let binder):
      guard case .expression(let named) = environment.bindings[binder] else { return false }
      return isFormula(named.term, named.environment)
    default: return false
    }
  }

  private func isRun(argument: Term, _ environment: Environment) -> Bool {
    guard case .operatorReference(let reference) = argument.kind else { return isRun(argument, environment) }
    guard case .definition(let definition, _) = origin(of: reference, environment) else { return false }
    return isRun(definition)
  }

  /// The same for the body of a definition, whatever its arguments.
  private func isRun(_ definition: OperatorDefinition) -> Bool {
    if let known = runDefinitions[definition] { return known }
    guard runsUnderWay.insert(definition).inserted else {
      recursionsCutShort += 1
      return false
    }
    let before = recursionsCutShort
    let result = isRun(definition.body, Environment())
    runsUnderWay.remove(definition)
    // While the enclosing question is open, a `false` that depends on it is not certain.
    if result || recursionsCutShort == before || runsUnderWay.isEmpty { runDefinitions[definition] = result }
    return result
  }

  /// The variables that a term may give their next values, perhaps with a few more.
  private func primedVariables(of term: Term, _ environment: Environment) -> Set<Int> {
    if machine.variableCount == 0 { return [] }
    guard machine.hasStackToCompile else { return Set(0..<machine.variableCount) }
    switch term.kind {
    case .variable(let variable):
      return environment.isInitial || environment.isPrimed ? [variable.index] : []
    case .substituted(let variable, _) where environment.ownVariables?.place(of: variable) != nil:
      return []
    case .prime(let inner), .unchanged(let inner):
      var primed = environment
      primed.isPrimed = true
      return primedVariables(of: inner, primed)
    case .boxAction(let action, let subscript_), .angleAction(let action, let subscript_):
      var primed = environment
      primed.isPrimed = true
      return primedVariables(of: action, environment).union(primedVariables(of: subscript_, primed))
    case .apply(let definition, let arguments):
      // The parameter may be primed in the body.
      var primed = environment
      primed.isPrimed = true
      let own = primedVariables(of: specification.replacement(of: definition), environment)
      return arguments.reduce(into: own) { $0.formUnion(primedVariables(of: $1, primed)) }
    case .operatorReference(let reference):
      guard case .definition(let definition, _) = origin(of: reference, environment) else { return [] }
      return primedVariables(of: definition, environment)
    case .applyReference:
      return Set(0..<machine.variableCount)
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder] {
        var inner = named.environment
        inner.isPrimed = inner.isPrimed || environment.isPrimed
        return primedVariables(of: named.term, inner)
      }
      return []
    default:
      return term.kind.children.reduce(into: []) { $0.formUnion(primedVariables(of: $1, environment)) }
    }
  }

  private func primedVariables(of definition: OperatorDefinition, _ environment: Environment) -> Set<Int> {
    if definition.isRecursive { return Set(0..<machine.variableCount) }
    let isPrimed = environment.isPrimed || environment.isInitial
    if let known = isPrimed ? mentionedByDefinitions[definition] : primedByDefinitions[definition] {
      return known
    }
    var inner = Environment()
    inner.isPrimed = isPrimed
    let result = primedVariables(of: definition.body, inner)
    if isPrimed {
      mentionedByDefinitions[definition] = result
    } else {
      primedByDefinitions[definition] = result
    }
    return result
  }

  // MARK: Bounds

  /// `test` is the whole quantifier as a test, if it assigns nothing.
  private func compileExists(
    _ bounds: ArraySlice<TermBound>, _ body: Term, _ environment: Environment, test: Node? = nil,
    then following: ActionNode
  ) throws -> ActionNode {
    guard let bound = bounds.first else { return try compileAction(body, environment, then: following) }
    let set = try compile(bound.set, environment)
    if !bound.isTuple, let values = constantElements(set, atMost: Self.unrollLimit), !values.isEmpty {
      return BranchNode(
        try values.map { value in
          var inner = environment
          inner.bindings[bound.binders[0]] = .value(value)
          return try compileExists(bounds.dropFirst(), body, inner, then: following)
        }, test: test)
    }
    var inner = environment
    let binding = try bind(bound, in: &inner)
    let rest = try compileExists(bounds.dropFirst(), body, inner, then: following)
    return ExistsNode(binding, set.node, rest, test: test, environment.site(bound.set.span))
  }

  private func compileForAll(
    _ bounds: ArraySlice<TermBound>, _ body: Term, _ environment: Environment, then following: ActionNode
  ) throws -> ActionNode {
    guard let bound = bounds.first else { return try compileAction(body, environment, then: following) }
    let set = try compile(bound.set, environment)
    if !bound.isTuple, let values = constantElements(set, atMost: Self.unrollLimit) {
      var node = following
      for value in values.reversed() {
        var inner = environment
        inner.bindings[bound.binders[0]] = .value(value)
        node = try compileForAll(bounds.dropFirst(), body, inner, then: node)
      }
      return node
    }
    let first = slotCount
    let setSlot = try newSlot(bound.set.span)
    let indexSlot = try newSlot(bound.set.span)
    var inner = environment
    let binding = try bind(bound, in: &inner)
    let loop = ForAllNode(
      binding, set.node, setSlot: setSlot, indexSlot: indexSlot, then: following,
      environment.site(bound.set.span))
    loop.body = try compileForAll(bounds.dropFirst(), body, inner, then: ForAllStepNode(loop))
    loop.slots = first..<slotCount
    return loop
  }

  // MARK: UNCHANGED

  /// Compiles `UNCHANGED` of variables and tuples of them, also through definitions. Nil for anything else, which is a test.
  private func compileUnchanged(
    _ term: Term, _ environment: Environment, _ whole: Site, then following: ActionNode
  ) throws -> ActionNode? {
    try checkDepth(environment.site(term.span))
    switch term.kind {
    case .variable(let variable):
      let equality = try compile(unchanged(term, term.span), environment)
      let site = Site(span: whole.span, call: whole.call)
      return UnchangedNode(variable, equality: equality.node, then: following, site)
    case .substituted(let variable, let value):
      guard let index = environment.ownVariables?.place(of: variable) else {
        return try compileUnchanged(value, environment, whole, then: following)
      }
      let equality = try compile(unchanged(term, term.span), environment)
      return AssignmentNode(
        index, try compile(value, environment).node, equality: equality.node, then: following)
    case .tuple(let elements):
      var node = following
      for element in elements.reversed() {
        // An element that is not a variable is a test.
        node =
          try compileUnchanged(element, environment, whole, then: node)
          ?? compileAction(unchanged(element, element.span), environment, then: node)
      }
      return node
    case .apply(let definition, _) where definition.isNamedAlone:
      guard let application = application(term, environment), !application.definition.isRecursive else {
        return nil
      }
      let inner = naming(application, from: environment)
      return try compileUnchanged(application.definition.body, inner, whole, then: following)
    case .local(let binder):
      guard case .expression(let named) = environment.bindings[binder] else { return nil }
      return try compileUnchanged(named.term, named.environment.used(at: environment), whole, then: following)
    default:
      return nil
    }
  }
}

extension OperatorDefinition {
  /// Whether the operator has no parameters besides those of the instance that it belongs to. As in TLC, only such a name can stand for a
  /// variable that is given its next value.
  fileprivate var isNamedAlone: Bool { parameters.count == instanceParameterCount }
}

extension Term.Kind {
  /// Whether it applies an operator that is a parameter or a constant.
  fileprivate var isReferenceApplied: Bool {
    if case .applyReference = self { true } else { false }
  }
}
