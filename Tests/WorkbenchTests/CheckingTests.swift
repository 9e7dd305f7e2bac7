import StateSpace
import Testing

@testable import Workbench

@Suite struct CheckingTests {
  @Test func aViolationIsFoundShownAndLeft() throws {
    var stage = try Stage("syn/part4")
    stage.press("c")
    #expect(stage.session.isChecking)
    #expect(stage.shows("checking"))
    try stage.runChecker()
    #expect(!stage.session.isChecking)
    #expect(stage.session.violations.count == 1)
    #expect(stage.shows("Checker 1 ✗"))
    #expect(stage.shows("✗ AllRegistered  4 states"))
    #expect(stage.bottom.contains("v shows it"))
    stage.press("v")
    #expect(stage.session.step == 3)
    #expect(stage.session.branchName == "counterexample 1")
    #expect(stage.shows("✗ AllRegistered  for n ="))
    stage.press("b", "b")
    #expect(stage.session.step == 1)
    stage.press("f")
    #expect(stage.session.step == 2)
    let count = stage.session.tree.nodes.count
    stage.press("b", "Home", "1")
    #expect(stage.session.tree.nodes.count == count + 1)
    #expect(stage.session.branchName != "counterexample 1")
    #expect(stage.shows("counterexample 1, 2 more steps  ✗"))
    stage.press("v")
    #expect(stage.session.step == 3)
    #expect(stage.session.tree.branches.count { $0.origin == .counterexample } == 1)
  }

  @Test func anExhaustiveCheckSaysSo() throws {
    var stage = try Stage("syn/part1")
    stage.press("c")
    try stage.runChecker()
    #expect(stage.bottom.contains("checked 21 states: nothing is violated"))
    #expect(stage.shows("21 distinct · depth 11"))
    #expect(stage.shows("37 generated · queue 0"))
    stage.press("v")
    #expect(stage.bottom.contains("no violation is known"))
  }

