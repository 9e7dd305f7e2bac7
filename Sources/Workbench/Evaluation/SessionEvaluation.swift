import StateSpace
import Traces

// The line on which the user evaluates expressions.
extension Session {
  /// Evaluates an expression in the current state and logs the result.
  mutating func log(_ expression: String) {
    let number = screen.evaluations.add(
      EvaluationLog.Entry(expression: expression, lines: ["… \(bindings.key(.escape)) stops"], isWrong: false)
    )
    if let outcome = evaluateSoon(expression, in: state, before: previousState, for: .log(number)) {
      screen.evaluations.answer(number, with: entry(of: expression, outcome))
    }
  }

  func entry(of expression: String, _ outcome: EvaluationOutcome) -> EvaluationLog.Entry {
    switch outcome {
    case .value(let value):
      EvaluationLog.Entry(
        expression: expression, lines: PrettyValue.lines(value, width: evaluationBox.width - 6),
        isWrong: false)
    case .failure(let message):
      EvaluationLog.Entry(expression: expression, lines: [message], isWrong: true)
    }
  }

  /// `:eval` shows a short result on the bottom line and a long one in a box.
  mutating func evaluate(_ expression: String?) {
    guard let expression else {
      screen.dialog = .evaluation(TextField(), recalled: 0)
      return
    }
    if let outcome = evaluateSoon(expression, in: state, before: previousState, for: .say) {
      say(expression, outcome)
    }
  }

  /// Shows the result of `:eval`.
  mutating func say(_ expression: String, _ outcome: EvaluationOutcome) {
    let entry = entry(of: expression, outcome)
    screen.evaluations.add(entry)
    if entry.isWrong {
      screen.message = Message("\(expression): \(entry.lines.joined(separator: " "))", .wrong)
    } else if entry.lines.count == 1,
      Glyph.width(of: "\(expression) = \(entry.lines[0])") < screen.size.width - 4
    {
      screen.message = Message("\(expression) = \(entry.lines[0])")
    } else {
      screen.dialog = .listing(Listing(title: expression, lines: entry.lines.map { StyledLine($0) }))
    }
  }

  mutating func pressInEvaluation(_ key: Key, _ field: TextField, recalled: Int) {
    switch key {
    case .up:
      guard let expression = screen.evaluations.expression(back: recalled + 1) else { return }
      screen.dialog = .evaluation(TextField(expression), recalled: recalled + 1)
    case .down:
      let next = max(0, recalled - 1)
      screen.dialog = .evaluation(TextField(screen.evaluations.expression(back: next) ?? ""), recalled: next)
    case .tab:
      if let completed = completion(of: field).completing(field) {
        screen.dialog = .evaluation(completed, recalled: 0)
      }
    case .enter:
      guard !field.text.allSatisfy({ $0 == " " }) else {
        screen.dialog = nil
        return
      }
      note(.evaluate, field.text)
      log(field.text)
      screen.dialog = .evaluation(TextField(), recalled: 0)
    default:
      var field = field
      if field.edit(key) { screen.dialog = .evaluation(field, recalled: 0) }
    }
  }

  func completion(of field: TextField) -> NameCompletion {
    NameCompletion(of: field, names: model.knownNames)
  }

  /// The completion of a name in the argument of a command that takes an expression or a model; nil for any other command.
  func argumentCompletion(of field: TextField) -> NameCompletion? {
    guard field.textBeforeCursor.contains(" "), let name = field.text.split(separator: " ").first,
      let command = CommandTable.named(String(name))
    else { return nil }
    if command.id == .openModel || command.id == .beside {
      return NameCompletion(of: field, names: options.modelNames, marks: ["_", "-", "/"])
    }
    switch command.argument {
    case .required("expression"), .optional("expression"): return completion(of: field)
    default: return nil
    }
  }

  // MARK: Drawing

  /// The completions of the text on the command line, drawn above it.
  func drawNames(_ completion: NameCompletion?, on grid: inout Grid) {
    drawNames((completion?.candidates ?? []).filter { $0 != completion?.typed }, on: &grid)
  }

  /// The candidates for Tab, drawn above the bottom line.
  func drawNames(_ names: [String], on grid: inout Grid) {
    guard !names.isEmpty else { return }
    let box = Rectangle(x: 0, y: screen.size.height - 4, width: min(screen.size.width, 92), height: 3)
    grid.fill(box)
    grid.drawFrame(box, title: StyledLine("\(Key.tab.text) completes"), style: Style(.accent))
    grid.write(StyledLine(" " + names.joined(separator: "  "), Style(.accent)), row: 0, of: box.inner)
  }

  /// The box above the bottom line.
  private var evaluationBox: Rectangle {
    let height = max(5, screen.size.height / 2)
    return Rectangle(x: 0, y: screen.size.height - 1 - height, width: screen.size.width, height: height)
  }

  /// The last evaluations, the newest at the bottom, and the completions of the typed text.
  func drawEvaluation(_ field: TextField, on grid: inout Grid) {
    let box = evaluationBox
    grid.fill(box)
    grid.drawFrame(
      box,
      title: StyledLine(
        "Evaluate at step \(step) ─ \(Key.tab.text) completes, \(Key.up.text)\(Key.down.text) recall, \(bindings.leavingKey) closes"
      ),
      style: Style(.accent))
    let inside = Rectangle(x: 2, y: box.y + 1, width: box.width - 4, height: box.height - 2)
    var lines: [StyledLine] = []
    for entry in screen.evaluations.entries.suffix(inside.height) {
      lines.append(
        StyledLine("= ", Style(.accent, bold: true)) + StyledLine(entry.expression, Style(bold: true)))
      lines += entry.lines.map { StyledLine("  ") + StyledLine($0, Style(entry.isWrong ? .wrong : .plain)) }
    }
    if lines.isEmpty {
      lines = [
        StyledLine("Any expression over the variables, as the spec would write it.", Style(.dim)),
        StyledLine("Primes speak of the step that led here: x' # x", Style(.dim)),
      ]
    }
    let candidates = completion(of: field).candidates.filter { $0 != completion(of: field).typed }
    let room = inside.height - (candidates.isEmpty ? 0 : 1)
    for (row, line) in lines.suffix(room).enumerated() { grid.write(line, row: row, of: inside) }
    if !candidates.isEmpty {
      grid.write(
        StyledLine(candidates.joined(separator: "  "), Style(.accent)), row: inside.height - 1, of: inside)
    }
  }
}
