/// Puts machine code together from the operations that flat code needs. All of them work on 64 bits.
///
/// The code addresses four things: the words of a frame, the tables of its program, a context (see `NativeContext`), and the place for the next
/// row. Each has a register of its own.
protocol Assembler {
  /// The registers that may hold words of the frame. Calls change all of them.
  static var wordRegisters: [Register] { get }
  /// A register that keeps its number through operations on constants, and is free otherwise.
  static var scratch: Register { get }

  init()

  var output: MachineCode { get set }

  /// Begins a function with three arguments: the words of a frame, the context, and the address at which to go on.
  mutating func enter()
  /// Gives every jump the distance to its label.
  mutating func resolveJumps()
  /// Ends the function with that answer.
  mutating func leave(_ answer: Int)

  // MARK: Words

  mutating func read(_ target: Register, word: Int)
  mutating func write(word: Int, _ source: Register)
  mutating func set(_ target: Register, to constant: Int64)
  mutating func move(_ target: Register, _ source: Register)

  // MARK: Arithmetic

  mutating func apply(_ operation: Arithmetic, _ target: Register, _ left: Register, _ right: Register)
  mutating func add(_ target: Register, _ source: Register, _ constant: Int64)
  mutating func multiply(_ target: Register, _ source: Register, _ constant: Int64)
  mutating func and(_ target: Register, _ source: Register, _ mask: UInt64)
  mutating func shiftLeft(_ target: Register, _ source: Register, _ distance: Int)
  mutating func shiftRight(_ target: Register, _ source: Register, _ distance: Int)
  /// The quotient that is rounded down, and the remainder that is not negative. The divisor must be positive.
  mutating func divide(_ target: Register, _ left: Register, _ right: Register, wantsRemainder: Bool)
  /// `target = 1 << place`, for a place below 64.
  mutating func bit(_ target: Register, _ place: Register)
  mutating func countBits(_ target: Register, _ source: Register)
  /// The place of the lowest bit, of which there must be one.
  mutating func lowestBit(_ target: Register, _ source: Register)
  /// The number without its lowest bit.
  mutating func removeLowestBit(_ target: Register, _ source: Register)

  // MARK: Bits and tables

  /// The bits of the string that begins at a word, from the bit `place` on. If the string has several words, the bits may lie in two of them.
  mutating func readBits(
    _ target: Register, fromWord word: Int, at place: Register, mask: UInt64, hasSeveralWords: Bool)
  mutating func writeBits(
    _ source: Register, toWord word: Int, at place: Register, mask: UInt64, hasSeveralWords: Bool)
  /// The number at a place of a table, which begins at the number `start` of all tables.
  mutating func readTable(_ target: Register, start: Int, at place: Register)

  // MARK: Control

  mutating func jump(to label: Int)
  mutating func jump(to label: Int, if left: Register, _ condition: Condition, _ right: Register)
  mutating func jump(to label: Int, if left: Register, _ condition: Condition, _ constant: Int64)
  /// Jumps if the number lies outside of a range.
  mutating func jump(to label: Int, unless number: Register, isIn range: ClosedRange<Int64>)
  /// Counts a repetition. Jumps if there were too many.
  mutating func countRepetition(orJumpTo label: Int)

  // MARK: Rows and calls

  mutating func copyWords(to target: Int, from source: Int, count: Int)
  mutating func clearWords(_ first: Int, count: Int)
  /// Keeps the place for the next row in a slot of the context.
  mutating func markRow(inSlot slot: Int)
  /// Takes the place for the next row from a slot of the context.
  mutating func restoreRow(fromSlot slot: Int)
  /// Appends the row that begins at a word to the buffer. Jumps if the buffer is full.
  mutating func appendRow(fromWord word: Int, bytes: Int, ifFull label: Int)
  /// Puts words on the stack. Jumps if it has no room.
  mutating func push(_ words: [Int], ifFull label: Int)
  /// Takes words from the stack.
  mutating func pop(_ words: [Int])
  /// Calls a function of the context with it and two numbers. Its result is in the register that is returned.
  mutating func call(_ function: NativeContext.Call, _ first: Int, _ second: Int) -> Register
  /// The same, with a register for the first number.
  mutating func call(_ function: NativeContext.Call, _ first: Register, _ second: Int) -> Register
}

/// A register of a machine, by the number that its instructions give it.
struct Register: Equatable {
  let number: UInt8

  init(_ number: UInt8) { self.number = number }
}

enum Arithmetic {
  case add, subtract, multiply, and, or, andNot
}

/// How two signed numbers compare.
enum Condition {
  case equal, notEqual, less, notLess
}

/// What an assembler has put together: bytes, the places of labels, and the jumps to them.
struct MachineCode {
  private(set) var bytes: [UInt8] = []
  /// The place of each label; -1 as long as it has none.
  private var labels: [Int] = []
  private var jumps: [(place: Int, label: Int)] = []

  /// A new label.
  mutating func label() -> Int {
    labels.append(-1)
    return labels.count - 1
  }

  mutating func place(_ label: Int) { labels[label] = bytes.count }

  func place(of label: Int) -> Int { labels[label] }

  /// Notes that the bytes that follow, or an instruction that begins with them, need the place of a label.
  mutating func refer(to label: Int) { jumps.append((bytes.count, label)) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ more: [UInt8]) { bytes += more }

  mutating func append32(_ number: UInt32) {
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func append64(_ number: UInt64) {
    append32(UInt32(truncatingIfNeeded: number))
    append32(UInt32(truncatingIfNeeded: number >> 32))
  }

  /// Gives every jump its distance: `patch` gets the four bytes at a jump, as a number, and the distance from there to its label, and returns
  /// the bytes to put there.
  mutating func resolveJumps(_ patch: (UInt32, Int) -> UInt32) {
    for (place, label) in jumps {
      precondition(labels[label] >= 0, "every label has a place")
      var old: UInt32 = 0
      for index in 0..<4 { old |= UInt32(bytes[place + index]) << UInt32(8 * index) }
      let new = patch(old, labels[label] - place)
      for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: new >> UInt32(8 * index)) }
    }
    jumps = []
  }
}

/// The numbers that native code and its callers share, each at its slot.
enum NativeContext {
  /// The address of the place for the next row.
  static let nextRow = 0
  /// The last address at which a row has room.
  static let lastRow = 1
  /// The address of the tables.
  static let tables = 2
  /// The owner of the frame, for calls.
  static let frame = 3
  /// The addresses of the next word on the stack, and of its end.
  static let (stackTop, stackEnd) = (4, 5)
  /// The first of the addresses of functions.
  static let firstCall = 6
  /// The first of the slots that keep where the rows of each action begin.
  static let firstMark = firstCall + Call.allCases.count

  /// The functions that native code calls.
  enum Call: Int, CaseIterable {
    case copyWords, clearWords, copyBits, equalBits, lookUp, recall

    var slot: Int { firstCall + rawValue }
  }

  /// How often loops may repeat in one run. Longer ones are left to the node tree, which can be stopped.
  static let mostRepetitions = 1 << 20
}
