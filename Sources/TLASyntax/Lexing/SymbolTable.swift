/// Finds the longest symbol that starts at a byte, and the words that are keywords or operators.
struct SymbolTable: Sendable {
  struct Symbol: Sendable {
    let kind: Token.Kind
    let operatorIndex: UInt8
    let length: Int32
    /// The index of its first byte in `spellings`.
    fileprivate let start: Int32
  }

  /// A word of at most 16 bytes, packed.
  private struct Word: Hashable, Sendable {
    var first: UInt64 = 0
    var second: UInt64 = 0

    init(_ bytes: [UInt8], from start: Int, length: Int) {
      for place in start..<start + length {
        if place - start < 8 {
          first = first << 8 | UInt64(bytes[place])
        } else {
          second = second << 8 | UInt64(bytes[place])
        }
      }
    }
  }

  /// The symbols by first byte, the longest first. Two entries of `bounds` enclose the symbols of a byte.
  private let symbols: [Symbol]
  private let bounds: [Int32]
  private let spellings: [UInt8]
  private let words: [Word: Symbol]
  private let longestWord: Int

  static let standard = SymbolTable()

  private init() {
    var buckets = [[Symbol]](repeating: [], count: 256)
    var spellings: [UInt8] = []
    var words: [Word: Symbol] = [:]
    var longestWord = 0
    func add(_ spelling: String, _ kind: Token.Kind, _ index: Int) {
      let bytes = Array(spelling.utf8)
      let symbol = Symbol(
        kind: kind, operatorIndex: UInt8(index), length: Int32(bytes.count), start: Int32(spellings.count))
      spellings += bytes
      if Lexer.isLetter(bytes[0]) {
        words[Word(bytes, from: 0, length: bytes.count)] = symbol
        longestWord = max(longestWord, bytes.count)
      } else {
        buckets[Int(bytes[0])].append(symbol)
      }
    }
    for (spelling, kind) in Token.delimiters { add(spelling, kind, 0) }
    for (word, kind) in Token.keywords { add(word, kind, 0) }
    for letter in Token.unicodeNames.keys { add(letter, .identifier, 0) }
    for (index, entry) in OperatorTable.standard.entries.enumerated() {
      for spelling in entry.spellings { add(spelling, .operatorSymbol, index) }
    }
    var (symbols, bounds): ([Symbol], [Int32]) = ([], [0])
    for bucket in buckets {
      symbols += bucket.sorted { $0.length > $1.length }
      bounds.append(Int32(symbols.count))
    }
    (self.symbols, self.bounds, self.spellings) = (symbols, bounds, spellings)
    (self.words, self.longestWord) = (words, longestWord)
  }

  /// The longest symbol at `offset`; nil if none starts there.
  func longestMatch(in bytes: [UInt8], at offset: Int) -> Symbol? {
    let first = Int(bytes[offset])
    for index in Int(bounds[first])..<Int(bounds[first + 1]) where matches(symbols[index], bytes, offset) {
      return symbols[index]
    }
    return nil
  }

  private func matches(_ symbol: Symbol, _ bytes: [UInt8], _ offset: Int) -> Bool {
    guard offset + Int(symbol.length) <= bytes.count else { return false }
    var place = 1
    while place < Int(symbol.length) {
      if bytes[offset + place] != spellings[Int(symbol.start) + place] { return false }
      place += 1
    }
    return true
  }

  /// The keyword or operator that a word is; nil for other words.
  func word(in bytes: [UInt8], at offset: Int, length: Int) -> Symbol? {
    length > longestWord ? nil : words[Word(bytes, from: offset, length: length)]
  }
}
