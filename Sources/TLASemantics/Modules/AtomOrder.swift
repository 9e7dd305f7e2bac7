import TLASyntax

/// The order of strings and model values. TLC numbers every text when it first meets it, and compares by these numbers. First come the
/// configuration's values, then TLC's own operators, then the words of all modules as it parses them, and last the strings as it analyzes
/// the modules. So a string that is also a word of any module comes before every string that is not.
enum AtomOrder {
  static func order(configuration: Configuration, _ reading: ReadingOrder?) -> [String] {
    var order: [String] = []
    for assignment in configuration.constants {
      switch assignment.meaning {
      case .value(let value): collect(value, into: &order)
      case .point(let arguments, let value): (arguments + [value]).forEach { collect($0, into: &order) }
      case .substitution: break
      }
    }
    order += LibraryWords.initial
    if let reading {
      for module in reading.parsed { order += module.words }
      order += LibraryWords.afterParsing
      for module in reading.analyzed { order += module.strings }
    }
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
