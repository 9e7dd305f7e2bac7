import StateSpace
import Testing

@testable import Workbench

/// Nothing is cut beside empty room.
@Suite("Room")
struct RoomTests {
  private static let models = ["syn/part5", "syn/part13", "bookings/part4"]

  /// A walk of 14 steps.
  private func walked(_ model: String, _ width: Int, _ height: Int) throws -> Stage {
    var stage = try Stage(model, width: width, height: height)
    let first = stage.effects.count
    stage.press(":walk 14 3", "Enter")
    stage.playWorld(from: first)
    #expect(stage.session.step == 14)
    return stage
  }

  @Test("The zoomed diagram cuts no label", arguments: models, [(120, 34), (200, 60)])
  func diagram(model: String, size: (Int, Int)) throws {
    var stage = try walked(model, size.0, size.1)
    stage.press("t", "z")
    let rows = stage.screen.split(separator: "\n").dropFirst().dropLast(4)
    for row in rows where row.contains("…") {
      let blank = row.reversed().drop { "│ ┃".contains($0) }.count
      #expect(row.count - blank < 16, "\(row)")
    }
  }

  @Test("A wide screen shows every name of State and every line of Trace whole", arguments: models)
  func wideScreen(model: String) throws {
    let stage = try walked(model, 200, 60)
    for pane in [Pane.state, .trace] {
      let list = try #require(stage.session.list(for: pane))
      for row in 0..<list.count {
        let line = list.line(row).text
        let name = pane == .state ? String(line.prefix { $0 != "<" && $0 != "(" && $0 != "[" }) : line
        #expect(!name.contains("…"), "\(line)")
      }
    }
  }

  @Test("On a small screen short values share lines, so that more cards are in sight")
  func packedCards() throws {
    var stage = try Stage("deploy/part1", width: 80, height: 24)
    try SpaceTimePaneTests.take(["Request(c1)", "Deploy", "Stop(t1)"], &stage)
    #expect(stage.shows("─ c1  waiting TRUE  inbox empty") && stage.shows("─ balancer  inbox 1 ▶ request c1"))
    #expect(stage.shows("status \"stopped\" ◆ was \"running\""))
    #expect(stage.shows("target  \"unused\"  ◆"))
    stage.resize(120, 34)
    #expect(stage.shows("│ waiting  TRUE  "))
  }

  @Test("Nodes names the cards out of sight, and shows the card for which an invariant fails")
  func cardsOutOfSight() throws {
    var stage = try Stage("replication/part1", width: 200, height: 60)
    #expect(!stage.shows("below:") && !stage.shows("above:") && stage.shows("─ c2 ─"))
    stage = try Stage("pool/part2", width: 80, height: 24)
    #expect(stage.row(1).contains("Nodes ─ :nodes shows the rest ─"))
    stage.press(":nodes", "Enter")
    #expect(stage.row(1).contains("Nodes ─ below: "))
    stage.press("PgDn", "PgDn")
    #expect(stage.row(1).contains("Nodes ─ above: db, p1"))
    stage.press("c")
    try stage.runChecker()
    stage.press("v")
    #expect(stage.shows("─ p2 ✗ ─") && stage.shows("▶ too_many db"))
  }

