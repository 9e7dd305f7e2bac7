/// What is shown when no model was named: the bundled ones, to choose from.
package struct StartScreen {
  /// A model that can be opened.
  package struct Choice: Sendable {
    package let name: String
    package let title: String

    package init(name: String, title: String) {
      self.name = name
      self.title = title
    }
  }

  /// Why a model could not be opened, for the user.
  package struct Problem: Error, Sendable {
    package let message: String
    package init(_ message: String) { self.message = message }
  }

  /// What the user asked for.
  package enum Outcome: Sendable {
    case stay
    case open(String)
    case restore(LeftSession)
    case effect(Effect)
  }

  package let choices: [Choice]
  /// Sessions that were left behind, listed below the models.
  package let sessions: [LeftSession]
  package private(set) var selection = 0
  package var problem: String?
  private var size = Size(width: 80, height: 24)
  /// The row of the first choice.
  private let firstRow = 5

  package init(choices: [Choice], sessions: [LeftSession] = []) {
    self.choices = choices
    self.sessions = sessions
  }

  private var count: Int { choices.count + sessions.count }

  private func outcome(of index: Int) -> Outcome {
    if choices.indices.contains(index) { return .open(choices[index].name) }
    let index = index - choices.count
    return sessions.indices.contains(index) ? .restore(sessions[index]) : .stay
  }

  /// The row of a choice or of a session, which stand behind an empty line and a heading.
  private func row(of index: Int) -> Int { firstRow + index + (index < choices.count ? 0 : 2) }

  package mutating func update(_ event: Event) -> Outcome {
    switch event {
    case .resize(let size): self.size = size
    case .key(.up), .key(.character("k")): select(selection - 1)
    case .key(.down), .key(.character("j")): select(selection + 1)
    case .key(.home): select(0)
    case .key(.end): select(count - 1)
    case .key(.enter): return outcome(of: selection)
    case .key(.character(let digit)) where digit.isNumber:
      if let number = digit.wholeNumberValue, choices.indices.contains(number - 1) {
        return .open(choices[number - 1].name)
      }
    case .key(.character("q")), .key(.escape), .key(.control("c")): return .effect(.quit)
    case .key(.control("l")): return .effect(.redraw)
    case .key(.control("z")): return .effect(.suspend)
    case .mouse(let mouse):
      switch mouse.kind {
      case .wheelUp: select(selection - 1)
      case .wheelDown: select(selection + 1)
      case .click, .doubleClick:
        if let index = (0..<count).first(where: { row(of: $0) == mouse.point.y }) {
          select(index)
          if mouse.kind == .doubleClick { return outcome(of: index) }
        }
      }
    default: break
    }
    return .stay
  }

  private mutating func select(_ index: Int) {
    selection = max(0, min(index, count - 1))
    problem = nil
  }

  package func view(_ size: Size) -> Grid {
    var grid = Grid(size: size)
    grid.write("synscope", at: Point(x: 2, y: 1), style: Style(.accent, bold: true))
    grid.write("a workbench for exploring the traces of models", at: Point(x: 12, y: 1), style: .plain)
    grid.write(
      choices.isEmpty
        ? "no bundled models were found: set SYNSCOPE_MODELS to their folder, or name a .tla file" : "models",
      at: Point(x: 2, y: 3), style: Style(.dim))
    let width = choices.map(\.name.count).max() ?? 0
    for (index, choice) in choices.enumerated() where firstRow + index < size.height - 2 {
      let isSelected = index == selection
      let number = index < 9 ? "\(index + 1)" : " "
      let name = choice.name + String(repeating: " ", count: width - choice.name.count)
      let line = "\(isSelected ? "▸" : " ") \(number)  \(name)  \(choice.title) "
      grid.write(line, at: Point(x: 2, y: firstRow + index), style: Style(.plain, reversed: isSelected))
    }
    drawSessions(on: &grid)
    if let problem {
      for (offset, line) in problem.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        let y = row(of: count - 1) + 2 + offset
        if y < size.height - 1 { grid.write(String(line), at: Point(x: 2, y: y), style: Style(.wrong)) }
      }
    }
    grid.write(
      "Enter open   ↑↓ choose   q quit      or start with one: synscope path/to/Model.tla",
      at: Point(x: 2, y: max(0, size.height - 1)), style: Style(.dim))
    return grid
  }

  private func drawSessions(on grid: inout Grid) {
    guard !sessions.isEmpty else { return }
    let heading = row(of: choices.count) - 1
    if heading < grid.size.height - 2 {
      grid.write("sessions that were left", at: Point(x: 2, y: heading), style: Style(.dim))
    }
    let width = sessions.map(\.when.count).max() ?? 0
    for (offset, left) in sessions.enumerated() {
      let index = choices.count + offset
      guard row(of: index) < grid.size.height - 2 else { return }
      let isSelected = index == selection
      let when = left.when + String(repeating: " ", count: width - left.when.count)
      let constants = left.constants.isEmpty ? "" : "  \(left.constants.joined(separator: ", "))"
      let steps = Wording.count(left.steps, "step")
      grid.write(
        "\(isSelected ? "▸" : " ")    \(when)  \(left.model), \(steps)\(constants) ",
        at: Point(x: 2, y: row(of: index)), style: Style(.plain, reversed: isSelected))
    }
  }
}
