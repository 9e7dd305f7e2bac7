/// Changes texts at random: sometimes bytes, mostly tokens, so that enough of the results can still be read to the end.
///
/// It knows no language. A token is a word, a number, a string, a run of operator characters, a single bracket, or blanks.
package struct TextMutator {
  private var random: SplitMix
  /// Words of the language that is fuzzed.
  let dictionary: [String]
  /// Whether numbers stay small. Otherwise an evaluation might count to a billion.
  let keepsNumbersSmall: Bool

  package init(seed: UInt64, dictionary: [String], keepsNumbersSmall: Bool = false) {
    random = SplitMix(state: seed)
    self.dictionary = dictionary
    self.keepsNumbersSmall = keepsNumbersSmall
  }

  package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(bound, 1), using: &random) }

  /// The text with one to four changes, some of which insert parts of `other`.
  package mutating func mutate(_ text: [UInt8], other: [UInt8]) -> [UInt8] {
    var result = text
    for _ in 0...below(4) {
      // A text that should be readable to the end tolerates only a few changes of single bytes.
      result =
        below(keepsNumbersSmall ? 8 : 3) == 0
        ? mutateBytes(result, other: other) : mutateTokens(result, other: other)
    }
    return keepsNumbersSmall ? Self.withSmallNumbers(result) : result
  }

  // MARK: Bytes

  private mutating func mutateBytes(_ text: [UInt8], other: [UInt8]) -> [UInt8] {
    var result = text
    let place = below(text.count + 1)
    let length = min(1 + below(below(3) == 0 ? 60 : 6), text.count - place)
    switch below(7) {
    case 0: result.removeSubrange(place..<place + length)
    case 1: result.insert(contentsOf: text[place..<place + length], at: below(text.count + 1))
    case 2:
      let odd: [UInt8] = [
        0, 9, 10, 11, 13, 27, 34, 40, 41, 42, 45, 61, 92, 96, 123, 127, 128, 194, 226, 240, 255,
      ]
      let byte = below(2) == 0 ? odd[below(odd.count)] : UInt8(below(256))
      if place < text.count { result[place] = byte } else { result.append(byte) }
    case 3: result = Array(text[..<place] + other[below(other.count + 1)...])
    case 4:
      let part = Array(text[place..<place + length])
      result.insert(contentsOf: (0..<below(40)).flatMap { _ in part }, at: place)
    case 5: result.removeSubrange(place...)
    default: result.insert(contentsOf: word().utf8, at: place)
    }
    return result
  }

  private mutating func word() -> String { dictionary.isEmpty ? "" : dictionary[below(dictionary.count)] }

  // MARK: Tokens

  private mutating func mutateTokens(_ text: [UInt8], other: [UInt8]) -> [UInt8] {
    var tokens = Token.tokens(of: text)
    guard !tokens.isEmpty else { return Array(word().utf8) }
    let first = below(tokens.count)
    switch below(11) {
    case 0, 1:
      if let second = pick(like: tokens[first], in: tokens) { tokens[first] = second }
    case 2:
      if let second = pick(like: tokens[first], in: Token.tokens(of: other)) { tokens[first] = second }
    case 3:
      let second = below(tokens.count)
      tokens.swapAt(first, second)
    case 4: tokens.remove(at: first)
    case 5: tokens.insert(tokens[below(tokens.count)], at: first)
    case 6: tokens[first] = Token(kind: .word, bytes: Array(word().utf8))
    case 7: replaceGroup(in: &tokens, from: Token.tokens(of: other))
    case 8: replaceGroup(in: &tokens, from: tokens)
    case 9:
      let numbers = tokens.indices.filter { tokens[$0].kind == .number }
      guard !numbers.isEmpty else { break }
      let odd = [
        "0", "1", "2", "-1", "3", "9", "2147483647", "-2147483648", "4294967296", "9223372036854775807",
        "99999999999999999999", "1e5", "0.5",
      ]
      tokens[numbers[below(numbers.count)]] = Token(
        kind: .number, bytes: Array(odd[below(keepsNumbersSmall ? 6 : odd.count)].utf8))
    default: return mutateLines(text, other: other)
    }
    return tokens.flatMap(\.bytes)
  }

  private mutating func pick(like token: Token, in tokens: [Token]) -> Token? {
    let alike = tokens.filter { $0.kind == token.kind }
    return alike.isEmpty ? nil : alike[below(alike.count)]
  }

  /// Replaces one bracketed group by another.
  private mutating func replaceGroup(in tokens: inout [Token], from others: [Token]) {
    let (targets, sources) = (Token.groups(of: tokens), Token.groups(of: others))
    guard !targets.isEmpty, !sources.isEmpty else { return }
    let source = others[sources[below(sources.count)]]
    tokens.replaceSubrange(targets[below(targets.count)], with: source)
  }

  private mutating func mutateLines(_ text: [UInt8], other: [UInt8]) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    var lines = text.split(separator: newline, omittingEmptySubsequences: false).map(Array.init)
    let others = other.split(separator: newline).map(Array.init)
    let line = below(lines.count)
    switch below(6) {
    case 0: lines.remove(at: line)
    case 1: lines.insert(lines[below(lines.count)], at: line)
    case 2: lines.swapAt(line, below(lines.count))
    case 3: lines[line].insert(contentsOf: [UInt8](repeating: 0x20, count: 1 + below(4)), at: 0)
    case 4: lines[line].removeFirst(min(1 + below(3), lines[line].count))
    default: if !others.isEmpty { lines.insert(others[below(others.count)], at: line) }
    }
    return Array(lines.joined(separator: [newline]))
  }

  /// The text with no number longer than one digit.
  private static func withSmallNumbers(_ text: [UInt8]) -> [UInt8] {
    Token.tokens(of: text).flatMap { $0.kind == .number ? Array($0.bytes.suffix(1)) : $0.bytes }
  }
}

