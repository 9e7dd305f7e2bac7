import TLASyntax

/// Evaluates parsed constant expressions in the simplest way: it looks names up by text, evaluates arguments and `LET` definitions at each
/// use, and enumerates sets. It knows nothing of terms, nodes or words.
///
/// TLC may leave parts of a function literal or a filtered set unevaluated if they do not matter. So there are two readings. A value from
/// the strict reading is right. An expression without a value in the lenient reading is an error.
struct NaiveEvaluator {
  typealias Failure = NaiveValue.Failure

  enum Reading { case strict, lenient }
  let reading: Reading

  /// The meaning of a name.
  indirect enum Meaning {
    case value(NaiveValue)
    /// An argument or definition: an expression and its scope.
    case suspended(Expression, Scope)
    case operation(parameters: [String], body: Expression, Scope)
    /// An operator symbol, or an operator of a standard module, that is passed as an argument.
    case named(String)
    /// `f[x \in S] == e`
    case function([Bound], Expression, Scope, name: String)
  }

  struct Scope {
    var meanings: [String: Meaning] = [:]
    var old: NaiveValue?
  }

  func evaluate(_ expression: Expression) throws -> NaiveValue { try evaluate(expression, Scope()) }

  private func test(_ expression: Expression, _ scope: Scope) throws -> Bool {
    try evaluate(expression, scope).asBoolean()
  }

  func evaluate(_ expression: Expression, _ scope: Scope) throws -> NaiveValue {
    switch expression.kind {
    case .number(let digits):
      guard let number = Int(digits) else { throw Failure(message: digits) }
      return .integer(number)
    case .string(let text): return .string(text)
    case .boolean(let value): return .boolean(value)
    case .at:
      guard let old = scope.old else { throw Failure(message: "@") }
      return old
    case .name(let path):
      let last = path.components[0]
      return try apply(last.name.text, last.arguments, scope)
    case .prefix(let symbol, let operand): return try apply(symbol.symbol, [operand], scope)
    case .infix(let symbol, let left, let right): return try apply(symbol.symbol, [left, right], scope)
    case .junction(.conjunction, let items), .row(.conjunction, let items):
      for item in items where try !test(item, scope) { return .boolean(false) }
      return .boolean(true)
    case .junction(.disjunction, let items), .row(.disjunction, let items):
      for item in items where try test(item, scope) { return .boolean(true) }
      return .boolean(false)
    case .quantified(let quantifier, let bounds, let body):
      let decides = quantifier == .exists
      let found = try first(bounds, scope) { try test(body, $0) == decides } != nil
      return .boolean(found == decides)
    case .choose(let pattern, let set?, let body):
      for element in try elements(set, scope) where try test(body, bind(pattern, element, scope)) {
        return element
      }
      throw Failure(message: "no witness")
    case .conditional(let condition, let yes, let no):
      return try test(condition, scope) ? evaluate(yes, scope) : evaluate(no, scope)
    case .caseOf(let arms, let other):
      for arm in arms where try test(arm.guard, scope) { return try evaluate(arm.value, scope) }
      if let other { return try evaluate(other, scope) }
      throw Failure(message: "no arm")
    case .letIn(let definitions, let body):
      return try evaluate(body, define(definitions, scope))
    default: return try evaluateCollection(expression, scope)
    }
  }

