/// The successors of some states, in the order in which they were generated. One worker fills it; then all workers look up its rows, each those
/// whose entries lie in its own part of the table. The results lie part by part, so that no worker writes beside what another one writes:
/// memory that two processors write in turn is slow.
final class SuccessorChunk {
  /// A row that is a new state, and the place of its entry.
  struct NewRow {
    let position: UInt32
    let place: Int
  }

  /// The most rows of a chunk.
  static let mostRows = 1 << 20

  let buffer = RowBuffer()
  private let parts: Int
  private var width = 1
  /// The number of rows.
  private(set) var count = 0
  private(set) var cutOffCount = 0
  private var capacity = 1 << 9

  // Of each row:
  private(set) var sources: UnsafeMutablePointer<UInt32>
  private(set) var actions: UnsafeMutablePointer<UInt32>
  private(set) var hashes: UnsafeMutablePointer<UInt64>
  /// Whether the constraints cut it off.
  private var cutOffs: UnsafeMutablePointer<Bool>
  /// The number that was found for it, by `addFound`: its state's, or that of a pending row.
  private(set) var numbers: UnsafeMutablePointer<UInt32>
  /// The number of the state that a new row has become.
  private(set) var newNumbers: UnsafeMutablePointer<UInt32>

  // Of each row that is looked up, those of each part of the table after those of the part before, and in a part in order:
  private(set) var positions: UnsafeMutablePointer<UInt32>
  /// The number of the row's state, or of the pending row that is the same.
  private(set) var found: UnsafeMutablePointer<UInt32>
  /// The new rows of each part, from the beginning of its room on.
  private var newRows: UnsafeMutablePointer<NewRow>
  /// Where the rows of each part begin, and where those of the last part end.
  private let starts: UnsafeMutablePointer<Int>
  private let newCounts: UnsafeMutablePointer<Int>
  /// The new rows for which the search led beyond their part, in any order.
  private var newBeyond: [NewRow] = []
  /// The number of the first new state.
  var firstNew = 0

  init(parts: Int) {
    self.parts = parts
    sources = .allocate(capacity: capacity)
    actions = .allocate(capacity: capacity)
    hashes = .allocate(capacity: capacity)
    cutOffs = .allocate(capacity: capacity)
    numbers = .allocate(capacity: capacity)
    newNumbers = .allocate(capacity: capacity)
    positions = .allocate(capacity: capacity)
    found = .allocate(capacity: capacity)
    newRows = .allocate(capacity: capacity)
    starts = .allocate(capacity: parts + 1)
    newCounts = .allocate(capacity: parts)
    starts.initialize(repeating: 0, count: parts + 1)
    newCounts.initialize(repeating: 0, count: parts)
  }

  deinit {
    sources.deallocate()
    actions.deallocate()
    hashes.deallocate()
    cutOffs.deallocate()
    numbers.deallocate()
    newNumbers.deallocate()
    positions.deallocate()
    found.deallocate()
    newRows.deallocate()
    starts.deallocate()
    newCounts.deallocate()
  }

  @inline(__always) func row(_ position: Int) -> UnsafePointer<UInt32> {
    UnsafePointer(buffer.base.assumingMemoryBound(to: UInt32.self)) + position &* width
  }

  // MARK: Filling

  /// Removes all rows. From now on they have `width` words.
  func removeAll(width: Int) {
    self.width = width
    count = 0
    cutOffCount = 0
  }

  /// Says of the next `more` rows in the buffer from which state and by which action they come.
  @inline(__always) func add(_ more: Int, from source: Int, by action: Int) {
    if count &+ more > capacity { grow(to: count + more) }
    for position in count..<(count &+ more) {
      sources[position] = UInt32(truncatingIfNeeded: source)
      actions[position] = UInt32(truncatingIfNeeded: action)
      cutOffs[position] = false
    }
    count &+= more
  }

  func cutOff(_ position: Int) {
    cutOffs[position] = true
    cutOffCount += 1
  }

  @inline(__always) func isCutOff(_ position: Int) -> Bool { cutOffs[position] }