  @Test func aCheckFromHereStartsHere() throws {
    var stage = try Stage("syn/part4")
    stage.press("x", "C")
    guard case .startCheck(_, let options)? = stage.effects.last else {
      Issue.record("no check")
      return
    }
    #expect(options.start == stage.session.values)
    try stage.runChecker()
    #expect(stage.shows("from step 1"))
    stage.press("v")
    #expect(stage.session.step == 3)
    #expect(
      stage.session.tree[stage.session.tree.path(to: stage.session.cursor)[1]].label?.name == "Disconnect")
  }

  @Test func enterInCheckerGoesToTheViolation() throws {
    var stage = try Stage("syn/part4")
    stage.press("c")
    try stage.runChecker()
    stage.press("Tab", "Tab", "Tab", "Tab")
    #expect(stage.session.screen.focus == .checker)
    stage.press("Enter")
    #expect(stage.session.step == 3)
  }

  @Test func cStopsARunningCheck() throws {
    var stage = try Stage("syn/part5")
    stage.press("c", "c")
    guard case .stopCheck? = stage.effects.last else {
      Issue.record("no stop")
      return
    }
    #expect(stage.shows("stopping"))
    stage.press("c")
    #expect(stage.effects.count == 2)
  }

  @Test func newsOfAnOlderRunIsIgnored() throws {
    var stage = try Stage("syn/part4")
    stage.press("c")
    var progress = CheckProgress()
    progress.distinct = 1_234_567
    progress.generated = 3_000_000
    progress.seconds = 1.5
    stage.send(.checkProgress(run: 1, progress))
    #expect(stage.shows("1,234,567 distinct"))
    #expect(stage.shows("2.0 M/s"))
    progress.distinct = 7
    stage.send(.checkProgress(run: 0, progress))
    #expect(stage.shows("1,234,567 distinct"))
    stage.send(.checkFailed(run: 1, message: "out of memory"))
    #expect(stage.shows("! out of memory"))
    #expect(!stage.session.isChecking)
  }

  @Test func aKeyIsAnsweredWhileTheCheckerRuns() throws {
    var stage = try Stage("syn/part4")
    stage.press("c", "1")
    #expect(stage.session.step == 1)
    #expect(stage.session.isChecking)
    try stage.runChecker()
    stage.press("v", "V")
    #expect(stage.session.step == 3)
    stage.press("u")
    #expect(stage.session.step == 1)
  }

  @Test func allInvariantsCanBeCollected() throws {
    var stage = try Stage(
      module: """
        ---- MODULE Two ----
        EXTENDS Integers
        VARIABLE x
        Init == x = 0
        Step == x < 5 /\\ x' = x + 1
        Stay == x = 5 /\\ x' = x
        Next == Step \\/ Stay
        Small == x < 3
        Smaller == x < 2
        ====
        """, configuration: "INIT Init NEXT Next INVARIANTS Small Smaller")
    stage.press(":check-all", "Enter")
    try stage.runChecker()
    #expect(stage.session.violations.map(\.name) == ["Smaller", "Small"])
    stage.press("v")
    #expect(stage.session.step == 2)
    stage.press("v")
    #expect(stage.session.step == 3)
    stage.press("V")
    #expect(stage.session.step == 2)
  }

  @Test("The checker pauses and continues") func pause() throws {
    var stage = try Stage("syn/part5")
    stage.press("P")
    #expect(stage.bottom.contains("the checker is not running: c starts it"))
    stage.press("c")
    #expect(stage.shows("checking   P pauses, c stops"))
    stage.press("P")
    guard case .pauseCheck? = stage.effects.last else {
      Issue.record("no pause")
      return
    }
    #expect(stage.session.isChecking)
    #expect(stage.shows("paused   P goes on, c stops"))
    stage.press("P")
    guard case .resumeCheck? = stage.effects.last else {
      Issue.record("it does not go on")
      return
    }
    #expect(stage.shows("checking   P pauses"))
    stage.press("P", "c")
    guard case .stopCheck? = stage.effects.last else {
      Issue.record("no stop")
      return
    }
  }

  @Test("A complete check names the implications that no state tests") func vacuity() throws {
    let module = """
      ---- MODULE Vacuous ----
      EXTENDS Naturals
      VARIABLE x
      Init == x = 0
      Next == x < 3 /\\ x' = x + 1
      Small == x > 5 => x < 10
      Tested == x > 2 => x < 10
      ====
      """
    var stage = try Stage(
      module: module,
      configuration: "INIT Init NEXT Next INVARIANTS Small Tested CHECK_DEADLOCK FALSE")
    #expect(stage.shows("✓ Small  not tested yet"))
    stage.press("c")
    try stage.runChecker()
    #expect(stage.shows("vacuous: none of 4 states tests it"))
    #expect(stage.shows("✓ Tested  not tested yet"))
    stage.press("Right", "1", "1", "1")
    #expect(stage.shows("vacuous: none of 4 states"))
    stage.press("C")
    guard case .startCheck(_, let options)? = stage.effects.last else {
      Issue.record("no check")
      return
    }
    #expect(!options.looksForVacuity, "from here not every state is visited")
  }
}

extension CheckingTests {
  @Test func whatACheckWarnsOfIsInTheChecker() throws {
    let module = """
      ---- MODULE M ----
      VARIABLE f
      Init == f = [i \\in {1, 2} |-> 0]
      Next == f' = [f EXCEPT ![3] = 1]
      ====
      """
    var stage = try Stage(module: module, configuration: "INIT Init\nNEXT Next")
    stage.press("c")
    try stage.runChecker()
    #expect(stage.bottom.contains("nothing is violated; 1 warning in Checker"))
    #expect(stage.shows("! M.tla:4: EXCEPT leaves"))
    stage.press("c")
    #expect(!stage.shows("! M.tla:4: EXCEPT leaves"))
  }
}
