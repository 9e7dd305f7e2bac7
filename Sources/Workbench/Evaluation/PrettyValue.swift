import StateSpace

/// Lays values out on several lines, for reading.
enum PrettyValue {
  /// The greatest number of lines for one value.
  private static let lineLimit = 2_000

  /// The value on one line if it fits in the width. Otherwise its parts one below the other, each on one line if it fits.
  static func lines(_ value: PlainValue, width: Int) -> [String] {
    var writer = Writer(width: max(16, width))
    writer.write(value, indentation: 0, before: "", after: "")
    if writer.lines.count >= lineLimit { writer.lines.append("…") }
    return writer.lines
  }

  private struct Writer {
    let width: Int
    var lines: [String] = []

    mutating func write(_ value: PlainValue, indentation: Int, before: String, after: String) {
      guard lines.count < lineLimit else { return }
      let blanks = String(repeating: " ", count: indentation)
      let flat = blanks + before + value.description + after
      guard Glyph.width(of: flat) > width else { return lines.append(flat) }
      switch value.asWritten {
      case .set(let elements) where elements.allSatisfy(\.isAtom) && !elements.isEmpty:
        fill("{", elements, "}", blanks + before, indentation, after)
      case .tuple(let elements) where elements.allSatisfy(\.isAtom) && !elements.isEmpty:
        fill("<<", elements, ">>", blanks + before, indentation, after)
      case .set(let elements) where !elements.isEmpty:
        bracket("{", elements, "}", blanks + before, indentation, after) { ("", $0) }
      case .tuple(let elements) where !elements.isEmpty:
        bracket("<<", elements, ">>", blanks + before, indentation, after) { ("", $0) }
      case .record(let fields) where !fields.isEmpty:
        bracket("[", fields, "]", blanks + before, indentation, after) { ("\($0.name) |-> ", $0.value) }
      case .function(let pairs) where !pairs.isEmpty:
        bracket("(", pairs, ")", blanks + before, indentation, after, separator: " @@") {
          ("\($0.argument) :> ", $0.value)
        }
      default: lines.append(flat)
      }
    }

    /// Puts as many on each line as fit.
    private mutating func fill(
      _ open: String, _ atoms: [PlainValue], _ close: String, _ start: String, _ indentation: Int,
      _ after: String
    ) {
      let blanks = String(repeating: " ", count: indentation + 2)
      var line = start + open + " "
      for (index, atom) in atoms.enumerated() {
        let isLast = index + 1 == atoms.count
        let text = atom.description + (isLast ? " \(close)\(after)" : ", ")
        if Glyph.width(of: line) + text.count > width, Glyph.width(of: line) > blanks.count {
          lines.append(String(line.dropLast()))
          guard lines.count < lineLimit else { return }
          line = blanks
        }
        line += text
      }
      lines.append(line)
    }

    private mutating func bracket<Part>(
      _ open: String, _ parts: [Part], _ close: String, _ start: String, _ indentation: Int, _ after: String,
      separator: String = ",", _ split: (Part) -> (name: String, value: PlainValue)
    ) {
      lines.append(start + open)
      for (index, part) in parts.enumerated() {
        let (name, value) = split(part)
        write(
          value, indentation: indentation + 2, before: name,
          after: index + 1 < parts.count ? separator : "")
      }
      lines.append(String(repeating: " ", count: indentation) + close + after)
    }
  }
}

extension PlainValue {
  fileprivate var isAtom: Bool {
    switch self {
    case .boolean, .integer, .string, .modelValue, .symbolicSet: true
    case .set, .tuple, .function, .record: false
    }
  }
}
