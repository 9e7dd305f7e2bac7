import TLASemantics

/// A library operator that is evaluated from the values of its arguments. Subclasses share the code of several operators.
class BuiltinNode: Node {
  let builtin: Builtin
  let arguments: NodeList

  init(_ builtin: Builtin, _ arguments: [Node], _ site: Site) {
    self.builtin = builtin
    self.arguments = NodeList(arguments)
    super.init(site)
  }

  /// The values of all arguments, in order.
  final func values(_ machine: Machine) throws -> [Value] {
    try (0..<arguments.count).map { try arguments.evaluate($0, machine) }
  }
}
