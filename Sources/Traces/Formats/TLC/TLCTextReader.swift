internal import StateSpace
internal import TLASyntax

/// Reads the trace in what TLC printed: plain output of TLC 2 and later, output of the option `-tool` with its
/// `@!@!@` marks, output of `-difftrace`, and what people cut out of any of them.
///
/// A state is a heading and the lines behind it up to an empty one; its values are TLA+. What stands around the trace
/// is read for the name of the model and for what the trace is a counterexample to.
struct TLCTextReader {
  private let file: String
  private let lines: [Substring]
  private let isTool: Bool
  private var position = 0

  private var variables: [String] = []
  private var steps: [TraceStep] = []
  private var omissions: [Int: Trace.Omission] = [:]
  private var loop: Int?
  private var metadata = Trace.Metadata()
  /// The number of the last state that was read.
  private var number = 0
  private var sawOmission = false
  private var isDifference = false

  /// Reads a text. Nil when it holds nothing that looks as if TLC had printed it. Throws `TraceReadingError`.
  static func read(_ text: String, file: String) throws -> Trace? {
    var reader = TLCTextReader(text, file: file)
    return try reader.trace()
  }

  private init(_ text: String, file: String) {
    self.file = file
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    isTool = text.contains("@!@!@STARTMSG")
  }

  private mutating func trace() throws -> Trace? {
    var isTLC = isTool
    var others = 0
    while position < lines.count {
      let line = lines[position]
      let start = position
      position += 1
      if line.hasPrefix("TLC2 Version") { isTLC = true }
      if steps.isEmpty { readContext(line) }
      if steps.isEmpty, isTLC || line.hasPrefix("Error: "), line.hasSuffix("by the initial state:") {
        number = 1
        try state(title: "Initial predicate", at: start)
        continue
      }
      guard let heading = TLCHeading(line, isTool: isTool) else { continue }
      if case .state(let next, _) = heading, next == 1, !steps.isEmpty { others += 1 }
      guard others == 0, loop == nil else { continue }
      switch heading {
      case .state(let next, let title):
        try begin(next, at: start)
        try state(title: title, at: start)
      case .stuttering:
        if !steps.isEmpty { loop = steps.count - 1 }
      case .back(let target):
        try close(back: target, at: start)
      case .omission:
        sawOmission = !steps.isEmpty
      }
    }
    guard !steps.isEmpty else {
      guard isTLC else { return nil }
      throw error(
        nil, "TLC printed no trace here",
        lines.contains { $0.contains("No error has been found") }
          ? "it found no error; a trace belongs to an error" : TraceReader.formatsHint)
    }
    if others > 0 { metadata.notes.append("the file holds \(others + 1) traces; this is the first") }
    if isDifference { metadata.notes.append("values that TLC left out as unchanged were carried over") }
    return Trace(
      variables: variables, steps: steps, loop: loop, metadata: metadata, omissions: omissions)
  }

  // MARK: States

  /// Notes how many states are missing before the one with this number.
  private mutating func begin(_ next: Int, at line: Int) throws {
    defer {
      number = next
      sawOmission = false
    }
    guard next > number else {
      throw error(line, "state \(next) comes behind state \(number)", "paste the states in their order")
    }
    let missing = next - number - 1
    if missing > 0 {
      omissions[steps.count] = .states(missing)
    } else if sawOmission {
      omissions[steps.count] = .unknown
    }
  }

  /// Reads the values behind a heading.
  private mutating func state(title: String, at heading: Int) throws {
    let start = position
    while position < lines.count, isBody(lines[position]) { position += 1 }
    let assignments = try assignments(start..<position, heading: heading)
    if steps.isEmpty {
      guard !assignments.isEmpty else {
        throw error(
          heading, "no values stand behind this line", "/\\ x = 1 is expected, a line for each variable")
      }
      variables = assignments.map(\.name)
    }
    var values = steps.last?.values ?? []
    if steps.isEmpty { values = assignments.map(\.value) }
    for assignment in assignments where !steps.isEmpty {
      guard let place = variables.firstIndex(of: assignment.name) else {
        throw error(
          assignment.line, "\(assignment.name) is no variable of the states before",
          "they have \(variables.joined(separator: ", "))")
      }
      values[place] = assignment.value
    }
    if assignments.count < variables.count { isDifference = true }
    steps.append(TraceStep(label: label(title), values: values))
  }

  private func isBody(_ line: Substring) -> Bool {
    guard !TLCHeading.trimmed(line).isEmpty, !line.hasPrefix("@!@!@") else { return false }
    return TLCHeading(line, isTool: isTool) == nil && !line.hasPrefix("Finished ")
      && !line.hasPrefix("Error: ")
  }