  private func evaluateCollection(_ expression: Expression, _ scope: Scope) throws -> NaiveValue {
    switch expression.kind {
    case .setEnumeration(let items): return .set(Set(try items.map { try evaluate($0, scope) }))
    case .tuple(let items): return .sequence(try items.map { try evaluate($0, scope) })
    case .setFilter(let pattern, let set, let predicate):
      return .set(Set(try elements(set, scope).filter { try test(predicate, bind(pattern, $0, scope)) }))
    case .setMap(let element, let bounds):
      var result: Set<NaiveValue> = []
      _ = try first(bounds, scope) {
        result.insert(try evaluate(element, $0))
        return false
      }
      return .set(result)
    case .product(let factors):
      let sets = try factors.map { try elements($0, scope) }
      return .set(Set(choices(sets).map(NaiveValue.sequence)))
    case .functionSet(let domain, let range):
      let arguments = try elements(domain, scope)
      let values = try elements(range, scope)
      let all = choices(Array(repeating: values, count: arguments.count))
      return .set(Set(all.map { .function(Dictionary(uniqueKeysWithValues: zip(arguments, $0))) }))
    case .functionLiteral(let bounds, let body):
      var pairs: [NaiveValue: NaiveValue] = [:]
      for arguments in try choices(sets(of: bounds, scope)) {
        pairs[tupled(arguments)] = try evaluate(body, bind(bounds, arguments, scope))
      }
      return .function(pairs)
    case .functionApplication(let function, let arguments):
      return try apply(function, to: arguments.map { try evaluate($0, scope) }, scope)
    case .record(let fields):
      let pairs = try fields.map { (NaiveValue.string($0.field.text), try evaluate($0.value, scope)) }
      return .function(Dictionary(uniqueKeysWithValues: pairs))
    case .recordSet(let fields):
      let sets = try fields.map { try elements($0.value, scope) }
      let names = fields.map { NaiveValue.string($0.field.text) }
      return .set(Set(choices(sets).map { .function(Dictionary(uniqueKeysWithValues: zip(names, $0))) }))
    case .field(let record, let name):
      return try value(of: evaluate(record, scope).asFunction(), at: .string(name.text))
    case .except(let function, let updates):
      return try updates.reduce(evaluate(function, scope)) { try update($0, $1.path[...], $1.value, scope) }
    default: throw Failure(message: "not a constant expression: \(expression.span.oneLineText)")
    }
  }

  // MARK: Functions

  private func value(of function: [NaiveValue: NaiveValue], at argument: NaiveValue) throws -> NaiveValue {
    guard let value = function[argument] else { throw Failure(message: "outside the domain") }
    return value
  }

  /// `f[a, b]`. Only the lenient reading evaluates a literal, possibly behind names, for this argument alone.
  private func apply(_ function: Expression, to arguments: [NaiveValue], _ scope: Scope) throws -> NaiveValue
  {
    switch function.kind {
    case .functionLiteral(let bounds, let body) where reading == .lenient:
      return try apply(bounds, body, to: arguments, scope)
    case .name(let path) where path.components[0].arguments.isEmpty:
      switch scope.meanings[path.components[0].name.text] {
      case .suspended(let expression, let home): return try apply(expression, to: arguments, home)
      case .function(let bounds, let body, let home, let name):
        var inner = home
        inner.meanings[name] = scope.meanings[path.components[0].name.text]
        return try apply(bounds, body, to: arguments, inner)
      default: break
      }
    default: break
    }
    return try value(of: evaluate(function, scope).asFunction(), at: tupled(arguments))
  }

  private func apply(_ bounds: [Bound], _ body: Expression, to arguments: [NaiveValue], _ scope: Scope) throws
    -> NaiveValue
  {
    var values = arguments
    let domains = try sets(of: bounds, scope)
    if values.count == 1, domains.count > 1 { values = try values[0].asSequence() }
    guard values.count == domains.count, zip(domains, values).allSatisfy({ $0.contains($1) }) else {
      throw Failure(message: "outside the domain")
    }
    return try evaluate(body, bind(bounds, values, scope))
  }

  private func update(
    _ function: NaiveValue, _ path: ArraySlice<ExceptUpdate.Step>, _ new: Expression, _ scope: Scope
  ) throws -> NaiveValue {
    guard let step = path.first else {
      var inner = scope
      inner.old = function
      return try evaluate(new, inner)
    }
    var pairs = try function.asFunction()
    let argument: NaiveValue
    switch step {
    case .index(let arguments): argument = tupled(try arguments.map { try evaluate($0, scope) })
    case .field(let name): argument = .string(name.text)
    }
    guard let value = pairs[argument] else { return function }
    pairs[argument] = try update(value, path.dropFirst(), new, scope)
    return .function(pairs)
  }

  // MARK: Binders

  private func elements(_ set: Expression, _ scope: Scope) throws -> [NaiveValue] {
    try evaluate(set, scope).asSet().sorted(by: NaiveValue.precedes)
  }

