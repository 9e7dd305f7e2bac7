import StateSpace
import Testing
import Traces

@testable import Workbench

extension Stage {
  /// Runs the last requested search to its end on this thread.
  mutating func runSearch() throws {
    var started: (run: Int, task: SearchTask, options: CheckOptions)?
    for case .startSearch(let run, let task, let options) in effects { started = (run, task, options) }
    let (run, task, options) = try #require(started)
    switch task {
    case .goal(let predicate, let start):
      var options = options
      options.start = start
      let found = try GoalSearch(session.specification, goal: predicate, options: options).run(
        progress: { _ in true })
      send(.searchEnded(run: run, .goal(found.outcome, found.progress)))
    case .danger:
      let measured = try DangerMap.measure(session.specification, options: options, progress: { _ in true })
      send(.searchEnded(run: run, .danger(measured.outcome, measured.progress)))
    }
  }

  /// Sends the last requested tick. Returns false if it requests no further tick.
  mutating func tick() -> Bool {
    guard case .wakeMotion(let number, _)? = effects.last else { return false }
    let count = effects.count
    send(.motionTick(number: number))
    return effects.count > count
  }
}

extension Stage {
  /// Sends the last requested tick, which must request another.
  fileprivate mutating func tickOn() throws {
    let goesOn = tick()
    try #require(goesOn)
  }
}

@Suite struct BranchTests {
  /// `main` with two steps, and `branch 2` that leaves it at the initial state.
  private func forked() throws -> Stage {
    var stage = try Stage("syn/part5")
    stage.press("1", "1", "Home", "3", "x")
    return stage
  }

  @Test func theListShowsTheTree() throws {
    var stage = try forked()
    stage.press("B")
    #expect(stage.shows("Branches"))
    #expect(stage.shows("main"))
    #expect(stage.shows("steps 0–2"))
    #expect(stage.shows("└ branch 2"))
    #expect(stage.shows("steps 1–2"))
    #expect(stage.shows("by hand"))
    stage.press("Up", "Enter")
    #expect(stage.session.branchName == "main")
    #expect(stage.session.step == 2)
    #expect(!stage.shows("Branches"))
  }

  @Test func aBranchGetsAName() throws {
    var stage = try forked()
    stage.press("B", "r")
    #expect(stage.bottom.contains("Name of the branch: branch 2"))
    stage.press("Ctrl-U", "late message", "Enter")
    #expect(stage.session.branchName == "late message")
    stage.press("u")
    #expect(stage.session.branchName == "branch 2")
    stage.press("Ctrl-R", ":rename again", "Enter")
    #expect(stage.session.branchName == "again")
  }

  @Test func aDeletedBranchComesBack() throws {
    var stage = try forked()
    let before = stage.session.cursor
    stage.press("B", "d")
    #expect(stage.session.step == 0)
    #expect(stage.shows("Branches"))
    #expect(!stage.shows("branch 2  "))
    #expect(stage.bottom.contains("branch 2 is deleted"))
    #expect(stage.session.branchList.entries.count == 1)
    stage.press("u")
    #expect(stage.session.branchList.entries.count == 2)
    #expect(stage.session.cursor == before)
    stage.press("Esc", "Ctrl-R")
    #expect(stage.session.branchList.entries.count == 1)
    #expect(!stage.session.unsavedBranches.contains("branch 2"))
    stage.press("3")
    #expect(stage.session.branchList.entries.count == 2)
    #expect(stage.session.step == 1)
  }

  @Test func whatEverythingBeginsWithCannotGo() throws {
    var stage = try forked()
    stage.press(":delete-branch", "Enter", ":delete-branch", "Enter")
    #expect(stage.session.step == 0)
    #expect(stage.session.tree[0].children.isEmpty)
    stage.press(":delete-branch", "Enter")
    #expect(stage.bottom.contains("main is the first branch"))
    stage.press("u", "u")
    #expect(stage.session.branchList.entries.count == 2)
    #expect(stage.session.step == 2)
  }

