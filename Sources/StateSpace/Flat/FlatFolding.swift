/// Rewrites instructions, one after the other, by what is known of words where they stand.
struct FlatFolding {
  var facts: FlatFacts
  private let code: FlatCode
  private let words: FlatEntryWords
  /// Tables to be added after those of the code, and where those of divisions begin.
  private(set) var newTables: [Int64]
  private var divisions: [Division: Int64] = [:]

  /// A quotient or a remainder of each number up to a greatest one.
  private struct Division: Hashable {
    let operation: FlatInstruction.Operation
    let divisor: Int64
    let greatest: Int64
  }

  init(_ code: FlatCode, _ words: FlatEntryWords, _ facts: FlatFacts, newTables: [Int64]) {
    self.newTables = newTables
    self.code = code
    self.words = words
    self.facts = facts
  }

  /// The instruction in its best form; nil if it does nothing. Notes what it does.
  mutating func fold(_ instruction: FlatInstruction) -> FlatInstruction? {
    var instruction = instruction
    replaceCopies(in: &instruction)
    guard let best = simplified(instruction) else { return nil }
    note(best)
    return best
  }

  // MARK: Asking

  private func index(_ word: Int32) -> Int { words.index(Int(word)) }

  private func number(_ word: Int32) -> Int64? { facts.number(in: index(word)) }

  private func range(_ word: Int32) -> ClosedRange<Int64> { facts.range(of: index(word)) }

  /// The word, and the distance, whose sum a word has.
  private func origin(_ word: Int32) -> (word: Int32, distance: Int64) {
    let (origin, distance) = facts.origin(of: index(word))
    return (Int32(words.word(at: origin)), distance)
  }

  // MARK: Rewriting

  /// Reads words in place of their copies. What an instruction writes stays another word than those that it reads.
  private func replaceCopies(in instruction: inout FlatInstruction) {
    func replace(_ word: inout Int32, unless target: Int32 = -1) {
      let (source, distance) = origin(word)
      if distance == 0, source != target { word = source }
    }
    switch instruction.operation {
    case .move, .load, .addConstant, .multiplyConstant, .andConstant, .shiftLeftConstant, .shiftRightConstant,
      .bit,
      .countBits, .table, .tableOrJump, .lookUp, .lookUpOrJump, .checkRange:
      replace(&instruction.b, unless: instruction.operation == .checkRange ? -1 : instruction.a)
    case .add, .subtract, .multiply, .divide, .modulo, .and, .or, .andNot:
      replace(&instruction.b, unless: instruction.a)
      replace(&instruction.c, unless: instruction.a)
    case .loadAt: replace(&instruction.c, unless: instruction.a)
    case .store, .storeAcross: replace(&instruction.c)
    case .storeAt:
      replace(&instruction.b)
      replace(&instruction.c)
    case .jumpIfZero, .jumpIfNotZero, .jumpIfIs, .jumpIfIsNot, .jumpIfBelow, .jumpIfNotBelow:
      replace(&instruction.a)
    case .jumpIfEqual, .jumpIfNotEqual, .jumpIfLess, .jumpIfNotLess:
      replace(&instruction.a)
      replace(&instruction.b)
    default: break
    }
  }

