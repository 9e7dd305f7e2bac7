internal import BigInt
internal import StateSpace
internal import TLASyntax

/// Reads a trace that is written as TLA+, a tuple of records:
///
///     << [_TEAction |-> [position |-> 1, name |-> "Init", location |-> "…"], x |-> 0], … >>
///
/// The Toolbox exports this form, with `_TEAction`, `_TEPosition` or neither. The TTrace modules that TLC writes define a trace in the same
/// form; their constants `_TTraceLassoStart` and `_TTraceLassoEnd` mark a lasso.
enum ToolboxTraceReader {
  static func read(_ source: TraceSource) throws -> TraceDocument? {
    guard let text = source.text else { return nil }
    let trimmed = TLCHeading.trimmed(text[...])
    let isTuple = trimmed.hasPrefix("<<")
    let isMarked = ["_TEAction", "_TEPosition", "_TETrace", "_TTrace", "TETrace", "_SpecTE"].contains(
      where: text.contains)
    guard isTuple || isMarked, !text.contains("@!@!@STARTMSG 2217") else { return nil }
    guard let start = tuple(in: text[...]) ?? (trimmed.hasPrefix("[") ? trimmed.startIndex : nil) else {
      guard isMarked, !isTuple, text.contains("---- MODULE") else { return nil }
      throw TraceReadingError(
        file: source.file, message: "the module does not spell its trace out",
        hint: text.contains("IODeserialize")
          ? "it is in a binary file: save what TLC printed instead" : "<<[x |-> 0], [x |-> 1]>> is expected")
    }
    return TraceDocument([try trace(in: text, from: start, file: source.file)])
  }

  /// The place where a tuple of records begins. A comment may mention another one, which does not count.
  private static func tuple(in text: Substring) -> String.Index? {
    var rest = text
    while let place = rest.firstRange(of: "<<") {
      var inside = text[place.upperBound...]
      inside = inside.drop { $0.isWhitespace || $0 == "(" }
      if inside.first == "[" {
        let field = TLCHeading.trimmed(inside.dropFirst())
        let name = field.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        if !name.isEmpty, TLCHeading.trimmed(field.dropFirst(name.count)).hasPrefix("|->") {
          return place.lowerBound
        }
      }
      rest = text[place.upperBound...]
    }
    return nil
  }

  private static func trace(in text: String, from start: String.Index, file: String) throws -> Trace {
    let firstLine = text[..<start].count(where: \.isNewline)
    func error(_ position: SourcePosition, _ message: String, _ hint: String? = nil) -> TraceReadingError {
      TraceReadingError(
        file: file, line: firstLine + position.line, column: position.line > 1 ? position.column : nil,
        message: message, hint: hint)
    }
    let (inside, isComplete) = BracketBalance.bracketed(text[start...])
    guard isComplete else {
      throw TraceReadingError(
        file: file, line: firstLine + 1, message: "the trace that begins here is not closed",
        hint: "a bracket is missing, or the text was cut off")
    }
    do {
      var records: [Expression] = []
      let expression = try TLAValueReader.expression(String(inside))
      if case .tuple(let elements) = expression.kind { records = elements } else { records = [expression] }
      var builder = Builder()
      for record in records { try builder.add(record) }
      return try builder.trace(lasso: lasso(in: text), model: model(in: text), file: file)
    } catch let problem as TLAValueReader.Problem {
      throw error(problem.position, problem.message, problem.hint)
    }
  }

  /// The numbers of the loop's first and last state, counted from 1.
  private static func lasso(in text: String) -> (start: Int, end: Int)? {
    func number(_ name: String) -> Int? {
      var rest = text[...]
      while let place = rest.firstRange(of: name) {
        rest = rest[place.upperBound...]
        let value = TLCHeading.trimmed(rest.prefix { !$0.isNewline })
        guard value.first == "=" else { continue }
        let digits = TLCHeading.trimmed(value.dropFirst()).prefix { "0"..."9" ~= $0 }
        if let number = Int(digits) { return number }
      }
      return nil
    }
    guard let start = number("_TTraceLassoStart"), let end = number("_TTraceLassoEnd") else { return nil }
    return (start, end)
  }

