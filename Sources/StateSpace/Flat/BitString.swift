/// Strings of bits in words of 64. The place of a bit is its distance from the lowest bit of the first word.
enum BitString {
  @inline(__always) static func mask(_ width: Int) -> UInt64 {
    width >= 64 ? .max : (1 << UInt64(width)) &- 1
  }

  /// Reads up to 64 bits. The word after the last one that is meant must exist.
  @inline(__always) static func read(_ words: UnsafePointer<UInt64>, at place: Int, width: Int) -> UInt64 {
    if width == 0 { return 0 }
    let (word, shift) = (place >> 6, UInt64(place & 63))
    var bits = words[word] >> shift
    if Int(shift) + width > 64 { bits |= words[word + 1] << (64 - shift) }
    return bits & mask(width)
  }

  /// Writes up to 64 bits in place of those that are there.
  @inline(__always) static func write(
    _ bits: UInt64, to words: UnsafeMutablePointer<UInt64>, at place: Int, width: Int
  ) {
    if width == 0 { return }
    let (word, shift) = (place >> 6, UInt64(place & 63))
    let mask = mask(width)
    words[word] = words[word] & ~(mask << shift) | bits << shift
    if Int(shift) + width > 64 {
      words[word + 1] = words[word + 1] & ~(mask >> (64 - shift)) | bits >> (64 - shift)
    }
  }

  /// Copies bits from one string to another. The two must not overlap.
  static func copy(
    _ width: Int, from source: UnsafePointer<UInt64>, at start: Int,
    to target: UnsafeMutablePointer<UInt64>, at place: Int
  ) {
    var done = 0
    while done < width {
      let count = min(64, width - done)
      write(read(source, at: start + done, width: count), to: target, at: place + done, width: count)
      done += count
    }
  }

  static func isEqual(
    _ width: Int, _ left: UnsafePointer<UInt64>, at first: Int, _ right: UnsafePointer<UInt64>, at second: Int
  ) -> Bool {
    var done = 0
    while done < width {
      let count = min(64, width - done)
      if read(left, at: first + done, width: count) != read(right, at: second + done, width: count) {
        return false
      }
      done += count
    }
    return true
  }
}
