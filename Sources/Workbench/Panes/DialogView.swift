import Traces

// Everything that is drawn over the panes.
extension Session {
  func drawDialog(_ grid: inout Grid) {
    switch screen.dialog {
    case nil: break
    case .help(let top): drawHelp(top, on: &grid)
    case .prompt(let prompt, let field): drawPrompt(prompt.question, field, on: &grid)
    case .commandLine(let field, let selected): drawCommandLine(field, selected: selected, on: &grid)
    case .linkChooser(let selected):
      drawBox("Which link?", linkChoices, selected: selected, on: &grid)
    case .leftSessions(let selected):
      drawBox(
        "Left sessions ─ \(boxKeys(.leftSessions, [(.activate, "restores"), (.box(.delete), "deletes")]))",
        leftSessionLines, selected: selected,
        on: &grid)
    case .leftDeletion(let selected): drawLeftDeletion(selected, on: &grid)
    case .quitConfirmation:
      drawBox(
        "Quit?",
        [
          StyledLine("The trace is not saved: \(unsavedNames)."), "",
          key(bindings.key(.quit, in: .quit))
            + (keepsSession ? "  quit; it is offered at the next start" : "  quit without saving"),
          key(bindings.key(.saveTrace, in: .quit)) + "  save it first",
          key(bindings.key(.escape, in: .quit)) + "  stay",
        ], on: &grid)
    case .evaluation(let field, _):
      drawEvaluation(field, on: &grid)
      drawField(StyledLine(" = ", Style(.accent, bold: true)), field, on: &grid)
    case .listing(let listing): drawListing(listing, on: &grid)
    case .opening(let opening): drawBox(opening.title, opening.lines, selected: opening.selected, on: &grid)
    case .branches(let list): drawBranches(list, on: &grid)
    case .comparison(let pair): drawComparison(pair, on: &grid)
    case .whatIfLink(let pair, let cutting): drawWhatIfLink(pair, cutting: cutting, on: &grid)
    case .note(let title, let text):
      let width = min(screen.size.width - 6, 100)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      drawBox(
        "\(title) ─ \(boxKeys(.note, []))", lines.flatMap { StyledLine(String($0)).wrapped(to: width) },
        on: &grid)
    }
  }

  /// Whether a later start can restore the session.
  var keepsSession: Bool { disk.journal.hasBegun && !disk.journal.isBehind }

  private var unsavedNames: String {
    let names = unsavedBranches
    return names.prefix(3).joined(separator: ", ") + (names.count > 3 ? ", …" : "")
  }

  /// `Enter restores, d deletes, Esc closes`: the keys of a box in its title.
  func boxKeys(_ box: BoxKind, _ commands: [(id: Command.ID, words: String)]) -> String {
    (commands + [(.escape, "closes")]).map { "\(bindings.key($0.id, in: box)) \($0.words)" }
      .joined(separator: ", ")
  }

  func key(_ name: String) -> StyledLine {
    StyledLine(name, Style(.accent, bold: true)).fitted(to: 4)
  }

  // MARK: Boxes

  /// Draws a box with lines in the middle of the screen.
  func drawBox(_ title: String, _ lines: [StyledLine], selected: Int? = nil, on grid: inout Grid) {
    let width = (lines.map(\.width).max() ?? 0) + 4
    let box = boxArea(Size(width: max(width, Glyph.width(of: title) + 8), height: lines.count + 2))
    grid.fill(box)
    grid.drawFrame(box, title: StyledLine(title, Style(.accent, bold: true)), style: Style(.accent))
    let inside = Rectangle(x: box.x + 2, y: box.y + 1, width: box.width - 4, height: box.height - 2)
    let top = max(0, (selected ?? 0) - inside.height + 1)
    for (row, line) in lines.dropFirst(top).prefix(inside.height).enumerated() {
      grid.write(line, row: row, of: inside, selected: selected == top + row)
    }
  }

  func boxArea(_ wanted: Size) -> Rectangle {
    Rectangle(x: 1, y: 1, width: screen.size.width - 2, height: screen.size.height - 2).centered(wanted)
  }

  /// The links and their states, as the chooser lists them.
  var linkChoices: [StyledLine] {
    let values = values
    return linkPairs.enumerated().map { index, pair in
      let state = link(pair.first, pair.second, in: values) ?? .cut
      let mark =
        switch state {
        case .linked: "──"
        case .cut: "╳ "
        case .oneWay(let from): from == pair.first ? "─▶" : "◀─"
        }
      let number = index < 9 ? "\(index + 1)" : " "
      var line = StyledLine("\(number)  ", Style(.accent, bold: true))
      line.append("\(model.nodes[pair.first]) \(mark) \(model.nodes[pair.second])   ")
      line.append(state == .cut ? "heal" : "cut", Style(.dim))
      return line
    }
  }

  // MARK: Help

