/// Flat code with the constants that it uses.
struct FlatCode {
  var instructions: [FlatInstruction] = []
  var tables: [Int64] = []
  var bits: [FlatBits] = []
  var universes: [FlatType.Universe] = []
  var memos: [FlatMemo] = []
  /// The number of words of a frame.
  var frameWords = 0
}

/// The words on which flat code works, and the receiver's buffer.
///
/// The frame begins with the state's row, then comes the row under construction, then everything else.
final class FlatFrame {
  /// How an entry ended.
  enum Ending {
    case answer(Bool)
    /// The node tree has to take the state.
    case left
  }

  /// How often loops may repeat in one run. Longer ones are left to the node tree, which can be stopped.
  private static let mostRepetitions = 1 << 20

  let words: UnsafeMutablePointer<UInt64>
  private let rowWords: Int
  /// The number of 32-bit words of a row.
  private let rowWidth: Int
  private var rows: UnsafeMutablePointer<UInt32>
  private var capacity = 1 << 8
  /// The number of rows in the buffer.
  var count = 0

  private let code: FlatCode
  private let instructions: UnsafeMutablePointer<FlatInstruction>
  private let tables: UnsafeMutablePointer<Int64>
  private let bits: UnsafeMutablePointer<FlatBits>

  init(_ code: FlatCode, rowWidth: Int) {
    self.code = code
    self.rowWidth = rowWidth
    rowWords = rowWidth / 2 + 1
    words = .allocate(capacity: code.frameWords + 2)
    words.initialize(repeating: 0, count: code.frameWords + 2)
    rows = .allocate(capacity: capacity * rowWidth)
    instructions = .allocate(capacity: max(1, code.instructions.count))
    instructions.initialize(from: code.instructions, count: code.instructions.count)
    tables = .allocate(capacity: max(1, code.tables.count))
    tables.initialize(from: code.tables, count: code.tables.count)
    bits = .allocate(capacity: max(1, code.bits.count))
    bits.initialize(from: code.bits, count: code.bits.count)
  }

  deinit {
    words.deallocate()
    rows.deallocate()
    instructions.deallocate()
    tables.deallocate()
    bits.deallocate()
  }

  /// Makes a row the state that code works on.
  @inline(__always) func enter(_ row: UnsafePointer<UInt32>) {
    words[rowWords - 1] = 0
    UnsafeMutableRawPointer(words).copyMemory(from: row, byteCount: rowWidth &* 4)
  }

  @inline(__always) func row(_ index: Int) -> UnsafePointer<UInt32> {
    UnsafePointer(rows + index &* rowWidth)
  }

  /// Adds the row that `write` writes to the buffer, unless it returns false.
  func append(_ write: (UnsafeMutablePointer<UInt32>) -> Bool) -> Bool {
    if count == capacity { grow() }
    guard write(rows + count &* rowWidth) else { return false }
    count &+= 1
    return true
  }

  private func emit() {
    if count == capacity { grow() }
    UnsafeMutableRawPointer(rows + count &* rowWidth).copyMemory(
      from: words + rowWords, byteCount: rowWidth &* 4)
    count &+= 1
  }

