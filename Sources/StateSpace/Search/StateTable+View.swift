extension StateTable {
  /// What looking up a row found.
  enum LookUp {
    /// The number in the entry of the same row.
    case known(Int)
    /// The row is new: its entry can be written to that place.
    case free(Int)
    /// The search leads beyond the part.
    case beyond
  }

  /// Where a table's entries and rows lie, valid until it grows or its rows change. Loops hold one: the fields of an object are read again
  /// after every write.
  struct View {
    let entries: UnsafeMutablePointer<UInt64>
    /// The number of places.
    let size: Int
    let rows: UnsafeMutablePointer<UInt32>
    let width: Int
    /// The number of states when the view was made.
    let count: Int

    @inline(__always) func row(_ number: Int) -> UnsafePointer<UInt32> {
      UnsafePointer(rows + number &* width)
    }

    /// Multiplies by a number without a pattern, and folds the product, so that every bit of it depends on every bit of a word. After wyhash,
    /// by Wang Yi.
    @inline(__always) func hash(_ row: UnsafePointer<UInt32>) -> UInt64 {
      var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
      var index = 0
      while index &+ 1 < width {
        hash = Self.mixed(hash ^ Self.pair(row + index))
        index &+= 2
      }
      if index < width { hash = Self.mixed(hash ^ UInt64(row[index])) }
      return hash
    }

    @inline(__always) private static func mixed(_ bits: UInt64) -> UInt64 {
      let product = bits.multipliedFullWidth(by: 0xFF51_AFD7_ED55_8CCD)
      return product.high ^ product.low
    }

    /// Two words as one.
    @inline(__always) private static func pair(_ words: UnsafePointer<UInt32>) -> UInt64 {
      UnsafeRawPointer(words).loadUnaligned(as: UInt64.self)
    }

    /// Two rows with the same half of a hash are nearly always equal, so all words are compared without a branch for each.
    @inline(__always) private func isEqual(
      _ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>
    ) -> Bool {
      var difference: UInt64 = 0
      var index = 0
      while index &+ 1 < width {
        difference |= Self.pair(left + index) ^ Self.pair(right + index)
        index &+= 2
      }
      if index < width { difference |= UInt64(left[index] ^ right[index]) }
      return difference == 0
    }

    /// The place at which the search for a hash begins.
    @inline(__always) func home(of hash: UInt64) -> Int {
      Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(truncatingIfNeeded: size)) &>> 32)
    }

    @inline(__always) func place(after place: Int) -> Int { place &+ 1 == size ? 0 : place &+ 1 }

    /// The table entry at which the search for a row with that hash begins. Reading the entries of several rows before inserting any lets the
    /// waits for memory overlap.
    @inline(__always) func firstEntry(_ hash: UInt64) -> UInt64 { entries[home(of: hash)] }

    /// Words from both ends of the entry's row, if that may be the row with that hash and is a state's. They are read ahead, like the entries.
    @inline(__always) func outerWords(of entry: UInt64, _ hash: UInt64) -> UInt32 {
      let number = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)
      guard number &- 1 < count, number > 0, (entry ^ hash) &>> 32 == 0 else { return 0 }
      let row = row(number &- 1)
      return row[0] ^ row[width &- 1]
    }

    /// Looks up a row before the end of its part, or in the whole table. Entries may have the numbers of rows that are not states yet: `row`
    /// gives these and all others.
    @inline(__always) func lookUp(
      _ words: UnsafePointer<UInt32>, hash: UInt64, before end: Int?, row: (Int) -> UnsafePointer<UInt32>
    ) -> LookUp {
      let mark = hash &>> 32
      let end = end ?? -1
      var place = home(of: hash)
      // The next part may begin in the place in which this one ends.
      if place == end { return .beyond }
      while true {
        let entry = entries[place]
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
      entries[place] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: number &+ 1)
    }

    /// Removes an entry. All that were added after it must be removed, too.
    @inline(__always) func removeEntry(_ place: Int) { entries[place] = 0 }
  }
}
