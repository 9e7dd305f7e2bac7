import BigInt
import StateSpace
import Testing

@testable import Workbench

/// Source, the explanations in Properties, and the user's evaluations.
@Suite struct ExplainingTests {
  /// Takes the steps with these labels, in order.
  private func take(_ labels: String..., on stage: inout Stage) throws {
    for label in labels {
      let report = stage.session.report
      let item = try #require(
        report.items.firstIndex { $0.label.description == label && $0.isEnabled }, "\(label)")
      stage.session.take(item: item)
    }
  }

  /// The shortest trace to the phantom of part 5.
  private func phantom(width: Int = 120, height: Int = 34) throws -> Stage {
    var stage = try Stage("syn/part5", width: width, height: height)
    try take(
      "Register(n1)", "Disconnect(n1)", "Unregister(n1)", "Reconnect(n1)", "Discover(n1)",
      "SyncRegister(n2)", "Discover(n2)", "AckSync(n1)", "AckSync(n2)", on: &stage)
    return stage
  }

  /// The screen as one line of words, so that wrapped sentences can be found in it.
  private func words(_ stage: Stage) -> String {
    stage.session.propertyRows.map(\.line.text).joined(separator: " ").split(separator: " ")
      .joined(separator: " ")
  }

  // MARK: Source

  @Test func theSelectedActionIsMarkedInItsSource() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    stage.press("S")
    #expect(stage.row(0).contains("[Source]"))
    #expect(stage.shows("▸Source ─ Register(n1)"))
    #expect(stage.shows("▸  47  Register(n) =="))
    #expect(stage.shows("✓  48    /\\ next_val < MaxValues   0 < 5"))
    #expect(stage.shows("→ 1"))
    stage.press("S")
    #expect(stage.session.screen.focus == .actions)
  }

  @Test func falseAndUnreachedConjunctsOfADisabledActionAreMarked() throws {
    var stage = try Stage("syn/part5", width: 120, height: 34)
    stage.press("S", "S")
    let unregister = try #require(
      stage.session.report.items.firstIndex { $0.label.description == "Unregister(n1)" })
    for _ in 0..<unregister where stage.session.selectedActionItem != unregister { stage.press("Down") }
    #expect(stage.shows("Source ─ Unregister(n1)"))
    #expect(stage.shows("✗  65    /\\ locally_registered[n] # {}   {} # {}"))
    #expect(stage.shows("·  67       IN  /\\ registered' = registered \\ {name}"))
    let row = try #require(stage.screen.split(separator: "\n").firstIndex { $0.contains("✗  65") })
    let grid = stage.session.view()
    let wrong = (0..<grid.size.width).filter { grid[$0, row].style.role == .wrong }
    #expect(wrong.count >= 20)
  }

  @Test func theSmallestFalsePartIsMarkedWhereItIsDefined() throws {
    var stage = try Stage("syn/part5", width: 120, height: 60)
    stage.press("S", "z")
    let sync = try #require(
      stage.session.report.items.firstIndex { $0.label.description == "SyncRegister(n1)" })
    let rows = stage.session.actionsLayout(height: stage.session.paneHeight(.actions)).rows
    stage.session.select(try #require(rows.firstIndex(of: .item(sync))), in: .actions)
    #expect(stage.shows("✗  57    /\\ Received(n, \"sync_register\")   <<>> # <<>>"))
    stage.press("PgUp")
    #expect(stage.shows("✗  43    /\\ inbox[n] # <<>>"))
  }

  @Test func withATraceTheStepThatWasTakenIsShown() throws {
    var stage = try phantom(width: 200, height: 60)
    #expect(stage.shows("State"))
    stage.session.focus(on: .trace)
    #expect(stage.shows("Source ─ AckSync(n2) at step 9"))
    stage.press("Up", "Up")
    #expect(stage.shows("Source ─ Discover(n2) at step 7"))
    #expect(stage.shows("✓ 100    /\\ Received(n, \"discover\")"))
    stage.session.focus(on: .actions)
    #expect(!stage.shows("at step 7"))
  }

  @Test func theSourceScrolls() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    stage.press("S", "PgUp", "PgUp", "PgUp", "PgUp", "PgUp", "PgUp")
    #expect(stage.shows("MODULE part5"))
    stage.press("Right")
    stage.press("Left")
    #expect(stage.shows("MODULE part5"))
  }

  @Test("An argument that is where it must not be: the condition names the place")
  func forbiddenPlace() throws {
    let stage = try Stage("shapes/pair", width: 80, height: 24)
    let item = stage.session.report.items.first { $0.label.description == "Heal(n1, n2)" }
    #expect(item?.reasons[0] == "n2 is in links")
  }

  @Test(
    "What an action lacks is said in words, whatever expression it is",
    arguments: [
      ("Cardinality(s) < 1", "Cardinality(s) is 2, not < 1"), ("(s \\ {1, 2}) # {}", "(s \\ {1, 2}) # {}"),
      ("Rest(k) # {}", "Rest(1) \\ {2} is empty"), ("Twice(x) = k", "Twice(x) = k  (0 = 1)"),
      ("Big(x)", "Cardinality({k}) is 1, not > 1"),
      ("x + k > 5", "x + 1 is 1, not > 5"), ("x \\in s", "x is 0, not in {1, 2}"),
      ("k \\in s \\ {1}", "1 is not in {2}"), ("(s = {} \\/ s = Rest(1) \\ {2})", "s is {1, 2}, not {}"),
    ])
  func conditions(condition: String, words: String) throws {
    let guards = condition == "Rest(k) # {}" ? "Rest(k) \\ {2} # {}" : condition
    let module = """
      ---- MODULE M ----
      EXTENDS Integers, FiniteSets
      VARIABLES x, s
      Init == x = 0 /\\ s = {1, 2}
      Rest(k) == s \\ {k}
      Twice(k) == 2 * k
      Big(k) == Cardinality({k}) > 1
      Try(k) == \(guards) /\\ UNCHANGED <<x, s>>
      Next == (\\E k \\in {1} : Try(k)) \\/ (x' = x + 1 /\\ UNCHANGED s)
      ====
      """
    let stage = try Stage(module: module, configuration: "INIT Init\nNEXT Next", width: 160, height: 40)
    #expect(stage.shows(words), "\(stage.screen)")
  }

  // MARK: Properties

  @Test func whatIsWrongIsFollowedBackToItsOrigin() throws {
    let stage = try phantom()
    let text = words(stage)
    #expect(text.contains("locally_registered[n1] is {0}, not {} extra: 0"))
    #expect(
      text.contains(
        "↳ 0 in locally_registered[n1]: written by AckSync(n1) at 8, from ack_sync {0} sent by n2 at 7, "
          + "which holds 0 since SyncRegister(n2) at 6, from sync_register 0 sent by n1 at 1, gone from locally_registered[n1] since Unregister(n1) at 3, "
          + "which told n2 nothing of it, cut off since Disconnect(n1) at 2"))
  }

  @Test func whatIsMissingIsFollowedToo() throws {
    var stage = try Stage("syn/part4")
    try take("Disconnect(n1)", "Register(n1)", "Reconnect(n1)", on: &stage)
    let text = words(stage)
    #expect(text.contains("locally_registered[n2] is {}, not {0} missing: 0"))
    #expect(
      text.contains("↳ locally_registered[n2] never had 0, registered has 0 since Register(n1) at 2"))
  }

  @Test func theOtherStepsAreDimmedOnRequest() throws {
    var stage = try phantom()
    stage.press("y")
    #expect(stage.bottom.contains("6 of 9 steps contributed to it"))
    for (step, matters) in [
      (1, true), (2, true), (3, true), (4, false), (6, true), (7, true), (8, true), (9, false),
    ] {
      let line = stage.session.traceList.line(step)
      #expect(line.text.contains("\(step) •") == matters, "\(step)")
      #expect(line.runs.contains { $0.style.role == .dim } == !matters || step == 9, "\(step)")
    }
    stage.press("y")
    #expect(!stage.shows("•"))
    stage.press("Home", "y")
    #expect(stage.bottom.contains("there is nothing to follow back"))
  }

  @Test func theOtherStepsAreDimmedInSpaceTimeToo() throws {
    var stage = try phantom()
    stage.press("t")
    func isDim(_ action: String) throws -> Bool {
      let grid = stage.session.view()
      let y = try #require(
        (0..<grid.size.height).first { grid.rowText($0).contains(action) })
      let text = grid.rowText(y)
      let x = try #require(text.firstRange(of: action)).lowerBound.utf16Offset(in: text)
      return grid[x, y].style.role == .dim
    }
    #expect(try !isDim("4  Reconnect") && !isDim("6  SyncRegister"))
    stage.press("y")
    #expect(try isDim("4  Reconnect") && !isDim("6  SyncRegister"))
    stage.press("y")
    #expect(try !isDim("4  Reconnect"))
  }

  @Test("Only the invariant's field of a record is followed, and the loss on the other side")
  func fieldsAndBothSides() throws {
    let module = """
      ---- MODULE Desk ----
      EXTENDS Naturals
      VARIABLES asked, desk
      Init == asked = {} /\\ desk = [wanted |-> {}, promised |-> {}, kept |-> {}]
      Ask == asked' = {1} /\\ desk' = [desk EXCEPT !.wanted = {1}]
      Keep == asked # {} /\\ desk' = [desk EXCEPT !.kept = {1}] /\\ UNCHANGED asked
      Promise == desk.kept # {} /\\ desk' = [desk EXCEPT !.promised = {1}] /\\ UNCHANGED asked
      Lose == desk.promised # {} /\\ desk' = [desk EXCEPT !.kept = {}] /\\ UNCHANGED asked
      Next == Ask \\/ Keep \\/ Promise \\/ Lose
      Kept == desk.promised \\subseteq desk.kept
      ====
      """
    var stage = try Stage(module: module, configuration: "INIT Init NEXT Next INVARIANT Kept")
    for name in ["Ask", "Keep", "Promise", "Lose"] {
      let report = stage.session.report
      stage.session.take(item: try #require(report.items.firstIndex { $0.label.name == name }))
    }
    let text = words(stage)
    #expect(
      text.contains(
        "1 in desk.promised: written by Promise at 3, desk.kept has 1 since Keep at 2, asked has 1 since Ask at 1"
      ))
    #expect(text.contains("1 in desk.kept: taken out by Lose at 4"))
    #expect(!text.contains("desk.wanted"))
  }

  @Test func undoingForgetsWhichStepsMatter() throws {
    var stage = try phantom()
    stage.press("y", "u")
    #expect(stage.session.screen.slicedNodes == nil)
    #expect(stage.session.step == 8)
  }

  @Test func anImplicationThatIsNotTestedSaysSo() throws {
    var stage = try Stage("syn/part5", width: 160, height: 40)
    #expect(!stage.shows("not tested"))
    try take("Disconnect(n1)", on: &stage)
    #expect(stage.shows("✓ AllRegistered  not tested here: n1 sees –"))
    try take("Register(n1)", "Reconnect(n1)", on: &stage)
    #expect(stage.shows("not tested here"))
  }

  @Test func onePremiseThatWasNeverTrueIsNotTestedYet() throws {
    var stage = try Stage(
      module: """
        ---- MODULE Vacuous ----
        EXTENDS Integers
        VARIABLE x
        Init == x = 0
        Step == x' = x + 1
        Next == Step
        Small == x > 1 => x < 100
        ====
        """, configuration: "INIT Init NEXT Next INVARIANT Small")
    #expect(stage.shows("✓ Small  not tested yet: x > 1  (0 > 1)"))
    stage.press("1", "1")
    #expect(!stage.shows("not tested"))
    stage.press("Left")
    #expect(stage.shows("✓ Small  not tested here: x > 1  (1 > 1)"))
  }

  @Test func negationsDisjunctionsAndWitnessesAreExplained() throws {
    let stage = try Stage(
      module: """
        ---- MODULE Fails ----
        EXTENDS Integers
        VARIABLE x
        Init == x = 3
        Stay == x' = x
        Next == Stay
        Never == ~(x = 3)
        Either == x = 1 \\/ x > 7
        Some == \\E n \\in 1..2 : n = x
        ====
        """, configuration: "INIT Init NEXT Next INVARIANTS Never Either Some", width: 120, height: 60)
    let text = words(stage)
    #expect(text.contains("✗ Never (x = 3) is true"))
    #expect(text.contains("neither 3 = 1 nor 3 > 7"))
    #expect(text.contains("no n in {1, 2} · n = 1: n = x (1 = 3)"))
  }

  // MARK: Watches

  @Test func watchesSpeakOfStepsAndShowTheirErrors() throws {
    var stage = try Stage("syn/part5", width: 160, height: 40)
    stage.press("+")
    #expect(stage.bottom.hasSuffix(":watch") && stage.bottom.contains("watch needs: expression"))
    stage.press("next_val' - next_val", "Enter")
    #expect(stage.shows("⌕ next_val' - next_val  it speaks of a step, and none led here"))
    stage.press("1")
    #expect(stage.shows("⌕ next_val' - next_val  1"))
    stage.press(":watch Head(inbox[n1])", "Enter")
    #expect(stage.session.screen.watches.count == 2)
    #expect(stage.shows("⌕ Head(inbox[n1])  "))
    stage.press(":watch 1 +", "Enter")
    #expect(stage.session.screen.watches.count == 2)
    #expect(stage.bottom.contains("1 +:"))
  }

  @Test func oneWatchCanBeRemoved() throws {
    var stage = try Stage("syn/part5")
    stage.press(":watch next_val", "Enter", ":watch registered", "Enter", ":watch inbox", "Enter")
    stage.press(":unwatch registered", "Enter")
    #expect(stage.session.screen.watches == ["next_val", "inbox"])
    stage.press(":unwatch 2", "Enter")
    #expect(stage.session.screen.watches == ["next_val"])
    stage.press(":unwatch 7", "Enter")
    #expect(stage.bottom.contains("7 is not watched"))
    stage.press("Esc")
    stage.session.focus(on: .properties)
    stage.press("-")
    #expect(stage.bottom.contains("select a watched expression"))
    stage.press("Down", "-")
    #expect(stage.session.screen.watches.isEmpty)
  }

  @Test func theHistoryOfAnExpressionJoinsRuns() throws {
    var stage = try phantom()
    stage.press(":history registered", "Enter")
    #expect(stage.shows("┌─ registered ─ Enter goes to the step"))
    #expect(stage.shows("  0    {}"))
    #expect(stage.shows("  1–2  {0}   Register(n1)"))
    #expect(stage.shows("▸ 3–9  {}   Unregister(n1)"))
    stage.press("Up", "Enter")
    #expect(stage.session.step == 1)
    stage.press(":watch next_val", "Enter")
    stage.session.focus(on: .properties)
    stage.press("End")
    stage.session.select(stage.session.propertyRows.count - 1, in: .properties)
    stage.session.select(
      try #require(stage.session.propertyRows.firstIndex { $0.watch == 0 }), in: .properties)
    stage.press("H")
    #expect(stage.shows("┌─ next_val ─ Enter goes to the step"))
  }

  // MARK: Evaluating

  @Test func expressionsAreEvaluatedInALineWithHistory() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "=")
    #expect(stage.shows("Evaluate at step 1"))
    stage.press("next_val + 1", "Enter", "registered", "Enter")
    #expect(stage.shows("= next_val + 1"))
    #expect(stage.shows("  {0}"))
    stage.press("Up", "Up")
    #expect(stage.bottom == " = next_val + 1")
    stage.press("Down")
    #expect(stage.bottom == " = registered")
    stage.press("Down")
    #expect(stage.bottom == " =")
    stage.press("1 +", "Enter")
    let wrong = stage.session.view().cells.filter { $0.style.role == .wrong }
    #expect(!wrong.isEmpty)
    stage.press("Esc")
    #expect(stage.session.screen.dialog == nil)
  }

  @Test func namesOfTheSpecAreCompleted() throws {
    var stage = try Stage("syn/part5")
    stage.press("=", "loc")
    #expect(stage.shows("locally_registered"))
    stage.press("Tab")
    #expect(stage.bottom == " = locally_registered")
    stage.press("[n1] # next", "Tab", "Enter")
    #expect(stage.shows("= locally_registered[n1] # next_val"))
    stage.press("Esc", ":watch regi", "Tab")
    #expect(stage.bottom == ":watch registered")
    stage.press("Esc", "=", "All")
    #expect(stage.shows("AllMessagesProcessed  AllRegistered"))
    stage.press("Tab")
    #expect(stage.bottom == " = All")
  }

  @Test func longValuesAreSpreadOverLines() {
    let record = PlainValue.record([
      .init(name: "kind", value: .string("sync")),
      .init(name: "names", value: .set([.integer(1), .integer(2)])),
    ])
    #expect(PrettyValue.lines(record, width: 80) == ["[kind |-> \"sync\", names |-> {1, 2}]"])
    #expect(
      PrettyValue.lines(record, width: 30) == ["[", "  kind |-> \"sync\",", "  names |-> {1, 2}", "]"])
    let numbers = PlainValue.set((1...20).map { .integer(BigInt($0)) })
    let lines = PrettyValue.lines(numbers, width: 30)
    #expect(lines.count == 3 && lines[0] == "{ 1, 2, 3, 4, 5, 6, 7, 8, 9," && lines[2].hasSuffix("20 }"))
    let function = PlainValue.function([
      .init(argument: .modelValue("n1"), value: .tuple([.string("aaaaaaaaaaaaaaaa")])),
      .init(argument: .modelValue("n2"), value: .tuple([])),
    ])
    #expect(
      PrettyValue.lines(function, width: 34) == [
        "(", "  n1 :> <<\"aaaaaaaaaaaaaaaa\">> @@", "  n2 :> <<>>", ")",
      ])
  }
}