  @Test func deletingTakesTheBranchesBehindIt() throws {
    var stage = try forked()
    stage.press("Left", "1")
    #expect(stage.session.branchList.entries.map(\.level) == [0, 1, 2])
    stage.press("B", "Up", "d")
    #expect(stage.session.branchList.entries.map(\.level) == [0])
    #expect(stage.session.step == 0)
  }

  @Test func twoBranchesSideBySide() throws {
    var stage = try forked()
    stage.press("B", "Up", "c")
    #expect(stage.shows("step 1 is the first that differs"))
    #expect(stage.shows("≠"))
    #expect(stage.shows("After step 1:"))
    #expect(stage.shows("locally_registered"))
    #expect(stage.shows("Register(n1)"))
    #expect(stage.shows("Register(n2)"))
    stage.press("Right")
    #expect(stage.session.branchName == "main")
    #expect(stage.session.step == 1)
  }

  @Test func aBranchIsComparedWithTheOneThatItLeft() throws {
    var stage = try forked()
    stage.press("B", "Home", "c")
    #expect(stage.shows("step 1 is the first that differs"))
    stage = try Stage("syn/part5")
    stage.press("1", ":find next_val = 3", "Enter")
    try stage.runSearch()
    stage.press("B", "c")
    #expect(stage.shows("step 2 is the first that differs"))
    #expect(stage.shows("(ends here)"))
  }

  @Test func ofLongValuesTheDifferingPlacesAreCompared() throws {
    var stage = try Stage("syn/part5", constants: ["Nodes={n1,n2,n3}"])
    for _ in 0..<3 { stage.press("1") }
    stage.press(":rename long", "Enter", "Left", ":take-number 2", "Enter", "B", "c")
    #expect(stage.shows("step 3 is the first that differs"))
    #expect(stage.shows("inbox[n2][3].action "))
    #expect(!stage.shows("@@ n3 :> <<"), "the whole inboxes do not fit")
  }

  @Test func theMarkedBranchIsCompared() throws {
    var stage = try forked()
    stage.press("Left", "1", "B", "Space")
    stage.press("Esc", "B", "Home", " ", "End", "c")
    let comparison = try #require(
      {
        if case .comparison(let pair) = stage.session.screen.dialog {
          stage.session.comparison(pair)
        } else {
          nil
        }
      }())
    #expect(comparison.left.count == 3)
    #expect(comparison.step == 1)
    for size in [(80, 24), (60, 16), (200, 60)] {
      stage.resize(size.0, size.1)
      #expect(stage.shows("Two branches"))
    }
  }

  @Test func aLongListScrollsAndClicks() throws {
    var stage = try Stage("syn/part5", width: 80, height: 24)
    for _ in 0..<30 { stage.press("1", "1", "Left", "2", "Left") }
    stage.press("B", "End")
    let count = stage.session.branchList.entries.count
    #expect(count == 31)
    let last = stage.session.branchList.entries[count - 1]
    #expect(stage.shows(stage.session.tree.branches[last.branch].name))
    stage.press("Enter")
    #expect(stage.session.cursor == last.last)
  }
}

