import Testing

@testable import Workbench

/// Folding the actions, and sharing the screen between panes.
@Suite struct FoldingTests {
  @Test("With three nodes at 80x24 the title tells of the fold that has no room") func foldWithoutRoom()
    throws
  {
    var stage = try Stage("syn/part15", width: 80, height: 24, constants: ["Nodes={n1,n2,n3}"])
    #expect(!stage.shows("more can't be taken"))
    stage.press("a")
    #expect(stage.shows("Actions ─ ") && stage.shows("more can't be taken  a shows them"), "\(stage.screen)")
    stage.press("PgDn", "PgDn", "PgDn", "PgDn")
    #expect(!stage.shows("more can't be taken") && stage.shows("can't be taken  a shows them"))
  }

  @Test("If disabled actions do not fit, they fold to a line for each node") func folding()
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

  @Test(
    "No border moves while the user steps along a counterexample",
    arguments: ["syn/part5", "syn/part9", "deploy/part3"])
  func calmBorders(model: String) throws {
    var stage = try Stage(model, width: 120, height: 34)
    stage.press("c")
    try stage.runChecker()
    stage.press("v")
    func heights() -> [Int] { Pane.allCases.map { stage.session.paneHeight($0) } }
    let atTheEnd = heights()
    stage.press("Home")
    #expect(heights() == atTheEnd)
    while stage.session.tree[stage.session.cursor].preferred != nil {
      stage.press("Right")
      #expect(heights() == atTheEnd, "step \(stage.session.step)")
    }
  }

  @Test("On a small screen a long inbox folds so far that what the node knows stays in sight")
  func longInboxes() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    let inbox =
      "<<" + Array(repeating: "[action |-> \"discover\", from |-> n2]", count: 40).joined(separator: ", ")
      + ">>"
    stage.press(":whatif inbox[n1] = \(inbox)", "Enter")
    #expect(stage.shows("│ locally_registered  {}") && stage.shows("inbox  40"))
    #expect(stage.shows("▶ discover n2") && stage.shows("… +36 more"), "\(stage.screen)")
    stage.press(":nodes", "Enter", "w", "w")
    #expect(stage.shows("… +32 more"), "with more room the fold is the usual one")
  }

  @Test("Three nodes with all enabled actions fit a screen") func threeNodes() throws {
    let stage = try Stage("syn/part5", width: 120, height: 34, constants: ["Nodes={n1,n2,n3}"])
    let place = try #require(stage.session.place(of: .actions))
    #expect(stage.session.actionsList.count <= place.area.height)
  }

  @Test("The explanation of a failing invariant gets the room it needs, and keeps it while the user steps")
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

  @Test("On a screen that is too small only quitting works") func tooSmall() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    stage.resize(50, 10)
    stage.press("1", "c", ":check", "Enter")
    #expect(stage.session.step == 0 && stage.effects.isEmpty && stage.session.screen.dialog == nil)
    stage.resize(120, 34)
    stage.press("1")
    #expect(stage.session.step == 1)
  }
}
