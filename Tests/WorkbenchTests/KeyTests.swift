import StateSpace
import Testing

@testable import Workbench

/// The fixed keys, each on a model of the repository.
@Suite struct KeyTests {
  @Test func enterTakesTheSelectedAction() throws {
    var stage = try Stage("syn/part5")
    #expect(stage.session.screen.focus == .actions)
    #expect(stage.shows("▸1  Register(n1)"))
    stage.press("Enter")
    #expect(stage.session.step == 1)
    #expect(stage.shows("1  Register(n1)           name 0 → n2 sync_register 0"))
    #expect(stage.shows("▶ sync_register 0"))
  }

  @Test(arguments: [("Down", "Up"), ("j", "k")])
  func upAndDownMoveInTheList(down: String, up: String) throws {
    var stage = try Stage("syn/part5")
    stage.press(down)
    #expect(stage.shows("▸2  Disconnect(n1)"))
    stage.press("Enter")
    #expect(stage.shows("split"))
    stage.press("Left", up, up, up, up)
    #expect(stage.shows("▸1  Register(n1)"))
  }

  @Test func digitsTakeTheNthAction() throws {
    var stage = try Stage("syn/part5")
    stage.press("3")
    #expect(stage.session.step == 1)
    #expect(stage.shows("1  Register(n2)           name 0 → n1 sync_register 0"))
    stage.press("9")
    #expect(stage.session.step == 1)
    #expect(stage.bottom.contains("there are 6 actions to take here"))
  }

  @Test func tabGoesRoundThePanes() throws {
    var stage = try Stage("syn/part5")
    var seen: [Pane] = []
    for _ in stage.session.panes {
      stage.press("Tab")
      seen.append(stage.session.screen.focus)
      #expect(stage.shows("▸\(stage.session.screen.focus.title)"))
    }
    #expect(seen == [.trace, .state, .properties, .checker, .source, .nodes, .spaceTime, .actions])
    stage.press("Shift-Tab")
    #expect(stage.session.screen.focus == .spaceTime)
  }

