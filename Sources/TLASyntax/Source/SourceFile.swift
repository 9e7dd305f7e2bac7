/// A text, with a table that turns byte offsets into lines and columns.
///
/// Offsets are UTF-8 byte offsets. Lines and columns count from 1, and a column counts Unicode scalars, as an editor does. Making a file
/// takes a pass over the text; a look-up takes a binary search.
package final class SourceFile: Sendable {
  /// The user's name for the file: the path as given, or a name in angle brackets for a text without a file.
  package let name: String
  /// The text as UTF-8.
  package let bytes: [UInt8]
  /// The offset of each line's first byte.
  private let lineStarts: [Int]

  /// Keeps `text` under `name`.
  package init(name: String, text: String) {
    self.name = name
    bytes = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    lineStarts = starts
  }

  /// The number of lines; a text without a line break has one.
  package var lineCount: Int { lineStarts.count }

  /// The place of a byte offset. An offset past the end counts as the end.
  package func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    var column = 1
    for byte in bytes[lineStarts[low]..<offset] where byte & 0xC0 != 0x80 { column += 1 }
    return SourcePosition(line: low + 1, column: column)
  }

  /// The offset of the first occurrence of a text at or after an offset; nil if there is none.
  package func offset(of text: String, from start: Int = 0) -> Int? {
    let pattern = Array(text.utf8)
    var offset = start
    while offset <= bytes.count - pattern.count {
      if bytes[offset] == pattern[0], bytes[offset..<offset + pattern.count].elementsEqual(pattern) {
        return offset
      }
      offset += 1
    }
    return nil
  }

  /// The text of a line, counted from 1, without its line break; empty if there is no such line.
  package func line(_ number: Int) -> String {
    guard number >= 1, number <= lineStarts.count else { return "" }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
  }
}

/// A line and a column, both counted from 1.
package struct SourcePosition: Hashable, Sendable, Comparable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A part of a source text, as half-open byte offsets.
package struct SourceSpan: Sendable, Hashable {
  package let file: SourceFile
  package let start: Int
  package let end: Int

  package init(file: SourceFile, start: Int, end: Int) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }

  /// The place of the first byte.
  package var startPosition: SourcePosition { file.position(of: start) }

  /// The place of the last byte (not the byte after it), as TLC prints the end of a location.
  package var endPosition: SourcePosition { file.position(of: max(start, end - 1)) }

  /// The text in the span, as it stands in the file.
  package var text: String { String(decoding: file.bytes[start..<min(end, file.bytes.count)], as: UTF8.self) }

  /// The text on one line: each run of blanks and line breaks is one blank.
  package var oneLineText: String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// The smallest span that covers both. Both must belong to the same file.
  package func joined(with other: SourceSpan) -> SourceSpan {
    SourceSpan(file: file, start: min(start, other.start), end: max(end, other.end))
  }

  package static func == (left: SourceSpan, right: SourceSpan) -> Bool {
    left.file === right.file && left.start == right.start && left.end == right.end
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(file))
    hasher.combine(start)
    hasher.combine(end)
  }
}
