/// Flat code with the constants that it uses.
struct FlatCode {
  var instructions: [FlatInstruction] = []
  var tables: [Int64] = []
  var bits: [FlatBits] = []
  var universes: [FlatType.Universe] = []
  var memos: [FlatMemo] = []
  /// The number of words of a frame.
  var frameWords = 0
  /// The strings of several words, by their first words.
  var blocks: [Int: Range<Int>] = [:]

  /// The words that an instruction saves or restores.
  func savedWords(_ instruction: FlatInstruction) -> [Int] {
    let start = Int(instruction.immediate)
    return tables[start..<(start + Int(instruction.a))].map(Int.init)
  }

  /// The words of the string that begins at a word.
  func block(at word: Int) -> Range<Int> { blocks[word] ?? word..<(word + 1) }
}
