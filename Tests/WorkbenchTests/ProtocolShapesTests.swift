import BigInt
import StateSpace
import Testing

@testable import Traces
@testable import Workbench

/// What is inferred about protocols of several forms, and what the panes show.
@Suite struct ProtocolShapesTests {
  func stage(
    _ module: String, _ configuration: String = "", view: ProtocolView = ProtocolView(), width: Int = 160
  ) throws -> Stage {
    try Stage(
      module: module, configuration: "SPECIFICATION Spec\nCHECK_DEADLOCK FALSE\n" + configuration,
      width: width,
      height: 44, view: view)
  }

  /// The arrows of the current branch's diagram: who sent what to whom, in which steps.
  func arrows(_ stage: Stage) -> [String] {
    let session = stage.session
    let diagram = session.model.spaceTime(session.tree, through: session.cursor)
    return diagram.arrows.map { arrow in
      let from = arrow.from.map { diagram.lanes[$0] } ?? "?"
      let to = arrow.to.map { diagram.lanes[$0] } ?? "?"
      let end = arrow.received.map { arrow.isLost ? "lost \($0)" : String($0) } ?? "…"
      return "\(from) \(arrow.sent) → \(to) \(end): \(arrow.text)"
    }
  }

  func lanes(_ stage: Stage) -> [String?] {
    let session = stage.session
    let diagram = session.model.spaceTime(session.tree, through: session.cursor)
    return diagram.steps.map { step in step.lane.map { diagram.lanes[$0] } }
  }

  /// The lines of a node's card.
  func card(_ name: String, _ stage: Stage) throws -> [String] {
    let index = try #require(stage.session.model.nodes.firstIndex { $0.description == name })
    let card = stage.session.cardGrid(width: 110).cards[index]
    return (0..<card.count).map { row in
      card.line(row)?.runs.map(\.text).joined().trimmingSuffix() ?? ""
    }
  }

  // MARK: Pools