extension TextMutator {
  /// A piece of a text.
  struct Token {
    enum Kind { case word, number, string, symbol, bracket, blank, other }

    var kind: Kind
    var bytes: [UInt8]

    /// The pieces of a text. Joined together they give the text.
    static func tokens(of text: [UInt8]) -> [Token] {
      var tokens: [Token] = []
      var start = 0
      while start < text.count {
        let kind = kind(of: text[start])
        var end = start + 1
        switch kind {
        case .word, .number, .blank, .symbol:
          while end < text.count, continues(kind, text[end]) { end += 1 }
        case .string:
          while end < text.count, text[end] != UInt8(ascii: "\""), text[end] != UInt8(ascii: "\n") {
            end += 1
          }
          end = min(end + 1, text.count)
        case .bracket, .other: break
        }
        tokens.append(Token(kind: kind, bytes: Array(text[start..<end])))
        start = end
      }
      return tokens
    }

    /// The ranges that brackets enclose, including the brackets.
    static func groups(of tokens: [Token]) -> [ClosedRange<Int>] {
      var open: [Int] = []
      var groups: [ClosedRange<Int>] = []
      for (index, token) in tokens.enumerated() where token.kind == .bracket {
        if "([{".utf8.contains(token.bytes[0]) {
          open.append(index)
        } else if let start = open.popLast() {
          groups.append(start...index)
        }
      }
      return groups
    }

    private static func kind(of byte: UInt8) -> Kind {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): .number
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
        .word
      case UInt8(ascii: "\""): .string
      case 0x20, 0x0A, 0x0D, 0x09: .blank
      case _ where "()[]{}".utf8.contains(byte): .bracket
      case 0x21...0x7E: .symbol
      default: .other
      }
    }

    private static func continues(_ kind: Kind, _ byte: UInt8) -> Bool {
      let next = Token.kind(of: byte)
      return next == kind || kind == .word && next == .number
    }
  }
}
