import StateSpace
import TLASemantics
import TLASyntax

extension Session {
  /// The action selected in Actions; or the action of the step selected in Trace, if Trace had the focus last.
  var sourceSubject: SourceSubject? {
    if screen.sourceFollowsTrace, let node = traceRows.node(atRow: position(.trace).selected),
      let parent = tree[node].parent, let label = tree[node].label
    {
      return SourceSubject(label: label, state: tree[parent].state, step: tree[node].depth)
    }
    guard let item = selectedActionItem, report.items.indices.contains(item) else { return nil }
    return SourceSubject(label: report.items[item].label, state: state, step: nil)
  }

  /// Scrolls to the definition of the current subject if the subject has changed.
  mutating func followSource() {
    guard layout.place(of: .source) != nil else { return }
    let subject = sourceSubject
    guard subject != screen.followedSource else { return }
    let isNewAction = subject?.label.name != screen.followedSource?.label.name
    screen.followedSource = subject
    guard isNewAction, let span = subject.flatMap({ model.definition(of: $0.label) }) else { return }
    let (first, last) = (span.startPosition.line, span.endPosition.line)
    let height = max(1, paneHeight(.source))
    var position = ListPosition()
    position.selected = first - 1
    // If there is room, the comment above the definition is shown, too.
    let spare = max(1, min(4, height - (last - first + 1)))
    position.top = max(0, min(position.selected - spare, span.file.lineCount - height))
    screen.positions[.source] = position
  }

  var sourceTitle: StyledLine {
    guard let subject = sourceSubject else { return StyledLine("Source") }
    var title = StyledLine("Source ─ \(subject.label)")
    if let step = subject.step { title.append(" at step \(step)") }
    return title
  }

  /// The file that Source shows: the one with the subject's definition, else the root module.
  var shownSource: SourceFile? {
    sourceSubject.flatMap { model.definition(of: $0.label)?.file } ?? model.explorer.specification.files.last
  }

  var sourceList: PaneList {
    let subject = sourceSubject
    guard let file = shownSource else {
      return PaneList([StyledLine(" there is no source", Style(.dim))])
    }
    let numberWidth = String(file.lineCount).count
    let width = paneWidth(.source)
    return PaneList(count: file.lineCount) { row in
      // The marks are computed only when they are drawn.
      line(
        row + 1, of: file, subject.flatMap { model.sourceMarks($0) }, numberWidth: numberWidth, width: width)
    }
  }

  private func line(
    _ number: Int, of file: SourceFile, _ marks: SourceMarks?, numberWidth: Int, width: Int
  ) -> StyledLine {
    let known = marks?.lines[number]
    let isInside = marks?.definition.contains(number) ?? false
    var line = StyledLine(" ")
    if let outcome = known?.outcome {
      var style = outcome.style
      if outcome == .assigns { style = Style(.good) }
      line.append(outcome.mark + " ", style)
    } else {
      line.append(
        isInside && number == marks?.definition.lowerBound ? "▸ " : "  ", Style(.accent, bold: true))
    }
    let digits = String(number)
    line.append(
      String(repeating: " ", count: max(0, numberWidth - digits.count)) + digits + "  ", Style(.dim))
    var text = SourceText.line(file.line(number), known?.stretches ?? [])
    var notes = StyledLine()
    for note in known?.notes ?? [] {
      let isWrong = note.outcome == .isFalse || note.outcome == .failed
      notes.append("   ")
      notes.append(Glyph.truncated(note.text, columns: max(8, width / 3)), Style(isWrong ? .wrong : .dim))
    }
    // The values are shown even if the text must be cut for them.
    text = text.truncated(to: max(width / 2, width - line.width - notes.width))
    return line + text + notes
  }
}

/// A line of a spec, with the stretches of its conjuncts in their styles.
enum SourceText {
  static func line(_ text: String, _ stretches: [SourceMarks.Stretch]) -> StyledLine {
    let scalars = Array(text.unicodeScalars)
    var styles = [Style](repeating: .plain, count: scalars.count)
    let comment = commentStart(text) ?? scalars.count
    for index in comment..<scalars.count { styles[index] = Style(.dim) }
    for stretch in stretches {
      for index in stretch.range.clamped(to: 0..<comment) {
        styles[index] = stretch.outcome.style
        if stretch.isPart { styles[index].underlined = true }
      }
    }
    var line = StyledLine()
    var column = 0
    for (scalar, style) in zip(scalars, styles) {
      var piece = String(Character(scalar))
      if scalar == "\t" { piece = String(repeating: " ", count: 8 - column % 8) }
      column += Glyph.width(of: piece)
      if let last = line.runs.indices.last, line.runs[last].style == style {
        line.runs[last].text += piece
      } else {
        line.append(piece, style)
      }
    }
    return line
  }

  /// The position of the comment that ends the line, in scalars. Strings that contain `\*` are rare enough to ignore.
  private static func commentStart(_ text: String) -> Int? {
    let scalars = Array(text.unicodeScalars)
    return scalars.indices.dropLast().first { scalars[$0] == "\\" && scalars[$0 + 1] == "*" }
  }
}

extension PaneRecord {
  static let source = PaneRecord(
    title: "Source", place: .lower, heading: { $0.sourceTitle }, list: { $0.sourceList },
    hints: { _ in [.activate, .up] })
}
