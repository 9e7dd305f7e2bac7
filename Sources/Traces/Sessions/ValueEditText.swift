internal import StateSpace

/// A value as JSON, written as its difference from the previous value. A step changes little of a large inbox, and writing all of it for
/// each of ten thousand steps would fill a disk. A small value is written in full, as `ExactValueText` does.
///
///     {"at": [[position, value or edit], …]}          the values at these pairs, fields or elements differ
///     {"splice": [position, removed, [value, …]]}     elements of a tuple or set differ, are removed or added
enum ValueEditText {
  /// Values with at most this number of parts are written in full.
  private static let smallest = 32

  static func json(_ new: PlainValue, after old: PlainValue) -> JSONValue {
    var parts = smallest
    guard isLarge(new, &parts), let edit = edit(from: old, to: new) else { return ExactValueText.json(new) }
    return edit
  }

  /// Nil if the two values have different shapes.
  private static func edit(from old: PlainValue, to new: PlainValue) -> JSONValue? {
    switch (old, new) {
    case (.function(let old), .function(let new)):
      guard old.map(\.argument) == new.map(\.argument) else { return nil }
      return parts(from: old.map(\.value), to: new.map(\.value))
    case (.record(let old), .record(let new)):
      guard old.map(\.name) == new.map(\.name) else { return nil }
      return parts(from: old.map(\.value), to: new.map(\.value))
    case (.tuple(let old), .tuple(let new)), (.set(let old), .set(let new)):
      return splice(from: old, to: new)
    default: return nil
    }
  }

  private static func parts(from old: [PlainValue], to new: [PlainValue]) -> JSONValue {
    let changed = zip(old, new).enumerated().filter { $0.element.0 != $0.element.1 }
    return .object([
      JSONValue.Member(
        "at",
        .array(changed.map { .array([.integer($0.offset), json($0.element.1, after: $0.element.0)]) }))
    ])
  }

  private static func splice(from old: [PlainValue], to new: [PlainValue]) -> JSONValue {
    // Compared in place: a prefix of a sequence would be a new array, for each step of a long walk.
    let shared = min(old.count, new.count)
    var start = 0
    while start < shared, old[start] == new[start] { start += 1 }
    var end = 0
    while end < shared - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    let inserted = new[start..<(new.count - end)]
    if old.count == new.count, inserted.count == 1, let element = inserted.first {
      return .object([
        JSONValue.Member("at", .array([.array([.integer(start), json(element, after: old[start])])]))
      ])
    }
    return .object([
      JSONValue.Member(
        "splice",
        .array([
          .integer(start), .integer(old.count - end - start), .array(inserted.map(ExactValueText.json)),
        ]))
    ])
  }

  private static func isLarge(_ value: PlainValue, _ parts: inout Int) -> Bool {
    parts -= 1
    guard parts > 0 else { return true }
    switch value {
    case .set(let elements), .tuple(let elements):
      for element in elements where isLarge(element, &parts) { return true }
    case .function(let pairs):
      for pair in pairs where isLarge(pair.argument, &parts) || isLarge(pair.value, &parts) { return true }
    case .record(let fields):
      for field in fields where isLarge(field.value, &parts) { return true }
    case .boolean, .integer, .string, .modelValue, .symbolicSet: break
    }
    return false
  }

  // MARK: Reading

  /// The value that was written after `old`. Nil if this writer does not write that.
  static func value(_ json: JSONValue, after old: PlainValue) -> PlainValue? {
    if case .array(let changes)? = json["at"] { return value(at: changes, in: old) }
    if case .array(let splice)? = json["splice"] { return value(splice: splice, in: old) }
    return ExactValueText.value(json)
  }

  private static func value(at changes: [JSONValue], in old: PlainValue) -> PlainValue? {
    func changed(_ values: [PlainValue]) -> [PlainValue]? {
      var values = values
      for change in changes {
        guard case .array(let sides) = change, sides.count == 2, case .integer(let position) = sides[0],
          values.indices.contains(position), let new = value(sides[1], after: values[position])
        else { return nil }
        values[position] = new
      }
      return values
    }
    switch old {
    case .tuple(let elements): return changed(elements).map(PlainValue.tuple)
    case .set(let elements): return changed(elements).map(PlainValue.set)
    case .function(let pairs):
      return changed(pairs.map(\.value)).map { values in
        .function(zip(pairs, values).map { PlainValue.Pair(argument: $0.argument, value: $1) })
      }
    case .record(let fields):
      return changed(fields.map(\.value)).map { values in
        .record(zip(fields, values).map { PlainValue.Field(name: $0.name, value: $1) })
      }
    case .boolean, .integer, .string, .modelValue, .symbolicSet: return nil
    }
  }

  private static func value(splice: [JSONValue], in old: PlainValue) -> PlainValue? {
    guard splice.count == 3, case .integer(let start) = splice[0], case .integer(let removed) = splice[1],
      case .array(let inserted) = splice[2], start >= 0, removed >= 0
    else { return nil }
    let values = inserted.compactMap(ExactValueText.value)
    guard values.count == inserted.count else { return nil }
    func spliced(_ elements: [PlainValue]) -> [PlainValue]? {
      guard start <= elements.count, removed <= elements.count - start else { return nil }
      var elements = elements
      elements.replaceSubrange(start..<(start + removed), with: values)
      return elements
    }
    switch old {
    case .tuple(let elements): return spliced(elements).map(PlainValue.tuple)
    case .set(let elements): return spliced(elements).map(PlainValue.set)
    default: return nil
    }
  }
}
