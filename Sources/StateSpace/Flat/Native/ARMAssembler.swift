/// Machine code for arm64, in the calling convention of AAPCS64.
///
/// The encodings are those of the Arm Architecture Reference Manual for A-profile.
struct ARMAssembler: Assembler {
  /// The words of the frame, the context, the tables, the place for the next row, and the repetitions that are left.
  private static let (frame, context, tables) = (Register(19), Register(20), Register(21))
  private static let (row, repetitions) = (Register(22), Register(23))
  /// Free within an operation.
  private static let (first, second, third, fourth) = (Register(13), Register(14), Register(15), Register(16))
  private static let zero = Register(31)
  /// The stack, where an instruction takes it instead of zero.
  private static let stack = Register(31)
  static let scratch = Register(12)
  static let wordRegisters = (4...11).map { Register(UInt8($0)) }

  var output = MachineCode()

  // MARK: Encoding

  /// An instruction with up to three registers.
  private mutating func encode(
    _ operation: UInt32, _ target: Register, _ left: Register, _ right: Register = Register(0)
  ) {
    output.append32(
      operation | UInt32(right.number) << 16 | UInt32(left.number) << 5 | UInt32(target.number))
  }

  /// Reads or writes the 64 bits at a distance from a base; the operation has the form for a constant and for an index.
  private mutating func access(
    _ operation: (constant: UInt32, index: UInt32), _ register: Register, _ base: Register, _ word: Int
  ) {
    if word < 1 << 12 {
      encode(operation.constant | UInt32(word) << 10, register, base)
    } else {
      set(Self.fourth, to: Int64(word))
      encode(operation.index, register, base, Self.fourth)
    }
  }

  private static let load: (constant: UInt32, index: UInt32) = (0xF940_0000, 0xF860_7800)
  private static let store: (constant: UInt32, index: UInt32) = (0xF900_0000, 0xF820_7800)

  mutating func resolveJumps() {
    output.resolveJumps { $0 | UInt32(bitPattern: Int32($1 / 4)) & 0x3FF_FFFF }
  }

  // MARK: Functions

  mutating func enter() {
    // The stack takes the link, and the registers that a function must give back as they were.
    pair(0xA980_0000, 29, 30, at: -8)
    pair(0xA900_0000, 19, 20, at: 2)
    pair(0xA900_0000, 21, 22, at: 4)
    pair(0xA900_0000, 23, 24, at: 6)
    move(Self.frame, Register(0))
    move(Self.context, Register(1))
    access(Self.load, Self.tables, Self.context, NativeContext.tables)
    access(Self.load, Self.row, Self.context, NativeContext.nextRow)
    set(Self.repetitions, to: Int64(NativeContext.mostRepetitions))
    encode(0xD61F_0000, Register(0), Register(2))
  }

  mutating func leave(_ answer: Int) {
    set(Register(0), to: Int64(answer))
    access(Self.store, Self.row, Self.context, NativeContext.nextRow)
    pair(0xA940_0000, 19, 20, at: 2)
    pair(0xA940_0000, 21, 22, at: 4)
    pair(0xA940_0000, 23, 24, at: 6)
    pair(0xA8C0_0000, 29, 30, at: 8)
    output.append32(0xD65F_03C0)
  }

  /// Two registers on the stack, at a distance in words.
  private mutating func pair(_ operation: UInt32, _ first: UInt8, _ second: UInt8, at distance: Int) {
    let distance = UInt32(bitPattern: Int32(distance)) & 0x7F
    encode(operation | distance << 15 | UInt32(second) << 10, Register(first), Self.stack)
  }

  // MARK: Words

  mutating func read(_ target: Register, word: Int) { access(Self.load, target, Self.frame, word) }

  mutating func write(word: Int, _ source: Register) { access(Self.store, source, Self.frame, word) }

