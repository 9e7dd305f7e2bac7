/// Values as codes of a type.
extension FlatCompiler {
  // MARK: Types

  /// The least type that has the value, whatever it is when the code runs; nil if it has none.
  func naturalType(_ value: FlatValue) -> FlatType? {
    switch value {
    case .constant(let value): return exact.type(of: [enumerated(value)])
    case .typed(let type, _): return type
    case .number(_, let range): return FlatType(.integer(range))
    case .parts(let domain, let parts):
      var types: [FlatType] = []
      for part in parts {
        guard let type = naturalType(part) else { return nil }
        types.append(type)
      }
      return types.isEmpty
        ? FlatType(.sequence(.boolean, capacity: 0)) : FlatType(.function(domain: domain, parts: types))
    case .elements(let elements):
      return joinedType(elements).flatMap(setType)
    case .interval(let first, let last):
      guard let low = range(of: first)?.lowerBound, let high = range(of: last)?.upperBound, high - low < 64
      else { return nil }
      return exact.setType(
        of: FlatType(.integer(low...max(low, high))),
        with: Set((low...max(low, high)).map(Value.init(small:))))
    case .subsets, .product: return nil
    }
  }

  /// A type of sets whose elements have a type; nil if there is none with few members. The sets of a wider type are expected to be like those
  /// of a variable that has such elements.
  func setType(of element: FlatType) -> FlatType? {
    if element.width <= 6 {
      let values = (0..<(UInt64(1) << UInt64(element.width))).compactMap { encoding.value($0, of: element) }
      return exact.setType(of: element, with: Set(values))
    }
    return variableSets.first { $0.element == element }?.type
      ?? variableSets.first { exact.join($0.element, element) == $0.element }?.type
  }

  /// The types of sets that are parts of the variables' types, with the types of their elements.
  static func sets(in type: FlatType) -> [(type: FlatType, element: FlatType)] {
    switch type.shape {
    case .set(let universe):
      universe.members.isEmpty ? [] : [(type, universe.element)] + sets(in: universe.element)
    case .function(_, let parts), .union(let parts): parts.flatMap(sets)
    case .map(_, let part), .sequence(let part, _): sets(in: part)
    case .integer, .atom, .word: []
    }
  }

  /// A described set with its elements, if they are not too many; other values as they are.
  private func enumerated(_ value: Value) -> Value {
    guard value.tag == Value.Tag.symbolicSet, store.finiteness(of: value) == true,
      let count = try? store.cardinality(value), count <= FlatInference.largestUniverse
    else { return value }
    return (try? store.ordered(value)) ?? value
  }

  func joinedType(_ values: [FlatValue]) -> FlatType? {
    guard let first = values.first else { return nil }
    return values.dropFirst().reduce(naturalType(first)) { joined, value in
      joined.flatMap { left in naturalType(value).flatMap { exact.join(left, $0) } }
    }
  }

  /// The range of an integer; nil for other values.
  func range(of value: FlatValue) -> ClosedRange<Int>? {
    switch value {
    case .constant(let value): return value.isInteger ? value.integer...value.integer : nil
    case .typed(let type, _):
      if case .integer(let range) = type.shape { return range }
      return nil
    case .number(_, let range): return range
    default: return nil
    }
  }

  /// A word with an integer, and its range.
  func number(_ value: FlatValue) throws -> (word: Int, range: ClosedRange<Int>) {
    guard let range = range(of: value) else { throw Unsupported() }
    switch value {
    case .constant(let value): return (try constantWord(UInt64(bitPattern: Int64(value.integer))), range)
    case .number(let word, _): return (word, range)
    case .typed(_, let place):
      let code = try load(place)
      if range.lowerBound == 0 { return (code, range) }
      return (add(.addConstant, try word(), code, immediate: Int64(range.lowerBound)), range)
    default: throw Unsupported()
    }
  }

  // MARK: Conversion

