/// An action's name, and the names of its parameters.
package struct ActionSignature: Hashable, Sendable {
  package let name: String
  /// Nil for a value that the action has from a quantifier around it.
  package let parameters: [String?]
}

extension Explorer {
  /// The actions of the next-state relation, each once, in its order.
  package var signatures: [ActionSignature] {
    program.actions.map { ActionSignature(name: $0.name, parameters: $0.arguments.map(\.parameter)) }
      .uniqued()
  }
}
