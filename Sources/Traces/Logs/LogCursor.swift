internal import TLASyntax

/// Goes through the lines of a log that hold records, file by file.
struct LogCursor {
  private let lines: LogLines
  /// Whether a last line without a line break is not complete yet.
  var isGrowing = false
  private var file = 0
  private var number: Int32 = 0
  private var offset = 0
  /// Bytes of the file from `bufferStart` on.
  private var buffer: ArraySlice<UInt8> = []
  private var bufferStart = 0
  private static let bufferSize = 1 << 18

  /// How many lines had something before their record, and an example of it.
  private(set) var prefixed: (count: Int, example: String) = (0, "")
  /// How many lines hold no record, and the first of them.
  private(set) var withoutRecord: (count: Int, first: String) = (0, "")
  /// Whether a line said that the log ends.
  private(set) var hasMetEnd = false

  private let end: Int

  init(_ lines: LogLines) {
    self.lines = lines
    end = lines.files.count
  }

  /// Goes through one of the files.
  init(_ lines: LogLines, file: Int) {
    self.lines = lines
    self.file = file
    end = file + 1
  }

  /// Remarks on text that was removed or left out.
  var notes: [String] {
    var notes: [String] = []
    if prefixed.count > 0 {
      let lines = prefixed.count == 1 ? "1 line begins" : "\(prefixed.count) lines begin"
      notes.append(
        "\(lines) with text before the record, such as `\(prefixed.example)`; this text is removed")
    }
    if withoutRecord.count > 0 {
      let lines = withoutRecord.count == 1 ? "1 line holds" : "\(withoutRecord.count) lines hold"
      notes.append("\(lines) no record (first at \(withoutRecord.first))")
    }
    return notes
  }

  /// The next line that holds a record; nil after the last one so far.
  mutating func next() throws(LogProblem) -> LogLines.Line? {
    while file < end {
      if number == 0, offset == 0, try bytes(0..<min(3, contents.count)).elementsEqual([0xEF, 0xBB, 0xBF]) {
        offset = 3
      }
      guard let end = try endOfLine(from: offset) else {
        if isGrowing { return nil }
        file += 1
        (number, offset, bufferStart, buffer) = (0, 0, 0, [])
        continue
      }
      let start = offset
      if number == 0 {
        let first = try bytes(start..<end)
        let second = try endOfLine(from: end + 1)
        // The second line may be needed to tell what the first one is.
        if second == nil, isGrowing, LogTable.columns(first) != nil { return nil }
        let secondLine = try second.map { last throws(LogProblem) in try bytes(end + 1..<last) }
        isTable = lines.columns(of: file, first, secondLine) != nil
      }
      let row = isTable && number > 0 ? try endOfRow(from: start, end) : (end, 0)
      guard let (end, further) = row else { return nil }
      offset = end + 1
      number += 1
      defer { number += further }
      if let line = try record(start, end) { return line }
    }
    return nil
  }

  /// The end of a table's row whose first line ends there, and how many further lines it has, because its cells may have line breaks. Nil
  /// if the row is not complete yet. A row that does not end keeps its first line only.
  private mutating func endOfRow(from start: Int, _ end: Int) throws(LogProblem) -> (Int, Int32)? {
    var (last, further) = (end, Int32(0))
    guard try bytes(start..<end).contains(UInt8(ascii: "\"")) else { return (end, 0) }
    var isOpen = try LogTable.isOpen(bytes(start..<end))
    while isOpen {
      guard further < LogTable.mostLines - 1 else { return (end, 0) }
      guard let next = try endOfLine(from: last + 1) else { return isGrowing ? nil : (end, 0) }
      isOpen = try LogTable.isOpen(bytes(last + 1..<next), wasOpen: true)
      (last, further) = (next, further + 1)
    }
    return (last, further)
  }

  private var isTable = false
  private var contents: any LogContents { lines.files[file].contents }