  private func sets(of bounds: [Bound], _ scope: Scope) throws -> [[NaiveValue]] {
    try bounds.flatMap { bound in
      let values = try elements(bound.set, scope)
      return bound.patterns.map { _ in values }
    }
  }

  private func bind(_ pattern: BoundPattern, _ value: NaiveValue, _ scope: Scope) throws -> Scope {
    var inner = scope
    switch pattern {
    case .name(let name): inner.meanings[name.text] = .value(value)
    case .tuple(let names):
      let parts = try value.asSequence()
      guard parts.count == names.count else { throw Failure(message: "pattern") }
      for (name, part) in zip(names, parts) { inner.meanings[name.text] = .value(part) }
    }
    return inner
  }

  private func bind(_ bounds: [Bound], _ values: [NaiveValue], _ scope: Scope) throws -> Scope {
    try zip(bounds.flatMap(\.patterns), values).reduce(scope) { try bind($1.0, $1.1, $0) }
  }

  /// The first scope, in order, for which `found` is true; nil if there is none.
  private func first(_ bounds: [Bound], _ scope: Scope, where found: (Scope) throws -> Bool) throws -> Scope?
  {
    for values in try choices(sets(of: bounds, scope)) {
      let inner = try bind(bounds, values, scope)
      if try found(inner) { return inner }
    }
    return nil
  }

  /// All ways to take one element from each set. The last one changes fastest.
  private func choices(_ sets: [[NaiveValue]]) -> [[NaiveValue]] {
    sets.reduce([[]]) { chosen, set in chosen.flatMap { start in set.map { start + [$0] } } }
  }

  private func tupled(_ arguments: [NaiveValue]) -> NaiveValue {
    arguments.count == 1 ? arguments[0] : .sequence(arguments)
  }

  private func define(_ definitions: [Definition], _ scope: Scope) -> Scope {
    definitions.reduce(into: scope) { scope, definition in
      let name = definition.name.text
      switch definition.kind {
      case .operator(let parameters, let body):
        scope.meanings[name] =
          parameters.isEmpty
          ? .suspended(body, scope) : .operation(parameters: parameters.map(\.name.text), body: body, scope)
      case .function(let bounds, let body): scope.meanings[name] = .function(bounds, body, scope, name: name)
      case .instance, .recursiveDeclaration: break
      }
    }
  }

  // MARK: Operators

  private func apply(_ name: String, _ arguments: [Expression], _ scope: Scope) throws -> NaiveValue {
    switch scope.meanings[name] {
    case .value(let value): return value
    case .suspended(let expression, let home): return try evaluate(expression, home)
    case .operation(let parameters, let body, let home):
      var inner = home
      for (parameter, argument) in zip(parameters, arguments) {
        inner.meanings[parameter] = meaning(of: argument, scope)
      }
      return try evaluate(body, inner)
    case .named(let actual): return try apply(actual, arguments, scope)
    case .function(let bounds, let body, let home, let itself):
      var inner = home
      inner.meanings[itself] = scope.meanings[name]
      var pairs: [NaiveValue: NaiveValue] = [:]
      for values in try choices(sets(of: bounds, home)) {
        pairs[tupled(values)] = try evaluate(body, bind(bounds, values, inner))
      }
      return .function(pairs)
    case nil: return try NaiveLibrary(evaluator: self, scope: scope).apply(name, arguments)
    }
  }

  /// The meaning of a parameter: an operator if one is passed, else a suspended expression.
  private func meaning(of argument: Expression, _ scope: Scope) -> Meaning {
    switch argument.kind {
    case .lambda(let parameters, let body):
      return .operation(parameters: parameters.map(\.text), body: body, scope)
    case .name(let path) where path.components[0].arguments.isEmpty:
      let name = path.components[0].name.text
      switch scope.meanings[name] {
      case .operation, .named: return scope.meanings[name] ?? .named(name)
      case nil where NaiveLibrary.operators.contains(name): return .named(name)
      default: return .suspended(argument, scope)
      }
    default: return .suspended(argument, scope)
    }
  }
}