  /// The commands with their keys, by group, from the table.
  var helpLines: [StyledLine] {
    let summaryWidth = helpArea.width - 4 - 34
    var lines: [StyledLine] = []
    for group in Command.Group.allCases {
      if !lines.isEmpty { lines.append("") }
      lines.append(StyledLine(group.rawValue, Style(bold: true)))
      for command in bindings.commands + bindings.boxes where command.group == group {
        var line = StyledLine("  ") + StyledLine(command.keyText, Style(.accent, bold: true)).fitted(to: 10)
        var name = command.boxes == nil ? ":\(command.name)" : command.name
        switch command.argument {
        case .none: break
        case .optional(let what): name += " [\(what)]"
        case .required(let what): name += " \(what)"
        }
        line += StyledLine(name, Style(.dim)).fitted(to: 22)
        let places =
          command.panes.map { panes in Pane.allCases.filter(panes.contains).map(\.title) }
          ?? command.boxes.map { boxes in BoxKind.allCases.filter(boxes.contains).map(\.rawValue) }
        let panes = places.map { "In \($0.joined(separator: ", ")): " }
        let summary = StyledLine((panes ?? "") + command.summary).wrapped(to: max(16, summaryWidth))
        lines.append(line + summary[0])
        lines += summary.dropFirst().map { StyledLine(String(repeating: " ", count: 34)) + $0 }
      }
    }
    lines += [
      "", StyledLine("With the mouse", Style(bold: true)),
      "  A click selects, a double click acts, the wheel scrolls the pane under it, a border can be dragged.",
      "", StyledLine("Marks", Style(bold: true)),
      "  ◆ changed by the last step      ✗ violated      ≈ a what-if change, no step of the specification",
      "  ✗2 a violation is at least 2 steps after this action      ∞ none can be reached",
      "  ▶ the message to be taken next",
      "  ╳ a cut link, or a message from before a cut",
    ]
    return lines
  }

  private var helpArea: Rectangle { boxArea(Size(width: 112, height: screen.size.height - 2)) }

  var helpHeight: Int { helpArea.inner.height }

  private func drawHelp(_ top: Int, on grid: inout Grid) {
    let lines = helpLines
    let box = boxArea(Size(width: helpArea.width, height: lines.count + 2))
    grid.fill(box)
    grid.drawFrame(
      box, title: StyledLine("Help ─ \(bindings.keys(.up, .down, in: .help)) scrolls, \(boxKeys(.help, []))"),
      style: Style(.accent))
    let inside = box.inner
    let top = max(0, min(top, lines.count - inside.height))
    for (row, line) in lines.dropFirst(top).prefix(inside.height).enumerated() {
      let line = line.underlining(screen.soughtText)
      grid.write(line, at: Point(x: inside.x + 1, y: inside.y + row), in: inside, maxWidth: inside.width - 2)
    }
    grid.drawScrollMark(
      x: box.endX - 1, from: inside.y, height: inside.height, first: top, count: lines.count)
  }

  // MARK: Lines that are edited

  private func drawPrompt(_ question: String, _ field: TextField, on grid: inout Grid) {
    drawField(StyledLine(" \(question): ", Style(.accent, bold: true)), field, on: &grid)
    drawNames(screen.fileNames, on: &grid)
    if case .prompt(.find, let field) = screen.dialog { drawNames(completion(of: field), on: &grid) }
  }

  private func drawField(_ label: StyledLine, _ field: TextField, on grid: inout Grid) {
    let row = Rectangle(x: 0, y: screen.size.height - 1, width: screen.size.width, height: 1)
    grid.fill(row)
    let start = grid.write(label, at: row.origin, maxWidth: screen.size.width / 2)
    let room = max(1, screen.size.width - start - 1)
    let before = Glyph.width(of: field.textBeforeCursor)
    let hidden = max(0, before - room + 1)
    let area = Rectangle(x: start, y: row.y, width: room + 1, height: 1)
    grid.write(field.text, at: Point(x: start - hidden, y: row.y), in: area)
    grid.cursor = Point(x: start + before - hidden, y: row.y)
    if let message = screen.message {
      drawAboveKeys(StyledLine(message.text, Style(.wrong, bold: true)), on: &grid)
    }
  }

  private func drawCommandLine(_ field: TextField, selected: Int, on grid: inout Grid) {
    drawField(StyledLine(":", Style(.accent, bold: true)), field, on: &grid)
    let entries = completions(of: field)
    guard !entries.isEmpty else {
      drawNames(argumentCompletion(of: field), on: &grid)
      drawNames(screen.fileNames, on: &grid)
      return
    }
    let height = min(entries.count, max(3, screen.size.height / 3))
    let box = Rectangle(
      x: 0, y: screen.size.height - 3 - height, width: min(screen.size.width, 92), height: height + 2)
    grid.fill(box)
    grid.drawFrame(
      box, title: StyledLine("\(Key.tab.text) completes, \(Key.enter.text) runs"), style: Style(.accent))
    let top = max(0, min(selected - height / 2, entries.count - height))
    for (row, entry) in entries.dropFirst(top).prefix(height).enumerated() {
      var line = StyledLine(" ") + StyledLine(entry.name, Style(bold: true)).fitted(to: 20)
      line += StyledLine(entry.keys, Style(.accent)).fitted(to: 11)
      line.append(entry.summary)
      grid.write(line, row: row, of: box.inner, selected: top + row == selected)
    }
  }
}
