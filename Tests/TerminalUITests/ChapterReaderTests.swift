import Testing

@testable import TerminalUI
@testable import Workbench

@Suite struct ChapterReaderTests {
  private static let head = "title = \"T\"\nsummary = \"S\"\n[[beat]]\ntitle = \"B\"\ntext = \"One. Two.\"\n"

  private func read(_ text: String) -> (chapter: Chapter, problems: [ChapterProblem]) {
    ChapterReader.read(text, name: "t", path: "t.toml")
  }

  @Test func everythingThatCanBeSaid() throws {
    let (chapter, problems) = read(
      """
      title = "Lights"
      summary = "One light."
      minutes = 3
      [[beat]]
      title = "First"
      text = "One. Two."
      notes = "For the teacher."
      hints = ["a", "b"]
      model = "syn/part1"
      constants = ["MaxValues=2"]
      trace = "x.itf.json"
      at = 2
      start = true
      run = ["take A", "check"]
      pane = "space-time"
      show = "state"
      select = "inbox"
      [beat.choose]
      question = "Which?"
      then = ["take A"]
      options = [{ text = "a", claim = "x = 1" }, { text = "b", claim = "x = 2", because = "No." }]
      [[beat]]
      title = "Second"
      text = "One. Two."
      spec = "---- MODULE M ----"
      config = "INIT Init"
      [beat.do]
      task = "Do."
      goal = "x = 1"
      within = 8
      took = ["A"]
      avoid = ["B"]
      pressed = ["check"]
      solution = ["take A"]
      [[beat]]
      title = "Third"
      text = "One. Two."
      [beat.write]
      task = "Write."
      target = "x = 1"
      in_state = true
      wrong = ["x = 2"]
      mistakes = [{ wrong = "x = 3", because = "No." }]
      [[beat]]
      title = "Fourth"
      text = "One. Two."
      [beat.mend]
      task = "Mend."
      hidden = "x < 3"
      possible = ["x = 1"]
      actions = ["A"]
      solution = [{ replace = "a", with = "b" }]
      wrong = [{ replace = "a", with = "c", because = "No." }]
      [[beat]]
      title = "Fifth"
      text = "One. Two."
      """)
    #expect(problems == [])
    #expect(chapter.title == "Lights" && chapter.minutes == 3 && chapter.beats.count == 5)
    let scene = chapter.beats[0].scene
    #expect(scene.model?.text == "syn/part1" && scene.trace?.text == "x.itf.json" && scene.step?.value == 2)
    #expect(scene.focus == .spaceTime && scene.shown == .state && scene.selection?.text == "inbox")
    #expect(scene.run.map(\.text) == ["take A", "check"] && scene.startsAgain && scene.beginsAnew)
    guard case .choose(let choose) = chapter.beats[0].task, case .make(let make) = chapter.beats[1].task,
      case .write(let write) = chapter.beats[2].task, case .mend(let mend) = chapter.beats[3].task
    else { throw Missing() }
    #expect(choose.options.map(\.claim) == [.holds("x = 1"), .holds("x = 2")])
    #expect(make.within == 8 && make.took.map(\.text) == ["A"] && make.avoid.map(\.text) == ["B"])
    #expect(write.isInState && write.mistakes.map(\.wrong.text) == ["x = 2", "x = 3"])
    #expect(mend.solution.count == 1 && mend.wrong[0].because?.text == "No.")
    #expect(chapter.beats[4].task == nil)
  }

  private struct Missing: Error {}

