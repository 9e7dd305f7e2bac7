/// Reads the memory that looking up rows reads first. Doing so for many rows before looking up any lets the waits for memory overlap.
final class ReadAhead {
  /// The most rows at once.
  static let capacity = 64

  /// Of each row, the place of the entry that is probably its own, the number there, and the row with that number. 0 stands for any number.
  private let places = UnsafeMutablePointer<Int>.allocate(capacity: capacity)
  private let numbers = UnsafeMutablePointer<Int>.allocate(capacity: capacity)
  private let found = UnsafeMutablePointer<UnsafePointer<UInt32>>.allocate(capacity: capacity)
  /// What is read only to be in the cache.
  private let words = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)

  deinit {
    places.deallocate()
    numbers.deallocate()
    found.deallocate()
    words.deallocate()
  }

  /// Reads ahead for `count` rows with those hashes, which are to be looked up before the group `end` of the table, or in the whole table.
  /// `row` gives the rows with the numbers that entries have.
  @inline(__always) func read(
    _ count: Int, in table: StateTable.View, before end: Int?, hash: (Int) -> UInt64,
    row: (Int) -> UnsafePointer<UInt32>
  ) {
    let (places, numbers, found, words) = (places, numbers, found, words)
    for index in 0..<count {
      let (place, isLikely) = table.likelyPlace(of: hash(index), before: end ?? -1)
      places[index] = place
      numbers[index] = isLikely ? -1 : 0
    }
    for index in 0..<count { numbers[index] &= Int(truncatingIfNeeded: table.numbers[places[index]]) }
    for index in 0..<count {
      let row = row(numbers[index])
      found[index] = row
      words[index] = row[0] ^ row[table.width &- 1]
    }
  }

  /// The number in the entry of the same row, if that was read ahead for the row at this index; nil does not mean that there is none.
  @inline(__always) func number(
    _ index: Int, of row: UnsafePointer<UInt32>, in table: StateTable.View
  ) -> Int? {
    table.count > 0 && table.isEqual(found[index], row) ? numbers[index] : nil
  }
}
