extension FlatInstruction {
  /// The words that an instruction uses.
  struct Words {
    /// The words that it reads, and then those that it writes, by their numbers.
    var read: [Int] = []
    var written: [Int] = []
    /// The words that it reaches by an address, or in another way than one by one.
    var inMemory: [Range<Int>] = []
  }

  func words(in code: FlatCode) -> Words {
    let (a, b, c) = (Int(a), Int(b), Int(c))
    switch operation {
    case .constant: return Words(written: [a])
    case .move, .load, .addConstant, .multiplyConstant, .andConstant, .shiftLeftConstant, .shiftRightConstant,
      .bit, .countBits, .table, .tableOrJump, .lookUp, .lookUpOrJump:
      return Words(read: [b], written: [a])
    case .loadAcross: return Words(read: [b, b + 1], written: [a])
    case .loadAt: return Words(read: [c], written: [a], inMemory: [code.block(at: b)])
    case .store: return Words(read: [a, c], written: [a])
    case .storeAcross: return Words(read: [a, a + 1, c], written: [a, a + 1])
    case .storeAt: return Words(read: [b, c], inMemory: [code.block(at: a)])
    case .add, .subtract, .multiply, .divide, .modulo, .and, .or, .andNot:
      return Words(read: [b, c], written: [a])
    case .takeLowest: return Words(read: [b], written: [a, b])
    case .copyWords: return Words(inMemory: [a..<(a + c), b..<(b + c)])
    case .clearWords: return Words(inMemory: [a..<(a + c)])
    case .copyBits: return words(of: code.bits[Int(immediate)], in: code)
    case .equalBits:
      var words = words(of: code.bits[Int(immediate)], in: code)
      words.written = [a]
      return words
    case .recall:
      let memo = code.memos[Int(immediate)]
      var words = Words(inMemory: [a..<(a + memo.resultWords)])
      for place in memo.places { add(place, to: &words, in: code) }
      return words
    case .jumpIfZero, .jumpIfNotZero, .jumpIfIs, .jumpIfIsNot, .jumpIfBelow, .jumpIfNotBelow:
      return Words(read: [a])
    case .jumpIfEqual, .jumpIfNotEqual, .jumpIfLess, .jumpIfNotLess: return Words(read: [a, b])
    case .checkRange: return Words(read: [b])
    case .save, .restore: return Words(inMemory: code.savedWords(self).map { $0..<($0 + 1) })
    case .jump, .emit, .end, .leave: return Words()
    }
  }

  private func words(of bits: FlatBits, in code: FlatCode) -> Words {
    var words = Words()
    add(bits.source, to: &words, in: code)
    add(bits.target, to: &words, in: code)
    return words
  }

  private func add(_ place: FlatPlace, to words: inout Words, in code: FlatCode) {
    if let index = place.index { words.read.append(index) }
    let end = place.base + (place.offset + place.width + 63) / 64
    words.inMemory.append(place.base..<max(end, code.block(at: place.base).upperBound))
  }
}
