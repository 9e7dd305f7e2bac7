/// The places of different codes in a list. A copy refers to the same memory, which its first owner frees.
struct PlaceTable {
  /// Each entry is a code and one more than its place; 0 stands for none. An entry lies at the first free place from that of its hash on.
  private let entries: UnsafeMutablePointer<(code: UInt64, end: Int)>
  private let mask: Int

  init(_ codes: [UInt64]) {
    var capacity = 4
    while capacity < 2 * codes.count { capacity *= 2 }
    mask = capacity - 1
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: (0, 0), count: capacity)
    for (place, code) in codes.enumerated() {
      var index = home(of: code)
      while entries[index].end != 0 { index = (index + 1) & mask }
      entries[index] = (code, place + 1)
    }
  }

  func deallocate() { entries.deallocate() }

  @inline(__always) private func home(of code: UInt64) -> Int {
    Int(truncatingIfNeeded: (code &* 0x9E37_79B9_7F4A_7C15) &>> 32) & mask
  }

  /// The place of a code; nil if it is not in the list.
  @inline(__always) subscript(code: UInt64) -> Int? {
    var index = home(of: code)
    while entries[index].end != 0 {
      if entries[index].code == code { return entries[index].end &- 1 }
      index = (index &+ 1) & mask
    }
    return nil
  }
}
