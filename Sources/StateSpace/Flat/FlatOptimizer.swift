/// Makes an entry's code shorter. It gives the same rows and answers, and leaves in the same cases.
///
/// Numbers, copies and ranges that are known are used as far as the next place to which a jump leads (value propagation in extended basic
/// blocks); jumps to jumps lead to the end of the path; what nobody reads is not computed. See Aho, Lam, Sethi and Ullman, Compilers, chapters
/// 8 and 9. Takes some ten nanoseconds for each instruction and pass.
struct FlatOptimizer {
  /// The code, with the tables and records that its instructions name.
  private let code: FlatCode
  /// The instructions, whose jumps count from the first of them. A removed one is nil until `compact`.
  private var instructions: [FlatInstruction?]
  /// Where each of the original instructions is now; -1 for a removed one.
  private var places: [Int]
  private let words: FlatEntryWords
  /// The tables to be added to those of the code.
  private(set) var newTables: [Int64] = []

  /// Prepares the instructions from `start` on.
  init(_ code: FlatCode, from start: Int, _ words: FlatEntryWords) {
    self.code = code
    self.words = words
    instructions = code.instructions[start...].map { instruction in
      var instruction = instruction
      if instruction.operation.isJump { instruction.c -= Int32(start) }
      return instruction
    }
    places = Array(instructions.indices)
  }

  @inline(__always) private func index(_ word: Int) -> Int { words.index(word) }

  mutating func run() {
    straighten()
    propagate()
    straighten()
    propagate()
    straighten()
    removeUnread()
    retarget()
    compact()
  }

  /// The instructions for a place in the code.
  func result(at start: Int) -> [FlatInstruction] {
    instructions.compactMap { instruction in
      guard var instruction else { return nil }
      if instruction.operation.isJump { instruction.c += Int32(start) }
      return instruction
    }
  }

  /// Where an original instruction is now; nil if it was removed.
  func place(of number: Int) -> Int? { places[number] < 0 ? nil : places[number] }

  // MARK: Jumps

  /// Lets jumps lead to the end of their paths, and removes what cannot be reached.
  private mutating func straighten() {
    for number in instructions.indices { shortenJump(at: number) }
    removeUnreachable()
    compact()
    for number in instructions.indices { turnJump(at: number) }
    compact()
  }

  /// The place to which jumps lead on from a place.
  private func end(ofPathFrom start: Int) -> Int {
    var place = start
    for _ in 0..<64 {
      guard let next = instructions[place], next.operation == .jump else { break }
      place = Int(next.c)
    }
    return place
  }

  private mutating func shortenJump(at number: Int) {
    guard var jump = instructions[number], jump.operation.isJump else { return }
    let target = end(ofPathFrom: Int(jump.c))
    if jump.operation == .jump {
      if let last = instructions[target], last.operation == .end || last.operation == .leave {
        instructions[number] = last
        return
      }
    } else if target <= number {
      // Only repetitions by plain jumps are counted.
      return
    }
    jump.c = Int32(target)
    instructions[number] = jump
  }

  /// Removes a jump to the next instruction, and turns a condition that jumps over a jump.
  private mutating func turnJump(at number: Int) {
    guard var jump = instructions[number], jump.operation.isJump else { return }
    if jump.c == number + 1, jump.operation.isPure {
      instructions[number] = nil
      return
    }
    guard jump.c == number + 2, let opposite = jump.operation.opposite,
      let next = instructions[number + 1], next.operation == .jump, next.c > number + 1,
      !isTarget(number + 1)
    else { return }
    jump.operation = opposite
    jump.c = next.c
    instructions[number] = jump
    instructions[number + 1] = nil
  }

  /// The number of jumps to each instruction.
  private var targets: [Int] = []

  private func isTarget(_ number: Int) -> Bool { targets[number] > 0 }

  private mutating func countTargets() {
    targets = Array(repeating: 0, count: instructions.count + 1)
    for instruction in instructions {
      if let instruction, instruction.operation.isJump { targets[Int(instruction.c)] += 1 }
    }
  }

  private mutating func removeUnreachable() {
    var isReached = Array(repeating: false, count: instructions.count)
    var starts = [0]
    while let start = starts.popLast() {
      var number = start
      while number < instructions.count, !isReached[number] {
        isReached[number] = true
        if let instruction = instructions[number] {
          if instruction.operation.isJump { starts.append(Int(instruction.c)) }
          if instruction.operation.isLast { break }
        }
        number += 1
      }
    }
    for number in instructions.indices where !isReached[number] { instructions[number] = nil }
  }

