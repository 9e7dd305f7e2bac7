/// The successors of some states, in the order in which they were generated. One worker fills it; then all workers look up what is in it, each
/// the rows whose entries lie in its own part of the table.
final class SuccessorChunk {
  /// What is known of a row.
  enum Mark: UInt8 {
    /// It is, or will be found to be, a state that was reached before.
    case reached
    /// This is the first time that the state is reached.
    case new
    /// The constraints cut it off.
    case cutOff
  }

  /// The most rows of a chunk.
  static let mostRows = 1 << 20

  let buffer = RowBuffer()
  private var width = 1
  /// The number of rows.
  private(set) var count = 0
  private(set) var cutOffCount = 0
  private var capacity = 1 << 9

  // Of each row:
  private(set) var sources: UnsafeMutablePointer<UInt32>
  private(set) var actions: UnsafeMutablePointer<UInt32>
  private(set) var hashes: UnsafeMutablePointer<UInt64>
  private(set) var marks: UnsafeMutablePointer<Mark>
  /// The number of the row's state, or of the pending row that is the same; set where it was looked up.
  private(set) var numbers: UnsafeMutablePointer<UInt32>
  /// The place of a new state's entry.
  private(set) var places: UnsafeMutablePointer<Int>

  /// The positions of the rows that are to be looked up: those of each part of the table after those of the part before, each in order.
  private var positions: UnsafeMutablePointer<UInt32>
  private var partEnds: [Int] = []
  /// The number of new states in each part of the table, and of those that were added at last.
  private(set) var newCounts: UnsafeMutablePointer<Int>
  /// The number of the first new state.
  var firstNew = 0

  init(parts: Int) {
    sources = .allocate(capacity: capacity)
    actions = .allocate(capacity: capacity)
    hashes = .allocate(capacity: capacity)
    marks = .allocate(capacity: capacity)
    numbers = .allocate(capacity: capacity)
    places = .allocate(capacity: capacity)
    positions = .allocate(capacity: capacity)
    newCounts = .allocate(capacity: parts + 1)
  }

  deinit {
    sources.deallocate()
    actions.deallocate()
    hashes.deallocate()
    marks.deallocate()
    numbers.deallocate()
    places.deallocate()
    positions.deallocate()
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
      marks[position] = .reached
    }
    count &+= more
  }

  func cutOff(_ position: Int) {
    marks[position] = .cutOff
    cutOffCount += 1
  }

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
    marks = grown(marks)
    numbers = grown(numbers)
    places = grown(places)
    positions = grown(positions)
  }

  /// Finds the hashes, and sorts the rows by the parts of the table to which they belong.
  func sort(for table: StateTable, parts: Int) {
    for part in 0...parts { newCounts[part] = 0 }
    partEnds = Array(repeating: 0, count: parts)
    let (view, hashes, count) = (table.view, hashes, count)
    var row = row(0)
    // Hashing what is cut off takes less than finding out which rows are.
    for position in 0..<count {
      hashes[position] = view.hash(row)
      row += view.width
    }
    if parts == 1, cutOffCount == 0 {
      partEnds[0] = count
      for position in 0..<count { positions[position] = UInt32(truncatingIfNeeded: position) }
      return
    }
    for position in 0..<count where marks[position] != .cutOff {
      partEnds[StateTable.part(of: hashes[position], among: parts)] += 1
    }
    var end = 0
    for part in 0..<parts {
      end += partEnds[part]
      partEnds[part] = end
    }
    // From the last to the first, each row takes the last free position of its part.
    var ends = partEnds
    for position in (0..<count).reversed() where marks[position] != .cutOff {
      let part = StateTable.part(of: hashes[position], among: parts)
      ends[part] -= 1
      positions[ends[part]] = UInt32(truncatingIfNeeded: position)
    }
  }

  /// The positions of the rows in a part of the table.
  @inline(__always) func positions(inPart part: Int) -> UnsafeBufferPointer<UInt32> {
    let start = part == 0 ? 0 : partEnds[part - 1]
    return UnsafeBufferPointer(start: positions + start, count: partEnds[part] - start)
  }

  // MARK: Results

  @inline(__always) func setNew(_ position: Int, at place: Int, inPart part: Int) {
    marks[position] = .new
    places[position] = place
    newCounts[part] &+= 1
  }

  @inline(__always) func setNumber(_ number: Int, of position: Int) {
    numbers[position] = UInt32(truncatingIfNeeded: number)
  }

  /// The number of new states among `parts` parts, and of those beyond.
  func newCount(parts: Int) -> Int { (0...parts).reduce(0) { $0 + newCounts[$1] } }
}
