/// Writes diagnostics as text for a terminal or a log, without colour.
///
/// ```
/// Counter.tla:5:12: error: expected an expression, found `)` [expected]
///   5 | Next == x' = )
///     |              ^
/// hint: …
/// ```
package enum DiagnosticRenderer {
  /// The number of columns of a source line that are shown.
  private static let window = 100

  /// The diagnostic with its places, notes and hint. Line breaks separate the lines; the text does not end with one.
  package static func render(_ diagnostic: Diagnostic) -> String {
    let severity = diagnostic.severity == .error ? "error" : "warning"
    var lines = place(diagnostic.span, "\(severity): \(diagnostic.message) [\(diagnostic.code.rawValue)]")
    for note in diagnostic.notes { lines += place(note.span, "note: \(note.message)") }
    if let hint = diagnostic.hint { lines.append("hint: \(hint)") }
    return lines.joined(separator: "\n")
  }

  /// The first diagnostics, and how many more there are.
  package static func render(_ diagnostics: [Diagnostic]) -> [String] {
    let shown = 20
    let more = diagnostics.count - shown
    return diagnostics.prefix(shown).map { render($0) }
      + (more > 0 ? ["and \(more) more errors and warnings"] : [])
  }

  private static func place(_ span: SourceSpan?, _ message: String) -> [String] {
    guard let span else { return [message] }
    let position = span.startPosition
    return ["\(span.file.name):\(position.line):\(position.column): \(message)"] + excerpt(span, position)
  }

  /// The source line, with the part in the span marked.
  private static func excerpt(_ span: SourceSpan, _ position: SourcePosition) -> [String] {
    let line = Array(span.file.line(position.line).unicodeScalars)
    if line.isEmpty, span.start == span.end, position.line == 1 { return [] }
    let place = min(position.column - 1, line.count)
    // In a very long line, only the part that may be shown is examined.
    let start = max(0, place - 2 * window)
    let cells = cells(of: line[start..<min(place + 2 * window, line.count)])
    let first = place - start
    let end = span.file.position(of: span.end)
    var last = end.line == position.line ? min(end.column - 1 - start, cells.count) : cells.count
    last = max(last, first)

    var shown = 0..<cells.count
    let width = { (range: Range<Int>) in range.reduce(0) { $0 + cells[$1].width } }
    if width(shown) > window {
      var left = first
      var used = 0
      while left > 0, used + cells[left - 1].width <= window / 3 {
        left -= 1
        used += cells[left].width
      }
      var stop = first
      while stop < cells.count, used + cells[stop].width <= window {
        used += cells[stop].width
        stop += 1
      }
      while left > 0, used + cells[left - 1].width <= window {
        left -= 1
        used += cells[left].width
      }
      shown = left..<stop
    }
    let before = start + shown.lowerBound > 0 ? "…" : ""
    let after = start + shown.upperBound < line.count ? "…" : ""
    let number = String(position.line)
    let text = before + cells[shown].map(\.text).joined() + after
    let indent = before.count + width(shown.lowerBound..<first)
    let marked = max(width(first..<max(first, min(last, shown.upperBound))), 1)
    let marks = String(repeating: " ", count: indent) + "^" + String(repeating: "~", count: marked - 1)
    return ["  \(number) | \(text)", "  \(String(repeating: " ", count: number.count)) | \(marks)"]
  }

  /// A scalar of a source line, as shown.
  private struct Cell {
    let text: String
    let width: Int
  }

  /// The scalars of the line. A tab becomes blanks up to the next multiple of 8; control characters are escaped.
  private static func cells(of line: ArraySlice<Unicode.Scalar>) -> [Cell] {
    var cells: [Cell] = []
    var column = 0
    for scalar in line {
      let cell: Cell
      if scalar == "\t" {
        let blanks = 8 - column % 8
        cell = Cell(text: String(repeating: " ", count: blanks), width: blanks)
      } else if let escaped = Printable.escaped(scalar) {
        cell = Cell(text: escaped, width: escaped.count)
      } else {
        cell = Cell(text: String(scalar), width: width(of: scalar))
      }
      cells.append(cell)
      column += cell.width
    }
    return cells
  }

  /// The number of columns that a terminal uses for a scalar.
  private static func width(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
