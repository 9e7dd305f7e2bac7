import StateSpace
import Testing

@testable import Workbench

@Suite("The tour")
struct TourTests {
  // MARK: Choosing

  @Test("An option is right if its claim holds after the step; a wrong one can be answered again")
  func claims() {
    var stage = TourStage([
      TourStage.beat(TourStage.choose([.holds("~on"), .holds("on")], then: ["take On"]))
    ])
    // Actions does not give the answer away.
    let effect = "on FALSE → TRUE"
    #expect(stage.screen.contains("On") && !stage.screen.contains(effect))
    #expect(TourStage([TourStage.beat(TourStage.make(goal: "on"))]).screen.contains(effect))
    stage.press("A", "a")
    #expect(stage.feedback.hasPrefix("No. Reason 0. Look at the state"))
    #expect(stage.session?.step == 1 && !stage.tour.isSolved)
    stage.press("A", "2")
    #expect(stage.feedback.hasPrefix("Right. Reason 1."))
    #expect(stage.session?.step == 1 && stage.tour.isSolved)
  }

  @Test("The letter of an option alone says how to answer; pressed again it is the workbench's key")
  func lettersAlone() {
    var stage = TourStage([
      TourStage.beat(TourStage.choose([.holds("~on"), .holds("on"), .holds("count = 9")], then: ["take On"]))
    ])
    var checks: Int {
      stage.effects.count { if case .startCheck = $0 { true } else { false } }
    }
    stage.press("c")
    #expect(checks == 0)
    #expect(
      stage.feedback
        == "Press A, then c, to answer. c again is the workbench's key: start or stop the checker.")
    stage.press("c")
    #expect(checks == 1)
    stage.press("A", "a", "c")
    #expect(checks == 1 && stage.feedback.hasPrefix("Press A, then c"), "after a wrong answer, too")
    stage.press("d")
    #expect(!stage.feedback.contains("then d"), "there is no such option")
    stage.press("A", "b", "c")
    #expect(stage.tour.isSolved && checks == 2)
  }

  @Test("A wrong answer about steps is shown the shortest way")
  func steps() {
    var stage = TourStage([
      TourStage.beat(TourStage.choose([.steps(2), .steps(3)], goal: "count = 2 /\\ on"))
    ])
    stage.press("A", "a")
    #expect(stage.feedback.contains("At step 3, the trace shows it."))
    #expect(stage.session?.step == 3)
    stage.press("A", "b")
    #expect(stage.tour.isSolved)
  }

  @Test(
    "What falls is found by the checker",
    arguments: [
      ([ChooseTask.Claim.falls("Small"), .falls("Dark")], "a", true),
      ([.falls("Dark"), .falls("Small")], "a", false),
      ([.falls(nil), .falls("Small")], "a", false),
    ])
  func falls(_ claims: [ChooseTask.Claim], _ key: String, _ isRight: Bool) {
    var stage = TourStage([TourStage.beat(TourStage.choose(claims))])
    stage.press("A", key)
    #expect(stage.tour.isSolved == isRight, "\(stage.feedback)")
    #expect(stage.session?.step == 3)
  }

  @Test("What can be reached is shown; what cannot be says how many states were searched")
  func reachable() {
    let claims = [ChooseTask.Claim.reachable("count = 4"), .reachable("count = 3")]
    var stage = TourStage([TourStage.beat(TourStage.choose(claims))])
    stage.press("A", "a")
    #expect(stage.session?.step == 5 && !stage.tour.isSolved)
    var other = TourStage([
      TourStage.beat(TourStage.choose([.reachable("count = 4"), .reachable("count = 5")]))
    ])
    other.press("A", "a")
    #expect(other.feedback.contains("7 states were searched"))
  }

  // MARK: Doing

  @Test("A goal is judged after every step, wherever it is reached")
  func doing() {
    var stage = TourStage([TourStage.beat(TourStage.make(goal: "count = 1 /\\ ~on"))])
    stage.press("Enter")
    #expect(!stage.tour.isSolved)
    stage.press("Enter")
    #expect(stage.tour.isSolved && stage.feedback.hasPrefix("Done."))
  }

  @Test("Too many steps and an action to avoid miss the goal; the scene's key begins again")
  func missing() {
    var stage = TourStage([
      TourStage.beat(TourStage.make(goal: "count = 2") { $0.within = 3 }),
      TourStage.beat(TourStage.make(goal: "count = 1 /\\ ~on") { $0.avoid = [TourText("Off")] }),
    ])
    stage.press("Enter", "Enter", "Left", "Enter", "Enter")
    #expect(stage.tour.isSolved)
    stage.press(" ")
    #expect(stage.tour.beatIndex == 1)
    stage.press("Enter", "Enter")
    #expect(stage.feedback.hasPrefix("You took Off") && !stage.tour.isSolved)
    stage.press("T")
    #expect(stage.session?.step == 0 && stage.feedback.isEmpty)
  }

  @Test("More steps than allowed do not count")
  func within() {
    var stage = TourStage([TourStage.beat(TourStage.make(goal: "count = 2") { $0.within = 2 })])
    stage.press("Enter", "Enter", "Enter")
    #expect(stage.feedback.hasPrefix("2 steps did not lead there") && !stage.tour.isSolved)
  }

  @Test("Actions in their order and commands can be demanded")
  func tookAndPressed() {
    var stage = TourStage([
      TourStage.beat(
        TourStage.make {
          $0.took = [TourText("On"), TourText("Off")]
          $0.pressed = [TourText("state")]
        })
    ])
    stage.press("Enter", "Enter")
    #expect(!stage.tour.isSolved)
    stage.press(":state", "Enter")
    #expect(stage.tour.isSolved)
  }

  @Test("A what-if change does not solve a task")
  func whatIf() {
    var stage = TourStage([TourStage.beat(TourStage.make(goal: "count = 1"))])
    stage.press(":whatif count = 1", "Enter")
    #expect(stage.session?.holds("count = 0") == false && !stage.tour.isSolved)
    #expect(stage.session?.tree[stage.session?.cursor ?? 0].whatIf == "count = 1")
  }

  // MARK: Writing

  private func writing(_ target: String) -> BeatTask {
    var task = WriteTask(at: TourPlace())
    task.task = TourText("Write.")
    task.target = TourText(target)
    task.mistakes = [WriteTask.Mistake(TourText("on"), because: TourText("The count matters."))]
    return .write(task)
  }

  @Test(
    "An expression is compared in all states",
    arguments: [
      ("count > 1", true, "7 states"), ("~(count < 2)", true, "7 states"), ("count = 2", false, "At step 5"),
      ("on", false, "At step 1, your expression is TRUE, and should be FALSE. The count matters."),
      ("count", false, "neither TRUE nor FALSE"), ("cuont > 1", false, "cuont"),
      ("count' > 1", false, "primes"),
      ("TRUE) /\\ (count > 1", false, "expected"), ("count > 1 \\* so", true, ""),
      ("~Small", false, "Small is a definition of the module"), ("Small = FALSE", false, "is a definition"),
      ("(Small) => FALSE", false, "is a definition"),
      ("IF Small THEN FALSE ELSE TRUE", false, "is a definition"),
      ("~Small /\\ count > 1", true, "7 states"),
    ])
  func expressions(_ answer: String, _ isRight: Bool, _ words: String) {
    var stage = TourStage([TourStage.beat(writing("count > 1"))])
    stage.press("A", answer, "Enter")
    #expect(stage.tour.isSolved == isRight)
    #expect(words.isEmpty || stage.feedback.contains(words), "\(stage.feedback)")
  }

  @Test("A value can be compared in one state")
  func inState() {
    var task = WriteTask(at: TourPlace())
    task.target = TourText("{count}")
    task.isInState = true
    var stage = TourStage([TourStage.beat(.write(task))])
    stage.press("A", "{1}", "Enter")
    #expect(stage.feedback.contains("Your expression is {1}, and should be {0}"))
    stage.press("A", "Backspace", "Backspace", "0}", "Enter")
    #expect(stage.tour.isSolved)
  }

  @Test("A value keeps its braces where a chapter's text would name a key")
  func valuesAreNotMarkup() {
    var task = WriteTask(at: TourPlace())
    task.target = TourText("{on}")
    task.isInState = true
    var stage = TourStage([TourStage.beat(.write(task))], width: 200, height: 60)
    stage.press("A", "{TRUE}", "Enter")
    #expect(stage.screen.contains("{TRUE}") && stage.screen.contains("{FALSE}"))
  }

  // MARK: Going on

  @Test("After a solved beat that was left and entered again, the next one stands where it did at first")
  func backAndForth() {
    var stage = TourStage([
      TourStage.beat(TourStage.choose([.holds("on")], then: ["take On"])),
      TourStage.beat(TourStage.make(goal: "~on"), begins: false) { $0.scene.run = [TourText("take Off")] },
    ])
    stage.press("A", "a", " ")
    #expect(stage.session?.step == 2 && stage.tour.beatIndex == 1)
    stage.press("Backspace", " ")
    #expect(stage.session?.step == 2 && stage.tour.beatIndex == 1, "\(stage.feedback)")
  }

  @Test("The next beat goes on from the answer, not from the trace that was shown for it")
  func evidenceIsAside() {
    var stage = TourStage([
      TourStage.beat(TourStage.choose([.falls("Small")])),
      TourStage.beat(begins: false) { $0.scene.run = [TourText("take On")] },
    ])
    stage.press("A", "a")
    #expect(stage.session?.step == 3)
    stage.press(" ")
    #expect(stage.session?.step == 1 && stage.feedback.isEmpty, "\(stage.feedback)")
  }

  @Test("Folded, the key that goes on does not turn pages that nobody sees")
  func foldedPages() {
    var long = TourStage.beat()
    long.text = TourText(Array(repeating: "A sentence of a long text.", count: 60).joined(separator: " "))
    var stage = TourStage([long, TourStage.beat()])
    stage.press(" ")
    #expect(stage.tour.beatIndex == 0)
    stage.press("F", " ")
    #expect(stage.tour.beatIndex == 1)
  }

  @Test("Leaving a chapter stops the judge")
  func leavingStopsJudging() {
    var stage = TourStage([TourStage.beat(TourStage.choose([.holds("on")]))])
    stage.tour.phase = .judging(option: 0)
    let effects = stage.tour.next(&stage.session) + stage.tour.next(&stage.session)
    #expect(effects.contains { if case .stopJudging = $0 { true } else { false } })
  }

  @Test("A second click on a chapter opens the one that was clicked")
  func doubleClick() {
    let entries = (1...27).map { number in
      var chapter = Chapter(name: "c\(number)", path: "c.toml")
      chapter.title = "Chapter \(number)"
      chapter.beats = [TourStage.beat()]
      return ChapterList.Entry(name: "c\(number)", chapter: .success(chapter))
    }
    var list = ChapterList(entries, progress: TourProgress())
    let size = Size(width: 80, height: 24)
    _ = list.update(.resize(size))
    let rows = list.view(size).text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let row = rows.firstIndex(where: { $0.contains("Chapter 13") }) else {
      Issue.record("the list shows 13 chapters")
      return
    }
    _ = list.update(.mouse(Mouse(kind: .click, point: Point(x: 6, y: row))))
    guard case .open(let chapter) = list.update(.mouse(Mouse(kind: .doubleClick, point: Point(x: 6, y: row))))
    else {
      Issue.record("nothing was opened")
      return
    }
    #expect(chapter.name == "c13")
  }

  // MARK: Mending

  @Test("Each saved version is judged by conditions of the original")
  func mending() throws {
    var task = MendTask(at: TourPlace())
    task.task = TourText("Mend.")
    task.hidden = TourText("Small")
    task.possible = [TourText("count = 1 /\\ ~on")]
    task.actions = [TourText("Off")]
    func stage() -> TourStage { TourStage([TourStage.beat(.mend(task))]) }
    var right = stage()
    try right.edit("count < Max", "count < 1")
    #expect(right.tour.isSolved, "\(right.feedback)")
    var loosened = stage()
    try loosened.edit("Small == count < 2", "Small == TRUE")
    #expect(loosened.feedback.contains("Small does not hold") && loosened.session?.step == 3)
    var stuck = stage()
    try stuck.edit("Off == on", "Off == FALSE")
    #expect(stuck.feedback.contains("holds in none of 2 states now"))
    var empty = stage()
    try empty.edit("count < Max", "count < 0")
    #expect(empty.feedback.contains("count = 1 /\\ ~on holds in none of 1 state now"))
    var missing = stage()
    try missing.edit("Next == On \\/ Off", "Next == On \\/ (Off /\\ count' = 9)")
    #expect(!missing.tour.isSolved)
    try missing.edit("On \\/ (Off /\\ count' = 9)", "(On /\\ count < 1) \\/ Off")
    #expect(missing.tour.isSolved, "\(missing.feedback)")
  }

  @Test("A copy that is right already is judged when the beat begins, and A judges it again")
  func mendedBefore() throws {
    var stage = TourStage([mendingBeat()])
    try stage.edit("count < Max", "count <= Max")
    let judged = stage.effects.count { if case .startJudging = $0 { true } else { false } }
    stage.press("A")
    #expect(stage.effects.count { if case .startJudging = $0 { true } else { false } } == judged + 1)
    #expect(stage.feedback.contains("Small does not hold"))
    try stage.edit("count <= Max", "count < 1")
    #expect(stage.tour.isSolved)
  }

  @Test("What the chapter says of a wrong edit is said to who makes it")
  func wrongEdit() throws {
    var task = MendTask(at: TourPlace())
    task.hidden = TourText("Small")
    task.wrong = [
      MendTask.Edit(
        TourText("count < Max"), with: TourText("count <= Max"), because: TourText("The *bound* grew."))
    ]
    var stage = TourStage([TourStage.beat(.mend(task))])
    try stage.edit("count < Max", "count  <= Max")
    #expect(stage.feedback.contains("The bound grew."), "\(stage.feedback)")
  }

  private func mendingBeat(_ change: (inout Beat) -> Void = { _ in }) -> Beat {
    var task = MendTask(at: TourPlace())
    task.task = TourText("Mend.")
    task.hidden = TourText("Small")
    return TourStage.beat(.mend(task), change)
  }

  @Test("A trace that refutes a mend comes to the front where Source hides it")
  func refutingTraceInFront() throws {
    var stage = TourStage([mendingBeat { $0.scene.focus = .source }])
    #expect(stage.session?.screen.focus == .source)
    try stage.edit("count < Max", "count <= Max")
    #expect(stage.session?.step == 3 && stage.session?.screen.focus == .trace)
    #expect(stage.screen.contains("▸Trace"))
    var wide = TourStage([mendingBeat { $0.scene.focus = .source }], width: 200, height: 60)
    try wide.edit("count < Max", "count <= Max")
    #expect(wide.session?.screen.focus == .source)
  }

  @Test("The original comes back in place of the learner's copy if asked twice, and only where there is one")
  func original() {
    var stage = TourStage([TourStage.beat(), mendingBeat()])
    stage.press("O")
    #expect(stage.feedback.hasPrefix("Here you have no copy"))
    stage.press(" ", "O")
    #expect(stage.feedback.hasPrefix("O again") && stage.tour.beatIndex == 1)
    func discards() -> Bool {
      guard
        case .openScene(let scene)? = stage.effects.last(where: {
          if case .openScene = $0 { true } else { false }
        })
      else { return false }
      return scene.discardsCopy && scene.isCopied
    }
    #expect(!discards())
    stage.press("O")
    #expect(discards() && stage.tour.phase.isOpen)
  }

  @Test("The beat after a mend begins with the unmended model")
  func afterMend() throws {
    var stage = TourStage([mendingBeat(), TourStage.beat(begins: false)])
    try stage.edit("count < Max", "count < 1")
    #expect(stage.tour.isSolved)
    stage.press(" ")
    #expect(stage.tour.beatIndex == 1)
    stage.press("Enter", "Enter", "Enter")
    #expect(stage.session?.step == 3)
    var chapter = Chapter(name: "light", path: "")
    chapter.beats = [mendingBeat(), TourStage.beat(begins: false)]
    #expect(chapter.problemsOfTexts().contains { $0.message.hasPrefix("after a beat that mends") })
    chapter.beats[1].scene.startsAgain = true
    #expect(!chapter.problemsOfTexts().contains { $0.message.hasPrefix("after a beat that mends") })
  }

  // MARK: Going through a chapter

  @Test("An open beat is skipped only if asked twice; back leads back, and each change is kept")
  func nextAndBack() {
    var stage = TourStage([
      TourStage.beat(TourStage.make(goal: "count = 1"), title: "One"), TourStage.beat(title: "Two"),
      TourStage.beat(title: "Three"),
    ])
    stage.press(" ")
    #expect(stage.tour.beatIndex == 0 && stage.feedback.contains("not solved yet"))
    stage.press(" ")
    #expect(stage.tour.beatIndex == 1)
    stage.press(" ")
    #expect(stage.tour.beatIndex == 2)
    #expect(stage.saved?.contains("beat = 3\ndone = [2]") == true)
    stage.press("Backspace")
    #expect(stage.tour.beatIndex == 1)
    stage.press(" ", " ")
    #expect(stage.hasLeft && stage.saved?.contains("done = [2, 3]") == true)
  }

  @Test("The tour goes on where it was left, with the solutions of the beats before")
  func comingBack() {
    var progress = TourProgress()
    progress.chapters["light"] = TourProgress.Entry()
    progress.chapters["light"]?.beat = 1
    let stage = TourStage(
      [
        TourStage.beat(TourStage.make(goal: "on") { $0.solution = [TourText("take On")] }, title: "One"),
        TourStage.beat(title: "Two", begins: false) { $0.scene.run = [TourText("take Off")] },
      ], progress: progress)
    #expect(stage.tour.beatIndex == 1 && stage.session?.step == 2)
  }

  @Test("A beat goes on from where the learner solved the one before")
  func goingOn() {
    var stage = TourStage([
      TourStage.beat(TourStage.make(goal: "count = 2") { $0.solution = [TourText("take On")] }, title: "One"),
      TourStage.beat(title: "Two", begins: false),
    ])
    stage.press("Enter", "Enter", "Enter", "Left", "Left", " ")
    #expect(stage.tour.beatIndex == 1 && stage.session?.step == 3)
  }

  @Test("One key comes back to the scene from anywhere, and what was explored stays")
  func comingBackToTheScene() {
    var stage = TourStage([TourStage.beat { $0.scene.run = [TourText("take On"), TourText("take Off")] }])
    #expect(stage.session?.step == 2)
    stage.press("Enter", "Left", "Left", "Left")
    #expect(stage.session?.step == 0)
    stage.press("T")
    #expect(stage.session?.step == 2 && stage.session?.tree.nodes.count == 4)
  }

  @Test("A scene that cannot be set says why")
  func refusedScene() {
    let stage = TourStage([TourStage.beat { $0.scene.run = [TourText("take Off")] }])
    #expect(stage.feedback.hasPrefix("The scene could not be set"), "\(stage.feedback)")
  }

  @Test("Commands that take long are waited for")
  func waitingForTheChecker() {
    let stage = TourStage([TourStage.beat { $0.scene.run = [TourText("check"), TourText("violation")] }])
    #expect(stage.feedback.isEmpty && stage.session?.step == 3)
  }

  @Test("Hints come one at a time")
  func hints() {
    var stage = TourStage(
      [TourStage.beat { $0.hints = [TourText("First."), TourText("Second.")] }], width: 200, height: 60)
    stage.press("i")
    #expect(stage.screen.contains("Hint: First.") && !stage.screen.contains("Second."))
    stage.press("i", "i")
    #expect(stage.screen.contains("Hint: Second."))
  }

  // MARK: Drawing and keys

  @Test("A strip at 80x24 leaves the workbench its least size; it turns pages, and folds")
  func strip() {
    var stage = TourStage([
      TourStage.beat(TourStage.choose([.holds("on"), .holds("~on")])) {
        $0.text = TourText(String(repeating: "The light is off, and nobody is there. ", count: 14))
      }
    ])
    #expect(stage.session?.screen.size == Size(width: 80, height: 16))
    #expect(!stage.screen.contains("Which?") && stage.screen.contains("Space more"))
    #expect(stage.screen.contains("Light ─ 1/1 B"))
    stage.press(" ")
    #expect(stage.screen.contains("▸ Which?") && stage.screen.contains("b option 1"))
    stage.press("F")
    #expect(stage.session?.screen.size == Size(width: 80, height: 22) && !stage.screen.contains("Which?"))
    stage.press("A")
    #expect(stage.session?.screen.size == Size(width: 80, height: 16) && stage.screen.contains("a–b choose"))
    stage.press("Esc")
    #expect(stage.tour.input == .none)
  }

  @Test("A column at 200x60 shows everything, with the user's keys")
  func column() {
    var stage = TourStage(
      [TourStage.beat(TourStage.choose([.holds("on"), .holds("~on")]))], width: 200, height: 60)
    #expect(stage.session?.screen.size == Size(width: 154, height: 60))
    #expect(stage.screen.contains("The light is off. Press Enter."))
    #expect(stage.screen.contains("b option 1") && stage.screen.contains("L chapters"))
    stage.resize(80, 24)
    #expect(stage.session?.screen.size == Size(width: 80, height: 16))
  }

  @Test("A click on an option chooses it")
  func click() throws {
    var stage = TourStage(
      [TourStage.beat(TourStage.choose([.holds("on"), .holds("~on")]))], width: 200, height: 60)
    let rows = stage.screen.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let y = try #require(rows.firstIndex { $0.contains("b option 1") })
    stage.send(.mouse(Mouse(kind: .click, point: Point(x: 160, y: y))))
    #expect(stage.tour.isSolved)
  }

  @Test("The tour's keys are not those of any pane, and an open line or box keeps its keys")
  func keys() {
    let tour = CommandTable.boxes.filter { $0.boxes?.contains(.tour) ?? false }
    #expect(tour.count == 8)
    for key in tour.flatMap(\.keys) {
      #expect(!CommandTable.all.contains { $0.keys.contains(key) }, "\(key.text)")
    }
    var stage = TourStage([TourStage.beat(), TourStage.beat()])
    stage.press(":")
    stage.press("T i A")
    #expect(stage.tour.beatIndex == 0 && stage.tour.input == .none && stage.screen.contains(":T i A"))
    stage.press("Esc", "?", " ")
    #expect(stage.tour.beatIndex == 0)
    stage.press("Esc", " ")
    #expect(stage.tour.beatIndex == 1)
  }

  @Test("Judging can be stopped")
  func stopping() {
    var stage = TourStage([TourStage.beat(writing("count > 1"))])
    stage.tour.phase = .judging(option: nil)
    stage.press("Esc")
    guard case .stopJudging? = stage.effects.last else {
      Issue.record("nothing was stopped")
      return
    }
    stage.send(.judged(run: stage.tour.judgeRun, .stopped))
    #expect(stage.feedback.hasPrefix("Stopped."))
  }

  @Test("While an answer is judged or carried out, nothing reaches the workbench")
  func waiting() {
    for phase in [Tour.Phase.judging(option: nil), .answering(0)] {
      var stage = TourStage([TourStage.beat(writing("count > 1"))], width: 200, height: 60)
      stage.tour.phase = phase
      let before = stage.session.map { ($0.step, $0.screen.focus) }
      stage.press("Enter", "1", "z", ":", "A", " ", "F")
      stage.send(.paste("take On"))
      stage.send(.mouse(Mouse(kind: .doubleClick, point: Point(x: 100, y: 5))))
      #expect(stage.session?.step == before?.0 && stage.session?.screen.focus == before?.1)
      #expect(stage.session?.screen.dialog == nil && stage.tour.beatIndex == 0)
      stage.press("Esc")
      if case .answering = phase { #expect(stage.feedback.hasPrefix("Stopped.")) }
    }
  }

  // MARK: Texts

  @Test(
    "Sentences and marks",
    arguments: [
      ("One. Two? Three!", 3), ("See `a. b` here.", 1), ("No stop", 1), ("TLA+ 2.19 is read. So.", 2),
    ])
  func sentences(_ text: String, _ count: Int) { #expect(Chapter.sentences(text).count == count) }

  @Test func markup() {
    #expect(
      TourMarkup.pieces("Press {take}, see *a term* and `{x}` or 2 * 3 * 4.")
        == [
          .words("Press "), .key("take"), .words(", see "), .term("a term"), .words(" and "), .code("{x}"),
          .words(" or 2 * 3 * 4."),
        ])
    #expect(TourMarkup.unknownKeys(in: "{take} {tak}") == ["tak"])
    #expect(TourMarkup.paragraphs("a\nb\n\n\nc") == ["a b", "c"])
  }

  @Test("The list cuts no title and no summary", arguments: [80, 120, 200])
  func wholeList(width: Int) {
    var chapter = Chapter(name: "light", path: "")
    chapter.title = "Syn 14: an answer only to whom one still sees"
    chapter.summary =
      "A question from before the cut is not answered, because its answer would bring a name back."
    chapter.minutes = 12
    chapter.beats = [TourStage.beat()]
    let list = ChapterList(
      [ChapterList.Entry(name: "light", chapter: .success(chapter))], progress: TourProgress())
    let text = list.view(Size(width: width, height: 24)).text
    #expect(text.contains(chapter.title) && !text.contains("…"), "\(text)")
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("12 min: \(chapter.summary)"), "\(text)")
  }

  @Test("The list tells how far each chapter is")
  func list() {
    var chapter = Chapter(name: "light", path: "")
    chapter.title = "Light"
    chapter.beats = [TourStage.beat(), TourStage.beat()]
    var progress = TourProgress()
    progress.chapters["light"] = TourProgress.Entry()
    progress.chapters["light"]?.done = [0]
    let wrong = ChapterProblem("it is wrong", at: TourPlace(line: 3, column: 4))
    var list = ChapterList(
      [
        ChapterList.Entry(name: "light", chapter: .success(chapter)),
        ChapterList.Entry(name: "bad", chapter: .failure(wrong)),
      ], progress: progress)
    let size = Size(width: 80, height: 24)
    #expect(list.view(size).text.contains("Light") && list.view(size).text.contains("1 of 2"))
    guard case .open(let opened) = list.update(.key(.enter)) else {
      Issue.record("no chapter")
      return
    }
    #expect(opened.name == "light")
    _ = list.update(.key(.down))
    _ = list.update(.key(.enter))
    #expect(list.view(size).text.contains("bad:3:4: it is wrong"))
  }
}

extension Tour.Phase {
  fileprivate var isOpen: Bool { if case .open = self { true } else { false } }
}