@Suite struct FindTests {
  @Test func theShortestWayBecomesABranch() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "/")
    #expect(stage.bottom.contains("Find a state where:"))
    stage.press("next_val = 3", "Enter")
    #expect(stage.bottom.contains("finding next_val = 3"))
    stage.resize(60, 16)
    #expect(stage.bottom.contains("finding next_val = 3"))
    #expect(stage.bottom.contains("Esc stops"))
    stage.resize(120, 34)
    guard case .startSearch(_, .goal("next_val = 3", let start), _)? = stage.effects.last else {
      Issue.record("no search")
      return
    }
    #expect(start == stage.session.values)
    try stage.runSearch()
    #expect(stage.session.step == 3)
    #expect(stage.bottom.contains("found in 2 steps"))
    #expect(stage.session.model.watch("next_val", in: stage.session.state, before: nil).text == "3")
    stage.press("u")
    #expect(stage.session.step == 1)
    #expect(stage.session.tree.nodes.count == 2)
  }

  @Test func whoeverWalksOnStays() throws {
    var stage = try Stage("syn/part5")
    stage.press(":find next_val = 2", "Enter", "x")
    let here = stage.session.cursor
    try stage.runSearch()
    #expect(stage.session.cursor == here)
    #expect(stage.bottom.contains("B lists the branch find next_val = 2"))
    stage.press("B")
    #expect(stage.shows("found"))
  }

  @Test func whatCannotBeIsSaid() throws {
    var stage = try Stage("syn/part1")
    stage.press(":find registered = 7", "Enter")
    #expect(!stage.session.runs.search.isRunning || stage.effects.count == 1)
    stage.press("Esc")
    var other = try Stage("syn/part5")
    other.press(":find next_val", "Enter")
    #expect(other.bottom.contains("expected a predicate"))
    other.press("Esc", ":find nobody = 1", "Enter")
    #expect(other.bottom.contains("nobody"))
    other.press("Esc", ":find next_val = 0", "Enter")
    #expect(other.bottom.contains("holds here already"))
    #expect(other.effects.isEmpty)
  }

  @Test(arguments: ["Esc", "c"]) func itCanBeStopped(key: String) throws {
    var stage = try Stage("syn/part5")
    stage.press(":find next_val = 77", "Enter", key)
    guard case .stopSearch? = stage.effects.last else {
      Issue.record("no stop")
      return
    }
    var progress = CheckProgress()
    progress.distinct = 4_711
    stage.send(.searchEnded(run: 1, .goal(.stopped, progress)))
    #expect(stage.bottom.contains("stopped after 4,711 states"))
    stage.press(key)
    #expect(!stage.session.runs.search.isRunning)
  }

  @Test func newsOfAnOlderSearchIsIgnored() throws {
    var stage = try Stage("syn/part5")
    stage.press(":find next_val = 3", "Enter", ":find next_val = 2", "Enter")
    stage.send(.searchEnded(run: 1, .goal(.unreachable, CheckProgress())))
    #expect(stage.session.runs.search.isRunning)
    stage.send(.searchFailed(run: 2, message: "no memory"))
    #expect(stage.bottom.contains("no memory"))
  }
}

@Suite struct DangerTests {
  /// Counts to 5. `Fork` at 2 decides whether 4 is inevitable.
  private static let fork = """
    ---- MODULE Fork ----
    EXTENDS Integers
    VARIABLES x, y
    Init == x = 0 /\\ y = 0
    Up == x < 2 /\\ x' = x + 1 /\\ y' = y
    Left == x = 2 /\\ x' = 10 /\\ y' = y
    Right == x = 2 /\\ x' = 3 /\\ y' = y
    On == x \\in 3..5 /\\ x' = x + 1 /\\ y' = y
    Stay == x \\in {6, 10} /\\ UNCHANGED <<x, y>>
    Next == Up \\/ Left \\/ Right \\/ On \\/ Stay
    Fine == x # 5
    ====
    """
  private static let configuration = "INIT Init NEXT Next INVARIANT Fine"

