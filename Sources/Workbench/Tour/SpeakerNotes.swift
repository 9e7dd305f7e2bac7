/// What a teacher sees on a second terminal: the notes of the current beat, the next beat, and the time.
package struct SpeakerNotes {
  package var chapter: Chapter?
  /// Counted from 0.
  package var beat = 0
  /// Minutes since the chapter began.
  package var minutes = 0
  private let bindings: KeyBindings

  package init(bindings: KeyBindings = KeyBindings()) { self.bindings = bindings }

  package func view(_ size: Size) -> Grid {
    var grid = Grid(size: size)
    let area = Rectangle(x: 2, y: 1, width: max(1, size.width - 4), height: max(0, size.height - 3))
    for (row, line) in lines(width: area.width).prefix(area.height).enumerated() {
      grid.write(line, row: row, of: area)
    }
    grid.write(
      "\(bindings.key(.quit)) quit", at: Point(x: 2, y: max(0, size.height - 1)), style: Style(.dim))
    return grid
  }

  private func lines(width: Int) -> [StyledLine] {
    guard let chapter, chapter.beats.indices.contains(beat) else {
      return ["The notes appear when the tour is at a chapter."]
    }
    let now = chapter.beats[beat]
    let planned = chapter.minutes.map { " of \($0)" } ?? ""
    var lines = [
      StyledLine(
        "\(chapter.title) ─ \(beat + 1)/\(chapter.beats.count) \(now.title)", Style(.accent, bold: true)),
      StyledLine("minute \(minutes)\(planned)", Style(.dim)), "",
    ]
    let notes = TourMarkup.paragraphs(now.notes?.text ?? "This beat has no notes.")
    for paragraph in notes { lines += TourMarkup.line(paragraph, bindings).wrapped(to: width) + [""] }
    for solution in now.solutionLines {
      lines += StyledLine(":\(solution.text)", Style(.dim)).wrapped(to: width)
    }
    lines.append("")
    let next = chapter.beats.indices.contains(beat + 1) ? chapter.beats[beat + 1] : nil
    lines.append(StyledLine("next: ", Style(.dim)) + StyledLine(next?.title ?? "the end of the chapter"))
    for paragraph in next.map({ TourMarkup.paragraphs($0.text.text) }) ?? [] {
      lines += TourMarkup.line(paragraph, bindings, Style(.dim)).wrapped(to: width)
    }
    return lines
  }
}
