/// Translates flat code to machine code, instruction by instruction.
struct NativeCompiler<Machine: Assembler> {
  /// The longest string of words that is copied or cleared by instructions of its own.
  private static var longestCopy: Int { 64 }
  /// The same for strings of bits, which are also compared.
  private static var longestString: Int { 1 << 10 }

  private let code: FlatCode
  private let rowWord: Int
  private let rowBytes: Int
  private var machine = Machine()
  private var registers: WordRegisters<Machine>
  /// The label of each instruction to which a jump leads; -1 for others.
  private var labels: [Int]
  /// Where the current part leads when it leaves, when the buffer is full, and when it answers with yes and no.
  private var (left, full, yes, no) = (0, 0, 0, 0)

  init(_ code: FlatCode, rowWord: Int, rowBytes: Int) {
    self.code = code
    self.rowWord = rowWord
    self.rowBytes = rowBytes
    labels = Array(repeating: -1, count: code.instructions.count + 1)
    var starts = Array(repeating: false, count: code.instructions.count + 1)
    for instruction in code.instructions where instruction.operation.isJump {
      starts[Int(instruction.c)] = true
    }
    for (number, isStart) in starts.enumerated() where isStart { labels[number] = machine.output.label() }
    registers = WordRegisters(WordUses(code, sections: starts))
    machine.enter()
  }

  /// Adds the code of a chain, and returns the labels at which its parts begin.
  mutating func add(_ chain: FlatChain) -> [Int] {
    let starts = chain.parts.map { _ in machine.output.label() }
    let end = machine.output.label()
    for (number, part) in chain.parts.enumerated() {
      machine.output.place(starts[number])
      yes = number + 1 < starts.count ? starts[number + 1] : end
      (left, full, no) = (machine.output.label(), machine.output.label(), machine.output.label())
      if chain.isOfActions { machine.markRow(inSlot: NativeContext.firstMark + number) }
      if part.isEmpty { machine.jump(to: left) } else { translate(part) }
      machine.output.place(left)
      if chain.isOfActions { machine.restoreRow(fromSlot: NativeContext.firstMark + number) }
      machine.leave(NativeAnswer.ended(.left(number)).number)
      machine.output.place(full)
      if chain.isOfActions { machine.restoreRow(fromSlot: NativeContext.firstMark + number) }
      machine.leave(NativeAnswer.full(number).number)
      machine.output.place(no)
      machine.leave(NativeAnswer.ended(.no(number)).number)
    }
    machine.output.place(end)
    machine.leave(NativeAnswer.ended(.done).number)
    return starts
  }

  /// The machine code with its jumps resolved.
  mutating func finish() -> MachineCode {
    machine.resolveJumps()
    return machine.output
  }

  private mutating func translate(_ part: Range<Int>) {
    registers.forget()
    for number in part {
      if labels[number] >= 0 {
        registers.forget()
        machine.output.place(labels[number])
      }
      registers.begin(number)
      translate(code.instructions[number], number)
    }
  }

  // MARK: Instructions

  private func hasSeveralWords(at word: Int) -> Bool { code.block(at: word).count > 1 }

  private mutating func read(_ word: Int32) -> Register { registers.reading(Int(word), &machine) }

  /// Writes a word by what `body` does with its register.
  private mutating func write(_ word: Int32, _ body: (inout Machine, Register) -> Void) {
    let target = registers.writing(Int(word), &machine)
    body(&machine, target)
    registers.written(Int(word), &machine)
  }

  private mutating func write(
    _ word: Int32, from source: Int32, _ body: (inout Machine, Register, Register) -> Void
  ) {
    let source = read(source)
    write(word) { body(&$0, $1, source) }
  }

