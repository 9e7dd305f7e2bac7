import StateSpace
import Traces

// Drawing.
extension Session {
  /// The screen. Without `size`, it has the size of the last resize.
  package func view(size: Size? = nil) -> Grid {
    var session = self
    if let size { session.screen.size = size }
    return session.drawn()
  }

  private func drawn() -> Grid {
    var grid = Grid(size: screen.size)
    let layout = layout
    if layout.isTooSmall {
      let needs = Layout.smallest
      grid.write(
        "needs \(needs.width)×\(needs.height), has \(screen.size.width)×\(screen.size.height)",
        at: Point(x: 0, y: 0))
      return grid
    }
    if screen.presents {
      drawPresentation(on: &grid, layout)
      drawPressedKeys(on: &grid)
      drawDialog(&grid)
      return grid
    }
    drawTopLine(&grid, layout)
    // The focused frame is drawn last, so its whole line is accented.
    for place in layout.places where place.pane != screen.focus { draw(place, on: &grid) }
    drawBeside(on: &grid, layout)
    for place in layout.places where place.pane == screen.focus { draw(place, on: &grid) }
    for place in layout.places where place.pane != screen.focus { drawTitle(of: place, on: &grid) }
    // Neighbouring frames share their lines, so a frame would cover the scroll mark of its neighbour. The marks are drawn after all frames.
    for place in layout.places { drawScrollMark(of: place, on: &grid) }
    drawBottomLine(&grid)
    drawPressedKeys(on: &grid)
    drawDialog(&grid)
    return grid
  }

  private func draw(_ place: Layout.Place, on grid: inout Grid) {
    let pane = place.pane
    grid.drawFrame(
      place.frame, title: pane == screen.focus ? title(of: pane) : StyledLine(), focused: pane == screen.focus
    )
    let area = place.area
    drawCaption(on: &grid, in: place.captionArea)
    if let draw = pane.record.draw { return draw(self, &grid, area) }
    guard let list = list(for: pane) else { return }
    let position = position(pane)
    let top = position.visibleTop(height: area.height, count: list.count)
    for row in 0..<min(area.height, max(0, list.count - top)) {
      let index = top + row
      let isSelected = pane == screen.focus && index == position.selected && list.isSelectable(index)
      let line = pane == screen.focus ? list.line(index).underlining(screen.soughtText) : list.line(index)
      grid.write(line, row: row, of: area, selected: isSelected)
    }
  }

  /// A mark in the pane's right edge for the visible part.
  private func drawScrollMark(of place: Layout.Place, on grid: inout Grid) {
    let list = list(for: place.pane)
    let (height, count) = (list == nil ? nodesWindowHeight : place.area.height, list?.count ?? nodesHeight)
    grid.drawScrollMark(
      x: place.frame.endX - 1, from: place.area.y, height: height,
      first: position(place.pane).visibleTop(height: height, count: count), count: count)
  }

  /// The effect of the step that led here, in the words of the comment above its action.
  func drawCaption(on grid: inout Grid, in area: Rectangle) {
    guard area.height > 0 else { return }
    if let words = screen.inset ?? explored.captions[cursor].map({ StyledLine($0, Style(bold: true)) }) {
      return write(words, on: &grid, in: area)
    }
    guard let label = tree[cursor].label, let words = model.caption(of: label) else { return }
    var line = StyledLine("\(label.name) ", Style(.accent, bold: true)) + StyledLine(words)
    if let previousState {
      let taken = model.summary(from: previousState, to: state, label: label).takenMessages
      for (message, isLost) in taken.prefix(2) {
        line.append(isLost ? " Lost: " : " Read: ", Style(.dim))
        line.append(message, isLost ? Style(.wrong) : .plain)
      }
    }
    write(line, on: &grid, in: area)
  }

  /// Writes a sentence on the rows of an area; text that does not fit is cut.
  private func write(_ line: StyledLine, on grid: inout Grid, in area: Rectangle) {
    for (row, line) in line.wrapped(to: area.width - 2, rows: area.height).enumerated() {
      grid.write(StyledLine(" ") + line, row: row, of: area)
    }
  }

  /// The focused frame may have covered the lines with the titles.
  private func drawTitle(of place: Layout.Place, on grid: inout Grid) {
    let line = StyledLine(" ") + title(of: place.pane).truncated(to: place.frame.width - 5) + StyledLine(" ")
    grid.write(line, at: Point(x: place.frame.x + 2, y: place.frame.y), in: place.frame)
  }

  private func title(of pane: Pane) -> StyledLine {
    if pane.record.place == .top, let title = ownTitleBeside { return title }
    return pane.record.heading(self) ?? StyledLine(pane.title)
  }

  // MARK: The first and the last line

