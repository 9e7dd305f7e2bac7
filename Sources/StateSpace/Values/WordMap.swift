/// Words by keys that are not zero, in an open-addressing table that doubles when it is two thirds full. Nothing is removed.
final class WordMap {
  private var keys: UnsafeMutablePointer<UInt64>
  private var words: UnsafeMutablePointer<UInt64>
  private var bits = 8
  private var count = 0

  init() { (keys, words) = Self.table(bits) }

  deinit {
    keys.deallocate()
    words.deallocate()
  }

  private static func table(_ bits: Int) -> (UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt64>) {
    let (keys, words) = (
      UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << bits),
      UnsafeMutablePointer<UInt64>.allocate(capacity: 1 << bits)
    )
    keys.initialize(repeating: 0, count: 1 << bits)
    words.initialize(repeating: 0, count: 1 << bits)
    return (keys, words)
  }

  /// The place of a key, or the free place where it belongs.
  @inline(__always) private func place(of key: UInt64) -> Int {
    let mask = 1 &<< bits &- 1
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> UInt64(64 &- bits))
    while keys[place] != 0, keys[place] != key { place = (place &+ 1) & mask }
    return place
  }

  /// The word of a key; nil if it has none.
  @inline(__always) subscript(_ key: UInt64) -> UInt64? {
    let place = place(of: key)
    return keys[place] == 0 ? nil : words[place]
  }

  /// Adds a key that has no word.
  func add(_ key: UInt64, _ word: UInt64) {
    if 3 * count >= 2 << bits { grow() }
    let place = place(of: key)
    keys[place] = key
    words[place] = word
    count += 1
  }

  private func grow() {
    let (oldKeys, oldWords, size) = (keys, words, 1 << bits)
    bits += 1
    (keys, words) = Self.table(bits)
    for index in 0..<size where oldKeys[index] != 0 {
      let place = place(of: oldKeys[index])
      keys[place] = oldKeys[index]
      words[place] = oldWords[index]
    }
    oldKeys.deallocate()
    oldWords.deallocate()
  }
}
