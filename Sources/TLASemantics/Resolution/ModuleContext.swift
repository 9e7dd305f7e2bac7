import TLASyntax

/// The modules that are resolved together: those that extend one another share their declarations, and an instance has a context of its own, in
/// which what they declare is substituted.
final class ModuleContext {
  /// What declarations become; nil where they are declarations of the specification.
  let substitution: Substitution?
  /// The parameters that every definition gets in front of its own.
  let outer: [Binder]
  var resolved: [ObjectIdentifier: ResolvedModule] = [:]
  /// Every definition that was made, in order.
  var definitions: [OperatorDefinition] = []
  let instanceVariables: InstanceVariables
  /// What modules of the context declare, by name: one name that two of them declare is one variable or constant, as for TLC.
  var variables: [String: VariableDeclaration] = [:]
  var constants: [String: ConstantDeclaration] = [:]

  init(substitution: Substitution? = nil, outer: [Binder] = []) {
    self.substitution = substitution
    self.outer = outer
    instanceVariables = InstanceVariables(around: substitution?.surroundingVariables)
  }
}