  mutating func set(_ target: Register, to constant: Int64) {
    let bits = UInt64(bitPattern: constant)
    let parts = (0..<4).map { UInt32(truncatingIfNeeded: bits >> UInt64(16 * $0)) & 0xFFFF }
    // The first instruction sets the other parts to zero, or all of their bits.
    let isMostlyOnes = parts.filter { $0 == 0xFFFF }.count > parts.filter { $0 == 0 }.count
    var isFirst = true
    for (index, part) in parts.enumerated() where part != (isMostlyOnes ? 0xFFFF : 0) {
      let operation: UInt32 = isFirst ? (isMostlyOnes ? 0x9280_0000 : 0xD280_0000) : 0xF280_0000
      let shown = isFirst && isMostlyOnes ? ~part & 0xFFFF : part
      encode(operation | UInt32(index) << 21 | shown << 5, target, Register(0))
      isFirst = false
    }
    if isFirst { encode(isMostlyOnes ? 0x9280_0000 : 0xD280_0000, target, Register(0)) }
  }

  mutating func move(_ target: Register, _ source: Register) {
    if target != source { encode(0xAA00_0000, target, Self.zero, source) }
  }

  // MARK: Arithmetic

  mutating func apply(_ operation: Arithmetic, _ target: Register, _ left: Register, _ right: Register) {
    let code: UInt32 =
      switch operation {
      case .add: 0x8B00_0000
      case .subtract: 0xCB00_0000
      case .multiply: 0x9B00_7C00
      case .and: 0x8A00_0000
      case .or: 0xAA00_0000
      case .andNot: 0x8A20_0000
      }
    encode(code, target, left, right)
  }

  mutating func add(_ target: Register, _ source: Register, _ constant: Int64) {
    apply(.add, target, source, constant)
  }

  mutating func multiply(_ target: Register, _ source: Register, _ constant: Int64) {
    apply(.multiply, target, source, constant)
  }

  private mutating func apply(
    _ operation: Arithmetic, _ target: Register, _ source: Register, _ constant: Int64
  ) {
    set(Self.first, to: constant)
    apply(operation, target, source, Self.first)
  }

  mutating func and(_ target: Register, _ source: Register, _ mask: UInt64) {
    if mask == .max { return move(target, source) }
    let width = mask.trailingZeroBitCount == 0 ? (~mask).trailingZeroBitCount : 0
    if width > 0, mask == BitString.mask(width) {
      // The lowest bits.
      encode(0xD340_0000 | UInt32(width - 1) << 10, target, source)
    } else {
      apply(.and, target, source, Int64(bitPattern: mask))
    }
  }

  mutating func shiftLeft(_ target: Register, _ source: Register, _ distance: Int) {
    let distance = UInt32(distance & 63)
    encode(0xD340_0000 | ((64 - distance) & 63) << 16 | (63 - distance) << 10, target, source)
  }

  mutating func shiftRight(_ target: Register, _ source: Register, _ distance: Int) {
    encode(0xD340_0000 | UInt32(distance & 63) << 16 | 63 << 10, target, source)
  }

  private mutating func shift(_ target: Register, _ source: Register, left distance: Register) {
    encode(0x9AC0_2000, target, source, distance)
  }

  private mutating func shift(_ target: Register, _ source: Register, right distance: Register) {
    encode(0x9AC0_2400, target, source, distance)
  }

  mutating func divide(_ target: Register, _ left: Register, _ right: Register, wantsRemainder: Bool) {
    encode(0x9AC0_0C00, Self.first, left, right)
    // left - quotient * right
    encode(0x9B00_8000 | UInt32(left.number) << 10, Self.second, Self.first, right)
    // -1 if the remainder is negative, else 0
    encode(0x9340_0000 | 63 << 16 | 63 << 10, Self.third, Self.second)
    if wantsRemainder {
      apply(.and, Self.third, Self.third, right)
      apply(.add, target, Self.second, Self.third)
    } else {
      apply(.add, target, Self.first, Self.third)
    }
  }

  mutating func bit(_ target: Register, _ place: Register) {
    set(Self.first, to: 1)
    shift(target, Self.first, left: place)
  }

  mutating func countBits(_ target: Register, _ source: Register) {
    // Counted in a vector register, byte by byte, and added up.
    encode(0x9E67_0000, Register(0), source)
    encode(0x0E20_5800, Register(0), Register(0))
    encode(0x0E31_B800, Register(0), Register(0))
    encode(0x9E66_0000, target, Register(0))
  }

