internal import TLASyntax
package import Workbench

/// Reads a chapter of the tour. Each mistake becomes a problem with its place; the correct entries are read.
///
///     title = "Your first step"
///     summary = "Step through a protocol by hand."
///     [[beat]]
///     title = "Two nodes"
///     text = "…"
///     model = "syn/part5"
///     run = ["take Register(n1)"]
///     [beat.do]
///     task = "Let n2 read the message."
///     goal = "inbox[n2] = <<>>"
///     solution = ["take SyncRegister(n2)"]
package enum ChapterReader {
  /// Reads a chapter's text. `path` is the path of its file, from which the chapter's models and traces are looked for.
  package static func read(
    _ text: String, name: String, path: String
  ) -> (chapter: Chapter, problems: [ChapterProblem]) {
    var reading = ChapterReading(chapter: Chapter(name: name, path: path))
    do {
      reading.take(try TOMLReader.read(text))
    } catch {
      reading.problems = [
        ChapterProblem(error.message, at: TourPlace(line: error.line, column: error.column))
      ]
    }
    return (reading.chapter, reading.problems)
  }
}

private struct ChapterReading {
  var chapter: Chapter
  var problems: [ChapterProblem] = []

  mutating func take(_ file: TOMLTable) {
    var reading = TableReading(file, "a chapter")
    chapter.title = reading.text("title", isNeeded: true)?.text ?? chapter.name
    if let summary = reading.text("summary", isNeeded: true) {
      chapter.summary = summary.text
      if summary.text.count > 90 {
        reading.complain(
          "summary has \(summary.text.count) characters; the limit is 90", at: summary.place)
      }
    }
    chapter.minutes = reading.number("minutes")?.value
    let beats = reading.tables("beat")
    if beats.isEmpty { reading.complain("a chapter needs a [[beat]]", at: reading.place) }
    for beat in beats { chapter.beats.append(take(beat: beat)) }
    problems += reading.finish()
    problems.sort { $0.place < $1.place }
  }

  private mutating func take(beat table: TOMLTable) -> Beat {
    var reading = TableReading(table, "a beat")
    var beat = Beat(at: reading.place)
    beat.title = reading.text("title", isNeeded: true)?.text ?? ""
    beat.text = reading.text("text", isNeeded: true) ?? TourText("", at: reading.place)
    beat.notes = reading.text("notes")
    beat.hints = reading.texts("hints") ?? []
    if beat.hints.count > 2 {
      reading.complain(
        "a beat has at most 2 hints, and this one has \(beat.hints.count)", at: beat.hints[2].place)
    }
    beat.scene = scene(&reading)
    let tasks: [(String, (inout TableReading) -> BeatTask)] = [
      ("choose", { Self.choose(&$0) }), ("do", { Self.make(&$0) }), ("write", { Self.write(&$0) }),
      ("mend", { Self.mend(&$0) }),
    ]
    for (name, read) in tasks {
      guard let item = reading.item(name) else { continue }
      guard let own = item.table else {
        reading.complain("expected a table: [beat.\(name)]", at: TourPlace(item.place))
        continue
      }
      if beat.task != nil {
        reading.complain("a beat has one task, and this one has more", at: TourPlace(item.place))
      }
      var inner = TableReading(own, name)
      beat.task = read(&inner)
      problems += inner.finish()
    }
    problems += reading.finish()
    return beat
  }

  private func scene(_ reading: inout TableReading) -> Scene {
    var scene = Scene()
    scene.model = reading.text("model")
    scene.module = reading.text("spec")
    scene.configuration = reading.text("config")
    scene.constants = reading.texts("constants")
    scene.trace = reading.text("trace")
    scene.step = reading.number("at")
    scene.startsAgain = reading.flag("start")
    scene.run = reading.texts("run") ?? []
    scene.focus = pane("pane", &reading)
    scene.shown = pane("show", &reading)
    scene.selection = reading.text("select")
    if scene.model != nil, let module = scene.module {
      reading.complain("a scene has a model or a spec, and not both", at: module.place)
    }
    if let configuration = scene.configuration, scene.module == nil {
      reading.complain("config belongs to a spec, and there is none", at: configuration.place)
    }
    return scene
  }

  private func pane(_ key: String, _ reading: inout TableReading) -> Pane? {
    guard let text = reading.text(key) else { return nil }
    if let pane = Pane.named(text.text) { return pane }
    let names = Pane.allCases.map(\.name)
    let hint = closestName(to: text.text, in: names).map { "did you mean \($0)?" }
    reading.complain(
      "there is no pane \(text.text): \(hint ?? names.joined(separator: ", "))", at: text.place)
    return nil
  }

