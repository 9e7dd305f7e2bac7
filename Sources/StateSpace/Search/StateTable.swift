/// An exact set of states: rows stored one after the other, and an open-addressing table from hash to row number. Two rows are the same
/// state only if all their words are equal, so no state is lost to a hash collision.
final class StateTable {
  /// The address space reserved for rows. Memory is used only where it is touched.
  private static let reservedBytes = 1 << 36

  private(set) var width: Int
  private let rows: Reservation<UInt32>
  private(set) var count = 0
  /// An entry has a tag and a number, each in memory of its own. Places come in groups, which are in the order of the hashes, so a table of any
  /// size can be used.
  private var tags: Reservation<TagGroup>
  private var numbers: Reservation<UInt32>
  /// The number of groups.
  private(set) var groups = 1 << 9
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
    tags = try Reservation(capacity: groups)
    numbers = try Reservation(capacity: groups * TagGroup.size)
    setFull()
  }

  private func setFull() { full = groups * (isCrowded ? 7 : 6) }

  /// The bytes in use.
  var memoryBytes: Int { count * width * 4 + groups * Self.groupBytes }

  /// The bytes of the entries of a group.
  private static let groupBytes = TagGroup.size * 5

  /// The bytes by which the table grows before `more` states are added.
  func growth(within more: Int) -> Int {
    guard count + more > full else { return 0 }
    return (isCrowded ? groups / 16 : groups) * Self.groupBytes
  }

  /// The row with that number; valid as long as the table.
  @inline(__always) func row(_ index: Int) -> UnsafeMutablePointer<UInt32> { rows.base + index &* width }

  /// Where the entries and rows lie now.
  @inline(__always) var view: View {
    View(
      tags: tags.base, numbers: numbers.base, groups: groups, rows: rows.base, width: width, count: count)
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
    let more = isCrowded ? groups + groups / 16 : 2 * groups
    if more > tags.capacity {
      // Only what is touched becomes memory. The old table goes before that.
      let capacity = isCrowded ? 2 * more : more
      let moreTags = try Reservation<TagGroup>(capacity: capacity)
      numbers = try Reservation(capacity: capacity * TagGroup.size)
      tags = moreTags
    } else {
      tags.base.update(repeating: TagGroup(), count: groups)
    }
    groups = more
    setFull()
    enterStates()
  }

  /// Makes an entry for every state. All places must be free. To read the rows in their order and write anywhere takes less time than to
  /// write the entries in their order and read anywhere.
  private func enterStates() {
    let view = view
    for state in 0..<count {
      let hash = view.hash(view.row(state))
      view.setEntry(view.freePlace(for: hash), hash: hash, number: state)
    }
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
    guard isIndexed else { return }
    tags.base.update(repeating: TagGroup(), count: groups)
    enterStates()
  }
}