  @Test func aPoolOfRecordsThatStay() throws {
    var stage = try stage(ProtocolShapes.ballot)
    let structure = stage.session.model.structure
    #expect(structure.nodeSetName == "Voters")
    #expect(structure.nodes.map(\.description) == ["\"ann\"", "\"bob\"", "\"cyd\""])
    #expect(structure.roles == [.perNode, .shared, .shared])
    #expect(structure.pools == [1])
    #expect(structure.memberships == [2])
    try SpaceTimePaneTests.take(
      [
        "Vote(\"ann\")", "Vote(\"bob\")", "CountVote(\"ann\")", "CountVote(\"bob\")", "Announce",
        "ReceiveResult(\"cyd\")",
      ], &stage)
    #expect(
      arrows(stage) == [
        "\"ann\" 1 → ? …: vote", "\"bob\" 2 → ? …: vote", "others 5 → \"cyd\" 6: result",
      ])
    #expect(try card("\"ann\"", stage) == [" in tally", " mood  \"voted\""])
    #expect(stage.shows("→ vote"))
  }

  @Test func aViewSaysWhatCannotBeFound() throws {
    var view = ProtocolView()
    view.parts = [ProtocolView.Part(name: "chair", variables: ["tally"], actions: ["CountVote", "Announce"])]
    view.messages["vote"] = ProtocolView.Ends(sender: "who", receiver: "chair")
    view.actions["CountVote"] = ProtocolView.Action(reads: ["vote"])
    var stage = try stage(ProtocolShapes.ballot, view: view)
    #expect(stage.session.model.structure.problems == [])
    #expect(stage.session.model.structure.roles == [.perNode, .shared, .ofPart])
    try SpaceTimePaneTests.take(
      [
        "Vote(\"ann\")", "Vote(\"bob\")", "CountVote(\"bob\")", "CountVote(\"ann\")", "Announce",
        "ReceiveResult(\"cyd\")",
      ], &stage)
    #expect(
      arrows(stage) == [
        "\"ann\" 1 → chair 4: vote", "\"bob\" 2 → chair 3: vote", "chair 5 → \"cyd\" 6: result",
      ])
    #expect(lanes(stage).dropFirst(3).prefix(3) == ["chair", "chair", "chair"])
    #expect(try card("chair", stage) == [" tally  {\"ann\", \"bob\"}"])
    stage.press("Left", "Left")
    let chair = try card("chair", stage)
    #expect(chair == [" tally  {\"ann\", \"bob\"}  ◆", "   was {\"bob\"}"])
  }

  @Test func whatIsWrongWithAViewIsShown() throws {
    var view = ProtocolView()
    view.nodes = ["Votres"]
    view.roles = ["msgz": .pools]
    view.parts = [ProtocolView.Part(name: "chair", variables: ["tallies"])]
    view.parts[0].actions = ["Anounce"]
    view.actions["Announce"] = ProtocolView.Action(by: "chairman", reads: ["result", "resultt"])
    view.actions["Vote2"] = ProtocolView.Action()
    view.senders = ["who", "whom2"]
    view.messages["bribe"] = ProtocolView.Ends(sender: "who", receiver: "judge")
    view.places[.variable("msgz")] = ProtocolView.Place(line: 3, column: 10)
    let stage = try stage(ProtocolShapes.ballot, view: view)
    let problems = stage.session.model.structure.problems
    #expect(problems.count == 10, "\(problems)")
    for text in [
      "nodes: Votres: ", "there is no variable tallies, of part chair",
      "there is no node chairman, which is to take Announce",
      "there is no action Anounce, of part chair (did you mean Announce?)", "there is no action Vote2",
      "there is no message of the kind resultt, which Announce is to read", "no message has a field whom2",
      "there is no message of the kind bribe", "judge is neither a node nor a field of bribe",
    ] {
      #expect(problems.contains { $0.hasPrefix(text) }, "\(text) in \(problems)")
    }
    // What has a place comes after what has none.
    #expect(problems.last?.hasPrefix("line 3, column 10: there is no variable msgz") ?? false)
    #expect(stage.shows("View file"))
    #expect(stage.session.model.nodes.count == 4)
  }

  @Test func aViewNamesTheNodes() throws {
    var view = ProtocolView()
    view.nodes = ["Voters \\ {\"cyd\"}", "{\"dan\"}"]
    view.roles = ["msgs": .plain, "tally": .plain]
    view.others = "world"
    let structure = try stage(ProtocolShapes.ballot, view: view).session.model.structure
    #expect(structure.nodes.map(\.description) == ["\"ann\"", "\"bob\"", "\"dan\""])
    #expect(structure.pools == [])
    #expect(structure.memberships == [])
  }

  // MARK: Pairs

  @Test func queuesAndNumbersByPairs() throws {
    var stage = try stage(ProtocolShapes.pairs, "CONSTANT N = 3")
    let structure = stage.session.model.structure
    #expect(structure.nodeSetName == "Proc")
    #expect(structure.nodes.map(\.description) == ["0", "1", "2"])
    #expect(structure.roles == [.channel, .channel, .perNode, .perPair])
    try SpaceTimePaneTests.take(["Ask(0, 2)", "Ask(1, 2)", "Answer(2, 1)", "Rest(1, 2)"], &stage)
    #expect(
      arrows(stage) == ["0 1 → 2 …: ask 5", "1 2 → 2 3: ask 5", "2 3 → 1 4: acks"])
    stage.press("Left")
    #expect(
      try card("2", stage) == [
        " busy  FALSE", " due  (0 :> 7 @@ 1 :> 7)", " wire  1  ◆ was 2", " ▶ 0: ask 5", " acks  empty",
      ])
    #expect(
      try card("1", stage) == [
        " busy  TRUE", " due  (0 :> 7 @@ 2 :> 7)", " wire  empty", " acks  1  ◆ was empty", "   2: acks ◆",
      ])
  }

  @Test func aMatrixWhoseSecondIndexSends() throws {
    var stage = try stage(ProtocolShapes.matrix, "CONSTANT N = 3")
    #expect(stage.session.model.structure.roles == [.channel, .perNode])
    try SpaceTimePaneTests.take(["Tell(1, 3)", "Tell(1, 3)", "Hear(3, 1)"], &stage)
    #expect(arrows(stage) == ["1 1 → 3 3: time 0", "1 2 → 3 …: time 1"])
    #expect(try card("3", stage) == [" clock  0", " network  1  ◆ was 2", " ▶ 1: time 1"])
    #expect(stage.shows("→ 2 time 0"))
  }

  // MARK: Tokens, locks and program counters

  @Test func aTokenIsPassedOn() throws {
    var stage = try stage(ProtocolShapes.ring, "CONSTANT N = 3")
    let structure = stage.session.model.structure
    #expect(structure.nodeSetName == "Node")
    #expect(structure.tokens == [ProtocolStructure.Token(variable: 0, field: "pos")])
    try SpaceTimePaneTests.take(["Start", "Pass(2)"], &stage)
    #expect(lanes(stage) == [nil, "0", "2"])
    #expect(
      arrows(stage) == ["? 0 → 0 1: token 0", "0 1 → 2 2: token 0", "2 2 → 1 …: token 2"])
    #expect(try card("1", stage) == [" ◉ token  sum 2  ◆", " load  1"])
    #expect(try card("2", stage) == [" ○ token  ◆ → 1", " load  2"])
    #expect(try card("0", stage) == [" load  0"])
  }

  @Test func programCountersAndRecords() throws {
    var stage = try stage(ProtocolShapes.lock, "CONSTANT Nobody = Nobody", width: 100)
    let structure = stage.session.model.structure
    #expect(structure.nodes.map(\.description) == ["1", "2"])
    #expect(structure.roles == [.perNode, .shared, .perNode])
    #expect(structure.tokens == [ProtocolStructure.Token(variable: 1, field: nil)])
    try SpaceTimePaneTests.take(["start(1)"], &stage)
    #expect(
      try card("1", stage) == [
        " ◉ turn", " pc  \"critical\"  ◆ was \"start\"", " own  ◆", "   .attempts  1  ◆ was 0",
        "   .last  Nobody",
        "   .waits  FALSE",
      ])
    try SpaceTimePaneTests.take(["critical(1)"], &stage)
    #expect(arrows(stage) == ["? 0 → 1 2: turn", "1 2 → 2 …: turn"])
  }

  @Test func nodesWithoutVariablesOfTheirOwn() throws {
    var stage = try stage(
      ProtocolShapes.door, "CONSTANTS Guests = {g1, g2, g3}\nNobody = Nobody")
    let structure = stage.session.model.structure
    #expect(structure.nodeSetName == "Guests")
    #expect(structure.roles == [.shared, .shared, .shared])
    #expect(structure.memberships == [0])
    #expect(structure.queues == [1])
    #expect(structure.holders == [2])
    try SpaceTimePaneTests.take(["Knock(g2)", "Knock(g3)", "Enter"], &stage)
    #expect(lanes(stage) == [nil, "g2", "g3", "g2"])
    #expect(try card("g2", stage) == [" ◉ key  ◆", " in inside ◆"])
    #expect(try card("g3", stage) == [" line  #1 enter"])
    try SpaceTimePaneTests.take(["Leave(g2)"], &stage)
    #expect(try card("g2", stage) == [" ○ key  ◆", " out of inside ◆"])
  }

  @Test func twoSetsOfNodes() throws {
    var stage = try stage(
      ProtocolShapes.twoSets, "CONSTANTS Client = {c1, c2}\nServer = {s1, s2}", width: 100)
    #expect(stage.session.model.structure.nodes.map(\.description) == ["c1", "c2", "s1", "s2"])
    try SpaceTimePaneTests.take(["Ask(c2)", "See(s1, c2)"], &stage)
    #expect(lanes(stage) == [nil, "c2", "s1"])
    let (client, server) = (try card("c1", stage), try card("s1", stage))
    #expect(
      client == [" asked  0", " log", "   [s1]  seen 0  ready FALSE", "   [s2]  seen 0  ready FALSE"])
    #expect(
      server == [
        " log[·]  ◆", "   [c1]  seen 0  ready FALSE", "   [c2]  seen 1 ◆  ready FALSE",
      ])
  }

  // MARK: Sets and numbers

  @Test func theSampleIsSpreadOverTheInitialStates() throws {
    let structure = try stage(ProtocolShapes.sleepers).session.model.structure
    #expect(structure.nodeSetName == "Node")
    #expect(structure.roles == [.perNode, .inbox])
  }

  @Test func setsNumbersAndTuples() throws {
    var stage = try stage(ProtocolShapes.sets, "CONSTANT Peers = {p1, p2}")
    let structure = stage.session.model.structure
    #expect(structure.roles == [.inbox, .inbox, .shared])
    #expect(structure.pools == [2])
    try SpaceTimePaneTests.take(
      [
        "Greet(p1, p2)", "Load(p2, p1)", "Post(p1, p2)", "Read(p2, [kind |-> \"hello\", sndr |-> p1])",
        "Work(p1)", "Open(p2, p1)",
      ], &stage)
    #expect(
      arrows(stage) == [
        "p1 1 → p2 4: hello", "p2 2 → p1 5: pending", "p1 3 → p2 6: <<\"letter\", p1, p2>>",
      ])
    stage.press("Left", "Left", "Left")
    #expect(
      try card("p2", stage) == [" inbox  1", "   hello p1", " pending  empty"])
  }
}

extension String {
  fileprivate func trimmingSuffix() -> String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
