import StateSpace
import Traces

extension Session {
  /// The lines of the log that is open, and among them the steps without a line.
  var logList: PaneList {
    guard let log else {
      return PaneList([StyledLine(" no log is open: :log FILE judges one", Style(.dim))])
    }
    let judged = log.judged
    let current = logStep
    let isOnIt = log.step(ofNode: cursor, in: tree) != nil
    let last = judged.rows.last { if case .line = $0 { true } else { false } }
    var numberWidth = 2
    if case .line(let line) = last { numberWidth = max(2, String(judged.number(of: line)).count) }
    let columns = LogColumns(
      number: numberWidth, step: max(2, String(judged.steps.count).count), departure: judged.departureRow)
    return PaneList(count: judged.rows.count) { row in
      logRow(row, log, columns, current: current, isOnIt: isOnIt)
    }
  }

  private func logRow(_ row: Int, _ log: OpenLog, _ columns: LogColumns, current: Int?, isOnIt: Bool)
    -> StyledLine
  {
    let judged = log.judged
    let step = Int(judged.stepsOfRows[row])
    let isHere = step == current && judged.row(ofStep: step) == row
    let isPast = current.map { step <= $0 } ?? false
    var line = StyledLine(isHere ? isOnIt ? " ▸" : " ┬" : "  ", Style(.accent, bold: true))
    func cell(_ text: String, _ width: Int, _ style: Style) {
      line.append(String(repeating: " ", count: max(0, width - text.count) + 1) + text, style)
    }
    switch judged.rows[row] {
    case .unlogged(let step):
      cell("", columns.number, .plain)
      cell(String(step), columns.step, Style(step == current ? .accent : .dim, bold: step == current))
      line.append(
        "  \(judged.steps[step].label.map(\.description) ?? "")", Style(step == current ? .accent : .plain))
      line.append("  no line", Style(.dim))
      appendViolations(to: &line, step, log)
    case .line(let number):
      let meaning = judged.meanings[number]
      let isDeparture = row == columns.departure
      let belongs = meaning == .step(step) || meaning == .state(step)
      let style: Style =
        isDeparture
        ? Style(.wrong, bold: true)
        : belongs && step == current ? Style(.accent) : Style(belongs && isPast ? .plain : .dim)
      if isDeparture { line = StyledLine(" ✗", Style(.wrong, bold: true)) }
      cell(String(judged.number(of: number)), columns.number, isDeparture ? style : Style(.dim))
      let isFirst = judged.row(ofStep: step) == row
      cell(
        belongs ? isFirst ? String(step) : "│" : "", columns.step,
        belongs && step == current ? Style(.accent, bold: true) : Style(.dim))
      let node = judged.node(of: number)
      line.append("  " + (node.isEmpty ? "" : node + " "), style)
      line.append(
        judged.event(of: number), isDeparture || belongs && !isPast ? style : Style(style.role, bold: belongs)
      )
      if isDeparture { line.append("  departs here", style) }
      if belongs, isFirst { appendViolations(to: &line, step, log) }
      line.append("  " + judged.words(of: number), Style(.dim))
    }
    return line
  }

  /// Marks the first state in which an invariant fails, and every later one.
  private func appendViolations(to line: inout StyledLine, _ step: Int, _ log: OpenLog) {
    guard let node = log.node(ofStep: step, in: tree) else { return }
    let violated = model.violatedInvariants(in: tree[node].state)
    if !violated.isEmpty { line.append("  ✗ \(violated.joined(separator: ", "))", Style(.wrong, bold: true)) }
  }

  /// Describes the selected line: the whole record, and its relation to the behavior.
  fileprivate mutating func describeLine() {
    guard let log else { return }
    let judged = log.judged
    let selected = position(.log).selected
    guard judged.rows.indices.contains(selected) else { return }
    let step = Int(judged.stepsOfRows[selected])
    let label = judged.steps.indices.contains(step) ? judged.steps[step].label?.description : nil
    switch judged.rows[selected] {
    case .unlogged(let step):
      screen.dialog = .note(
        title: "Step \(step)",
        text: "\(label ?? "") has no line in the log. The mapping allows this.")
    case .line(let line):
      var words: [String] = []
      switch judged.meanings[line] {
      case .step(let step): words.append("It stands for step \(step)\(label.map { ": \($0)" } ?? "").")
      case .state(let state): words.append("It describes state \(state), and is correct.")
      case .ignored: words.append("No rule of the mapping reads it.")
      case .open where selected == judged.departureRow:
        words += refusalWords(judged.frontier[0].refusals, judged)
      case .open: words.append("No behavior of \(model.name) explains it together with all lines before it.")
      }
      screen.dialog = .note(
        title: judged.place(of: line), text: ([judged.text(of: line), ""] + words).joined(separator: "\n"))
    }
  }

  /// Why a line does not fit, and what would.
  func refusalWords(_ refusals: [JudgedLog.Refusal], _ judged: JudgedLog) -> [String] {
    let words = refusals.map { refusal in
      refusal.candidates.isEmpty
        ? ["\(refusal.place): the model has no action for this event"]
        : ["\(refusal.place) does not fit:"] + refusal.candidates.map { "  " + reason(of: $0) }
    }
    let remedies = judged.remedies.map { "nearest: \($0)" }
    // The other lines that could have come next, those of other nodes, matter less. Such a line fits if it has no candidates.
    let others = zip(refusals, words).dropFirst().filter { !$0.0.candidates.isEmpty }.flatMap { $0.1 }
    return (words.first ?? []) + remedies + others
  }

  /// Why an action does not explain a line, in the words of Actions if it has any.
  func reason(of candidate: (candidate: LogDeparture.Candidate, words: String)) -> String {
    guard case .disabled = candidate.candidate.reason, let label = candidate.candidate.label,
      let item = report.items.first(where: { $0.label == label }), !item.isEnabled
    else { return candidate.words }
    return "\(label) is disabled: \(item.reasons[0])"
  }
}

/// The widths of the Log pane's columns, and the row where the log departs.
private struct LogColumns {
  let number: Int
  let step: Int
  let departure: Int?
}

extension PaneRecord {
  static let log = PaneRecord(
    title: "Log", place: .side,
    heading: { session in
      session.log.map { log in
        var line = StyledLine("Log ─ ")
        if let step = session.logStep, log.step(ofNode: session.cursor, in: session.tree) == nil {
          line.append("left after step \(step)", Style(.change, bold: true))
          line.append(" ─ ")
        }
        return line + StyledLine(log.name)
      }
    },
    list: { $0.logList },
    activate: { session in
      session.describeLine()
      return []
    },
    hints: { _ in [.activate, .logDeparture] }, words: [.activate: "whole line", .up: "go along"])
}
