internal import TLASyntax

/// A log's files, and the places of the lines that hold records. The lines are found by a `LogCursor`; none is kept.
package final class LogLines {
  /// A file of a log.
  package struct File {
    /// The path, for messages.
    package let name: String
    /// The name without folder and ending: the node whose lines it holds, if they do not say.
    let stem: String
    let contents: any LogContents

    package init(name: String, contents: any LogContents) {
      self.name = name
      self.contents = contents
      let last = name.split(separator: "/").last ?? ""
      stem = String(last.split(separator: ".").first ?? last)
    }

    package init(name: String, bytes: [UInt8]) { self.init(name: name, contents: LogBytes(bytes)) }
  }

  /// A line: its place, and where its record begins and ends.
  struct Line: Sendable, Hashable {
    let file: Int32
    /// Counted from 1.
    let number: Int32
    let start: Int
    let end: Int
  }

  let files: [File]
  /// For each file that was looked at: the names of the columns if it is a table.
  private var columns: [Int: [String]?] = [:]
  /// The records that were read last, so that the search need not read them again.
  private var recent: [Line: JSONValue] = [:]
  private static let mostRecent = 256

  package init(_ files: [File]) { self.files = files }

  /// Whether the files have any record so far; in a growing log, a last line without a line break does not count.
  /// Throws `LogProblem` if they cannot be read.
  package func haveRecords(isGrowing: Bool = false) throws(LogProblem) -> Bool {
    var cursor = LogCursor(self)
    cursor.isGrowing = isGrowing
    return try cursor.next() != nil
  }

  /// `file:12`, or `line 12` if there is one file.
  func place(of line: Line) -> String {
    files.count == 1 ? "line \(line.number)" : "\(files[Int(line.file)].name):\(line.number)"
  }

  /// The record of a line. Throws `LogProblem`.
  func json(_ line: Line) throws(LogProblem) -> JSONValue {
    if let known = recent[line] { return known }
    let json = try read(line)
    if recent.count >= Self.mostRecent { recent = [:] }
    recent[line] = json
    return json
  }

  private func read(_ line: Line) throws(LogProblem) -> JSONValue {
    let file = files[Int(line.file)]
    let bytes = try file.contents.bytes(line.start..<line.end)
    if case .some(.some(let columns)) = columns[Int(line.file)] {
      if LogTable.isOpen(bytes) {
        throw LogProblem(
          place: place(of: line), message: "a cell in quotes does not end within \(LogTable.mostLines) lines")
      }
      let cells = LogTable.cells(bytes)
      guard cells.count <= columns.count else {
        throw LogProblem(
          place: place(of: line),
          message: "the line has \(cells.count) cells, but the header names \(columns.count) columns")
      }
      return .object(zip(columns, cells).compactMap { name, cell in cell.map { JSONValue.Member(name, $0) } })
    }
    do { return try JSONReader.read(Self.withoutEscapes(bytes), file: file.name) } catch {
      let message = (error as? TraceReadingError)?.message ?? "\(error)"
      throw LogProblem(place: place(of: line), message: message)
    }
  }

  /// The names of a file's columns if it is a table: its first line is a header, and its second one does not begin with a brace. The file is
  /// looked at once; `second` is nil at the end of the log.
  func columns(of file: Int, _ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>?) -> [String]? {
    if let known = columns[file] { return known }
    var found = LogTable.columns(first)
    if second?.first(where: { !LogCursor.isBlank($0) }) == UInt8(ascii: "{") { found = nil }
    columns[file] = .some(found)
    return found
  }

  /// The bytes without the escape sequences of a terminal's colours.
  private static func withoutEscapes(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard bytes.contains(0x1B) else { return Array(bytes) }
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      if bytes[index] == 0x1B, index + 1 < bytes.endIndex, bytes[index + 1] == UInt8(ascii: "[") {
        index += 2
        while index < bytes.endIndex, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
      } else {
        result.append(bytes[index])
      }
      index += 1
    }
    return result
  }
}

/// Why a log or its mapping cannot be read, and where.
package struct LogProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// `line 12`; empty if there is none.
  package let place: String
  package let message: String

  package init(place: String = "", message: String) {
    self.place = place
    self.message = Printable.line(message)
  }

  package var description: String { place.isEmpty ? message : "\(place): \(message)" }
}

/// All that is wrong with a log or its mapping.
package struct LogProblems: Error, Sendable {
  package let all: [LogProblem]
  package init(_ all: [LogProblem]) { self.all = all }
}
