/// Makes text from a spec or a file safe for a terminal, always in one style: `\u{202E}`.
package enum Printable {
  /// The text on one line. Control characters and invisible marks, such as those that change the writing direction, are escaped.
  package static func line(_ text: String) -> String { text.escapingMarks { _ in false } }

  /// The text with its line breaks and tabs. Everything else that `line` escapes is escaped.
  package static func lines(_ text: String) -> String { text.escapingMarks { $0 == "\n" || $0 == "\t" } }

  /// The escaped form of a scalar that would control a terminal or the direction of text, or that nobody sees; nil for other scalars.
  package static func escaped(_ scalar: Unicode.Scalar) -> String? {
    needsEscape(scalar) ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : nil
  }

  /// Whether a text must not hold the scalar as it is. The joiner inside emoji is harmless.
  package static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    if (0x20..<0x7F).contains(scalar.value) { return false }
    return switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: scalar.value != 0x200D
    default: false
    }
  }

  /// The scalar whose escaped form the bytes begin with, and the length of the form; nil if they begin with no such form.
  static func restored(_ bytes: ArraySlice<UInt8>) -> (scalar: Unicode.Scalar, length: Int)? {
    let start = Array("\\u{".utf8)
    guard bytes.starts(with: start) else { return nil }
    let digits = bytes.dropFirst(start.count).prefix(7).prefix { $0 != UInt8(ascii: "}") }
    let length = start.count + digits.count + 1
    guard digits.count <= 6, bytes.count >= length, digits.first != UInt8(ascii: "+"),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value), needsEscape(scalar)
    else { return nil }
    return (scalar, length)
  }
}

extension String {
  fileprivate func escapingMarks(except isKept: (Unicode.Scalar) -> Bool) -> String {
    guard utf8.contains(where: { $0 < 0x20 && !isKept(Unicode.Scalar($0)) || $0 >= 0x7F }) else {
      return self
    }
    var result = ""
    for scalar in unicodeScalars {
      if !isKept(scalar), let escaped = Printable.escaped(scalar) {
        result += escaped
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
