/// The words on which flat code works, and the buffer for the rows that it gives.
///
/// The frame begins with the state's row, then comes the row under construction, then everything else.
final class FlatFrame {
  let code: FlatCode
  let words: UnsafeMutablePointer<UInt64>
  /// What native code knows of the frame.
  let context: UnsafeMutablePointer<Int>
  /// The word at which the row under construction begins.
  let rowWord: Int
  /// The number of 32-bit words of a row.
  private let rowWidth: Int
  private let markCount: Int
  /// Where the rows go. Set by `use`.
  private var buffer = RowBuffer()
  let instructions: UnsafeMutablePointer<FlatInstruction>
  let tables: UnsafeMutablePointer<Int64>
  let bits: UnsafeMutablePointer<FlatBits>
  private let universes: UnsafeMutablePointer<PlaceTable>
  private let memos: UnsafeMutablePointer<MemoTable>
  /// The words that calls have saved. The context says where the next one lies.
  private let stack: UnsafeMutablePointer<UInt64>
  /// The words of a stack. That is some hundred activations; more are left to the node tree.
  private static let stackWords = 1 << 15

  /// A frame for code with up to `markCount` marks.
  init(_ code: FlatCode, rowWidth: Int, markCount: Int = 0) {
    self.code = code
    self.rowWidth = rowWidth
    self.markCount = markCount
    rowWord = rowWidth / 2 + 1
    words = .allocate(capacity: code.frameWords + 2)
    words.initialize(repeating: 0, count: code.frameWords + 2)
    instructions = .allocate(capacity: max(1, code.instructions.count))
    instructions.initialize(from: code.instructions, count: code.instructions.count)
    tables = .allocate(capacity: max(1, code.tables.count))
    tables.initialize(from: code.tables, count: code.tables.count)
    bits = .allocate(capacity: max(1, code.bits.count))
    bits.initialize(from: code.bits, count: code.bits.count)
    let stackCapacity = code.instructions.contains { $0.operation == .save } ? Self.stackWords : 0
    stack = .allocate(capacity: max(1, stackCapacity))
    universes = .allocate(capacity: max(1, code.universes.count))
    universes.initialize(from: code.universes.map(\.places), count: code.universes.count)
    memos = .allocate(capacity: max(1, code.memos.count))
    memos.initialize(from: code.memos.map(MemoTable.init), count: code.memos.count)
    context = .allocate(capacity: NativeContext.firstMark + markCount)
    context.initialize(repeating: 0, count: NativeContext.firstMark + markCount)
    context[NativeContext.tables] = Int(bitPattern: tables)
    context[NativeContext.frame] = Int(bitPattern: Unmanaged.passUnretained(self).toOpaque())
    context[NativeContext.stackEnd] = Int(bitPattern: stack + stackCapacity)
    emptyStack()
    use(buffer)
  }

  deinit {
    words.deallocate()
    context.deallocate()
    instructions.deallocate()
    tables.deallocate()
    bits.deallocate()
    universes.deallocate()
    memos.deinitialize(count: code.memos.count)
    memos.deallocate()
    stack.deallocate()
  }

  /// Makes a row the state that code works on.
  @inline(__always) func enter(_ row: UnsafePointer<UInt32>) { copy(row, to: words) }

  /// Makes a row the next state of a step.
  @inline(__always) func enterNext(_ row: UnsafePointer<UInt32>) { copy(row, to: words + rowWord) }

  @inline(__always) private func copy(_ row: UnsafePointer<UInt32>, to words: UnsafeMutablePointer<UInt64>) {
    let target = UnsafeMutableRawPointer(words).assumingMemoryBound(to: UInt32.self)
    for index in 0..<rowWidth { target[index] = row[index] }
    if rowWidth & 1 != 0 { target[rowWidth] = 0 }
  }

  // MARK: Rows

  @inline(__always) func removeRows() { context[NativeContext.nextRow] = Int(bitPattern: buffer.base) }

  /// Puts the rows into a buffer from now on, in place of those that it has.
  func use(_ buffer: RowBuffer) {
    self.buffer = buffer
    for mark in 0..<markCount { context[NativeContext.firstMark + mark] = Int(bitPattern: buffer.base) }
    removeRows()
    setLastRow()
  }

  /// Keeps where the next row will lie.
  @inline(__always) func mark(_ mark: Int) {
    context[NativeContext.firstMark &+ mark] = context[NativeContext.nextRow]
  }

  /// Removes the rows from a mark on.
  func removeRows(from mark: Int) {
    context[NativeContext.nextRow] = context[NativeContext.firstMark + mark]
  }

  /// The rows from one mark to the next one. They are valid until rows are added.
  @inline(__always) func rows(from mark: Int) -> (first: UnsafePointer<UInt32>, count: Int) {
    let first = UnsafeRawPointer(bitPattern: context[NativeContext.firstMark &+ mark]).unsafelyUnwrapped
    return (first.assumingMemoryBound(to: UInt32.self), countOfRows(from: mark))
  }

