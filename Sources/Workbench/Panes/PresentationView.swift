import StateSpace

// The workbench in front of a class: one pane at a time, with room around it and between its lines.
extension Session {
  /// Begins or ends the presentation.
  package mutating func present(_ isOn: Bool, besideTour: Bool = false) {
    (screen.presents, screen.isBesideTour) = (isOn, besideTour)
    screen.paneSize = .normal
    if isOn, screen.focus == .actions, !model.nodes.isEmpty { screen.show(.nodes) }
    settlePanes()
    if isOn { presentFromTop() }
    screen.message = nil
  }

  /// Handles a key. In front of a class, keys go on and back, change the pane, or end the presentation; no other key does anything.
  mutating func pressInPresentation(_ key: Key) -> [Effect] {
    switch bindings.command(for: key, in: .presentation) {
    case .box(.presentNext), .forward, .activate, .pageDown, .down:
      if !turnPage(by: 1) {
        presentFromTop()
        forward()
      }
    case .box(.presentBack), .back, .pageUp, .up:
      if !turnPage(by: -1) {
        presentFromTop()
        back()
      }
    case .toStart: go(to: tree.root(of: cursor))
    case .toEnd: go(to: tree.end(from: cursor))
    case .nextPane: focus(on: screen.focus.neighbour(1, in: panes))
    case .previousPane: focus(on: screen.focus.neighbour(-1, in: panes))
    case .spaceTime: toggleSpaceTime()
    case .commandLine: screen.dialog = .commandLine(TextField(), selected: 0)
    case .help: screen.dialog = .help(top: 0)
    case .escape: present(false)
    case .quit: return bindings.command(.quit).map { run($0, argument: nil) } ?? []
    default: break
    }
    return []
  }

  /// Draws the one pane, a line above it and a line below it.
  func drawPresentation(on grid: inout Grid, _ layout: Layout) {
    grid.theme = .projector
    guard let place = layout.places.first else { return }
    let area = place.area
    var title =
      StyledLine(model.name, Style(.accent, bold: true)) + StyledLine("   step \(step)", Style(bold: true))
    if let label = tree[cursor].label { title += StyledLine("   \(label)", Style(bold: true)) }
    let violated = model.violatedInvariants(in: state)
    if !violated.isEmpty {
      title += StyledLine("   ✗ \(violated.joined(separator: ", "))", Style(.wrong, bold: true))
    }
    grid.write(title, at: Point(x: area.x, y: place.frame.y - 1), maxWidth: area.width)
    drawPresented(place.pane, on: &grid, in: area)
    drawCaption(on: &grid, in: place.captionArea)
    drawPresentationKeys(on: &grid, x: area.x)
  }

  private func drawPresented(_ pane: Pane, on grid: inout Grid, in area: Rectangle) {
    guard pane.record.draw == nil else {
      let rows = pane == .nodes ? wantedNodesRows(width: area.width) : list(for: pane)?.count ?? 0
      var canvas = Grid(size: grid.size)
      let isSpaced = rows * 2 - 1 <= area.height
      let used = Rectangle(x: area.x, y: area.y, width: area.width, height: isSpaced ? rows : area.height)
      pane.record.draw?(self, &canvas, used)
      grid.copy(canvas, from: used, to: area.origin, isSpaced: isSpaced)
      return
    }
    drawPresentedList(pane, on: &grid, in: area)
  }

  /// The panes that do not follow the step by themselves. Content that does not fit comes on a further page.
  private static let paged: Set<Pane> = [.nodes, .properties, .state, .checker]

  /// The next step is shown from the top.
  private mutating func presentFromTop() {
    for pane in Session.paged where pane != .nodes { screen.positions[pane]?.top = 0 }
  }