  @Test(arguments: [("Left", "Right"), ("h", "l"), ("b", "f")])
  func backAndForwardStayOnTheBranch(back: String, forward: String) throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "1", "1")
    stage.press(back, back)
    #expect(stage.session.step == 1)
    stage.press(forward)
    #expect(stage.session.step == 2)
    stage.press(forward, forward)
    #expect(stage.session.step == 3)
    #expect(stage.bottom.contains("this is the end of the branch"))
  }

  @Test func homeAndEndGoToTheEnds() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "1", "Home")
    #expect(stage.session.step == 0)
    stage.press("Left")
    #expect(stage.bottom.contains("this is the initial state"))
    stage.press("End")
    #expect(stage.session.step == 2)
  }

  @Test func gAsksForAStep() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "1", "1", "g")
    #expect(stage.bottom.contains("Go to step:"))
    #expect(stage.session.view().cursor != nil)
    stage.press("1", "Enter")
    #expect(stage.session.step == 1)
    stage.press("g", "7", "Enter")
    #expect(stage.session.step == 1)
    #expect(stage.bottom.contains("this branch has the steps 0 to 3, not 7"))
  }

  @Test func undoAndRedo() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "x", "u")
    #expect(stage.session.step == 1)
    #expect(stage.session.tree.nodes.count == 2)
    stage.press("Ctrl-R")
    #expect(stage.session.step == 2)
    #expect(stage.shows("split"))
    stage.press("Left", "u")
    #expect(stage.session.step == 2)
    stage.press("u", "u", "u")
    #expect(stage.session.step == 0)
    #expect(stage.bottom.contains("nothing to undo"))
    stage.press("Ctrl-R", "Ctrl-R", "Ctrl-R", "Ctrl-R")
    #expect(stage.bottom.contains("nothing to do again"))
    #expect(stage.session.step == 1)
  }

  @Test func xCutsAndHealsTheLink() throws {
    var stage = try Stage("syn/part5")
    #expect(!stage.shows("split"))
    stage.press("x")
    #expect(stage.shows("─ ╳ ─"))
    #expect(stage.shows("split"))
    #expect(stage.shows("since 1"))
    #expect(stage.bottom.contains("n1 – n2 cut by Disconnect(n1)"))
    stage.press("x")
    #expect(stage.bottom.contains("n1 – n2 healed by Reconnect(n1)"))
    #expect(stage.shows("▶ discover n2"))
    #expect(stage.shows("healed"))
  }

  @Test func xSaysWhyNot() throws {
    var stage = try Stage("syn/part1")
    stage.press("x")
    #expect(stage.bottom.contains("no variable that says which nodes see each other"))
    stage = try Stage(module: guardedLinks, configuration: "INIT Init NEXT Next CONSTANT Nodes = {n1, n2}")
    stage.press("x", "x")
    #expect(stage.session.step == 1)
    #expect(stage.bottom.contains("no action heals n1 – n2 here"))
    #expect(stage.bottom.contains("Reconnect(n1): tired is 1, not < 1"))
  }

  @Test func xAsksWhichLink() throws {
    var stage = try Stage("syn/part5", constants: ["Nodes={n1,n2,n3}"])
    stage.press("x")
    #expect(stage.shows("Which link?"))
    #expect(stage.shows("2  n1 ── n3   cut"))
    stage.press("Esc")
    #expect(!stage.shows("Which link?"))
    #expect(stage.session.step == 0)
    stage.press("x", "Enter")
    #expect(stage.session.step == 1)
    #expect(stage.shows("n1 ╳ n2"))
    stage.press("x")
    #expect(stage.shows("1  n1 ╳  n2   heal"))
    stage.press("1")
    #expect(stage.shows("n1 ── n2"))
  }

  @Test func zZoomsAPane() throws {
    var stage = try Stage("syn/part5")
    stage.press("z")
    #expect(stage.shows("▸Actions"))
    #expect(!stage.shows("Trace"))
    stage.press("Esc")
    #expect(stage.shows("Trace"))
  }

  @Test func controlKeysAreEffects() throws {
    var stage = try Stage("syn/part5")
    stage.press("Ctrl-L", "?", "Ctrl-Z")
    guard case .redraw = stage.effects.first, case .suspend = stage.effects.last else {
      Issue.record("\(stage.effects)")
      return
    }
    #expect(stage.effects.count == 2)
  }

  @Test func aDisabledActionSaysWhy() throws {
    var stage = try Stage("syn/part5")
    stage.press("Down", "Down", "Down")
    #expect(stage.shows("▸ · Unregister(n1)"))
    stage.press("Enter")
    #expect(stage.session.step == 0)
    #expect(stage.bottom.contains("Unregister(n1): locally_registered is empty"))
  }

  @Test func keysOfTheStateTree() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "Tab", "Tab")
    #expect(stage.session.screen.focus == .state)
    #expect(stage.shows("▾ locally_registered"))
    #expect(stage.shows("[n1]"))
    stage.press("Down", "Left")
    #expect(stage.shows("▸ locally_registered"))
    #expect(stage.session.step == 1)
    stage.press("l")
    #expect(stage.shows("▾ locally_registered"))
    stage.press("b")
    #expect(stage.session.step == 0)
    stage.press("f")
    #expect(stage.session.step == 1)
  }

  @Test func enterInTraceGoesToTheStep() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "1", "1", "Tab", "Up", "Up", "Enter")
    #expect(stage.session.step == 1)
    #expect(stage.shows("▸  1  Register(n1)"))
  }

  @Test func aClickSelectsAndADoubleClickActs() throws {
    var stage = try Stage("syn/part5")
    let rows = stage.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(rows.firstIndex { $0.contains("Disconnect(n2)") })
    let x = Array(rows[y]).firstIndex(of: "D") ?? 0
    stage.send(.mouse(Mouse(kind: .click, point: Point(x: x, y: y))))
    #expect(stage.session.step == 0)
    #expect(stage.shows("▸4  Disconnect(n2)"))
    stage.send(.mouse(Mouse(kind: .doubleClick, point: Point(x: x, y: y))))
    #expect(stage.session.step == 1)
    let trace = try #require(stage.screen.split(separator: "\n").firstIndex { $0.contains("initial state") })
    stage.send(.mouse(Mouse(kind: .doubleClick, point: Point(x: 10, y: trace))))
    #expect(stage.session.screen.focus == .trace)
    #expect(stage.session.step == 0)
  }

  @Test func theWheelScrollsThePaneUnderIt() throws {
    var stage = try Stage("syn/part5", width: 120, height: 28)
    stage.press("a")
    let point = Point(x: 100, y: 6)
    #expect(!stage.shows("AckSync(n2)"))
    stage.send(.mouse(Mouse(kind: .wheelDown, point: point)))
    #expect(stage.shows("AckSync(n2)"))
    stage.send(.mouse(Mouse(kind: .wheelUp, point: point)))
    #expect(!stage.shows("AckSync(n2)"))
    #expect(stage.session.screen.focus == .actions)
  }
}

/// Two nodes that can be parted once and never joined again.
let guardedLinks = """
  ---- MODULE Guarded ----
  EXTENDS Integers
  CONSTANT Nodes
  VARIABLES visible, tired
  Init == visible = [n \\in Nodes |-> Nodes \\ {n}] /\\ tired = 0
  Disconnect(n) ==
    /\\ visible[n] # {}
    /\\ visible' = [m \\in Nodes |-> {}]
    /\\ tired' = tired + 1
  Reconnect(n) ==
    /\\ tired < 1
    /\\ visible' = [m \\in Nodes |-> Nodes \\ {m}]
    /\\ UNCHANGED tired
  Next == \\E n \\in Nodes : Disconnect(n) \\/ Reconnect(n)
  ====
  """
