/// How the states of a search lie in rows of bits: a type for each variable, one after the other.
final class FlatLayout {
  let types: [FlatType]
  /// The distance of each variable's code from the lowest bit of the row.
  let offsets: [Int]
  /// The number of bits of a row.
  let bits: Int
  let encoding: FlatEncoding

  init(_ types: [FlatType], _ encoding: FlatEncoding) {
    self.types = types
    self.encoding = encoding
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
      for (variable, type) in types.enumerated()
      where !encoding.encode(Value(bits: row[variable]), as: type, to: base, at: offsets[variable]) {
        return variable
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
        guard let value = try encoding.decode(type, base, at: offsets[variable]) else {
          preconditionFailure("every row of a layout was encoded by it")
        }
        row[variable] = value.bits
      }
    }
  }
}