  private func grow(to wanted: Int) {
    let old = capacity
    capacity = max(2 * capacity, wanted)
    func grown<Element>(_ memory: UnsafeMutablePointer<Element>) -> UnsafeMutablePointer<Element> {
      let bigger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
      bigger.moveInitialize(from: memory, count: old)
      memory.deallocate()
      return bigger
    }
    sources = grown(sources)
    actions = grown(actions)
    hashes = grown(hashes)
    cutOffs = grown(cutOffs)
    numbers = grown(numbers)
    newNumbers = grown(newNumbers)
    positions = grown(positions)
    found = grown(found)
    newRows = grown(newRows)
  }

  /// Finds the hashes, and sorts the rows by the parts of the table to which they belong. The table has `used` parts: one, or as many as the
  /// chunk.
  func sort(for table: StateTable, parts used: Int) {
    for part in 0..<parts { newCounts[part] = 0 }
    newBeyond.removeAll(keepingCapacity: true)
    let (view, hashes, positions, cutOffs, starts) = (table.view, hashes, positions, cutOffs, starts)
    let count = count
    var row = row(0)
    // Hashing what is cut off takes less than finding out which rows are.
    for position in 0..<count {
      hashes[position] = view.hash(row)
      row += view.width
    }
    for part in 0...parts { starts[part] = 0 }
    if used == 1, cutOffCount == 0 {
      for position in 0..<count { positions[position] = UInt32(truncatingIfNeeded: position) }
      for part in 1...parts { starts[part] = count }
      return
    }
    for position in 0..<count where !cutOffs[position] {
      starts[StateTable.part(of: hashes[position], among: used) &+ 1] &+= 1
    }
    for part in 0..<parts { starts[part + 1] += starts[part] }
    // While the rows are sorted, a part's beginning is where its next row goes. It ends where the next part begins.
    for position in 0..<count where !cutOffs[position] {
      let part = StateTable.part(of: hashes[position], among: used)
      positions[starts[part]] = UInt32(truncatingIfNeeded: position)
      starts[part] &+= 1
    }
    for part in (1...parts).reversed() { starts[part] = starts[part - 1] }
    starts[0] = 0
  }

  /// The rows of a part, as indices of `positions`.
  @inline(__always) func indices(ofPart part: Int) -> Range<Int> {
    Range(uncheckedBounds: (starts[part], starts[part &+ 1]))
  }

  // MARK: Results

  /// Notes the new row with that index among those of its part. They must come in order.
  @inline(__always) func setNew(_ index: Int, _ position: Int, at place: Int, inPart part: Int) {
    newRows[starts[part] &+ index] = NewRow(
      position: UInt32(truncatingIfNeeded: position), place: place)
  }

  /// Notes how many rows of a part are new.
  func setNewCount(_ count: Int, ofPart part: Int) { newCounts[part] = count }

  /// Notes a new row for which the search led beyond its part.
  func addNewBeyond(_ position: Int, at place: Int) {
    newBeyond.append(NewRow(position: UInt32(truncatingIfNeeded: position), place: place))
  }

  var newCount: Int { (0..<parts).reduce(newBeyond.count) { $0 + newCounts[$1] } }

  /// Calls `body` with each new row, in order.
  @inline(__always) func forEachNew(_ body: (NewRow) -> Void) {
    if newCounts[0] == newCount {
      for index in 0..<newCounts[0] { body(newRows[index]) }
    } else {
      for row in mergedNewRows() { body(row) }
    }
  }

  /// The new rows of all parts, in order. The list of each part is in order, which makes sorting fast.
  private func mergedNewRows() -> [NewRow] {
    var rows = newBeyond
    for part in 0..<parts {
      rows.append(contentsOf: UnsafeBufferPointer(start: newRows + starts[part], count: newCounts[part]))
    }
    rows.sort { $0.position < $1.position }
    return rows
  }

  /// Makes `numbers` of what was found for each row that was looked up.
  func addFound() {
    for index in 0..<starts[parts] { numbers[Int(positions[index])] = found[index] }
  }

  @inline(__always) func setNewNumber(_ number: Int, of position: Int) {
    newNumbers[position] = UInt32(truncatingIfNeeded: number)
  }
}