  /// Closes the gaps.
  private mutating func compact() {
    var newPlaces = Array(repeating: 0, count: instructions.count + 1)
    var kept: [FlatInstruction?] = []
    kept.reserveCapacity(instructions.count)
    for number in instructions.indices {
      newPlaces[number] = kept.count
      if let instruction = instructions[number] { kept.append(instruction) }
    }
    newPlaces[instructions.count] = kept.count
    for number in kept.indices {
      guard var jump = kept[number], jump.operation.isJump else { continue }
      jump.c = Int32(newPlaces[Int(jump.c)])
      kept[number] = jump
    }
    let isKept = instructions.map { $0 != nil }
    instructions = kept
    for number in places.indices where places[number] >= 0 {
      places[number] = isKept[places[number]] ? newPlaces[places[number]] : -1
    }
    countTargets()
  }

  // MARK: Values

  /// Uses what is known of words.
  private mutating func propagate() {
    var folding = FlatFolding(
      code, words, FlatFacts(natural: naturalWords(), greatest: greatestNumbers()), newTables: newTables)
    for number in instructions.indices {
      if isTarget(number) { folding.facts.forget() }
      if let instruction = instructions[number] { instructions[number] = folding.fold(instruction) }
    }
    newTables = folding.newTables
  }

  /// For each word, whether its number is never negative. This is found by taking it for granted first. The numbers begin below a bound that
  /// additions do not lead beyond as often as a run may repeat.
  private func naturalWords() -> [Bool] {
    var natural = Array(repeating: true, count: words.count)
    for word in 0..<words.rows { natural[word] = false }
    for case let instruction? in instructions {
      for range in instruction.memoryWritten(in: code) { for word in range { natural[index(word)] = false } }
    }
    var isChanging = true
    while isChanging {
      isChanging = false
      for case let instruction? in instructions {
        guard let target = instruction.target else { continue }
        let word = index(target)
        if natural[word], !isNatural(instruction, natural) {
          natural[word] = false
          isChanging = true
        }
      }
    }
    return natural
  }

  /// For each word, a number that it never exceeds as long as it is not negative.
  private func greatestNumbers() -> [Int64] {
    var greatest = Array(repeating: Int64.min, count: words.count)
    for word in 0..<words.rows { greatest[word] = .max }
    for case let instruction? in instructions {
      for range in instruction.memoryWritten(in: code) { for word in range { greatest[index(word)] = .max } }
      guard let target = instruction.target else { continue }
      let bound: Int64
      switch instruction.operation {
      case .constant, .load, .loadAcross, .loadAt, .andConstant:
        bound = instruction.immediate < 0 ? .max : instruction.immediate
      case .takeLowest, .countBits: bound = 64
      case .equalBits: bound = 1
      default: bound = .max
      }
      greatest[index(target)] = max(greatest[index(target)], bound)
    }
    return greatest
  }

  /// The numbers from which sums are natural: repetitions add less than 2 to the power of 52.
  private static let small: Range<Int64> = 0..<(1 << 52)

  /// Whether what an instruction writes to its first word is neither negative nor near the greatest number.
  private func isNatural(_ instruction: FlatInstruction, _ natural: [Bool]) -> Bool {
    let (b, immediate) = (Int(instruction.b), instruction.immediate)
    switch instruction.operation {
    case .constant, .load, .loadAcross, .loadAt, .andConstant: return Self.small.contains(immediate)
    case .move: return natural[index(b)]
    case .addConstant: return 0..<(1 << 32) ~= immediate && natural[index(b)]
    case .takeLowest, .countBits, .lookUp, .lookUpOrJump, .equalBits: return true
    case .divide: return natural[index(b)]
    default: return false
    }
  }

  // MARK: What is not read

  /// Removes instructions that only write words which nobody reads.
  private mutating func removeUnread() {
    var reads = Array(repeating: 0, count: words.count)
    for word in 0..<words.rows { reads[word] = 1 }
    var uses = instructions.map { $0?.words(in: code) ?? FlatInstruction.Words() }
    for use in uses {
      for word in use.read { reads[index(word)] += 1 }
      for range in use.inMemory { for word in range { reads[index(word)] += 1 } }
    }
    for number in instructions.indices.reversed() {
      guard let instruction = instructions[number], instruction.operation.onlyWrites,
        uses[number].written.allSatisfy({ reads[index($0)] == 0 })
      else { continue }
      for word in uses[number].read { reads[index(word)] -= 1 }
      for range in uses[number].inMemory { for word in range { reads[index(word)] -= 1 } }
      uses[number] = FlatInstruction.Words()
      instructions[number] = nil
    }
  }

