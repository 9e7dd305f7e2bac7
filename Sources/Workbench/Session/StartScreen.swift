/// The screen if no model was named. It offers the bundled models.
package struct StartScreen {
  /// A model that can be opened.
  package struct Choice: Sendable {
    package let name: String
    package let title: String
    /// The expected result of a check, and its time.
    package let expectation: String

    /// The part of the title that the name does not say: `netsplits` of `It's a Syn, part 4: netsplits`.
    fileprivate var shortTitle: String {
      let end =
        title.firstRange(of: ": ")?.upperBound ?? title.firstMatch(of: #/part \d+ /#)?.range.upperBound
      return end.map { String(title[$0...]) } ?? title
    }

    package init(name: String, title: String, expectation: String = "") {
      self.name = name
      self.title = title
      self.expectation = expectation
    }
  }

  /// Why a model could not be opened, for the user.
  package struct Problem: Error, Sendable {
    package let message: String
    package init(_ message: String) { self.message = message }
  }

  /// The user's choice.
  package enum Outcome: Sendable {
    case stay
    case open(String)
    case tour
    case restore(LeftSession)
    case delete(LeftSession)
    case effect(Effect)
  }

  package let choices: [Choice]
  /// The unfinished sessions, listed below the models.
  package private(set) var sessions: [LeftSession]
  package private(set) var selection = 0
  /// The window on the lines of the list.
  private var list = ListPosition()
  package var problem: String?
  private var showsHelp = false
  /// Whether the user is asked if the marked session is to be deleted.
  private var asksToDelete = false
  private let bindings: KeyBindings
  private var size = Size(width: 80, height: 24)
  /// The row of the first choice when the list is not scrolled.
  private let firstRow = 5

  package init(
    choices: [Choice], sessions: [LeftSession] = [], bindings: KeyBindings = KeyBindings()
  ) {
    self.bindings = bindings
    self.choices = choices
    self.sessions = sessions
  }

  private var count: Int { choices.count + sessions.count }

  private func outcome(of index: Int) -> Outcome {
    if choices.indices.contains(index) { return .open(choices[index].name) }
    let index = index - choices.count
    return sessions.indices.contains(index) ? .restore(sessions[index]) : .stay
  }

  /// The line of a choice or a session in the list. Sessions come after an empty line and a heading.
  private func line(of index: Int) -> Int { index + (index < choices.count ? 0 : 2) }

  private var lineCount: Int { count == 0 ? 0 : line(of: count - 1) + 1 }

  /// The number of visible lines of the list: all except the heading, the error message, and the keys at the bottom.
  private func listHeight(_ size: Size) -> Int {
    let problemLines =
      problem.map { 1 + $0.split(separator: "\n", omittingEmptySubsequences: false).count } ?? 0
    return max(1, size.height - firstRow - 2 - min(problemLines, size.height / 3))
  }

  /// The first visible line of the list.
  private func top(_ size: Size) -> Int { list.visibleTop(height: listHeight(size), count: lineCount) }

  private mutating func reveal() {
    list.selected = count == 0 ? 0 : line(of: selection)
    list.reveal(height: listHeight(size), count: lineCount)
  }

  /// The row of a choice or a session; nil if it is not visible.
  private func row(of index: Int, _ size: Size) -> Int? {
    let offset = line(of: index) - top(size)
    return offset >= 0 && offset < listHeight(size) ? firstRow + offset : nil
  }

  package mutating func update(_ event: Event) -> Outcome {
    switch event {
    case .resize(let size):
      self.size = size
      reveal()
    case .key(let key): return press(key)
    case .mouse(let mouse):
      switch mouse.kind {
      case .wheelUp: select(selection - 1)
      case .wheelDown: select(selection + 1)
      case .click, .doubleClick:
        if let index = (0..<count).first(where: { row(of: $0, size) == mouse.point.y }) {
          select(index)
          if mouse.kind == .doubleClick { return outcome(of: index) }
        }
      case .drag, .release: break
      }
    default: break
    }
    return .stay
  }

  private mutating func press(_ key: Key) -> Outcome {
    if asksToDelete { return answerDeletion(key) }
    if showsHelp, bindings.command(for: key, in: .start) != .quit {
      showsHelp = false
      return .stay
    }
    switch bindings.command(for: key, in: .start) {
    case .up: select(selection - 1)
    case .down: select(selection + 1)
    case .toStart: select(0)
    case .toEnd: select(count - 1)
    case .activate: return outcome(of: selection)
    case .takeNumbered:
      if let number = key.digit, number <= choices.count { return .open(choices[number - 1].name) }
    case .box(.delete):
      let index = selection - choices.count
      asksToDelete = sessions.indices.contains(index)
    case .box(.tour): return .tour
    case .help: showsHelp = true
    case .quit: return .effect(.quit)
    case .redraw: return .effect(.redraw)
    case .suspend: return .effect(.suspend)
    default: break
    }
    return .stay
  }

  /// Only the key for yes deletes the marked session, because nothing brings it back.
  private mutating func answerDeletion(_ key: Key) -> Outcome {
    asksToDelete = false
    switch bindings.command(for: key, in: .deletion) {
    case .box(.confirm):
      let deleted = sessions.remove(at: selection - choices.count)
      select(selection)
      return .delete(deleted)
    case .quit where key == .control("c"): return .effect(.quit)
    default: return .stay
    }
  }

  private mutating func select(_ index: Int) {
    asksToDelete = false
    selection = max(0, min(index, count - 1))
    problem = nil
    reveal()
  }

  package func view(_ size: Size) -> Grid {
    var grid = Grid(size: size)
    grid.write("synscope", at: Point(x: 2, y: 1), style: Style(.accent, bold: true))
    grid.write("a workbench for exploring the traces of models", at: Point(x: 12, y: 1), style: .plain)
    let tour = "\(bindings.key(.box(.tour), in: .start)): the guided tour"
    grid.write(
      tour, at: Point(x: max(58, size.width - Glyph.width(of: tour) - 2), y: 1),
      style: Style(.accent, bold: true))
    grid.write(
      choices.isEmpty
        ? "no bundled models were found: set SYNSCOPE_MODELS to their folder, or name a .tla file"
        : "models" + sessionsHint,
      at: Point(x: 2, y: 3), style: Style(.dim))
    let width = choices.map(\.name.count).max() ?? 0
    // The expected result has at least as much room as the title.
    let widest = choices.map { Glyph.width(of: $0.shortTitle) }.max() ?? 0
    let titleWidth = min(widest, max(16, (size.width - width - 14) / 2))
    for (index, choice) in choices.enumerated() {
      guard let row = row(of: index, size) else { continue }
      let isSelected = index == selection
      let number = index < 9 ? "\(index + 1)" : " "
      let name = choice.name + String(repeating: " ", count: width - choice.name.count)
      var line = StyledLine("\(isSelected ? "▸" : " ") \(number)  \(name)  ")
      line += StyledLine(choice.shortTitle).truncated(to: titleWidth).padded(to: titleWidth + 2)
      line.append(choice.expectation + " ", Style(.dim))
      let shown = isSelected ? line.reversed : line
      grid.write(shown, at: Point(x: 2, y: row), maxWidth: size.width - 3)
    }
    grid.drawScrollMark(
      x: size.width - 1, from: firstRow, height: listHeight(size), first: top(size), count: lineCount)
    drawSessions(on: &grid)
    if let problem {
      for (offset, line) in problem.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let y = firstRow + min(lineCount, listHeight(size)) + 1 + offset
        if y < size.height - 1 { grid.write(String(line), at: Point(x: 2, y: y), style: Style(.wrong)) }
      }
    }
    let isSession = selection >= choices.count && !sessions.isEmpty
    if showsHelp { drawHelp(on: &grid) }
    let keys = [
      "\(bindings.key(.activate, in: .start)) \(isSession ? "restore" : "open")",
      isSession ? "\(bindings.key(.box(.delete), in: .start)) delete" : nil,
      "\(bindings.keys(.up, .down, in: .start)) choose", "\(bindings.key(.help, in: .start)) help",
      "\(bindings.key(.quit, in: .start)) quit",
    ]
    let ownModel = "     your own: synscope new NAME"
    if asksToDelete {
      let (yes, no) = (
        bindings.key(.box(.confirm), in: .deletion), bindings.key(.box(.refuse), in: .deletion)
      )
      let left = sessions[selection - choices.count]
      grid.write(
        "delete the session of \(left.when) for good?   \(yes) delete it   \(no) keep it",
        at: Point(x: 2, y: max(0, size.height - 1)), style: Style(.wrong, bold: true))
      return grid
    }
    let shown = keys.compactMap { $0 }.joined(separator: "   ")
    grid.write(
      Glyph.width(of: shown + ownModel) + 2 <= size.width ? shown + ownModel : shown,
      at: Point(x: 2, y: max(0, size.height - 1)), style: Style(.dim))
    return grid
  }

  /// What can be done here and on the command line, in a box.
  private func drawHelp(on grid: inout Grid) {
    let keys = [
      (bindings.key(.activate, in: .start), "opens the marked model, or restores the marked session"),
      (bindings.keys(.up, .down, in: .start), "choose; a click and a double click do it, too"),
      (bindings.key(.box(.tour), in: .start), "the guided tour: from the first step to your own spec"),
      (bindings.key(.help, in: .start), "in the workbench lists every key and command"),
      (bindings.key(.quit, in: .start), "quits"),
    ]
    let commands = [
      ("synscope Model.tla", "opens a spec of your own"),
      ("synscope new NAME", "writes a commented spec to start from"),
      ("synscope check MODEL", "checks a model without a screen"),
      ("synscope validate LOG MODEL", "judges a system's log by a model"),
      ("synscope help", "lists all of them"),
    ]
    let width = commands.map { Glyph.width(of: $0.0) }.max() ?? 0
    let lines =
      keys.map { StyledLine($0.0, Style(.accent, bold: true)).fitted(to: 6) + StyledLine($0.1) } + [""]
      + commands.map { StyledLine($0.0, Style(bold: true)).fitted(to: width + 2) + StyledLine($0.1) }
    let size = Size(width: (lines.map(\.width).max() ?? 0) + 4, height: lines.count + 2)
    let box = Rectangle(x: 1, y: 1, width: grid.size.width - 2, height: grid.size.height - 2).centered(size)
    grid.fill(box)
    grid.drawFrame(
      box, title: StyledLine("Help ─ any key closes", Style(.accent, bold: true)), style: Style(.accent))
    let inside = Rectangle(x: box.x + 2, y: box.y + 1, width: box.width - 4, height: box.height - 2)
    for (row, line) in lines.prefix(inside.height).enumerated() { grid.write(line, row: row, of: inside) }
  }

  /// The list of models is longer than most screens, so the heading mentions the sessions below it.
  private var sessionsHint: String {
    sessions.isEmpty
      ? ""
      : ", and below them \(Wording.count(sessions.count, "left session")): \(bindings.key(.toEnd, in: .start)) goes there"
  }

  private func drawSessions(on grid: inout Grid) {
    guard !sessions.isEmpty else { return }
    let heading = line(of: choices.count) - 1 - top(grid.size)
    if heading >= 0, heading < listHeight(grid.size) {
      grid.write("sessions that were left", at: Point(x: 2, y: firstRow + heading), style: Style(.dim))
    }
    let width = sessions.map(\.when.count).max() ?? 0
    for (offset, left) in sessions.enumerated() {
      let index = choices.count + offset
      guard let row = row(of: index, grid.size) else { continue }
      let isSelected = index == selection
      let when = left.when + String(repeating: " ", count: width - left.when.count)
      let constants = left.constants.isEmpty ? "" : "  \(left.constants.joined(separator: ", "))"
      let steps = Wording.count(left.steps, "step")
      grid.write(
        "\(isSelected ? "▸" : " ")    \(when)  \(left.model), \(steps)\(constants) ",
        at: Point(x: 2, y: row), style: Style(.plain, reversed: isSelected))
    }
  }
}
