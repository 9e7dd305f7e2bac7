import BigInt
import StateSpace
import Testing
import Traces

@testable import Workbench

/// A viewer must understand a counterexample from the screen alone when it is shown to others.
@Suite struct TeachingTests {
  private static let part3 = [
    "Send(c1)", "Timer(service)", "Book(service)", "Snapshot(service)", "Crash(service)", "Restart(service)",
    "Accepted(c1)",
  ]
  private static let part5 = [
    "Send(c1)", "Book(service)", "Mark(service)", "Apply(service)", "Accepted(c1)", "Send(c2)",
    "Book(service)", "Accepted(c2)",
  ]

  private func nodesRows(_ stage: Stage) throws -> [String] {
    let area = try #require(stage.session.place(of: .nodes)).area
    let grid = stage.session.view()
    return (area.y..<area.endY).map { y in (area.x..<area.endX).map { grid[$0, y].character }.joined() }
  }

  // MARK: Words

  @Test func aCaptionSpeaksOfTheArguments() {
    let text = { Caption.text($0, parameters: ["n", "m", "a", "peer"], arguments: ["n1", "n2", "x", "n3"]) }
    #expect(
      text("n reads that m is down, and forgets n's m_s.")
        == "n1 reads that n2 is down, and forgets n1's m_s.")
    #expect(text("n takes a name of its peer") == "n1 takes a name of its peer", "words are no parameters")
    #expect(text("nobody knows (n)") == "nobody knows (n1)")
    #expect(Caption.text("it's s", parameters: ["s"], arguments: ["s1"]) == "it's s1")
    #expect(
      Caption.text("n sends", parameters: ["n"], arguments: ["[a |-> 1, b |-> 2, c |-> 3]"]) == "n sends")
    #expect(Caption.text("n sends", parameters: ["n"], arguments: []) == "n sends")
  }

  @Test func aRecordInAMessageIsToldByItsValues() throws {
    var stage = try Stage("bookings/part3")
    try SpaceTimePaneTests.take(["Send(c1)"], &stage)
    #expect(stage.shows("▶ book c1 r1 1 ◆"))
    #expect(stage.shows("{c1 r1 1}"))
    #expect(stage.shows("Send c1 asks for a booking that it has not asked for before."))
  }

  @Test func aFunctionOnStringsIsSpelledOut() {
    let message = PlainValue.record([
      .init(name: "action", value: .string("sync")),
      .init(
        name: "data",
        value: .record([.init(name: "a", value: .integer(1)), .init(name: "b", value: .integer(2))])),
    ])
    #expect(MessageText(message).words() == "sync [a |-> 1, b |-> 2]")
  }

  // MARK: Visibility

  @Test("The cards take room from the trace if they need it, and give it back")
  func roomForCards() throws {
    var stage = try Stage("bookings/part3")
    try SpaceTimePaneTests.take(Self.part3, &stage)
    #expect(try #require(stage.session.place(of: .nodes)).frame.height > 20)
    #expect(try #require(stage.session.place(of: .trace)).area.height >= 7)
    #expect(try nodesRows(stage).contains { $0.contains("inbox  empty") })
    let small = try Stage("syn/part5")
    #expect(try #require(small.session.place(of: .nodes)).frame.height < 18)
  }

  @Test("A crash of the service and its inbox are always visible", arguments: [(120, 34), (80, 24)])
  func serviceInSight(width: Int, height: Int) throws {
    var stage = try Stage("bookings/part3", width: width, height: height)
    for action in Self.part3 {
      try SpaceTimePaneTests.take([action], &stage)
      let rows = try nodesRows(stage).map { String($0.prefix(30)) }
      if stage.session.tree[stage.session.cursor].label?.arguments.first?.description == "service" {
        #expect(rows.contains { $0.contains(" inbox  ") }, "\(action)")
        #expect(rows.contains { $0.contains(" up  ") }, "\(action)")
      }
      if action == "Crash(service)" { #expect(rows.contains { $0.contains("FALSE  ◆ was TRUE") }) }
    }
  }

  @Test("The card of the acting node scrolls into view", arguments: [(120, 34), (80, 24)])
  func actingCard(width: Int, height: Int) throws {
    var stage = try Stage("bookings/part5", width: width, height: height)
    try SpaceTimePaneTests.take(Self.part5, &stage)
    #expect(try nodesRows(stage).contains { $0.contains("─ c2 ✗ ─") })
    stage.press("Home")
    #expect(try nodesRows(stage).contains { $0.contains("─ service ─") })
  }

  // MARK: By hand

  @Test("Key 1 leads part 1 to its end, and its invariant always holds")
  func firstPart() throws {
    var stage = try Stage("syn/part1")
    func enabled() -> [String] {
      stage.session.report.enabled.map { stage.session.report.items[$0].label.description }
    }
    while enabled() != ["Complete"], stage.session.step < 20 {
      stage.press("1")
      #expect(stage.shows("✓ AllRegistered"))
    }
    #expect(stage.session.step == 10)
  }

  @Test("In part 2 only the receiver can act while a message waits")
  func secondPart() throws {
    var stage = try Stage("syn/part2")
    try SpaceTimePaneTests.take(["Register(n1)"], &stage)
    let report = stage.session.report
    #expect(report.enabled.map { report.items[$0].label.description } == ["SyncRegister(n2)"])
  }

  @Test("One action and two keys break the invariant of part 4")
  func splitByHand() throws {
    var stage = try Stage("syn/part4")
    stage.press("x")
    try SpaceTimePaneTests.take(["Register(n1)"], &stage)
    stage.press("x")
    #expect(stage.session.step == 3)
    #expect(stage.shows("✗ AllRegistered: "))
  }
}

