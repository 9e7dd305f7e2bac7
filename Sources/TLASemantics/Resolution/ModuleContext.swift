import TLASyntax

/// Modules that are resolved together. Modules that extend one another share their declarations. An instance has its own context, in which
/// its modules' declarations are substituted.
final class ModuleContext {
  /// The meanings of the declarations; nil if they are declarations of the specification.
  let substitution: Substitution?
  /// The parameters that every definition gets before its own.
  let outer: [Binder]
  var resolved: [ObjectIdentifier: ResolvedModule] = [:]
  /// Every definition that was made, in order.
  var definitions: [OperatorDefinition] = []
  let instanceVariables: InstanceVariables
  /// The declared variables and constants, by name. As in TLC, a name that two modules of the context declare is one variable or constant.
  var variables: [String: VariableDeclaration] = [:]
  var constants: [String: ConstantDeclaration] = [:]

  init(substitution: Substitution? = nil, outer: [Binder] = []) {
    self.substitution = substitution
    self.outer = outer
    instanceVariables = InstanceVariables(around: substitution?.surroundingVariables)
  }
}
