import StateSpace
import Testing
import Traces

@testable import Workbench

/// Long traces and full inboxes are drawn correctly at both ends.
@Suite struct ScaleTests {
  static let counter = """
    ---- MODULE Counter ----
    EXTENDS Integers, Sequences
    CONSTANT Nodes
    VARIABLES inbox, count
    Init == inbox = [n \\in Nodes |-> <<>>] /\\ count = 0
    Send(n) ==
      /\\ inbox' = [inbox EXCEPT ![n] = Append(@, [action |-> "number", value |-> count])]
      /\\ count' = count + 1
    Tick(n) == count' = count + 1 /\\ UNCHANGED inbox
    Next == \\E n \\in Nodes : Send(n) \\/ Tick(n)
    ====
    """
  static let configuration = "INIT Init NEXT Next CONSTANT Nodes = {n1, n2}"

  /// Adds this many steps of n1 to the tree at once.
  func walk(_ count: Int, taking name: String, _ stage: inout Stage) throws {
    let explorer = stage.session.model.explorer
    var states = [stage.session.state]
    var labels: [ActionLabel?] = [nil]
    for _ in 0..<count {
      let last = states[states.count - 1]
      let successor = try #require(explorer.successors(of: last).first { $0.label.name == name })
      states.append(successor.state)
      labels.append(successor.label)
    }
    stage.session.edit { tree in
      let added = tree.insert(states, labels: labels, from: 0, name: "main", origin: .explored)
      return added[added.count - 1]
    }
  }

  @Test func aTraceOfTenThousandSteps() throws {
    var stage = try Stage(module: Self.counter, configuration: Self.configuration)
    try walk(10_000, taking: "Tick", &stage)
    #expect(stage.session.step == 10_000)
    #expect(stage.shows("▸ 10000  Tick(n1)"))
    stage.press("Home")
    #expect(stage.shows("▸     0  initial state"))
    stage.press("g", "5000", "Enter")
    #expect(stage.shows("▸  5000  Tick(n1)"))
    stage.press("Tab", "PgDn")
    #expect(stage.session.position(.trace).selected > 5_000)
    stage.press("End", "u")
    #expect(stage.session.step == 5_000)
  }

  @Test("Whether a premise was ever true is found without looking through the whole branch")
  func untestedOnALongBranch() throws {
    var stage = try Stage("syn/part5", constants: ["MaxValues=50"])
    stage.press(":walk 400 3", "Enter")
    while stage.session.runs.motion.isMoving {
      stage.send(.motionTick(number: stage.session.runs.motionNumber))
    }
    #expect(stage.session.step == 400)
    // The initial state tests it, so no other is looked at.
    let tested = stage.session.model.explanations.tested
    #expect(!tested.isEmpty && tested.values.allSatisfy { $0.nodes < 10 }, "\(tested)")
  }

  @Test func anInboxOfAThousandMessages() throws {
    var stage = try Stage(module: Self.counter, configuration: Self.configuration)
    try walk(1_000, taking: "Send", &stage)
    #expect(stage.shows("inbox  1000  ◆ was 999"))
    #expect(stage.shows("▶ number 0"))
    #expect(stage.shows("number 5") && stage.shows("… +992 more") && !stage.shows("number 6 "))
    #expect(stage.shows("number 998") && stage.shows("number 999 ◆"), "the newest stay in sight")
    stage.press(":state", "Enter", "z")
    #expect(stage.shows("inbox"))
  }

  @Test("Nine messages are all shown; of more the first six and the last two") func folding() {
    func shown(_ count: Int) -> [Int?] {
      let folding = InboxFolding(count: count)
      return (0..<folding.lineCount).map(folding.message)
    }
    #expect(shown(9) == Array(0..<9))
    #expect(shown(10) == [0, 1, 2, 3, 4, 5, nil, 8, 9])
    #expect(InboxFolding(count: 10).hidden == 2 && InboxFolding(count: 9).hidden == 0)
    for (room, lines) in [(-4, 3), (3, 3), (4, 4), (6, 6), (9, 9), (40, 9)] {
      let folding = InboxFolding(count: 1000, room: room)
      let shown = (0..<folding.lineCount).compactMap(folding.message)
      #expect(folding.lineCount == lines && folding.hidden == 1000 - shown.count && shown.first == 0)
      #expect(shown == shown.sorted() && (room < 4 || shown.last == 999))
    }
    #expect(InboxFolding(count: 3, room: 1).hidden == 0)
  }
}
