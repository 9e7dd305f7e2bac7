package import BigInt

/// A JSON value. An object's members keep their order.
package indirect enum JSONValue: Sendable, Hashable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// An integer that does not fit the machine's.
  case largeInteger(BigInt)
  /// A number with a fraction or an exponent.
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Sendable, Hashable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value of an object's member; nil if the object lacks it or the value is not an object.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The kind of value, for messages: `an array`.
  var kind: String {
    switch self {
    case .null: "null"
    case .boolean: "a truth value"
    case .integer, .largeInteger, .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }

  /// The value as JSON text without a final line break. Down to the depth `expanded`, each element of an array or object gets its own line.
  /// The text holds no control characters except line breaks.
  package func text(expanded: Int = 0) -> String {
    var output = ""
    write(to: &output, depth: 0, expanded: expanded)
    return output
  }

  private func write(to output: inout String, depth: Int, expanded: Int) {
    switch self {
    case .null: output += "null"
    case .boolean(let value): output += value ? "true" : "false"
    case .integer(let value): output += String(value)
    case .largeInteger(let value): output += String(value)
    case .number(let value): output += value.isFinite ? String(value) : "null"
    case .string(let text): JSONValue.quote(text, to: &output)
    case .array(let elements):
      JSONValue.list(elements, in: ("[", "]"), to: &output, depth: depth, expanded: expanded) {
        element, output in
        element.write(to: &output, depth: depth + 1, expanded: expanded)
      }
    case .object(let members):
      JSONValue.list(members, in: ("{", "}"), to: &output, depth: depth, expanded: expanded) {
        member, output in
        JSONValue.quote(member.name, to: &output)
        output += ": "
        member.value.write(to: &output, depth: depth + 1, expanded: expanded)
      }
    }
  }

  private static func list<Element>(
    _ elements: [Element], in brackets: (String, String), to output: inout String, depth: Int, expanded: Int,
    write: (Element, inout String) -> Void
  ) {
    output += brackets.0
    let isExpanded = depth < expanded && !elements.isEmpty
    for (index, element) in elements.enumerated() {
      if index > 0 { output += isExpanded ? "," : ", " }
      if isExpanded { output += "\n" + String(repeating: "  ", count: depth + 1) }
      write(element, &output)
    }
    if isExpanded { output += "\n" + String(repeating: "  ", count: depth) }
    output += brackets.1
  }

  private static func quote(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\t": output += "\\t"
      case "\r": output += "\\r"
      case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}":
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
