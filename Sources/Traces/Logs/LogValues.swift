import BigInt
import StateSpace

/// Turns the values of a log into values of a model.
struct LogValues {
  /// The texts that are model values.
  var modelValues: Set<String> = []
  /// The model's names for names of the log.
  var names: [String: String] = [:]
  /// For each member whose values count by rank: the rank of each value, as it is written.
  var ranks: [String: [String: Int]] = [:]

  /// `member` is the name of the member that has the value.
  func plain(_ json: JSONValue, member: String? = nil) -> PlainValue {
    if let member, let ranks = ranks[member], let key = json.scalarText, let rank = ranks[key] {
      return .integer(BigInt(rank))
    }
    switch json {
    case .null: return text("null")
    case .boolean(let truth): return .boolean(truth)
    case .integer(let number): return .integer(BigInt(number))
    case .largeInteger(let number): return .integer(number)
    // TLA+ has no fractions: such a number stays a text that equals no number.
    case .number(let number): return number.whole.map { .integer(BigInt($0)) } ?? .string(String(number))
    case .string(let text): return self.text(text)
    case .array(let elements): return .tuple(elements.map { plain($0, member: member) })
    case .object(let members):
      if members.count == 1, members[0].name.hasPrefix("#"),
        let value = try? ITFValueDecoder(modelValues: spelledModelValues, file: "").value(json, at: "")
      {
        return value
      }
      let pairs = members.map {
        PlainValue.Pair(argument: text($0.name), value: plain($0.value, member: $0.name))
      }
      return PlainValue.function(of: pairs) ?? .tuple([])
    }
  }

  private var spelledModelValues: [String: String] {
    Dictionary(uniqueKeysWithValues: modelValues.map { ($0, $0) })
  }

  func text(_ text: String) -> PlainValue {
    let name = names[text] ?? text
    return modelValues.contains(name) ? .modelValue(name) : .string(name)
  }

  /// Whether a value of a log stands for the value of a state. An array may stand for a set, an object for a function.
  static func matches(state: PlainValue, logged: PlainValue) -> Bool {
    state.canonical == logged.typed(like: state).canonical
  }
}

extension JSONValue {
  /// A text, a number or a truth value as it is written, without a fraction that is zero; nil for anything else.
  var scalarText: String? {
    switch self {
    case .null: "null"
    case .boolean(let truth): truth ? "true" : "false"
    case .integer(let number): String(number)
    case .largeInteger(let number): String(number)
    case .number(let number): number.whole.map(String.init) ?? String(number)
    case .string(let text): text
    case .array, .object: nil
    }
  }
}

extension Double {
  /// The same number as an integer, if it is one that is represented exactly: some loggers write 5 as 5.0.
  var whole: Int? { magnitude < 0x1p53 ? Int(exactly: self) : nil }
}