  /// The number of rows from one mark to the next one.
  @inline(__always) func countOfRows(from mark: Int) -> Int {
    let place = NativeContext.firstMark &+ mark
    return countOfRows(in: context[place &+ 1] &- context[place])
  }

  @inline(__always) private func countOfRows(in bytes: Int) -> Int {
    // Rows are few, and a division takes long.
    var (count, end) = (0, 0)
    while end < bytes {
      count &+= 1
      end &+= rowWidth &* 4
    }
    return count
  }

  /// Calls `body` with each of the first `marks` marks after which there are rows, and how many until the next mark.
  @inline(__always) func forEachWithRows(upTo marks: Int, _ body: (_ mark: Int, _ count: Int) -> Void) {
    let places = context + NativeContext.firstMark
    let end = places[marks]
    var (mark, start) = (0, places[0])
    while start != end {
      // Most marks have no rows, and none lies before the one before it.
      if mark &+ 8 <= marks, places[mark &+ 8] == start {
        mark &+= 8
        continue
      }
      let next = places[mark &+ 1]
      if next != start { body(mark, countOfRows(in: next &- start)) }
      (mark, start) = (mark &+ 1, next)
    }
  }

  /// Adds the row that `write` writes to the buffer, unless it returns false.
  func append(_ write: (UnsafeMutablePointer<UInt32>) -> Bool) -> Bool {
    if isFull { grow() }
    let row = UnsafeMutableRawPointer(bitPattern: context[NativeContext.nextRow]).unsafelyUnwrapped
    guard write(row.assumingMemoryBound(to: UInt32.self)) else { return false }
    context[NativeContext.nextRow] &+= rowWidth &* 4
    return true
  }

  private var isFull: Bool { context[NativeContext.nextRow] > context[NativeContext.lastRow] }

  private func setLastRow() {
    context[NativeContext.lastRow] = Int(bitPattern: buffer.base) + buffer.byteCount - rowWidth * 4
  }

  /// Makes room for more rows.
  func grow() {
    let old = Int(bitPattern: buffer.base)
    buffer.grow(toHold: rowWidth * 4, keeping: context[NativeContext.nextRow] - old)
    let distance = Int(bitPattern: buffer.base) - old
    context[NativeContext.nextRow] += distance
    for mark in 0..<markCount { context[NativeContext.firstMark + mark] += distance }
    setLastRow()
  }

  // MARK: The stack

  @inline(__always) func emptyStack() { context[NativeContext.stackTop] = Int(bitPattern: stack) }

  /// Saves words whose numbers lie in the tables. Returns false if the stack has no room.
  @inline(__always) func save(_ count: Int, from start: Int) -> Bool {
    let top = context[NativeContext.stackTop]
    guard top + 8 * count <= context[NativeContext.stackEnd],
      let place = UnsafeMutablePointer<UInt64>(bitPattern: top)
    else { return false }
    for index in 0..<count { place[index] = words[Int(tables[start &+ index])] }
    context[NativeContext.stackTop] = top + 8 * count
    return true
  }

  @inline(__always) func restore(_ count: Int, from start: Int) {
    let top = context[NativeContext.stackTop] - 8 * count
    let place = UnsafePointer<UInt64>(bitPattern: top).unsafelyUnwrapped
    for index in 0..<count { words[Int(tables[start &+ index])] = place[index] }
    context[NativeContext.stackTop] = top
  }

  // MARK: Operations on longer values

  /// Appends the row under construction to the buffer.
  func emit() {
    if isFull { grow() }
    UnsafeMutableRawPointer(bitPattern: context[NativeContext.nextRow]).unsafelyUnwrapped.copyMemory(
      from: words + rowWord, byteCount: rowWidth &* 4)
    context[NativeContext.nextRow] &+= rowWidth &* 4
  }

  func copyBits(_ record: Int) {
    let bits = bits[record]
    let (source, start) = bits.source.string(in: words)
    let (target, place) = bits.target.string(in: words)
    BitString.copy(bits.width, from: source, at: start, to: target, at: place)
  }

  func isEqual(_ record: Int) -> Bool {
    let bits = bits[record]
    let (source, start) = bits.source.string(in: words)
    let (target, place) = bits.target.string(in: words)
    return BitString.isEqual(bits.width, source, at: start, target, at: place)
  }

  /// The place of a code in a universe; nil if it is not a member's.
  func place(of code: UInt64, inUniverse universe: Int) -> Int? { universes[universe][code] }

  /// Writes the value that a memo gives to a block that begins at a word. Returns false if it gives none.
  func recall(_ memo: Int, to word: Int) -> Bool { memos[memo].write(to: words + word, in: words) }

  /// Copies words as an instruction says.
  func copyWords(_ instruction: FlatInstruction) {
    (words + Int(instruction.a)).update(from: words + Int(instruction.b), count: Int(instruction.c))
  }

  func clearWords(_ instruction: FlatInstruction) {
    (words + Int(instruction.a)).update(repeating: 0, count: Int(instruction.c))
  }
}
