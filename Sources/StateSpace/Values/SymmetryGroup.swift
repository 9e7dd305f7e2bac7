/// A group of permutations of model values, applied to states.
///
/// If it consists of all permutations of some sets, a representative is found without trying all of them: the elements are sorted by a
/// signature that does not depend on their names, as in colour refinement, and only those with equal signatures are permuted. So orbits are
/// counted exactly, and a signature that does not tell two elements apart costs only time.
final class SymmetryGroup {
  private let store: ValueStore
  private let width: Int
  /// The sets all of whose permutations belong to the group, one after the other, and the places of each; nil if the group is not made of
  /// such sets.
  private let fullSets: (elements: [UInt32], ranges: [Range<Int>])?
  /// Permutations of which each member of the group is a composition.
  private let generators: [Permutation]
  /// All members but the identity; made when they are first needed.
  private lazy var members: [Permutation] = closure(of: generators)
  /// The permutations that were used, each with what it is known to make of values.
  private var used: [Permutation] = []
  /// Their numbers: by their orders as digits of a word, or by the orders themselves if a word is too short.
  private let numbers = WordMap()
  private var longNumbers: [[UInt8]: Int] = [:]
  /// Which sets an atom belongs to, by its number.
  private var setOfAtom: [UInt32: Int] = [:]
  /// The signature of a value (high half of the key) as one element (low half) sees it: the others of the sets are alike.
  private let signatures = WordMap()
  private let candidate: UnsafeMutablePointer<UInt32>
  /// The elements of the full sets in the order of their signatures, by their places, and the signatures.
  private let order: UnsafeMutablePointer<UInt8>
  private let signed: UnsafeMutablePointer<UInt64>
  /// Where the elements with equal signatures lie in the order.
  private var ties: [Range<Int>] = []

