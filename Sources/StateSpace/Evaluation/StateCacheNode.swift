/// A definition whose value is a set or function that depends only on the state. It is built once for each state.
final class StateCacheNode: Node {
  let definition: Node
  private var version: UInt64 = 0
  private var known = Value.missing

  init(_ definition: Node) {
    self.definition = definition
    super.init(definition.site)
  }

  override func evaluate(_ machine: Machine) throws -> Value {
    if version == machine.stateVersion { return known }
    let value = try definition.evaluate(machine)
    (version, known) = (machine.stateVersion, value)
    return value
  }

  override var isLazyFunction: Bool { definition.isLazyFunction }
  override var givesInfiniteFunctions: Bool { definition.givesInfiniteFunctions }

  override func applied(to arguments: ArraySlice<Value>, _ machine: Machine) throws -> Value {
    if version == machine.stateVersion { return try apply(known, to: arguments, machine) }
    return try definition.applied(to: arguments, machine)
  }
}
