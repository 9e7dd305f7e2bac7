/// A group of permutations of model values, applied to states.
///
/// If it consists of all permutations of some sets, a representative is found without trying all of them: the elements are sorted by a
/// signature that does not depend on their names, as in colour refinement, and only those with equal signatures are permuted. So orbits are
/// counted exactly, and a signature that does not tell two elements apart costs only time.
final class SymmetryGroup {
  private let store: ValueStore
  private let width: Int
  /// The sets all of whose permutations belong to the group; nil if the group is not made of such sets.
  private let fullSets: [[UInt32]]?
  /// Permutations of which each member of the group is a composition.
  private let generators: [Permutation]
  /// All members but the identity; made when they are first needed.
  private lazy var members: [Permutation] = closure(of: generators)
  private var known: [[UInt32]: Permutation] = [:]
  /// Which sets an atom belongs to, by its number.
  private var setOfAtom: [UInt32: Int] = [:]
  private var signatures: [Colored: UInt64] = [:]
  private let candidate: UnsafeMutablePointer<UInt32>

  /// A value, seen by one element: the others of the sets are alike.
  private struct Colored: Hashable {
    let value: UInt32
    let element: UInt32
  }

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
    let areDisjoint = Set(domains.joined()).count == domains.joined().count
    fullSets = isFull && areDisjoint ? domains : nil
    for (index, domain) in (fullSets ?? []).enumerated() {
      for atom in domain { setOfAtom[atom] = index }
    }
  }

  deinit { candidate.deallocate() }

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
    try forEachArrangement(of: row, fullSets) { permutation in
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
    of row: UnsafePointer<UInt32>, _ sets: [[UInt32]], _ visit: (Permutation) throws -> Void
  ) throws {
    var ties: [[UInt32]] = []
    for set in sets {
      let signed = try set.map { (element: $0, signature: try signature(of: row, for: $0)) }
        .sorted { $0.signature < $1.signature }
      var last: UInt64?
      for (element, signature) in signed {
        if signature == last { ties[ties.count - 1].append(element) } else { ties.append([element]) }
        last = signature
      }
    }
    let targets = Array(sets.joined())
    func arrange(_ arranged: [UInt32], _ rest: ArraySlice<[UInt32]>) throws {
      guard let first = rest.first else { return try visit(permutation(arranged, targets)) }
      for order in Self.orders(of: first) { try arrange(arranged + order, rest.dropFirst()) }
    }
    try arrange([], ties[...])
  }

  private static func orders(of elements: [UInt32]) -> [[UInt32]] {
    if elements.count < 2 { return [elements] }
    return elements.indices.flatMap { place in
      var rest = elements
      let first = rest.remove(at: place)
      return orders(of: rest).map { [first] + $0 }
    }
  }

  /// The permutation with that image of `from`. It keeps its memory of values for the next time.
  private func permutation(_ from: [UInt32], _ to: [UInt32]) -> Permutation {
    if let permutation = known[from] { return permutation }
    let permutation = Permutation(from, to)
    known[from] = permutation
    return permutation
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
    if let known = permutation.images[value.bits] { return Value(bits: known) }
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
    permutation.images[value.bits] = result.bits
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
    let key = Colored(value: value.bits, element: element)
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
    signatures[key] = result
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
  var images: [UInt32: UInt32] = [:]

  init(_ from: [UInt32], _ to: [UInt32]) {
    map = Dictionary(zip(from, to).filter { $0 != $1 }, uniquingKeysWith: { first, _ in first })
  }
}
