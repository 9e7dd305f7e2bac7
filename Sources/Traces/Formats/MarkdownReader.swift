internal import StateSpace
internal import TLASyntax

/// Reads the Markdown that `MarkdownWriter` writes: a block with the first state, and a table of the steps and their changes.
struct MarkdownReader {
  private let file: String
  private let lines: [Substring]
  private var trace: Trace

  static func read(_ source: TraceSource) throws -> TraceDocument? {
    guard let text = source.text, text.contains("| step | action |") else { return nil }
    var reader = MarkdownReader(text, file: source.file)
    return try reader.read().map { TraceDocument([$0]) }
  }

  private init(_ text: String, file: String) {
    self.file = file
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    trace = Trace(variables: [], steps: [])
  }

  private mutating func read() throws -> Trace? {
    guard let table = lines.firstIndex(where: { $0.hasPrefix("| step | action |") }),
      let fence = lines[..<table].firstIndex(where: { $0.hasPrefix("```tla") }),
      let end = lines[(fence + 1)...].firstIndex(where: { $0.hasPrefix("```") })
    else { return nil }
    let first = try TLCStateText(file: file, lines: lines[(fence + 1)..<end]).assignments()
    trace.variables = first.map(\.name)
    readHead(lines[..<fence])
    let isStart = !lines[..<fence].contains { $0.hasPrefix("The first state") }
    var row = table + 2
    var omission: Trace.Omission? = isStart ? nil : .unknown
    while row < lines.count, lines[row].hasPrefix("|") {
      let cells = Self.cells(lines[row])
      guard cells.count == 4 else {
        throw error(row, "a row has the four cells step, action, what it does, and changed")
      }
      if cells[0] == "…" {
        omission = Self.omission(cells[1])
      } else {
        guard Int(cells[0]) == trace.steps.count else {
          throw error(row, "step \(trace.steps.count) is expected here, not \(cells[0])")
        }
        if let omission { trace.omissions[trace.steps.count] = omission }
        omission = nil
        try add(cells, first: first.map(\.value), at: row)
      }
      row += 1
    }
    guard !trace.steps.isEmpty else { return nil }
    for line in lines[row...] { try close(line) }
    return trace
  }

  private mutating func add(_ cells: [Substring], first: [PlainValue], at row: Int) throws {
    var values = trace.steps.last?.values ?? first
    for change in Self.codes(in: cells[3]) {
      guard let place = change.firstRange(of: "' = "),
        let variable = trace.variables.firstIndex(of: String(change[..<place.lowerBound]))
      else { throw error(row, "\(change) is no change of a variable") }
      do {
        values[variable] = try TLAValueReader.value(
          try TLAValueReader.expression(String(change[place.upperBound...])))
      } catch {
        throw self.error(row, error.message)
      }
    }
    let label = Self.codes(in: cells[1]).first.map { TLCActionTitle.label($0) }
    if let note = Self.whatIf(in: cells[2]) { trace.stepNotes[trace.steps.count] = note }
    trace.steps.append(TraceStep(label: label, values: values))
  }

  /// The remark that a step was made by hand. Other remarks cannot be told from a description of the step.
  private static func whatIf(in cell: Substring) -> String? {
    guard let place = cell.firstRange(of: "(\(Trace.whatIfNote("").prefix(7))"), cell.hasSuffix(")") else {
      return nil
    }
    return unescaped(cell[cell.index(after: place.lowerBound)...].dropLast())
  }

  private mutating func readHead(_ head: ArraySlice<Substring>) {
    for line in head where !line.isEmpty && !line.hasSuffix(" state:") {
      if line.hasPrefix("# Trace") {
        let model = line.dropFirst("# Trace of ".count)
        trace.metadata.model = model.isEmpty ? nil : Self.unescaped(model)
      } else if line.hasPrefix("- ") {
        trace.metadata.notes.append(Self.unescaped(line.dropFirst(2)))
      } else {
        trace.metadata.source = Self.unescaped(line)
      }
    }
  }

  private mutating func close(_ line: Substring) throws {
    if line == "It stutters for ever." { trace.loop = trace.steps.count - 1 }
    let words = "It goes back to state "
    guard line.hasPrefix(words) else { return }
    let digits = line.dropFirst(words.count).prefix { "0"..."9" ~= $0 }
    guard let state = Int(digits), trace.steps.indices.contains(state) else {
      throw TraceReadingError(
        file: file, message: "the trace has no state \(digits) to go back to", hint: nil)
    }
    trace.loop = state
    trace.closing = Self.codes(in: line).first.map { TLCActionTitle.label($0) }
  }

  // MARK: Cells

  /// The cells of a row, without surrounding blanks. A bar after a backslash does not separate cells.
  private static func cells(_ row: Substring) -> [Substring] {
    var cells: [Substring] = []
    var start = row.index(after: row.startIndex)
    var index = start
    var previous: Character = "|"
    while index < row.endIndex {
      if row[index] == "|", previous != "\\" {
        cells.append(TLCHeading.trimmed(row[start..<index]))
        start = row.index(after: index)
      }
      previous = row[index]
      index = row.index(after: index)
    }
    return cells
  }

  /// The texts of the code spans in a cell.
  private static func codes(in cell: Substring) -> [String] {
    var codes: [String] = []
    var rest = cell
    while let start = rest.firstIndex(of: "`") {
      let fence = rest[start...].prefix { $0 == "`" }
      let inside = rest[fence.endIndex...]
      guard
        let end = inside.ranges(of: fence).first(where: { range in
          inside[range.upperBound...].first != "`" && inside[..<range.lowerBound].last != "`"
        })
      else { break }
      var code = inside[..<end.lowerBound]
      if fence.count > 1 { code = code.dropFirst().dropLast() }
      codes.append(code.split(separator: "\\|", omittingEmptySubsequences: false).joined(separator: "|"))
      rest = inside[end.upperBound...]
    }
    return codes
  }

  private static func omission(_ words: Substring) -> Trace.Omission {
    let digits = words.prefix { "0"..."9" ~= $0 }
    guard let count = Int(digits), (1...Trace.mostStates).contains(count) else { return .unknown }
    return .states(count)
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscape = false
    for character in text {
      if character == "\\", !isEscape {
        isEscape = true
      } else {
        result.append(character)
        isEscape = false
      }
    }
    return result
  }

  private func error(_ line: Int, _ message: String) -> TraceReadingError {
    TraceReadingError(file: file, line: line + 1, message: message, hint: nil)
  }
}
