import BigInt
import StateSpace
import Traces

/// Writes values on one line. The parts that a step changed have the style of a change.
enum ValueLine {
  /// The value as a spec writes it. Elements that `old` lacks and parts that differ from it are marked; without `old`, nothing is. The line
  /// has little more than `limit` columns, however large the value is. With `isBrief`, a record inside a set is written without field names
  /// if that is clear enough: `{c1 r1 1}`.
  static func line(_ value: PlainValue, old: PlainValue? = nil, limit: Int = 240, isBrief: Bool = false)
    -> StyledLine
  {
    var writer = Writer(limit: limit, isBrief: isBrief)
    writer.write(value, old: old.map(Old.compared) ?? .unmarked)
    return writer.line
  }

  /// The text of a value without marks, on one line.
  static func text(_ value: PlainValue, limit: Int = 240, isBrief: Bool = false) -> String {
    line(value, limit: limit, isBrief: isBrief).text
  }

  /// The value that a part is compared with.
  private enum Old {
    /// No comparison: the part is not marked.
    case unmarked
    case compared(PlainValue)
    /// The part did not exist: all of it is new.
    case absent
  }

  private struct Writer {
    var line = StyledLine()
    private var left: Int
    private let isBrief: Bool
    /// The number of enclosing brackets.
    private var depth = 0

    init(limit: Int, isBrief: Bool) {
      left = limit
      self.isBrief = isBrief
    }

    mutating func append(_ text: String, _ style: Style) {
      guard left > 0 else { return }
      left -= text.utf8.count
      if let last = line.runs.indices.last, line.runs[last].style == style {
        line.runs[last].text += text
      } else {
        line.append(text, style)
      }
      if left <= 0 { line.append("…", style) }
    }

    mutating func write(_ value: PlainValue, old: Old) {
      guard left > 0 else { return }
      if isBrief, depth > 0, let words = value.briefWords {
        var isChanged = false
        switch old {
        case .unmarked: break
        case .absent: isChanged = true
        case .compared(let old): isChanged = old != value
        }
        return append(words, isChanged ? Style(.change, bold: true) : .plain)
      }
      var style = Style.plain
      switch old {
      case .unmarked: break
      case .absent: style = Style(.change, bold: true)
      case .compared(let old) where old == value: break
      case .compared(let old):
        if writeParts(of: value, old: old) { return }
        style = Style(.change, bold: true)
      }
      if !writeParts(of: value, all: style) { append(value.description, style) }
    }

    /// Writes a value with parts, all in one style. Returns false for a value without parts.
    private mutating func writeParts(of value: PlainValue, all style: Style) -> Bool {
      let old = style == .plain ? Old.unmarked : .absent
      switch value.asWritten {
      case .set(let elements): bracket("{", elements, "}", style) { $0.write($1, old: old) }
      case .tuple(let elements): bracket("<<", elements, ">>", style) { $0.write($1, old: old) }
      case .record(let fields):
        bracket("[", fields, "]", style) { writer, field in
          writer.append("\(field.name) |-> ", style)
          writer.write(field.value, old: old)
        }
      case .function(let pairs):
        bracket("(", pairs, ")", style, separator: " @@ ") { writer, pair in
          writer.append("\(pair.argument) :> ", style)
          writer.write(pair.value, old: old)
        }
      default: return false
      }
      return true
    }

    /// Writes a value with parts and marks the changed ones. Returns false if the two values have no parts in common.
    private mutating func writeParts(of value: PlainValue, old: PlainValue) -> Bool {
      switch (value.asWritten, old.asWritten) {
      case (.set(let elements), .set(let before)):
        let known = Set(before)
        // If a set only lost elements, its braces are marked.
        let style = elements.allSatisfy(known.contains) ? Style(.change, bold: true) : Style.plain
        bracket("{", elements, "}", style) { $0.write($1, old: known.contains($1) ? .unmarked : .absent) }
      case (.tuple(let elements), .tuple):
        var added = Set<Int>()
        for difference in ValueDifference.between(old, value) {
          guard case .position(let position)? = difference.path.first else { continue }
          if case .removed = difference.change, difference.path.count == 1 { continue }
          added.insert(position)
        }
        let style = added.isEmpty ? Style(.change, bold: true) : Style.plain
        bracket("<<", Array(elements.enumerated()), ">>", style) { writer, element in
          writer.write(element.element, old: added.contains(element.offset) ? .absent : .unmarked)
        }
      case (.record(let fields), .record):
        bracket("[", fields, "]", .plain) { writer, field in
          writer.append("\(field.name) |-> ", .plain)
          writer.write(field.value, old: old.value(at: .string(field.name)).map(Old.compared) ?? .absent)
        }
      case (.function(let pairs), .function):
        bracket("(", pairs, ")", .plain, separator: " @@ ") { writer, pair in
          writer.append("\(pair.argument) :> ", .plain)
          writer.write(pair.value, old: old.value(at: pair.argument).map(Old.compared) ?? .absent)
        }
      default:
        return false
      }
      return true
    }

    private mutating func bracket<Part>(
      _ open: String, _ parts: [Part], _ close: String, _ style: Style, separator: String = ", ",
      _ write: (inout Writer, Part) -> Void
    ) {
      append(open, style)
      depth += 1
      defer { depth -= 1 }
      for (index, part) in parts.enumerated() {
        guard left > 0 else { return }
        if index > 0 { append(separator, style) }
        write(&self, part)
      }
      append(close, style)
    }
  }
}
