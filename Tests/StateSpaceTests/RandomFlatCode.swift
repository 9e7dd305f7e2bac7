@testable import StateSpace

/// Flat code that a random number makes: every operation but memos, on words of a frame that begins with random bits. Jumps lead forward, but
/// for a loop around a part.
struct RandomFlatCode {
  /// The words of a row; it begins after the state's.
  static let (rowWords, rowBytes) = (6, 44)
  private static let looseWords = 24
  private static let blockWords = 5

  private(set) var code = FlatCode()
  /// The words of the frame before the code runs.
  private(set) var words: [UInt64] = []
  /// The first word that the code writes before it reads it.
  private var firstOwnWord = 0
  private var numbers: SeededNumbers
  private var nextWord: Int
  /// Single words that have a value, and the first words of blocks.
  private var loose: [Int] = []
  private var blocks: [Int] = []

  init(seed: UInt64) {
    numbers = SeededNumbers(seed: seed)
    nextWord = 2 * Self.rowWords
    code.blocks = [0: 0..<Self.rowWords, Self.rowWords: Self.rowWords..<(2 * Self.rowWords)]
    for number in 0..<64 {
      let entry = number % 9 == 7 ? -1 : number % 13 == 5 ? -2 : number % 8
      code.tables.append(Int64(entry))
    }
    code.universes = [
      FlatType.Universe(
        FlatType(.integer(0...7)), members: (0..<8).map(Value.init(small:)), codes: Array(0..<8))
    ]
    for _ in 0..<3 {
      code.blocks[nextWord] = nextWord..<(nextWord + Self.blockWords)
      blocks.append(nextWord)
      nextWord += Self.blockWords + 1
    }
    firstOwnWord = nextWord
    for _ in 0..<6 { loose.append(newWord()) }
    // Each begins with a value that the code gives it.
    for word in loose { add(.constant, word, immediate: Int64(bitPattern: randomBits())) }
    addParts(depth: 0, count: 24)
    add(.emit)
    add(.end, immediate: Int64(next(2)))
    add(.leave)
    let leave = Int32(code.instructions.count - 1)
    for index in code.instructions.indices where code.instructions[index].c == -1 {
      code.instructions[index].c = leave
    }
    code.frameWords = nextWord + 2
    words = (0..<(code.frameWords + 2)).map { _ in randomBits() }
  }

  /// The same code, made shorter.
  var optimized: RandomFlatCode {
    var result = self
    let words = FlatEntryWords(rows: firstOwnWord, first: firstOwnWord, end: code.frameWords)
    var optimizer = FlatOptimizer(code, from: 0, words)
    optimizer.run()
    result.code.instructions = optimizer.result(at: 0)
    result.code.tables += optimizer.newTables
    return result
  }

  // MARK: Parts

  private mutating func addParts(depth: Int, count: Int) {
    for _ in 0..<count {
      switch next(12) {
      case 0 where depth < 3: addLoop(depth)
      case 1...3 where depth < 4: addConditional(depth)
      case 4: addString()
      case 5: add(.emit)
      default: addOperation()
      }
    }
  }

  private mutating func addConditional(_ depth: Int) {
    let place = code.instructions.count
    let (first, second) = (word(), word())
    let operations: [FlatInstruction.Operation] = [
      .jumpIfZero, .jumpIfNotZero, .jumpIfEqual, .jumpIfNotEqual, .jumpIfLess, .jumpIfNotLess, .jumpIfIs,
      .jumpIfIsNot,
      .jumpIfBelow, .jumpIfNotBelow,
    ]
    add(operations[next(operations.count)], first, second, immediate: Int64(bitPattern: randomBits()))
    // What only a part of the ways writes has no value behind it.
    let known = loose
    addParts(depth: depth + 1, count: 1 + next(4))
    loose = known
    code.instructions[place].c = Int32(code.instructions.count)
  }

  private mutating func addLoop(_ depth: Int) {
    let index = newWord()
    add(.constant, index, immediate: 0)
    let start = code.instructions.count
    add(.jumpIfNotBelow, index, immediate: Int64(next(4)))
    let known = loose
    addParts(depth: depth + 1, count: 1 + next(4))
    loose = known
    add(.addConstant, index, index, immediate: 1)
    add(.jump)
    code.instructions[code.instructions.count - 1].c = Int32(start)
    code.instructions[start].c = Int32(code.instructions.count)
  }

  // MARK: Operations

