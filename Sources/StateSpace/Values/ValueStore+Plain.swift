import BigInt

/// Converts between words and trees.
extension ValueStore {
  /// Spells out a value. A symbolic set is enumerated if it is finite and not large. The trees of composite values are kept, so states that
  /// share a value share its tree. Spelling out a state costs only what earlier states do not share.
  func plain(_ value: Value) -> PlainValue {
    guard value.isComposite else {
      var parts = 1
      return spell(value, upTo: &parts) { part, _ in plain(part) }
    }
    if let known = spelled[value] { return known }
    var parts = Int.max
    let made = spell(value, upTo: &parts) { part, _ in plain(part) }
    if value.bits < transientFloor { spelled.keep(made, for: value, parts: partCount(value)) }
    return made
  }

  /// Spells out at most `parts` parts and leaves out the rest. Each part lowers `parts` by one.
  private func plain(_ value: Value, upTo parts: inout Int) -> PlainValue {
    spell(value, upTo: &parts) { plain($0, upTo: &$1) }
  }

  /// The number of a composite value's direct parts.
  private func partCount(_ value: Value) -> Int {
    switch value.tag {
    case Value.Tag.set, Value.Tag.tuple: length(value)
    case Value.Tag.record, Value.Tag.function: 2 * functionCount(value)
    default: 1
    }
  }

  /// Spells out a value; `plain` spells out its parts.
  private func spell(
    _ value: Value, upTo parts: inout Int, _ plain: (Value, inout Int) -> PlainValue
  ) -> PlainValue {
    parts -= 1
    switch value.tag {
    case Value.Tag.integer, Value.Tag.bigInteger:
      return .integer(bigInteger(value))
    case Value.Tag.atom:
      if value.isBoolean { return .boolean(value == .yes) }
      let name = name(ofAtom: value)
      return isModelValue(value) ? .modelValue(name) : .string(name)
    case Value.Tag.set:
      return .set(
        each(length(value), upTo: &parts) { plain(Value(bits: payload(value)[$0]), &$1) })
    case Value.Tag.tuple:
      return .tuple(each(length(value), upTo: &parts) { plain(functionValue(value, $0), &$1) })
    case Value.Tag.record:
      return .record(
        each(functionCount(value), upTo: &parts) {
          PlainValue.Field(
            name: name(ofAtom: functionArgument(value, $0)), value: plain(functionValue(value, $0), &$1)
          )
        })
    case Value.Tag.function:
      return .function(
        each(functionCount(value), upTo: &parts) {
          PlainValue.Pair(
            argument: plain(functionArgument(value, $0), &$1),
            value: plain(functionValue(value, $0), &$1))
        })
    default:
      let size = finiteness(of: value) == true ? (try? cardinality(value)) : nil
      if let size, size <= 1 << 16, let enumeration = try? enumerated(value) {
        return plain(enumeration, &parts)
      }
      return .symbolicSet(describeSymbolic(value))
    }
  }

  private func each<Part>(_ count: Int, upTo parts: inout Int, _ make: (Int, inout Int) -> Part) -> [Part] {
    var result: [Part] = []
    result.reserveCapacity(min(count, parts))
    for index in 0..<count {
      guard parts > 0 else { break }
      result.append(make(index, &parts))
    }
    return result
  }

  /// The value on one line for messages, cut if it is very long. The cut part is not spelled out.
  func describe(_ value: Value) -> String {
    if value.isMissing { return "no value" }
    if value.tag == Value.Tag.symbolicSet { return describeSymbolic(value) }
    // Each part takes at least one character, so a text with parts left out is longer than the limit.
    let limit = 400
    var parts = limit + 1
    let text = plain(value, upTo: &parts).description
    return text.count <= limit ? text : text.prefix(limit) + "…"
  }

  /// The value of a tree. Sets and functions may come in any order and with duplicates. Throws `ValueError` for a symbolic set.
  func value(_ plain: PlainValue) throws -> Value { try value(plain, nil) }

  /// The same for trees that share parts: what is `known` is not taken in again, and what is taken in becomes known.
  func value(_ plain: PlainValue, _ known: SharedParts?) throws -> Value {
    if let value = known?[plain] { return value }
    let value = try taken(plain, known)
    known?[plain] = value
    return value
  }

  private func taken(_ plain: PlainValue, _ known: SharedParts?) throws -> Value {
    switch plain {
    case .boolean(let value): return Value(value)
    case .integer(let number): return try literal(number)
    case .string(let text): return try madeString(text)
    case .modelValue(let name): return try madeModelValue(name)
    case .set(let elements): return try set(of: elements.map { try value($0, known) })
    case .tuple(let elements):
      let values = try elements.map { try value($0, known) }
      let start = scratchTop
      for value in values { try push(value) }
      return try popTuple(from: start)
    case .record(let fields):
      return try function(fields.map { (try madeString($0.name), try value($0.value, known)) })
    case .function(let pairs):
      return try function(pairs.map { (try value($0.argument, known), try value($0.value, known)) })
    case .symbolicSet(let name):
      throw ValueError("\(name) has no elements that could be taken in")
    }
  }

  /// The function with those pairs. If an argument occurs twice, the first pair counts.
  func tuple(of values: [Value]) throws -> Value {
    let values = try values.map(part)
    let start = scratchTop
    for value in values { try push(value) }
    return try popTuple(from: start)
  }

  func function(_ pairs: [(Value, Value)]) throws -> Value {
    let pairs = try pairs.map { (try part($0.0), try part($0.1)) }
    let domain = try set(of: pairs.map(\.0))
    let known = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    let start = scratchTop
    for argument in elements(domain) {
      if let value = known[argument] { try push(value) }
    }
    return try popFunction(domain: domain, from: start)
  }
}

/// The composite parts of trees that an explorer has taken in, by their places in memory. It keeps them, so no other part gets such a place.
package final class SharedParts {
  private var parts: [UInt: (plain: PlainValue, value: Value)] = [:]

  package init() {}

  subscript(_ plain: PlainValue) -> Value? {
    get { parts[plain.place]?.value }
    set {
      switch plain {
      case .set, .tuple, .function, .record: parts[plain.place] = newValue.map { (plain, $0) }
      case .boolean, .integer, .string, .modelValue, .symbolicSet: break
      }
    }
  }
}
