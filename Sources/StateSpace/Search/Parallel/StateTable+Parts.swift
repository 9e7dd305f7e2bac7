/// Looking up rows in parts of the table, each of which one thread has for itself. A part has the entries of the hashes in an interval, which
/// lie one after the other.
extension StateTable {
  /// The part to which a hash belongs.
  @inline(__always) static func part(of hash: UInt64, among parts: Int) -> Int {
    Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(truncatingIfNeeded: parts)) &>> 32)
  }

  /// The place at which a part ends. The search for a row may lead beyond it.
  func end(ofPart part: Int, among parts: Int) -> Int {
    if part + 1 == parts { return size }
    let firstHash = (UInt64(part + 1) << 32 + UInt64(parts) - 1) / UInt64(parts)
    return home(of: firstHash << 32)
  }

  /// What looking up a row found.
  enum LookUp {
    /// The number in the entry of the same row.
    case known(Int)
    /// The row is new: its entry can be written to that place.
    case free(Int)
    /// The search leads beyond the part.
    case beyond
  }

  /// Looks up a row before the end of its part, or in the whole table. Entries may have the numbers of rows that are not states yet: `row` gives
  /// these and all others.
  @inline(__always) func lookUp(
    _ words: UnsafePointer<UInt32>, hash: UInt64, before end: Int?, row: (Int) -> UnsafePointer<UInt32>
  ) -> LookUp {
    let mark = hash &>> 32
    let end = end ?? -1
    var place = home(of: hash)
    // The next part may begin in the place in which this one ends.
    if place == end { return .beyond }
    while true {
      let entry = table[place]
      if entry == 0 { return .free(place) }
      if entry &>> 32 == mark {
        let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) &- 1
        if isEqual(row(number), words) { return .known(number) }
      }
      place &+= 1
      if place == end { return .beyond }
      if place == size { place = 0 }
    }
  }

  /// Writes an entry to a free place, or changes the number of one.
  @inline(__always) func setEntry(_ place: Int, hash: UInt64, number: Int) {
    table[place] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: number &+ 1)
  }

  /// Removes an entry. All that were added after it must be removed, too.
  @inline(__always) func removeEntry(_ place: Int) { table[place] = 0 }
}