  mutating func lowestBit(_ target: Register, _ source: Register) {
    // The number of leading zeros of the reversed bits.
    encode(0xDAC0_0000, Self.first, source)
    encode(0xDAC0_1000, target, Self.first)
  }

  mutating func removeLowestBit(_ target: Register, _ source: Register) {
    add(Self.second, source, -1)
    apply(.and, target, source, Self.second)
  }

  // MARK: Bits and tables

  mutating func readBits(
    _ target: Register, fromWord word: Int, at place: Register, mask: UInt64, hasSeveralWords: Bool
  ) {
    guard hasSeveralWords else {
      read(Self.first, word: word)
      shift(Self.first, Self.first, right: place)
      return and(target, Self.first, mask)
    }
    address(Self.third, ofWord: word, at: place)
    access(Self.load, Self.first, Self.third, 0)
    access(Self.load, Self.second, Self.third, 1)
    shift(Self.first, Self.first, right: place)
    // The other word goes up by 64 - place bits, in two steps because that may be 64.
    encode(0xAA20_0000, Self.third, Self.zero, place)
    shiftLeft(Self.second, Self.second, 1)
    shift(Self.second, Self.second, left: Self.third)
    apply(.or, Self.second, Self.first, Self.second)
    and(target, Self.second, mask)
  }

  mutating func writeBits(
    _ source: Register, toWord word: Int, at place: Register, mask: UInt64, hasSeveralWords: Bool
  ) {
    if hasSeveralWords {
      address(Self.third, ofWord: word, at: place)
    } else {
      address(Self.third, ofWord: word)
    }
    set(Self.second, to: Int64(bitPattern: mask))
    access(Self.load, Self.first, Self.third, 0)
    shift(Self.scratch, Self.second, left: place)
    apply(.andNot, Self.first, Self.first, Self.scratch)
    shift(Self.scratch, source, left: place)
    apply(.or, Self.first, Self.first, Self.scratch)
    access(Self.store, Self.first, Self.third, 0)
    guard hasSeveralWords else { return }
    // What goes on in the next word comes down by 64 - place bits, in two steps because that may be 64.
    encode(0xAA20_0000, Self.fourth, Self.zero, place)
    access(Self.load, Self.first, Self.third, 1)
    shiftRight(Self.second, Self.second, 1)
    shift(Self.second, Self.second, right: Self.fourth)
    apply(.andNot, Self.first, Self.first, Self.second)
    shiftRight(Self.second, source, 1)
    shift(Self.second, Self.second, right: Self.fourth)
    apply(.or, Self.first, Self.first, Self.second)
    access(Self.store, Self.first, Self.third, 1)
  }

  private mutating func address(_ target: Register, ofWord word: Int) {
    set(target, to: Int64(8 * word))
    apply(.add, target, Self.frame, target)
  }

  /// The address of the word with a bit of the string that begins at a word.
  private mutating func address(_ target: Register, ofWord word: Int, at place: Register) {
    address(target, ofWord: word)
    shiftRight(Self.second, place, 6)
    // target + second * 8
    encode(0x8B00_0C00, target, target, Self.second)
  }

  mutating func readTable(_ target: Register, start: Int, at place: Register) {
    add(Self.second, place, Int64(start))
    encode(Self.load.index, target, Self.tables, Self.second)
  }

  // MARK: Control

  mutating func jump(to label: Int) {
    output.refer(to: label)
    output.append32(0x1400_0000)
  }

  mutating func jump(to label: Int, if left: Register, _ condition: Condition, _ right: Register) {
    compare(left, right)
    jump(to: label, unless: Self.opposite(condition))
  }

  mutating func jump(to label: Int, if left: Register, _ condition: Condition, _ constant: Int64) {
    set(Self.first, to: constant)
    jump(to: label, if: left, condition, Self.first)
  }

