/// Rows that wait to be looked up, with their hashes, and the states and actions from which they come. A look-up waits for memory; in a batch these waits overlap.
final class SuccessorBatch {
  private var width: Int
  private let capacity: Int
  private var rows: UnsafeMutablePointer<UInt32>
  private let hashes: UnsafeMutablePointer<UInt64>
  private let actions: UnsafeMutablePointer<Int>
  private let sources: UnsafeMutablePointer<Int>
  private let ahead = ReadAhead()
  private(set) var count = 0

  init(width: Int, capacity: Int = ReadAhead.capacity) {
    self.width = width
    self.capacity = capacity
    rows = .allocate(capacity: width * capacity)
    hashes = .allocate(capacity: capacity)
    actions = .allocate(capacity: capacity)
    sources = .allocate(capacity: capacity)
  }

  deinit {
    rows.deallocate()
    hashes.deallocate()
    actions.deallocate()
    sources.deallocate()
  }

  var isFull: Bool { count == capacity }

  /// Copies the row of a successor of `source`, or of an initial state if that is -1. The batch must not be full.
  @inline(__always) func add(_ row: UnsafePointer<UInt32>, from source: Int, by action: Int) {
    let target = rows + count &* width
    for index in 0..<width { target[index] = row[index] }
    actions[count] = action
    sources[count] = source
    count &+= 1
  }

  @inline(__always) func row(_ position: Int) -> UnsafePointer<UInt32> {
    UnsafePointer(rows + position &* width)
  }

  @inline(__always) func hash(_ position: Int) -> UInt64 { hashes[position] }

  @inline(__always) func action(_ position: Int) -> Int { actions[position] }

  /// The state of which the row is a successor; nil for an initial state.
  @inline(__always) func source(_ position: Int) -> Int? { sources[position] < 0 ? nil : sources[position] }

  func removeAll() { count = 0 }

  /// Removes all rows, and is for rows of another width from now on.
  func removeAll(width: Int) {
    count = 0
    self.width = width
    rows.deallocate()
    rows = .allocate(capacity: width * capacity)
  }

  /// Finds the hashes of the rows, and reads ahead what looking them up needs.
  func readAhead(_ table: StateTable) {
    let (view, hashes) = (table.view, hashes)
    for position in 0..<count { hashes[position] = view.hash(row(position)) }
    ahead.read(count, in: view, before: nil, hash: { hashes[$0] }, row: { view.row($0) })
  }
}
