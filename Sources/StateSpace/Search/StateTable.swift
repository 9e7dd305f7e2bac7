/// An exact set of states: rows stored one after the other, and an open-addressing table from hash to row number. Two rows are the same
/// state only if all their words are equal, so no state is lost to a hash collision.
final class StateTable {
  /// The address space reserved for rows. Memory is used only where it is touched.
  private static let reservedBytes = 1 << 36

  private(set) var width: Int
  private let rows: Reservation<UInt32>
  private(set) var count = 0
  /// Each entry has half of a row's hash in the upper half and the row's number plus one in the lower half; 0 is free. The places are in the
  /// order of the hashes, so a table of any size can be used, and one can be copied to a bigger one from its beginning to its end.
  private var memory: Reservation<UInt64>
  private(set) var table: UnsafeMutablePointer<UInt64>
  /// The number of places.
  private(set) var size = 1 << 12
  /// Whether memory is too short for a table of twice the size. The table then grows in its place, by a sixteenth at a time: that is slower.
  var isCrowded = false { didSet { setFull() } }
  /// Whether the table has the rows: not those that other words distinguish.
  private var isIndexed = true
  /// How many states the table holds before it grows.
  private var full = 0
  /// The number of states that fit.
  private(set) var capacity: Int

  init(width: Int) throws {
    self.width = max(width, 1)
    rows = try Reservation(atMost: Self.reservedBytes / 4)
    capacity = min(rows.capacity / self.width, Int(UInt32.max) - 1)
    memory = try Reservation(capacity: size)
    table = memory.base
    setFull()
  }

  private func setFull() { full = isCrowded ? size / 8 * 7 : size / 4 * 3 }

  /// The bytes in use.
  var memoryBytes: Int { count * width * 4 + size * 8 }

  /// The extra bytes that the table takes while it grows before `more` states are added.
  func growth(within more: Int) -> Int {
    guard count + more > full else { return 0 }
    return isCrowded ? size / 2 : size * 16
  }

  /// The row with that number; valid as long as the table.
  @inline(__always) func row(_ index: Int) -> UnsafeMutablePointer<UInt32> { rows.base + index &* width }

  /// Where the entries and rows lie now.
  @inline(__always) var view: View {
    View(entries: table, size: size, rows: rows.base, width: width, count: count)
  }

  @inline(__always) func hash(_ row: UnsafePointer<UInt32>) -> UInt64 { view.hash(row) }

  /// Makes room for more states: the table does not grow while these are added.
  func reserve(_ more: Int) throws {
    guard more <= capacity - count else {
      throw ValueError("there are more than \(capacity) states", kind: .resource)
    }
    while count + more > full { try grow() }
  }

  /// Adds states whose rows and entries have been written. There must be room for them.
  func add(_ more: Int) { count += more }

  /// The number of the state with those words, which is added if it is new.
  func insert(_ words: UnsafePointer<UInt32>) throws -> (index: Int, isNew: Bool) {
    try insert(words, hash: hash(words))
  }

  /// The same for a row whose hash is known.
  func insert(_ words: UnsafePointer<UInt32>, hash: UInt64) throws -> (index: Int, isNew: Bool) {
    let place: Int
    switch lookUp(words, hash: hash) {
    case .known(let index): return (index, false)
    case .free(let free): place = free
    case .beyond: preconditionFailure("the whole table was searched")
    }
    guard count < capacity else {
      throw ValueError("there are more than \(capacity) states", kind: .resource)
    }
    row(count).update(from: words, count: width)
    view.setEntry(place, hash: hash, number: count)
    count += 1
    if count > full { try grow() }
    return (count - 1, true)
  }

  @inline(__always) private func lookUp(_ words: UnsafePointer<UInt32>, hash: UInt64) -> LookUp {
    let view = view
    return view.lookUp(words, hash: hash, before: nil) { view.row($0) }
  }

  /// Adds a row that other words distinguish: neither `insert` nor `find` knows it.
  func append(_ words: UnsafePointer<UInt32>) throws {
    guard count < capacity else {
      throw ValueError("there are more than \(capacity) states", kind: .resource)
    }
    row(count).update(from: words, count: width)
    count += 1
    isIndexed = false
  }

  /// The number of the state with those words; nil if it is not in the table.
  func find(_ words: UnsafePointer<UInt32>) -> Int? { find(words, hash: hash(words)) }

  /// The same for a row whose hash is known.
  func find(_ words: UnsafePointer<UInt32>, hash: UInt64) -> Int? {
    if case .known(let index) = lookUp(words, hash: hash) { return index }
    return nil
  }

  private func grow() throws {
    let oldSize = size
    if isCrowded {
      size += size / 16
      if size > memory.capacity {
        // Only what is touched becomes memory. The old table goes before that.
        memory = try Reservation(capacity: 2 * size)
        table = memory.base
      }
      fill()
    } else {
      size *= 2
      let old = table
      let bigger = try Reservation<UInt64>(capacity: size)
      table = bigger.base
      let view = view
      for place in 0..<oldSize where old[place] != 0 { enter(old[place], view) }
      memory = bigger
    }
    setFull()
  }

  /// Puts an entry into the first free place for its hash.
  @inline(__always) private func enter(_ entry: UInt64, _ view: View) {
    var place = view.home(of: entry)
    while view.entries[place] != 0 { place = view.place(after: place) }
    view.entries[place] = entry
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
    if isIndexed { fill() }
  }

  /// Makes the table anew from the rows.
  private func fill() {
    table.update(repeating: 0, count: size)
    let view = view
    for index in 0..<count {
      enter(view.hash(view.row(index)) & 0xFFFF_FFFF_0000_0000 | UInt64(index + 1), view)
    }
  }
}
