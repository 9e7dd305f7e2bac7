/// Machine code for x86-64, in the calling convention of System V.
///
/// The encodings are those of Intel's Software Developer's Manual, volume 2.
struct X86Assembler: Assembler {
  private static let rax = Register(0)
  private static let rcx = Register(1)
  private static let rdx = Register(2)
  private static let rsi = Register(6)
  /// The words of the frame, the context, the tables, the place for the next row, and the repetitions that are left.
  private static let (frame, context, tables) = (Register(3), Register(15), Register(13))
  private static let (row, repetitions) = (Register(14), Register(12))
  /// rax, rcx, rdx and rsi are free within an operation.
  static let scratch = rcx
  static let wordRegisters = [7, 8, 9, 10, 11, 5].map { Register($0) }
  /// The registers that a function must give back as they were: rbx, rbp, r12 to r15.
  private static let saved = [3, 5, 12, 13, 14, 15].map { Register($0) }

  var output = MachineCode()

  // MARK: Encoding

  /// An instruction with two registers, or with a register and a digit of the operation.
  private mutating func encode(_ operation: [UInt8], _ register: UInt8, _ other: UInt8, isWide: Bool = true) {
    let prefix = 0x40 | (isWide ? 8 : 0) | (register >> 3) << 2 | other >> 3
    if prefix != 0x40 { output.append(prefix) }
    output.append(operation)
    output.append(0xC0 | (register & 7) << 3 | other & 7)
  }

  /// An instruction with a register and a place in memory, which is not addressed by r12 or rsp.
  private mutating func encode(_ operation: [UInt8], _ register: UInt8, at base: Register, _ distance: Int) {
    output.append(0x48 | (register >> 3) << 2 | base.number >> 3)
    output.append(operation)
    output.append(0x80 | (register & 7) << 3 | base.number & 7)
    output.append32(UInt32(bitPattern: Int32(distance)))
  }

  /// The same with the eightfold of an index added to the address.
  private mutating func encode(
    _ operation: [UInt8], _ register: UInt8, at base: Register, _ distance: Int, index: Register
  ) {
    output.append(0x48 | (register >> 3) << 2 | (index.number >> 3) << 1 | base.number >> 3)
    output.append(operation)
    output.append(0x84 | (register & 7) << 3)
    output.append(0xC0 | (index.number & 7) << 3 | base.number & 7)
    output.append32(UInt32(bitPattern: Int32(distance)))
  }

  /// An operation with a constant that is extended by its sign. The digit names the operation: 0 add, 1 or, 4 and, 5 sub, 7 cmp.
  private mutating func encode(digit: UInt8, _ register: Register, _ constant: Int32, isWide: Bool = true) {
    encode([0x81], digit, register.number, isWide: isWide)
    output.append32(UInt32(bitPattern: constant))
  }

  mutating func resolveJumps() {
    // The distance counts from the end of the instruction.
    output.resolveJumps { _, distance in UInt32(bitPattern: Int32(distance - 4)) }
  }

  // MARK: Functions

  mutating func enter() {
    for register in Self.saved {
      if register.number > 7 { output.append(0x41) }
      output.append(0x50 | register.number & 7)
    }
    encode(digit: 5, Register(4), 8)
    move(Self.frame, Register(7))
    move(Self.context, Register(6))
    encode([0x8B], Self.tables.number, at: Self.context, 8 * NativeContext.tables)
    encode([0x8B], Self.row.number, at: Self.context, 8 * NativeContext.nextRow)
    set(Self.repetitions, to: Int64(NativeContext.mostRepetitions))
    output.append([0xFF, 0xE2])
  }

  mutating func leave(_ answer: Int) {
    set(Self.rax, to: Int64(answer))
    encode([0x89], Self.row.number, at: Self.context, 8 * NativeContext.nextRow)
    encode(digit: 0, Register(4), 8)
    for register in Self.saved.reversed() {
      if register.number > 7 { output.append(0x41) }
      output.append(0x58 | register.number & 7)
    }
    output.append(0xC3)
  }

  // MARK: Words

  mutating func read(_ target: Register, word: Int) {
    encode([0x8B], target.number, at: Self.frame, 8 * word)
  }

  mutating func write(word: Int, _ source: Register) {
    encode([0x89], source.number, at: Self.frame, 8 * word)
  }