  private mutating func record(_ start: Int, _ end: Int) throws(LogProblem) -> LogLines.Line? {
    if isTable {
      if isGrowing, number > 1, try Self.isEndMark(bytes(start..<end)) {
        hasMetEnd = true
        return nil
      }
      let isRow = number > 1 && start < end
      return isRow ? LogLines.Line(file: Int32(file), number: number, start: start, end: end) : nil
    }
    let bytes = try bytes(start..<end)
    guard let first = bytes.firstIndex(where: { !Self.isBlank($0) }) else { return nil }
    if isGrowing, Self.isEndMark(bytes[first...]) {
      hasMetEnd = true
      return nil
    }
    guard let brace = Self.beginning(of: bytes) else {
      if withoutRecord.count == 0 { withoutRecord.first = "\(lines.files[file].name):\(number)" }
      withoutRecord.count += 1
      return nil
    }
    if brace > first {
      if prefixed.count == 0 {
        prefixed.example = Printable.line(String(decoding: bytes[first..<brace].prefix(40), as: UTF8.self))
      }
      prefixed.count += 1
    }
    // A record that is cut off stays as it is, so that its reader reports this.
    let last = bytes.lastIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? bytes.endIndex
    return LogLines.Line(
      file: Int32(file), number: number, start: start + brace - bytes.startIndex,
      end: start + (last > brace ? last : bytes.endIndex) - bytes.startIndex)
  }

  /// The first brace that can begin an object; else the first one. The text that a logger puts before a record may have braces, too.
  private static func beginning(of bytes: ArraySlice<UInt8>) -> Int? {
    var first: Int?
    var index = bytes.startIndex
    while let brace = bytes[index...].firstIndex(of: UInt8(ascii: "{")) {
      first = first ?? brace
      let rest = bytes[(brace + 1)...].drop(while: isBlank)
      switch rest.first {
      case UInt8(ascii: "\""), 0x1B: return brace
      case UInt8(ascii: "}") where rest.dropFirst().allSatisfy(isBlank): return brace
      default: index = brace + 1
      }
    }
    return first
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// A line that is only `EOF`, or the character that a terminal's user types for it, ends a log that could grow.
  private static func isEndMark(_ bytes: ArraySlice<UInt8>) -> Bool {
    let word = Array(bytes.reversed().drop(while: isBlank).reversed())
    return word == Array("EOF".utf8) || word == [0x04]
  }

  // MARK: Bytes

  private func bytes(_ range: Range<Int>) throws(LogProblem) -> ArraySlice<UInt8> {
    let first = buffer.startIndex + range.lowerBound - bufferStart
    if range.lowerBound >= bufferStart, first + range.count <= buffer.endIndex {
      return buffer[first..<first + range.count]
    }
    return try contents.bytes(range)
  }

  /// The end of the line that begins at an offset; nil at the end of the file, and for a line that is not complete yet.
  private mutating func endOfLine(from start: Int) throws(LogProblem) -> Int? {
    let count = contents.count
    guard start < count else { return nil }
    var size = Self.bufferSize
    while true {
      if start < bufferStart || start >= bufferStart + buffer.count || size > Self.bufferSize {
        (bufferStart, buffer) = (start, try contents.bytes(start..<min(count, start + size)))
      }
      let first = buffer.startIndex + start - bufferStart
      if let end = Self.lineBreak(buffer, from: first) { return bufferStart + end - buffer.startIndex }
      if bufferStart + buffer.count >= count, count == contents.count { return isGrowing ? nil : count }
      if start > bufferStart {
        (bufferStart, buffer) = (start, try contents.bytes(start..<min(count, start + size)))
      } else {
        size *= 2
      }
    }
  }

  private static func lineBreak(_ bytes: ArraySlice<UInt8>, from first: Int) -> Int? {
    bytes.withUnsafeBufferPointer { pointer in
      for index in (first - bytes.startIndex)..<pointer.count where pointer[index] == 0x0A {
        return bytes.startIndex + index
      }
      return nil
    }
  }
}
