/// The tags of eight places of a hash table, a byte each: 0 for a free place, else a part of the hash of what lies there. They are looked at
/// together, as in Abseil's Swiss tables, by arithmetic on one word.
struct TagGroup: BitwiseCopyable {
  static let size = 8

  private var bytes: UInt64 = 0

  private static let (ones, highBits): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)

  /// The tag for a hash: of its low bits, since the high ones choose the group.
  @inline(__always) static func tag(of hash: UInt64) -> UInt64 { hash & 0x7F | 0x80 }

  /// Places of a group: of each, the highest bit of its byte.
  struct Places {
    fileprivate var bits: UInt64

    @inline(__always) var isEmpty: Bool { bits == 0 }
    /// The first place; 8 if there is none.
    @inline(__always) var first: Int { bits.trailingZeroBitCount &>> 3 }
    @inline(__always) mutating func removeFirst() { bits &= bits &- 1 }
  }

  @inline(__always) var free: Places { Places(bits: ~bytes & Self.highBits) }

  /// The places with a tag, and seldom one with another tag: a byte of 1 after one of 0 is taken for a 0.
  @inline(__always) func places(with tag: UInt64) -> Places {
    let difference = bytes ^ (tag &* Self.ones)
    return Places(bits: (difference &- Self.ones) & ~difference & Self.highBits)
  }

  /// Sets the tag of a free place.
  @inline(__always) mutating func set(_ tag: UInt64, at place: Int) {
    bytes |= tag &<< UInt64(truncatingIfNeeded: place &* 8)
  }

  @inline(__always) mutating func remove(at place: Int) {
    bytes &= ~(0xFF &<< UInt64(truncatingIfNeeded: place &* 8))
  }
}
