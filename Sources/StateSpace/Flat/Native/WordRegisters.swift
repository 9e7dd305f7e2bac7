/// Which registers hold which words of the frame while machine code is put together.
///
/// The code between two labels is a section. A word that only one section uses, and whose first use there writes it, is kept in its register
/// as long as there is room; any other word is also written to the frame at once.
struct WordRegisters<Machine: Assembler> {
  private struct Holding {
    var word = -1
    /// Whether the frame does not have the word.
    var isOnlyHere = false
    /// When the register was used last.
    var time = 0
    var isPinned = false
  }

  private let uses: WordUses
  private var holdings = Array(repeating: Holding(), count: Machine.wordRegisters.count)
  private var time = 0
  /// The number of the instruction for which registers are wanted.
  private var instruction = 0

  init(_ uses: WordUses) { self.uses = uses }

  /// Begins an instruction. The registers that it gets stay with it until the next one.
  mutating func begin(_ instruction: Int) {
    self.instruction = instruction
    for index in holdings.indices { holdings[index].isPinned = false }
  }

  /// A register with a word.
  mutating func reading(_ word: Int, _ machine: inout Machine) -> Register {
    if let index = index(of: word) { return use(index) }
    let index = free(&machine)
    machine.read(Machine.wordRegisters[index], word: word)
    holdings[index].word = word
    holdings[index].isOnlyHere = false
    return use(index)
  }

  /// A register for a word that the instruction writes. Call `written` afterwards.
  mutating func writing(_ word: Int, _ machine: inout Machine) -> Register {
    if let index = index(of: word) { return use(index) }
    let index = free(&machine)
    holdings[index].word = word
    holdings[index].isOnlyHere = false
    return use(index)
  }

  /// A register for a number within the instruction.
  mutating func temporary(_ machine: inout Machine) -> Register {
    let index = free(&machine)
    holdings[index] = Holding()
    return use(index)
  }

  mutating func written(_ word: Int, _ machine: inout Machine) {
    guard let index = index(of: word) else { return }
    if uses.isLocal(word) {
      holdings[index].isOnlyHere = true
    } else {
      machine.write(word: word, Machine.wordRegisters[index])
    }
  }

  /// Writes the words that only registers have, and that are still used, to the frame.
  mutating func save(_ machine: inout Machine) {
    for index in holdings.indices { save(index, &machine) }
  }

  /// Forgets what the registers hold.
  mutating func forget() {
    for index in holdings.indices { holdings[index] = Holding() }
  }

  /// Forgets the words that the frame has, because they may have changed there.
  mutating func forgetFrame() {
    for index in holdings.indices where !holdings[index].isOnlyHere { holdings[index] = Holding() }
  }

  private func index(of word: Int) -> Int? { holdings.firstIndex { $0.word == word } }

  private mutating func use(_ index: Int) -> Register {
    time += 1
    holdings[index].time = time
    holdings[index].isPinned = true
    return Machine.wordRegisters[index]
  }

  /// A register that holds nothing which is needed.
  private mutating func free(_ machine: inout Machine) -> Int {
    var best = -1
    for (index, holding) in holdings.enumerated() where !holding.isPinned {
      if holding.word < 0 || uses.lastUse(of: holding.word) < instruction {
        best = index
        break
      }
      if best < 0 || holding.time < holdings[best].time { best = index }
    }
    precondition(best >= 0, "an instruction uses fewer words than there are registers")
    save(best, &machine)
    holdings[best] = Holding()
    return best
  }

  private mutating func save(_ index: Int, _ machine: inout Machine) {
    guard holdings[index].isOnlyHere, uses.lastUse(of: holdings[index].word) >= instruction else { return }
    machine.write(word: holdings[index].word, Machine.wordRegisters[index])
    holdings[index].isOnlyHere = false
  }
}

/// Where flat code uses the words of its frame.
struct WordUses {
  /// For each word, the section of the code that alone uses it, -1 for a word that is not used, -2 for others.
  private var sections: [Int]
  /// The number of the last instruction that uses a word.
  private var last: [Int]

  init(_ code: FlatCode, sections starts: [Bool]) {
    sections = Array(repeating: -1, count: code.frameWords + 2)
    last = Array(repeating: -1, count: code.frameWords + 2)
    var section = 0
    for (number, instruction) in code.instructions.enumerated() {
      if starts[number] { section += 1 }
      let words = instruction.words(in: code)
      for word in words.read { note(word, number, section, isRead: true) }
      for word in words.written { note(word, number, section, isRead: false) }
      for range in words.inMemory { for word in range { sections[word] = -2 } }
    }
  }

  private mutating func note(_ word: Int, _ number: Int, _ section: Int, isRead: Bool) {
    if sections[word] == -1 {
      sections[word] = isRead ? -2 : section
    } else if sections[word] != section {
      sections[word] = -2
    }
    last[word] = number
  }

  /// Whether a word is used in one section only, which writes it first.
  func isLocal(_ word: Int) -> Bool { sections[word] >= 0 }

  /// The number of the last instruction that uses a word itself. A word of the frame that is not local may be used at any time.
  func lastUse(of word: Int) -> Int { last[word] }
}
