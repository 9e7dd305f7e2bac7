/// The rows with the numbers that entries have while a block's rows are looked up: those of the states, and then the pending rows, which are
/// new but not added yet. They lie in chunks.
struct NumberedRows {
  /// The number of low bits of a pending row's number that say at which position of its chunk the row is.
  private static let positionBits = 20

  private let states: Int
  private let width: Int
  /// Where the row with the number 0 would have to lie so that a row's number gives its address: for the states, and for each chunk.
  private let origins: UnsafeMutablePointer<Int>

  /// The number of addresses for so many chunks.
  static func capacity(chunks: Int) -> Int { chunks + 1 }

  /// All numbers for so many states and chunks are less.
  static func numberLimit(states: Int, chunks: Int) -> Int { states + chunks << positionBits }

  /// `memory` has room for all addresses, and lives longer.
  init(_ table: StateTable.View, _ chunks: ArraySlice<SuccessorChunk>, memory: UnsafeMutablePointer<Int>) {
    (states, width, origins) = (table.count, table.width, memory)
    origins[0] = Int(bitPattern: table.rows)
    for number in chunks.indices {
      let first = self.number(of: 0, inChunk: number)
      origins[number + 1] =
        Int(bitPattern: chunks[number].row(0)) - first * width * MemoryLayout<UInt32>.stride
    }
  }

  /// The number of a pending row.
  @inline(__always) func number(of position: Int, inChunk chunk: Int) -> Int {
    states &+ (chunk &<< Self.positionBits | position)
  }

  /// The chunk and the position of a pending row; nil for a state's number.
  func pending(_ number: Int) -> (chunk: Int, position: Int)? {
    guard number >= states else { return nil }
    let pending = number - states
    return (pending >> Self.positionBits, pending & (1 << Self.positionBits - 1))
  }

  /// The row with a number. There is no branch: which rows are pending follows no pattern.
  @inline(__always) func row(_ number: Int) -> UnsafePointer<UInt32> {
    let pending = number &- states
    let origin = (pending &>> Self.positionBits &+ 1) & ~(pending &>> (Int.bitWidth &- 1))
    let address = origins[origin] &+ number &* width &* MemoryLayout<UInt32>.stride
    return UnsafePointer(bitPattern: address).unsafelyUnwrapped
  }
}
