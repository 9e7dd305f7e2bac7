package import BigInt

/// A value spelled out as a tree, independent of any engine's memory: what leaves the engine, and what goes in
/// from a file.
///
/// It is canonical: a set's elements and a function's pairs are in TLC's order without duplicates, a function over
/// `1..n` is a tuple (the empty function is `<<>>`), a function over strings is a record. So `==` is TLA+'s equality
/// for values that came from the engine.
package indirect enum PlainValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(BigInt)
  case string(String)
  case modelValue(String)
  case set([PlainValue])
  case tuple([PlainValue])
  /// Neither a tuple nor a record.
  case function([Pair])
  case record([Field])
  /// A set that is not enumerated, such as `Nat` or `Seq({1})`, as TLC prints it.
  case symbolicSet(String)

  package struct Pair: Hashable, Sendable {
    package let argument: PlainValue
    package let value: PlainValue
    package init(argument: PlainValue, value: PlainValue) {
      self.argument = argument
      self.value = value
    }
  }

  package struct Field: Hashable, Sendable {
    package let name: String
    package let value: PlainValue
    package init(name: String, value: PlainValue) {
      self.name = name
      self.value = value
    }
  }
}

extension PlainValue: CustomStringConvertible {
  /// The value on one line, as TLC prints it.
  package var description: String {
    switch self {
    case .boolean(let value): value ? "TRUE" : "FALSE"
    case .integer(let value): String(value)
    case .string(let text): "\"\(PlainValue.escaped(text))\""
    case .modelValue(let name), .symbolicSet(let name): name
    case .set(let elements): "{" + elements.map(\.description).joined(separator: ", ") + "}"
    case .tuple(let elements): "<<" + elements.map(\.description).joined(separator: ", ") + ">>"
    case .function(let pairs):
      "(" + pairs.map { "\($0.argument) :> \($0.value)" }.joined(separator: " @@ ") + ")"
    case .record(let fields): "[" + fields.map { "\($0.name) |-> \($0.value)" }.joined(separator: ", ") + "]"
    }
  }

  /// A string's contents as they stand between quotes in a spec: `"`, `\` and control characters escaped.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.unicodeScalars {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0C}": result += "\\f"
      default: result.unicodeScalars.append(character)
      }
    }
    return result
  }
}
