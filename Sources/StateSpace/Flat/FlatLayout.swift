/// How the states of a search lie in rows of bits: a type for each variable, one after the other.
final class FlatLayout {
  let types: [FlatType]
  /// The distance of each variable's code from the lowest bit of the row.
  let offsets: [Int]
  /// The number of bits of a row.
  let bits: Int
  let encoding: FlatEncoding
  private let caches: [CodeCache]

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
  }

  /// The number of 32-bit words of a row.
  var rowWidth: Int { max(1, (bits + 31) / 32) }
  /// The number of 64-bit words that a row takes in a frame, with one after it.
  var frameWords: Int { rowWidth / 2 + 1 }

  /// The code of a variable in a row that lies at a word of the frame.
  func place(of variable: Int, inRowAt base: Int) -> FlatPlace {
    FlatPlace(base: base, offset: offsets[variable], width: types[variable].width)
  }

  /// Writes the flat row of a state that is given by its values' words. Returns the first variable whose value has no code.
  func encode(_ row: UnsafePointer<UInt32>, to flat: UnsafeMutablePointer<UInt32>) -> Int? {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: frameWords + 1) { words in
      let base = words.baseAddress.unsafelyUnwrapped
      base.update(repeating: 0, count: frameWords + 1)
      for (variable, type) in types.enumerated() {
        let value = Value(bits: row[variable])
        // What is remembered must not be freed.
        encoding.store.keep(value)
        let fits = caches[variable].write(value, to: base, at: offsets[variable]) {
          encoding.encode(value, as: type, to: base, at: offsets[variable])
        }
        if !fits { return variable }
      }
      UnsafeMutableRawPointer(flat).copyMemory(from: base, byteCount: rowWidth * 4)
      return nil
    }
  }

  /// Writes the words of a state's values.
  func decode(_ flat: UnsafePointer<UInt32>, to row: UnsafeMutablePointer<UInt32>) throws {
    try withUnsafeTemporaryAllocation(of: UInt64.self, capacity: frameWords + 1) { words in
      let base = words.baseAddress.unsafelyUnwrapped
      base.update(repeating: 0, count: frameWords + 1)
      UnsafeMutableRawPointer(base).copyMemory(from: flat, byteCount: rowWidth * 4)
      for (variable, type) in types.enumerated() {
        let known = try caches[variable].value(base, at: offsets[variable]) {
          try encoding.decode(type, base, at: offsets[variable])
        }
        guard let value = known else {
          preconditionFailure("every row of a layout was encoded by it")
        }
        row[variable] = value.bits
      }
    }
  }
}