  @Test func theStatesAroundAreSavedAsAGraph() throws {
    var stage = try Stage(module: Self.fork, configuration: Self.configuration)
    stage.press("1", "1", "2", ":save around.dot", "Enter")
    let saved = try #require(stage.lastSave)
    #expect(saved.path == "around.dot")
    let nodes = saved.contents.split(separator: "\n").filter { $0.contains("tooltip=") }
    #expect(nodes.map { $0.contains("penwidth=3") } == [true, false, false, false])
    #expect(nodes[0].contains("label=\"step 3\"") && nodes[0].contains("x = 3\\ny = 0"))
    #expect(nodes[1].contains("label=\"step 2\""))
    #expect(nodes[3].contains("label=\"x 4 → 5\\n✗ Fine\"") && nodes[3].contains("dashed"))
    for edge in ["s1 -> s0 [label=\"Right\"]", "s0 -> s2 [label=\"On\"]", "s2 -> s3 [label=\"On\"]"] {
      #expect(saved.contents.contains(edge))
    }
    stage.send(.fileSaved(path: "around.dot"))
    #expect(stage.session.isUnsaved)
  }

  @Test func everyActionSaysHowFarAViolationIs() throws {
    var stage = try Stage(module: Self.fork, configuration: Self.configuration)
    stage.press("1", "1", "D")
    #expect(stage.bottom.contains("measuring distances"))
    try stage.runSearch()
    #expect(stage.bottom.contains("1 of 8 states violate something"))
    #expect(stage.shows("Left   ∞"))
    #expect(stage.shows("Right  ✗2"))
    stage.press("D")
    #expect(stage.bottom.contains("the nearest violation is 3 steps from here"))
    stage.press("2")
    #expect(stage.shows("✗ inevitable from here"))
    stage.press("1")
    #expect(stage.shows("✗0"))
    stage.press("1", ":inevitable", "Enter")
    #expect(stage.session.step == 2)
    #expect(stage.bottom.contains("step 3, Right, makes it inevitable"))
  }

  @Test func aCompleteCheckMeasures() throws {
    var stage = try Stage(module: Self.fork, configuration: Self.configuration)
    stage.press(":check-all", "Enter")
    try stage.runChecker()
    guard case .startSearch(_, .danger, _)? = stage.effects.last else {
      Issue.record("nothing is measured")
      return
    }
    try stage.runSearch()
    #expect(stage.shows("Up     ✗4") || stage.shows("Up  ✗4"))
  }

  @Test func aCheckThatFindsNothingNeedsNoMeasuring() throws {
    var stage = try Stage("syn/part1")
    #expect(!stage.shows("∞"))
    stage.press("c")
    try stage.runChecker()
    #expect(stage.effects.count == 1)
    #expect(stage.shows("∞"))
    stage.press("D")
    #expect(stage.bottom.contains("found nothing"))
  }

  @Test func nothingIsKnownOfAWhatIf() throws {
    var stage = try Stage(module: Self.fork, configuration: Self.configuration)
    stage.press("D")
    try stage.runSearch()
    stage.press(":whatif y = 9", "Enter")
    #expect(stage.shows("Up     ?") || stage.shows("Up  ?"))
    stage.press("D")
    #expect(stage.bottom.contains("nothing is known"))
  }
}

