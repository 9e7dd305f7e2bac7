package import BigInt

/// A value spelled out as a tree, independent of any engine's memory. Values leave the engine in this form, and values from files enter it
/// in this form.
///
/// It is canonical. A set's elements and a function's pairs are in TLC's order without duplicates. A function over `1..n` is a tuple (the
/// empty function is `<<>>`); a function over strings is a record. So `==` is TLA+'s equality for values that come from the engine.
package indirect enum PlainValue: Hashable, Sendable {
  case boolean(Bool)
  case integer(BigInt)
  case string(String)
  case modelValue(String)
  case set([PlainValue])
  case tuple([PlainValue])
  /// A function that is neither a tuple nor a record.
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

extension PlainValue {
  /// Equality of trees. A shared subtree is recognized by its address, so only the parts that differ are compared.
  package static func == (left: PlainValue, right: PlainValue) -> Bool {
    if left.place == right.place { return true }
    return switch (left, right) {
    case (.boolean(let one), .boolean(let other)): one == other
    case (.integer(let one), .integer(let other)): one == other
    case (.string(let one), .string(let other)): one == other
    case (.modelValue(let one), .modelValue(let other)): one == other
    case (.set(let one), .set(let other)): one == other
    case (.tuple(let one), .tuple(let other)): one == other
    case (.function(let one), .function(let other)): one == other
    case (.record(let one), .record(let other)): one == other
    case (.symbolicSet(let one), .symbolicSet(let other)): one == other
    default: false
    }
  }

  /// The word with which an indirect enum refers to its payload, with the case in its spare bits. The same word means the same tree.
  var place: UInt { unsafeBitCast(self, to: UInt.self) }
}

extension PlainValue: CustomStringConvertible {
  /// The value on one line, as TLC prints it.
  package var description: String {
    switch asWritten {
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

  /// The value in the form in which it is written: a function over strings becomes pairs unless all the strings are field names.
  package var asWritten: PlainValue {
    guard case .record(let fields) = self, !fields.allSatisfy({ Self.isFieldName($0.name) }) else {
      return self
    }
    return .function(fields.map { Pair(argument: .string($0.name), value: $0.value) })
  }

  private static func isFieldName(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == UInt8(ascii: "_") || isLetter($0) || (0x30...0x39).contains($0) }
      && text.utf8.contains(where: isLetter)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  /// The contents of a string as they stand between quotes in a spec, with `"`, `\` and control characters escaped.
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
