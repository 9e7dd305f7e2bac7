/// Tells from the brackets of TLA+ text whether a value is complete.
struct BracketBalance {
  private var depth = 0
  private var isInString = false

  /// Whether a bracket or string is still open.
  var isOpen: Bool { depth > 0 || isInString }

  /// Reads more text.
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
      // This character is part of an arrow, not a bracket.
      case UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "="):
        if bytes.first == UInt8(ascii: ">") { bytes = bytes.dropFirst() }
      default: break
      }
    }
  }

  /// The text from the first bracket to the one that closes it; the whole rest if none does.
  static func bracketed(_ text: Substring) -> (inside: Substring, isComplete: Bool) {
    var balance = BracketBalance()
    var end = text.startIndex
    while end < text.endIndex {
      // A bracket of two characters, an arrow or an escaped character is read in one step.
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
