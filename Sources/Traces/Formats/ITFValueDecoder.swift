import BigInt
internal import StateSpace

/// Reads values in the JSON of the Informal Trace Format.
struct ITFValueDecoder {
  /// The model value that each text in the file stands for.
  let modelValues: [String: String]
  let file: String

  /// The most digits of a number: converting decimal digits takes quadratic time.
  private static let largestNumberOfDigits = 10_000

  /// Throws a `TraceReadingError` that names the value by its path.
  func value(_ json: JSONValue, at path: String) throws -> PlainValue {
    switch json {
    case .boolean(let truth): return .boolean(truth)
    case .integer(let number): return .integer(BigInt(number))
    case .string(let text): return string(text)
    case .array(let elements): return .tuple(try values(elements, at: path))
    case .object(let members): return try object(members, at: path)
    case .largeInteger, .number:
      throw error(
        path, "this number is no integer that can be read exactly", hint: "write it as {\"#bigint\": \"1\"}")
    case .null:
      throw error(path, "null is no value of TLA+", hint: nil)
    }
  }

  private func string(_ text: String) -> PlainValue {
    if let name = modelValues[text] { .modelValue(name) } else { .string(text) }
  }

  private func values(_ elements: [JSONValue], at path: String) throws -> [PlainValue] {
    try elements.enumerated().map { try value($0.element, at: "\(path)[\($0.offset)]") }
  }

  private func object(_ members: [JSONValue.Member], at path: String) throws -> PlainValue {
    guard members.count == 1, let member = members.first, member.name.hasPrefix("#") else {
      return try record(members, at: path)
    }
    let inner = "\(path)[\"\(member.name)\"]"
    switch (member.name, member.value) {
    case ("#bigint", .string(let digits)):
      return .integer(try integer(digits, at: inner))
    case ("#tup", .array(let elements)):
      return .tuple(try values(elements, at: inner))
    case ("#set", .array(let elements)):
      return ITFValueDecoder.set(try values(elements, at: inner))
    case ("#map", .array(let pairs)):
      return try function(pairs, at: inner)
    case ("#unserializable", .string(let text)):
      return .symbolicSet(text)
    case ("#bigint", let other), ("#unserializable", let other):
      throw error(inner, "a string is expected here, not \(other.kind)", hint: nil)
    case ("#tup", let other), ("#set", let other), ("#map", let other):
      throw error(inner, "an array is expected here, not \(other.kind)", hint: nil)
    default:
      throw error(
        path, "\(member.name) is no tag of the format",
        hint: "the tags are #bigint, #tup, #set, #map and #unserializable")
    }
  }

  private func record(_ members: [JSONValue.Member], at path: String) throws -> PlainValue {
    if let tag = members.first(where: { $0.name.hasPrefix("#") }) {
      throw error(path, "\(tag.name) must be the only member of its object", hint: nil)
    }
    if members.isEmpty { return .tuple([]) }
    let fields = try members.map {
      PlainValue.Field(name: $0.name, value: try value($0.value, at: "\(path).\($0.name)"))
    }
    return .record(fields)
  }

  private func integer(_ digits: String, at path: String) throws -> BigInt {
    let number = digits.hasPrefix("-") ? digits.dropFirst() : digits[...]
    guard !number.isEmpty, number.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else {
      throw error(path, "\"\(digits.prefix(40))\" is no integer in decimal digits", hint: nil)
    }
    guard number.utf8.count <= ITFValueDecoder.largestNumberOfDigits, let value = BigInt(digits, radix: 10)
    else {
      throw error(
        path, "the integer has more than \(ITFValueDecoder.largestNumberOfDigits) digits", hint: nil)
    }
    return value
  }

  private func function(_ pairs: [JSONValue], at path: String) throws -> PlainValue {
    let decoded = try pairs.enumerated().map { index, pair in
      guard case .array(let parts) = pair, parts.count == 2 else {
        throw error(
          "\(path)[\(index)]", "a pair of argument and value is expected here, not \(pair.kind)", hint: nil)
      }
      return PlainValue.Pair(
        argument: try value(parts[0], at: "\(path)[\(index)][0]"),
        value: try value(parts[1], at: "\(path)[\(index)][1]"))
    }
    guard let function = PlainValue.function(of: decoded) else {
      throw error(path, "an argument has two different values", hint: nil)
    }
    return function
  }

  /// The elements of a set stay in the file's order, which is TLC's in our own files. Integers are sorted in any case.
  private static func set(_ elements: [PlainValue]) -> PlainValue {
    var seen = Set<PlainValue>()
    var unique = elements.filter { seen.insert($0.canonical).inserted }
    let integers = unique.compactMap { if case .integer(let number) = $0 { number } else { nil } }
    if integers.count == unique.count { unique = integers.sorted().map { .integer($0) } }
    return .set(unique)
  }

  private func error(_ path: String, _ message: String, hint: String?) -> TraceReadingError {
    TraceReadingError(file: file, path: path, message: message, hint: hint)
  }
}
