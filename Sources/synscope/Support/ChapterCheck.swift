import ArgumentParser
import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Workbench

/// Tries everything in a chapter that can be wrong: scenes, commands, answers, solutions and wrong answers.
struct ChapterCheck {
  private let chapter: Chapter
  private let loader: ModelLoader
  private let world: CallingThread
  private let folder: String
  private var problems: [ChapterProblem] = []

  init(_ chapter: Chapter) throws {
    self.chapter = chapter
    let loader = ModelLoader(options: try ModelOptions.parse([]))
    self.loader = loader
    world = CallingThread(
      stackBytes: LargeStack.forEvaluation, logJudge: LogJudging.judge(loader.options)
    ) { model, constants in
      loader.load(model, constants: constants).mapError { StartScreen.Problem($0.message) }
    }
    folder =
      FileManager.default.temporaryDirectory.appendingPathComponent(
        "synscope-tour-\(ProcessInfo.processInfo.processIdentifier)"
      ).path
  }

  /// What is wrong, in the order of the beats.
  mutating func run() -> [ChapterProblem] {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    problems = chapter.problemsOfTexts()
    var session: Session?
    for index in chapter.beats.indices { check(index, &session) }
    problems.sort { $0.place < $1.place }
    return problems
  }

  private mutating func complain(_ message: String, at place: TourPlace) {
    problems.append(ChapterProblem(message, at: place))
  }

  /// Checks a beat. `session` is at the end of the beat before; it is left at the end of this one, or nil if that is unknown.
  private mutating func check(_ index: Int, _ session: inout Session?) {
    let beat = chapter.beats[index]
    guard let plan = chapter.plan(for: index) else {
      return complain("no beat up to here names a model", at: beat.place)
    }
    var original: Specification?
    var loaded = session
    if chapter.begins(at: index) {
      loaded = nil
      switch SceneLoader(loader: loader, folder: folder).open(plan.model) {
      case .failure(let problem):
        complain("the scene cannot be set: \(problem.message)", at: beat.scene.model?.place ?? beat.place)
      case .success(let opened):
        original = opened.original
        var fresh = opened.session
        _ = fresh.update(.resize(Size(width: 120, height: 40)))
        if let trace = opened.trace {
          world.carryOut(
            fresh.update(.fileOpened(path: plan.model.trace ?? "", contents: trace)), for: &fresh)
          if let problem = fresh.wrongMessage {
            complain("the trace cannot be replayed: \(problem)", at: beat.scene.trace?.place ?? beat.place)
          }
        }
        loaded = fresh
      }
    }
    // An inherited scene after one that could not be set is not a further problem.
    session = nil
    guard var scene = loaded else { return }
    // A mended beat begins with a fresh copy of the model where the beats before it end.
    let lines = chapter.begins(at: index) ? plan.lines : chapter.sceneLines(of: index)
    guard obey(lines, &scene) else { return }
    let place = scene.place
    scene.show(beat.scene)
    if let problem = scene.wrongMessage {
      complain(problem, at: beat.scene.selection?.place ?? beat.place)
    }
    switch beat.task {
    case .choose(let task): check(task, &scene)
    case .make(let task): check(task, since: place, &scene)
    case .write(let task): check(task, scene)
    case .mend(let task): if let original { check(task, original, plan.model, scene) }
    case nil: break
    }
    session = scene
  }

  /// Carries out commands. A refused one is a problem at its place.
  private mutating func obey(_ lines: [TourText], _ session: inout Session) -> Bool {
    world.carryOut(session.obey(lines.map(\.text)), for: &session)
    guard let refused = session.refusedLine else { return true }
    let line = lines[refused.position]
    complain("`\(line.text)` is refused: \(refused.reason)", at: line.place)
    return false
  }

  // MARK: Tasks

  private mutating func check(_ task: ChooseTask, _ session: inout Session) {
    guard obey(task.then, &session) else { return }
    switch verdict(.options(task.options.map(\.claim), goal: task.goal?.text), session) {
    case .options(let right, _, _) where right.count == 1: break
    case .options(let right, _, _) where right.isEmpty: complain("no option is right", at: task.place)
    case .options(let right, _, _):
      let names = right.map { "`\(task.options[$0].text.text)`" }.joined(separator: " and ")
      complain("more than one option is right: \(names)", at: task.options[right[1]].text.place)
    case let verdict: complain(words(verdict), at: task.place)
    }
  }

