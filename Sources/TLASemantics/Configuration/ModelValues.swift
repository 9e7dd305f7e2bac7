extension Configuration {
  /// The names that the configuration introduces as model values.
  package var modelValues: Set<String> {
    var names: Set<String> = []
    func collect(_ constant: Constant) {
      switch constant {
      case .modelValue(let name): names.insert(name)
      case .set(let elements), .tuple(let elements): elements.forEach(collect)
      case .record(let fields): fields.forEach { collect($0.value) }
      case .boolean, .integer, .string: break
      }
    }
    for assignment in constants {
      switch assignment.meaning {
      case .value(let value), .valueIn(_, let value): collect(value)
      case .point(let arguments, let value):
        arguments.forEach(collect)
        collect(value)
      case .substitution, .substitutionIn: break
      }
    }
    return names
  }
}