  private mutating func simplified(_ instruction: FlatInstruction) -> FlatInstruction? {
    let (a, b, c, immediate) = (instruction.a, instruction.b, instruction.c, instruction.immediate)
    func constant(_ number: Int64) -> FlatInstruction {
      FlatInstruction(operation: .constant, a: a, immediate: number)
    }
    /// `a = word + distance`, in terms of the word that has been known longest.
    func sum(_ word: Int32, _ distance: Int64) -> FlatInstruction? {
      if let number = number(word) { return constant(number &+ distance) }
      var (source, total) = origin(word)
      total &+= distance
      if source == a { (source, total) = (word, distance) }
      if total == 0 { return source == a ? nil : FlatInstruction(operation: .move, a: a, b: source) }
      return FlatInstruction(operation: .addConstant, a: a, b: source, immediate: total)
    }
    switch instruction.operation {
    case .move: return sum(b, 0)
    case .addConstant: return sum(b, immediate)
    case .load:
      guard let number = number(b) else { return instruction }
      return constant(
        Int64(bitPattern: UInt64(bitPattern: number) >> UInt64(c) & UInt64(bitPattern: immediate)))
    case .loadAt:
      guard let place = number(c), place >= 0 else { return instruction }
      let (word, shift) = (b + Int32(place / 64), Int32(place % 64))
      let isWide = UInt64(bitPattern: immediate).leadingZeroBitCount < Int(shift)
      return FlatInstruction(
        operation: isWide ? .loadAcross : .load, a: a, b: word, c: shift, immediate: immediate)
    case .storeAt:
      guard let place = number(b), place >= 0 else { return instruction }
      let (word, shift) = (a + Int32(place / 64), Int32(place % 64))
      let isWide = UInt64(bitPattern: immediate).leadingZeroBitCount < Int(shift)
      return FlatInstruction(
        operation: isWide ? .storeAcross : .store, a: word, b: shift, c: c, immediate: immediate)
    case .add:
      if let left = number(b) { return sum(c, left) }
      if let right = number(c) { return sum(b, right) }
    case .subtract: if let right = number(c), right != .min { return sum(b, -right) }
    case .multiply:
      if let left = number(b) { return product(instruction, c, left) }
      if let right = number(c) { return product(instruction, b, right) }
    case .multiplyConstant: return product(instruction, b, immediate)
    case .modulo:
      guard let divisor = number(c), divisor > 0 else { return instruction }
      if divisor & (divisor - 1) == 0 { return masked(instruction, b, divisor - 1) }
      let range = range(b)
      if range.lowerBound >= 0, range.upperBound < divisor { return sum(b, 0) }
      return tabulated(instruction, divisor)
    case .divide:
      guard let divisor = number(c), divisor > 0, range(b).lowerBound >= 0 else { return instruction }
      if divisor == 1 { return sum(b, 0) }
      if range(b).upperBound < divisor { return constant(0) }
      if divisor & (divisor - 1) == 0 {
        return FlatInstruction(
          operation: .shiftRightConstant, a: a, b: b, immediate: Int64(divisor.trailingZeroBitCount))
      }
      return tabulated(instruction, divisor)
    case .and:
      if let left = number(b) { return masked(instruction, c, left) }
      if let right = number(c) { return masked(instruction, b, right) }
    case .or:
      if number(b) == 0 { return sum(c, 0) }
      if number(c) == 0 { return sum(b, 0) }
      if let left = number(b), let right = number(c) { return constant(left | right) }
    case .andNot: if let right = number(c) { return masked(instruction, b, ~right) }
    case .andConstant: return masked(instruction, b, immediate)
    case .shiftLeftConstant: if let number = number(b) { return constant(number << immediate) }
    case .shiftRightConstant:
      if let number = number(b) {
        return constant(Int64(bitPattern: UInt64(bitPattern: number) >> UInt64(immediate)))
      }
    case .bit: if let place = number(b), (0..<64).contains(place) { return constant(1 << place) }
    case .countBits: if let number = number(b) { return constant(Int64(number.nonzeroBitCount)) }
    case .table, .tableOrJump: return lookedUp(instruction)
    case .copyWords:
      if c == 1, a >= words.first { return simplified(FlatInstruction(operation: .move, a: a, b: b)) }
    case .clearWords: if c == 1, a >= words.first { return constant(0) }
    case .checkRange:
      let (range, allowed) = (range(b), instruction.allowedRange)
      if allowed.contains(range.lowerBound), allowed.contains(range.upperBound) { return nil }
      if range.upperBound < allowed.lowerBound || range.lowerBound > allowed.upperBound {
        return FlatInstruction(operation: .leave)
      }
    case .jumpIfZero: return decided(instruction, .equal, 0)
    case .jumpIfNotZero: return decided(instruction, .notEqual, 0)
    case .jumpIfIs: return decided(instruction, .equal, immediate)
    case .jumpIfIsNot: return decided(instruction, .notEqual, immediate)
    case .jumpIfBelow: return decided(instruction, .less, immediate)
    case .jumpIfNotBelow: return decided(instruction, .notLess, immediate)
    case .jumpIfEqual, .jumpIfNotEqual, .jumpIfLess, .jumpIfNotLess: return compared(instruction)
    default: break
    }
    return instruction
  }

