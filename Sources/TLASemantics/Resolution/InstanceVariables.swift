import TLASyntax

/// The variables of instances for which something else stands that is not a variable of its own: inside `ENABLED` their next values are
/// chosen freely, whatever is substituted.
final class InstanceVariables {
  /// Those of this instance and of the ones around it, in the order in which they were declared.
  private(set) var all: [VariableDeclaration]
  /// The variables of the specification that stand for one of this instance's already.
  private var taken: Set<Int> = []

  init(around outer: InstanceVariables?) { all = outer?.all ?? [] }

  /// What a variable of the instance's module is: a variable of the specification where it is the only one to be replaced by that.
  func entity(for name: Identifier, substituting value: Entity) -> Entity {
    if case .variable(let variable) = value, taken.insert(variable.index).inserted { return value }
    let declaration = VariableDeclaration(name: name, index: -1)
    all.append(declaration)
    return .substituted(declaration, value)
  }
}