@Suite struct WhatIfTests {
  @Test func aValueIsChangedAndMarked() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", ":whatif inbox[n2] = <<>>", "Enter")
    #expect(stage.session.step == 2)
    #expect(stage.bottom.contains("≈ inbox[n2] = <<>>"))
    #expect(stage.shows("≈ what-if"))
    #expect(stage.shows("inbox[n2] = <<>>  not a step"))
    #expect(stage.row(0).contains("≈ what-if"))
    stage.press("1")
    #expect(stage.row(0).contains("≈ what-if"))
    stage.press("u", "u")
    #expect(!stage.row(0).contains("≈"))
    stage.press("Ctrl-R")
    #expect(stage.row(0).contains("≈ what-if"))
  }

  @Test func whatCannotBeChangedIsSaid() throws {
    var stage = try Stage("syn/part5")
    stage.press(":whatif nothing = 1", "Enter")
    #expect(stage.bottom.contains("there is no variable nothing"))
    stage.press("Esc", ":whatif next_val", "Enter")
    #expect(stage.bottom.contains("needs a variable and a value"))
    stage.press("Esc", ":whatif next_val = 1 +", "Enter")
    #expect(stage.session.step == 0)
    stage.press("Esc", ":whatif next_val = 0", "Enter")
    #expect(stage.bottom.contains("changes nothing"))
  }

  @Test func assignmentsAreRead() throws {
    let plain = try #require(WhatIfAssignment("x = y = 3"))
    #expect(plain.variable == "x")
    #expect(plain.expression == "y = 3")
    let deep = try #require(WhatIfAssignment("inbox[CHOOSE n \\in S : n = m].head = 1"))
    #expect(deep.expression == "[inbox EXCEPT ![CHOOSE n \\in S : n = m].head = 1]")
    for text in ["", "x", "= 3", "x =", "x + 1 = 3"] { #expect(WhatIfAssignment(text) == nil, "\(text)") }
  }

  @Test func aLinkIsHealedThoughNoActionDoes() throws {
    var stage = try Stage(
      module: guardedLinks, configuration: "INIT Init NEXT Next CONSTANT Nodes = {n1, n2}")
    stage.press("x", "x")
    #expect(stage.shows("What if?"))
    #expect(stage.bottom.contains("no action heals n1 – n2 here"))
    stage.press("Esc")
    #expect(stage.session.step == 1)
    stage.press("x", "x")
    #expect(stage.session.step == 2)
    #expect(stage.session.link(0, 1, in: stage.session.values) == .linked)
    #expect(stage.session.tree[stage.session.cursor].whatIf == "n1 – n2 healed")
  }

  @Test func aSavedTraceKeepsTheMark() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", ":whatif next_val = 4", "Enter", "1", ":save x.json", "Enter")
    let saved = try #require(stage.lastSave)
    #expect(saved.contents.contains("what-if, no step of the specification: next_val = 4"))
    var other = try Stage("syn/part5")
    other.send(.fileOpened(path: "x.json", contents: saved.contents))
    #expect(other.session.step == 3)
    #expect(other.session.values == stage.session.values)
    #expect(other.bottom.contains("3 steps, 1 what-if change among them"))
    #expect(other.shows("≈ what-if"))
    #expect(other.session.tree[other.session.tree.path(to: other.session.cursor)[2]].whatIf == "next_val = 4")
  }

  @Test func aStepBehindAWhatIfMustBeAllowed() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", ":whatif next_val = 4", "Enter", "1", ":save x.json", "Enter")
    let saved = try #require(stage.lastSave)
    var trace = try TraceReader.read(saved.contents, file: "x.json")
    let step = trace.steps[0]
    trace.steps.append(TraceStep(label: ActionLabel(name: "Leap"), values: step.values))
    stage.send(.fileOpened(path: "y.json", contents: ITFWriter.text(trace)))
    #expect(stage.session.step == 3)
    #expect(stage.bottom.contains("step 4 is not allowed: the model has no action Leap"))
  }
}

@Suite struct MotionTests {
  @Test func aWalkIsTheSameForTheSameSeed() throws {
    var one = try Stage("syn/part4")
    var other = try Stage("syn/part4")
    one.press(":walk 20 7", "Enter")
    other.press(":walk 20 7", "Enter")
    #expect(one.session.values == other.session.values)
    #expect(one.session.step > 0)
    #expect(one.bottom.contains("seed 7"))
    #expect(one.session.branchName == "walk, seed 7")
    one.press("u")
    #expect(one.session.step == 0)
    #expect(one.session.tree.nodes.count == 1)
  }

  @Test func aWalkWithoutASeedSaysWhichItTook() throws {
    var stage = try Stage("syn/part1")
    stage.press(":walk 3", "Enter")
    #expect(stage.bottom.contains("seed 1"))
    stage.press("Home", ":walk 3", "Enter")
    #expect(stage.bottom.contains("seed 2"))
    #expect(!stage.session.isUnsaved)
  }

