import TLASyntax

/// The definitions from a `RECURSIVE` declaration to the last operator that it announces. Their levels depend on one another.
struct RecursiveSection {
  /// The operators that are declared and not yet defined.
  private(set) var announced: [String: OperatorDefinition] = [:]
  /// The definitions since the declaration.
  private var definitions: [OperatorDefinition] = []

  /// Whether an announced operator is still to be defined.
  var isOpen: Bool { !announced.isEmpty }

  mutating func announce(_ definition: OperatorDefinition) { announced[definition.name.text] = definition }

  /// The announced operator that a definition of that name defines.
  mutating func take(_ name: String) -> OperatorDefinition? { announced.removeValue(forKey: name) }

  /// Adds definitions to the section. Returns all its definitions if these complete it.
  mutating func add(_ defined: [OperatorDefinition]) -> [OperatorDefinition]? {
    definitions += defined
    if isOpen { return nil }
    defer { definitions = [] }
    return definitions
  }
}