  /// The code of a value as that type. Code that converts a value that the type does not have leaves.
  func convert(_ value: FlatValue, to type: FlatType) throws -> FlatPlace {
    switch value {
    case .constant(let constant):
      guard let words = encoding.code(of: enumerated(constant), as: type) else { throw Unsupported() }
      return try constantPlace(words, width: type.width)
    case .typed(let from, let place): return try convert(place, from, to: type)
    case .number(let number, let range):
      switch type.shape {
      case .integer(let target):
        return try whole(shifted(number, from: range, into: target), type.width)
      case .union: return try convertToUnion(value, type)
      default: throw Unsupported()
      }
    case .parts(let domain, let parts):
      switch type.shape {
      case .function(let other, let types) where domain == other:
        return try assemble(type, zip(parts, types).map { ($0, $1) })
      case .sequence(let element, let capacity):
        guard encoding.isInterval(domain, to: parts.count), parts.count <= capacity else {
          throw Unsupported()
        }
        let length = FlatType(.integer(0...capacity))
        var fields: [(FlatValue, FlatType)] = [(.constant(Value(small: parts.count)), length)]
        fields += parts.map { ($0, element) }
        return try assemble(type, fields)
      case .map(let arguments, let part): return try map(domain, parts, type, arguments, part)
      case .union: return try convertToUnion(value, type)
      default: throw Unsupported()
      }
    case .elements, .interval, .product:
      if type.isUnion { return try convertToUnion(value, type) }
      guard case .set(let universe) = type.shape else { throw Unsupported() }
      return try members(of: value, in: universe)
    case .subsets: throw Unsupported()
    }
  }

  func whole(_ word: Int, _ width: Int) -> FlatPlace { FlatPlace(base: word, width: width, isWhole: true) }

  private func constantPlace(_ words: [UInt64], width: Int) throws -> FlatPlace {
    if width <= 64 { return try whole(constantWord(words[0]), width) }
    let place = try block(width)
    for (index, word) in words.enumerated() {
      add(.constant, place.base + index, immediate: Int64(bitPattern: word))
    }
    return place
  }

  /// A word with the code of an integer of one range as one of another.
  private func shifted(_ number: Int, from range: ClosedRange<Int>, into target: ClosedRange<Int>) throws
    -> Int
  {
    if range.lowerBound < target.lowerBound || range.upperBound > target.upperBound {
      try check(number, lies: target)
    }
    if target.lowerBound == 0 { return number }
    return add(.addConstant, try word(), number, immediate: -Int64(target.lowerBound))
  }

  /// Leaves unless the number lies in a range, whose ends fit into 32 bits.
  func check(_ number: Int, lies range: ClosedRange<Int>) throws {
    let (low, high) = (Int64(Int32(clamping: range.lowerBound)), Int64(Int32(clamping: range.upperBound)))
    add(.checkRange, 0, number, immediate: high << 32 | low & 0xFFFF_FFFF)
  }

  /// Puts together a code from fields that lie from the high bits to the low ones; the low bits that remain are zero.
  private func assemble(_ type: FlatType, _ fields: [(FlatValue, FlatType)]) throws -> FlatPlace {
    var end = type.width
    if type.width <= 64 {
      var fixed: UInt64 = 0
      var result: Int?
      for (value, part) in fields {
        end -= part.width
        if part.width == 0 {
          _ = try convert(value, to: part)
          continue
        }
        if case .constant(let constant) = value {
          guard let code = encoding.code(of: constant, as: part) else { throw Unsupported() }
          fixed |= code[0] << UInt64(end)
          continue
        }
        let code = try load(convert(value, to: part))
        let field = end == 0 ? code : add(.shiftLeftConstant, try word(), code, immediate: Int64(end))
        result = try result.map { add(.or, try word(), $0, field) } ?? field
      }
      if fixed != 0 || result == nil {
        let constant = try constantWord(fixed)
        result = try result.map { add(.or, try word(), $0, constant) } ?? constant
      }
      return whole(result ?? 0, type.width)
    }
    let codes = try fields.map { try convert($0.0, to: $0.1) }
    let place = try block(type.width)
    add(.clearWords, place.base, 0, (type.width + 63) / 64)
    for ((_, part), code) in zip(fields, codes) {
      end -= part.width
      if part.width > 0 { try copy(code, to: place.part(at: end, width: part.width)) }
    }
    return place
  }