  private mutating func addOperation() {
    let (source, other) = (word(), word())
    let target = next(3) == 0 ? word() : newWord()
    let amount = 1 + next(63)
    let mask = Int64(bitPattern: UInt64.max >> UInt64(next(63)))
    switch next(26) {
    case 0: add(.constant, target, immediate: Int64(bitPattern: randomBits()))
    case 1: add(.move, target, source)
    case 2: add(.load, target, source, amount, immediate: mask)
    case 3: add(.loadAcross, target, rowWord(), amount, immediate: mask)
    case 4:
      add(.store, rowWord(), amount, narrowed(source, 64 - amount), immediate: low(64 - amount))
      return
    case 5:
      add(.storeAcross, rowWord(), amount, narrowed(source, 64), immediate: -1)
      return
    case 6: add(.add, target, source, other)
    case 7: add(.subtract, target, source, other)
    case 8: add(.multiply, target, source, other)
    case 9: add(.and, target, source, other)
    case 10: add(.or, target, source, other)
    case 11: add(.andNot, target, source, other)
    case 12: add(.addConstant, target, source, immediate: Int64(bitPattern: randomBits()))
    case 13: add(.multiplyConstant, target, source, immediate: Int64(bitPattern: randomBits()))
    case 14: add(.andConstant, target, source, immediate: mask)
    case 15: add(.shiftLeftConstant, target, source, immediate: Int64(amount))
    case 16: add(.shiftRightConstant, target, source, immediate: Int64(amount))
    case 17: add(.bit, target, narrowed(source, 6))
    case 18: add(.countBits, target, source)
    case 19:
      let bits = newWord()
      add(.constant, bits, immediate: Int64(1) << Int64(next(64)) | Int64(bitPattern: randomBits()))
      add(.takeLowest, target, bits)
      loose.append(bits)
    case 20: addDivision(target, source, other)
    case 21: add(next(8) == 0 ? .table : .tableOrJump, target, narrowed(source, 6), -1)
    case 22: add(next(8) == 0 ? .lookUp : .lookUpOrJump, target, narrowed(source, 3), -1)
    case 23:
      let (low, high) = [(0, 100), (-5, 60), (Int(Int32.min), 90), (3, Int(Int32.max))][next(4)]
      add(.checkRange, 0, narrowed(source, 7), immediate: Int64(high << 32 | low & 0xFFFF_FFFF))
      return
    case 24:
      let width = 1 + next(64)
      add(.loadAt, target, block(), narrowed(source, 7), immediate: low(width))
    default:
      let width = 1 + next(64)
      add(.storeAt, block(), narrowed(source, 7), narrowed(other, width), immediate: low(width))
      return
    }
    if !loose.contains(target) { loose.append(target) }
  }

  private mutating func addDivision(_ target: Int, _ left: Int, _ right: Int) {
    let divisor = narrowed(right, 5)
    add(.addConstant, divisor, divisor, immediate: next(10) == 0 ? 0 : 1)
    add(next(2) == 0 ? .divide : .modulo, target, left, divisor)
  }

  /// An operation on strings of bits and words.
  private mutating func addString() {
    switch next(6) {
    case 5:
      // What a call does around the code that it jumps to.
      let block = block()
      let words = (0..<Self.blockWords).filter { _ in next(2) == 0 }.map { Int64(block + $0) }
      let list = Int64(code.tables.count)
      code.tables += words
      add(.save, words.count, immediate: list)
      for _ in 0..<next(3) { addString() }
      add(.restore, words.count, immediate: list)
    case 0: add(.copyWords, block(), block(), 1 + next(Self.blockWords))
    case 1: add(.clearWords, block(), 0, 1 + next(Self.blockWords))
    case 2: add(.copyWords, Self.rowWords, 0, Self.rowWords - 1)
    default:
      let width = 1 + next(180)
      let (source, target) = (place(width), place(width))
      if source.base == target.base { return }
      code.bits.append(FlatBits(width: width, target: target, source: source))
      if next(2) == 0 {
        add(.copyBits, immediate: Int64(code.bits.count - 1))
      } else {
        let result = newWord()
        add(.equalBits, result, immediate: Int64(code.bits.count - 1))
        loose.append(result)
      }
    }
  }

  /// A place of that width in a block, fixed or not.
  private mutating func place(_ width: Int) -> FlatPlace {
    let offset = next(64 * Self.blockWords - width - 63)
    let index = next(2) == 0 ? narrowed(word(), 6) : nil
    return FlatPlace(base: blocks[next(blocks.count)], offset: offset, index: index, width: width)
  }

  private mutating func next(_ count: Int) -> Int { Int.random(in: 0..<count, using: &numbers) }

  // MARK: Words

  private mutating func newWord() -> Int {
    nextWord += 1
    return nextWord - 1
  }

  private mutating func word() -> Int { loose[next(loose.count)] }

  /// A word of the row under construction that has one after it.
  private mutating func rowWord() -> Int { Self.rowWords + next(Self.rowWords - 2) }

  private mutating func block() -> Int { blocks[next(blocks.count)] }

  /// A word with the lowest bits of another.
  private mutating func narrowed(_ source: Int, _ width: Int) -> Int {
    add(.andConstant, newWord(), source, immediate: low(width))
  }

  private func low(_ width: Int) -> Int64 { Int64(bitPattern: BitString.mask(width)) }

  /// Few bits, small numbers, and all bits are more likely than among random numbers.
  private mutating func randomBits() -> UInt64 {
    let bits = UInt64(next(1 << 30)) << 34 ^ UInt64(next(1 << 30)) << 15 ^ UInt64(next(1 << 30))
    switch next(4) {
    case 0: return bits & 0x3F
    case 1: return UInt64(bitPattern: -Int64(bits & 0x3F))
    case 2: return bits & 0x7FFF_FFFF
    default: return bits
    }
  }

  @discardableResult
  private mutating func add(
    _ operation: FlatInstruction.Operation, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, immediate: Int64 = 0
  ) -> Int {
    code.instructions.append(
      FlatInstruction(operation: operation, a: Int32(a), b: Int32(b), c: Int32(c), immediate: immediate))
    return a
  }
}