  // MARK: Tasks

  private static func choose(_ reading: inout TableReading) -> BeatTask {
    var task = ChooseTask(at: reading.place)
    task.question = reading.text("question", isNeeded: true) ?? task.question
    task.then = reading.texts("then") ?? []
    task.goal = reading.text("goal")
    var kinds: Set<String> = []
    let tables = reading.tables("options")
    for table in tables {
      var option = TableReading(table, "an option")
      let text = option.text("text", isNeeded: true)
      let because = option.text("because")
      var claims: [(String, ChooseTask.Claim)] = []
      if let claim = option.text("claim") { claims.append(("claim", .holds(claim.text))) }
      if let claim = option.text("falls") {
        claims.append(("falls", .falls(claim.text.isEmpty ? nil : claim.text)))
      }
      if let claim = option.number("steps") { claims.append(("steps", .steps(claim.value))) }
      if let claim = option.text("reachable") { claims.append(("reachable", .reachable(claim.text))) }
      if claims.count != 1 {
        option.complain("an option needs one of claim, falls, steps, reachable", at: option.place)
      }
      reading.take(&option)
      guard let text, let claim = claims.first else { continue }
      kinds.insert(claim.0)
      task.options.append(ChooseTask.Option(text: text, claim: claim.1, because: because))
    }
    if !(2...ChooseTask.letters.count).contains(tables.count) {
      reading.complain(
        "choose needs from 2 to \(ChooseTask.letters.count) options, and has \(tables.count)",
        at: reading.place)
    }
    if kinds.count > 1 {
      reading.complain("the options mix \(kinds.sorted().joined(separator: " and "))", at: reading.place)
    }
    if kinds == ["steps"], task.goal == nil {
      reading.complain("options with steps need a goal", at: reading.place)
    }
    if kinds != ["steps"], let goal = task.goal {
      reading.complain("goal belongs to options with steps", at: goal.place)
    }
    return .choose(task)
  }

  private static func make(_ reading: inout TableReading) -> BeatTask {
    var task = DoTask(at: reading.place)
    task.task = reading.text("task", isNeeded: true) ?? task.task
    task.goal = reading.text("goal")
    task.within = reading.number("within")?.value
    task.took = reading.texts("took") ?? []
    task.avoid = reading.texts("avoid") ?? []
    task.pressed = reading.texts("pressed") ?? []
    task.solution = reading.texts("solution") ?? []
    if task.goal == nil, task.took.isEmpty, task.pressed.isEmpty {
      reading.complain("do needs a goal, took or pressed", at: reading.place)
    }
    if task.solution.isEmpty { reading.complain("do needs a solution", at: reading.place) }
    for name in task.pressed where !CommandTable.all.contains(where: { $0.name == name.text }) {
      reading.complain("there is no command \(name.text)", at: name.place)
    }
    return .make(task)
  }

  private static func write(_ reading: inout TableReading) -> BeatTask {
    var task = WriteTask(at: reading.place)
    task.task = reading.text("task", isNeeded: true) ?? task.task
    task.target = reading.text("target", isNeeded: true) ?? task.target
    task.isInState = reading.flag("in_state")
    task.mistakes = (reading.texts("wrong") ?? []).map { WriteTask.Mistake($0) }
    for table in reading.tables("mistakes") {
      var mistake = TableReading(table, "a mistake")
      let wrong = mistake.text("wrong", isNeeded: true)
      let because = mistake.text("because", isNeeded: true)
      reading.take(&mistake)
      if let wrong { task.mistakes.append(WriteTask.Mistake(wrong, because: because)) }
    }
    return .write(task)
  }

  private static func mend(_ reading: inout TableReading) -> BeatTask {
    var task = MendTask(at: reading.place)
    task.task = reading.text("task", isNeeded: true) ?? task.task
    task.hidden = reading.text("hidden", isNeeded: true) ?? task.hidden
    task.possible = reading.texts("possible") ?? []
    task.actions = reading.texts("actions") ?? []
    task.solution = edits("solution", &reading)
    task.wrong = edits("wrong", &reading)
    if task.solution.isEmpty { reading.complain("mend needs a solution", at: reading.place) }
    return .mend(task)
  }

  private static func edits(_ key: String, _ reading: inout TableReading) -> [MendTask.Edit] {
    reading.tables(key).compactMap { table in
      var edit = TableReading(table, "an edit")
      let replaced = edit.text("replace", isNeeded: true)
      let replacement = edit.text("with", isNeeded: true)
      let because = edit.text("because")
      reading.take(&edit)
      guard let replaced, let replacement else { return nil }
      return MendTask.Edit(replaced, with: replacement, because: because)
    }
  }
}