  private mutating func translate(_ instruction: FlatInstruction, _ number: Int) {
    let (a, b, c, immediate) = (instruction.a, instruction.b, instruction.c, instruction.immediate)
    let mask = UInt64(bitPattern: immediate)
    switch instruction.operation {
    case .constant: write(a) { $0.set($1, to: immediate) }
    case .move: write(a, from: b) { $0.move($1, $2) }
    case .load:
      write(a, from: b) {
        $0.shiftRight($1, $2, Int(c))
        if mask != .max >> UInt64(c) { $0.and($1, $1, mask) }
      }
    case .loadAcross:
      let (low, high) = (read(b), read(b + 1))
      // The target is a register of its own: neither of the two words is written.
      write(a) { machine, target in
        let scratch = Machine.scratch
        machine.shiftLeft(scratch, high, 64 - Int(c))
        machine.shiftRight(target, low, Int(c))
        machine.apply(.or, target, target, scratch)
        machine.and(target, target, mask)
      }
    case .loadAt:
      let several = hasSeveralWords(at: Int(b))
      write(a, from: c) {
        $0.readBits($1, fromWord: Int(b), at: $2, mask: mask, hasSeveralWords: several)
      }
    case .store: insert(c, into: a, at: Int(b), mask: mask)
    case .storeAcross:
      insert(c, into: a, at: Int(b), mask: mask)
      let distance = 64 - Int(b)
      let source = read(c)
      let old = read(a + 1)
      write(a + 1) { machine, target in
        let scratch = Machine.scratch
        machine.shiftRight(scratch, source, distance)
        machine.and(target, old, ~(mask >> UInt64(distance)))
        machine.apply(.or, target, target, scratch)
      }
    case .storeAt:
      let (source, place) = (read(c), read(b))
      machine.writeBits(
        source, toWord: Int(a), at: place, mask: mask,
        hasSeveralWords: hasSeveralWords(at: Int(a)))
      registers.forgetFrame()
    case .add: arithmetic(.add, a, b, c)
    case .subtract: arithmetic(.subtract, a, b, c)
    case .multiply: arithmetic(.multiply, a, b, c)
    case .and: arithmetic(.and, a, b, c)
    case .or: arithmetic(.or, a, b, c)
    case .andNot: arithmetic(.andNot, a, b, c)
    case .divide, .modulo:
      let (dividend, divisor) = (read(b), read(c))
      machine.jump(to: left, if: divisor, .less, 1)
      let wantsRemainder = instruction.operation == .modulo
      write(a) { $0.divide($1, dividend, divisor, wantsRemainder: wantsRemainder) }
    case .addConstant: write(a, from: b) { $0.add($1, $2, immediate) }
    case .multiplyConstant: write(a, from: b) { $0.multiply($1, $2, immediate) }
    case .andConstant: write(a, from: b) { $0.and($1, $2, mask) }
    case .shiftLeftConstant: write(a, from: b) { $0.shiftLeft($1, $2, Int(immediate)) }
    case .shiftRightConstant: write(a, from: b) { $0.shiftRight($1, $2, Int(immediate)) }
    case .bit: write(a, from: b) { $0.bit($1, $2) }
    case .countBits: write(a, from: b) { $0.countBits($1, $2) }
    case .takeLowest:
      write(a, from: b) { $0.lowestBit($1, $2) }
      let rest = read(b)
      write(b) { $0.removeLowestBit($1, rest) }
    case .table:
      write(a, from: b) { $0.readTable($1, start: Int(immediate), at: $2) }
      let number = read(a)
      machine.jump(to: left, if: number, .less, 0)
    case .tableOrJump:
      // The word keeps what it has if there is no number, and is not read then.
      write(a, from: b) { $0.readTable($1, start: Int(immediate), at: $2) }
      let number = read(a)
      machine.jump(to: left, if: number, .less, -1)
      machine.jump(to: labels[Int(c)], if: number, .less, 0)
    case .lookUp: lookUp(a, b, immediate, missing: left)
    case .lookUpOrJump: lookUp(a, b, immediate, missing: labels[Int(c)])
    case .copyWords:
      if Int(c) <= Self.longestCopy {
        machine.copyWords(to: Int(a), from: Int(b), count: Int(c))
        registers.forgetFrame()
      } else {
        call(.copyWords, number)
      }
    case .clearWords:
      if Int(c) <= Self.longestCopy {
        machine.clearWords(Int(a), count: Int(c))
        registers.forgetFrame()
      } else {
        call(.clearWords, number)
      }
    case .copyBits:
      let bits = code.bits[Int(immediate)]
      if bits.width > Self.longestString {
        call(.copyBits, Int(immediate))
      } else {
        copy(bits)
      }
    case .equalBits:
      let bits = code.bits[Int(immediate)]
      if bits.width > Self.longestString {
        let result = call(.equalBits, Int(immediate))
        write(a) { $0.move($1, result) }
      } else {
        compare(bits, into: a)
      }
    case .recall:
      let result = call(.recall, Int(immediate), first: Int(a))
      machine.jump(to: left, if: result, .equal, 0)
    case .save:
      machine.push(code.savedWords(instruction), ifFull: left)
    case .restore:
      machine.pop(code.savedWords(instruction))
      registers.forgetFrame()
    case .jump:
      if Int(c) <= number { machine.countRepetition(orJumpTo: left) }
      machine.jump(to: labels[Int(c)])
    case .jumpIfZero: jump(c, a, .equal, 0)
    case .jumpIfNotZero: jump(c, a, .notEqual, 0)
    case .jumpIfEqual: jump(c, a, .equal, word: b)
    case .jumpIfNotEqual: jump(c, a, .notEqual, word: b)
    case .jumpIfLess: jump(c, a, .less, word: b)
    case .jumpIfNotLess: jump(c, a, .notLess, word: b)
    case .jumpIfIs: jump(c, a, .equal, immediate)
    case .jumpIfIsNot: jump(c, a, .notEqual, immediate)
    case .jumpIfBelow: jump(c, a, .less, immediate)
    case .jumpIfNotBelow: jump(c, a, .notLess, immediate)
    case .checkRange:
      let number = read(b)
      machine.jump(
        to: left, unless: number, isIn: Int64(Int32(truncatingIfNeeded: immediate))...(immediate >> 32))
    case .emit: machine.appendRow(fromWord: rowWord, bytes: rowBytes, ifFull: full)
    case .end: machine.jump(to: immediate != 0 ? yes : no)
    case .leave: machine.jump(to: left)
    }
  }

