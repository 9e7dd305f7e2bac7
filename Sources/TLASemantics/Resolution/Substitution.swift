import TLASyntax

/// The meanings of an instantiated module's declarations: `e` for `WITH a <- e`; otherwise the entity with the same name where the instance
/// stands.
final class Substitution {
  let instance: Instance
  /// The parameters that every definition of the instance gets before its own: those of the surrounding instances, and the instance's.
  let parameters: [Binder]
  /// Definitions that were made for substituted expressions.
  private(set) var definitions: [OperatorDefinition] = []
  private let resolver: ExpressionResolver
  private let scope: Scope
  /// The names that the module declares.
  private(set) var declared: Set<String> = []
  /// The meaning of each constant and variable.
  private var substituted: [Substituted] = []

  /// The place of the instance is the resolver's current scope.
  init(_ instance: Instance, parameters: [Binder], in resolver: ExpressionResolver) {
    self.instance = instance
    self.parameters = parameters
    self.resolver = resolver
    scope = resolver.scope
  }

  /// The variables of the surrounding instances.
  var surroundingVariables: InstanceVariables { resolver.instanceVariables }

  private struct Substituted {
    let name: String
    let isVariable: Bool
    let entity: Entity
    let span: SourceSpan
  }

  /// The meaning of a declared variable or constant; nil if it has none, which is reported.
  func entity(for declaration: OperatorParameter, isVariable: Bool) -> Entity? {
    let value = instance.substitutions.first { $0.name.text == declaration.name.text }?.value
    guard let entity = entity(for: declaration, written: value) else { return nil }
    let new = Substituted(
      name: declaration.name.text, isVariable: isVariable, entity: entity, span: value?.span ?? instance.span)
    if isVariable, entity.level > .state {
      // The module then has no meaning, so errors inside it are not reported.
      report(new, "the expression for the variable \(new.name) must be an expression of a state")
      return nil
    }
    substituted.append(new)
    return entity
  }

  /// `value` is the expression that the instance substitutes; nil means that the name itself is looked up.
  private func entity(for declaration: OperatorParameter, written value: Expression?) -> Entity? {
    declared.insert(declaration.name.text)
    if let value {
      let (entity, made) = resolver.entity(
        for: value, as: declaration, behind: parameters, in: scope)
      if let made { definitions.append(made) }
      return entity
    }
    if let entity = scope.lookUp(declaration.name.text), entity.arity == declaration.arity { return entity }
    resolver.report(
      Diagnostic(
        .error, .specification, .instance,
        "\(declaration.name.text), which \(instance.module.text) declares, has no meaning here",
        at: instance.span,
        notes: [Diagnostic.Note(message: "it is declared here", span: declaration.name.span)],
        hint:
          "add `WITH \(declaration.name.text) <- …`, or declare \(declaration.name.text) before the INSTANCE")
    )
    return nil
  }

  /// Reports illegal substitutions (Lamport, "Specifying Systems", section 17.2; SANY reports the same). `made` are the definitions of the
  /// instance, which limit the levels of the instance's parameters.
  func checkLevels(_ made: [OperatorDefinition]) {
    // In a module without variables and modalities, everything may be substituted: its theorems hold for any values in one state.
    let isOfConstants =
      !substituted.contains(where: \.isVariable) && !made.contains { Term.Kind.containsModality($0.body) }
    for substituted in substituted {
      let limit: Level = substituted.isVariable ? .state : .constant
      if !isOfConstants { require(substituted, limit, made) }
      if case .builtin(let builtin, _) = substituted.entity, builtin.isModality {
        resolver.error(
          "the expression for \(substituted.name), \(builtin.tlaName), looks at other states",
          substituted.span,
          code: .instance,
          hint: "an operator for a constant operator has to give equal results for equal arguments")
      }
      if case .definition(let definition) = substituted.entity,
        let parameter = definition.nonLeibnizParameter
      {
        // The parameters of a RECURSIVE operator have no names before its definition.
        let name = parameter.name.text == "_" ? "" : " \(parameter.name.text)"
        resolver.error(
          "the expression for \(substituted.name) looks at the next state of its argument\(name)",
          substituted.span, code: .instance,
          hint: "an operator for a constant operator has to give equal results for equal arguments")
      }
    }
  }

  private func require(_ substituted: Substituted, _ limit: Level, _ made: [OperatorDefinition]) {
    for binder in substituted.entity.countedParameters {
      for definition in made { definition.limit(binder, to: limit) }
    }
    guard substituted.entity.level > limit else { return }
    report(
      substituted, "the expression for the constant \(substituted.name) must be a constant",
      hint: "declare \(substituted.name) as a VARIABLE of \(instance.module.text), or put a constant for it")
  }

  private func report(_ substituted: Substituted, _ message: String, hint: String? = nil) {
    resolver.error(
      "\(message), and this is \(substituted.entity.level.description)", substituted.span, code: .instance,
      hint: hint)
  }

  /// Reports substitutions for names that the module does not declare, and names that are substituted twice.
  func reportUnused(in module: Identifier) {
    var seen: [String: SourceSpan] = [:]
    for (name, _) in instance.substitutions {
      guard let first = seen.updateValue(name.span, forKey: name.text) else { continue }
      resolver.error(
        "\(name.text) is substituted twice", name.span, code: .instance, hint: "leave one of them out",
        notes: [Diagnostic.Note(message: "it is substituted here, too", span: first)])
    }
    for (name, _) in instance.substitutions where !declared.contains(name.text) {
      resolver.report(
        Diagnostic(
          .error, .specification, .instance, "\(module.text) declares no constant or variable \(name.text)",
          at: name.span, hint: closestName(to: name.text, in: declared.sorted()).map { "did you mean \($0)?" }
        ))
    }
  }
}
