package import StateSpace

extension PlainValue {
  /// The same value, with the elements of sets, the pairs of functions and the fields of records in an order that depends only on the
  /// value. Two values are equal in TLA+ exactly when these are `==`, wherever they come from. The order is not TLC's.
  package var canonical: PlainValue {
    switch self {
    case .boolean, .integer, .string, .modelValue, .symbolicSet:
      return self
    case .set(let elements):
      var unique: [PlainValue] = []
      for element in elements.map(\.canonical).sorted(by: PlainValue.precedes) where unique.last != element {
        unique.append(element)
      }
      return .set(unique)
    case .tuple(let elements):
      return .tuple(elements.map(\.canonical))
    case .function(let pairs):
      let ordered = pairs.map { Pair(argument: $0.argument.canonical, value: $0.value.canonical) }
        .sorted { PlainValue.precedes($0.argument, $1.argument) }
      return .function(ordered)
    case .record(let fields):
      return .record(
        fields.map { Field(name: $0.name, value: $0.value.canonical) }.sorted { $0.name < $1.name })
    }
  }

  /// The function with these pairs, in the form that `PlainValue` prescribes: a tuple over `1..n`, a record over strings. Nil if an
  /// argument occurs twice with different values.
  package static func function(of pairs: [Pair]) -> PlainValue? {
    var unique: [Pair] = []
    var values: [PlainValue: PlainValue] = [:]
    for pair in pairs {
      let key = pair.argument.canonical
      if let known = values[key] {
        guard known == pair.value.canonical else { return nil }
      } else {
        values[key] = pair.value.canonical
        unique.append(pair)
      }
    }
    var elements = [PlainValue?](repeating: nil, count: unique.count)
    var fields: [Field] = []
    for pair in unique {
      if case .integer(let number) = pair.argument, let index = Int(exactly: number), index >= 1,
        index <= elements.count
      {
        elements[index - 1] = pair.value
      }
      if case .string(let name) = pair.argument { fields.append(Field(name: name, value: pair.value)) }
    }
    let tuple = elements.compactMap(\.self)
    if tuple.count == unique.count { return .tuple(tuple) }
    return fields.count == unique.count ? .record(fields) : .function(unique)
  }

  /// Visits the value and all its parts, from the outside in and in order.
  package func forEachPart(_ visit: (PlainValue) -> Void) {
    visit(self)
    switch self {
    case .boolean, .integer, .string, .modelValue, .symbolicSet:
      break
    case .set(let elements), .tuple(let elements):
      for element in elements { element.forEachPart(visit) }
    case .function(let pairs):
      for pair in pairs {
        pair.argument.forEachPart(visit)
        pair.value.forEachPart(visit)
      }
    case .record(let fields):
      for field in fields { field.value.forEachPart(visit) }
    }
  }

  /// A total order of canonical values: by kind, then by size, then by content.
  private static func precedes(_ left: PlainValue, _ right: PlainValue) -> Bool { compare(left, right) < 0 }

  private var rank: Int {
    switch self {
    case .boolean: 0
    case .integer: 1
    case .string: 2
    case .modelValue: 3
    case .set: 4
    case .tuple: 5
    case .function: 6
    case .record: 7
    case .symbolicSet: 8
    }
  }

  private static func compare(_ left: PlainValue, _ right: PlainValue) -> Int {
    switch (left, right) {
    case (.boolean(let a), .boolean(let b)): a == b ? 0 : (b ? -1 : 1)
    case (.integer(let a), .integer(let b)): order(a, b)
    case (.string(let a), .string(let b)), (.modelValue(let a), .modelValue(let b)),
      (.symbolicSet(let a), .symbolicSet(let b)):
      order(a, b)
    case (.set(let a), .set(let b)), (.tuple(let a), .tuple(let b)):
      compare(a, b)
    case (.function(let a), .function(let b)):
      compare(a.flatMap { [$0.argument, $0.value] }, b.flatMap { [$0.argument, $0.value] })
    case (.record(let a), .record(let b)):
      compare(a.flatMap { [.string($0.name), $0.value] }, b.flatMap { [.string($0.name), $0.value] })
    default: order(left.rank, right.rank)
    }
  }

  private static func compare(_ left: [PlainValue], _ right: [PlainValue]) -> Int {
    if left.count != right.count { return order(left.count, right.count) }
    for (a, b) in zip(left, right) {
      let result = compare(a, b)
      if result != 0 { return result }
    }
    return 0
  }

  private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
    left == right ? 0 : (left < right ? -1 : 1)
  }
}
