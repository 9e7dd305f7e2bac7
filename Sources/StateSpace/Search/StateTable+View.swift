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
    let tags: UnsafeMutablePointer<TagGroup>
    let numbers: UnsafeMutablePointer<UInt32>
    /// The number of groups of places.
    let groups: Int
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

    /// Rows that are compared are nearly always equal, so there is no branch for each word.
    @inline(__always) func isEqual(_ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>) -> Bool {
      var difference: UInt64 = 0
      var index = 0
      while index &+ 1 < width {
        difference |= Self.pair(left + index) ^ Self.pair(right + index)
        index &+= 2
      }
      if index < width { difference |= UInt64(left[index] ^ right[index]) }
      return difference == 0
    }

    /// The group at which the search for a hash begins.
    @inline(__always) func home(of hash: UInt64) -> Int {
      Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(truncatingIfNeeded: groups)) &>> 32)
    }

    @inline(__always) func group(after group: Int) -> Int { group &+ 1 == groups ? 0 : group &+ 1 }

    /// The place in the first group for a hash at which a row with that hash probably lies. It is not likely to lie there if no tag matches, or
    /// if the group is `end`: there the part of another thread begins, and what is read means nothing.
    @inline(__always) func likelyPlace(of hash: UInt64, before end: Int) -> (place: Int, isLikely: Bool) {
      let home = home(of: hash)
      let matches = tags[home].places(with: TagGroup.tag(of: hash))
      return (home &* TagGroup.size &+ (matches.first & 7), !matches.isEmpty && home != end)
    }

    /// Looks up a row before a group, or in the whole table. Entries may have the numbers of rows that are not states yet: `row` gives these
    /// and all others.
    @inline(__always) func lookUp(
      _ words: UnsafePointer<UInt32>, hash: UInt64, before end: Int?, row: (Int) -> UnsafePointer<UInt32>
    ) -> LookUp {
      let tag = TagGroup.tag(of: hash)
      let end = end ?? -1
      var group = home(of: hash)
      // The next part may begin in the group in which this one ends.
      if group == end { return .beyond }
      while true {
        let first = group &* TagGroup.size
        var matches = tags[group].places(with: tag)
        while !matches.isEmpty {
          let number = Int(truncatingIfNeeded: numbers[first &+ matches.first])
          if isEqual(row(number), words) { return .known(number) }
          matches.removeFirst()
        }
        let free = tags[group].free
        if !free.isEmpty { return .free(first &+ free.first) }
        group &+= 1
        if group == end { return .beyond }
        if group == groups { group = 0 }
      }
    }

    /// The first place that is free for a row with that hash.
    @inline(__always) func freePlace(for hash: UInt64) -> Int {
      var group = home(of: hash)
      while tags[group].free.isEmpty { group = self.group(after: group) }
      return group &* TagGroup.size &+ tags[group].free.first
    }

    /// Writes an entry to a free place.
    @inline(__always) func setEntry(_ place: Int, hash: UInt64, number: Int) {
      tags[place / TagGroup.size].set(TagGroup.tag(of: hash), at: place % TagGroup.size)
      setNumber(number, at: place)
    }

    /// Changes the number in an entry.
    @inline(__always) func setNumber(_ number: Int, at place: Int) {
      numbers[place] = UInt32(truncatingIfNeeded: number)
    }

    /// Removes an entry. All that were added after it must be removed, too.
    @inline(__always) func removeEntry(_ place: Int) {
      tags[place / TagGroup.size].remove(at: place % TagGroup.size)
    }
  }
}
