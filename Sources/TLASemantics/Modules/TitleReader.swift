package import TLASyntax

/// Finds what a module calls itself.
package enum TitleReader {
  /// The first line with a letter in the first comment, without the comment's marks and its full stop; nil if there is none.
  package static func title(of file: SourceFile) -> String? {
    var inComment = false
    for number in 1...max(1, file.lineCount) {
      var line = file.line(number)
      if let start = line.firstRange(of: "(*") ?? line.firstRange(of: "\\*") {
        line = String(line[start.upperBound...])
        inComment = true
      } else if !inComment {
        continue
      }
      let marks: Set<Character> = ["*", "(", ")", "-", "=", " ", "\t"]
      let text = line.trimmingCharacters(in: marks)
      if text.contains(where: \.isLetter) { return text.hasSuffix(".") ? String(text.dropLast()) : text }
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
