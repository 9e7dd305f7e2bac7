import TLASyntax
import Testing

@testable import Workbench

/// Finding text in what is shown.
@Suite struct TextSearchTests {
  @Test("A text is found in the focused pane, from the selection on and around the end") func inPane() throws
  {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    stage.press("Ctrl-F")
    #expect(stage.bottom.contains("Find in this pane:"))
    stage.press("disc", "Enter")
    #expect(stage.shows("▸2  Disconnect(n1)"))
    stage.press("n")
    #expect(stage.shows("▸ · Discover(n1)"))
    stage.press("N")
    #expect(stage.shows("▸2  Disconnect(n1)"))
    stage.press("N")
    #expect(stage.shows("▸ · Discover(n2)"), "before the first comes the last")
    stage.press(":find-text nowhere", "Enter")
    #expect(stage.bottom.contains("Actions has no nowhere"))
  }

  @Test("It is underlined in the focused pane until Esc") func underlined() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    func isUnderlined() -> Bool {
      let grid = stage.session.view()
      return (0..<grid.size.height).contains { y in
        (0..<grid.size.width).contains { grid[$0, y].style.underlined && grid[$0, y].character == "U" }
      }
    }
    stage.press(":find-text UNREG", "Enter")
    #expect(isUnderlined())
    stage.press("Esc")
    #expect(!isUnderlined())
  }

  @Test("In Source and State it scrolls to the text, and in the help too") func elsewhere() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    stage.press("S", ":find-text AllRegistered ==", "Enter")
    #expect(stage.shows("AllRegistered =="))
    stage.press(":state", "Enter", ":find-text visible", "Enter")
    #expect(stage.shows("visible_nodes"))
    stage.press("?", "Ctrl-F", "inevitable", "Enter")
    #expect(stage.shows(":inevitable"))
    stage.press("Ctrl-F", "Up")
    #expect(stage.bottom.contains("Find in the help: inevitable"))
  }

  /// The rows that are reversed somewhere, without their blanks and frames.
  private func reversedRows(_ stage: Stage) -> [String] {
    let grid = stage.session.view()
    return (0..<grid.size.height).map { y in
      (0..<grid.size.width).filter { grid[$0, y].style.reversed }.map { grid[$0, y].character }.joined()
        .trimmingBlanks
    }.filter { !$0.isEmpty }
  }

  @Test(
    "In Nodes the line is marked, on the card that a text in brackets names",
    arguments: [
      ("inbox", ["inbox  empty"]), ("inbox[n2]", ["inbox  2  ◆ was 1"]),
      ("sync_register 1", ["sync_register 1 ◆"]),
      ("n2", ["sees  n2"]), ("next_val", ["registered {0, 1} ◆ was {0}  next_val 2 ◆ was 1"]),
    ])
  func inNodes(_ text: String, _ marked: [String]) throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    stage.press(":take Register(n1)", "Enter", ":take Register(n1)", "Enter", ":nodes", "Enter")
    stage.press(":find-text \(text)", "Enter")
    #expect(reversedRows(stage) == marked)
    stage.press("Esc")
    #expect(reversedRows(stage).isEmpty)
    stage.press(":find-text \(text)", "Enter", "Left")
    #expect(reversedRows(stage).isEmpty, "the mark belongs to one state")
  }

  @Test("In Nodes the next place is found, and cards that are too long scroll") func onInNodes() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    stage.press(":nodes", "Enter", ":find-text locally", "Enter", "n")
    #expect(stage.session.screen.foundInNodes?.card == 1)
    stage.press("N")
    #expect(stage.session.screen.foundInNodes?.card == 0)
    stage.press(":find-text nobody", "Enter")
    #expect(stage.bottom.contains("Nodes has no nobody"))
    var long = try Stage("syn/part15", width: 60, height: 16)
    long.press(":nodes", "Enter", ":find-text inbox[n2]", "Enter")
    #expect(reversedRows(long).first?.hasPrefix("inbox") == true)
  }

  @Test("A found line stands among its neighbours", arguments: [(80, 24), (120, 34), (200, 60)])
  func context(width: Int, height: Int) throws {
    for text in ["MODULE", "Unregister(n) ==", "Reconnect(n) ==", "AllRegistered ==", "===="] {
      var stage = try Stage("syn/part5", width: width, height: height)
      stage.press("S", ":find-text \(text)", "Enter")
      let position = stage.session.position(.source)
      let rows = stage.session.paneHeight(.source)
      let count = stage.session.list(for: .source)?.count ?? 0
      let above = position.selected - position.top
      #expect(above >= min(2, position.selected), "\(text)")
      #expect(rows - 1 - above >= min(2, count - 1 - position.selected), "\(text)")
    }
  }

  @Test("The editor opens at the row selected in Source, else at the action") func editing() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    func line() -> Int? {
      guard case .edit(let path, let line)? = stage.effects.last, path.hasSuffix("part5.tla") else {
        return nil
      }
      return line
    }
    stage.press("e")
    let action = try #require(line())
    stage.press("S", ":find-text AllRegistered ==", "Enter", "e")
    let file = try #require(stage.session.shownSource)
    #expect(file.line(try #require(line())).hasPrefix("AllRegistered =="))
    stage.press(":actions", "Enter", "e")
    #expect(line() == action)
  }

  @Test("A click on a hint of the bottom line runs its command") func hints() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    let text = stage.row(33)
    let column = try #require(text.firstRange(of: "? help")).lowerBound.utf16Offset(in: text)
    stage.send(.mouse(Mouse(kind: .click, point: Point(x: column + 2, y: 33))))
    #expect(stage.session.screen.dialog == .help(top: 0))
    stage.press("Esc")
    stage.send(.mouse(Mouse(kind: .click, point: Point(x: 2, y: 33))))
    #expect(stage.session.step == 1, "the first hint takes the marked action")
  }
}
