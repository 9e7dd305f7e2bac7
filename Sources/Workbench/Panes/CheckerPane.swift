import StateSpace
import TLASyntax

/// A row of the Checker pane.
enum CheckerRow: Sendable {
  case text(StyledLine)
  case violation(Int)
}

extension Session {
  /// The checker's activity, its figures and its findings.
  var checkerRows: [CheckerRow] {
    var rows: [CheckerRow] = []
    switch runs.check.phase {
    case .idle:
      rows.append(
        .text(StyledLine(" \(bindings.key(.check))  check all states that can be reached", Style(.dim))))
      rows.append(
        .text(StyledLine(" \(bindings.key(.checkHere))  check from the current state", Style(.dim))))
      return rows
    case .running:
      rows.append(
        .text(
          StyledLine(" \(turningMark) checking\(startText)", Style(.accent, bold: true)) + pauseHint))
    case .paused:
      rows.append(
        .text(StyledLine(" ‖ paused\(startText)", Style(.accent, bold: true)) + pauseHint))
    case .stopping:
      rows.append(.text(StyledLine(" stopping", Style(.accent, bold: true))))
    case .failed(let text):
      rows.append(.text(StyledLine(" ! \(text)", Style(.wrong, bold: true))))
      return rows + violationRows
    case .ended(let outcome):
      rows.append(.text(line(of: outcome)))
      rows += runs.check.unchecked.flatMap { wrapped($0.text, Style(.change)) }.map(CheckerRow.text)
    }
    rows += violationRows
    let progress = runs.check.progress
    let rate = progress.seconds > 0 ? Double(progress.generated) / progress.seconds : 0
    rows.append(
      .text(
        StyledLine(
          " \(Wording.grouped(progress.distinct)) distinct · depth \(progress.depth) · \(Wording.short(rate))/s"
        )))
    rows.append(
      .text(
        StyledLine(
          " \(Wording.grouped(progress.generated)) generated · queue \(Wording.grouped(progress.queue))")))
    rows.append(
      .text(StyledLine(" \(Wording.bytes(progress.memoryBytes)) · \(Wording.seconds(progress.seconds))")))
    if runs.check.isRunning, let bar = bar(progress) { rows.append(.text(bar)) }
    return rows + runs.check.warnings.flatMap(warningRows).map(CheckerRow.text)
  }

  /// A warning with its place, wrapped to the pane.
  private func warningRows(_ warning: Diagnostic) -> [StyledLine] {
    let place = warning.span.map { span in
      let file = span.file.name.split(separator: "/").last ?? ""
      return "\(file):\(span.startPosition.line): "
    }
    return wrapped("! \(place ?? "")\(warning.message)", Style(.change))
  }

  /// A text wrapped to the pane.
  private func wrapped(_ text: String, _ style: Style) -> [StyledLine] {
    StyledLine(text, style).wrapped(to: max(16, paneWidth(.checker) - 2)).map { StyledLine(" ") + $0 }
  }

  private var pauseHint: StyledLine {
    let words = if case .paused = runs.check.phase { "goes on" } else { "pauses" }
    return StyledLine("   \(bindings.key(.pauseCheck)) \(words), \(bindings.key(.check)) stops", Style(.dim))
  }

  private var violationRows: [CheckerRow] { runs.check.violations.indices.map(CheckerRow.violation) }

  private var startText: String { runs.check.startDepth.map { " from step \($0)" } ?? "" }

  /// A mark that turns with each report of the checker, so it stands still when the checker does.
  private var turningMark: Character {
    let marks: [Character] = ["|", "/", "-", "\\"]
    return marks[runs.check.news % marks.count]
  }

  private func line(of outcome: CheckOutcome) -> StyledLine {
    switch outcome {
    case .success where runs.check.violations.isEmpty:
      StyledLine(" ✓ nothing is violated\(startText), all states visited", Style(.good, bold: true))
        + StyledLine(uncheckedPropertyWords, Style(.change))
    case .success: StyledLine(" ✗ all states visited\(startText)", Style(.wrong, bold: true))
    case .violation(let violation):
      StyledLine(" ✗ \(violation.headline) violated\(startText)", Style(.wrong, bold: true))
    case .limit(let which): StyledLine(" stopped at a limit: \(which)", Style(.wrong))
    case .stopped: StyledLine(" stopped before the end\(startText)", Style(bold: true))
    }
  }

  private var uncheckedPropertyWords: String {
    let names = runs.check.uncheckedProperties
    return names.isEmpty ? "" : "; not checked: \(names.joined(separator: ", "))"
  }

  /// How near a check is to its limit; nil without one, since nobody knows the number of states.
  private func bar(_ progress: CheckProgress) -> StyledLine? {
    guard let limit = options.check.maxStates, limit > 0 else { return nil }
    let width = max(4, min(24, paneWidth(.checker) - 26))
    let share = min(1, Double(progress.distinct) / Double(limit))
    let filled = Int(share * Double(width))
    return StyledLine(" " + String(repeating: "█", count: filled), Style(.accent))
      + StyledLine(String(repeating: "░", count: width - filled), Style(.dim))
      + StyledLine(" \(Int(share * 100)) % of the limit")
  }

  var checkerList: PaneList {
    let rows = checkerRows
    return PaneList(
      count: rows.count,
      isSelectable: { if case .violation = rows[$0] { true } else { false } },
      line: { row in
        switch rows[row] {
        case .text(let line): line
        case .violation(let index): line(ofViolation: index)
        }
      })
  }

  private func line(ofViolation index: Int) -> StyledLine {
    let violation = runs.check.violations[index].violation
    let mark = runs.check.visited == index ? "▸" : " "
    var line = StyledLine(" \(mark)", Style(.accent, bold: true))
    line.append("✗ \(violation.headline)", Style(.wrong, bold: true))
    line.append("  \(Wording.count(violation.trace.count, "state"))")
    if violation.kind != .invariant {
      line.append("  \(violation.loopWords ?? violation.message)", Style(.dim))
    }
    return line
  }

  func checkerRow(at row: Int) -> CheckerRow? {
    let rows = checkerRows
    return rows.indices.contains(row) ? rows[row] : nil
  }

  func checkerRow(ofViolation index: Int) -> Int? {
    checkerRows.firstIndex { if case .violation(let other) = $0 { other == index } else { false } }
  }
}

extension PaneRecord {
  static let checker = PaneRecord(
    title: "Checker", place: .side,
    heading: { session in
      let count = session.runs.check.violations.count
      return count == 0 ? nil : StyledLine("Checker ") + StyledLine("\(count) ✗", Style(.wrong))
    },
    list: { $0.checkerList },
    activate: { session in
      if case .violation(let index)? = session.checkerRow(at: session.position(.checker).selected) {
        session.showViolation(index)
      }
      return []
    },
    hints: { _ in [.activate, .nextPane] }, words: [.activate: "show"])
}
