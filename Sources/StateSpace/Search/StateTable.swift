/// An exact set of states: rows stored one after the other, and an open-addressing table from hash to row number. Two rows are the same
/// state only if all their words are equal, so no state is lost to a hash collision.
final class StateTable {
  /// The address space reserved for rows. Memory is used only where it is touched.
  private static let reservedBytes = 1 << 36

  private(set) var width: Int
  private let rows: Reservation<UInt32>
  private(set) var count = 0
  /// An entry has a tag and a number, each in memory of its own. Places come in groups. The groups are in the order of the hashes, so a table
  /// of any size can be used, and one can be copied to a bigger one from its beginning to its end.
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

  /// How many groups further on rows are read while the table grows.
  private static let groupsAhead = 4

  private func setFull() { full = groups * (isCrowded ? 7 : 6) }

  /// The bytes in use.
  var memoryBytes: Int { count * width * 4 + groups * Self.groupBytes }

  /// The bytes of the entries of a group.
  private static let groupBytes = TagGroup.size * 5

  /// The extra bytes that the table takes while it grows before `more` states are added.
  func growth(within more: Int) -> Int {
    guard count + more > full else { return 0 }
    return (isCrowded ? groups / 16 : groups * 2) * Self.groupBytes
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
    if isCrowded {
      groups += groups / 16
      if groups > tags.capacity {
        // Only what is touched becomes memory. The old table goes before that.
        tags = try Reservation(capacity: 2 * groups)
        numbers = try Reservation(capacity: 2 * groups * TagGroup.size)
      }
      fill()
    } else {
      let old = view
      let moreTags = try Reservation<TagGroup>(capacity: 2 * groups)
      let moreNumbers = try Reservation<UInt32>(capacity: 2 * groups * TagGroup.size)
      groups *= 2
      let new = View(
        tags: moreTags.base, numbers: moreNumbers.base, groups: groups, rows: rows.base, width: width,
        count: count)
      let ahead = UnsafeMutablePointer<UInt32>.allocate(capacity: TagGroup.size)
      defer { ahead.deallocate() }
      for group in 0..<old.groups {
        // The rows of a later group are read ahead: the waits for memory overlap.
        let later = min(group &+ Self.groupsAhead, old.groups &- 1) &* TagGroup.size
        for place in 0..<TagGroup.size { ahead[place] = old.row(Int(old.numbers[later &+ place]))[0] }
        var used = old.tags[group].used
        while !used.isEmpty {
          enter(Int(old.numbers[group &* TagGroup.size &+ used.first]), new)
          used.removeFirst()
        }
      }
      tags = moreTags
      numbers = moreNumbers
    }
    setFull()
  }

  /// Makes an entry for a state in the first free place for its hash.
  @inline(__always) private func enter(_ state: Int, _ view: View) {
    let hash = view.hash(view.row(state))
    view.setEntry(view.freePlace(for: hash), hash: hash, number: state)
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
    let view = view
    for group in 0..<view.groups { view.tags[group] = TagGroup() }
    for state in 0..<count { enter(state, view) }
  }
}