  /// The group that these functions generate. Each maps model values to model values; throws `ValueError` for anything else.
  init(_ functions: Value, _ store: ValueStore, width: Int) throws {
    self.store = store
    self.width = width
    candidate = .allocate(capacity: max(width, 1))
    var byDomain: [[UInt32]: Set<[UInt32]>] = [:]
    let set = try store.enumerated(functions)
    for function in store.elements(set) {
      let (from, to) = try Self.atoms(of: function, store)
      byDomain[from, default: []].insert(to)
    }
    let domains = byDomain.keys.sorted { $0.lexicographicallyPrecedes($1) }
    generators = domains.flatMap { domain in
      (byDomain[domain] ?? []).sorted { $0.lexicographicallyPrecedes($1) }.filter { $0 != domain }
        .map { Permutation(domain, $0) }
    }
    let isFull = domains.allSatisfy { domain in
      byDomain[domain]?.count == (1...max(domain.count, 1)).reduce(1, *)
    }
    let elements = Array(domains.joined())
    order = .allocate(capacity: max(elements.count, 1))
    signed = .allocate(capacity: max(elements.count, 1))
    var ranges: [Range<Int>] = []
    for domain in domains {
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<(start + domain.count))
    }
    let areDisjoint = Set(elements).count == elements.count
    fullSets = isFull && areDisjoint && elements.count <= Int(UInt8.max) ? (elements, ranges) : nil
    if fullSets != nil {
      for (index, domain) in domains.enumerated() {
        for atom in domain { setOfAtom[atom] = index }
      }
    }
  }

  deinit {
    candidate.deallocate()
    order.deallocate()
    signed.deallocate()
  }

  private static func atoms(of function: Value, _ store: ValueStore) throws -> (from: [UInt32], to: [UInt32])
  {
    guard function.isFunction else {
      throw ValueError("SYMMETRY takes a set of functions, and \(store.describe(function)) is none")
    }
    let places = 0..<store.functionCount(function)
    let (from, to) = (
      places.map { store.functionArgument(function, $0) }, places.map { store.functionValue(function, $0) }
    )
    guard (from + to).allSatisfy(store.isModelValue), Set(from) == Set(to) else {
      throw ValueError(
        "SYMMETRY takes permutations of model values, and \(store.describe(function)) is none")
    }
    return (from.map(\.payload), to.map(\.payload))
  }

  /// Whether it has no member but the identity.
  var isTrivial: Bool { generators.isEmpty }

  // MARK: Representatives

  /// Writes a state of the row's orbit that is the same for the whole orbit.
  func writeRepresentative(of row: UnsafePointer<UInt32>, to result: UnsafeMutablePointer<UInt32>) throws {
    guard let fullSets else { return try writeLeast(of: row, to: result) }
    var isFirst = true
    try forEachArrangement(of: row, fullSets.elements, fullSets.ranges) { permutation in
      for place in 0..<width {
        candidate[place] = try image(Value(bits: row[place]), under: permutation).bits
      }
      if isFirst || isBefore(candidate, result, { $0 < $1 ? -1 : $0 == $1 ? 0 : 1 }) {
        result.update(from: candidate, count: width)
      }
      isFirst = false
    }
  }

  /// Writes the least state of the row's orbit: variable by variable, in the order of values.
  func writeLeast(of row: UnsafePointer<UInt32>, to result: UnsafeMutablePointer<UInt32>) throws {
    result.update(from: row, count: width)
    for permutation in members {
      for place in 0..<width {
        candidate[place] = try image(Value(bits: row[place]), under: permutation).bits
      }
      if isBefore(candidate, result, { store.compare(Value(bits: $0), Value(bits: $1)) }) {
        result.update(from: candidate, count: width)
      }
    }
  }

  private func isBefore(
    _ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>, _ compare: (UInt32, UInt32) -> Int
  ) -> Bool {
    for place in 0..<width where left[place] != right[place] {
      let order = compare(left[place], right[place])
      if order != 0 { return order < 0 }
    }
    return false
  }

  /// Visits the permutations that sort the elements of each set by their signatures.
  private func forEachArrangement(
    of row: UnsafePointer<UInt32>, _ elements: [UInt32], _ ranges: [Range<Int>],
    _ visit: (Permutation) throws -> Void
  ) throws {
    ties.removeAll(keepingCapacity: true)
    for range in ranges {
      for place in range {
        let signature = try signature(of: row, for: elements[place])
        var free = place
        while free > range.lowerBound, signed[free - 1] > signature {
          (signed[free], order[free]) = (signed[free - 1], order[free - 1])
          free -= 1
        }
        (signed[free], order[free]) = (signature, UInt8(place))
      }
      var start = range.lowerBound
      for place in range where place + 1 == range.upperBound || signed[place + 1] != signed[place] {
        if place > start { ties.append(start..<(place + 1)) }
        start = place + 1
      }
    }
    try arrange(0, ties.first?.lowerBound ?? 0, elements, visit)
  }

  /// Visits the orders of the ties from one on, of which the places before `place` are settled.
  private func arrange(
    _ tie: Int, _ place: Int, _ elements: [UInt32], _ visit: (Permutation) throws -> Void
  ) throws {
    guard tie < ties.count else { return try visit(permutation(elements)) }
    let end = ties[tie].upperBound
    guard place + 1 < end else {
      return try arrange(tie + 1, tie + 1 < ties.count ? ties[tie + 1].lowerBound : 0, elements, visit)
    }
    for other in place..<end {
      (order[place], order[other]) = (order[other], order[place])
      defer { (order[place], order[other]) = (order[other], order[place]) }
      try arrange(tie, place + 1, elements, visit)
    }
  }

  /// The permutation that puts the elements into the current order. It keeps its memory of values for the next time.
  private func permutation(_ elements: [UInt32]) -> Permutation {
    func new() -> Permutation {
      used.append(Permutation(elements.indices.map { elements[Int(order[$0])] }, elements))
      return used[used.count - 1]
    }
    guard elements.count <= 15 else {
      let order = Array(UnsafeBufferPointer(start: order, count: elements.count))
      if let number = longNumbers[order] { return used[number] }
      longNumbers[order] = used.count
      return new()
    }
    // The digit in front keeps the key from being zero.
    var key: UInt64 = 1
    for place in elements.indices { key = key << 4 | UInt64(order[place]) }
    if let number = numbers[key] { return used[Int(number)] }
    numbers.add(key, UInt64(used.count))
    return new()
  }

  // MARK: Images

  private func image(_ value: Value, under permutation: Permutation) throws -> Value {
    switch value.tag {
    case Value.Tag.integer, Value.Tag.bigInteger: return value
    case Value.Tag.atom:
      return permutation.map[value.payload].map { Value(tag: Value.Tag.atom, payload: $0) } ?? value
    default: break
    }
    if value.isMissing { return value }
    if let known = permutation.images[UInt64(value.bits)] {
      return Value(bits: UInt32(truncatingIfNeeded: known))
    }
    let start = store.scratchTop
    defer { store.scratchTop = start }
    let result: Value
    switch value.tag {
    case Value.Tag.set, Value.Tag.tuple:
      let words = store.payload(value)
      for place in 0..<store.length(value) {
        try store.push(image(Value(bits: words[place]), under: permutation))
      }
      result = value.tag == Value.Tag.set ? try store.popSet(from: start) : try store.popTuple(from: start)
    case Value.Tag.symbolicSet:
      let operands = try (0..<store.operandCount(value)).map {
        try image(store.operand(value, $0), under: permutation)
      }
      result = try store.symbolic(store.symbolicKind(value), operands)
    default:
      result = try store.function(
        (0..<store.functionCount(value)).map {
          (
            try image(store.functionArgument(value, $0), under: permutation),
            try image(store.functionValue(value, $0), under: permutation)
          )
        })
    }
    permutation.images.add(UInt64(value.bits), UInt64(result.bits))
    return result
  }

  // MARK: Signatures

  /// A number that is the same for an element of a state and its image in an image of the state.
  private func signature(of row: UnsafePointer<UInt32>, for element: UInt32) throws -> UInt64 {
    var result: UInt64 = 0
    for place in 0..<width { result = Self.mix(result, signature(of: Value(bits: row[place]), for: element)) }
    return result
  }

  private func signature(of value: Value, for element: UInt32) -> UInt64 {
    if value.tag == Value.Tag.atom {
      if value.payload == element { return 1 }
      return setOfAtom[value.payload].map { UInt64($0) + 2 } ?? Self.mix(3, UInt64(value.bits))
    }
    guard value.isComposite else { return Self.mix(3, UInt64(value.bits)) }
    let key = UInt64(value.bits) << 32 | UInt64(element)
    if let known = signatures[key] { return known }
    func part(_ value: Value) -> UInt64 { signature(of: value, for: element) }
    var result = UInt64(value.tag)
    switch value.tag {
    case Value.Tag.set: for element in store.elements(value) { result &+= Self.mix(5, part(element)) }
    case Value.Tag.tuple: for element in store.elements(value) { result = Self.mix(result, part(element)) }
    case Value.Tag.symbolicSet:
      result = Self.mix(result, UInt64(store.symbolicKind(value).rawValue))
      for place in 0..<store.operandCount(value) {
        result = Self.mix(result, part(store.operand(value, place)))
      }
    default:
      for place in 0..<store.functionCount(value) {
        result &+= Self.mix(
          part(store.functionArgument(value, place)), part(store.functionValue(value, place)))
      }
    }
    signatures.add(key, result)
    return result
  }

  private static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    var hash = (left ^ 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash >> 29
    hash = (hash ^ right) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ hash >> 32
  }

  // MARK: The group

  private func closure(of generators: [Permutation]) -> [Permutation] {
    let atoms = Set(generators.flatMap(\.map.keys)).sorted()
    var found: Set<[UInt32]> = [atoms]
    var pending = [atoms]
    while let images = pending.popLast() {
      for generator in generators {
        let next = images.map { generator.map[$0] ?? $0 }
        if found.insert(next).inserted { pending.append(next) }
      }
    }
    return found.subtracting([atoms]).sorted { $0.lexicographicallyPrecedes($1) }
      .map { Permutation(atoms, $0) }
  }
}

/// A permutation of atoms, and the images of the values that it was applied to.
private final class Permutation {
  let map: [UInt32: UInt32]
  let images = WordMap()

  init(_ from: [UInt32], _ to: [UInt32]) {
    map = Dictionary(zip(from, to).filter { $0 != $1 }, uniquingKeysWith: { first, _ in first })
  }
}
