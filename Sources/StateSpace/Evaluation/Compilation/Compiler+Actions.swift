import TLASemantics
import TLASyntax

/// Actions: what assigns the next state.
extension Compiler {
  /// Compiles an action; `following` runs once for each way in which it can be taken.
  func compileAction(_ term: Term, _ environment: Environment, then following: ActionNode) throws
    -> ActionNode
  {
    let site = environment.site(term.span)
    switch term.kind {
    case .junction(.conjunction, let items):
      var node = following
      for item in items.reversed() { node = try compileAction(item, environment, then: node) }
      return node
    case .junction(.disjunction, let items) where assigns(term, environment):
      return BranchNode(try items.map { try compileAction($0, environment, then: following) })
    case .quantified(.exists, let bounds, let body) where assigns(term, environment):
      return try compileExists(bounds[...], body, environment, then: following)
    case .quantified(.forAll, let bounds, let body) where assigns(term, environment):
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
          ChoiceNode(variable, set.node, membership: membership.node, then: passed), membership.node)
      }
    case .unchanged(let inner) where !environment.isInitial:
      let conjunct = RecordedConjunct(recorder, term.span)
      let passed = conjunct.passed(to: following, isUnchanged: true)
      if let node = try compileUnchanged(inner, environment, then: passed) { return conjunct.reached(node) }
    case .conditional(let condition, let yes, let no) where assigns(term, environment):
      let test = try compile(condition, environment)
      if let known = test.node.constant, known.isBoolean {
        return try compileAction(known == .yes ? yes : no, environment, then: following)
      }
      return SelectionNode(
        guards: [test.node], branches: [try compileAction(yes, environment, then: following)],
        other: try compileAction(no, environment, then: following), site)
    case .caseOf(let arms, let other) where assigns(term, environment):
      return SelectionNode(
        guards: try arms.map { try compile($0.guard, environment).node },
        branches: try arms.map { try compileAction($0.value, environment, then: following) },
        other: try other.map { try compileAction($0, environment, then: following) }, site)
    case .letIn(let definitions, let body) where assigns(term, environment):
      let inner = try declare(definitions, in: environment)
      return scoped(inner.slots, try compileAction(body, inner.environment, then: following))
    case .apply(let definition, let arguments) where assigns(term, environment):
      let actual = specification.replacement(of: definition)
      guard !actual.isRecursive else { throw unsupported("a recursive operator as an action", term.span) }
      let (inner, slots) = try bind(
        actual, arguments, in: scope(of: actual, environment), from: environment, site)
      let conjunct = RecordedConjunct(recorder, term.span)
      let body = try compileAction(actual.body, inner, then: conjunct.passed(to: following))
      return conjunct.reached(scoped(slots, body))
    case .applyReference(.parameter(let binder), let arguments) where assigns(term, environment):
      if case .operatorReference(.definition(let definition), let home) = environment.bindings[binder] {
        let (inner, slots) = try bind(
          specification.replacement(of: definition), arguments, in: scope(of: definition, home),
          from: environment, site)
        return scoped(
          slots, try compileAction(specification.replacement(of: definition).body, inner, then: following))
      }
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder], assigns(named.term, named.environment) {
        return try compileAction(named.term, named.environment, then: following)
      }
    case .boxAction(let action, let subscript_):
      let stuttering = unchanged(subscript_, term.span)
      return BranchNode([
        try compileAction(action, environment, then: following),
        try compileAction(stuttering, environment, then: following),
      ])
    case .angleAction(let action, let subscript_):
      let change = try compile(unchanged(subscript_, term.span), environment)
      let test = GuardNode(NegationNode(change.node, site), then: following)
      return try compileAction(action, environment, then: test)
    default:
      break
    }
    let condition = try compile(term, environment)
    let conjunct = RecordedConjunct(recorder, term.span)
    let passed = conjunct.passed(to: following, condition.node)
    if condition.node.constant == .yes { return conjunct.reached(passed) }
    return conjunct.reached(GuardNode(condition.node, then: passed), condition.node)
  }

  private func scoped(_ slots: [Int], _ body: ActionNode) -> ActionNode {
    slots.reduce(body) { ActionScopeNode(slots: $1..<($1 + 1), body: $0) }
  }

  /// The variable whose next value a term is: `x'` in an action, `x` in an initial predicate.
  private func assigned(_ term: Term, _ environment: Environment) -> Int? {
    switch term.kind {
    case .prime(let inner):
      if environment.isInitial { return nil }
      if case .variable(let variable) = inner.kind { return variable.index }
      // A variable that was passed as an argument.
      if case .local(let binder) = inner.kind, case .expression(let named) = environment.bindings[binder],
        case .variable(let variable) = named.term.kind
      {
        return variable.index
      }
      return nil
    case .variable(let variable):
      return environment.isInitial ? variable.index : nil
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder] {
        return assigned(named.term, named.environment)
      }
      return nil
    default:
      return nil
    }
  }

  /// Whether a term can give a variable its next value, so that it has to be run and not tested.
  private func assigns(_ term: Term, _ environment: Environment) -> Bool {
    if environment.isInitial ? term.level >= .state : term.level >= .action { return true }
    // An argument or an operator that was passed in may be an action though the term's own level does not show it.
    switch term.kind {
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder] {
        return assigns(named.term, named.environment)
      }
      return false
    case .applyReference(.parameter(let binder), let arguments):
      if case .operatorReference(let reference, let home) = environment.bindings[binder] {
        if case .definition(let definition) = reference, assigns(definition.body, home) { return true }
      }
      return arguments.contains { assigns($0, environment) }
    case .apply(let definition, let arguments):
      return arguments.contains { argument in
        if case .operatorReference(.definition(let passed)) = argument.kind { return passed.level >= .action }
        return assigns(argument, environment)
      } || (environment.definitions[definition] != nil && assigns(definition.body, environment))
    case .letIn(_, let body):
      return assigns(body, environment)
    case .junction, .quantified, .conditional, .caseOf:
      return term.kind.children.contains { assigns($0, environment) }
    default:
      return false
    }
  }

  // MARK: Bounds

  private func compileExists(
    _ bounds: ArraySlice<TermBound>, _ body: Term, _ environment: Environment, then following: ActionNode
  ) throws -> ActionNode {
    guard let bound = bounds.first else { return try compileAction(body, environment, then: following) }
    let set = try compile(bound.set, environment)
    if !bound.isTuple, let values = constantElements(set, atMost: Self.unrollLimit), !values.isEmpty {
      return BranchNode(
        try values.map { value in
          var inner = environment
          inner.bindings[bound.binders[0]] = .value(value)
          return try compileExists(bounds.dropFirst(), body, inner, then: following)
        })
    }
    var inner = environment
    let binding = try bind(bound, in: &inner)
    let rest = try compileExists(bounds.dropFirst(), body, inner, then: following)
    return ExistsNode(binding, set.node, rest, environment.site(bound.set.span))
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

  /// `UNCHANGED` of variables and tuples of them, through definitions; nil for anything else, which is a test.
  private func compileUnchanged(
    _ term: Term, _ environment: Environment, then following: ActionNode
  ) throws -> ActionNode? {
    switch term.kind {
    case .variable(let variable):
      let equality = try compile(unchanged(term, term.span), environment)
      return UnchangedNode(variable.index, equality: equality.node, then: following)
    case .tuple(let elements):
      var node = following
      for element in elements.reversed() {
        guard let inner = try compileUnchanged(element, environment, then: node) else { return nil }
        node = inner
      }
      return node
    case .apply(let definition, let arguments) where arguments.isEmpty:
      let actual = specification.replacement(of: definition)
      return try compileUnchanged(actual.body, scope(of: actual, environment), then: following)
    case .local(let binder):
      guard case .expression(let named) = environment.bindings[binder] else { return nil }
      return try compileUnchanged(named.term, named.environment, then: following)
    default:
      return nil
    }
  }
}