  private func convert(_ place: FlatPlace, _ type: FlatType, to target: FlatType) throws -> FlatPlace {
    if type == target { return place }
    if type.isWord || target.isWord { return try recoded(place, type, to: target) }
    switch (type.shape, target.shape) {
    case (.integer, .integer(let range)):
      let (number, from) = try self.number(.typed(type, place))
      return try whole(shifted(number, from: from, into: range), target.width)
    case (.atom(let values), .atom(let others)):
      let numbers = values.map { others.firstIndex(of: $0) ?? -1 }
      return try whole(mapped(load(place), numbers), target.width)
    case (.set(let universe), .set(let other)):
      return try convert(place, universe, to: other)
    case (.function(let domain, let parts), .function(let other, let types)) where domain == other:
      let values = parts.indices.map { FlatValue.typed(parts[$0], part($0, of: type, parts, at: place)) }
      return try assemble(target, zip(values, types).map { ($0, $1) })
    case (.function(let domain, let parts), .sequence):
      let values = parts.indices.map { FlatValue.typed(parts[$0], part($0, of: type, parts, at: place)) }
      return try convert(.parts(domain: domain, values), to: target)
    case (.map(let arguments, let part), .map(let others, let target)):
      return try convert(place, type, arguments, part, to: target, others)
    case (.function(let domain, let parts), .map):
      let values = parts.indices.map { FlatValue.typed(parts[$0], self.part($0, of: type, parts, at: place)) }
      return try convert(.parts(domain: domain, values), to: target)
    case (.sequence(_, capacity: 0), .map): return try zeros(target.width)
    case (.sequence(let element, let capacity), .sequence(let other, let room)):
      return try convertSequence(place, type, element, capacity, to: target, other, room)
    case (.union(let types), _) where !target.isUnion:
      let tag = try load(self.tag(of: types, at: place, type))
      guard let index = types.firstIndex(where: { exact.isOfOneKind($0, target) }) else {
        throw Unsupported()
      }
      try leave(.jumpIfIs, tag, immediate: Int64(index))
      return try convert(
        .typed(types[index], place.part(at: 0, width: types[index].width)), to: target)
    case (.union(let types), .union):
      let result = try block(target.width)
      try eachAlternative(types, at: place, type) { value in
        try self.copy(self.convertToUnion(value, target), to: result)
      }
      return result
    case (_, .union): return try convertToUnion(.typed(type, place), target)
    default: throw Unsupported()
    }
  }

  /// Leaves unless the jump would be taken.
  func leave(
    _ unless: FlatInstruction.Operation, _ a: Int, _ b: Int = 0, immediate: Int64 = 0
  ) throws {
    let after = label()
    jump(unless, a, b, to: after, immediate: immediate)
    add(.leave)
    place(after)
  }

  private func convertToUnion(_ value: FlatValue, _ type: FlatType) throws -> FlatPlace {
    guard case .union(let types) = type.shape, let natural = naturalType(value) else { throw Unsupported() }
    if case .typed(let from, let place) = value, from.isUnion { return try convert(place, from, to: type) }
    guard let index = types.firstIndex(where: { exact.isOfOneKind($0, natural) }) else { throw Unsupported() }
    let code = try convert(value, to: types[index])
    let tag = FlatType(.integer(0...(types.count - 1)))
    if type.width <= 64 {
      let high = try constantWord(UInt64(index) << UInt64(type.width - tag.width))
      return whole(add(.or, try word(), high, try load(code)), type.width)
    }
    let result = try block(type.width)
    add(.clearWords, result.base, 0, (type.width + 63) / 64)
    try store(constantWord(UInt64(index)), to: result.part(at: type.width - tag.width, width: tag.width))
    if code.width > 0 { try copy(code, to: result.part(at: 0, width: code.width)) }
    return result
  }

  /// The place of the number of a union's alternative.
  func tag(of types: [FlatType], at place: FlatPlace, _ type: FlatType) -> FlatPlace {
    let width = FlatType.bits(for: types.count - 1)
    return place.part(at: type.width - width, width: width)
  }

  /// Adds code for each alternative of a union; one of them runs.
  func eachAlternative(
    _ types: [FlatType], at place: FlatPlace, _ type: FlatType, _ body: (FlatValue) throws -> Void
  ) throws {
    let tag = try load(self.tag(of: types, at: place, type))
    let end = label()
    for (index, alternative) in types.enumerated() {
      let next = label()
      jump(.jumpIfIsNot, tag, to: next, immediate: Int64(index))
      try scoped {
        try orLeave { try body(.typed(alternative, place.part(at: 0, width: alternative.width))) }
      }
      jump(.jump, to: end)
      self.place(next)
    }
    add(.leave)
    self.place(end)
  }

  private func convertSequence(
    _ place: FlatPlace, _ type: FlatType, _ element: FlatType, _ capacity: Int, to target: FlatType,
    _ other: FlatType, _ room: Int
  ) throws -> FlatPlace {
    let lengthWidth = FlatType.bits(for: capacity)
    let length = try load(place.part(at: type.width - lengthWidth, width: lengthWidth))
    if capacity > room { try check(length, lies: 0...room) }
    if capacity == 0 { return try convert(.constant(store.emptyTuple), to: target) }
    guard element == other else {
      return try convertElements(place, type, element, capacity, to: target, other, room)
    }
    let bits = min(capacity, room) * element.width
    let elements = place.part(at: (capacity - min(capacity, room)) * element.width, width: bits)
    let (top, low) = (
      target.width - FlatType.bits(for: room), (room - min(capacity, room)) * element.width
    )
    if target.width <= 64, bits <= 64 {
      var result = try add(.shiftLeftConstant, word(), length, immediate: Int64(top))
      if bits > 0 {
        let code = try load(elements)
        result = try add(.or, word(), result, add(.shiftLeftConstant, word(), code, immediate: Int64(low)))
      }
      return whole(result, target.width)
    }
    let result = try block(target.width)
    add(.clearWords, result.base, 0, (target.width + 63) / 64)
    try store(length, to: result.part(at: top, width: target.width - top))
    if bits > 0 { try copy(elements, to: result.part(at: low, width: bits)) }
    return result
  }