  mutating func jump(to label: Int, unless number: Register, isIn range: ClosedRange<Int64>) {
    add(Self.second, number, -range.lowerBound)
    set(Self.first, to: range.upperBound - range.lowerBound)
    compare(Self.second, Self.first)
    // Lower or the same, without signs.
    jump(to: label, unless: 9)
  }

  mutating func countRepetition(orJumpTo label: Int) {
    encode(0xF100_0400, Self.repetitions, Self.repetitions)
    // Not negative.
    jump(to: label, unless: 5)
  }

  private mutating func compare(_ left: Register, _ right: Register) {
    encode(0xEB00_0000, Self.zero, left, right)
  }

  /// The number of the opposite condition.
  private static func opposite(_ condition: Condition) -> UInt32 {
    switch condition {
    case .equal: 1
    case .notEqual: 0
    case .less: 10
    case .notLess: 11
    }
  }

  /// Jumps unless a condition is true. A conditional jump does not reach far enough, so it only skips an unconditional one.
  private mutating func jump(to label: Int, unless condition: UInt32) {
    output.append32(0x5400_0040 | condition)
    jump(to: label)
  }

  // MARK: Rows and calls

  mutating func copyWords(to target: Int, from source: Int, count: Int) {
    for index in 0..<count {
      read(Self.first, word: source + index)
      write(word: target + index, Self.first)
    }
  }

  mutating func clearWords(_ first: Int, count: Int) {
    for index in 0..<count { write(word: first + index, Self.zero) }
  }

  mutating func markRow(inSlot slot: Int) { access(Self.store, Self.row, Self.context, slot) }

  mutating func restoreRow(fromSlot slot: Int) { access(Self.load, Self.row, Self.context, slot) }

  mutating func appendRow(fromWord word: Int, bytes: Int, ifFull label: Int) {
    access(Self.load, Self.first, Self.context, NativeContext.lastRow)
    compare(Self.row, Self.first)
    jump(to: label, unless: 9)
    for index in 0..<(bytes / 8) {
      read(Self.first, word: word + index)
      access(Self.store, Self.first, Self.row, index)
    }
    if bytes % 8 != 0 {
      read(Self.first, word: word + bytes / 8)
      // Only the lower half is written.
      encode(0xB900_0000 | UInt32(bytes / 8 * 2) << 10, Self.first, Self.row)
    }
    add(Self.row, Self.row, Int64(bytes))
  }

  mutating func push(_ words: [Int], ifFull label: Int) {
    if words.isEmpty { return }
    // An operation on a constant takes the first register.
    access(Self.load, Self.scratch, Self.context, NativeContext.stackTop)
    add(Self.second, Self.scratch, Int64(8 * words.count))
    access(Self.load, Self.third, Self.context, NativeContext.stackEnd)
    compare(Self.second, Self.third)
    jump(to: label, unless: 9)
    access(Self.store, Self.second, Self.context, NativeContext.stackTop)
    for (index, word) in words.enumerated() {
      read(Self.third, word: word)
      access(Self.store, Self.third, Self.scratch, index)
    }
  }

  mutating func pop(_ words: [Int]) {
    if words.isEmpty { return }
    access(Self.load, Self.scratch, Self.context, NativeContext.stackTop)
    add(Self.scratch, Self.scratch, -Int64(8 * words.count))
    access(Self.store, Self.scratch, Self.context, NativeContext.stackTop)
    for (index, word) in words.enumerated() {
      access(Self.load, Self.third, Self.scratch, index)
      write(word: word, Self.third)
    }
  }

  mutating func call(_ function: NativeContext.Call, _ first: Int, _ second: Int) -> Register {
    set(Register(1), to: Int64(first))
    return call(function, second)
  }

  mutating func call(_ function: NativeContext.Call, _ first: Register, _ second: Int) -> Register {
    move(Register(1), first)
    return call(function, second)
  }

  private mutating func call(_ function: NativeContext.Call, _ second: Int) -> Register {
    move(Register(0), Self.context)
    set(Register(2), to: Int64(second))
    access(Self.load, Self.fourth, Self.context, function.slot)
    encode(0xD63F_0000, Register(0), Self.fourth)
    return Register(0)
  }
}
