// How the tour is drawn: a column at the right of a wide screen, else a strip at the bottom.
extension Tour {
  private static let columnWidth = 46
  /// From this width on, the workbench beside the column still shows several panes.
  private static let widthForColumn = Layout.wide.width + columnWidth
  /// The rows at the bottom of the column that name the keys.
  private static let columnKeyRows = 2
  private static let stripHeight = 10
  private static let foldedHeight = 2

  private var isColumn: Bool {
    !isFolded && size.width >= Tour.widthForColumn && size.height >= Layout.wide.height
  }

  /// The part of the screen that the tour takes.
  var tourArea: Rectangle {
    if isColumn {
      return Rectangle(
        x: size.width - Tour.columnWidth, y: 0, width: Tour.columnWidth, height: size.height)
    }
    let most = max(Tour.foldedHeight, size.height - Layout.smallest.height)
    let height = isFolded ? Tour.foldedHeight : min(Tour.stripHeight, most)
    return Rectangle(x: 0, y: size.height - height, width: size.width, height: height)
  }

  /// The part of the screen that the session has.
  var sessionSize: Size {
    isColumn
      ? Size(width: size.width - Tour.columnWidth, height: size.height)
      : Size(width: size.width, height: size.height - tourArea.height)
  }

  package func view(_ size: Size, _ session: Session?) -> Grid {
    var grid = Grid(size: size)
    if let session {
      let shown = session.view(size: sessionSize)
      for y in 0..<shown.size.height {
        for x in 0..<shown.size.width { grid[x, y] = shown[x, y] }
      }
      grid.theme = shown.theme
      grid.cursor = shown.cursor
    }
    let area = tourArea
    grid.fill(area)
    let done = isSolved && beat.task != nil ? " ✓" : ""
    let title = "\(chapter.title) ─ \(beatIndex + 1)/\(chapter.beats.count) \(beat.title)\(done)"
    if isColumn {
      grid.drawFrame(area, title: StyledLine(title).truncated(to: area.width - 4), style: Style(.accent))
    } else {
      grid.drawHorizontalRule(from: area.x, to: area.endX - 1, y: area.y, style: Style(.accent))
      grid.write(
        StyledLine(" \(title) ", Style(.accent, bold: true)), at: Point(x: 2, y: area.y),
        maxWidth: area.width - 4)
    }
    let text = textArea
    let pages = pages
    if !isFolded {
      for (row, line) in pages.rows(ofPage: page).enumerated() { grid.write(line.line, row: row, of: text) }
    }
    if case .line(let field) = input { drawField(field, on: &grid) }
    let keys = keysArea
    for (row, line) in keyLines(width: keys.width, isMore: page < pages.last && !isFolded).prefix(keys.height)
      .enumerated()
    {
      grid.write(line, row: row, of: keys)
    }
    return grid
  }

  private var keysArea: Rectangle {
    let area = tourArea
    guard isColumn else {
      return Rectangle(x: 1, y: area.endY - 1, width: area.width - 2, height: 1)
    }
    return Rectangle(
      x: area.x + 2, y: area.endY - 1 - Tour.columnKeyRows, width: area.width - 4, height: Tour.columnKeyRows)
  }

  private var textArea: Rectangle {
    let area = tourArea
    let top = area.y + 1
    let margin = isColumn ? 2 : 1
    let line = if case .line = input { 1 } else { 0 }
    return Rectangle(
      x: area.x + margin, y: top, width: area.width - 2 * margin,
      height: max(0, keysArea.y - top - (isColumn ? 1 : 0) - line))
  }

  private func drawField(_ field: TextField, on grid: inout Grid) {
    let text = textArea
    let row = Rectangle(x: text.x, y: text.endY, width: text.width, height: 1)
    let start = grid.write("= ", at: row.origin, style: Style(.accent, bold: true))
    let room = max(1, row.endX - start - 1)
    let before = Glyph.width(of: field.textBeforeCursor)
    let hidden = max(0, before - room + 1)
    let area = Rectangle(x: start, y: row.y, width: room + 1, height: 1)
    grid.write(field.text, at: Point(x: start - hidden, y: row.y), in: area)
    grid.cursor = Point(x: start + before - hidden, y: row.y)
  }

  // MARK: The text

  /// A line of the tour's text; the option that a click on it chooses.
  struct Row {
    var line: StyledLine
    var option: Int?
  }