  /// Converts the elements of a sequence one by one.
  private func convertElements(
    _ place: FlatPlace, _ type: FlatType, _ element: FlatType, _ capacity: Int, to target: FlatType,
    _ other: FlatType, _ room: Int
  ) throws -> FlatPlace {
    let result = try block(target.width)
    add(.clearWords, result.base, 0, (target.width + 63) / 64)
    let lengthWidth = FlatType.bits(for: capacity)
    let length = try load(place.part(at: type.width - lengthWidth, width: lengthWidth))
    let top = target.width - FlatType.bits(for: room)
    try store(length, to: result.part(at: top, width: target.width - top))
    try countUp(to: length) { index in
      let source = try elementPlace(index, of: place, element, capacity)
      let code = try convert(.typed(element, source), to: other)
      let goal = try elementPlace(index, of: result, other, room)
      if other.width > 0 { try copy(code, to: goal) }
    }
    return result
  }

  /// Runs code for each number from 0 up to the one in a word.
  func countUp(to count: Int, _ body: (Int) throws -> Void) throws {
    let (index, next, end) = (try word(), label(), label())
    add(.constant, index, immediate: 0)
    place(next)
    jump(.jumpIfNotLess, index, count, to: end)
    try scoped { try body(index) }
    add(.addConstant, index, index, immediate: 1)
    jump(.jump, to: next)
    place(end)
  }

  /// The place of a sequence's element, by a word with its distance from the first. A sequence without capacity has none.
  func elementPlace(_ index: Int, of place: FlatPlace, _ element: FlatType, _ capacity: Int) throws
    -> FlatPlace
  {
    guard capacity > 0 else { throw Unsupported() }
    let back = try add(.multiplyConstant, word(), index, immediate: -Int64(element.width))
    return try moved(
      place.part(at: (capacity - 1) * element.width, width: element.width), by: back)
  }

  /// The place of a part of a function, by its number.
  func part(_ index: Int, of type: FlatType, _ parts: [FlatType], at place: FlatPlace) -> FlatPlace {
    place.part(at: type.offset(ofPart: index, in: parts), width: parts[index].width)
  }

  /// A word with the number at the word's place in a table; leaves if that is negative.
  func mapped(_ code: Int, _ numbers: [Int]) throws -> Int {
    if numbers.enumerated().allSatisfy({ $0.offset == $0.element }) { return code }
    return add(.table, try word(), code, immediate: addTable(numbers))
  }

  // MARK: Sets

  private func convert(
    _ set: FlatPlace, _ universe: FlatType.Universe, to other: FlatType.Universe
  ) throws -> FlatPlace {
    let places = universe.members.map { encoding.index(of: $0, in: other) }
    let moves = Set(places.enumerated().compactMap { index, place in place.map { $0 - index } })
    if moves.count == 1, let shift = moves.first, universe.members.count <= 64, other.members.count <= 64 {
      let bits = try load(set)
      let others = places.enumerated().reduce(UInt64(0)) {
        $1.element == nil ? $0 | 1 << UInt64($1.offset) : $0
      }
      if others != 0 {
        try leave(
          .jumpIfZero, add(.andConstant, try word(), bits, immediate: Int64(bitPattern: others)))
      }
      let moved =
        shift == 0
        ? bits
        : add(
          shift > 0 ? .shiftLeftConstant : .shiftRightConstant, try word(), bits, immediate: Int64(abs(shift))
        )
      return whole(moved, other.members.count)
    }
    let result = try zeros(other.members.count)
    let table = addTable(places.map { $0 ?? -1 })
    try eachPlace(in: set) { index in
      try insert(add(.table, word(), index, immediate: table), into: result)
    }
    return result
  }

  /// Adds a member to a set, by the word with its place in the universe.
  func insert(_ index: Int, into set: FlatPlace) throws {
    if set.width <= 64 {
      add(.or, set.base, set.base, add(.bit, try word(), index))
    } else {
      try store(constantWord(1), to: FlatPlace(base: set.base, index: index, width: 1))
    }
  }

