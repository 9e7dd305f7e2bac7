import TLASemantics
import TLASyntax

/// A predicate of a temporal formula, compiled.
struct TemporalPredicate {
  let node: Node
  /// Whether it reads the next state.
  let readsNext: Bool
  /// Whether it is `<<A>>_v`, which is false of a step that changes nothing.
  let isChange: Bool
  /// Its text, on one line.
  let text: String
  /// The values of the names in the text that a quantifier around the predicate binds.
  let choices: [QuantifierChoice]

  /// Why it is false of a step, or why it is true of it if it should not be.
  func explanation(
    isPositive: Bool, from state: UnsafePointer<UInt32>, to next: UnsafePointer<UInt32>, _ machine: Machine
  ) -> Explanation? {
    let saved = (machine.state, machine.next)
    defer { (machine.state, machine.next) = saved }
    machine.state = state
    if readsNext { machine.next = UnsafeMutablePointer(mutating: next) }
    // The evaluation fills the slots that the explanation reads.
    guard (try? node.test(machine)) == !isPositive else { return nil }
    return ReasonFinder(machine).explanation(of: node, is: !isPositive)
  }
}

/// A value that a quantifier gives to one of its names.
struct QuantifierChoice: Hashable {
  let name: String
  let value: String
  var text: String { "\(name) = \(value)" }
}

/// A fairness condition of a formula, in the parts that explain it.
struct FairnessCondition {
  /// `WF_vars(Step(p))`
  let name: String
  let choices: [QuantifierChoice]
  let isStrong: Bool
  /// The whole condition.
  let formula: TemporalFormula
  /// Whether the action can be taken so that its subscript changes.
  let enabled: TemporalFormula
  /// Whether it is taken so.
  let change: TemporalFormula

  /// `WF_vars(Step(p)) with p = p1`
  var text: String {
    choices.isEmpty ? name : "\(name) with \(choices.map(\.text).joined(separator: ", "))"
  }
}

/// Compiles temporal formulas: their structure to `TemporalFormula`, and what they say of a state or a step to nodes.
struct TemporalCompiler {
  let compiler: Compiler
  private(set) var predicates: [TemporalPredicate] = []
  /// All fairness conditions in the formulas, in order.
  private(set) var fairness: [FairnessCondition] = []
  /// What the quantifiers around the current part choose.
  private var choices: [QuantifierChoice] = []

  init(_ compiler: Compiler) { self.compiler = compiler }

  /// Throws `Diagnostics` for what is not supported, and `EvaluationFailure` for a formula that cannot be judged.
  mutating func compile(_ term: Term) throws -> TemporalFormula {
    try compile(term, Environment(), slots: [])
  }

  /// `slots` are the lazy slots of the surrounding definitions.
  mutating func compile(_ term: Term, _ environment: Environment, slots: [Int]) throws -> TemporalFormula {
    let site = environment.site(term.span)
    try compiler.checkDepth(site)
    guard compiler.reaches(.temporal, term, environment) else {
      return try predicate(term, environment, slots)
    }
    if let language = compiler.languageTerm(term, environment) {
      return try compile(language, environment, slots: slots)
    }
    if let application = compiler.application(term, environment) {
      guard !application.definition.isRecursive else {
        let message =
          application.definition.leadsBackTo == nil
          ? "a temporal formula cannot be recursive" : application.definition.recursionMessage
        throw site.failure(message, code: .temporal)
      }
      return try compile(
        application.definition.body, scope(of: application, site, environment), slots: slots)
    }
    func part(_ term: Term) throws -> TemporalFormula { try compile(term, environment, slots: slots) }
    switch term.kind {
    case .junction(let kind, let items):
      let parts = try items.map(part)
      return kind == .conjunction ? .all(parts) : .any(parts)
    case .builtin(let builtin, let arguments):
      let parts = try arguments.map(part)
      switch builtin {
      case .not: return parts[0].negation
      case .implies: return .any([parts[0].negation, parts[1]])
      case .equivalent, .equals:
        return .all([.any([parts[0].negation, parts[1]]), .any([parts[0], parts[1].negation])])
      case .notEquals:
        return .all([.any([parts[0], parts[1]]), .any([parts[0].negation, parts[1].negation])])
      case .always: return .always(of: parts[0])
      case .eventually: return .eventually(of: parts[0])
      case .leadsTo: return .always(of: .any([parts[0].negation, .eventually(of: parts[1])]))
      default: break
      }
    case .fairness(let fairness, let subscript_, let action, let own):
      let terms = Term.enabledChange(action, subscript: subscript_, own: own, at: term.span)
      let (isEnabled, isTaken) = (try part(terms.enabled), try part(terms.change))
      let often = TemporalFormula.always(of: .eventually(of: isTaken))
      let formula: TemporalFormula =
        fairness == .weak
        ? .always(of: .eventually(of: .any([isEnabled.negation, isTaken])))
        : .any([.eventually(of: .always(of: isEnabled.negation)), often])
      self.fairness.append(
        FairnessCondition(
          name: term.span.oneLineText, choices: choices, isStrong: fairness == .strong, formula: formula,
          enabled: isEnabled, change: isTaken))
      return formula
    case .quantified(let quantifier, let bounds, let body):
      let parts = try instances(bounds[...], environment).map { scope in
        try choosing(bounds, in: scope) { try $0.compile(body, scope, slots: slots) }
      }
      return quantifier == .forAll ? .all(parts) : .any(parts)
    case .conditional(let condition, let yes, let no):
      let (test, then, other) = (try part(condition), try part(yes), try part(no))
      return .any([.all([test, then]), .all([test.negation, other])])
    case .caseOf(let arms, let other):
      // As in TLC, the first true arm counts. Without one, and without OTHER, the formula is taken to be false.
      return try arms.reversed().reduce(other.map(part) ?? .constant(false)) { rest, arm in
        let test = try part(arm.guard)
        return .any([.all([test, try part(arm.value)]), .all([test.negation, rest])])
      }
    case .letIn(let definitions, let body):
      var copy = self
      let formula = try compiler.declaring(definitions, in: environment) { inner, more in
        try copy.compile(body, inner, slots: slots + more)
      }
      self = copy
      return formula
    case .local(let binder):
      if case .expression(let named) = environment.bindings[binder] {
        return try compile(named.term, named.environment.used(at: environment), slots: slots)
      }
    default: break
    }
    throw site.failure("this temporal formula cannot be judged: \(term.span.oneLineText)", code: .temporal)
  }