  /// The module that a TTrace module belongs to: `Spec` for `Spec_TTrace_17`.
  private static func model(in text: String) -> String? {
    guard let place = text.firstRange(of: "---- MODULE ") else { return nil }
    let name = text[place.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return ["_TTrace", "_TETrace"].compactMap { name.firstRange(of: $0) }.first.map {
      String(name[..<$0.lowerBound])
    }
  }

  /// The states read so far.
  private struct Builder {
    private var variables: [String] = []
    private var steps: [TraceStep] = []
    private var positions: [Int?] = []
    private var model: String?

    mutating func add(_ record: Expression) throws(TLAValueReader.Problem) {
      guard case .record(let fields) = record.kind else {
        throw problem(record, "a record with the variables is expected here")
      }
      var values: [String: PlainValue] = [:]
      var names: [String] = []
      var label: ActionLabel?
      var position: Int?
      for field in fields {
        let value = try TLAValueReader.value(field.value)
        switch field.field.text {
        case "_TEAction":
          position = value.value(at: .string("position"))?.number ?? position
          label = action(value)
        case "_TEPosition": position = value.number ?? position
        default:
          names.append(field.field.text)
          guard values.updateValue(value, forKey: field.field.text) == nil else {
            throw problem(field.value, "the field \(field.field.text) stands here for the second time")
          }
        }
      }
      if steps.isEmpty { variables = names }
      guard !variables.isEmpty else { throw problem(record, "the state has no variables") }
      if let extra = names.first(where: { !variables.contains($0) }) {
        throw problem(record, "\(extra) is no variable of the first state")
      }
      var row: [PlainValue] = []
      for variable in variables {
        guard let value = values[variable] else {
          throw problem(record, "the state has no value for \(variable)")
        }
        row.append(value)
      }
      positions.append(position)
      steps.append(
        TraceStep(label: position == 1 || steps.isEmpty && position == nil ? nil : label, values: row))
    }

    private mutating func action(_ value: PlainValue) -> ActionLabel? {
      func text(_ field: String) -> String {
        if case .string(let text)? = value.value(at: .string(field)) { text } else { "" }
      }
      // The name has the form of a heading in TLC's output.
      let (name, module) = TLCHeading.parts(ofTitle: "\(text("name")) \(text("location"))")
      model = model ?? module
      let action = module == nil ? text("name") : name
      return ["", "Action", "Next", "Initial predicate"].contains(action) ? nil : TLCActionTitle.label(action)
    }

    func trace(lasso: (start: Int, end: Int)?, model: String?, file: String) throws -> Trace {
      func error(_ message: String) -> TraceReadingError {
        TraceReadingError(file: file, message: message, hint: nil)
      }
      guard !steps.isEmpty else { throw error("the trace has no states") }
      var omissions: [Int: Trace.Omission] = [:]
      var number = 0
      for (index, position) in positions.enumerated() {
        guard let position, position > 0, position <= Trace.mostStates else { continue }
        guard position > number else { throw error("state \(position) comes after state \(number)") }
        if position - number > 1 { omissions[index] = .states(position - number - 1) }
        number = position
      }
      var loop: Int?
      if let lasso {
        guard (1...steps.count).contains(lasso.start), lasso.end == steps.count else {
          throw error(
            "the lasso goes from state \(lasso.end) back to state \(lasso.start), and the trace has \(steps.count) states"
          )
        }
        loop = lasso.start - 1
      }
      return Trace(
        variables: variables, steps: steps, loop: loop,
        metadata: Trace.Metadata(model: model ?? self.model), omissions: omissions)
    }

    private func problem(_ expression: Expression, _ message: String) -> TLAValueReader.Problem {
      TLAValueReader.Problem(message: message, hint: nil, position: expression.span.startPosition)
    }
  }
}

extension PlainValue {
  /// An integer that fits the machine's; nil for other values.
  fileprivate var number: Int? {
    if case .integer(let number) = self { Int(exactly: number) } else { nil }
  }
}
