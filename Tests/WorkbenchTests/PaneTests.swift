import BigInt
import StateSpace
import Testing

@testable import Workbench

@Suite struct PaneTests {
  // MARK: Nodes

  @Test func aCardShowsWhatItsNodeHasAndWhatChanged() throws {
    var stage = try Stage("syn/part5")
    #expect(stage.shows("┌─ n1 ─"))
    #expect(stage.shows("sees  n2"))
    #expect(stage.shows("inbox  empty"))
    #expect(stage.shows("registered {}  next_val 0"))
    stage.press("1")
    #expect(stage.shows("{0}  ◆ was {}"))
    #expect(stage.shows("inbox  1  ◆ was empty"))
    #expect(stage.shows("▶ sync_register 0 ◆"))
    #expect(stage.shows("registered {0} ◆ was {}  next_val 1 ◆ was 0"))
    let changed = stage.session.view().cells.filter { $0.style.role == .change }
    #expect(changed.contains { $0.character == "0" })
  }

  @Test func aCutLinkIsSeenAndMessagesFromBeforeItAreMarked() throws {
    var stage = try Stage("syn/part5", width: 160, height: 40)
    stage.press("1", "x")
    #expect(stage.shows("sees  –"))
    #expect(stage.shows("◆ cut"))
    #expect(stage.shows("since 2"))
    #expect(stage.shows("▶ sync_register 0 ") && stage.shows("before split"))
    let crosses = stage.session.view().cells.filter { $0.character == "╳" }
    #expect(crosses.allSatisfy { $0.style.role == .wrong || $0.style.role == .plain })
    #expect(crosses.contains { $0.style.role == .wrong })
  }

  @Test func linksOfNodesThatAreNoNeighboursAreListed() throws {
    var stage = try Stage("syn/part5", constants: ["Nodes={n1,n2,n3}"])
    stage.press("x", "Enter", "x", "2")
    #expect(stage.shows("n1 ╳ n3 since 2"))
  }

  @Test func aModelWithoutNodesShowsItsVariables() throws {
    var stage = try Stage("syn/part1")
    #expect(stage.shows("Variables"))
    stage.press("1")
    #expect(stage.shows("registered  {0}  ◆ was {}"))
    #expect(stage.shows("next_val  1  ◆ was 0"))
  }

  // MARK: Actions

  @Test func disabledActionsNameTheFirstFalseConjunct() throws {
    var stage = try Stage("syn/part5", width: 160, height: 40)
    #expect(stage.shows("· Unregister(n1)"))
    #expect(stage.shows("locally_registered is empty"))
    for _ in 0..<5 { stage.press("1") }
    #expect(stage.shows("next_val is 5, not < 5"))
    #expect(stage.shows("Complete"))
    #expect(stage.shows("changes nothing"))
  }

  @Test func linesThatAreTheSameAreOne() throws {
    let stage = try Stage("syn/part5")
    let complete = stage.session.report.items.filter { $0.label.name == "Complete" }
    #expect(complete.count == 1)
  }

  @Test func aDeadlockIsSaid() throws {
    var stage = try Stage(
      module: """
        ---- MODULE Stops ----
        EXTENDS Integers
        VARIABLE x
        Init == x = 0
        Step == x < 1 /\\ x' = x + 1
        Next == Step
        ====
        """, configuration: "INIT Init NEXT Next")
    stage.press("1")
    #expect(stage.shows("deadlock: no action can be taken"))
    #expect(stage.shows("✗ deadlock"))
  }

  @Test("Where an invariant fails, a deadlock is not news")
  func deadlockBesideAViolation() throws {
    var stage = try Stage("deploy/part3", width: 120, height: 40)
    try SpaceTimePaneTests.take(
      [
        "Request(c1)", "Route(balancer)", "Deploy", "Start(t2)", "Listen(t2)", "Register(t2)",
        "HealthCheck(t2)", "Stop(t1)",
      ], &stage)
    #expect(stage.shows("✗ NothingAcceptedIsLost"))
    #expect(stage.shows("no action can be taken"))
    #expect(!stage.shows("deadlock"))
    #expect(stage.shows("request c1 sent to t1 at 2 was lost by Stop(t1) at 8"))
  }