  @Test func aWalkEndsWhereAPredicateHolds() throws {
    var stage = try Stage("syn/part5")
    stage.press(":walk 500 3 until next_val = 2", "Enter")
    while stage.tick() {}
    #expect(stage.session.model.watch("next_val", in: stage.session.state, before: nil).text == "2")
    #expect(stage.bottom.contains("next_val = 2 holds after"))
  }

  @Test func aLongWalkIsStoppedByAKey() throws {
    var stage = try Stage(
      module: "---- MODULE M ----\nEXTENDS Integers\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\n====",
      configuration: "INIT Init NEXT Next")
    stage.press(":walk 5000", "Enter")
    #expect(stage.bottom.contains("step 50 of 5,000"))
    try stage.tickOn()
    #expect(stage.session.step == 0)
    stage.press("q")
    #expect(stage.session.step == 100)
    #expect(stage.bottom.contains("stopped after 100 steps, seed 1"))
    #expect(stage.session.screen.dialog == nil)
    let old = stage.session.cursor
    stage.send(.motionTick(number: 1))
    #expect(stage.session.cursor == old)
  }

  @Test func aWalkEndsInADeadlockAndAViolation() throws {
    let counter =
      "---- MODULE M ----\nEXTENDS Integers\nVARIABLE x\nInit == x = 0\nNext == x < 7 /\\ x' = x + 1\nLow == x < 4\n===="
    var stage = try Stage(module: counter, configuration: "INIT Init NEXT Next")
    stage.press(":walk 50 1", "Enter")
    #expect(stage.session.step == 7)
    #expect(stage.bottom.contains("deadlock after 7 steps, seed 1"))
    stage = try Stage(module: counter, configuration: "INIT Init NEXT Next INVARIANT Low")
    stage.press(":walk 50 1", "Enter")
    #expect(stage.session.step == 4)
    #expect(stage.bottom.contains("✗ Low does not hold after 4 steps, seed 1"))
    stage.press(":walk x", "Enter")
    #expect(stage.bottom.contains("walk takes"))
  }

  @Test func playingGoesOnAtAPaceAndStops() throws {
    var stage = try Stage("syn/part5")
    stage.press("1", "1", "1", ":play 2", "Enter")
    #expect(stage.session.step == 0)
    #expect(stage.bottom.contains("playing 2.0/s"))
    guard case .wakeMotion(_, 500)? = stage.effects.last else {
      Issue.record("no wake-up")
      return
    }
    try stage.tickOn()
    #expect(stage.session.step == 1)
    stage.press(" ")
    #expect(stage.bottom.contains("paused"))
    _ = stage.tick()
    #expect(stage.session.step == 1)
    stage.press("Right", "Right", "Left")
    #expect(stage.session.step == 2)
    stage.press("+", " ")
    #expect(stage.bottom.contains("playing 3.0/s"))
    let goesOn = stage.tick()
    #expect(!goesOn)
    #expect(stage.session.step == 3)
    #expect(stage.bottom.contains("played to the end"))
    stage.press("Home", "p")
    try stage.tickOn()
    stage.press(" ", "Esc", "u")
    #expect(stage.session.step == 0)
    stage.press("u")
    #expect(stage.session.step == 3)
  }

  @Test func anyKeyStopsAPlayAndDoesNothingElse() throws {
    var stage = try Stage("syn/part5")
    stage.press("p")
    #expect(stage.bottom.contains("nothing to play"))
    stage.press("1", "1", "Home", "p", "x")
    #expect(stage.session.step == 0)
    #expect(stage.bottom.contains("stopped at step 0"))
    #expect(stage.session.tree.nodes.count == 3)
  }

  @Test func aCheckThatEndsMeanwhileDisturbsNothing() throws {
    var stage = try Stage("syn/part4")
    stage.press("1", "1", "Home", "c", "p")
    try stage.tickOn()
    try stage.runChecker()
    #expect(stage.session.step == 1)
    #expect(stage.session.runs.motion.isMoving)
  }
}
