internal import StateSpace

/// Writes values in the JSON of the Informal Trace Format (Apalache's ADR-015).
struct ITFValueEncoder {
  /// The spelling of each model value whose name is also the text of a string in the trace.
  let spelling: [String: String]

  /// Chooses spellings that differ from every string of the trace.
  init(for trace: Trace) {
    var strings = Set<String>()
    for step in trace.steps {
      for value in (step.label?.arguments ?? []) + step.values {
        value.forEachPart { part in
          switch part {
          case .string(let text): strings.insert(text)
          case .record(let fields): strings.formUnion(fields.map(\.name))
          default: break
          }
        }
      }
    }
    self.init(modelValues: trace.modelValues, strings: strings)
  }

  /// Chooses spellings of the model values that differ from all the strings.
  init(modelValues names: [String], strings: Set<String>) {
    var taken = strings.union(names)
    var spelling: [String: String] = [:]
    for name in names where strings.contains(name) {
      var text = name + "_OF_MODEL"
      while !taken.insert(text).inserted { text += "_" }
      spelling[name] = text
    }
    self.spelling = spelling
  }

  func json(_ value: PlainValue) -> JSONValue {
    switch value {
    case .boolean(let truth): return .boolean(truth)
    case .integer(let number): return tagged("#bigint", .string(String(number)))
    case .string(let text): return .string(text)
    case .modelValue(let name): return .string(spelling[name] ?? name)
    case .set(let elements): return tagged("#set", .array(elements.map(json)))
    case .tuple(let elements): return .array(elements.map(json))
    case .function(let pairs):
      return tagged("#map", .array(pairs.map { .array([json($0.argument), json($0.value)]) }))
    case .record(let fields):
      if ITFValueEncoder.isObject(fields) {
        return .object(fields.map { JSONValue.Member($0.name, json($0.value)) })
      }
      return tagged("#map", .array(fields.map { .array([.string($0.name), json($0.value)]) }))
    case .symbolicSet(let text): return tagged("#unserializable", .string(text))
    }
  }

  private func tagged(_ tag: String, _ value: JSONValue) -> JSONValue {
    .object([JSONValue.Member(tag, value)])
  }

  /// Whether every reader can take the record as an object. Readers in Python turn fields into attributes, which must be identifiers and
  /// not keywords, and take an object of `tag` and `value` for a variant. Such a record is written as a function over strings, which is the
  /// same value in TLA+.
  private static func isObject(_ fields: [PlainValue.Field]) -> Bool {
    guard !fields.isEmpty, Set(fields.map(\.name)) != ["tag", "value"] else { return false }
    return fields.allSatisfy { field in
      let scalars = field.name.unicodeScalars
      guard let first = scalars.first, first.isASCII, first.properties.isAlphabetic else { return false }
      return !reservedWords.contains(field.name)
        && scalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || "0"..."9" ~= $0 || $0 == "_") }
    }
  }

  private static let reservedWords: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
  ]
}
