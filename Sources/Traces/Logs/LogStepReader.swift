/// Reads steps as a mapping writes them: `Register($.node, _)`.
package enum LogStepReader {
  /// Throws `LogText.Problem`.
  package static func read(_ text: String) throws(LogText.Problem) -> LogMapping.Step {
    let text = text.filter { $0 != "\n" }
    guard let open = text.firstIndex(of: "(") else {
      return LogMapping.Step(action: trimmed(text[...]), arguments: [])
    }
    guard text.last(where: { $0 != " " }) == ")", let close = text.lastIndex(of: ")") else {
      throw LogText.Problem(message: "expected `)` at the end of \(text)")
    }
    var arguments: [LogText?] = []
    for part in parts(text[text.index(after: open)..<close]) {
      let part = trimmed(part)
      arguments.append(part == "_" ? nil : try LogText(part))
    }
    return LogMapping.Step(action: trimmed(text[..<open]), arguments: arguments)
  }

  /// The parts between the commas that stand in no brackets and no string.
  private static func parts(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var depth = 0
    var isInString = false
    var start = text.startIndex
    var before: Character?
    for index in text.indices {
      let character = text[index]
      defer { before = character == before && !isInString ? nil : character }
      if isInString {
        if character == "\"", before != "\\" { isInString = false }
        continue
      }
      switch character {
      case "\"": isInString = true
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      case "<" where before == "<": depth += 1
      case ">" where before == ">": depth -= 1
      case ",":
        guard depth == 0 else { continue }
        parts.append(text[start..<index])
        start = text.index(after: index)
      default: break
      }
    }
    parts.append(text[start...])
    return parts
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
