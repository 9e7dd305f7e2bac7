/// Reads the memory that looking up rows reads first. Doing so for many rows before looking up any lets the waits for memory overlap: what is
/// read is not used, but it is in the cache then.
final class ReadAhead {
  /// The most rows at once.
  static let capacity = 64

  private let entries = UnsafeMutablePointer<UInt64>.allocate(capacity: capacity)
  private let words = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)

  deinit {
    entries.deallocate()
    words.deallocate()
  }

  /// Reads ahead for `count` rows with those hashes.
  @inline(__always) func read(_ count: Int, in table: StateTable.View, hash: (Int) -> UInt64) {
    let (entries, words) = (entries, words)
    for index in 0..<count { entries[index] = table.firstEntry(hash(index)) }
    for index in 0..<count { words[index] = table.outerWords(of: entries[index], hash(index)) }
  }
}
