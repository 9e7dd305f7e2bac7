internal import StateSpace
internal import TLASyntax

/// Reads the text that `TraceTextWriter` writes, alone or in the output of `check`. Each state lists the variables that it changed.
struct TraceTextReader {
  private let file: String
  private let lines: [Substring]
  private var variables: [String] = []
  private var trace = Trace(variables: [], steps: [])

  static func read(_ source: TraceSource) throws -> TraceDocument? {
    guard let text = source.text else { return nil }
    var reader = TraceTextReader(
      file: source.file, lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline))
    return try reader.read().map { TraceDocument([$0]) }
  }

  private init(file: String, lines: [Substring]) {
    self.file = file
    self.lines = lines
  }

  /// A state's number, its action (nil if unknown), and whether the line says that the state is initial.
  private struct Head {
    let number: Int
    let label: ActionLabel?
    let isInitial: Bool
  }

  private mutating func read() throws -> Trace? {
    guard let start = start() else { return nil }
    var index = start
    var omission = start > 0 ? Self.omission(lines[start - 1]) : nil
    while index < lines.count, let head = Self.head(lines[index]), head.number == trace.steps.count {
      let number = head.number
      index += 1
      guard let state = try state(&index) else {
        trace.metadata.notes.append("the text ends in the middle of state \(number), which is left out")
        break
      }
      let before = trace.steps.last?.values ?? []
      trace.steps.append(
        TraceStep(label: head.label, values: variables.indices.map { state.values[$0] ?? before[$0] }))
      trace.stepNotes[number] = state.note
      trace.omissions[number] = omission ?? (number == 0 && !head.isInitial ? .unknown : nil)
      omission = index < lines.count ? Self.omission(lines[index]) : nil
      if omission != nil { index += 1 }
    }
    while index < lines.count, lines[index].first == " " {
      try close(TLCHeading.trimmed(lines[index]), at: index)
      index += 1
    }
    for line in lines[min(index, lines.count)...] { readVerdict(line) }
    trace.variables = variables
    return trace
  }

  /// The values after a head, by the positions of their variables, and the remark on the state. Nil if the text ends within this state and
  /// it is not the first.
  private mutating func state(_ index: inout Int) throws -> (values: [Int: PlainValue], note: String?)? {
    var values: [Int: PlainValue] = [:]
    var note: String?
    while index < lines.count, lines[index].first == " ", Self.head(lines[index]) == nil {
      let line = TLCHeading.trimmed(lines[index])
      if Self.omission(line) != nil || isEnd(line) { return (values, note) }
      if line.hasPrefix("("), line.hasSuffix(")") {
        note = String(line.dropFirst().dropLast())
      } else if index == lines.count - 1, !trace.steps.isEmpty,
        TLCStateText(file: file, lines: lines[index...]).isUnfinished
      {
        return nil
      } else {
        try assign(line, at: index, to: &values)
      }
      index += 1
    }
    // Without a line break after it, the head itself may be incomplete.
    return index >= lines.count && values.isEmpty && !trace.steps.isEmpty ? nil : (values, note)
  }

  /// The line of the first state, which comes before that of the first variable.
  private func start() -> Int? {
    lines.indices.first { index in
      guard index + 1 < lines.count, let head = Self.head(lines[index]), head.number == 0 else {
        return false
      }
      let next = lines[index + 1]
      return next.first == " " && TLCStateText.begins(next)
    }
  }

  private func isEnd(_ line: Substring) -> Bool {
    line.hasPrefix("✗ ") || line == "stutters for ever"
      || line.hasPrefix("back to state ") && !TLCStateText.begins(line)
  }

  private mutating func assign(_ line: Substring, at index: Int, to values: inout [Int: PlainValue]) throws {
    let text = TLCStateText(file: file, lines: lines[index...index])
    for assignment in try text.assignments() {
      let place: Int
      if let known = variables.firstIndex(of: assignment.name) {
        place = known
      } else {
        guard trace.steps.isEmpty else {
          throw TraceReadingError(
            file: file, line: index + 1, message: "\(assignment.name) is no variable of the states before",
            hint: "they have \(variables.joined(separator: ", "))")
        }
        place = variables.count
        variables.append(assignment.name)
      }
      values[place] = assignment.value
    }
  }

  private mutating func close(_ line: Substring, at index: Int) throws {
    if line == "stutters for ever" { trace.loop = trace.steps.count - 1 }
    let words = "back to state "
    guard line.hasPrefix(words) else { return }
    let rest = line.dropFirst(words.count)
    let digits = rest.prefix { "0"..."9" ~= $0 }
    guard let state = Int(digits), trace.steps.indices.contains(state) else {
      throw TraceReadingError(
        file: file, line: index + 1, message: "the trace has no state \(digits) to go back to", hint: nil)
    }
    trace.loop = state
    let action = rest.dropFirst(digits.count)
    if action.hasPrefix(" by ") { trace.closing = TLCActionTitle.label(String(action.dropFirst(4))) }
  }

  private mutating func readVerdict(_ line: Substring) {
    guard trace.metadata.source == nil, line.first != " ", let place = line.firstRange(of: " is violated"),
      let name = line[..<place.lowerBound].split(separator: " ").last
    else { return }
    trace.metadata.source = "counterexample to \(name)"
  }

  // MARK: Lines

  /// ` 2  Move(n1, n2)  n2 takes sync_register 0`
  private static func head(_ line: Substring) -> Head? {
    let rest = line.drop { $0 == " " }
    let digits = rest.prefix { "0"..."9" ~= $0 }
    guard let number = Int(digits), rest.dropFirst(digits.count).hasPrefix("  ") else { return nil }
    let title = rest.dropFirst(digits.count + 2)
    if title.hasPrefix("initial state") { return Head(number: number, label: nil, isInitial: true) }
    if title.hasPrefix("(unknown action)") { return Head(number: number, label: nil, isInitial: false) }
    let name = title.prefix { $0.isLetter || $0.isNumber || "_!".contains($0) }
    guard !name.isEmpty else { return nil }
    var action = name
    let arguments = title.dropFirst(name.count)
    if arguments.first == "(" {
      let bracketed = BracketBalance.bracketed(arguments)
      guard bracketed.isComplete else { return nil }
      action = title[..<bracketed.inside.endIndex]
    }
    let after = title[action.endIndex...]
    guard after.isEmpty || after.hasPrefix("  ") || TLCHeading.trimmed(after).isEmpty else { return nil }
    return Head(number: number, label: TLCActionTitle.label(String(action)), isInitial: false)
  }

  /// `… (3 states are left out)`
  private static func omission(_ line: Substring) -> Trace.Omission? {
    let line = TLCHeading.trimmed(line)
    guard line.hasPrefix("… ("), line.hasSuffix("left out)") else { return nil }
    let digits = line.dropFirst(3).prefix { "0"..."9" ~= $0 }
    guard let count = Int(digits), (1...Trace.mostStates).contains(count) else { return .unknown }
    return .states(count)
  }
}
