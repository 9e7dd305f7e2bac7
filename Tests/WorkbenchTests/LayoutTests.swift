import Testing

@testable import Workbench

@Suite struct LayoutTests {
  @Test func aWideScreenShowsAllPanes() throws {
    let stage = try Stage("syn/part5", width: 120, height: 34)
    for title in ["Nodes", "Actions", "Trace", "Properties", "Checker"] { #expect(stage.shows(title)) }
    #expect(!stage.shows("State"))
    #expect(stage.row(0).contains("It's a Syn, part 5: resynchronisation"))
  }

  @Test func aVeryWideScreenHasStateToo() throws {
    let stage = try Stage("syn/part5", width: 200, height: 60)
    #expect(stage.shows("State"))
    #expect(stage.shows("Trace"))
  }

  @Test func aSmallScreenShowsOnePaneAboveTheActions() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    #expect(stage.row(0).contains("[Nodes] Space–time  Trace  State  Properties  Checker"))
    #expect(stage.shows("┌─ n1 ─"))
    #expect(stage.shows("▸Actions"))
    stage.press("Tab")
    #expect(stage.row(0).contains(" Nodes  Space–time [Trace] State "))
    #expect(stage.shows("initial state"))
    #expect(!stage.shows("┌─ n1 ─"))
    #expect(stage.shows("Register(n1)"))
  }

  @Test func aClickOnATabShowsItsPane() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    let x = try #require(stage.row(0).firstRange(of: "Properties")).lowerBound.utf16Offset(in: stage.row(0))
    stage.send(.mouse(Mouse(kind: .click, point: Point(x: x, y: 0))))
    #expect(stage.session.focus == .properties)
    #expect(stage.shows("✓ AllRegistered"))
  }

  @Test func theFrameOfTheFocusedPaneIsAccentedAndAllTitlesAreSeen() throws {
    var stage = try Stage("syn/part5")
    for pane in [Pane.actions, .properties, .nodes, .trace, .checker] {
      stage.session.focus(on: pane)
      for title in ["Nodes", "Actions", "Trace", "Properties", "Checker"] { #expect(stage.shows(title)) }
      let accented = stage.session.view().cells.filter { $0.style.role == .accent && $0.character == "─" }
      #expect(accented.count > 40)
    }
  }

  @Test func belowTheSmallestItSaysSo() throws {
    var stage = try Stage("syn/part5", width: 40, height: 10)
    #expect(stage.screen.split(separator: "\n") == ["needs 60×16, has 40×10"])
    stage.resize(60, 16)
    #expect(stage.shows("Register(n1)"))
    stage.resize(59, 16)
    #expect(stage.shows("needs 60×16, has 59×16"))
  }

  @Test func resizingThereAndBackChangesNothing() throws {
    var stage = try Stage("syn/part5", width: 200, height: 60)
    stage.press("1", "x", "Down")
    let before = stage.screen
    for (width, height) in [(80, 24), (40, 10), (3, 1), (0, 0), (60, 16), (200, 60)] {
      stage.resize(width, height)
      #expect(stage.session.view().size == Size(width: width, height: height))
    }
    #expect(stage.screen == before)
  }

  @Test(arguments: ["part1", "part2", "part3a", "part3b", "part4", "part5"])
  func everyModelCanBeWalked(part: String) throws {
    var stage = try Stage("syn/\(part)", width: 80, height: 24)
    for round in 0..<30 {
      let enabled = stage.session.report.enabled.count
      guard enabled > 0 else { break }
      stage.session.take(number: String(round * 7 % enabled + 1))
      stage.session.focus(on: Pane.allCases[round % Pane.allCases.count])
      #expect(stage.shows("step \(stage.session.step)"))
    }
    #expect(stage.session.step > 10)
  }

  @Test func everySizeCanBeDrawn() throws {
    var stage = try Stage("syn/part5", constants: ["Nodes={n1,n2,n3,n4}"])
    stage.press("1", "x", "Enter", "Left")
    for pane in Pane.allCases {
      stage.session.focus(on: pane)
      for width in stride(from: 58, through: 210, by: 19) {
        for height in stride(from: 14, through: 70, by: 7) {
          stage.resize(width, height)
          #expect(!stage.screen.isEmpty)
        }
      }
    }
  }

  @Test func theBottomLineNamesFiveKeys() throws {
    var stage = try Stage("syn/part5")
    stage.press("Esc")
    for pane in Pane.allCases {
      stage.session.focus(on: pane)
      #expect(stage.session.hintedCommands.count == 5)
      #expect(stage.bottom.contains("? help"))
    }
    stage.session.focus(on: .actions)
    #expect(stage.bottom.hasPrefix(" Enter take   ←→ step   x link   c check   ? help"))
  }
}