  @Test(
    "Each mistake has its line and column",
    arguments: [
      ("title = \"T\"\n", "1:1: a chapter needs summary"),
      ("title = \"T\"\nsummary = \"S\"\n", "1:1: a chapter needs a [[beat]]"),
      ("title = \n", "1:9: expected a value, found the end of the line"),
      ("title = \"T\"\nsumary = \"S\"\n", "2:1: a chapter has no setting sumary (did you mean summary?)"),
      (head + "hint = [\"a\"]\n", "6:1: a beat has no setting hint (did you mean hints?)"),
      (head + "hints = [\"a\", \"b\", \"c\"]\n", "6:20: a beat has at most 2 hints, and this one has 3"),
      (head + "run = \"take A\"\n", "6:7: expected a list of texts: run = [\"…\"]"),
      (head + "run = [\"take A\", 3]\n", "6:18: expected only texts in the list: run = [\"…\"]"),
      (head + "at = \"2\"\n", "6:6: expected a number, 0 or more: at = 3"),
      (head + "start = 1\n", "6:9: expected true or false: start = true"),
      (head + "pane = \"nods\"\n", "6:8: there is no pane nods: did you mean nodes?"),
      (head + "model = \"a\"\nspec = \"b\"\n", "7:8: a scene has a model or a spec, and not both"),
      (head + "config = \"b\"\n", "6:10: config belongs to a spec, and there is none"),
      (head + "choose = 3\n", "6:10: expected a table: [beat.choose]"),
      (head + "[beat.choose]\nquestion = \"Q\"\n", "6:7: choose needs from 2 to 8 options, and has 0"),
      (
        head
          + "[beat.choose]\nquestion = \"Q\"\noptions = [{ text = \"a\", claim = \"b\" }, { text = \"c\" }]\n",
        "8:41: an option needs one of claim, falls, steps, reachable"
      ),
      (
        head
          + "[beat.choose]\nquestion = \"Q\"\noptions = [{ text = \"a\", claim = \"b\" }, { text = \"c\", falls = \"\" }]\n",
        "6:7: the options mix claim and falls"
      ),
      (
        head
          + "[beat.choose]\nquestion = \"Q\"\noptions = [{ text = \"a\", steps = 1 }, { text = \"c\", steps = 2 }]\n",
        "6:7: options with steps need a goal"
      ),
      (head + "[beat.do]\ntask = \"D\"\nsolution = [\"a\"]\n", "6:7: do needs a goal, took or pressed"),
      (head + "[beat.do]\ntask = \"D\"\ngoal = \"a\"\n", "6:7: do needs a solution"),
      (
        head + "[beat.do]\ntask = \"D\"\npressed = [\"chek\"]\nsolution = [\"a\"]\n",
        "8:12: there is no command chek"
      ),
      (head + "[beat.write]\ntask = \"D\"\n", "6:7: write needs target"),
      (head + "[beat.mend]\ntask = \"D\"\nhidden = \"a\"\n", "6:7: mend needs a solution"),
      (
        head + "[beat.mend]\ntask = \"D\"\nhidden = \"a\"\nsolution = [{ replace = \"a\" }]\n",
        "9:13: an edit needs with"
      ),
      (
        head
          + "[beat.write]\ntask = \"D\"\ntarget = \"a\"\n[beat.do]\ntask = \"D\"\ngoal = \"a\"\nsolution = [\"b\"]\n",
        "6:7: a beat has one task, and this one has more"
      ),
    ])
  func mistakes(_ text: String, _ message: String) {
    let problems = read(text).problems.map { $0.text(in: "") }
    #expect(problems == [":" + message], "\(problems)")
  }

  @Test func progressIsReadAsItIsWritten() {
    var progress = TourProgress()
    progress.chapters["first-step"] = TourProgress.Entry()
    progress.chapters["first-step"]?.beat = 3
    progress.chapters["first-step"]?.done = [0, 2]
    progress.current = "a \"b\""
    progress.chapters["a \"b\""] = TourProgress.Entry()
    #expect(TourProgressReader.read(progress.text) == progress)
    progress.chapters["current"] = TourProgress.Entry()
    progress.chapters["a\tb\u{1}"] = TourProgress.Entry()
    #expect(TourProgressReader.read(progress.text) == progress)
    for text in [
      "", "x", "a = 1", "[chapters.a]\nbeat = \"x\"\ndone = 3", "[chapters.a]\nbeat = -4",
      "[chapters.a]\nbeat = -9223372036854775808\ndone = [-9223372036854775808]", "chapters = 3",
    ] {
      let entry = TourProgressReader.read(text).chapters["a"] ?? TourProgress.Entry()
      #expect(entry.beat == 0 && entry.done.isEmpty)
    }
  }
}
