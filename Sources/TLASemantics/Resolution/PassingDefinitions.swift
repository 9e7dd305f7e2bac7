import TLASyntax

extension OperatorDefinition {
  /// A definition that passes its parameters on to something else.
  static func passing(
    _ name: Identifier, arities: [Int], unused: Int = 0, module: String, level: Level = .constant,
    _ body: ([Term]) -> Term.Kind
  ) -> OperatorDefinition {
    let parameters = ([Int](repeating: 0, count: unused) + arities).map {
      Binder(Identifier("_", name.span), arity: $0)
    }
    let arguments = parameters.dropFirst(unused).map { parameter in
      parameter.arity > 0
        ? Term(.operatorReference(.parameter(parameter)), name.span, level: .constant)
        : .local(parameter, at: name.span)
    }
    let result = OperatorDefinition(
      name: name, parameters: parameters, instanceParameterCount: unused,
      body: Term(body(arguments), name.span, level: level), span: name.span, module: module)
    result.parameterUses = parameters.indices.map { $0 < unused ? 0 : 1 }
    return result
  }

  /// A definition with the same meaning that a configuration can replace by itself.
  func copy() -> OperatorDefinition {
    let binders = parameters.map { Binder($0.name, arity: $0.arity, isParameter: true) }
    let arguments = binders.map { binder in
      binder.arity > 0
        ? Term(.operatorReference(.parameter(binder)), name.span, level: .constant)
        : .local(binder, at: name.span)
    }
    let result = OperatorDefinition(
      name: name, parameters: binders, instanceParameterCount: instanceParameterCount,
      body: Term(.apply(self, arguments), name.span, level: level), isFact: isFact, comment: comment,
      span: name.span, module: module)
    result.parameterUses = binders.map { _ in 1 }
    result.isFunction = isFunction
    result.source = source
    LevelChecker.check(result) { _ in }
    return result
  }

  /// The same definition with that many instance parameters before its own, which it ignores.
  func taking(_ unused: Int) -> OperatorDefinition {
    guard unused > 0 else { return self }
    return .passing(
      name, arities: parameters.map(\.arity), unused: unused, module: module, level: level
    ) { .apply(self, $0) }
  }
}
