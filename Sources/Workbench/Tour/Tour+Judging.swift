import StateSpace
import TLASemantics

// How answers are judged. What may take long is judged by the engine, in the background.
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
    return ask(.options(task.options.map(\.claim), goal: task.goal?.text ?? ""), option: option, in: session)
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
    switch progress(of: task, in: session) {
    case .open: return []
    case .missed(let reason):
      feedback = Feedback(kind: .wrong, text: "\(reason) \(key(.tourScene)) begins again.")
      showFeedback()
      return []
    case .done: return solve(session, saying: "Done. \(key(.tourNext)) goes on.")
    }
  }

  package enum DoProgress: Hashable, Sendable {
    case open
    case missed(String)
    case done
  }

  /// How far a task is done in the current state.
  func progress(of task: DoTask, in session: Session) -> DoProgress {
    let isPressed = task.pressed.allSatisfy { session.usedCommands.contains($0.text) }
    let isReached = task.goal.map { session.holds($0.text) } ?? true
    guard task.judgesPath else { return isPressed && isReached ? .done : .open }
    guard let scenePlace, let labels = session.labels(since: scenePlace) else { return .open }
    let names = labels.map { $0?.name ?? "" }
    if let avoided = task.avoid.first(where: { names.contains($0.text) }) {
      return .missed("\(avoided.text) was taken, and is to be avoided.")
    }
    var left = task.took.map(\.text)[...]
    for name in names where name == left.first { left = left.dropFirst() }
    let isDone = isPressed && isReached && left.isEmpty
    if let within = task.within, names.count > within || names.count == within && !isDone {
      return .missed("\(Wording.count(within, "step")) did not lead there.")
    }
    return isDone ? .done : .open
  }

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
      let shown = presents ? "`\(written)`. " : ""
      let everywhere = states > 1 ? "It has the right value in all \(Wording.count(states, "state"))" : "Yes"
      return solve(session, saying: "\(shown)\(everywhere). \(key(.tourNext)) goes on.")
    case .differs(let evidence, let target, let answer):
      let step = show(evidence, named: "where it differs", in: &session)
      refuse(
        "No. \(step)your expression is \(answer), and should be \(target).\(mistakeWords) \(key(.tourAnswer)) tries again."
      )
    case .mended(let states):
      return solve(
        session,
        saying: "Mended: it holds in all \(Wording.count(states, "state")). \(key(.tourNext)) goes on.")
    case .notMended(let reason, let evidence):
      let step = evidence.map { show($0, named: "still wrong", in: &session) } ?? ""
      refuse(
        "Not yet. \(step.isEmpty ? "" : "This trace shows it: ")\(reason). \(bindings.key(.edit)) edits again."
      )
    case .failed(let reason): refuse(reason)
    case .stopped: refuse("Stopped. \(key(.tourAnswer)) answers again.")
    }
    return []
  }

  private mutating func refuse(_ text: String) {
    feedback = Feedback(kind: .wrong, text: text)
    showFeedback()
  }

  /// What the chapter says about the mistake that the learner made.
  private var mistakeWords: String {
    guard case .write(let task) = beat.task else { return "" }
    func plain(_ text: String) -> String { text.filter { !$0.isWhitespace } }
    let known = task.mistakes.first { plain($0.wrong.text) == plain(written) }
    return known?.because.map { " " + $0.text } ?? ""
  }

  private mutating func answer(
    _ task: ChooseTask, _ option: Int, right: [Int], _ evidence: [Int: TourEvidence], states: Int,
    in session: inout Session?
  ) -> [Effect] {
    let because = task.options[option].because.map { " " + $0.text } ?? ""
    if right.contains(option) {
      if let shown = evidence[option] { _ = show(shown, named: "the answer", in: &session) }
      return solve(session, saying: "Right.\(because) \(key(.tourNext)) goes on.")
    }
    var shown = ""
    if let trace = right.first.flatMap({ evidence[$0] }) {
      shown = " " + show(trace, named: "the answer", in: &session)
      shown += "the trace shows it."
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

  /// Shows a trace in the workbench. Returns words for its last step: `At step 3 `.
  private mutating func show(
    _ evidence: TourEvidence, named name: String, in session: inout Session?
  ) -> String {
    guard evidence.trace.count > 1 || !evidence.beginsHere else { return "" }
    session?.show(evidence, named: name)
    return session.map { "At step \($0.step) " } ?? ""
  }
}
