/// An exact set of states: rows stored one after the other, and an open-addressing table from hash to row number. Two rows are the same
/// state only if all their words are equal, so no state is lost to a hash collision.
final class StateTable {
  /// The address space reserved for rows. Memory is used only where it is touched.
  private static let reservedBytes = 1 << 36

  private(set) var width: Int
  private let rows: Reservation<UInt32>
  private(set) var count = 0
  /// Each entry has half of a row's hash in the upper half and the row's number plus one in the lower half; 0 is free. The stored hash
  /// gives the place, so the table grows without reading the rows again.
  private var tableMemory: Reservation<UInt64>
  private var table: UnsafeMutablePointer<UInt64>
  private var mask: Int
  /// Whether memory is too short for a bigger table. The table then fills to fifteen sixteenths instead of three quarters before it grows,
  /// and is slower.
  var isCrowded = false { didSet { setFull() } }
  /// How many states the table holds before it grows.
  private var full = 0
  /// The number of states that fit.
  private(set) var capacity: Int

  init(width: Int) throws {
    self.width = max(width, 1)
    rows = try Reservation(atMost: Self.reservedBytes / 4)
    capacity = min(rows.capacity / self.width, Int(UInt32.max) - 1)
    tableMemory = try Reservation(atMost: Self.reservedBytes / 8)
    table = tableMemory.base
    mask = (1 << 12) - 1
    setFull()
  }

  private func setFull() { full = isCrowded ? mask / 16 * 15 : mask / 4 * 3 }

  /// The bytes in use.
  var memoryBytes: Int { count * width * 4 + (mask + 1) * 8 }

  /// The extra bytes that the table takes if it grows before `more` states are added.
  func growth(within more: Int) -> Int {
    guard count + more > full else { return 0 }
    return (mask + 1) * (canDouble ? 8 : 16)
  }

  /// Whether the table's address space is large enough for a table of twice the size. If it is not, both exist while it grows.
  private var canDouble: Bool { (mask + 1) * 2 <= tableMemory.capacity }

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
    if count > full { try grow() }
    return (count - 1, true)
  }

  /// Adds a row that other words distinguish: neither `insert` nor `find` knows it.
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

  /// Doubles the table. Its entries are placed anew in their order, beginning after a free place: so an entry comes to stand at or before its
  /// old place, or in the new half, and every place that a search for it passes is final.
  private func grow() throws {
    let size = mask + 1
    if !canDouble {
      let memory = try Reservation<UInt64>(capacity: size * 2)
      memory.base.update(from: table, count: size)
      tableMemory = memory
      table = tableMemory.base
    }
    guard let free = (0..<size).first(where: { table[$0] == 0 }) else { return }
    mask = size * 2 - 1
    for step in 1..<size {
      let old = (free + step) & (size - 1)
      let entry = table[old]
      if entry == 0 { continue }
      table[old] = 0
      enter(entry)
    }
    setFull()
  }

  /// Puts an entry into the first free place for its hash.
  private func enter(_ entry: UInt64) {
    var place = Int(entry >> 32) & mask
    while table[place] != 0 { place = (place &+ 1) & mask }
    table[place] = entry
  }

  /// Gives every state a new row, in the memory of the old ones. Takes a multiple of the time that `convert` takes for each state.
  func change(
    to newWidth: Int, by convert: (UnsafePointer<UInt32>, UnsafeMutablePointer<UInt32>) throws -> Void
  ) throws {
    let newWidth = max(newWidth, 1)
    let newCapacity = min(rows.capacity / newWidth, Int(UInt32.max) - 1)
    guard count <= newCapacity else {
      throw ValueError("there are more than \(newCapacity) states", kind: .resource)
    }
    let old = UnsafeMutablePointer<UInt32>.allocate(capacity: width)
    defer { old.deallocate() }
    // From the end on, longer rows take the places of rows that have been converted.
    for step in 0..<count {
      let index = newWidth > width ? count - 1 - step : step
      old.update(from: row(index), count: width)
      try convert(old, rows.base + index * newWidth)
    }
    width = newWidth
    capacity = newCapacity
    table.update(repeating: 0, count: mask + 1)
    for index in 0..<count { enter(hash(row(index)) & 0xFFFF_FFFF_0000_0000 | UInt64(index + 1)) }
  }
}
