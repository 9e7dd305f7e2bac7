import StateSpace

// Slow evaluations, which run in the background.
extension Session {
  /// Evaluates the user's expression. Nil if it takes long: then an answer for `purpose` follows.
  mutating func evaluateSoon(
    _ expression: String, in state: State, before: State?, for purpose: EvaluationQueue.Purpose
  ) -> EvaluationOutcome? {
    if let outcome = model.evaluateQuickly(expression, in: state, before: before) { return outcome }
    request(expression, in: [EvaluationQueue.Step(state: state, before: before)], for: purpose)
    return nil
  }

  mutating func request(
    _ expression: String, in steps: [EvaluationQueue.Step], for purpose: EvaluationQueue.Purpose
  ) {
    let places = steps.map { step in
      EvaluationTask.Place(
        values: model.values(of: step.state), before: step.before.map { model.values(of: $0) })
    }
    let request = EvaluationQueue.Request(
      task: EvaluationTask(expression: expression, places: places), purpose: purpose)
    if runs.evaluating.running != request, !runs.evaluating.waiting.contains(request) {
      runs.evaluating.waiting.append(request)
    }
  }

  /// Requests the slow watched expressions for this state, and starts the next evaluation if none is running.
  mutating func evaluationEffects() -> [Effect] {
    requestSlowWatches()
    guard runs.evaluating.running == nil, !runs.evaluating.waiting.isEmpty else { return [] }
    let next = runs.evaluating.waiting.removeFirst()
    runs.evaluating.running = next
    runs.evaluating.run += 1
    runs.evaluating.done = 0
    runs.evaluating.isStopping = false
    return [.startEvaluation(run: runs.evaluating.run, task: next.task)]
  }

  private mutating func requestSlowWatches() {
    for watch in screen.watches {
      let steps = shownSteps.filter { model.watch(watch, in: $0.state, before: $0.before).isPending }
      if !steps.isEmpty { request(watch, in: steps, for: .watch(steps)) }
    }
  }

  /// The steps whose readings Properties shows: the one that led here, and the one before it.
  private var shownSteps: [EvaluationQueue.Step] {
    let before = tree[cursor].parent
    return [EvaluationQueue.Step(state: state, before: previousState)]
      + (before.map { node in
        [EvaluationQueue.Step(state: tree[node].state, before: tree[node].parent.map { tree[$0].state })]
      } ?? [])
  }

  /// Stops the running evaluation and drops the waiting ones.
  mutating func stopEvaluating() -> [Effect] {
    runs.evaluating.waiting = []
    runs.evaluating.isStopping = true
    return [.stopEvaluation]
  }

  mutating func evaluated(_ end: EvaluationEnd) -> [Effect] {
    guard let request = runs.evaluating.running else { return [] }
    runs.evaluating.running = nil
    switch end {
    case .outcomes(let outcomes): take(outcomes, of: request)
    case .stopped: take(Array(repeating: .failure("stopped"), count: request.task.places.count), of: request)
    case .failed(let text):
      take(Array(repeating: .failure(text), count: request.task.places.count), of: request)
    }
    return request.purpose == .history ? goOnWithJob() : []
  }

  private mutating func take(_ outcomes: [EvaluationOutcome], of request: EvaluationQueue.Request) {
    guard let outcome = outcomes.first else { return }
    let expression = request.task.expression
    switch request.purpose {
    case .log(let number): screen.evaluations.answer(number, with: entry(of: expression, outcome))
    case .say: say(expression, outcome)
    case .watch(let steps):
      for (step, outcome) in zip(steps, outcomes) {
        model.keep(outcome, of: expression, in: step.state, before: step.before)
      }
    case .history: takeIntoHistory(outcome, of: expression)
    case .whatIf(let assignment, let node):
      guard node == cursor else {
        screen.message = Message("\(assignment.target) stays as it is: you went elsewhere")
        return
      }
      finishWhatIf(assignment, outcome)
    }
  }

  /// The bottom line's text about an evaluation; nil if none is running.
  var evaluationLine: StyledLine? {
    guard let running = runs.evaluating.running else { return nil }
    let expression = StyledLine(running.task.expression).truncated(to: 30).text
    let count = running.task.places.count
    let part =
      count > 1 ? ": \(Wording.grouped(runs.evaluating.done)) of \(Wording.grouped(count)) steps" : ""
    return StyledLine(
      runs.evaluating.isStopping
        ? "stopping \(expression) " : "evaluating \(expression)\(part) · \(bindings.key(.escape)) stops ",
      Style(.accent))
  }
}
