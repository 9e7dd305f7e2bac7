import TLASyntax

/// What the declarations of an instantiated module become: `WITH a <- e`, and for the others what has their name where the
/// instance stands.
final class Substitution {
  let instance: Instance
  /// The parameters that every definition of the instance gets in front of its own: those of the instances around it, and its own.
  let parameters: [Binder]
  /// Definitions that were made for expressions that are substituted.
  private(set) var definitions: [OperatorDefinition] = []
  private let resolver: ExpressionResolver
  private let scope: Scope
  /// The names that the module declares.
  private(set) var declared: Set<String> = []

  /// The place is the resolver's current scope.
  init(_ instance: Instance, parameters: [Binder], in resolver: ExpressionResolver) {
    self.instance = instance
    self.parameters = parameters
    self.resolver = resolver
    scope = resolver.scope
  }

  /// What stands for a declaration; nil when nothing does, which is reported.
  func entity(for declaration: OperatorParameter) -> Entity? {
    declared.insert(declaration.name.text)
    if let value = instance.substitutions.first(where: { $0.name.text == declaration.name.text })?.value {
      let (entity, made) = resolver.entity(
        for: value, as: declaration, behind: parameters, in: scope)
      if let made { definitions.append(made) }
      return entity
    }
    if let entity = scope.find(declaration.name.text), entity.arity == declaration.arity { return entity }
    resolver.report(
      Diagnostic(
        .error, .specification,
        "\(declaration.name.text), which \(instance.module.text) declares, has no meaning here",
        at: instance.span,
        notes: [Diagnostic.Note(message: "it is declared here", span: declaration.name.span)],
        hint:
          "add `WITH \(declaration.name.text) <- …`, or declare \(declaration.name.text) before the INSTANCE")
    )
    return nil
  }

  /// Reports what is substituted and not declared by the module.
  func reportUnused(in module: Identifier) {
    for (name, _) in instance.substitutions where !declared.contains(name.text) {
      resolver.report(
        Diagnostic(
          .error, .specification, "\(module.text) declares no constant or variable \(name.text)",
          at: name.span, hint: closestName(to: name.text, in: declared.sorted()).map { "did you mean \($0)?" }
        ))
    }
  }
}
