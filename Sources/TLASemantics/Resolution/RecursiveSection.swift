import TLASyntax

/// The definitions from a `RECURSIVE` declaration to the last one that it announces. Their levels depend on one another.
struct RecursiveSection {
  /// What is declared and not defined yet.
  private(set) var announced: [String: OperatorDefinition] = [:]
  /// What was defined since the declaration.
  private var definitions: [OperatorDefinition] = []

  /// Whether something announced is still to be defined.
  var isOpen: Bool { !announced.isEmpty }

  mutating func announce(_ definition: OperatorDefinition) { announced[definition.name.text] = definition }

  /// The announced operator that a definition of that name defines.
  mutating func take(_ name: String) -> OperatorDefinition? { announced.removeValue(forKey: name) }

  /// Takes what was defined in the section. Gives the section's definitions when these are the last.
  mutating func add(_ defined: [OperatorDefinition]) -> [OperatorDefinition]? {
    definitions += defined
    if isOpen { return nil }
    defer { definitions = [] }
    return definitions
  }
}