  private struct Assignment {
    let name: String
    let value: PlainValue
    let line: Int
  }

  private func assignments(_ range: Range<Int>, heading: Int) throws -> [Assignment] {
    guard !range.isEmpty else { return [] }
    let text = lines[range].map(String.init).joined(separator: "\n")
    func failure(_ problem: TLAValueReader.Problem) -> TraceReadingError {
      let line = min(
        range.lowerBound + problem.position.line - 1, max(range.lowerBound, range.upperBound - 1))
      return error(line, column: problem.position.column, problem.message, problem.hint)
    }
    do {
      var result: [Assignment] = []
      for conjunct in TLCTextReader.conjuncts(of: try TLAValueReader.expression(text)) {
        let line = range.lowerBound + conjunct.span.startPosition.line - 1
        guard case .infix(let operation, let left, let right) = conjunct.kind, operation.symbol == "=",
          case .name(let path) = left.kind, path.components.count == 1, let variable = path.components.first,
          variable.arguments.isEmpty
        else {
          throw error(
            line, column: conjunct.span.startPosition.column,
            "a variable with its value is expected here: /\\ x = 1", nil)
        }
        let name = variable.name.text
        guard !result.contains(where: { $0.name == name }) else {
          throw error(line, "\(name) stands in this state for the second time", nil)
        }
        result.append(Assignment(name: name, value: try TLAValueReader.value(right), line: line))
      }
      return result
    } catch let problem as TLAValueReader.Problem {
      throw failure(problem)
    }
  }

  private static func conjuncts(of expression: Expression) -> [Expression] {
    switch expression.kind {
    case .junction(.conjunction, let items), .row(.conjunction, let items): items
    default: [expression]
    }
  }

  private mutating func close(back target: Int?, at line: Int) throws {
    guard !steps.isEmpty else { return }
    guard let target else {
      loop = steps.firstIndex { $0.values == steps.last?.values }
      return
    }
    let numbers = Trace(variables: variables, steps: steps, omissions: omissions).numbers
    if let index = numbers.firstIndex(of: target) {
      loop = index
      return
    }
    throw error(line, "the trace has no state \(target) to go back to", nil)
  }

  // MARK: Names

  /// Which action a title names. TLC calls a step `Action` when it has no name for it, and `Next` when the whole
  /// next-state relation is one action to it: neither says which action it was.
  private mutating func label(_ title: String) -> ActionLabel? {
    let (action, module) = TLCHeading.parts(ofTitle: title)
    if metadata.model == nil { metadata.model = module }
    if steps.isEmpty || ["", "Action", "Next", "Initial predicate"].contains(action) { return nil }
    return TLCTextReader.label(action)
  }

  /// `Gossip(n2,n1)` as a label. An argument that is no value leaves the name alone.
  static func label(_ text: String) -> ActionLabel {
    let bare = ActionLabel(name: String(text.prefix { $0 != "(" }))
    guard text.contains("("), let expression = try? TLAValueReader.expression(text),
      case .name(let path) = expression.kind, let last = path.components.last
    else { return bare }
    let name = path.components.map(\.name.text).joined(separator: "!")
    do {
      return ActionLabel(name: name, arguments: try last.arguments.map { try TLAValueReader.value($0) })
    } catch {
      return bare
    }
  }

  /// What a line before the trace says about it.
  private mutating func readContext(_ line: Substring) {
    let prefix = "Semantic processing of module "
    if line.hasPrefix(prefix) { metadata.model = String(TLCHeading.trimmed(line.dropFirst(prefix.count))) }
    var line = line
    if line.hasPrefix("Error: ") { line = line.dropFirst("Error: ".count) }
    for kind in ["Invariant ", "Action property ", "Property "] where line.hasPrefix(kind) {
      let name = line.dropFirst(kind.count).prefix { $0 != " " }
      if line.dropFirst(kind.count + name.count).hasPrefix(" is violated") {
        metadata.source = "counterexample to \(name)"
      }
    }
    if line.hasPrefix("Temporal properties were violated") {
      metadata.source = "counterexample to a temporal property"
    }
    if line.hasPrefix("Deadlock reached") { metadata.source = "deadlock" }
  }

  private func error(
    _ line: Int?, column: Int? = nil, _ message: String, _ hint: String?
  ) -> TraceReadingError {
    TraceReadingError(file: file, line: line.map { $0 + 1 }, column: column, message: message, hint: hint)
  }
}
