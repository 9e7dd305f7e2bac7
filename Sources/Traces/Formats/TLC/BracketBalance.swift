/// Tells from the brackets of TLA+ text whether a value that was begun is complete.
struct BracketBalance {
  private var depth = 0
  private var isInString = false

  /// Whether something that was opened is not closed yet.
  var isOpen: Bool { depth > 0 || isInString }

  /// Reads on.
  mutating func read(_ text: Substring) {
    var bytes = text.utf8[...]
    while let byte = bytes.popFirst() {
      if isInString {
        if byte == UInt8(ascii: "\\") { bytes = bytes.dropFirst() }
        if byte == UInt8(ascii: "\"") { isInString = false }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "("): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "<") where bytes.first == byte:
        depth += 1
        bytes = bytes.dropFirst()
      case UInt8(ascii: ">") where bytes.first == byte:
        depth -= 1
        bytes = bytes.dropFirst()
      // The sign of these arrows is no bracket.
      case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "="):
        if bytes.first == UInt8(ascii: ">") { bytes = bytes.dropFirst() }
      default: break
      }
    }
  }

  /// The text from the first bracket on to the one that closes it; the whole rest when none does.
  static func bracketed(_ text: Substring) -> (inside: Substring, isComplete: Bool) {
    var balance = BracketBalance()
    var end = text.startIndex
    while end < text.endIndex {
      // A bracket of two signs, an arrow or an escaped sign is read at once.
      let next = step(text, from: end, isInString: balance.isInString)
      balance.read(text[end..<next])
      end = next
      if !balance.isOpen { return (text[..<end], true) }
    }
    return (text, false)
  }

  private static func step(_ text: Substring, from start: String.Index, isInString: Bool) -> String.Index {
    let one = text.index(after: start)
    guard one < text.endIndex else { return one }
    let pair = (text[start], text[one])
    let isPair =
      isInString
      ? pair.0 == "\\"
      : pair.0 == pair.1 && "<>".contains(pair.0) || pair.1 == ">" && ":-=".contains(pair.0)
    return isPair ? text.index(after: one) : one
  }
}