  private func product(_ instruction: FlatInstruction, _ word: Int32, _ factor: Int64) -> FlatInstruction {
    if let number = number(word) {
      return FlatInstruction(operation: .constant, a: instruction.a, immediate: number &* factor)
    }
    return FlatInstruction(operation: .multiplyConstant, a: instruction.a, b: word, immediate: factor)
  }

  /// The greatest number whose quotients and remainders are kept in a table, which is read faster than a machine divides.
  private static let greatestTabulated: Int64 = 255

  /// A form of a division by a constant.
  private mutating func tabulated(_ instruction: FlatInstruction, _ divisor: Int64) -> FlatInstruction {
    let range = range(instruction.b)
    guard range.lowerBound >= 0, range.upperBound <= Self.greatestTabulated else { return instruction }
    let division = Division(
      operation: instruction.operation, divisor: divisor, greatest: range.upperBound)
    let start = divisions[division] ?? Int64(code.tables.count + newTables.count)
    if divisions[division] == nil {
      divisions[division] = start
      newTables += (0...range.upperBound).map {
        instruction.operation == .divide ? $0 / divisor : $0 % divisor
      }
    }
    return FlatInstruction(operation: .table, a: instruction.a, b: instruction.b, immediate: start)
  }

  /// The numbers of a table at those places; nil if the tables end before.
  private func numbers(_ range: ClosedRange<Int64>, ofTableAt start: Int) -> [Int64]? {
    guard range.lowerBound >= 0, range.upperBound < 1 << 10 else { return nil }
    let places = (start + Int(range.lowerBound))...(start + Int(range.upperBound))
    let known = code.tables.count
    guard places.upperBound < known + newTables.count else { return nil }
    return places.map { $0 < known ? code.tables[$0] : newTables[$0 - known] }
  }

  private func masked(_ instruction: FlatInstruction, _ word: Int32, _ mask: Int64) -> FlatInstruction? {
    let a = instruction.a
    if let number = number(word) {
      return FlatInstruction(operation: .constant, a: a, immediate: number & mask)
    }
    let range = range(word)
    guard mask >= 0, mask & (mask &+ 1) == 0, range.lowerBound >= 0, range.upperBound <= mask else {
      return FlatInstruction(operation: .andConstant, a: a, b: word, immediate: mask)
    }
    return a == word ? nil : FlatInstruction(operation: .move, a: a, b: word)
  }

  /// A form of `table` or `tableOrJump`.
  private mutating func lookedUp(_ instruction: FlatInstruction) -> FlatInstruction? {
    let (a, b, start) = (instruction.a, instruction.b, Int(instruction.immediate))
    let range = range(b)
    guard let numbers = numbers(range, ofTableAt: start) else { return instruction }
    guard let first = numbers.first, first >= 0 else {
      if numbers.count == 1, instruction.operation == .tableOrJump, numbers.first == -1 {
        return FlatInstruction(operation: .jump, c: instruction.c)
      }
      return instruction
    }
    if numbers.count == 1 { return FlatInstruction(operation: .constant, a: a, immediate: first) }
    if zip(numbers, numbers.dropFirst()).allSatisfy({ $1 == $0 + 1 }) {
      return simplified(
        FlatInstruction(operation: .addConstant, a: a, b: b, immediate: first - range.lowerBound))
    }
    var best = instruction
    if instruction.operation == .tableOrJump, numbers.allSatisfy({ $0 >= 0 }) { best.operation = .table }
    return best
  }

  // MARK: Jumps

  /// A comparison of word a with a number: a jump, nothing, or the instruction.
  private func decided(_ instruction: FlatInstruction, _ condition: Condition, _ number: Int64)
    -> FlatInstruction?
  {
    let range = range(instruction.a)
    let answer: Bool?
    switch condition {
    case .equal, .notEqual:
      let isEqual = range.contains(number) ? (range.lowerBound == range.upperBound ? true : nil) : false
      answer = isEqual.map { condition == .equal ? $0 : !$0 }
    case .less, .notLess:
      let isLess = range.upperBound < number ? true : (range.lowerBound >= number ? false : nil)
      answer = isLess.map { condition == .less ? $0 : !$0 }
    }
    guard let answer else { return instruction }
    return answer ? FlatInstruction(operation: .jump, c: instruction.c) : nil
  }