  private mutating func arithmetic(_ operation: Arithmetic, _ a: Int32, _ b: Int32, _ c: Int32) {
    let (left, right) = (read(b), read(c))
    write(a) { $0.apply(operation, $1, left, right) }
  }

  /// Puts a word in place of the bits of another from bit `distance` on.
  private mutating func insert(_ source: Int32, into word: Int32, at distance: Int, mask: UInt64) {
    let source = read(source)
    let kept = ~(mask << UInt64(distance))
    if kept == 0 { return write(word) { $0.move($1, source) } }
    let old = read(word)
    write(word) { machine, target in
      let scratch = Machine.scratch
      if distance > 0 { machine.shiftLeft(scratch, source, distance) }
      machine.and(target, old, kept)
      machine.apply(.or, target, target, distance > 0 ? scratch : source)
    }
  }

  private mutating func jump(_ target: Int32, _ word: Int32, _ condition: Condition, _ constant: Int64) {
    let number = read(word)
    machine.jump(to: labels[Int(target)], if: number, condition, constant)
  }

  private mutating func jump(_ target: Int32, _ word: Int32, _ condition: Condition, word other: Int32) {
    let (first, second) = (read(word), read(other))
    machine.jump(to: labels[Int(target)], if: first, condition, second)
  }

  private mutating func lookUp(_ a: Int32, _ b: Int32, _ universe: Int64, missing: Int) {
    let code = read(b)
    registers.save(&machine)
    let place = machine.call(.lookUp, code, Int(universe))
    registers.forget()
    write(a) { $0.move($1, place) }
    let result = read(a)
    machine.jump(to: missing, if: result, .less, 0)
  }

