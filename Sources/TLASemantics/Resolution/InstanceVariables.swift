import TLASyntax

/// The variables of instances that are replaced by something other than a variable of their own. Inside `ENABLED`, their next values are
/// chosen freely, whatever is substituted for them.
final class InstanceVariables {
  /// The variables of this instance and of the surrounding ones, in the order of declaration.
  private(set) var all: [VariableDeclaration]
  /// The specification's variables that already replace one of this instance's variables.
  private var taken: Set<Int> = []

  init(around outer: InstanceVariables?) { all = outer?.all ?? [] }

  /// The meaning of a variable of the instance's module. It is a variable of the specification if that variable replaces no other one.
  func entity(for name: Identifier, substituting value: Entity) -> Entity {
    if case .variable(let variable) = value, taken.insert(variable.index).inserted { return value }
    let declaration = VariableDeclaration(name: name, index: -1)
    all.append(declaration)
    return .substituted(declaration, value)
  }
}