  mutating func set(_ target: Register, to constant: Int64) {
    if constant == 0 {
      encode([0x31], target.number, target.number, isWide: false)
    } else if constant > 0, constant <= UInt32.max {
      if target.number > 7 { output.append(0x41) }
      output.append(0xB8 | target.number & 7)
      output.append32(UInt32(constant))
    } else if let short = Int32(exactly: constant) {
      encode([0xC7], 0, target.number)
      output.append32(UInt32(bitPattern: short))
    } else {
      output.append(0x48 | target.number >> 3)
      output.append(0xB8 | target.number & 7)
      output.append64(UInt64(bitPattern: constant))
    }
  }

  mutating func move(_ target: Register, _ source: Register) {
    if target != source { encode([0x89], source.number, target.number) }
  }

  // MARK: Arithmetic

  mutating func apply(_ operation: Arithmetic, _ target: Register, _ left: Register, _ right: Register) {
    if operation == .andNot {
      move(Self.rax, right)
      encode([0xF7], 2, Self.rax.number)
      encode([0x21], left.number, Self.rax.number)
      return move(target, Self.rax)
    }
    // An operation changes its left operand.
    var (left, right, result) = (left, right, target)
    if target == right, target != left {
      if operation == .subtract { result = Self.rdx } else { (left, right) = (right, left) }
    }
    move(result, left)
    switch operation {
    case .add: encode([0x01], right.number, result.number)
    case .subtract: encode([0x29], right.number, result.number)
    case .multiply: encode([0x0F, 0xAF], result.number, right.number)
    case .and: encode([0x21], right.number, result.number)
    case .or: encode([0x09], right.number, result.number)
    case .andNot: break
    }
    move(target, result)
  }

  mutating func add(_ target: Register, _ source: Register, _ constant: Int64) {
    guard let short = Int32(exactly: constant) else {
      set(Self.rax, to: constant)
      return apply(.add, target, source, Self.rax)
    }
    move(target, source)
    encode(digit: 0, target, short)
  }

  mutating func multiply(_ target: Register, _ source: Register, _ constant: Int64) {
    guard let short = Int32(exactly: constant) else {
      set(Self.rax, to: constant)
      return apply(.multiply, target, source, Self.rax)
    }
    encode([0x69], target.number, source.number)
    output.append32(UInt32(bitPattern: short))
  }

  mutating func and(_ target: Register, _ source: Register, _ mask: UInt64) {
    if mask == .max { return move(target, source) }
    if let short = UInt32(exactly: mask) {
      // An operation on 32 bits clears the others.
      if target != source { encode([0x89], source.number, target.number, isWide: false) }
      return encode(digit: 4, target, Int32(bitPattern: short), isWide: false)
    }
    if let short = Int32(exactly: Int64(bitPattern: mask)) {
      move(target, source)
      return encode(digit: 4, target, short)
    }
    set(Self.rax, to: Int64(bitPattern: mask))
    apply(.and, target, source, Self.rax)
  }

  mutating func shiftLeft(_ target: Register, _ source: Register, _ distance: Int) {
    shift(4, target, source, distance)
  }

  mutating func shiftRight(_ target: Register, _ source: Register, _ distance: Int) {
    shift(5, target, source, distance)
  }

  private mutating func shift(_ digit: UInt8, _ target: Register, _ source: Register, _ distance: Int) {
    move(target, source)
    if distance & 63 == 0 { return }
    encode([0xC1], digit, target.number)
    output.append(UInt8(distance & 63))
  }

  mutating func divide(_ target: Register, _ left: Register, _ right: Register, wantsRemainder: Bool) {
    move(Self.rax, left)
    output.append([0x48, 0x99])  // cqo
    encode([0xF7], 7, right.number)
    // -1 if the remainder is negative, else 0
    shift(7, Self.rcx, Self.rdx, 63)
    if wantsRemainder {
      encode([0x21], right.number, Self.rcx.number)
      encode([0x01], Self.rcx.number, Self.rdx.number)
      move(target, Self.rdx)
    } else {
      encode([0x01], Self.rcx.number, Self.rax.number)
      move(target, Self.rax)
    }
  }

  mutating func bit(_ target: Register, _ place: Register) {
    move(Self.rcx, place)
    set(Self.rax, to: 1)
    encode([0xD3], 4, Self.rax.number)
    move(target, Self.rax)
  }