  private func drawTopLine(_ grid: inout Grid, _ layout: Layout) {
    var place = StyledLine("step \(step)", Style(bold: true))
    place.append(" · \(branchName) ")
    if disk.isOutdated { place.append("· changed on disk ", Style(.change, bold: true)) }
    if tree[cursor].isBehindWhatIf {
      place.append(layout.tabs.isEmpty ? "≈ what-if " : "≈ ", Style(.wrong, bold: true))
    }
    let end = screen.size.width - place.width
    if layout.tabs.isEmpty {
      var line = StyledLine(" synscope ", Style(.accent, bold: true))
      line.append(" \(model.name)  ", Style(bold: true))
      line.append(model.title)
      grid.write(line, at: Point(x: 0, y: 0), maxWidth: max(0, end - 1))
    } else {
      if let first = layout.tabs.first, first.area.x > 1 {
        let name = StyledLine(" \(model.name)", Style(.accent, bold: true))
        grid.write(name, at: Point(x: 0, y: 0), maxWidth: first.area.x - 1)
      }
      for tab in layout.tabs {
        let isCurrent = screen.isZoomed ? tab.pane == screen.focus : tab.pane == screen.upper
        let text = isCurrent ? "[\(tab.title)]" : " \(tab.title) "
        grid.write(
          text, at: tab.area.origin, style: isCurrent ? Style(.accent, bold: true, underlined: true) : .plain)
      }
    }
    let start = max(end, (layout.tabs.last?.area.endX ?? 0) + 1)
    grid.write(place, at: Point(x: start, y: 0), maxWidth: screen.size.width - start)
  }

  private func drawBottomLine(_ grid: inout Grid) {
    let y = screen.size.height - 1
    if let line = motionLine {
      grid.write(line, at: Point(x: 0, y: y), maxWidth: screen.size.width)
      return
    }
    if let message = screen.message {
      let style = message.kind != .information ? Style(.wrong, bold: true) : Style(bold: true)
      let line = StyledLine(message.text, style)
      let keys = keyHints
      if keys.width + line.width + 3 <= screen.size.width {
        grid.write(keys, at: Point(x: 0, y: y))
        grid.write(line, at: Point(x: screen.size.width - line.width - 1, y: y))
      } else {
        grid.write(keys, at: Point(x: 0, y: y), maxWidth: screen.size.width)
        drawAboveKeys(line, on: &grid)
      }
      return
    }
    grid.write(keyHints, at: Point(x: 0, y: y), maxWidth: screen.size.width)
    var notice = StyledLine()
    if screen.focus == .actions, let index = selectedActionItem, !report.items[index].isEnabled {
      let item = report.items[index]
      let line = StyledLine("\(item.label): \(item.reasons[0]) ", Style(.dim))
      if keyHints.width + line.width + 1 <= screen.size.width {
        grid.write(line, at: Point(x: screen.size.width - line.width, y: y))
        return
      }
    }
    let failing = model.violatedInvariants(in: state)
    if let line = jobLine ?? evaluationLine ?? searchLine ?? logLine {
      notice = line
    } else if !failing.isEmpty {
      notice = StyledLine(violationWords(failing) + " ", Style(.wrong))
    } else if !runs.check.violations.isEmpty {
      let count = Wording.count(runs.check.violations.count, "violation")
      notice = StyledLine(
        "✗ \(count): \(bindings.key(.nextViolation)) shows \(runs.check.violations.count == 1 ? "it" : "them") ",
        Style(.wrong))
    } else if runs.check.isRunning {
      notice = StyledLine("checking: \(Wording.grouped(runs.check.progress.distinct)) states ", Style(.dim))
    }
    if keyHints.width + notice.width + 1 <= screen.size.width {
      grid.write(notice, at: Point(x: screen.size.width - notice.width, y: y))
    } else if runs.search.isRunning || runs.evaluating.running != nil || runs.job != nil || runs.log.isRunning
    {
      drawAboveKeys(notice, on: &grid)
    }
  }

  /// Draws text that does not fit beside the keys on the frame above them, and a long text on the rows above the frame, too.
  func drawAboveKeys(_ line: StyledLine, on grid: inout Grid) {
    let rows = line.wrapped(to: screen.size.width - 6, rows: Self.mostMessageRows)
      .map { StyledLine(" ") + $0 + StyledLine(" ") }
    for (index, row) in rows.enumerated() {
      let y = screen.size.height - 1 - rows.count + index
      guard index < rows.count - 1 else {
        grid.write(row, at: Point(x: max(2, screen.size.width - 2 - row.width), y: y))
        continue
      }
      grid.fill(Rectangle(x: 1, y: y, width: screen.size.width - 2, height: 1))
      grid.write(row, at: Point(x: 2, y: y))
    }
  }

  /// The most rows of a message: it covers a part of a pane.
  static let mostMessageRows = 3

  /// The five most important keys in the current situation.
  var hintedCommands: [Command] {
    var order = screen.focus.record.hints(self)
    if !runs.check.violations.isEmpty {
      order +=
        model.structure.roles.contains(.links) && screen.focus == .actions
        ? [.toggleLink, .nextViolation] : [.nextViolation, .saveTrace]
    } else {
      order += model.structure.roles.contains(.links) ? [.toggleLink, .check] : [.goto, .check]
    }
    return (order.prefix(4) + [.help]).compactMap(bindings.command)
  }

  private var keyHints: StyledLine {
    hints.reduce(StyledLine(" ")) { $0 + $1.line }
  }

  /// What the bottom line says of each command.
  private var hints: [(command: Command, line: StyledLine)] {
    hintedCommands.map { command in
      var words = screen.focus.record.words[command.id] ?? command.hint ?? command.name
      if command.id == .check, runs.check.isRunning { words = "stop" }
      return (
        command,
        StyledLine(bindings.hintKeys(command), Style(.accent, bold: true)) + StyledLine(" \(words)   ")
      )
    }
  }

  /// The command whose hint is at a column of the bottom line; nil between them.
  func hintedCommand(at column: Int) -> Command? {
    var start = 1
    for (command, line) in hints {
      // Three blanks stand between one and the next.
      if column >= start, column < start + line.width - 3 { return command }
      start += line.width
    }
    return nil
  }
}
