/// The form of a value as a string of bits of a fixed width. Each value of a type has exactly one code, so two values of one type are equal
/// exactly when their codes are equal.
///
/// The parts of a value lie from the high bits to the low ones, so that codes are mostly in TLC's order.
final class FlatType {
  indirect enum Shape {
    /// The integers of a range. The code is the distance from its lower end.
    case integer(ClosedRange<Int>)
    /// Booleans, strings and model values. The code is the place in the list, which is in TLC's order.
    case atom([Value])
    /// Sets of members of a universe. The code has a bit for each member.
    case set(Universe)
    /// The functions, records or tuples with that domain. The code is made of the codes of their values.
    case function(domain: Value, parts: [FlatType])
    /// Functions whose domains are sets of those arguments, which are in TLC's order. The code has a bit for each argument in the domain, as
    /// a set's has; then the values, zero for an argument outside of the domain.
    case map([Value], FlatType)
    /// Sequences of up to that many elements. The code is the length, then the elements, then zeros.
    case sequence(FlatType, capacity: Int)
    /// Values of several types. The code is the number of the type, then zeros and the code in that type.
    case union([FlatType])
    /// Any value, as its word in the store.
    case word
  }

  /// The values that may be members of the sets of a type, in TLC's order.
  final class Universe {
    let element: FlatType
    let members: [Value]
    /// The code of each member.
    let codes: [UInt64]
    /// Whether the code of each member is its place.
    let isDirect: Bool
    /// The place of the member with a code. It is valid as long as the universe.
    let places: PlaceTable

    init(_ element: FlatType, members: [Value], codes: [UInt64]) {
      self.element = element
      self.members = members
      self.codes = codes
      isDirect = codes.enumerated().allSatisfy { UInt64($0.offset) == $0.element }
      places = PlaceTable(codes)
    }

    deinit { places.deallocate() }
  }

  let shape: Shape
  /// The number of bits of a code.
  let width: Int

  init(_ shape: Shape) {
    self.shape = shape
    width =
      switch shape {
      case .integer(let range): Self.bits(for: range.upperBound - range.lowerBound)
      case .atom(let values): Self.bits(for: values.count - 1)
      case .set(let universe): universe.members.count
      case .function(_, let parts): parts.reduce(0) { $0 + $1.width }
      case .map(let arguments, let part): arguments.count * (1 + part.width)
      case .sequence(let element, let capacity): Self.bits(for: capacity) + capacity * element.width
      case .union(let types): Self.bits(for: types.count - 1) + (types.map(\.width).max() ?? 0)
      case .word: 32
      }
  }

  /// Whether some value is kept as its word in the store.
  var hasWord: Bool {
    switch shape {
    case .integer, .atom: false
    case .set(let universe): universe.element.hasWord
    case .function(_, let parts): parts.contains(where: \.hasWord)
    case .map(_, let part), .sequence(let part, _): part.hasWord
    case .union(let types): types.contains(where: \.hasWord)
    case .word: true
    }
  }

  /// The number of bits that the numbers up to `largest` need.
  static func bits(for largest: Int) -> Int { largest <= 0 ? 0 : Int.bitWidth - largest.leadingZeroBitCount }

  static var boolean: FlatType { FlatType(.atom([.no, .yes])) }

  /// The distance of a part's code from the lowest bit.
  func offset(ofPart index: Int, in parts: [FlatType]) -> Int {
    parts[(index + 1)...].reduce(0) { $0 + $1.width }
  }
}

extension FlatType: Equatable {
  static func == (left: FlatType, right: FlatType) -> Bool {
    if left === right { return true }
    switch (left.shape, right.shape) {
    case (.integer(let mine), .integer(let theirs)): return mine == theirs
    case (.atom(let mine), .atom(let theirs)): return mine == theirs
    case (.set(let mine), .set(let theirs)):
      return mine === theirs || (mine.element == theirs.element && mine.members == theirs.members)
    case (.function(let domain, let mine), .function(let other, let theirs)):
      return domain == other && mine == theirs
    case (.map(let mine, let part), .map(let theirs, let other)): return mine == theirs && part == other
    case (.sequence(let mine, let capacity), .sequence(let theirs, let other)):
      return capacity == other && mine == theirs
    case (.union(let mine), .union(let theirs)): return mine == theirs
    case (.word, .word): return true
    default: return false
    }
  }
}
