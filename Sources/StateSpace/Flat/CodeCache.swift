/// Remembers the codes of a variable's values, because most states share their values with others.
final class CodeCache {
  /// The binary logarithm of the number of places. A narrow code has few values.
  private let bits: Int

  /// The number of words of a code.
  private let wordCount: Int
  private let width: Int
  /// For decoding: each place has a code and the value's word.
  private let codes: UnsafeMutablePointer<UInt64>
  private let decoded: UnsafeMutablePointer<UInt32>
  /// For encoding: each place has a value's word and its code.
  private let values: UnsafeMutablePointer<UInt32>
  private let encoded: UnsafeMutablePointer<UInt64>
  /// The current code.
  private let code: UnsafeMutablePointer<UInt64>

  init(width: Int) {
    self.width = width
    bits = min(14, max(4, width))
    let places = 1 << bits
    wordCount = max(1, (width + 63) / 64)
    codes = .allocate(capacity: places * wordCount)
    encoded = .allocate(capacity: places * wordCount)
    decoded = .allocate(capacity: places)
    decoded.initialize(repeating: Value.missing.bits, count: places)
    values = .allocate(capacity: places)
    values.initialize(repeating: Value.missing.bits, count: places)
    code = .allocate(capacity: wordCount + 1)
    code.initialize(repeating: 0, count: wordCount + 1)
  }

  deinit {
    codes.deallocate()
    encoded.deallocate()
    decoded.deallocate()
    values.deallocate()
    code.deallocate()
  }

  /// The value whose code lies at a place; nil if it is not remembered.
  func known(_ words: UnsafePointer<UInt64>, at start: Int) -> Value? {
    let place = find(words, at: start)
    return isKnown(place) ? Value(bits: decoded[place]) : nil
  }

  /// The same; `decode` finds the value the first time.
  func value(
    _ words: UnsafePointer<UInt64>, at start: Int, decode: () throws -> Value?
  ) throws -> Value? {
    let place = find(words, at: start)
    if isKnown(place) { return Value(bits: decoded[place]) }
    guard let value = try decode() else { return nil }
    (codes + place * wordCount).update(from: code, count: wordCount)
    decoded[place] = value.bits
    return value
  }

  /// Makes a code the current one, and returns its place.
  @inline(__always) private func find(_ words: UnsafePointer<UInt64>, at start: Int) -> Int {
    BitString.copy(width, from: words, at: start, to: code, at: 0)
    var hash: UInt64 = 0
    for index in 0..<wordCount { hash = (hash ^ code[index]) &* 0x9E37_79B9_7F4A_7C15 }
    return Int(truncatingIfNeeded: hash &>> UInt64(64 &- bits))
  }

  /// Whether the place has the current code.
  @inline(__always) private func isKnown(_ place: Int) -> Bool {
    if decoded[place] == Value.missing.bits { return false }
    let known = codes + place &* wordCount
    for index in 0..<wordCount where known[index] != code[index] { return false }
    return true
  }

  /// Writes the code of a value to a place; `encode` finds it the first time. Returns false if the value has none.
  func write(
    _ value: Value, to words: UnsafeMutablePointer<UInt64>, at start: Int, encode: () -> Bool
  ) -> Bool {
    let place = Int((value.bits &* 0x9E37_79B9) >> UInt32(32 - bits))
    let known = encoded + place * wordCount
    if values[place] == value.bits {
      BitString.copy(width, from: known, at: 0, to: words, at: start)
      return true
    }
    guard encode() else { return false }
    code[wordCount - 1] = 0
    BitString.copy(width, from: words, at: start, to: code, at: 0)
    known.update(from: code, count: wordCount)
    values[place] = value.bits
    return true
  }
}
