/// Reads logs that are tables: comma-separated values with a header (RFC 4180).
enum LogTable {
  /// How many lines a row may have: a quotation mark that nobody closes must not swallow the log.
  static let mostLines = 200

  /// The columns that a file's first line names; nil if it is not a header: it holds a brace, has one cell, or a cell that is not a name.
  static func columns(_ line: ArraySlice<UInt8>) -> [String]? {
    guard !line.contains(UInt8(ascii: "{")) else { return nil }
    let cells = texts(line)
    guard cells.count > 1, cells.allSatisfy({ isName($0) }), Set(cells).count == cells.count else {
      return nil
    }
    return cells
  }

  /// The values of a line's cells; nil for an empty cell. A cell that is written as a number, a truth value or JSON is one; any other is
  /// a text.
  static func cells(_ line: ArraySlice<UInt8>) -> [JSONValue?] {
    texts(line).map { text in
      if text.isEmpty { return nil }
      return (try? JSONReader.read(Array(text.utf8), file: "")) ?? .string(text)
    }
  }

  private static func isName(_ text: String) -> Bool {
    guard let first = text.first, first.isLetter || first == "_" else { return false }
    return text.allSatisfy { $0.isLetter || $0.isNumber || "_-. ".contains($0) }
  }

  /// Whether the text ends within a cell in quotes, so that the row goes on in the next line; `wasOpen` if it begins within one.
  static func isOpen(_ text: ArraySlice<UInt8>, wasOpen: Bool = false) -> Bool {
    read(text, isQuoted: wasOpen).isOpen
  }

  private static func texts(_ row: ArraySlice<UInt8>) -> [String] { read(row, isQuoted: false).cells }

  private static func read(
    _ line: ArraySlice<UInt8>, isQuoted: Bool
  ) -> (cells: [String], isOpen: Bool) {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = isQuoted
    var index = line.startIndex
    while index < line.endIndex {
      let byte = line[index]
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          if index + 1 < line.endIndex, line[index + 1] == byte {
            cell.append(byte)
            index += 1
          } else {
            isQuoted = false
          }
        } else {
          cell.append(byte)
        }
      } else if byte == UInt8(ascii: "\""), cell.isEmpty {
        isQuoted = true
      } else if byte == UInt8(ascii: ",") {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell = []
      } else if byte != 0x0D {
        cell.append(byte)
      }
      index += 1
    }
    cells.append(String(decoding: cell, as: UTF8.self))
    return (cells, isQuoted)
  }
}
