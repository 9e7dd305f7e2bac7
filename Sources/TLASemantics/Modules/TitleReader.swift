package import TLASyntax

/// Finds a module's title.
package enum TitleReader {
  /// The first line with a letter in the first comment, without comment marks and full stop; nil if there is none.
  package static func title(of file: SourceFile) -> String? {
    guard let start = firstComment(in: file.bytes) else { return nil }
    var rest = file.bytes[start...]
    while !rest.isEmpty {
      let line = String(decoding: rest.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
      let text = line.trimmingCharacters(in: ["*", "\\", "(", ")", "-", "=", " ", "\t", "\r"])
      if text.contains(where: \.isLetter) { return text.hasSuffix(".") ? String(text.dropLast()) : text }
      rest = rest.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
    }
    return nil
  }

  /// The position of the first comment's text, after its mark.
  private static func firstComment(in bytes: [UInt8]) -> Int? {
    var offset = 0
    while offset + 1 < bytes.count {
      if bytes[offset + 1] == UInt8(ascii: "*"),
        bytes[offset] == UInt8(ascii: "(") || bytes[offset] == UInt8(ascii: "\\")
      {
        return offset + 2
      }
      offset += 1
    }
    return nil
  }
}

extension String {
  /// The string without those characters at both ends.
  fileprivate func trimmingCharacters(in marks: Set<Character>) -> String {
    String(drop(while: marks.contains).reversed().drop(while: marks.contains).reversed())
  }
}
