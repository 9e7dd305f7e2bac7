/// An expression whose value never changes, but is not known in advance. It is evaluated once, when it is first needed. One without a value
/// fails again at every use.
final class OnceNode: Node {
  let definition: Node
  private(set) var known = Value.missing

  init(_ definition: Node) {
    self.definition = definition
    super.init(definition.site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    if !known.isMissing { return known }
    let value = try definition.evaluate(machine)
    // It may have warned, which has to be seen.
    if !machine.isTentative { known = value }
    return value
  }

  override var isLazyFunction: Bool { definition.isLazyFunction }
  override var givesInfiniteFunctions: Bool { definition.givesInfiniteFunctions }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    if !known.isMissing { return try apply(known, to: arguments, machine) }
    return try definition.applied(to: arguments, machine)
  }
}