  @Test("A record with one field is shown as the field")
  func unwrappedRecords() throws {
    var stage = try Stage("pool/part1", width: 120, height: 34)
    try SpaceTimePaneTests.take(["Request(c1)"], &stage)
    #expect(stage.shows("memory.asked  {p1}  ◆"))
    #expect(!stage.shows("[asked |->"))
  }

  @Test func otherInitialStatesCanBeChosen() throws {
    var stage = try Stage(
      module: """
        ---- MODULE Starts ----
        EXTENDS Integers
        VARIABLE x
        Init == x \\in 1..3
        Stay == x' = x
        Next == Stay
        ====
        """, configuration: "INIT Init NEXT Next")
    #expect(stage.shows("other initial states"))
    stage.press("Down", "Down", "Enter")
    #expect(stage.session.values == [.integer(3)])
    #expect(stage.session.step == 0)
    stage.press("u")
    #expect(stage.session.values == [.integer(1)])
    stage.press(":initial 2", "Enter")
    #expect(stage.session.values == [.integer(2)])
  }

  // MARK: Trace

  @Test func branchPointsAreSeen() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "2", "Left", "1")
    #expect(stage.session.branchName == "branch 2")
    #expect(stage.row(0).hasSuffix("step 2 · branch 2"))
    let rows = stage.screen.split(separator: "\n")
    #expect(rows.contains { $0.contains("├ 2  ") && $0.contains("main") })
    stage.press("Tab", "Up", "Enter")
    #expect(stage.session.branchName == "main")
  }

  @Test func violatedInvariantsAreMarked() throws {
    var stage = try Stage("syn/part4")
    stage.press("x", "Down", ":")
    stage.press("Esc")
    try take("Register(n1)", &stage)
    stage.press("x")
    #expect(stage.shows("✗ AllRegistered"))
    #expect(stage.bottom.contains("✗ AllRegistered: locally_registered[n2] is {}, not {0}"))
  }

  private func take(_ label: String, _ stage: inout Stage) throws {
    let report = stage.session.report
    let item = try #require(report.items.firstIndex { $0.label.description == label && $0.isEnabled })
    stage.press(String(try #require(report.items[item].number)))
  }

  // MARK: State

  @Test func theTreeShowsOldValues() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    stage.press("1", "Tab", "Tab")
    #expect(stage.row(0).contains("[State]"))
    #expect(stage.shows("{0}  ◆ was {}"))
    #expect(stage.shows("next_val            1  ◆ was 0"))
  }

  @Test func setsOpenIntoTheirElements() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    stage.press("1", "Tab", "Tab", "Right", "Down")
    #expect(stage.shows("▾ registered          1 element"))
    #expect(stage.shows("∈"))
  }

  // MARK: Properties

  @Test func aFailingInvariantShowsWitnessAndSides() throws {
    var stage = try Stage("syn/part4")
    stage.press("x")
    try take("Register(n1)", &stage)
    #expect(stage.shows("✓ AllRegistered"))
    stage.press("x")
    #expect(stage.shows("✗ AllRegistered  for n = n2"))
    #expect(stage.shows("locally_registered[n] = registered"))
    #expect(stage.shows("locally_registered[n2] is {}, not {0}"))
    #expect(stage.shows("┌─ n2 ✗ ─"))
    stage.press("Esc")
    #expect(stage.bottom.contains("✗ AllRegistered: locally_registered[n2] is {}, not {0}; missing: 0"))
  }

  private static let light = """
    ---- MODULE Light ----
    EXTENDS Naturals
    VARIABLE light
    Init == light = 0
    Next == light' = (light + 1) % 3
    Spec == Init /\\ [][Next]_light
    Fair == Spec /\\ WF_light(Next)
    Bright == []<>(light = 2)
    Dark == <>[](light = 0)
    ====
    """

  @Test func aTemporalPropertyShowsWhatTheCheckerKnows() throws {
    var stage = try Stage(module: Self.light, configuration: "SPECIFICATION Fair\nPROPERTIES Bright Dark")
    #expect(stage.shows("– Bright  checked when the graph is complete"))
    stage.press(":check-all", "Enter")
    try stage.runChecker()
    #expect(stage.shows("✓ Bright  of every behavior"))
    #expect(stage.shows("✗ Dark  lasso of 0 + 3"))
    stage.press("v")
    #expect(stage.bottom.contains("✗ Dark: lasso of 0 + 3: "), "the message gives the reason, too")
    #expect(stage.session.tree[stage.session.cursor].loopsTo == 0)
    stage.press("f")
    #expect(stage.bottom.contains("from the end of the lasso back to step 0"))
  }

  @Test func aBehaviorThatStopsIsToldAsSuch() throws {
    var stage = try Stage(module: Self.light, configuration: "SPECIFICATION Spec\nPROPERTY Bright")
    stage.press("c")
    try stage.runChecker()
    #expect(stage.shows("✗ Bright  it stops for ever after 0 steps"))
    #expect(stage.shows("↳ the specification demands no step"))
  }

  @Test func watchedExpressionsFollowTheState() throws {
    var stage = try Stage("syn/part5")
    stage.press(":watch next_val + 10", "Enter")
    #expect(stage.shows("⌕ next_val + 10  10"))
    stage.press("1")
    #expect(stage.shows("⌕ next_val + 10  11  ◆ was 10"))
    stage.press(":unwatch", "Enter")
    #expect(!stage.shows("⌕"))
  }

  @Test func whatCannotBeEvaluatedIsSaid() throws {
    let stage = try Stage(
      module: """
        ---- MODULE Fails ----
        EXTENDS Integers, Sequences
        VARIABLE x
        Init == x = <<>>
        Take == x' = Tail(x)
        Stay == x' = x
        Next == Take \\/ Stay
        Positive == Head(x) > 0
        ====
        """, configuration: "INIT Init NEXT Next INVARIANT Positive")
    #expect(stage.shows("! Take"))
    #expect(stage.shows("! Positive"))
    #expect(stage.shows("Head"))
    #expect(stage.shows("▸1  Stay"))
  }

  // MARK: Everywhere

  @Test func nothingRawReachesTheScreen() throws {
    let stage = try Stage(
      module: """
        ---- MODULE Raw ----
        \\* \u{1B}[2J\u{7} a title with an escape
        VARIABLE x
        Init == x = "\u{1B}]0;owned\u{7}"
        Stay == x' = x
        Next == Stay
        ====
        """, configuration: "INIT Init NEXT Next")
    let cells = stage.session.view().cells
    #expect(
      cells.allSatisfy { $0.character.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F } })
    #expect(stage.shows("^[]0;owned^G"))
  }

  @Test("The comment above an action captions its step, in Nodes and in Space–time")
  func caption() throws {
    let module = """
      ---- MODULE Post ----
      \\* Letters and fire
      EXTENDS Sequences
      CONSTANT Nodes
      VARIABLE inbox
      Init == inbox = [n \\in Nodes |-> <<>>]
      \\* n writes a letter to everybody,
      \\* itself included.
      Write(n) == inbox' = [m \\in Nodes |-> Append(inbox[m], [action |-> "letter", from |-> n])]
      Burn(n) == inbox[n] # <<>> /\\ inbox' = [inbox EXCEPT ![n] = <<>>]
      Next == \\E n \\in Nodes : Write(n) \\/ Burn(n)
      ====
      """
    var stage = try Stage(module: module, configuration: "INIT Init NEXT Next CONSTANT Nodes = {n1, n2}")
    #expect(!stage.shows("writes a letter"))
    stage.press("1")
    #expect(stage.shows("Write n1 writes a letter to everybody, itself included."))
    stage.press("t")
    #expect(stage.shows("Write n1 writes a letter to everybody, itself included."))
    #expect(stage.shows("●"))
    stage.press("2")
    #expect(!stage.shows("writes a letter"), "an action without a comment has no caption")
    stage.press("Left")
    stage.resize(80, 24)
    #expect(stage.shows("Write n1 writes a letter"))
  }
}
