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