  private var rows: [Row] {
    let width = textArea.width
    var rows: [Row] = []
    func add(_ line: StyledLine, option: Int? = nil, indent: String = "") {
      for (index, part) in line.wrapped(to: max(8, width - indent.count)).enumerated() {
        rows.append(Row(line: index == 0 ? part : StyledLine(indent) + part, option: option))
      }
    }
    func addSpace() { if isColumn, !rows.isEmpty { rows.append(Row(line: "")) } }
    for paragraph in TourMarkup.paragraphs(beat.text.text) {
      addSpace()
      add(TourMarkup.line(paragraph, bindings))
    }
    if let task = taskText {
      addSpace()
      add(
        StyledLine("▸ ", Style(.accent, bold: true)) + TourMarkup.line(task, bindings, Style(bold: true)),
        indent: "  ")
    }
    if case .choose(let task) = beat.task {
      for (index, option) in task.options.enumerated() {
        var line = StyledLine(
          "\(chosen == index ? "▸" : " ")\(Tour.optionLetter(index)) ", Style(.accent, bold: true))
        line += TourMarkup.line(option.text.text, bindings)
        if input == .options(selected: index) { line = line.reversed }
        add(line, option: index, indent: "   ")
      }
    }
    for hint in beat.hints.prefix(hintsShown) {
      addSpace()
      add(StyledLine("Hint: ", Style(.change, bold: true)) + TourMarkup.line(hint.text, bindings))
    }
    if let words = workWords {
      addSpace()
      add(StyledLine(words, Style(.dim)))
    }
    if let feedback {
      addSpace()
      let (mark, style): (String, Style) =
        switch feedback.kind {
        case .right: ("✓ ", Style(.good))
        case .wrong: ("✗ ", Style(.wrong))
        case .information: ("", Style(.plain))
        }
      add(StyledLine(mark, style) + TourMarkup.line(feedback.words.pieces, bindings, style))
    }
    return rows
  }

  private var taskText: String? {
    switch beat.task {
    case .choose(let task): task.question.text
    case .make(let task): task.task.text
    case .write(let task): task.task.text
    case .mend(let task): task.task.text
    case nil: nil
    }
  }

  private var workWords: String? {
    switch phase {
    case .loading, .setting, .open, .answering: nil
    case .judging: "Your answer is being judged. \(bindings.key(.escape)) stops that."
    }
  }

  /// The tour's text, cut into the pages that fit.
  struct Pages {
    let rows: [Row]
    let height: Int

    /// The last page. A page ends where the window ends; the last one shows the end of the text.
    var last: Int { max(0, (rows.count + height - 1) / height - 1) }

    func rows(ofPage page: Int) -> ArraySlice<Row> {
      rows[max(0, min(page * height, rows.count - height))...].prefix(height)
    }
  }

  private var pages: Pages { Pages(rows: rows, height: max(1, textArea.height)) }

  var lastPage: Int { pages.last }

  /// The option whose line is at a point.
  func option(at point: Point) -> Int? {
    let text = textArea
    guard !isFolded, text.contains(point) else { return nil }
    return pages.rows(ofPage: page).dropFirst(point.y - text.y).first?.option
  }

  // MARK: Keys

  /// The keys that matter now. On a strip, which has one line for them, the last ones are the first to go.
  private func keyLines(width: Int, isMore: Bool) -> [StyledLine] {
    var shown: [(String, String)] = []
    switch input {
    case .options:
      shown = [("a–\(Tour.optionLetter(optionCount - 1))", "choose"), (bindings.leavingKey, "leave it")]
    case .line: shown = [(Key.enter.text, "judge"), (bindings.leavingKey, "leave it")]
    case .none where presents:
      shown = [
        (key(.tourBack), "back"), (key(.tourNext), isMore ? "more" : isRevealed ? "next" : "on"),
        (bindings.key(.nextPane), "pane"), (key(.tourChapters), "chapters"),
      ]
    case .none:
      if canAnswer { shown.append((key(.tourAnswer), answerWords)) }
      shown.append((key(.tourNext), isMore ? "more" : isLast ? "finish" : "next"))
      shown.append((key(.tourBack), "back"))
      if !beat.hints.isEmpty { shown.append((key(.tourHint), "hint")) }
      shown.append((key(.tourScene), "scene"))
      if beat.isMended { shown.append((key(.tourOriginal), "original")) }
      shown.append((key(.tourFold), isFolded ? "unfold" : "fold"))
      shown.append((key(.tourChapters), "chapters"))
    }
    return shown.reduce(into: [StyledLine()]) { lines, entry in
      let text = StyledLine(entry.0, Style(.accent, bold: true)) + StyledLine(" \(entry.1)", Style(.dim))
      let last = lines.count - 1
      if lines[last].isEmpty {
        lines[last] = text
      } else if lines[last].width + 2 + text.width <= width {
        lines[last] += StyledLine("  ") + text
      } else {
        lines.append(text)
      }
    }
  }

  private var isLast: Bool { beatIndex + 1 == chapter.beats.count }
  private var optionCount: Int { if case .choose(let task) = beat.task { task.options.count } else { 0 } }
  /// The letters of the options alone mean something else in the workbench, so the key before them is named with them.
  private var answerWords: String {
    switch beat.task {
    case .choose: "answer a–\(Tour.optionLetter(optionCount - 1))"
    case .mend: "judge"
    case .write, .make, nil: "answer"
    }
  }
  private var canAnswer: Bool {
    switch beat.task {
    case .choose, .write, .mend: true
    case .make, nil: false
    }
  }
}
