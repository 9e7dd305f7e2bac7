import TLASyntax

/// Resolves definitions of modules and of `LET`s, and declares their names.
extension ExpressionResolver {
  /// Resolves `F(x, G(_)) == body`, or a `LAMBDA` if `definition` is nil. Does not declare the name. `outer` are the parameters of the
  /// instance that the definition belongs to.
  func definition(
    _ name: Identifier, parameters: [OperatorParameter], outer: [Binder] = [], body: Expression,
    of definition: Definition?, recursive declared: OperatorDefinition? = nil
  ) -> OperatorDefinition {
    let savedDepth = loopDepth
    defer { loopDepth = savedDepth }
    let source = DefinitionSource(parameters: parameters, body: body, scope: scope)
    return inScope {
      let binders = outer + parameters.map { Binder($0.name, arity: $0.arity, isParameter: true) }
      // A declaration gives the number of parameters, but not which of them are operators.
      declared?.parameters = binders
      for (binder, parameter) in zip(binders.dropFirst(outer.count), parameters) {
        loopDepths[binder] = loopDepth
        declare(parameter.name, .local(binder))
        // A LAMBDA is part of the definition around it.
        if definition == nil { labels.bind(binder) }
      }
      if definition != nil { labels.open() }
      let term = resolve(body)
      if definition != nil { labels.close() }
      let result =
        declared
        ?? OperatorDefinition(
          name: name, parameters: binders, instanceParameterCount: outer.count, body: term,
          isLocal: definition?.isLocal ?? false, isLambda: definition == nil, comment: definition?.comment,
          span: definition?.span ?? body.span, module: moduleName)
      result.body = term
      result.parameterUses = binders.map { uses[$0] ?? 0 }
      result.source = source
      checkLevels(of: result)
      return result
    }
  }

  /// Resolves `f[x \in S] == body`. Does not declare the name.
  func functionDefinition(
    _ name: Identifier, bounds: [Bound], outer: [Binder] = [], body: Expression, of definition: Definition,
    recursive declared: OperatorDefinition? = nil
  ) -> OperatorDefinition {
    let itself = Binder(name)
    loopDepths[itself] = loopDepth
    labels.open()
    let term = inScope {
      let sets = resolveSets(of: bounds)
      // A function may mention itself, so the name is new here even if a RECURSIVE declaration announced it.
      scope.declare(name.text, .local(itself))
      let termBounds = bindPatterns(of: bounds, sets: sets)
      let value = inLoop { resolve(body) }
      let kind: Term.Kind =
        uses[itself] == nil
        ? .functionLiteral(termBounds, value) : .recursiveFunction(itself, termBounds, value)
      return make(kind, definition.span)
    }
    labels.close()
    let result =
      declared
      ?? OperatorDefinition(
        name: name, parameters: outer, instanceParameterCount: outer.count, body: term,
        isLocal: definition.isLocal, comment: definition.comment, span: definition.span, module: moduleName)
    result.body = term
    result.parameterUses = outer.map { uses[$0] ?? 0 }
    result.isFunction = true
    result.source = DefinitionSource(
      body: Expression(.functionLiteral(bounds, body), definition.span), scope: scope)
    checkLevels(of: result)
    return result
  }

  /// Declares a recursive operator whose body comes later.
  func announce(_ parameter: OperatorParameter, outer: [Binder] = []) -> OperatorDefinition {
    let blank = Identifier("_", parameter.name.span)
    return OperatorDefinition(
      name: parameter.name,
      parameters: outer + (0..<parameter.arity).map { _ in Binder(blank, isParameter: true) },
      instanceParameterCount: outer.count, body: placeholder(parameter.name.span), isRecursive: true,
      span: parameter.name.span, module: moduleName)
  }

  /// Resolves a definition of a module or a `LET` and declares it. Returns the definitions that it stands for; an instance stands for
  /// several. `outer` are the parameters of the instance that it belongs to.
  func resolve(
    _ definition: Definition, outer: [Binder] = [], in section: inout RecursiveSection
  ) -> [OperatorDefinition] {
    let wasOpen = section.isOpen
    let result = resolved(definition, outer: outer, in: &section)
    if wasOpen, let all = section.add(result) { finish(all) }
    return result
  }

  private func resolved(
    _ definition: Definition, outer: [Binder], in section: inout RecursiveSection
  ) -> [OperatorDefinition] {
    let name = definition.name
    switch definition.kind {
    case .operator(let parameters, let body):
      let declared = section.take(name.text)
      if let declared {
        let expected = declared.parameters.count - outer.count
        guard expected == parameters.count else {
          error(
            "\(name.text) was declared RECURSIVE with \(count(expected, "parameter")) and is defined with"
              + " \(parameters.count)", name.span, code: .recursive)
          return []
        }
      }
      let result = self.definition(
        name, parameters: parameters, outer: outer, body: body, of: definition, recursive: declared)
      if declared == nil { declare(name, .definition(result)) }
      return [result]
    case .function(let bounds, let body):
      let declared = section.take(name.text)
      if let declared, declared.parameters.count > outer.count {
        let expected = declared.parameters.count - outer.count
        error(
          "\(name.text) was declared RECURSIVE with \(count(expected, "parameter")) and is defined as a function",
          name.span, code: .recursive)
        return []
      }
      let result = functionDefinition(
        name, bounds: bounds, outer: outer, body: body, of: definition, recursive: declared)
      if declared == nil { declare(name, .definition(result)) }
      return [result]
    case .recursiveDeclaration(let parameters):
      for parameter in parameters {
        let operatorDefinition = announce(parameter)
        section.announce(operatorDefinition)
        declare(parameter.name, .definition(operatorDefinition))
      }
      return []
    case .instance(let parameters, let instance):
      var definitions: [OperatorDefinition] = []
      let own = parameters.map { Binder($0.name, arity: $0.arity, isParameter: true) }
      let names = inScope {
        for (binder, parameter) in zip(own, parameters) {
          loopDepths[binder] = loopDepth
          declare(parameter.name, .local(binder))
        }
        return instantiate(instance, outer: outer + own, into: &definitions)
      }
      if let names {
        declare(name, .instance(ModuleInstance(name: name, parameters: own, names: names)))
      }
      return definitions
    }
  }

  func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