  mutating func countBits(_ target: Register, _ source: Register) {
    // Not every machine has an instruction for this. Pairs of bits are counted, then fours, then bytes, which a product adds up (Warren,
    // "Hacker's Delight", 5-1).
    let (sum, part, mask) = (Self.rax, Self.rdx, Self.rcx)
    move(sum, source)
    shiftRight(part, sum, 1)
    set(mask, to: 0x5555_5555_5555_5555)
    apply(.and, part, part, mask)
    apply(.subtract, sum, sum, part)
    shiftRight(part, sum, 2)
    set(mask, to: 0x3333_3333_3333_3333)
    apply(.and, part, part, mask)
    apply(.and, sum, sum, mask)
    apply(.add, sum, sum, part)
    shiftRight(part, sum, 4)
    apply(.add, sum, sum, part)
    set(mask, to: 0x0F0F_0F0F_0F0F_0F0F)
    apply(.and, sum, sum, mask)
    set(mask, to: 0x0101_0101_0101_0101)
    apply(.multiply, sum, sum, mask)
    shiftRight(target, sum, 56)
  }

  mutating func lowestBit(_ target: Register, _ source: Register) {
    encode([0x0F, 0xBC], target.number, source.number)
  }

  mutating func removeLowestBit(_ target: Register, _ source: Register) {
    move(Self.rax, source)
    encode(digit: 0, Self.rax, -1)
    apply(.and, target, source, Self.rax)
  }

  // MARK: Bits and tables

  mutating func readBits(
    _ target: Register, fromWord word: Int, at place: Register, mask: UInt64, hasSeveralWords: Bool
  ) {
    move(Self.rcx, place)
    if hasSeveralWords {
      shiftRight(Self.rdx, place, 6)
      encode([0x8B], Self.rax.number, at: Self.frame, 8 * word, index: Self.rdx)
      encode([0x8B], Self.rdx.number, at: Self.frame, 8 * word + 8, index: Self.rdx)
      encode([0x0F, 0xAD], Self.rdx.number, Self.rax.number)
    } else {
      read(Self.rax, word: word)
      encode([0xD3], 5, Self.rax.number)
    }
    if mask > UInt64(UInt32.max), mask != .max {
      set(Self.rdx, to: Int64(bitPattern: mask))
      encode([0x21], Self.rdx.number, Self.rax.number)
      move(target, Self.rax)
    } else {
      and(target, Self.rax, mask)
    }
  }

  mutating func writeBits(
    _ source: Register, toWord word: Int, at place: Register, mask: UInt64, hasSeveralWords: Bool
  ) {
    move(Self.rcx, place)
    if hasSeveralWords {
      shiftRight(Self.rax, place, 6)
    } else {
      set(Self.rax, to: 0)
    }
    set(Self.rsi, to: Int64(bitPattern: mask))
    move(Self.rdx, Self.rsi)
    encode([0xD3], 4, Self.rdx.number)
    encode([0xF7], 2, Self.rdx.number)
    encode([0x21], Self.rdx.number, at: Self.frame, 8 * word, index: Self.rax)
    move(Self.rdx, source)
    encode([0xD3], 4, Self.rdx.number)
    encode([0x09], Self.rdx.number, at: Self.frame, 8 * word, index: Self.rax)
    guard hasSeveralWords else { return }
    // The bits that go on in the next word; none changes it.
    set(Self.rdx, to: 0)
    encode([0x0F, 0xA5], Self.rsi.number, Self.rdx.number)
    encode([0xF7], 2, Self.rdx.number)
    encode([0x21], Self.rdx.number, at: Self.frame, 8 * word + 8, index: Self.rax)
    set(Self.rdx, to: 0)
    encode([0x0F, 0xA5], source.number, Self.rdx.number)
    encode([0x09], Self.rdx.number, at: Self.frame, 8 * word + 8, index: Self.rax)
  }

  mutating func readTable(_ target: Register, start: Int, at place: Register) {
    encode([0x8B], target.number, at: Self.tables, 8 * start, index: place)
  }

  // MARK: Control

  mutating func jump(to label: Int) {
    output.append(0xE9)
    refer(to: label)
  }

  mutating func jump(to label: Int, if left: Register, _ condition: Condition, _ right: Register) {
    encode([0x39], right.number, left.number)
    jump(to: label, Self.code(condition))
  }