  private mutating func check(_ task: DoTask, since start: Tour.Place, _ session: inout Session) {
    if let goal = task.goal, let problem = session.problem(ofPredicate: goal.text) {
      return complain("\(goal.text): \(problem)", at: goal.place)
    }
    for action in task.took + task.avoid where !session.hasAction(action.text) {
      complain("there is no action \(action.text)", at: action.place)
    }
    if task.progress(since: start, in: session) == .done {
      complain("the beat is solved before anything is done", at: task.place)
    }
    guard obey(task.solution, &session) else { return }
    let place = task.solution.first?.place ?? task.place
    switch task.progress(since: start, in: session) {
    case .done: break
    case .open: complain("the solution does not solve the beat", at: place)
    case .missed(let reason): complain("the solution does not solve the beat: \(reason)", at: place)
    }
  }

  private mutating func check(_ task: WriteTask, _ session: Session) {
    func question(_ answer: String) -> JudgeTask.Question {
      .expression(target: task.target.text, answer: answer, isInState: task.isInState)
    }
    switch verdict(question(task.target.text), session) {
    case .same: break
    case let verdict: return complain("the target: \(words(verdict))", at: task.target.place)
    }
    for mistake in task.mistakes {
      switch verdict(question(mistake.wrong.text), session) {
      case .differs: break
      case .same: complain("`\(mistake.wrong.text)` is not wrong", at: mistake.wrong.place)
      case let verdict: complain("`\(mistake.wrong.text)`: \(words(verdict))", at: mistake.wrong.place)
      }
    }
  }

  private mutating func check(
    _ task: MendTask, _ original: Specification, _ model: SceneModel, _ session: Session
  ) {
    let question = JudgeTask.Question.mended(
      original: original, hidden: task.hidden.text, possible: task.possible.map(\.text),
      actions: task.actions.map(\.text))
    switch verdict(question, session) {
    case .notMended: break
    case .mended: complain("the beat is solved before anything is mended", at: task.place)
    case let verdict: return complain(words(verdict), at: task.place)
    }
    guard let solved = edited(task.solution, original, model) else { return }
    switch verdict(question, solved) {
    case .mended: break
    case .notMended(let reason, _):
      complain("the solution does not mend it: \(reason)", at: task.solution[0].replaced.place)
    case let verdict: complain("the solution: \(words(verdict))", at: task.solution[0].replaced.place)
    }
    for wrong in task.wrong {
      guard let session = edited([wrong], original, model) else { continue }
      switch verdict(question, session) {
      case .notMended: break
      case .mended: complain("this edit is not wrong", at: wrong.replaced.place)
      case let verdict: complain("this edit: \(words(verdict))", at: wrong.replaced.place)
      }
    }
  }

  /// A session of the module with some edits; nil after a complaint.
  private mutating func edited(
    _ edits: [MendTask.Edit], _ original: Specification, _ model: SceneModel
  ) -> Session? {
    guard let file = original.files.last else { return nil }
    var text = String(decoding: file.bytes, as: UTF8.self)
    for edit in edits {
      let places = text.ranges(of: edit.replaced.text)
      guard places.count == 1 else {
        complain(
          "the text to replace is in the module \(places.count) times, and not once", at: edit.replaced.place)
        return nil
      }
      text.replaceSubrange(places[0], with: edit.replacement.text)
    }
    let path = "\(folder)/\(model.folder)/mine/\(URL(fileURLWithPath: file.name).lastPathComponent)"
    do throws(FileStore.Failure) { try FileStore.save(text, to: path) } catch {
      complain("\(path): \(error.reason)", at: edits[0].replaced.place)
      return nil
    }
    switch SceneLoader(loader: loader, folder: folder).open(model) {
    case .success(let opened): return opened.session
    case .failure(let problem):
      complain("the edited module cannot be loaded: \(problem.message)", at: edits[0].replaced.place)
      return nil
    }
  }

  private func verdict(_ question: JudgeTask.Question, _ session: Session) -> Verdict {
    let task = JudgeTask(
      question, session.specification, at: session.values, options: session.options.check)
    return Judge(task, stackBytes: LargeStack.forEvaluation, goesOn: { true }).verdict()
  }

  private func words(_ verdict: Verdict) -> String {
    switch verdict {
    case .failed(let reason): reason
    case .stopped: "the judge was stopped"
    case .differs(_, let target, let answer): "it is \(answer) where \(target) is right"
    case .notMended(let reason, _): reason
    case .options, .same, .mended: "the judge's answer does not fit the question"
    }
  }
}
