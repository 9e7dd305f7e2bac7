/// Finds the longest symbol that starts at a byte.
struct SymbolTable: Sendable {
  struct Symbol: Sendable {
    let bytes: [UInt8]
    let kind: Token.Kind
    let operatorIndex: UInt8
  }

  /// The symbols by first byte, the longest first.
  private let buckets: [[Symbol]]
  /// The words that are keywords or operators.
  let words: [[UInt8]: Symbol]

  static let standard = SymbolTable()

  private init() {
    var buckets = [[Symbol]](repeating: [], count: 256)
    var words: [[UInt8]: Symbol] = [:]
    func add(_ spelling: String, _ kind: Token.Kind, _ index: Int) {
      let symbol = Symbol(bytes: Array(spelling.utf8), kind: kind, operatorIndex: UInt8(index))
      if Lexer.isLetter(symbol.bytes[0]) {
        words[symbol.bytes] = symbol
      } else {
        buckets[Int(symbol.bytes[0])].append(symbol)
      }
    }
    for (spelling, kind) in Token.delimiters { add(spelling, kind, 0) }
    for (word, kind) in Token.keywords { add(word, kind, 0) }
    for letter in Token.unicodeNames.keys { add(letter, .identifier, 0) }
    for (index, entry) in OperatorTable.standard.entries.enumerated() {
      for spelling in entry.spellings { add(spelling, .operatorSymbol, index) }
    }
    self.buckets = buckets.map { $0.sorted { $0.bytes.count > $1.bytes.count } }
    self.words = words
  }

  /// The longest symbol at `offset`; nil when none starts there.
  func longestMatch(in bytes: [UInt8], at offset: Int) -> Symbol? {
    buckets[Int(bytes[offset])].first { symbol in
      guard offset + symbol.bytes.count <= bytes.count else { return false }
      for (index, byte) in symbol.bytes.enumerated() where bytes[offset + index] != byte { return false }
      return true
    }
  }
}