  /// The scope of a definition's body. Its parameters stand for the arguments, which may be temporal formulas.
  func scope(of application: Application, _ site: Site, _ environment: Environment) -> Environment {
    var inner = compiler.naming(application, from: environment)
    inner.call = CallSite(
      name: application.definition.name.text, span: site.span, caller: environment.call)
    return inner
  }

  /// Runs `body`, which compiles a part for one choice of a quantifier's elements.
  mutating func choosing<Result>(
    _ bounds: [TermBound], in scope: Environment, _ body: (inout TemporalCompiler) throws -> Result
  ) rethrows -> Result {
    let outer = choices
    defer { choices = outer }
    choices += bounds.flatMap(\.binders).compactMap { binder in
      guard case .value(let value)? = scope.bindings[binder] else { return nil }
      return QuantifierChoice(name: binder.name.text, value: compiler.store.describe(value))
    }
    return try body(&self)
  }

  /// Compiles what a formula says of one state or step. `slots` are those of the surrounding definitions.
  func code(_ term: Term, _ environment: Environment, slots: [Int]) throws -> Code {
    let code = try compiler.compile(term, environment)
    if code.node.constant != nil { return code }
    let node = slots.reduce(code.node) { ScopeNode(slots: $1..<($1 + 1), body: $0) }
    return Code(node: node, dependencies: code.dependencies)
  }

  private mutating func predicate(_ term: Term, _ environment: Environment, _ slots: [Int]) throws
    -> TemporalFormula
  {
    let code = try code(term, environment, slots: slots)
    if let value = code.node.constant, value.isBoolean { return .constant(value == .yes) }
    var isChange = false
    if case .angleAction = term.kind { isChange = true }
    predicates.append(
      TemporalPredicate(
        node: code.node, readsNext: code.dependencies.next, isChange: isChange,
        text: term.span.oneLineText.withoutOuterParentheses, choices: choices(mentionedIn: term, environment))
    )
    return .predicate(predicates.count - 1)
  }

  /// The values of the names from outside that a term mentions, if they are the same in every state.
  private func choices(mentionedIn term: Term, _ environment: Environment) -> [QuantifierChoice] {
    var result: [QuantifierChoice] = []
    var open = [term]
    while let term = open.popLast() {
      open += term.kind.children.reversed()
      guard case .local(let binder) = term.kind, environment.bindings[binder] != nil,
        let value = (try? compiler.compile(term, environment))?.node.constant
      else { continue }
      let choice = QuantifierChoice(name: binder.name.text, value: compiler.store.describe(value))
      if !result.contains(choice) { result.append(choice) }
    }
    return result
  }

  /// The scopes in which a quantifier's body is to be compiled, one for each choice of elements.
  func instances(_ bounds: ArraySlice<TermBound>, _ environment: Environment) throws -> [Environment] {
    guard let bound = bounds.first else { return [environment] }
    let store = compiler.store
    return try elements(of: bound.set, environment).flatMap { element in
      var inner = environment
      if bound.isTuple {
        guard element.tag == Value.Tag.tuple, store.length(element) == bound.binders.count else {
          throw environment.site(bound.set.span).failure(
            "\(store.describe(element)) does not match the names of the quantifier")
        }
        for (place, binder) in bound.binders.enumerated() {
          inner.bindings[binder] = .value(Value(bits: store.payload(element)[place]))
        }
        return try instances(bounds.dropFirst(), inner)
      }
      inner.bindings[bound.binders[0]] = .value(element)
      return try instances(bounds.dropFirst(), inner)
    }
  }

  private func elements(of term: Term, _ environment: Environment) throws -> [Value] {
    let site = environment.site(term.span)
    let code = try compiler.compile(term, environment)
    guard code.dependencies.isConstant || code.node.constant != nil else {
      throw site.failure(
        "a temporal formula can be quantified only over a set that is the same in every state, and this is not: \(term.span.oneLineText)",
        code: .temporal
      )
    }
    let value = try code.node.evaluate(compiler.machine)
    guard compiler.store.isSet(value) else {
      throw site.failure("a set is expected here, and the value is \(compiler.store.describe(value))")
    }
    do { return compiler.store.elements(try compiler.store.enumerated(value)) } catch let error as ValueError
    {
      throw site.failure(error)
    }
  }
}

extension String {
  /// The text inside of parentheses that stand around all of it.
  var withoutOuterParentheses: String {
    guard first == "(", last == ")" else { return self }
    var depth = 0
    for character in dropLast() {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth == 0 { return self }
    }
    return String(dropFirst().dropLast()).withoutOuterParentheses
  }
}
