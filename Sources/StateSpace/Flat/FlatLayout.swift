/// How the states of a search lie in rows of bits: a type for each variable, one after the other.
final class FlatLayout {
  let types: [FlatType]
  /// The distance of each variable's code from the lowest bit of the row.
  let offsets: [Int]
  /// The number of bits of a row.
  let bits: Int
  let encoding: FlatEncoding
  let caches: [CodeCache]
  /// The caches and offsets once more, as memory.
  private let unowned: UnsafeMutablePointer<Unmanaged<CodeCache>>
  private let starts: UnsafeMutablePointer<Int>

  init(_ types: [FlatType], _ encoding: FlatEncoding) {
    self.types = types
    self.encoding = encoding
    caches = types.map { CodeCache(width: $0.width) }
    var offsets: [Int] = []
    var bits = 0
    for type in types {
      offsets.append(bits)
      bits += type.width
    }
    self.offsets = offsets
    self.bits = bits
    unowned = .allocate(capacity: max(1, types.count))
    unowned.initialize(from: caches.map(Unmanaged.passUnretained), count: types.count)
    starts = .allocate(capacity: max(1, types.count))
    starts.initialize(from: offsets, count: types.count)
  }

  deinit {
    unowned.deallocate()
    starts.deallocate()
  }

  /// The number of 32-bit words of a row.
  var rowWidth: Int { max(1, (bits + 31) / 32) }
  /// The number of 64-bit words that a row takes in a frame, with one after it.
  var frameWords: Int { rowWidth / 2 + 1 }

  /// The code of a variable in a row that lies at a word of the frame.
  func place(of variable: Int, inRowAt base: Int) -> FlatPlace {
    FlatPlace(base: base, offset: offsets[variable], width: types[variable].width)
  }

  /// Writes the row of a state that is given by its values' words. Returns false if one of them has no code.
  func encode(_ values: UnsafePointer<UInt32>, to row: UnsafeMutablePointer<UInt32>) -> Bool {
    writing(row) { words in
      types.indices.allSatisfy { write(Value(bits: values[$0]), of: $0, to: words) }
    }
  }

  /// Writes the words of a state's values.
  func decode(_ row: UnsafePointer<UInt32>, to values: UnsafeMutablePointer<UInt32>) throws {
    try reading(row) { words in
      for variable in types.indices { values[variable] = try value(of: variable, in: words).bits }
    }
  }

  /// Writes a state's row, given the one that it has in a layout from which this one has grown.
  func convert(
    _ row: UnsafePointer<UInt32>, from old: FlatLayout, to new: UnsafeMutablePointer<UInt32>
  ) throws {
    try old.reading(row) { source in
      try writing(new) { words in
        for (variable, type) in types.enumerated() {
          if type === old.types[variable] {
            BitString.copy(
              type.width, from: source, at: old.offsets[variable], to: words, at: offsets[variable])
          } else {
            let hasCode = write(try old.value(of: variable, in: source), of: variable, to: words)
            precondition(hasCode, "a layout has every state of the one from which it has grown")
          }
        }
      }
    }
  }

  // MARK: Words

  @inline(__always) private func value(
    of variable: Int, in words: UnsafePointer<UInt64>
  ) throws -> Value {
    let start = starts[variable]
    // The caches have no owners here, which would be counted for each value.
    if let known = unowned[variable]._withUnsafeGuaranteedRef({ $0.known(words, at: start) }) { return known }
    return try decoded(variable, in: words)
  }

  private func decoded(_ variable: Int, in words: UnsafePointer<UInt64>) throws -> Value {
    let (type, start) = (types[variable], offsets[variable])
    guard
      let value = try caches[variable].value(
        words, at: start, decode: { try encoding.decode(type, words, at: start) })
    else { preconditionFailure("every row of a layout was encoded by it") }
    return value
  }

  private func write(_ value: Value, of variable: Int, to words: UnsafeMutablePointer<UInt64>) -> Bool {
    let (type, start) = (types[variable], offsets[variable])
    // A remembered value must not be freed.
    encoding.store.keep(value)
    return caches[variable].write(
      value, to: words, at: start, encode: { encoding.encode(value, as: type, to: words, at: start) })
  }

  private func reading<Result>(
    _ row: UnsafePointer<UInt32>, _ body: (UnsafePointer<UInt64>) throws -> Result
  ) rethrows -> Result {
    try withWords { words in
      UnsafeMutableRawPointer(words).copyMemory(from: row, byteCount: rowWidth * 4)
      return try body(words)
    }
  }

  private func writing<Result>(
    _ row: UnsafeMutablePointer<UInt32>, _ body: (UnsafeMutablePointer<UInt64>) throws -> Result
  ) rethrows -> Result {
    try withWords { words in
      let result = try body(words)
      UnsafeMutableRawPointer(row).copyMemory(from: words, byteCount: rowWidth * 4)
      return result
    }
  }

  private func withWords<Result>(
    _ body: (UnsafeMutablePointer<UInt64>) throws -> Result
  ) rethrows -> Result {
    try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: frameWords + 1) { words in
      words.initialize(repeating: 0)
      return try body(words.baseAddress.unsafelyUnwrapped)
    }
  }
}

extension FlatLayout {
  /// A layout for the values of each variable, with room for others, if that is possible. A variable whose values have no form keeps them as
  /// words of the store.
  convenience init(of values: [Set<Value>], and others: [Set<Value>]? = nil, _ encoding: FlatEncoding) {
    let inference = FlatInference(encoding, hasRoom: true)
    let types = values.enumerated().map { variable, values in
      others.flatMap { inference.type(of: Array(values.union($0[variable]))) }
        ?? inference.type(of: Array(values)) ?? FlatType(.word)
    }
    self.init(types, encoding)
  }

  /// The values of each variable in states that are given by their values' words.
  static func values(in states: StateTable) -> [Set<Value>] {
    var values = Array(repeating: Set<Value>(), count: states.width)
    for index in 0..<states.count {
      for variable in values.indices { values[variable].insert(Value(bits: states.row(index)[variable])) }
    }
    return values
  }

  /// The layout that has also room for other states, and, if that is possible, for other values of the variables that need more room. A
  /// variable that needs no more room keeps its type.
  func grown(for states: [[UInt32]], and others: [Set<Value>]) -> FlatLayout {
    let inference = FlatInference(encoding, hasRoom: true)
    let types = types.enumerated().map { variable, type in
      let values = Set(states.map { Value(bits: $0[variable]) })
      if values.allSatisfy({ encoding.code(of: $0, as: type) != nil }) { return type }
      func grown(for values: Set<Value>) -> FlatType? {
        inference.type(of: Array(values)).flatMap { inference.join(type, $0) }
      }
      return grown(for: values.union(others[variable])) ?? grown(for: values) ?? FlatType(.word)
    }
    return FlatLayout(types, encoding)
  }
}
