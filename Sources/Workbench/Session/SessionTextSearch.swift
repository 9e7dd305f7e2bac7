// Finding text in the pane or the help that is shown.
extension Session {
  /// Asks for the text.
  mutating func askForText() {
    let isInHelp = if case .help = screen.dialog { true } else { false }
    screen.dialog = .prompt(.text(inHelp: isInHelp), TextField())
  }

  /// Remembers a text and goes to where it is found next.
  mutating func find(text: String, inHelp: Bool) {
    screen.soughtText = text
    if inHelp {
      findInHelp(from: 0)
    } else {
      findText(by: 1, startsHere: true)
    }
  }

  /// Goes to the next row with the text that was sought, or to the one before.
  mutating func findText(by direction: Int, startsHere: Bool = false) {
    let pane = screen.focus
    guard !screen.soughtText.isEmpty else { return askForText() }
    if pane == .nodes { return findInNodes(by: direction, startsHere: startsHere) }
    guard let list = list(for: pane), list.count > 0 else {
      screen.message = Message("\(pane.title) has no lines to search", .wrong)
      return
    }
    let height = paneHeight(pane)
    let position = position(pane)
    let isOnSelection = list.isSelectable(max(0, min(position.selected, list.count - 1)))
    let start = isOnSelection ? position.selected : position.visibleTop(height: height, count: list.count)
    let order = (startsHere ? 0 : 1)..<(list.count + 1)
    let found = order.lazy.map { offset in
      let row = (start + direction * offset) % list.count
      return row < 0 ? row + list.count : row
    }.first { list.line($0).contains(screen.soughtText) }
    guard let row = found else {
      screen.message = Message("\(pane.title) has no \(screen.soughtText)", .wrong)
      return
    }
    let former = position.visibleTop(height: height, count: list.count)
    if list.isSelectable(row) {
      select(row, in: pane)
      rememberSelectedAction()
    }
    screen.positions[pane, default: ListPosition()].selected = row
    screen.positions[pane]?.top = ListPosition.top(
      showing: row, from: former, height: height, count: list.count)
    tellHowToFindOn()
  }

  mutating func tellHowToFindOn() {
    let keys = "\(bindings.key(.nextText)) finds the next, \(bindings.key(.previousText)) the one before"
    screen.message = Message("\(screen.soughtText): \(keys)")
  }

  private mutating func findInHelp(from row: Int) {
    let lines = helpLines
    let found = lines.indices.first { $0 >= row && lines[$0].contains(screen.soughtText) }
    screen.dialog = .help(top: max(0, min(found ?? 0, lines.count - helpHeight)))
    if found == nil { screen.message = Message("the help has no \(screen.soughtText)", .wrong) }
  }
}

extension StyledLine {
  /// Whether the line has a text, in upper or lower case.
  func contains(_ sought: String) -> Bool {
    !sought.isEmpty && text.lowercased().contains(sought.lowercased())
  }

  /// The line with each place of a text underlined.
  func underlining(_ sought: String) -> StyledLine {
    guard contains(sought) else { return self }
    let lowered = Array(text.lowercased())
    let wanted = Array(sought.lowercased())
    guard lowered.count == text.count else { return self }
    var isHit = Array(repeating: false, count: lowered.count)
    for start in lowered.indices where lowered[start...].starts(with: wanted) {
      for index in start..<(start + wanted.count) { isHit[index] = true }
    }
    var result = StyledLine()
    var index = 0
    for run in runs {
      for character in run.text {
        var style = run.style
        if index < isHit.count, isHit[index] { (style.underlined, style.bold) = (true, true) }
        result.append(String(character), style)
        index += 1
      }
    }
    return result
  }
}
