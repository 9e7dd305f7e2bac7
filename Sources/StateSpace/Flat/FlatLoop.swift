/// The loop that runs flat code, instruction by instruction.
extension FlatFrame {
  /// How an entry ended.
  enum Ending {
    case answer(Bool)
    /// The node tree has to take the state.
    case left
  }

  /// Runs code from an instruction on.
  func run(from start: Int) -> Ending {
    let words = words
    let instructions = instructions
    let tables = tables
    emptyStack()
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
        guard let place = place(of: words[b], inUniverse: Int(immediate)) else { return .left }
        words[a] = UInt64(place)
      case .lookUpOrJump:
        if let place = place(of: words[b], inUniverse: Int(immediate)) {
          words[a] = UInt64(place)
        } else {
          next = c
        }
      case .copyWords: copyWords(instruction)
      case .clearWords: clearWords(instruction)
      case .copyBits: copyBits(Int(immediate))
      case .equalBits: words[a] = isEqual(Int(immediate)) ? 1 : 0
      case .recall: if !recall(Int(immediate), to: a) { return .left }
      case .save: if !save(a, from: Int(immediate)) { return .left }
      case .restore: restore(a, from: Int(immediate))
      case .jump:
        if c < next {
          repetitions &+= 1
          if repetitions > NativeContext.mostRepetitions { return .left }
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