  /// A comparison of two words, one of which may be known.
  private mutating func compared(_ instruction: FlatInstruction) -> FlatInstruction? {
    func with(
      _ operation: FlatInstruction.Operation, _ word: Int32, _ number: Int64
    ) -> FlatInstruction? {
      simplified(FlatInstruction(operation: operation, a: word, c: instruction.c, immediate: number))
    }
    let (a, b) = (instruction.a, instruction.b)
    switch instruction.operation {
    case .jumpIfEqual, .jumpIfNotEqual:
      let operation: FlatInstruction.Operation =
        instruction.operation == .jumpIfEqual ? .jumpIfIs : .jumpIfIsNot
      if let right = number(b) { return with(operation, a, right) }
      if let left = number(a) { return with(operation, b, left) }
    case .jumpIfLess:
      if let right = number(b) { return with(.jumpIfBelow, a, right) }
      if let left = number(a), left < .max { return with(.jumpIfNotBelow, b, left + 1) }
    case .jumpIfNotLess:
      if let right = number(b) { return with(.jumpIfNotBelow, a, right) }
      if let left = number(a), left < .max { return with(.jumpIfBelow, b, left + 1) }
    default: break
    }
    return instruction
  }

  // MARK: Noting

  private mutating func note(_ instruction: FlatInstruction) {
    let (a, b, immediate) = (index(instruction.a), instruction.b, instruction.immediate)
    switch instruction.operation {
    case .constant: facts.write(a, immediate)
    case .move: facts.write(a, from: index(b), plus: 0)
    case .addConstant: facts.write(a, from: index(b), plus: immediate)
    case .load, .loadAcross, .loadAt: facts.write(a, in: immediate >= 0 ? 0...immediate : nil)
    case .andConstant: facts.write(a, in: immediate >= 0 ? 0...immediate : nil)
    case .modulo: facts.write(a, in: number(instruction.c).flatMap { $0 > 0 ? 0...($0 - 1) : nil })
    case .countBits: facts.write(a, in: 0...64)
    case .equalBits: facts.write(a, in: 0...1)
    case .multiplyConstant:
      let range = range(b)
      if range.lowerBound >= 0, range.upperBound < 1 << 31, immediate.magnitude < 1 << 31 {
        let (first, last) = (range.lowerBound * immediate, range.upperBound * immediate)
        facts.write(a, in: min(first, last)...max(first, last))
      } else {
        facts.write(a)
      }
    case .table, .tableOrJump:
      if let greatest = numbers(range(b), ofTableAt: Int(immediate))?.max(), greatest >= 0 {
        facts.write(a, in: 0...greatest)
      } else {
        facts.write(a)
      }
    case .takeLowest:
      facts.write(a, in: 0...64)
      facts.write(index(b))
    case .checkRange: narrow(b, to: instruction.allowedRange)
    case .jumpIfIsNot: narrow(instruction.a, to: immediate...immediate)
    case .jumpIfNotZero: narrow(instruction.a, to: 0...0)
    case .jumpIfBelow: narrow(instruction.a, to: immediate...(.max))
    case .jumpIfNotBelow: if immediate > .min { narrow(instruction.a, to: .min...(immediate - 1)) }
    case .jumpIfZero: exclude(0, from: instruction.a)
    case .jumpIfIs: exclude(immediate, from: instruction.a)
    case .restore, .jump, .end, .leave: facts.forget()
    default:
      if let target = instruction.target { facts.write(words.index(target)) }
      for range in instruction.memoryWritten(in: code) {
        for word in range { facts.write(words.index(word)) }
      }
    }
  }

  private mutating func narrow(_ word: Int32, to range: ClosedRange<Int64>) {
    facts.narrow(index(word), to: range)
  }

  private mutating func exclude(_ number: Int64, from word: Int32) {
    let known = range(word)
    if known.lowerBound == number, number < .max { narrow(word, to: (number + 1)...(.max)) }
    if known.upperBound == number, number > .min { narrow(word, to: .min...(number - 1)) }
  }
}

extension FlatInstruction {
  /// The numbers that `checkRange` lets pass.
  var allowedRange: ClosedRange<Int64> { Int64(Int32(truncatingIfNeeded: immediate))...(immediate >> 32) }
}
