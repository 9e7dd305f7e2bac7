/// Reads the traces in what TLC printed: plain output of TLC 2 and later, output of the option `-tool` with its `@!@!@` marks, output of
/// `-difftrace` and `-continue`, and excerpts from any of them.
///
/// A state is a heading and the lines after it, up to an empty one. Its values are TLA+. The text around the traces gives the name of the
/// model and the property that each trace refutes.
struct TLCTextReader {
  private let file: String
  private let lines: [Substring]
  private let isTool: Bool
  /// The last line of the file that is a heading; -1 if there is none.
  private let lastHeading: Int
  private var position = 0

  private var traces: [Trace] = []
  private var current: TLCTraceBuilder?
  private var model: String?
  /// What the next trace is a counterexample to.
  private var source: String?
  /// Whether the text begins with TLC's own header.
  private var isLog: Bool

  /// Reads a text. Nil if nothing in it looks like TLC's output. Throws `TraceReadingError`.
  static func read(_ source: TraceSource) throws -> TraceDocument? {
    guard let text = source.text else { return nil }
    var reader = TLCTextReader(text, file: source.file)
    return try reader.document()
  }

  private init(_ text: String, file: String) {
    self.file = file
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let isTool = text.contains("@!@!@STARTMSG")
    self.lines = lines
    self.isTool = isTool
    lastHeading = lines.lastIndex { TLCHeading($0, isTool: isTool) != nil } ?? -1
    isLog = isTool
  }

  private mutating func document() throws -> TraceDocument? {
    while position < lines.count {
      let line = lines[position]
      let start = position
      position += 1
      if line.hasPrefix("TLC2 Version") { isLog = true }
      readContext(line)
      if isLog || line.hasPrefix("Error: "), line.hasSuffix("by the initial state:") {
        begin()
        try state(1, title: "Initial predicate", at: start)
        continue
      }
      switch TLCHeading(line, isTool: isTool) {
      case .state(let number, let title):
        if number == 1 || current == nil { begin() }
        try state(number, title: title, at: start)
      case .stuttering: try close(at: start) { try $0.stutter(at: start) }
      case .back(let target, let title):
        try close(at: start) { try $0.close(back: target, title: title, at: start) }
      case .omission: current?.omit()
      case nil: break
      }
    }
    end()
    if traces.isEmpty {
      guard isLog else { return nil }
      guard lines.contains(where: { $0.contains("No error has been found") }) else {
        throw TraceReadingError(foreign: "TLC printed no trace here", file: file)
      }
      throw TraceReadingError(
        file: file, message: "TLC printed no trace here",
        hint: "it found no error; a trace belongs to an error")
    }
    return TraceDocument(traces)
  }

  /// Ends the current trace, if there is one, and begins another.
  private mutating func begin() {
    end()
    current = TLCTraceBuilder(source: source, file: file)
    source = nil
  }

  private mutating func end() {
    if let trace = current?.trace(ofModel: model) { traces.append(trace) }
    current = nil
  }

  private mutating func close(at line: Int, _ close: (inout TLCTraceBuilder) throws -> Void) throws {
    guard var trace = current else {
      throw TraceReadingError(
        file: file, line: line + 1, message: "a lasso ends here that has no states",
        hint: "the states stand before the line that goes back to one")
    }
    try close(&trace)
    current = trace
  }

  /// Reads the values after the heading on the line `heading`.
  private mutating func state(_ number: Int, title: String, at heading: Int) throws {
    guard var trace = current else { return }
    defer { current = trace }
    let isTool = isTool
    let length = TLCStateText.length(of: lines[position...]) { line in
      line.hasPrefix("@!@!@") || TLCHeading(line, isTool: isTool) != nil
    }
    let body = TLCStateText(file: file, lines: lines[position...].prefix(length))
    position += length
    // TLC ends each state with an empty line. Without one, at most a part of a line is left.
    let isOpen = lines.count - position <= 1
    if heading >= lastHeading, body.isUnfinished, !body.lines.isEmpty || isOpen || !trace.isDifference {
      return try cut(&trace, number, body, at: heading)
    }
    let assignments = try body.assignments()
    // If a whole log ends within a line, the value there may be incomplete.
    let isPartly = isLog && (position == lines.count || trace.steps.isEmpty)
    if isOpen, isPartly || !trace.isDifference && trace.lacks(assignments) {
      return try cut(&trace, number, body, at: heading)
    }
    try trace.add(number, title: title, assignments, at: heading)
  }

  /// Handles a state in which the log ends. It is not part of the trace; if it is the only state, the log has no trace.
  private func cut(
    _ trace: inout TLCTraceBuilder, _ number: Int, _ body: TLCStateText, at heading: Int
  ) throws {
    guard trace.steps.isEmpty else { return trace.noteCut(inState: number) }
    if body.lines.isEmpty { return try trace.add(number, title: "", [], at: heading) }
    _ = try body.assignments()
    throw TraceReadingError(
      file: file, line: heading + 1, message: "the log ends in the middle of its first state",
      hint: "a trace needs one whole state at least")
  }

  /// Reads a line outside the states, which may tell the model and the source of the next trace.
  private mutating func readContext(_ line: Substring) {
    let prefix = "Semantic processing of module "
    if line.hasPrefix(prefix) { model = String(TLCHeading.trimmed(line.dropFirst(prefix.count))) }
    var line = line
    if line.hasPrefix("Error: ") { line = line.dropFirst("Error: ".count) }
    for kind in ["Invariant ", "Action property ", "Property "] where line.hasPrefix(kind) {
      let name = line.dropFirst(kind.count).prefix { $0 != " " }
      if line.dropFirst(kind.count + name.count).hasPrefix(" is violated") {
        source = "counterexample to \(name)"
      }
    }
    if line.hasPrefix("Temporal properties were violated") {
      source = "counterexample to a temporal property"
    }
    if line.hasPrefix("Deadlock reached") { source = "deadlock" }
  }
}
