/// Reads the memory that looking up rows reads first. Doing so for many rows before looking up any lets the waits for memory overlap.
final class ReadAhead {
  /// The most rows at once.
  static let capacity = 64

  /// Of each row, the place and the number at which it probably lies: 0 stands for any number.
  private let places = UnsafeMutablePointer<Int>.allocate(capacity: capacity)
  private let numbers = UnsafeMutablePointer<Int>.allocate(capacity: capacity)
  /// What is read only to be in the cache.
  private let words = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)

  deinit {
    places.deallocate()
    numbers.deallocate()
    words.deallocate()
  }

  /// Reads ahead for `count` rows with those hashes.
  @inline(__always) func read(_ count: Int, in table: StateTable.View, hash: (Int) -> UInt64) {
    let (places, numbers, words) = (places, numbers, words)
    for index in 0..<count {
      let (place, isLikely) = table.likelyPlace(of: hash(index))
      places[index] = place
      numbers[index] = isLikely ? -1 : 0
    }
    for index in 0..<count {
      let number = Int(truncatingIfNeeded: table.numbers[places[index]])
      // Rows that are not states yet have greater numbers. The sign of the difference, in every bit, needs no branch.
      numbers[index] &= number & (number &- table.count) &>> (Int.bitWidth &- 1)
    }
    for index in 0..<count {
      let row = table.row(numbers[index])
      words[index] = row[0] ^ row[table.width &- 1]
    }
  }

  /// The number of the state that is the same as row `index` of those for which was read ahead, if it was seen; nil does not mean that there
  /// is none.
  @inline(__always) func number(
    _ index: Int, of words: UnsafePointer<UInt32>, in table: StateTable.View
  ) -> Int? {
    let number = numbers[index]
    return number < table.count && table.isEqual(table.row(number), words) ? number : nil
  }
}