  private func grow() {
    let bigger = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * capacity * rowWidth)
    bigger.update(from: rows, count: count * rowWidth)
    rows.deallocate()
    rows = bigger
    capacity *= 2
  }

  private func copy(_ record: Int) {
    let bits = bits[record]
    let (source, start) = bits.source.string(in: words)
    let (target, place) = bits.target.string(in: words)
    BitString.copy(bits.width, from: source, at: start, to: target, at: place)
  }

  private func isEqual(_ record: Int) -> Bool {
    let bits = bits[record]
    let (source, start) = bits.source.string(in: words)
    let (target, place) = bits.target.string(in: words)
    return BitString.isEqual(bits.width, source, at: start, target, at: place)
  }

  /// Runs code from an instruction on.
  func run(from start: Int) -> Ending {
    let words = words
    let instructions = instructions
    let tables = tables
    var next = start
    var repetitions = 0
    while true {
      let instruction = instructions[next]
      let (a, b, c) = (Int(instruction.a), Int(instruction.b), Int(instruction.c))
      let immediate = instruction.immediate
      next &+= 1
      switch instruction.operation {
      case .constant: words[a] = UInt64(bitPattern: immediate)
      case .move: words[a] = words[b]
      case .load: words[a] = (words[b] &>> UInt64(c)) & UInt64(bitPattern: immediate)
      case .loadAcross:
        words[a] =
          (words[b] &>> UInt64(c) | words[b &+ 1] &<< UInt64(64 &- c)) & UInt64(bitPattern: immediate)
      case .loadAt:
        let place = words[c]
        let (word, shift) = (b &+ Int(place &>> 6), place & 63)
        var bits = words[word] &>> shift
        if shift != 0 { bits |= words[word &+ 1] &<< (64 &- shift) }
        words[a] = bits & UInt64(bitPattern: immediate)
      case .store:
        let mask = UInt64(bitPattern: immediate) &<< UInt64(b)
        words[a] = words[a] & ~mask | words[c] &<< UInt64(b)
      case .storeAcross:
        let (mask, shift) = (UInt64(bitPattern: immediate), UInt64(b))
        words[a] = words[a] & ~(mask &<< shift) | words[c] &<< shift
        words[a &+ 1] = words[a &+ 1] & ~(mask &>> (64 &- shift)) | words[c] &>> (64 &- shift)
      case .storeAt:
        let place = words[b]
        let (word, shift) = (a &+ Int(place &>> 6), place & 63)
        let mask = UInt64(bitPattern: immediate)
        words[word] = words[word] & ~(mask &<< shift) | words[c] &<< shift
        if shift != 0 {
          words[word &+ 1] = words[word &+ 1] & ~(mask &>> (64 &- shift)) | words[c] &>> (64 &- shift)
        }
      case .add: words[a] = words[b] &+ words[c]
      case .subtract: words[a] = words[b] &- words[c]
      case .multiply: words[a] = words[b] &* words[c]
      case .divide, .modulo:
        let (left, right) = (Int64(bitPattern: words[b]), Int64(bitPattern: words[c]))
        // Other divisors are errors, or have rules of their own.
        if right <= 0 { return .left }
        let (quotient, remainder) = left.quotientAndRemainder(dividingBy: right)
        if instruction.operation == .divide {
          words[a] = UInt64(bitPattern: remainder < 0 ? quotient &- 1 : quotient)
        } else {
          words[a] = UInt64(bitPattern: remainder < 0 ? remainder &+ right : remainder)
        }
      case .addConstant: words[a] = words[b] &+ UInt64(bitPattern: immediate)
      case .multiplyConstant: words[a] = words[b] &* UInt64(bitPattern: immediate)
      case .and: words[a] = words[b] & words[c]
      case .or: words[a] = words[b] | words[c]
      case .andNot: words[a] = words[b] & ~words[c]
      case .andConstant: words[a] = words[b] & UInt64(bitPattern: immediate)
      case .shiftLeftConstant: words[a] = words[b] &<< UInt64(bitPattern: immediate)
      case .shiftRightConstant: words[a] = words[b] &>> UInt64(bitPattern: immediate)
      case .bit: words[a] = 1 &<< words[b]
      case .countBits: words[a] = UInt64(words[b].nonzeroBitCount)
      case .takeLowest:
        let bits = words[b]
        words[a] = UInt64(bits.trailingZeroBitCount)
        words[b] = bits & (bits &- 1)
      case .table:
        let number = tables[Int(immediate) &+ Int(words[b])]
        if number < 0 { return .left }
        words[a] = UInt64(number)
      case .tableOrJump:
        let number = tables[Int(immediate) &+ Int(words[b])]
        if number < -1 { return .left }
        if number < 0 { next = c } else { words[a] = UInt64(number) }
      case .lookUp:
        guard let place = code.universes[Int(immediate)].places[words[b]] else { return .left }
        words[a] = UInt64(place)
      case .lookUpOrJump:
        if let place = code.universes[Int(immediate)].places[words[b]] {
          words[a] = UInt64(place)
        } else {
          next = c
        }
      case .copyWords: (words + a).update(from: words + b, count: c)
      case .clearWords: (words + a).update(repeating: 0, count: c)
      case .copyBits: copy(Int(immediate))
      case .equalBits: words[a] = isEqual(Int(immediate)) ? 1 : 0
      case .recall: if !code.memos[Int(immediate)].write(to: words + a, in: words) { return .left }
      case .jump:
        if c < next {
          repetitions &+= 1
          if repetitions > Self.mostRepetitions { return .left }
        }
        next = c
      case .jumpIfZero: if words[a] == 0 { next = c }
      case .jumpIfNotZero: if words[a] != 0 { next = c }
      case .jumpIfEqual: if words[a] == words[b] { next = c }
      case .jumpIfNotEqual: if words[a] != words[b] { next = c }
      case .jumpIfLess: if Int64(bitPattern: words[a]) < Int64(bitPattern: words[b]) { next = c }
      case .jumpIfNotLess: if Int64(bitPattern: words[a]) >= Int64(bitPattern: words[b]) { next = c }
      case .jumpIfIs: if words[a] == UInt64(bitPattern: immediate) { next = c }
      case .jumpIfIsNot: if words[a] != UInt64(bitPattern: immediate) { next = c }
      case .jumpIfBelow: if Int64(bitPattern: words[a]) < immediate { next = c }
      case .jumpIfNotBelow: if Int64(bitPattern: words[a]) >= immediate { next = c }
      case .checkRange:
        let value = Int64(bitPattern: words[b])
        if value < Int64(Int32(truncatingIfNeeded: immediate)) || value > immediate >> 32 { return .left }
      case .emit: emit()
      case .end: return .answer(immediate != 0)
      case .leave: return .left
      }
    }
  }
}
