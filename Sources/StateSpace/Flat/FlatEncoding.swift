/// Values as codes of flat types, and back.
struct FlatEncoding {
  let store: ValueStore

  /// Writes the code of a value. Returns false, and may have written a part, if the type has no code for it.
  func encode(
    _ value: Value, as type: FlatType, to words: UnsafeMutablePointer<UInt64>, at place: Int
  ) -> Bool {
    switch type.shape {
    case .integer(let range):
      guard value.isInteger, range.contains(value.integer) else { return false }
      BitString.write(UInt64(value.integer - range.lowerBound), to: words, at: place, width: type.width)
      return true
    case .atom(let values):
      guard let index = values.firstIndex(of: value) else { return false }
      BitString.write(UInt64(index), to: words, at: place, width: type.width)
      return true
    case .set(let universe):
      guard value.tag == Value.Tag.set else { return false }
      BitString.clear(words, at: place, width: type.width)
      for element in store.elements(value) {
        guard let index = self.index(of: element, in: universe) else { return false }
        BitString.write(1, to: words, at: place + index, width: 1)
      }
      return true
    case .function(let domain, let parts):
      guard value.isFunction, store.functionCount(value) == parts.count, hasDomain(value, domain) else {
        return false
      }
      var end = place + type.width
      for (index, part) in parts.enumerated() {
        end -= part.width
        guard encode(store.functionValue(value, index), as: part, to: words, at: end) else { return false }
      }
      return true
    case .map(let arguments, let part):
      guard value.isFunction else { return false }
      BitString.clear(words, at: place, width: type.width)
      let domain = place + arguments.count * part.width
      for index in 0..<store.functionCount(value) {
        guard let position = self.position(of: store.functionArgument(value, index), in: arguments) else {
          return false
        }
        BitString.write(1, to: words, at: domain + position, width: 1)
        let start = domain - (position + 1) * part.width
        guard encode(store.functionValue(value, index), as: part, to: words, at: start) else { return false }
      }
      return true
    case .sequence(let element, let capacity):
      guard value.tag == Value.Tag.tuple, store.length(value) <= capacity else { return false }
      BitString.clear(words, at: place, width: type.width)
      let count = store.length(value)
      let lengthWidth = FlatType.bits(for: capacity)
      var end = place + type.width - lengthWidth
      BitString.write(UInt64(count), to: words, at: end, width: lengthWidth)
      for index in 0..<count {
        end -= element.width
        guard encode(store.functionValue(value, index), as: element, to: words, at: end) else { return false }
      }
      return true
    case .union(let types):
      for (index, alternative) in types.enumerated() where isOfKind(value, alternative) {
        BitString.clear(words, at: place, width: type.width)
        let tagWidth = FlatType.bits(for: types.count - 1)
        BitString.write(UInt64(index), to: words, at: place + type.width - tagWidth, width: tagWidth)
        return encode(value, as: alternative, to: words, at: place)
      }
      return false
    case .word:
      store.keep(value)
      BitString.write(UInt64(value.bits), to: words, at: place, width: 32)
      return true
    }
  }

  /// The code of a value; nil if the type has none. It is as many words as the width takes.
  func code(of value: Value, as type: FlatType) -> [UInt64]? {
    var words = Array(repeating: UInt64(0), count: type.width / 64 + 2)
    let fits = words.withUnsafeMutableBufferPointer {
      encode(value, as: type, to: $0.baseAddress.unsafelyUnwrapped, at: 0)
    }
    guard fits else { return nil }
    words.removeLast(words.count - max(1, (type.width + 63) / 64))
    return words
  }

