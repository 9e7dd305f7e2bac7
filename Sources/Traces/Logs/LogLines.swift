/// The lines of a log's files that hold records.
package struct LogLines: Sendable {
  /// A file of a log.
  package struct File: Sendable {
    /// The path, for messages.
    package let name: String
    /// The name without folder and ending: the node whose lines it holds, if they do not say.
    let stem: String
    let bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
      let last = name.split(separator: "/").last ?? ""
      stem = String(last.split(separator: ".").first ?? last)
    }

    /// Unpacks the bytes if they are packed by gzip. Throws `LogProblem` if that fails, or gives more than `largest` bytes.
    package init(name: String, perhapsPacked bytes: [UInt8], largest: Int) throws(LogProblem) {
      do throws(Gzip.Problem) {
        self.init(
          name: name, bytes: Gzip.isPacked(bytes) ? try Gzip.unpacked(bytes, largest: largest) : bytes)
      } catch { throw LogProblem(place: name, message: error.message) }
    }
  }

  /// A line: its place, and where its record begins and ends.
  struct Line: Sendable {
    let file: Int32
    /// Counted from 1.
    let number: Int32
    let start: Int
    let end: Int
  }

  let files: [File]
  private(set) var lines: [Line] = []
  /// How many lines had something before their record, and an example of it.
  package private(set) var prefixed: (count: Int, example: String) = (0, "")
  /// How many lines hold no record, and the first of them.
  package private(set) var withoutRecord: (count: Int, first: String) = (0, "")
  /// The names of the columns, if the files are tables.
  private var columns: [[String]?] = []

  package init(_ files: [File]) {
    self.files = files
    for index in files.indices { addLines(of: index) }
  }

  package var count: Int { lines.count }

  /// Remarks on what was taken off, or left out.
  var notes: [String] {
    var notes: [String] = []
    if prefixed.count > 0 {
      let lines = prefixed.count == 1 ? "1 line begins" : "\(prefixed.count) lines begin"
      notes.append("\(lines) with something else than a record, as `\(prefixed.example)`, which is taken off")
    }
    if withoutRecord.count > 0 {
      let lines = withoutRecord.count == 1 ? "1 line holds" : "\(withoutRecord.count) lines hold"
      notes.append("\(lines) no record (first at \(withoutRecord.first))")
    }
    return notes
  }

  /// `file:12`, or `line 12` if there is one file.
  package func place(of line: Int) -> String {
    let line = lines[line]
    return files.count == 1 ? "line \(line.number)" : "\(files[Int(line.file)].name):\(line.number)"
  }

  /// The record of a line. Throws `TraceReadingError`.
  func json(_ index: Int) throws -> JSONValue {
    let line = lines[index]
    let file = files[Int(line.file)]
    if let columns = columns[Int(line.file)] {
      let cells = LogTable.cells(file.bytes[line.start..<line.end])
      return .object(zip(columns, cells).compactMap { name, cell in cell.map { JSONValue.Member(name, $0) } })
    }
    do {
      return try JSONReader.read(Self.withoutEscapes(file.bytes[line.start..<line.end]), file: file.name)
    } catch let error as TraceReadingError {
      throw LogProblem(place: place(of: index), message: error.message)
    }
  }

  // MARK: Finding lines

  private mutating func addLines(of index: Int) {
    let bytes = files[index].bytes
    var columns: [String]?
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number: Int32 = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A { end += 1 }
      number += 1
      if number == 1 { columns = LogTable.columns(bytes[start..<end]) }
      if columns == nil {
        addRecord(bytes, start, end, file: index, number)
      } else if number > 1, start < end {
        lines.append(Line(file: Int32(index), number: number, start: start, end: end))
      }
      start = end + 1
    }
    self.columns.append(columns)
  }

  /// Adds a line with a record: what begins with its first brace. Whatever a logger put before it is counted.
  private mutating func addRecord(_ bytes: [UInt8], _ start: Int, _ end: Int, file: Int, _ number: Int32) {
    var first = start
    while first < end, Self.isBlank(bytes[first]) { first += 1 }
    if first == end { return }
    var brace = first
    while brace < end, bytes[brace] != UInt8(ascii: "{") { brace += 1 }
    var last = end
    while last > brace, bytes[last - 1] != UInt8(ascii: "}") { last -= 1 }
    guard brace < end else {
      if withoutRecord.count == 0 { withoutRecord.first = "\(files[file].name):\(number)" }
      withoutRecord.count += 1
      return
    }
    if brace > first {
      if prefixed.count == 0 {
        prefixed.example = Printable.line(String(decoding: bytes[first..<brace].prefix(40), as: UTF8.self))
      }
      prefixed.count += 1
    }
    // A record that is cut off stays as it is, so that reading it says so.
    lines.append(Line(file: Int32(file), number: number, start: brace, end: last > brace ? last : end))
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

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