  /// Runs code for each member of a set, with a word that has its place in the universe.
  func eachPlace(in set: FlatPlace, _ body: (Int) throws -> Void) throws {
    let (rest, next, done) = (try word(), label(), label())
    if set.width <= 64 {
      add(.move, rest, try load(set))
      place(next)
      jump(.jumpIfZero, rest, to: done)
      let index = add(.takeLowest, try word(), rest)
      try scoped { try body(index) }
      jump(.jump, to: next)
      return place(done)
    }
    let words = try words(of: set)
    let (start, outer) = (try word(), label())
    add(.constant, start, immediate: 0)
    place(outer)
    jump(.jumpIfNotBelow, start, to: done, immediate: Int64(64 * words.count))
    add(.loadAt, rest, words.lowerBound, start, immediate: -1)
    let end = label()
    place(next)
    jump(.jumpIfZero, rest, to: end)
    let index = add(.add, try word(), start, add(.takeLowest, try word(), rest))
    try scoped { try body(index) }
    jump(.jump, to: next)
    place(end)
    add(.addConstant, start, start, immediate: 64)
    jump(.jump, to: outer)
    place(done)
  }

  /// The members of a set that is not put together.
  private func members(of value: FlatValue, in universe: FlatType.Universe) throws -> FlatPlace {
    let result = try zeros(universe.members.count)
    switch value {
    case .elements(let elements):
      for element in elements { try insert(index(of: element, in: universe), into: result) }
    case .interval, .product: try iterate(value) { try insert(index(of: $0, in: universe), into: result) }
    default: throw Unsupported()
    }
    return result
  }

  /// A word with the place of a value in a universe. If the value is not a member, the code leaves or jumps to `missing`.
  func index(of value: FlatValue, in universe: FlatType.Universe, missing: Int? = nil) throws -> Int {
    if case .constant(let constant) = value {
      if let index = encoding.index(of: constant, in: universe) { return try constantWord(UInt64(index)) }
      guard let missing, universe.members.allSatisfy({ (try? store.equal($0, constant)) == false }) else {
        throw Unsupported()
      }
      jump(.jump, to: missing)
      return try constantWord(0)
    }
    guard let type = naturalType(value) else { throw Unsupported() }
    if type != universe.element, type.width <= 12 {
      // Each value is looked up now.
      let numbers = (0..<(1 << type.width)).map { code -> Int in
        guard let value = encoding.value(UInt64(code), of: type) else { return -2 }
        if let index = encoding.index(of: value, in: universe) { return index }
        return universe.members.allSatisfy { (try? store.equal($0, value)) == false } ? -1 : -2
      }
      return try placeInTable(load(convert(value, to: type)), numbers, missing: missing)
    }
    // A value that the elements' type does not have leaves here, though it is not a member. A value that is not a member leaves, too, if TLC
    // may be unable to compare it with the members.
    let missing = isComparable(universe.element) ? missing : nil
    var value = value
    if let missing, case .integer(let target) = universe.element.shape, range(of: value) != nil {
      // All integers can be compared.
      let (number, range) = try number(value)
      if range.lowerBound < target.lowerBound {
        jump(.jumpIfBelow, number, to: missing, immediate: Int64(target.lowerBound))
      }
      if range.upperBound > target.upperBound {
        jump(.jumpIfNotBelow, number, to: missing, immediate: Int64(target.upperBound) + 1)
      }
      guard range.overlaps(target) else { return try constantWord(0) }
      value = .number(number, range.clamped(to: target))
    }
    let code = try load(convert(value, to: universe.element))
    let width = universe.element.width
    if universe.isDirect, universe.members.count == 1 << width { return code }
    if width <= 12 {
      let numbers = (0..<(UInt64(1) << UInt64(width))).map { universe.places[$0] ?? -1 }
      return try placeInTable(code, numbers, missing: missing)
    }
    return try placed(code, .lookUp, .lookUpOrJump, addUniverse(universe), missing: missing)
  }

  private func placeInTable(_ code: Int, _ numbers: [Int], missing: Int?) throws -> Int {
    try placed(code, .table, .tableOrJump, addTable(numbers), missing: missing)
  }

  /// A word with the place that an operation finds. Without a place, the code leaves or jumps to `missing`.
  private func placed(
    _ code: Int, _ operation: FlatInstruction.Operation, _ orJump: FlatInstruction.Operation, _ source: Int64,
    missing: Int?
  ) throws -> Int {
    let result = try word()
    if let missing {
      jump(orJump, result, code, to: missing, immediate: source)
    } else {
      add(operation, result, code, immediate: source)
    }
    return result
  }
}
