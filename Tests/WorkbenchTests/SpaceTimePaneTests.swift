import StateSpace
import Testing
import Traces

@testable import Workbench

@Suite struct SpaceTimePaneTests {
  /// The steps to the phantom of part 5.
  static let phantom = [
    "Register(n1)", "Disconnect(n1)", "Unregister(n1)", "Reconnect(n1)", "Discover(n1)", "SyncRegister(n2)",
    "Discover(n2)", "AckSync(n1)", "AckSync(n2)",
  ]

  static func take(_ labels: [String], _ stage: inout Stage) throws {
    for label in labels {
      let report = stage.session.report
      let item = try #require(
        report.items.firstIndex { $0.label.description == label && $0.isEnabled }, "\(label)")
      stage.session.take(item: item)
    }
  }

  func phantomStage(width: Int = 120, height: Int = 34) throws -> Stage {
    var stage = try Stage("syn/part5", width: width, height: height)
    try Self.take(Self.phantom, &stage)
    stage.press("t")
    return stage
  }

  /// The rows of the pane, without its frame and the panes beside it.
  func rows(_ stage: Stage) throws -> [String] {
    let area = try #require(stage.session.place(of: .spaceTime)).area
    let grid = stage.session.view()
    return (area.y..<area.endY).map { y in
      var row = (area.x..<area.endX).map { grid[$0, y].character }.joined()
      while row.last == " " { row.removeLast() }
      return row
    }
  }

  @Test func thePhantomAsSpaceTime() throws {
    let stage = try phantomStage(width: 170, height: 40)
    let rows = try rows(stage)
    let expected = [
      (["   0  initial", "│"], "│"), (["1  Register", "● +0 ─", " sync_register 0 ╳ ─"], "─╮ │"),
      (["2  Disconnect", " ╳┄┄┄"], "│┄╳ split"), (["3  Unregister", "● −0 "], "│ ┊"),
      (["4  Reconnect", " ○┄┄┄"], "│┄○ healed"), (["│ ╭─", "─ discover ─"], "─│─●"),
      (["●─│─", "─ discover ─"], "╮ │ │"), (["5  Discover", "●◂╯ "], "│ │ │"),
      (["●──", " ack_sync {} ─"], "╮ │ │ │"),
      (["6  SyncRegister"], "│ │ ╰▸● +0 late: sent before the split"), (["7  Discover"], "│ ╰──▸●"),
      (["│ ╭─", " ack_sync {0} ─"], "│─────●"), (["8  AckSync", "●◂╯"], "│     │"),
      (["▸  9  AckSync ✗"], "╰────▸● changes nothing"),
    ]
    for (row, (parts, end)) in zip(rows, expected) {
      for part in parts { #expect(row.contains(part)) }
      #expect(row.hasSuffix(end))
    }
    #expect(stage.shows("n1 ─"))
    #expect(!stage.shows("sees  n2"))
  }

  @Test func theKeyShowsAndHidesIt() throws {
    var stage = try phantomStage()
    #expect(stage.session.screen.focus == .spaceTime)
    stage.press("t")
    #expect(stage.session.screen.focus == .nodes)
    #expect(stage.shows("sees  n2"))
    stage.resize(80, 24)
    stage.press("t")
    #expect(stage.row(0).contains("[Space–time]"))
    #expect(stage.shows("▸  9  AckSync"))
    #expect(stage.shows("1  Register(n1)"))
    stage.press("t")
    #expect(stage.row(0).contains("[Nodes]"))
  }

  @Test func theSelectionMovesTheCursor() throws {
    var stage = try phantomStage(width: 80, height: 24)
    stage.press("Up", "Up")
    #expect(stage.session.step == 7)
    stage.press("k", "Home")
    #expect(stage.session.step == 0)
    #expect(stage.shows("▸  0  initial"))
    stage.press("PgDn")
    #expect(stage.session.step == 9)
    let row = try #require(stage.screen.split(separator: "\n").firstIndex { $0.contains("  6  Sync") })
    stage.send(.mouse(Mouse(kind: .click, point: Point(x: 5, y: row))))
    #expect(stage.session.step == 6)
  }

  @Test func whatComesBehindTheCurrentStepIsDim() throws {
    var stage = try phantomStage()
    stage.press("Home")
    let area = try #require(stage.session.place(of: .spaceTime)).area
    let grid = stage.session.view()
    func text(_ y: Int) -> String { (area.x..<area.endX).map { "\(grid[$0, y].character)" }.joined() }
    let y = try #require((area.y..<area.endY).first { text($0).contains("1  Register") })
    let letter = try #require((area.x..<area.endX).first { grid[$0, y].character == "R" })
    #expect(grid[letter, y].style.role == .dim)
  }

  @Test func messagesInFlightEndOpen() throws {
    var stage = try Stage("syn/part5")
    try Self.take(["Register(n1)", "Disconnect(n1)"], &stage)
    stage.press("t")
    let shown = try rows(stage)
    #expect(shown[3].contains("in flight: 1"))
    #expect(shown[3].hasSuffix("┊"))
    #expect(shown[2].contains("╳ split"))
  }

  @Test func moreLanesThanFitAreScrolled() throws {
    var stage = try Stage("syn/part4", width: 80, height: 24, constants: ["Nodes={n1,n2,n3,n4,n5,n6,n7}"])
    try Self.take(["Register(n1)", "SyncRegister(n7)"], &stage)
    stage.press("t")
    #expect(stage.row(1).contains(" n1 ─"))
    #expect(stage.row(1).contains("3> "))
    #expect(!stage.row(1).contains(" n7 "))
    stage.press(">", ">", ">", ">")
    #expect(stage.row(1).contains(" n7 "))
    #expect(stage.row(1).contains(" <3 "))
    #expect(!stage.row(1).contains(" n1 "))
    stage.press("<")
    #expect(stage.row(1).contains(" <2 "))
  }

  @Test func inASCIIItIsStillReadable() throws {
    let ascii = try phantomStage(width: 150, height: 40).session.view().transliteratedToASCII()
    let text = ascii.text
    #expect(!text.contains { !$0.isASCII })
    #expect(text.contains("+ +0 -- sync_register"))
    #expect(text.contains(">+ +0"))
  }

  @Test func anotherBranchIsAnotherDiagram() throws {
    var stage = try phantomStage()
    stage.press("Home", "t")
    try Self.take(["Register(n2)"], &stage)
    stage.press("t")
    #expect(stage.shows("1  Register"))
    #expect(!stage.shows("SyncRegister  "))
    #expect(try rows(stage)[1].contains("● +0"))
    #expect(try rows(stage).filter { $0.contains("●") }.count == 1)
    stage.press("u")
    #expect(stage.session.step == 0)
    #expect(stage.shows("9  AckSync"))
    stage.press("Ctrl-R")
    #expect(stage.session.step == 1)
    #expect(try rows(stage).filter { $0.contains("●") }.count == 1)
  }

  @Test func aModelWithoutNodesSaysSo() throws {
    var stage = try Stage("syn/part1")
    stage.press("t")
    #expect(stage.bottom.contains("no nodes"))
    stage.session.focus(on: .spaceTime)
    #expect(stage.shows("this model has no nodes"))
  }

  @Test func aLongTraceIsDrawnAsAShortOne() throws {
    let scale = ScaleTests()
    var stage = try Stage(module: ScaleTests.counter, configuration: ScaleTests.configuration)
    try scale.walk(2_000, taking: "Tick", &stage)
    stage.press("t")
    #expect(stage.shows("▸ 2000  Tick"))
    stage.press("Up")
    #expect(stage.session.step == 1_999)
    stage.press("Home")
    #expect(stage.shows("▸    0  initial"))
  }

  @Test("A what-if change is named so, and the messages that it removes are not read by anyone")
  func whatIf() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", ":whatif inbox[n2] = <<>>", "Enter", "t")
    #expect(stage.shows(" 2  ≈ what-if"))
    #expect(!stage.shows(" 2  initial"))
    let diagram = stage.session.model.spaceTime(stage.session.tree, through: stage.session.cursor)
    #expect(diagram.arrows.map(\.isLost) == [true])
  }
}