  /// Shows the next page of the pane, or the one before. Returns false if there is none.
  private mutating func turnPage(by offset: Int) -> Bool {
    let pane = screen.focus
    guard Session.paged.contains(pane), let area = layout.places.first?.area else { return false }
    guard pane != .nodes else {
      let former = position(.nodes).visibleTop(height: nodesWindowHeight, count: nodesHeight)
      scroll(.nodes, by: offset * max(1, nodesWindowHeight - 1))
      return position(.nodes).top != former
    }
    var position = position(pane)
    if offset < 0 {
      guard position.top > 0 else { return false }
      // The page before ends where this one begins.
      var top = position.top
      while top > 0, presentedRows(pane, from: top - 1, in: area).last?.index ?? 0 >= position.top {
        top -= 1
      }
      position.top = max(0, min(top, position.top - 1))
    } else {
      let rows = presentedRows(pane, from: position.top, in: area)
      guard let last = rows.last?.index, isCut(pane, rows) else { return false }
      position.top = max(last, position.top + 1)
    }
    screen.positions[pane] = position
    return true
  }

  /// Whether the list goes on below these rows.
  private func isCut(_ pane: Pane, _ rows: [PresentedRow]) -> Bool {
    guard let list = list(for: pane), let last = rows.last else { return false }
    return last.index + 1 < list.count || last.hasMore
  }

  /// A row of a list: a part of a line that is folded where it is too wide.
  private struct PresentedRow {
    let index: Int
    let line: StyledLine
    /// Whether the line goes on in a row that has no room.
    var hasMore = false
  }

  private func presentedRows(_ pane: Pane, from top: Int, in area: Rectangle) -> [PresentedRow] {
    guard let list = list(for: pane) else { return [] }
    var rows: [PresentedRow] = []
    var index = max(0, top)
    while index < list.count, rows.count < area.height {
      rows += list.line(index).wrapped(to: area.width).map { PresentedRow(index: index, line: $0) }
      index += 1
    }
    guard rows.count > area.height else { return rows }
    rows.removeSubrange(area.height...)
    rows[rows.count - 1].hasMore = true
    return rows
  }

  /// Whether the pane that is presented goes on below the screen.
  private var presentsMore: Bool {
    guard Session.paged.contains(screen.focus), let area = layout.places.first?.area else { return false }
    if screen.focus == .nodes {
      return position(.nodes).visibleTop(height: nodesWindowHeight, count: nodesHeight) + nodesWindowHeight
        < nodesHeight
    }
    return isCut(screen.focus, presentedRows(screen.focus, from: position(screen.focus).top, in: area))
  }

  /// Draws the rows of a list, folded where they are too wide, with blank lines between them if there is room.
  private func drawPresentedList(_ pane: Pane, on grid: inout Grid, in area: Rectangle) {
    guard let list = list(for: pane), list.count > 0 else { return }
    let position = position(pane)
    let isPaged = Session.paged.contains(pane)
    var top =
      isPaged
      ? min(position.top, list.count - 1) : position.visibleTop(height: area.height, count: list.count)
    var shown = presentedRows(pane, from: top, in: area)
    while !isPaged, top < position.selected, shown.last.map({ $0.index < position.selected }) ?? false {
      top += 1
      shown = presentedRows(pane, from: top, in: area)
    }
    let isSpaced = shown.count * 2 - 1 <= area.height
    for (row, entry) in shown.enumerated() {
      let isSelected =
        entry.index == position.selected && list.isSelectable(entry.index) && !isPaged
      grid.write(entry.line, row: row * (isSpaced ? 2 : 1), of: area, selected: isSelected)
    }
  }

  private func drawPresentationKeys(on grid: inout Grid, x: Int) {
    let y = screen.size.height - 1
    if let message = screen.message {
      let style = message.kind == .information ? Style(bold: true) : Style(.wrong, bold: true)
      let rows = StyledLine(message.text, style).wrapped(
        to: screen.size.width - 2 * x, rows: Self.mostMessageRows)
      for (index, row) in rows.enumerated() {
        let line = y - rows.count + 1 + index
        grid.fill(Rectangle(x: x, y: line, width: screen.size.width - 2 * x, height: 1))
        grid.write(row, at: Point(x: x, y: line))
      }
      return
    }
    // The tour names its own keys for going on and back, so they are not named twice.
    guard !screen.isBesideTour else { return }
    let end = tree[tree.end(from: cursor)].depth
    let place = StyledLine("\(step) of \(end)", Style(.dim))
    let room = screen.size.width - 2 * x - place.width - 2
    let line = [true, false].map(presentationKeys).first { $0.width <= room } ?? StyledLine()
    grid.write(line, at: Point(x: x, y: y))
    grid.write(place, at: Point(x: screen.size.width - x - place.width, y: y))
  }

