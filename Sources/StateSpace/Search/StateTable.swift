/// An exact set of states: rows stored one after the other, and an open-addressing table from hash to row number. Two rows are the same
/// state only if all their words are equal, so no state is lost to a hash collision.
final class StateTable {
  /// The address space reserved for rows. Memory is used only where it is touched.
  private static let reservedBytes = 1 << 36

  let width: Int
  private let rows: Reservation<UInt32>
  private(set) var count = 0
  /// Each entry has half of a row's hash in the upper half and the row's number plus one in the lower half; 0 is free. The stored hash
  /// gives the place, so the table grows without reading the rows again.
  private var tableMemory: Reservation<UInt64>
  private var table: UnsafeMutablePointer<UInt64>
  private var mask: Int
  /// The number of states that fit.
  let capacity: Int

  init(width: Int) throws {
    self.width = max(width, 1)
    rows = try Reservation(atMost: Self.reservedBytes / 4)
    capacity = min(rows.capacity / self.width, Int(UInt32.max) - 1)
    let size = 1 << 12
    tableMemory = try Reservation(capacity: size)
    table = tableMemory.base
    mask = size - 1
  }

  /// The bytes in use.
  var memoryBytes: Int { count * width * 4 + (mask + 1) * 8 }

  /// The extra bytes that the table takes if it grows before `more` states are added. While it grows, the old and the new table both exist.
  func growth(within more: Int) -> Int { (count + more) * 4 > mask * 3 ? (mask + 1) * 16 : 0 }

  /// The row with that number; valid as long as the table.
  @inline(__always) func row(_ index: Int) -> UnsafeMutablePointer<UInt32> { rows.base + index &* width }

  @inline(__always) func hash(_ row: UnsafePointer<UInt32>) -> UInt64 {
    var hash: UInt64 = 0x9E37_79B9_7F4A_7C15
    for index in 0..<width {
      hash = (hash ^ UInt64(row[index])) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
    }
    return hash
  }

  /// The table entry at which the search for a row with that hash begins. Reading the entries of several rows before inserting any lets the
  /// waits for memory overlap.
  @inline(__always) func firstEntry(_ hash: UInt64) -> UInt64 { table[Int(hash >> 32) & mask] }

  /// The first word of the entry's row, if that may be the row with that hash. It is read ahead, like the entries.
  @inline(__always) func firstWord(of entry: UInt64, _ hash: UInt64) -> UInt32 {
    entry != 0 && (entry ^ hash) >> 32 == 0 ? row(Int(entry & 0xFFFF_FFFF) - 1).pointee : 0
  }

  /// The number of the state with those words, which is added if it is new.
  func insert(_ words: UnsafePointer<UInt32>) throws -> (index: Int, isNew: Bool) {
    try insert(words, hash: hash(words))
  }

  /// The same for a row whose hash is known.
  func insert(_ words: UnsafePointer<UInt32>, hash: UInt64) throws -> (index: Int, isNew: Bool) {
    let mark = hash & 0xFFFF_FFFF_0000_0000
    var place = Int(hash >> 32) & mask
    while table[place] != 0 {
      if table[place] & 0xFFFF_FFFF_0000_0000 == mark {
        let index = Int(table[place] & 0xFFFF_FFFF) - 1
        if isEqual(row(index), words) { return (index, false) }
      }
      place = (place &+ 1) & mask
    }
    guard count < capacity else {
      throw ValueError("there are more than \(capacity) states", kind: .resource)
    }
    row(count).update(from: words, count: width)
    count += 1
    table[place] = mark | UInt64(count)
    if count * 4 > mask * 3 { try grow() }
    return (count - 1, true)
  }

  /// Adds a row that is told apart by other words: neither `insert` nor `find` knows it.
  func append(_ words: UnsafePointer<UInt32>) throws {
    guard count < capacity else {
      throw ValueError("there are more than \(capacity) states", kind: .resource)
    }
    row(count).update(from: words, count: width)
    count += 1
  }

  /// The number of the state with those words; nil if it is not in the table.
  func find(_ words: UnsafePointer<UInt32>) -> Int? { find(words, hash: hash(words)) }

  /// The same for a row whose hash is known.
  func find(_ words: UnsafePointer<UInt32>, hash: UInt64) -> Int? {
    let mark = hash & 0xFFFF_FFFF_0000_0000
    var place = Int(hash >> 32) & mask
    while table[place] != 0 {
      if table[place] & 0xFFFF_FFFF_0000_0000 == mark {
        let index = Int(table[place] & 0xFFFF_FFFF) - 1
        if isEqual(row(index), words) { return index }
      }
      place = (place &+ 1) & mask
    }
    return nil
  }

  @inline(__always) private func isEqual(_ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>)
    -> Bool
  {
    for index in 0..<width where left[index] != right[index] { return false }
    return true
  }

  private func grow() throws {
    let size = (mask + 1) * 2
    let memory = try Reservation<UInt64>(capacity: size)
    let bigger = memory.base
    for old in 0...mask where table[old] != 0 {
      var place = Int(table[old] >> 32) & (size - 1)
      while bigger[place] != 0 { place = (place &+ 1) & (size - 1) }
      bigger[place] = table[old]
    }
    tableMemory = memory
    table = bigger
    mask = size - 1
  }
}
