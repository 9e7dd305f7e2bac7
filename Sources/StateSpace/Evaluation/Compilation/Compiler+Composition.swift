import TLASemantics

/// Compiles `A \cdot B`.
extension Compiler {
  /// As a part of an action, which gives each variable its next value.
  func compileComposition(
    _ sides: [Term], _ site: Site, _ environment: Environment, then following: ActionNode
  ) throws -> ActionNode {
    guard environment.ownVariables == nil else { throw unsupported("\\cdot in an instance", site.span) }
    let passage = CompositionNode.Passage(variables: machine.variableCount)
    let second = try compileAction(sides[1], environment, then: ReturnNode(passage, then: following))
    let first = try compileAction(sides[0], environment, then: MiddleNode(second, passage))
    return CompositionNode(first, passage)
  }

  /// As a predicate of two given states.
  func compileCompositionTest(_ sides: [Term], _ site: Site, _ environment: Environment) throws -> Code {
    guard environment.ownVariables == nil, !environment.isInitial else {
      throw unsupported("\\cdot in an instance or an initial predicate", site.span)
    }
    let second = try compile(sides[1], environment)
    var inner = environment
    inner.assignedBefore = []
    let first = try compileAction(sides[0], inner, then: MiddleTestNode(second.node))
    let node = CompositionTestNode(first, variables: machine.variableCount, site)
    var dependencies = environment.everything
    dependencies.nextVariables = .all
    return Code(node: node, dependencies: dependencies.asEffect)
  }
}