  /// The keys of a presentation: all, or one for each command.
  private func presentationKeys(isLong: Bool) -> StyledLine {
    func key(_ id: Command.ID) -> String { bindings.key(id, in: .presentation) }
    let words = [
      ((isLong ? key(.box(.presentBack)) + " " : "") + key(.back), "back"),
      ((isLong ? key(.box(.presentNext)) + " " : "") + key(.forward), presentsMore ? "more" : "next"),
      (key(.nextPane), screen.focus.title), (key(.escape), "end"),
    ]
    return words.reduce(StyledLine()) { line, word in
      line + StyledLine(word.0, Style(.accent, bold: true)) + StyledLine(" \(word.1)   ", Style(.dim))
    }
  }

  // MARK: Pressed keys

  /// `:keys on` shows the keys that are pressed, `:keys off` does not.
  mutating func showKeys(_ argument: String?) {
    switch argument?.trimmingBlanks {
    case "on": screen.pressedKeys = []
    case "off": screen.pressedKeys = nil
    case nil: screen.pressedKeys = screen.pressedKeys == nil ? [] : nil
    case let word?:
      screen.message = Message("keys takes on or off, not \(word)", .wrong)
      return
    }
    screen.message = Message(screen.pressedKeys == nil ? "keys are not shown" : "pressed keys are shown")
  }

  private static let mostKeysShown = 8

  /// Remembers a key to be shown.
  mutating func notePressed(_ key: Key) {
    guard let keys = screen.pressedKeys else { return }
    screen.pressedKeys = (keys + [key.text]).suffix(Session.mostKeysShown)
  }

  /// Draws the keys that were pressed last at the right end of a line.
  func drawPressedKeys(on grid: inout Grid) {
    guard let keys = screen.pressedKeys, !keys.isEmpty else { return }
    var line = StyledLine()
    for (index, key) in keys.enumerated() {
      let isLast = index + 1 == keys.count
      line += StyledLine(" \(key) ", isLast ? Style(.accent, bold: true, reversed: true) : Style(.dim))
    }
    let y = screen.size.height - 2
    grid.write(line, at: Point(x: max(0, screen.size.width - 3 - line.width), y: y))
  }
}

extension Grid {
  /// Copies a part of another grid. With `isSpaced` a line follows each row, in which upright lines go on.
  mutating func copy(_ other: Grid, from part: Rectangle, to origin: Point, isSpaced: Bool) {
    // Names of lanes stand in the row above.
    for row in -1..<part.height {
      let y = row < 0 ? origin.y - 1 : origin.y + row * (isSpaced ? 2 : 1)
      for column in 0..<part.width {
        let cell = other[part.x + column, part.y + row]
        if row >= 0 || cell.character != " " { self[origin.x + column, y] = cell }
        guard isSpaced, row >= 0, row + 1 < part.height else { continue }
        let below = other[part.x + column, part.y + row + 1]
        self[origin.x + column, y + 1] = Grid.between(cell, below)
      }
    }
  }

  private static let goingDown = Set("│┊┌┐├┤┬┼╭╮●○╳◂▸◇◆".map(String.init))
  private static let goingUp = Set("│┊└┘├┤┴┼╰╯●○╳◂▸◇◆".map(String.init))

  /// What stands between two cells: an upright line if both belong to one.
  private static func between(_ above: Cell, _ below: Cell) -> Cell {
    guard goingDown.contains(above.character), goingUp.contains(below.character),
      isLine(above) || isLine(below)
    else { return Cell() }
    let isDotted =
      above.character == "┊" && below.character != "│" || below.character == "┊" && above.character != "│"
    return Cell(isDotted ? "┊" : "│", isLine(above) ? above.style : below.style)
  }

  private static func isLine(_ cell: Cell) -> Bool { !["◂", "▸", "◇", "◆"].contains(cell.character) }
}
