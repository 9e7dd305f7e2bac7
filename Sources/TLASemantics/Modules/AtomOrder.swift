import TLASyntax

/// The order of strings and model values: TLC orders them by first occurrence, in the order in which it reads.
enum AtomOrder {
  /// The configuration's values, then the texts' identifiers and strings as they stand, extended modules first.
  static func order(configuration: Configuration, files: [SourceFile]) -> [String] {
    var order = StandardModules.leadingAtoms
    for assignment in configuration.constants {
      if case .value(let value) = assignment.meaning { collect(value, into: &order) }
    }
    for file in files { order += WordOrder.words(of: file) }
    var seen: Set<String> = []
    return order.filter { seen.insert($0).inserted }
  }

  private static func collect(_ value: Configuration.Constant, into order: inout [String]) {
    switch value {
    case .string(let text), .modelValue(let text): order.append(text)
    case .set(let elements), .tuple(let elements): for element in elements { collect(element, into: &order) }
    case .record(let fields):
      for field in fields {
        order.append(field.name)
        collect(field.value, into: &order)
      }
    case .boolean, .integer: break
    }
  }
}