  // MARK: Strings of bits

  private mutating func copy(_ bits: FlatBits) {
    let (from, to) = (index(of: bits.source), index(of: bits.target))
    let (value, place) = (registers.temporary(&machine), registers.temporary(&machine))
    for piece in pieces(bits) {
      read(value, bits.source, from, piece, place)
      write(value, bits.target, to, piece, place)
    }
    registers.forgetFrame()
  }

  private mutating func compare(_ bits: FlatBits, into word: Int32) {
    let (first, second) = (index(of: bits.source), index(of: bits.target))
    let (value, other) = (registers.temporary(&machine), registers.temporary(&machine))
    let (place, end) = (registers.temporary(&machine), machine.output.label())
    let result = registers.writing(Int(word), &machine)
    machine.set(result, to: 0)
    for piece in pieces(bits) {
      read(value, bits.source, first, piece, place)
      read(other, bits.target, second, piece, place)
      machine.jump(to: end, if: value, .notEqual, other)
    }
    machine.set(result, to: 1)
    machine.output.place(end)
    registers.written(Int(word), &machine)
  }

  /// The register with the distance of a place; nil if it is fixed.
  private mutating func index(of place: FlatPlace) -> Register? {
    place.index.map { registers.reading($0, &machine) }
  }

  /// Parts of a string of at most 64 bits. If the target is fixed, each lies in one word of it.
  private func pieces(_ bits: FlatBits) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    while start < bits.width {
      let room = bits.target.index == nil ? 64 - (bits.target.offset + start) % 64 : 64
      let end = min(bits.width, start + room)
      pieces.append(start..<end)
      start = end
    }
    return pieces
  }

  private mutating func read(
    _ target: Register, _ source: FlatPlace, _ index: Register?, _ piece: Range<Int>, _ place: Register
  ) {
    let (start, mask) = (source.offset + piece.lowerBound, BitString.mask(piece.count))
    if let index {
      machine.add(place, index, Int64(start))
      machine.readBits(
        target, fromWord: source.base, at: place, mask: mask,
        hasSeveralWords: hasSeveralWords(at: source.base))
      return
    }
    let (word, shift) = (source.base + start / 64, start % 64)
    machine.read(target, word: word)
    if shift > 0 { machine.shiftRight(target, target, shift) }
    if shift + piece.count > 64 {
      let scratch = Machine.scratch
      machine.read(scratch, word: word + 1)
      machine.shiftLeft(scratch, scratch, 64 - shift)
      machine.apply(.or, target, target, scratch)
    }
    if shift + piece.count != 64 { machine.and(target, target, mask) }
  }

  private mutating func write(
    _ source: Register, _ target: FlatPlace, _ index: Register?, _ piece: Range<Int>, _ place: Register
  ) {
    let (start, mask) = (target.offset + piece.lowerBound, BitString.mask(piece.count))
    if let index {
      machine.add(place, index, Int64(start))
      machine.writeBits(
        source, toWord: target.base, at: place, mask: mask,
        hasSeveralWords: hasSeveralWords(at: target.base))
      return
    }
    let (word, shift) = (target.base + start / 64, start % 64)
    if piece.count < 64 {
      let scratch = Machine.scratch
      if shift > 0 { machine.shiftLeft(source, source, shift) }
      machine.read(scratch, word: word)
      machine.and(scratch, scratch, ~(mask << UInt64(shift)))
      machine.apply(.or, source, source, scratch)
    }
    machine.write(word: word, source)
  }

  // MARK: Calls

  @discardableResult
  private mutating func call(_ function: NativeContext.Call, _ record: Int, first: Int = 0) -> Register {
    registers.save(&machine)
    let result = machine.call(function, first, record)
    registers.forget()
    return result
  }
}