  /// Lets an instruction write the word to which its result is moved, if that is its only use.
  private mutating func retarget() {
    compact()
    var reads = Array(repeating: 0, count: words.count)
    var writes = reads
    for case let instruction? in instructions {
      let uses = instruction.words(in: code)
      for word in uses.read { reads[index(word)] += 1 }
      for word in uses.written { writes[index(word)] += 1 }
      for range in uses.inMemory {
        for word in range {
          reads[index(word)] += 2
          writes[index(word)] += 2
        }
      }
    }
    for number in instructions.indices.dropFirst() {
      guard let move = instructions[number], move.operation == .move, move.a >= words.first,
        !isTarget(number),
        let writer = instructions[number - 1], writer.target == Int(move.b), !writer.operation.isJump,
        writer.operation != .takeLowest,
        writer.operation == .addConstant || !writer.words(in: code).read.contains(Int(move.a)),
        reads[index(Int(move.b))] == 1, writes[index(Int(move.b))] == 1
      else { continue }
      instructions[number - 1]?.a = move.a
      instructions[number] = nil
    }
  }
}

/// The words that an entry uses: those of the rows, which have contents when it begins, and its own from `first` on, which are written before
/// they are read.
struct FlatEntryWords {
  let rows: Int
  let first: Int
  let end: Int

  /// How many there are.
  var count: Int { rows + end - first }

  /// The position of a word among them.
  @inline(__always) func index(_ word: Int) -> Int { word < first ? word : word - first + rows }

  /// The word at a position.
  @inline(__always) func word(at index: Int) -> Int { index < rows ? index : index - rows + first }
}

extension FlatInstruction {
  /// The word that gets the result; nil for an instruction that has none.
  var target: Int? {
    switch operation {
    case .constant, .move, .load, .loadAcross, .loadAt, .add, .subtract, .multiply, .divide, .modulo,
      .addConstant,
      .multiplyConstant, .and, .or, .andNot, .andConstant, .shiftLeftConstant, .shiftRightConstant, .bit,
      .countBits,
      .takeLowest, .table, .tableOrJump, .lookUp, .lookUpOrJump, .equalBits:
      Int(a)
    default: nil
    }
  }

  /// The words that an instruction may change in another way than as its result.
  func memoryWritten(in code: FlatCode) -> [Range<Int>] {
    let (a, b, c) = (Int(a), Int(b), Int(c))
    switch operation {
    case .store: return [a..<(a + 1)]
    case .storeAcross: return [a..<(a + 2)]
    case .storeAt: return [code.block(at: a)]
    case .takeLowest: return [b..<(b + 1)]
    case .copyWords, .clearWords: return [a..<(a + c)]
    case .copyBits, .recall, .save, .restore: return words(in: code).inMemory
    default: return []
    }
  }
}

extension FlatInstruction.Operation {
  /// Whether the next instruction is not run after this one.
  var isLast: Bool { self == .jump || self == .end || self == .leave }

  /// Whether a jump does nothing but jump.
  var isPure: Bool { isJump && self != .tableOrJump && self != .lookUpOrJump }

  /// Whether an instruction does nothing but write a word.
  var onlyWrites: Bool {
    switch self {
    case .constant, .move, .load, .loadAcross, .loadAt, .add, .subtract, .multiply, .addConstant,
      .multiplyConstant,
      .and, .or, .andNot, .andConstant, .shiftLeftConstant, .shiftRightConstant, .bit, .countBits, .equalBits:
      true
    default: false
    }
  }

  /// The jump that is taken when this one is not.
  var opposite: Self? {
    switch self {
    case .jumpIfZero: .jumpIfNotZero
    case .jumpIfNotZero: .jumpIfZero
    case .jumpIfEqual: .jumpIfNotEqual
    case .jumpIfNotEqual: .jumpIfEqual
    case .jumpIfLess: .jumpIfNotLess
    case .jumpIfNotLess: .jumpIfLess
    case .jumpIfIs: .jumpIfIsNot
    case .jumpIfIsNot: .jumpIfIs
    case .jumpIfBelow: .jumpIfNotBelow
    case .jumpIfNotBelow: .jumpIfBelow
    default: nil
    }
  }
}
