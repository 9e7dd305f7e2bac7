import TLASemantics

/// `ToJson(e)` and the operators that write and read JSON files.
final class JSONNode: BuiltinNode {
  override func evaluate(_ machine: Machine) throws -> Value {
    let store = machine.store
    let first = try arguments.evaluate(0, machine)
    switch builtin {
    case .toJSON: return try store.madeString(plain(first, machine).json)
    case .toJSONArray: return try store.madeString(array(first, machine))
    case .toJSONObject: return try store.madeString(object(first, machine))
    default: break
    }
    guard store.isString(first) else {
      throw site.failure("the name of a file is expected here, and the value is \(store.describe(first))")
    }
    let path = store.name(ofAtom: first)
    let host = try machine.host(site)
    return try onHost {
      switch builtin {
      case .jsonSerialize:
        try host.write(plain(arguments.evaluate(1, machine), machine).json, to: path)
        return .yes
      case .ndJSONSerialize:
        try host.write(Self.lines(arguments.evaluate(1, machine), machine, site), to: path)
        return .yes
      case .jsonDeserialize:
        return try value(of: Self.value(in: host.read(path), of: path), machine)
      default:
        let lines = try host.read(path).split(whereSeparator: \.isNewline).filter {
          !$0.allSatisfy(\.isWhitespace)
        }
        return try value(of: .tuple(lines.map { try Self.value(in: String($0), of: path) }), machine)
      }
    }
  }

  private static func value(in text: String, of path: String) throws -> PlainValue {
    do { return try PlainJSONReader.value(in: text) } catch let problem as HostProblem {
      throw HostProblem("\(path): \(problem.message)")
    }
  }

  /// The elements of a sequence as JSON, a line each.
  static func lines(_ rows: Value, _ machine: Machine, _ site: Site) throws -> String {
    let store = machine.store
    do {
      try store.requireSequence(rows, "what is written as lines of JSON")
      return try (0..<store.length(rows)).map {
        try store.plain(store.ordinary(store.functionValue(rows, $0))).json + "\n"
      }.joined()
    } catch let error as ValueError { throw site.failure(error) }
  }

  private func plain(_ value: Value, _ machine: Machine) throws -> PlainValue {
    try here { machine.store.plain(try machine.store.ordinary(value)) }
  }

  /// A sequence or a set as an array; a function stays an object, as in TLC.
  private func array(_ value: Value, _ machine: Machine) throws -> String {
    let plain = try plain(value, machine)
    switch plain {
    case .tuple, .set, .function: return plain.json
    default:
      throw site.failure(
        "the argument of ToJsonArray is \(machine.store.describe(value)), and neither a sequence nor a set")
    }
  }

  /// A record or a function as an object. The keys of a sequence count from 0, as in TLC.
  private func object(_ value: Value, _ machine: Machine) throws -> String {
    let plain = try plain(value, machine)
    switch plain {
    case .tuple(let elements):
      return PlainValue.record(
        elements.enumerated().map { PlainValue.Field(name: String($0.offset), value: $0.element) }
      ).json
    case .record, .function: return plain.json
    default:
      throw site.failure(
        "the argument of ToJsonObject is \(machine.store.describe(value)), and neither a record nor a function"
      )
    }
  }

  private func value(of plain: PlainValue, _ machine: Machine) throws -> Value {
    try here { try machine.store.value(plain) }
  }
}

extension ValueStore {
  /// The value with a described set enumerated.
  func ordinary(_ value: Value) throws -> Value {
    value.tag == Value.Tag.symbolicSet ? try enumerated(value) : value
  }
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
