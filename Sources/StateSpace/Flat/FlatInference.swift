/// Finds flat types for values.
struct FlatInference {
  /// The most members of a universe.
  static let largestUniverse = 1 << 11
  /// The most values of an element type that are members before they are met.
  private static let mostExpected = 64
  /// The most alternatives of a union.
  static let mostAlternatives = 8
  /// The widest code of one value.
  static let widest = 1 << 12

  let encoding: FlatEncoding
  /// Whether types have room for values that have not been met.
  let hasRoom: Bool

  init(_ encoding: FlatEncoding, hasRoom: Bool) {
    self.encoding = encoding
    self.hasRoom = hasRoom
  }

  private var store: ValueStore { encoding.store }

  /// A type for all the values; nil if no form fits them but their words. Their order does not matter, so that every run has the same codes.
  func type(of values: [Value]) -> FlatType? {
    var (integers, atoms, sets, tuples): ([Value], [Value], [Value], [Value]) = ([], [], [], [])
    var functions: [(domain: Value, values: [Value])] = []
    var maps = Set<Value>()
    for value in values {
      switch value.tag {
      case Value.Tag.integer: integers.append(value)
      case Value.Tag.atom: atoms.append(value)
      case Value.Tag.set: sets.append(value)
      case Value.Tag.tuple: tuples.append(value)
      case Value.Tag.function: maps.insert(value)
      case Value.Tag.record:
        let domain = Value(bits: store.payload(value)[0])
        if let place = functions.firstIndex(where: { $0.domain == domain }) {
          functions[place].values.append(value)
        } else {
          guard functions.count < Self.mostAlternatives else { return nil }
          functions.append((domain, [value]))
        }
      default: return nil
      }
    }
    var alternatives: [FlatType] = []
    if !integers.isEmpty { alternatives.append(integer(integers.map(\.integer))) }
    if !atoms.isEmpty { alternatives.append(atom(Set(atoms))) }
    if !sets.isEmpty {
      guard let type = set(sets) else { return nil }
      alternatives.append(type)
    }
    if !maps.isEmpty {
      // A function over {1} or 1..2 is a tuple.
      guard let type = map(maps.union(tuples)) else { return nil }
      alternatives.append(type)
    } else if !tuples.isEmpty {
      guard let type = tuple(tuples) else { return nil }
      alternatives.append(type)
    }
    for (domain, values) in functions.sorted(by: { store.compare($0.domain, $1.domain) < 0 }) {
      guard let type = function(domain, values) else { return nil }
      alternatives.append(type)
    }
    guard let first = alternatives.first, alternatives.count <= Self.mostAlternatives else { return nil }
    let type = alternatives.count == 1 ? first : FlatType(.union(alternatives))
    return type.width <= Self.widest ? type : nil
  }

  private func integer(_ values: [Int]) -> FlatType {
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    guard hasRoom else { return FlatType(.integer(low...high)) }
    let start = low >= 0 ? 0 : low
    let width = FlatType.bits(for: high - start)
    return FlatType(.integer(start...max(high, start + (1 << width) - 1)))
  }

  private func atom(_ values: Set<Value>) -> FlatType {
    if values.allSatisfy(\.isBoolean) { return .boolean }
    return FlatType(.atom(values.sorted { store.compare($0, $1) < 0 }))
  }

  private func set(_ values: [Value]) -> FlatType? {
    let elements = Set(values.flatMap(store.elements))
    return setType(of: elements)
  }

  /// The type of sets of those elements.
  func setType(of elements: Set<Value>) -> FlatType? {
    guard !elements.isEmpty else {
      return FlatType(.set(FlatType.Universe(.boolean, members: [], codes: [])))
    }
    guard let element = type(of: Array(elements)), element.width <= 64 else { return nil }
    return setType(of: element, with: elements)
  }

  func setType(of element: FlatType, with elements: Set<Value>) -> FlatType? {
    guard element.width <= 64 else { return nil }
    var all = elements
    if hasRoom, element.width <= 6 {
      let values = (0..<(UInt64(1) << UInt64(element.width))).compactMap { encoding.value($0, of: element) }
      if values.count <= Self.mostExpected { all.formUnion(values) }
    }
    guard all.count <= Self.largestUniverse else { return nil }
    let members = all.sorted { store.compare($0, $1) < 0 }
    // TLC cannot put elements of several kinds in order.
    guard isOrdered(members) else { return nil }
    let codes = members.compactMap { encoding.code(of: $0, as: element)?[0] }
    guard codes.count == members.count else { return nil }
    return FlatType(.set(FlatType.Universe(element, members: members, codes: codes)))
  }

  private func isOrdered(_ members: [Value]) -> Bool {
    guard let set = try? store.set(of: members) else { return false }
    return (try? store.checkOrdered(set)) != nil
      && zip(members, members.dropFirst()).allSatisfy { (try? store.equal($0, $1)) == false }
  }

  /// The capacity for sequences of up to that length.
  func roomy(_ length: Int) -> Int { hasRoom ? length + 1 + length / 4 : length }

  private func tuple(_ values: [Value]) -> FlatType? {
    let lengths = values.map(store.length)
    guard let shortest = lengths.min(), let longest = lengths.max() else { return nil }
    if shortest == longest, longest > 0, let domain = try? store.interval(1, longest),
      let domain = try? store.enumerated(domain)
    {
      return function(domain, values)
    }
    let elements = Set(
      values.flatMap { value in (0..<store.length(value)).map { store.functionValue(value, $0) } })
    guard !elements.isEmpty else { return FlatType(.sequence(.boolean, capacity: 0)) }
    return type(of: Array(elements)).map {
      FlatType(.sequence($0, capacity: roomy(longest)))
    }
  }

  /// A type for functions that are not records.
  private func map(_ values: Set<Value>) -> FlatType? {
    let domains = Set(values.map { $0.tag == Value.Tag.function ? store.payload($0)[0] : 0 })
    if domains.count == 1, let domain = domains.first, domain != 0 {
      return function(Value(bits: domain), Array(values))
    }
    var (arguments, parts) = (Set<Value>(), Set<Value>())
    for value in values {
      for index in 0..<store.functionCount(value) {
        arguments.insert(store.functionArgument(value, index))
        parts.insert(store.functionValue(value, index))
      }
    }
    guard arguments.count <= Self.mostExpected, let part = type(of: Array(parts)) else { return nil }
    return map(arguments, part)
  }

  /// The type of functions with such arguments and values; nil if the arguments are not of one kind.
  func map(_ arguments: Set<Value>, _ part: FlatType) -> FlatType? {
    let sorted = arguments.sorted { store.compare($0, $1) < 0 }
    guard isOrdered(sorted) else { return nil }
    return FlatType(.map(sorted, part))
  }

  private func function(_ domain: Value, _ values: [Value]) -> FlatType? {
    let count = store.length(domain)
    let columns = (0..<count).map { index in Set(values.map { store.functionValue($0, index) }) }
    if values.first?.tag != Value.Tag.record {
      // One type for all parts lets the argument be computed.
      if let shared = type(of: Array(columns.reduce(into: Set<Value>()) { $0.formUnion($1) })),
        !shared.isUnion
      {
        return FlatType(.function(domain: domain, parts: Array(repeating: shared, count: count)))
      }
    }
    var parts: [FlatType] = []
    for column in columns {
      guard let part = type(of: Array(column)) else { return nil }
      parts.append(part)
    }
    return FlatType(.function(domain: domain, parts: parts))
  }
}

extension FlatType {
  var isUnion: Bool { if case .union = shape { true } else { false } }
}