  @Test(
    "On a small screen no node is out of sight: cards that the step does not touch are folded if they do not fit",
    arguments: [
      ("pool/part2", "Request(c2)"), ("replication/part1", "Write(c2, orders)"),
      ("replication/part5", "Write(c2, orders)"),
    ])
  func foldedCards(model: String, action: String) throws {
    var stage = try Stage(model, width: 80, height: 24)
    for node in stage.session.model.nodes {
      #expect(stage.shows("─ \(node) "), "\(node)")
    }
    #expect(stage.row(1).contains("Nodes ─ :nodes shows the rest ─"))
    try SpaceTimePaneTests.take([action], &stage)
    #expect(stage.shows("┌─ c2 ─"), "\(stage.screen)")
    for node in stage.session.model.nodes { #expect(stage.shows("─ \(node) "), "\(stage.screen)") }
    if model.hasPrefix("replication") {
      #expect(stage.shows("┌─ provider ─") && stage.shows("▶ write orders c2 1 ◆") && stage.shows(" more ─"))
    }
  }

  @Test(
    "At 120 columns Actions has room for the reasons of a short action, and Nodes for two cards side by side")
  func roomForReasons() throws {
    let stage = try Stage("syn/part5", width: 120, height: 34)
    #expect(stage.shows("locally_registered is empty") && stage.shows("name 0 → n2 sync_register 0"))
    #expect((0..<34).contains { stage.row($0).contains("─ n1 ─") && stage.row($0).contains("─ n2 ─") })
  }

  @Test("A set from which an action has nothing to choose is named by what it is in this state")
  func emptySets() throws {
    var stage = try Stage("syn/part14", width: 120, height: 34)
    try SpaceTimePaneTests.take(["Register(n1)"], &stage)
    stage.press("a")
    #expect(stage.shows("names is empty") && !stage.shows("names[n] is empty"))
  }

  @Test("A condition that has no room is not shown without what it lacks")
  func longConditions() throws {
    let stage = try Stage("syn/library", width: 80, height: 24)
    #expect(stage.shows("Unregister(n1)          there is nothing to choose from"))
    let wide = try Stage("syn/library", width: 200, height: 60)
    #expect(wide.shows("Unregister(n1)          there is nothing to choose from"))
  }

  @Test("Lanes move together if all of them fit then, and the last one's notes stand on its left")
  func tightLanes() throws {
    var stage = try Stage("deploy/part2", width: 120, height: 34)
    try SpaceTimePaneTests.take(["Deploy", "Start(t2)", "Register(t2)"], &stage)
    stage.press("t")
    #expect(stage.row(1).contains(" t2 "))
    #expect(stage.shows("→ starting ●"))
    #expect(stage.shows("→ register… ●"))
    stage.press("z")
    #expect(stage.shows("1  ◇ Deploy  wanted → v2"))
  }

  @Test("State has as many rows as it needs, and Source the others")
  func stateRows() throws {
    let stage = try walked("syn/part13", 200, 60)
    let rows = stage.session.stateRows.count
    #expect(stage.session.paneHeight(.state) == rows)
    #expect(stage.session.paneHeight(.source) > 30)
  }

  @Test("Without nodes the variables take no more rows than they need")
  func variables() throws {
    let stage = try Stage(
      module: "---- MODULE M ----\nVARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == x' = x /\\ y' = y\n====",
      configuration: "INIT Init NEXT Next", width: 120, height: 34)
    #expect(stage.session.paneHeight(.nodes) < 10)
    #expect(stage.session.paneHeight(.trace) > 18)
  }

  @Test("Without links the cards stand closer together")
  func cards() throws {
    let linked = CardGrid.measures(count: 2, width: 76, hasLinks: true, mostColumns: 9)
    let plain = CardGrid.measures(count: 2, width: 76, hasLinks: false, mostColumns: 9)
    #expect(plain.gap < linked.gap && plain.cardWidth > linked.cardWidth)
  }

  @Test("An action that does not fit takes a second row if there is one")
  func actions() throws {
    var stage = try walked("syn/part13", 120, 34)
    stage.session.focus(on: .actions)
    let rows = stage.session.actionsLayout(height: stage.session.paneHeight(.actions)).rows
    let row = try #require(rows.firstIndex { if case .continued = $0 { true } else { false } })
    let list = stage.session.actionsList
    #expect(!list.isSelectable(row))
    guard case .continued(let item, _) = rows[row] else { return }
    let shown = stage.session.report.items[item]
    let words = (shown.isEnabled ? shown.effect : shown.reasons[0]).split(separator: " ")
    let both = "\(list.line(row - 1).text) \(list.line(row).text)".split(separator: " ")
    #expect(Array(both.suffix(words.count)) == words)
    // The digits and the arrow keys do not see it.
    stage.session.select(row - 1, in: .actions)
    stage.press("Down")
    #expect(stage.session.position(.actions).selected > row)
    stage.press("Up")
    #expect(stage.session.position(.actions).selected == row - 1)
    // Where every row is taken, the line is cut.
    let tight = stage.session.actionsLayout(height: rows.count - 1).rows
    #expect(!tight.contains { if case .continued = $0 { true } else { false } })
  }

  @Test("The rows of Properties are made once for what they show")
  func propertyRows() throws {
    let stage = try walked("syn/part5", 120, 34)
    var made = 0
    func rows(watches: [String] = [], check: Int = 0) -> [PropertyRow] {
      let key = PropertyRows.Key(
        node: stage.session.cursor, tree: stage.session.tree.revision, width: 40, watches: watches,
        readings: 0,
        check: check)
      return stage.session.model.propertyRows(key) {
        made += 1
        return [PropertyRow(StyledLine("\(made)"))]
      }
    }
    #expect(rows().first?.line.text == "1" && rows().first?.line.text == "1")
    #expect(rows(watches: ["x"]).first?.line.text == "2")
    #expect(rows(watches: ["x"], check: 1).first?.line.text == "3")
  }
}
