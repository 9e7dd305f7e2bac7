import TLASemantics

/// `ToJson(e)` and the operators that write and read JSON files.
final class JSONNode: BuiltinNode {
  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let first = try arguments.evaluate(0, machine)
    if builtin == .toJSON { return store.string(try text(of: first, machine)) }
    guard store.isString(first) else {
      throw site.failure("the name of a file is expected here, and the value is \(store.describe(first))")
    }
    let path = store.name(ofAtom: first)
    guard let files = machine.files else {
      throw site.failure("the specification uses the file \(path): allow it with --allow-output")
    }
    do {
      switch builtin {
      case .jsonSerialize:
        try files.write(text(of: arguments.evaluate(1, machine), machine) + "\n", to: path)
        return .yes
      case .ndJSONSerialize:
        let rows = try arguments.evaluate(1, machine)
        try here { try store.requireSequence(rows, "the second argument of ndJsonSerialize") }
        let lines = try (0..<store.length(rows)).map {
          try text(of: store.functionValue(rows, $0), machine) + "\n"
        }
        try files.write(lines.joined(), to: path)
        return .yes
      case .jsonDeserialize:
        return try value(of: PlainJSONReader.value(in: files.read(path)), machine)
      default:
        let lines = try files.read(path).split(whereSeparator: \.isNewline)
        return try value(of: .tuple(lines.map { try PlainJSONReader.value(in: String($0)) }), machine)
      }
    } catch let error as FileProblem {
      throw site.failure("\(path): \(error.message)")
    }
  }

  private func text(of value: Value, _ machine: Machine) throws -> String {
    let value = value.tag == Value.Tag.symbolicSet ? try here { try machine.store.enumerated(value) } : value
    return machine.store.plain(value).json
  }

  private func value(of plain: PlainValue, _ machine: Machine) throws -> Value {
    try here { try machine.store.value(plain) }
  }
}

/// The reason why a file cannot be used.
package struct FileProblem: Error {
  package let message: String
  package init(_ message: String) { self.message = message }
}

/// The files that a specification may use.
package protocol FileAccess: Sendable {
  /// Throws `FileProblem`.
  func read(_ path: String) throws -> String
  func write(_ text: String, to path: String) throws
}

extension PlainValue {
  /// The value as TLC's module Json writes it: sets and sequences become arrays, functions become objects whose keys are the printed
  /// arguments.
  var json: String {
    switch self {
    case .boolean(let value): value ? "true" : "false"
    case .integer(let number): number.description
    case .string(let text), .modelValue(let text), .symbolicSet(let text): Self.quoted(text)
    case .set(let elements), .tuple(let elements): "[" + elements.map(\.json).joined(separator: ",") + "]"
    case .record(let fields):
      "{" + fields.map { Self.quoted($0.name) + ":" + $0.value.json }.joined(separator: ",") + "}"
    case .function(let pairs):
      "{" + pairs.map { Self.key($0.argument) + ":" + $0.value.json }.joined(separator: ",") + "}"
    }
  }

  private static func key(_ argument: PlainValue) -> String {
    if case .string(let text) = argument { return quoted(text) }
    return quoted(argument.description)
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