extension TeachingTests {
  private func diagramRows(_ stage: Stage) throws -> [String] {
    let area = try #require(stage.session.place(of: .spaceTime)).area
    let grid = stage.session.view()
    return (area.y..<area.endY).map { y in (area.x..<area.endX).map { grid[$0, y].character }.joined() }
  }

  @Test("Failing invariants come first in Properties, with their reasons")
  func failingFirst() throws {
    var stage = try Stage("bookings/part5")
    try SpaceTimePaneTests.take(Self.part5, &stage)
    let area = try #require(stage.session.place(of: .properties)).area
    #expect(stage.row(area.y).contains("✗ NoDoubleBooking"))
  }

  @Test("A card whose top is out of view still shows its name")
  func stickyName() throws {
    var stage = try Stage("bookings/part5")
    try SpaceTimePaneTests.take(Self.part5, &stage)
    var rows = try nodesRows(stage)
    #expect(rows[0].contains("┌─ service ─") && rows.contains { $0.contains("└─ … +") })
    #expect(rows.contains { $0.contains("┌─ c2 ✗ ─") })
    stage.session.focus(on: .nodes)
    stage.session.scroll(.nodes, by: 5)
    rows = try nodesRows(stage)
    #expect(rows[0].contains("├─ service ─"))
  }

  @Test("The message that a crash loses is marked beside the lane")
  func lostInSpaceTime() throws {
    var stage = try Stage("bookings/part3")
    try SpaceTimePaneTests.take(Self.part3, &stage)
    stage.press("t")
    let row = try #require(try diagramRows(stage).first { $0.contains("5  Crash") })
    #expect(row.contains("╳ lost"))
    #expect(!row.contains("◂"))
    stage.press("Left", "Left")
    #expect(stage.shows("Crash The service crashes: its memory and its mailbox are lost."))
    #expect(stage.shows("Lost: apply c1 r1 1"))
  }

  @Test("A note that is too long for its lane keeps the added and removed values")
  func shortNotes() throws {
    var stage = try Stage("syn/part14", constants: ["Nodes={n1,n2,n3}", "MaxDisconnections=1"])
    try SpaceTimePaneTests.take(
      ["Register(n1)", "RegisterOrUpdateOnNode(n1)", "SyncRegister(n3)", "SyncRegister(n2)"], &stage)
    stage.press("t")
    let rows = try diagramRows(stage)
    #expect(rows.contains { $0.contains("3  SyncRegis") && $0.contains("▸● [a] +0") })
    #expect(rows.contains { $0.contains("4  SyncRegis") && $0.contains("[n1][a] +0") })
  }

  @Test("The change by a message from the right is written after its arrow")
  func noteBehindArrow() throws {
    var stage = try Stage("syn/part9")
    try SpaceTimePaneTests.take(["Register(n2)", "SyncRegister(n1)"], &stage)
    stage.press("t")
    #expect(
      try diagramRows(stage).contains {
        $0.contains("2  SyncRegister") && $0.contains("[n2][a] +0")
      })
  }
}