  /// The value with that code; nil if no value has it.
  func decode(_ type: FlatType, _ words: UnsafePointer<UInt64>, at place: Int) throws -> Value? {
    switch type.shape {
    case .integer(let range):
      let value = range.lowerBound + Int(BitString.read(words, at: place, width: type.width))
      return range.contains(value) ? Value(small: value) : nil
    case .atom(let values):
      let index = Int(BitString.read(words, at: place, width: type.width))
      return values[safe: index]
    case .set(let universe):
      let start = store.scratchTop
      for (index, member) in universe.members.enumerated()
      where BitString.read(words, at: place + index, width: 1) == 1 { try store.push(member) }
      return try store.popSet(from: start)
    case .function(let domain, let parts):
      let start = store.scratchTop
      var end = place + type.width
      for part in parts {
        end -= part.width
        guard let value = try decode(part, words, at: end) else {
          store.scratchTop = start
          return nil
        }
        try store.push(value)
      }
      return try store.popFunction(domain: domain, from: start)
    case .map(let arguments, let part):
      let domain = place + arguments.count * part.width
      var pairs: [(Value, Value)] = []
      for (index, argument) in arguments.enumerated()
      where BitString.read(words, at: domain + index, width: 1) == 1 {
        guard let value = try decode(part, words, at: domain - (index + 1) * part.width) else { return nil }
        pairs.append((argument, value))
      }
      return try store.function(pairs)
    case .sequence(let element, let capacity):
      let lengthWidth = FlatType.bits(for: capacity)
      var end = place + type.width - lengthWidth
      let count = Int(BitString.read(words, at: end, width: lengthWidth))
      guard count <= capacity else { return nil }
      let start = store.scratchTop
      for _ in 0..<count {
        end -= element.width
        guard let value = try decode(element, words, at: end) else {
          store.scratchTop = start
          return nil
        }
        try store.push(value)
      }
      return try store.popTuple(from: start)
    case .union(let types):
      let tagWidth = FlatType.bits(for: types.count - 1)
      let tag = Int(BitString.read(words, at: place + type.width - tagWidth, width: tagWidth))
      return try types[safe: tag].flatMap { try decode($0, words, at: place) }
    case .word:
      return Value(bits: UInt32(BitString.read(words, at: place, width: 32)))
    }
  }

  /// The value with a code of at most 64 bits; nil if no value has it.
  func value(_ code: UInt64, of type: FlatType) -> Value? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2) { words in
      words[0] = code
      words[1] = 0
      return try? decode(type, UnsafePointer(words.baseAddress.unsafelyUnwrapped), at: 0)
    }
  }

  /// The place of a value in a universe; nil if it is not a member.
  func index(of value: Value, in universe: FlatType.Universe) -> Int? {
    position(of: value, in: universe.members)
  }

  /// The place of a value in a list that is in TLC's order; nil if it is not there.
  func position(of value: Value, in members: [Value]) -> Int? {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = (low + high) / 2
      let order = store.compare(members[middle], value)
      if order == 0 { return members[middle] == value ? middle : nil }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  private func hasDomain(_ value: Value, _ domain: Value) -> Bool {
    value.tag == Value.Tag.tuple
      ? isInterval(domain, to: store.length(value)) : store.payload(value)[0] == domain.bits
  }

  /// Whether a set is `1..count`.
  func isInterval(_ set: Value, to count: Int) -> Bool {
    store.length(set) == count && (count == 0 || store.payload(set)[0] == Value(small: 1).bits)
      && (count == 0 || store.payload(set)[count - 1] == Value(small: count).bits)
  }

  /// What tells the alternatives of a union apart: no two of them are of one kind.
  enum Kind: Equatable {
    case integer, atom, set
    /// Records with those fields.
    case record(Value)
    /// Functions, tuples and sequences that are no records.
    case function
  }

  /// Nil for a union, and for values as words.
  func kind(of type: FlatType) -> Kind? {
    switch type.shape {
    case .integer: .integer
    case .atom: .atom
    case .set: .set
    case .function(let domain, _): isRecord(domain) ? .record(domain) : .function
    case .map, .sequence: .function
    case .union, .word: nil
    }
  }

  private func isOfKind(_ value: Value, _ type: FlatType) -> Bool {
    switch value.tag {
    case Value.Tag.integer: kind(of: type) == .integer
    case Value.Tag.atom: kind(of: type) == .atom
    case Value.Tag.set: kind(of: type) == .set
    case Value.Tag.record: kind(of: type) == .record(Value(bits: store.payload(value)[0]))
    case Value.Tag.tuple, Value.Tag.function: kind(of: type) == .function
    default: false
    }
  }

  /// Whether functions with that domain are records.
  private func isRecord(_ domain: Value) -> Bool {
    store.length(domain) > 0 && store.elements(domain).allSatisfy(store.isString)
  }
}

extension BitString {
  static func clear(_ words: UnsafeMutablePointer<UInt64>, at place: Int, width: Int) {
    var done = 0
    while done < width {
      let count = min(64, width - done)
      write(0, to: words, at: place + done, width: count)
      done += count
    }
  }
}
