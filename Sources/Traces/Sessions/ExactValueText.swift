internal import BigInt
internal import StateSpace

/// Values as JSON without any loss: the reader returns what was written, including model values.
///
///     boolean, integer, string   as themselves; an integer beyond the machine's as {"int": "…"}
///     tuple                      [ … ]
///     anything else              {"model": …} {"set": […]} {"map": [[argument, value], …]} {"record": {…}} {"symbolic": …}
enum ExactValueText {
  static func json(_ value: PlainValue) -> JSONValue {
    switch value {
    case .boolean(let value): .boolean(value)
    case .integer(let value): Int(exactly: value).map(JSONValue.integer) ?? tagged("int", .string("\(value)"))
    case .string(let text): .string(text)
    case .modelValue(let name): tagged("model", .string(name))
    case .set(let elements): tagged("set", .array(elements.map(json)))
    case .tuple(let elements): .array(elements.map(json))
    case .function(let pairs):
      tagged("map", .array(pairs.map { .array([json($0.argument), json($0.value)]) }))
    case .record(let fields):
      tagged("record", .object(fields.map { JSONValue.Member($0.name, json($0.value)) }))
    case .symbolicSet(let text): tagged("symbolic", .string(text))
    }
  }

  private static func tagged(_ tag: String, _ value: JSONValue) -> JSONValue {
    .object([JSONValue.Member(tag, value)])
  }

  /// Nil for JSON that this writer does not write.
  static func value(_ json: JSONValue) -> PlainValue? {
    switch json {
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(BigInt(value))
    case .string(let text): return .string(text)
    case .array(let elements): return all(elements, value).map(PlainValue.tuple)
    case .object(let members):
      guard members.count == 1, let member = members.first else { return nil }
      return value(tag: member.name, member.value)
    case .null, .largeInteger, .number: return nil
    }
  }

  private static func value(tag: String, _ json: JSONValue) -> PlainValue? {
    switch (tag, json) {
    case ("int", .string(let digits)): BigInt(digits).map(PlainValue.integer)
    case ("model", .string(let name)): .modelValue(name)
    case ("symbolic", .string(let text)): .symbolicSet(text)
    case ("set", .array(let elements)): all(elements, value).map(PlainValue.set)
    case ("map", .array(let pairs)):
      all(pairs) { pair in
        guard case .array(let sides) = pair, sides.count == 2, let argument = value(sides[0]),
          let result = value(sides[1])
        else { return nil }
        return PlainValue.Pair(argument: argument, value: result)
      }.map(PlainValue.function)
    case ("record", .object(let members)):
      all(members) { member in value(member.value).map { PlainValue.Field(name: member.name, value: $0) } }
        .map(PlainValue.record)
    default: nil
    }
  }

  /// The results for all elements; nil if one of them has none.
  private static func all<Element, Result>(
    _ elements: [Element], _ transform: (Element) -> Result?
  ) -> [Result]? {
    var results: [Result] = []
    for element in elements {
      guard let result = transform(element) else { return nil }
      results.append(result)
    }
    return results
  }
}
