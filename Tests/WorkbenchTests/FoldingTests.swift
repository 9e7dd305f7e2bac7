import Testing

@testable import Workbench

/// How panes share the screen: what is folded, and who gets room.
@Suite struct FoldingTests {
  @Test("Actions that cannot be taken fold to a line for each node where they do not fit") func folding()
    throws
  {
    var stage = try Stage("syn/part5", width: 120, height: 26)
    #expect(stage.shows("… 6 can't be taken  a shows them") && !stage.shows("SyncRegister(n1)"))
    stage.press("a")
    #expect(stage.shows("· SyncRegister(n1)    inbox is empty"))
    stage.press("a", "Down", "Down")
    #expect(stage.shows("▸ … 6 can't be taken"))
    stage.press("Enter")
    #expect(stage.shows("· SyncRegister(n1)"), "Enter on the line lists them")
    #expect(stage.session.step == 0)
    stage.press("1", "2", "u")
    #expect(stage.shows("· SyncRegister(n1)"), "what the user chose stays")
    let large = try Stage("syn/part5", width: 200, height: 60)
    #expect(large.shows("· SyncRegister(n1)"), "where there is room nothing is folded")
  }

  @Test("Three nodes with all that can be done fit a screen") func threeNodes() throws {
    let stage = try Stage("syn/part5", width: 120, height: 34, constants: ["Nodes={n1,n2,n3}"])
    let place = try #require(stage.session.place(of: .actions))
    #expect(stage.session.actionsList.count <= place.area.height)
  }

  @Test("A failing invariant's explanation gets the room that it needs, and keeps it while the user steps")
  func properties() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    let low = stage.session.paneHeight(.properties)
    for action in [
      "Register(n1)", "Disconnect(n1)", "Unregister(n1)", "Reconnect(n1)", "Discover(n1)", "SyncRegister(n2)",
      "Discover(n2)", "AckSync(n1)", "AckSync(n2)",
    ] { stage.press(":take \(action)", "Enter") }
    let high = stage.session.paneHeight(.properties)
    #expect(high > low && stage.session.propertiesList.count <= high)
    stage.press("Left")
    #expect(stage.session.paneHeight(.properties) == high)
    #expect(stage.session.paneHeight(.actions) >= 8)
  }

  @Test("Nodes takes no more rows than its cards need, and never fewer than before") func nodes() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    let empty = stage.session.paneHeight(.nodes)
    #expect(empty <= 10)
    stage.press("1", "1", "1")
    let full = stage.session.paneHeight(.nodes)
    #expect(full >= empty)
    stage.press("Home")
    #expect(stage.session.paneHeight(.nodes) == full)
  }

  @Test("On a screen that is too small only quitting is obeyed") func tooSmall() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    stage.resize(50, 10)
    stage.press("1", "c", ":check", "Enter")
    #expect(stage.session.step == 0 && stage.effects.isEmpty && stage.session.screen.dialog == nil)
    stage.resize(120, 34)
    stage.press("1")
    #expect(stage.session.step == 1)
  }
}
