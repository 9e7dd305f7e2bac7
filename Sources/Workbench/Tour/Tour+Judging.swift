import StateSpace
import TLASemantics
import TLASyntax

// How answers are judged. If that may take long, the engine judges in the background.
extension Tour {
  private mutating func ask(
    _ question: JudgeTask.Question, option: Int? = nil, in session: Session
  ) -> [Effect] {
    judgeRun += 1
    phase = .judging(option: option)
    let task = JudgeTask(
      question, session.specification, at: session.values, options: session.options.check)
    return [.startJudging(run: judgeRun, task: task)]
  }

  mutating func judge(option: Int?, in session: Session) -> [Effect] {
    guard case .choose(let task) = beat.task else { return [] }
    return ask(.options(task.options.map(\.claim), goal: task.goal?.text), option: option, in: session)
  }

  mutating func judge(expression answer: String, in session: Session) -> [Effect] {
    guard case .write(let task) = beat.task else { return [] }
    return ask(
      .expression(target: task.target.text, answer: answer, isInState: task.isInState), in: session)
  }

  /// Judges what the learner has done, if something has changed.
  mutating func judge(_ session: Session) -> [Effect] {
    switch beat.task {
    case .make(let task):
      let now = (node: session.cursor, used: session.usedCommands.count)
      guard endPlace == nil, judgedStep.map({ $0 != now }) ?? true else { return [] }
      judgedStep = now
      return judge(task, in: session)
    case .mend(let task):
      guard let original, session.model !== judgedModel else { return [] }
      judgedModel = session.model
      return ask(
        .mended(
          original: original, hidden: task.hidden.text, possible: task.possible.map(\.text),
          actions: task.actions.map(\.text)), in: session)
    case .choose, .write, nil: return []
    }
  }

  // MARK: Doing

  private mutating func judge(_ task: DoTask, in session: Session) -> [Effect] {
    switch task.progress(since: scenePlace, in: session) {
    case .open:
      if feedback?.kind == .wrong { feedback = nil }
    case .missed(let reason): refuse("\(reason) \(key(.tourScene)) begins again.")
    case .done: return solve(at: session.place, saying: "Done. \(goesOn)")
    }
    return []
  }

  private var goesOn: String { "Press \(key(.tourNext)) to continue." }

  // MARK: Verdicts

  /// Takes the engine's verdict.
  mutating func take(_ verdict: Verdict, in session: inout Session?) -> [Effect] {
    guard case .judging(let option) = phase else { return [] }
    phase = .open
    switch verdict {
    case .options(let right, let evidence, let states):
      guard case .choose(let task) = beat.task, let option = option ?? right.first else { return [] }
      chosen = option
      if presents, session?.screen.focus == .actions { session?.focus(on: .nodes) }
      return answer(task, option, right: right, evidence, states: states, in: &session)
    case .same(let states):
      let shown: TourWords = presents ? "\(marked: "`\(written)`"). " : ""
      let everywhere = states > 1 ? "It has the right value in all \(Wording.count(states, "state"))" : "Yes"
      return solve(at: session?.place, saying: "\(shown)\(everywhere). \(goesOn)")
    case .differs(let evidence, let target, let answer):
      let step = show(evidence, named: "where it differs", in: &session)
      refuse(
        "No. \(step.isEmpty ? "Your" : "\(step), your") expression is \(answer), and should be \(target).\(mistakeWords(session)) \(key(.tourAnswer)) tries again."
      )
    case .mended(let states):
      return solve(
        at: session?.place, saying: "Mended: it holds in all \(Wording.count(states, "state")). \(goesOn)")
    case .notMended(let reason, let evidence):
      let step = evidence.map { show($0, named: "still wrong", in: &session) } ?? ""
      refuse(
        "Not yet. \(step.isEmpty ? "" : "This trace shows it: ")\(reason).\(mistakeWords(session)) \(bindings.key(.edit)) edits again."
      )
    case .failed(let reason): refuse("\(reason)")
    case .stopped: refuse("Stopped. \(key(.tourAnswer)) answers again.")
    }
    return []
  }

  private mutating func refuse(_ words: TourWords) {
    feedback = Feedback(.wrong, words)
    showFeedback()
  }

  /// What the chapter says about the mistake that the learner made.
  private func mistakeWords(_ session: Session?) -> TourWords {
    func plain(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    var because: TourText?
    switch beat.task {
    case .write(let task):
      because = task.mistakes.first { plain($0.wrong.text) == plain(written) }?.because
    case .mend(let task):
      func texts(_ specification: Specification?) -> [String] {
        specification?.files.map { String(decoding: $0.bytes, as: UTF8.self) } ?? []
      }
      let edited = Set(texts(session?.specification).map(plain))
      because =
        task.wrong.first { edit in
          texts(original).contains { text in
            text.contains(edit.replaced.text)
              && edited.contains(
                plain(text.replacing(edit.replaced.text, with: edit.replacement.text, maxReplacements: 1)))
          }
        }?.because
    case .choose, .make, nil: break
    }
    return because.map { " \(marked: $0.text)" } ?? ""
  }

  private mutating func answer(
    _ task: ChooseTask, _ option: Int, right: [Int], _ evidence: [Int: TourEvidence], states: Int,
    in session: inout Session?
  ) -> [Effect] {
    let because: TourWords = task.options[option].because.map { " \(marked: $0.text)" } ?? ""
    if right.contains(option) {
      let end = session?.place
      if let shown = evidence[option] { _ = show(shown, named: "the answer", in: &session) }
      return solve(at: end, saying: "Right.\(because) \(goesOn)")
    }
    var shown = ""
    if let trace = right.first.flatMap({ evidence[$0] }) {
      let step = show(trace, named: "the answer", in: &session)
      shown = step.isEmpty ? " Look at the state that you see now." : " \(step), the trace shows it."
    } else {
      switch task.options.first?.claim {
      case .holds: shown = " Look at the state that you see now."
      case .falls, .reachable: shown = " \(Wording.count(states, "state")) were searched."
      case .steps, nil: break
      }
    }
    refuse("No.\(because)\(shown) \(key(.tourAnswer)) answers again.")
    return []
  }

  /// Shows a trace in the workbench. Returns words for its last step: `At step 3`; nothing if there is nothing to show.
  private mutating func show(
    _ evidence: TourEvidence, named name: String, in session: inout Session?
  ) -> String {
    guard evidence.trace.count > 1 || !evidence.beginsHere else { return "" }
    guard session?.show(evidence, named: name) ?? false else { return "" }
    return session.map { "At step \($0.step)" } ?? ""
  }
}
