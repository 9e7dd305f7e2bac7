/// Composite values as trees, kept so that a value that occurs in many states is spelled out once.
///
/// The number of kept parts bounds the memory to some tens of megabytes; beyond that it starts again empty. The first place to look for a
/// word is computed by one multiplication. A long sequence looks up each of its elements, so a dictionary's hashing would cost more than
/// everything else.
struct SpelledValues {
  private static let fewest = 1 << 10

  private let limit: Int
  /// The words of the kept values; 0, which is not a composite value, in a free place.
  private var keys: [UInt32]
  private var trees: [PlainValue]
  private var count = 0
  private var parts = 0

  init(limit: Int = 1 << 21) {
    self.limit = limit
    keys = Array(repeating: 0, count: SpelledValues.fewest)
    trees = Array(repeating: .boolean(false), count: SpelledValues.fewest)
  }

  /// The tree of a value; nil if it is not kept.
  subscript(value: Value) -> PlainValue? {
    let place = place(of: value.bits)
    return keys[place] == value.bits ? trees[place] : nil
  }

  /// Keeps the tree of a composite value. `parts` is the number of its direct parts; their own parts are kept separately.
  mutating func keep(_ tree: PlainValue, for value: Value, parts partCount: Int) {
    if parts + partCount > limit { self = SpelledValues(limit: limit) }
    if 2 * count >= keys.count { grow() }
    let place = place(of: value.bits)
    if keys[place] == 0 { count += 1 }
    keys[place] = value.bits
    trees[place] = tree
    parts += partCount + 1
  }

  /// The place where a word is, or would be inserted. At least half of the places are free.
  private func place(of key: UInt32) -> Int {
    let mask = keys.count - 1
    var place = Int(truncatingIfNeeded: (UInt64(key) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while keys[place] != 0, keys[place] != key { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    let (oldKeys, oldTrees) = (keys, trees)
    keys = Array(repeating: 0, count: 2 * oldKeys.count)
    trees = Array(repeating: .boolean(false), count: 2 * oldKeys.count)
    for (index, key) in oldKeys.enumerated() where key != 0 {
      let place = place(of: key)
      keys[place] = key
      trees[place] = oldTrees[index]
    }
  }
}
