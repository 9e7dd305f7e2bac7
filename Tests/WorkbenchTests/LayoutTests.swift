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
    #expect(stage.session.screen.focus == .properties)
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

  @Test("A high and very wide screen shows Space–time between Nodes and Trace")
  func spaceTimeHasRoom() throws {
    var stage = try Stage("syn/part5", width: 200, height: 60)
    let layout = stage.session.layout
    let places = [Pane.nodes, .spaceTime, .trace].map { layout.place(of: $0)?.frame.y }
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    #expect(places.allSatisfy { $0 != nil })
    stage.press("t")
    #expect(stage.session.screen.focus == .spaceTime)
    stage.press("t")
    #expect(stage.session.screen.focus == .nodes)
    stage.resize(200, 40)
    #expect(stage.session.layout.place(of: .spaceTime) == nil)
    stage.press("t")
    #expect(stage.session.layout.place(of: .nodes) == nil)
    stage = try Stage(
      module: "---- MODULE Plain ----\nVARIABLE x\nInit == x = 0\nNext == x' = x\n====",
      configuration: "INIT Init NEXT Next", width: 200, height: 60)
    #expect(stage.session.layout.place(of: .spaceTime) == nil, "there are no lanes without nodes")
  }

  @Test("The link between nodes that are not neighbours is drawn below their cards")
  func distantLink() throws {
    var stage = try Stage("syn/part5", width: 160, height: 40, constants: ["Nodes={n1,n2,n3}"])
    let arc = try #require(
      stage.screen.split(separator: "\n").first {
        $0.contains("└──") && $0.contains("──┘") && !$0.contains("┘ ")
          || $0.contains("└────────────────────────────────────────")
      })
    #expect(!arc.prefix(90).contains("╳"))
    stage.press(":link n1 n3", "Enter")
    #expect(stage.shows("── ╳ split since 1 ──"))
    stage.press(":link n1 n3", "Enter")
    #expect(stage.shows("── healed ──"))
    stage.press(":link n1 n3", "Enter")
    stage.resize(80, 24)
    #expect(stage.shows("n1 ╳ n3 since 3"), "where there is no room it is said in words")
  }

  @Test("A message on a narrow screen leaves the keys where they are")
  func messageAboveKeys() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    stage.press("v")
    #expect(stage.row(22).contains("no violation is known: c starts the checker"))
    #expect(stage.bottom.contains("Enter take") && stage.bottom.contains("? help"))
    stage.press("Esc")
    #expect(!stage.shows("no violation is known"))
    stage.press(":goto 99", "Enter")
    #expect(
      stage.row(22).contains("this branch has the steps 0 to 0, not 99"), "above a line that is typed, too")
    #expect(stage.row(23).hasPrefix(":goto 99"))
    stage.press("Esc")
    #expect(!stage.shows("this branch has"))
  }

  @Test("A pane's name goes to the pane")
  func panesByName() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    for pane in [Pane.nodes, .trace, .state, .properties, .checker, .actions] {
      stage.press(":\(pane.title.lowercased())", "Enter")
      #expect(stage.session.screen.focus == pane)
    }
  }
}
