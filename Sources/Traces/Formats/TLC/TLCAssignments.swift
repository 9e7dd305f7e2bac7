internal import StateSpace
internal import TLASyntax

/// A variable with its value, as a state of a trace lists it.
struct TLCAssignment {
  let name: String
  let value: PlainValue
  /// Counted from 0 in the file.
  let line: Int
}

/// The text of a state: lines of a file that begin with `/\ x = 1` or `x = 1`, or continue the line before.
struct TLCStateText {
  let file: String
  let lines: ArraySlice<Substring>

  /// Whether a line can be the first of a state.
  static func begins(_ line: Substring) -> Bool { isConjunct(line) || isAssignment(line) }

  /// The number of lines at the front that belong to a state. A line continues a value if a bracket is open or the line is indented.
  /// Otherwise it must be an item of a list.
  static func length(of lines: ArraySlice<Substring>, isEnd: (Substring) -> Bool) -> Int {
    var balance = BracketBalance()
    var count = 0
    let margin = lines.first.map(indentation) ?? 0
    for line in lines {
      if TLCHeading.trimmed(line).isEmpty || isEnd(line) { break }
      let belongs =
        count == 0 ? begins(line) : balance.isOpen || begins(line) || indentation(line) > margin
      guard belongs else { break }
      balance.read(line)
      count += 1
    }
    return count
  }

  private static func indentation(_ line: Substring) -> Int { line.prefix { $0 == " " || $0 == "\t" }.count }

  private static func isConjunct(_ line: Substring) -> Bool {
    let line = TLCHeading.trimmed(line)
    return line.hasPrefix("/\\") || line.hasPrefix("∧")
  }

  private static func isAssignment(_ line: Substring) -> Bool {
    let line = TLCHeading.trimmed(line)
    let name = line.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "!" }
    guard !name.isEmpty else { return false }
    let rest = TLCHeading.trimmed(line.dropFirst(name.count))
    return rest.hasPrefix("=") && !rest.hasPrefix("==")
  }

  /// The variables with their values. Throws `TraceReadingError`.
  func assignments() throws -> [TLCAssignment] {
    guard !lines.isEmpty else { return [] }
    let text = lines.joined(separator: "\n")
    do {
      var result: [TLCAssignment] = []
      for conjunct in TLCStateText.conjuncts(of: try TLAValueReader.expression(text)) {
        let line = lines.startIndex + conjunct.span.startPosition.line - 1
        guard case .infix(let operation, let left, let right) = conjunct.kind, operation.symbol == "=",
          case .name(let path) = left.kind, path.components.count == 1, let variable = path.components.first,
          variable.arguments.isEmpty
        else {
          throw error(
            line, column: conjunct.span.startPosition.column,
            "a variable with its value is expected here: /\\ x = 1", nil)
        }
        let name = variable.name.text
        guard !result.contains(where: { $0.name == name }) else {
          throw error(line, column: nil, "\(name) stands in this state for the second time", nil)
        }
        result.append(TLCAssignment(name: name, value: try TLAValueReader.value(right), line: line))
      }
      return result
    } catch let problem as TLAValueReader.Problem {
      let line = min(
        lines.startIndex + problem.position.line - 1, max(lines.startIndex, lines.endIndex - 1))
      throw error(line, column: problem.position.column, problem.message, problem.hint)
    }
  }

  /// Whether the text is incomplete: a bracket is open, or a value is missing at the end.
  var isUnfinished: Bool {
    var balance = BracketBalance()
    for line in lines { balance.read(line) }
    if balance.isOpen { return true }
    guard let last = lines.last.map(TLCHeading.trimmed) else { return true }
    let operators = ["=", "/\\", "|->", ":>", "@@", "..", ",", "-", "|-", "/"]
    return operators.contains { last.hasSuffix($0) } || last.hasPrefix("/\\") && !last.contains("=")
  }

  private static func conjuncts(of expression: Expression) -> [Expression] {
    switch expression.kind {
    case .junction(.conjunction, let items), .row(.conjunction, let items): items
    default: [expression]
    }
  }

  private func error(_ line: Int, column: Int?, _ message: String, _ hint: String?) -> TraceReadingError {
    TraceReadingError(file: file, line: line + 1, column: column, message: message, hint: hint)
  }
}
