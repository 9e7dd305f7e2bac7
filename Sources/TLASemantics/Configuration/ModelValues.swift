extension Configuration {
  /// The names that the configuration introduces as model values.
  package var modelValues: Set<String> {
    Set(plainConstants.compactMap { if case .modelValue(let name) = $0 { name } else { nil } })
  }

  /// The strings among the values of the constants.
  var strings: Set<String> {
    Set(plainConstants.compactMap { if case .string(let text) = $0 { text } else { nil } })
  }

  /// The values of the constants, and their parts, that have no parts themselves.
  private var plainConstants: [Constant] {
    var result: [Constant] = []
    func collect(_ constant: Constant) {
      switch constant {
      case .set(let elements), .tuple(let elements): elements.forEach(collect)
      case .record(let fields): fields.forEach { collect($0.value) }
      case .boolean, .integer, .string, .modelValue: result.append(constant)
      }
    }
    for assignment in constants {
      switch assignment.meaning {
      case .value(let value): collect(value)
      case .point(let arguments, let value):
        arguments.forEach(collect)
        collect(value)
      case .substitution: break
      }
    }
    return result
  }
}
