/// Finds the words that calls from inside a recursive function have to save: those that may be read after the call before they are written.
struct FlatLiveness {
  /// The instructions that save and restore words around a call, and the words of the function's activation.
  struct Call {
    let save: Int
    let restore: Int
    let words: Range<Int>
  }

  /// A set of words, as bits from the lowest word that any function has.
  private typealias Words = [UInt64]

  private let code: FlatCode
  private let calls: [Call]
  /// The words of all functions.
  private let span: Range<Int>
  /// The words that may be read from an instruction on to which a jump leads.
  private var atTargets: [Int: Words] = [:]
  /// The words that may be read after each restoring instruction.
  private var afterRestores: [Int: Words] = [:]

  private init(_ code: FlatCode, _ calls: [Call]) {
    self.code = code
    self.calls = calls
    let low = calls.map(\.words.lowerBound).min() ?? 0
    span = low..<max(low, calls.map(\.words.upperBound).max() ?? low)
  }

  /// The words that each call has to save. All jumps of the instructions must have their targets.
  static func words(savedBy calls: [Call], in code: FlatCode, _ instructions: Range<Int>) -> [[Int]] {
    var liveness = FlatLiveness(code, calls)
    liveness.find(instructions)
    return calls.map { call in
      call.words.filter { word in liveness.afterRestores[call.restore].map { liveness.has(word, $0) } ?? false
      }
    }
  }

  /// Goes backwards through the code until nothing changes. A restoring instruction writes all words of its function, because the saving one
  /// keeps those that are read later: what runs in between is another activation.
  private mutating func find(_ instructions: Range<Int>) {
    let none = Words(repeating: 0, count: (span.count + 63) / 64)
    let uses = instructions.map { code.instructions[$0].words(in: code) }
    let saves = Dictionary(uniqueKeysWithValues: calls.map { ($0.save, $0) })
    let restores = Dictionary(uniqueKeysWithValues: calls.map { ($0.restore, $0) })
    for number in instructions where code.instructions[number].operation.isJump {
      atTargets[Int(code.instructions[number].c)] = none
    }
    var isChanging = true
    while isChanging {
      isChanging = false
      var live = none
      for number in instructions.reversed() {
        let instruction = code.instructions[number]
        switch instruction.operation {
        case .jump: live = atTargets[Int(instruction.c)] ?? none
        case .leave, .end: live = none
        case let operation where operation.isJump:
          if let target = atTargets[Int(instruction.c)] { unite(&live, target) }
        default: break
        }
        if let call = restores[number] {
          afterRestores[number] = live
          for word in call.words { remove(word, from: &live) }
        } else if let call = saves[number] {
          if let saved = afterRestores[call.restore] {
            for word in call.words where has(word, saved) { insert(word, into: &live) }
          }
        } else {
          note(instruction, uses[number - instructions.lowerBound], &live)
        }
        if let old = atTargets[number], old != live {
          atTargets[number] = live
          isChanging = true
        }
      }
    }
  }

  private func note(_ instruction: FlatInstruction, _ words: FlatInstruction.Words, _ live: inout Words) {
    for word in words.written { remove(word, from: &live) }
    let (a, b, c) = (Int(instruction.a), Int(instruction.b), Int(instruction.c))
    switch instruction.operation {
    case .clearWords: for word in a..<(a + c) { remove(word, from: &live) }
    case .copyWords:
      for word in a..<(a + c) { remove(word, from: &live) }
      for word in b..<(b + c) { insert(word, into: &live) }
    default: for range in words.inMemory { for word in range { insert(word, into: &live) } }
    }
    for word in words.read { insert(word, into: &live) }
  }

  // MARK: Sets of words

  private func has(_ word: Int, _ words: Words) -> Bool {
    words[(word - span.lowerBound) / 64] >> UInt64((word - span.lowerBound) % 64) & 1 != 0
  }

  private func insert(_ word: Int, into words: inout Words) {
    guard span.contains(word) else { return }
    words[(word - span.lowerBound) / 64] |= 1 << UInt64((word - span.lowerBound) % 64)
  }

  private func remove(_ word: Int, from words: inout Words) {
    guard span.contains(word) else { return }
    words[(word - span.lowerBound) / 64] &= ~(1 << UInt64((word - span.lowerBound) % 64))
  }

  private func unite(_ words: inout Words, _ others: Words) {
    for index in words.indices { words[index] |= others[index] }
  }
}