  mutating func jump(to label: Int, if left: Register, _ condition: Condition, _ constant: Int64) {
    if constant == 0, condition == .equal || condition == .notEqual {
      encode([0x85], left.number, left.number)
    } else if let short = Int32(exactly: constant) {
      encode(digit: 7, left, short)
    } else {
      set(Self.rax, to: constant)
      encode([0x39], Self.rax.number, left.number)
    }
    jump(to: label, Self.code(condition))
  }

  mutating func jump(to label: Int, unless number: Register, isIn range: ClosedRange<Int64>) {
    add(Self.rax, number, -range.lowerBound)
    set(Self.rdx, to: range.upperBound - range.lowerBound)
    encode([0x39], Self.rdx.number, Self.rax.number)
    jump(to: label, 0x87)
  }

  mutating func countRepetition(orJumpTo label: Int) {
    encode(digit: 5, Self.repetitions, 1)
    jump(to: label, 0x88)
  }

  private static func code(_ condition: Condition) -> UInt8 {
    switch condition {
    case .equal: 0x84
    case .notEqual: 0x85
    case .less: 0x8C
    case .notLess: 0x8D
    }
  }

  private mutating func jump(to label: Int, _ code: UInt8) {
    output.append([0x0F, code])
    refer(to: label)
  }

  private mutating func refer(to label: Int) {
    output.refer(to: label)
    output.append32(0)
  }

  // MARK: Rows and calls

  mutating func copyWords(to target: Int, from source: Int, count: Int) {
    for index in 0..<count {
      read(Self.rax, word: source + index)
      write(word: target + index, Self.rax)
    }
  }

  mutating func clearWords(_ first: Int, count: Int) {
    set(Self.rax, to: 0)
    for index in 0..<count { write(word: first + index, Self.rax) }
  }

  mutating func markRow(inSlot slot: Int) {
    encode([0x89], Self.row.number, at: Self.context, 8 * slot)
  }

  mutating func restoreRow(fromSlot slot: Int) {
    encode([0x8B], Self.row.number, at: Self.context, 8 * slot)
  }

  mutating func appendRow(fromWord word: Int, bytes: Int, ifFull label: Int) {
    encode([0x3B], Self.row.number, at: Self.context, 8 * NativeContext.lastRow)
    jump(to: label, 0x87)
    for index in 0..<(bytes / 8) {
      read(Self.rax, word: word + index)
      encode([0x89], Self.rax.number, at: Self.row, 8 * index)
    }
    if bytes % 8 != 0 {
      read(Self.rax, word: word + bytes / 8)
      // Only the lower half is written.
      output.append([0x41, 0x89, 0x86])
      output.append32(UInt32(bytes / 8 * 8))
    }
    encode(digit: 0, Self.row, Int32(bytes))
  }

  mutating func push(_ words: [Int], ifFull label: Int) {
    if words.isEmpty { return }
    encode([0x8B], Self.rdx.number, at: Self.context, 8 * NativeContext.stackTop)
    add(Self.rax, Self.rdx, Int64(8 * words.count))
    encode([0x3B], Self.rax.number, at: Self.context, 8 * NativeContext.stackEnd)
    jump(to: label, 0x87)
    encode([0x89], Self.rax.number, at: Self.context, 8 * NativeContext.stackTop)
    for (index, word) in words.enumerated() {
      read(Self.rax, word: word)
      encode([0x89], Self.rax.number, at: Self.rdx, 8 * index)
    }
  }

  mutating func pop(_ words: [Int]) {
    if words.isEmpty { return }
    encode([0x8B], Self.rdx.number, at: Self.context, 8 * NativeContext.stackTop)
    add(Self.rdx, Self.rdx, -Int64(8 * words.count))
    encode([0x89], Self.rdx.number, at: Self.context, 8 * NativeContext.stackTop)
    for (index, word) in words.enumerated() {
      encode([0x8B], Self.rax.number, at: Self.rdx, 8 * index)
      write(word: word, Self.rax)
    }
  }

  mutating func call(_ function: NativeContext.Call, _ first: Int, _ second: Int) -> Register {
    set(Self.rsi, to: Int64(first))
    return call(function, second)
  }

  mutating func call(_ function: NativeContext.Call, _ first: Register, _ second: Int) -> Register {
    move(Self.rsi, first)
    return call(function, second)
  }

  private mutating func call(_ function: NativeContext.Call, _ second: Int) -> Register {
    move(Register(7), Self.context)
    set(Self.rdx, to: Int64(second))
    output.append([0x41, 0xFF, 0x97])
    output.append32(UInt32(8 * function.slot))
    return Self.rax
  }
}
