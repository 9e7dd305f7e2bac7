import TLASemantics

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

  /// The definitions that consist of actions of the next-state relation.
  package var wholeActions: [String] { specification.knownNames.filter { !actions(within: $0).isEmpty } }

  /// The actions that a definition consists of, such as `\E m \in messages : Receive(m) \/ Drop(m)`; none if it is not an action.
  package func actions(within name: String) -> [ActionSignature] {
    let specification = specification
    guard let definition = specification.definition(named: name), definition.level == .action else {
      return []
    }
    let used = specification.names(usedBy: definition)
    return signatures.filter { used.contains($0.name) }
  }

  /// The number of parameters of a definition; nil if there is none with the name.
  package func parameterCount(of name: String) -> Int? {
    specification.definition(named: name).map(\.parameters.count)
  }
}
