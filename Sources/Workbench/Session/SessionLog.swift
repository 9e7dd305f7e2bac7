import StateSpace
import Traces

// A system's log, judged by the model.
extension Session {
  /// `:log FILE` judges a log. Without a path it goes to the pane Log.
  mutating func openLog(_ argument: String?) -> [Effect] {
    guard let path = argument?.trimmingBlanks, !path.isEmpty else {
      guard log != nil else {
        screen.dialog = .commandLine(TextField("log "), selected: 0)
        screen.message = Message("log needs: the path of a system's log")
        return []
      }
      focus(on: .log)
      return []
    }
    return judge(log: expanded(path), arriving: .goes)
  }

  /// Judges a log at the next opportunity.
  mutating func wantLog(_ path: String?, arriving arrival: LogRun.Arrival) {
    if let path { runs.log.wanted = (path, arrival) }
  }

  /// The effect for a log that is to be judged.
  mutating func logEffects() -> [Effect] {
    guard let (path, arrival) = runs.log.wanted else { return [] }
    runs.log.wanted = nil
    return judge(log: path, arriving: arrival)
  }

  private mutating func judge(log path: String, arriving arrival: LogRun.Arrival) -> [Effect] {
    let ownConstants = options.constants.filter { !disk.logConstants.contains($0) }
    runs.log = LogRun(run: runs.log.run + 1, isRunning: true, path: path, arrival: arrival)
    return [
      .judgeLog(
        run: runs.log.run, LogTask(path: path, model: model.name, constants: ownConstants))
    ]
  }

  mutating func logFailed(_ reason: String) {
    runs.log.isRunning = false
    let first = reason.split(separator: "\n").first.map(String.init) ?? reason
    if isObeying || !reason.contains("\n") && Glyph.width(of: reason) + 2 <= screen.size.width {
      screen.message = Message(first, .wrong)
    } else {
      screen.dialog = .note(title: "The log cannot be judged", text: reason)
    }
  }

  mutating func stopLog() -> [Effect] {
    screen.message = Message("the log is no longer judged")
    runs.log.isRunning = false
    runs.log.run += 1
    return [.stopLog]
  }

  /// A log is judged. If it was judged with other constants, the model is loaded with them first.
  mutating func take(_ judged: JudgedLog) -> [Effect] {
    runs.log.isRunning = false
    disk.logConstants = judged.constantsOfLog
    guard Set(judged.constants) != Set(options.constants) else {
      show(judged, arriving: runs.log.arrival)
      return []
    }
    runs.log.waiting = judged
    // A script goes on after the model is loaded.
    return [.reload(constants: judged.constants, startsOver: true), .wake(afterMilliseconds: 0)]
  }

  /// Shows the log that has waited for the model, if there is one. Returns whether there was.
  mutating func showWaitingLog() -> Bool {
    guard let judged = runs.log.waiting else { return false }
    runs.log.waiting = nil
    // The message that the model starts over with other constants must not hide the verdict.
    (screen.dialog, screen.message) = (nil, nil)
    show(judged, arriving: runs.log.arrival)
    return true
  }

  private mutating func show(_ judged: JudgedLog, arriving arrival: LogRun.Arrival) {
    var opened = OpenLog(judged)
    let here = cursor
    log = opened
    screen.bottom = .log
    guard !judged.steps.isEmpty else {
      settlePanes()
      tellVerdict(judged)
      return
    }
    do {
      let paths = try [judged.steps].filter { _ in judged.frontier.isEmpty }.map(states)
      let ends = try judged.frontier.map { try states($0.steps) }
      var nodes: [Int] = []
      var frontier: [Int] = []
      edit { tree in
        for (number, path) in (paths + ends.map { $0 }).enumerated() {
          let labels = (ends.isEmpty ? judged.steps : judged.frontier[number].steps).map(\.label)
          let name = number == 0 ? opened.name : "\(opened.name), state \(number + 1)"
          let added = tree.insert(path, labels: labels, from: nil, name: name, origin: .file)
          tree.prefer(added[added.count - 1])
          if number == 0 { nodes = added }
          if !ends.isEmpty { frontier.append(added[added.count - 1]) }
        }
        tree.prefer(nodes[nodes.count - 1])
        guard arrival == .goes else { return here }
        let violated = frontier.isEmpty ? judged.violatedStep : nil
        return violated.map { nodes[$0] } ?? nodes[nodes.count - 1]
      }
      opened.attach(nodes, frontier: frontier, in: tree)
      explored.savedNodes.formUnion(nodes)
      explored.savedNodes.formUnion(frontier)
      log = opened
    } catch {
      screen.message = Message(
        "the log's behavior does not fit the model: \(Wording.message(of: error))", .wrong)
      return
    }
    settlePanes()
    settle()
    if let row = judged.departureRow, arrival == .goes { select(row, in: .log) }
    tellVerdict(judged)
  }

  private func states(_ steps: [TraceStep]) throws -> [State] {
    try steps.map { try model.explorer.state(of: $0.values) }
  }

  /// Says on the bottom line how the log was judged.
  private mutating func tellVerdict(_ judged: JudgedLog) {
    let name = log?.name ?? ""
    if !judged.notes.isEmpty, runs.log.arrival == .goes, !isObeying {
      screen.dialog = .note(title: name, text: judged.notes.joined(separator: "\n"))
    }
    switch judged.outcome {
    case .explained: screen.message = Message("\(name) is a behavior of \(model.name)")
    case .violation:
      screen.message = Message("✗ \(name): \(judged.verdict)", .violation)
    case .departs:
      let place = judged.frontier.first?.refusals.first?.place ?? "its beginning"
      screen.message = Message("✗ \(name) departs at \(place)", .violation)
    case .limit, .stopped, .unreadable: screen.message = Message("\(name): \(judged.verdict)", .wrong)
    }
  }

  // MARK: Moving

  /// The step of the log's behavior that the current state belongs to: the last one on the way to it.
  var logStep: Int? { log?.lastStep(onWayTo: cursor, in: tree) }

  /// Selects the row of the current step, unless the selected row belongs to it already.
  mutating func followLog() {
    guard let log, let step = logStep else { return }
    let selected = position(.log).selected
    let steps = log.judged.stepsOfRows
    if steps.indices.contains(selected), Int(steps[selected]) == step { return select(selected, in: .log) }
    if let row = log.judged.row(ofStep: step) { select(row, in: .log) }
  }

  /// Goes to the step of the selected row.
  mutating func goToStepOfLog() {
    guard let log else { return }
    let selected = position(.log).selected
    guard log.judged.stepsOfRows.indices.contains(selected), !log.judged.steps.isEmpty else { return }
    let step = Int(log.judged.stepsOfRows[selected])
    guard let node = log.node(ofStep: step, in: tree) else {
      screen.message = Message("the log's behavior was undone: \(bindings.key(.redo)) brings it back", .wrong)
      return
    }
    if node != cursor { go(to: node) }
  }

  /// Goes to where the log departs, with the actions in focus; again to the next state in which the model can be there. If an invariant
  /// fails, goes to the state where it does.
  mutating func goToDeparture() {
    guard let log else {
      screen.message = Message("no log is open: :log FILE judges one", .wrong)
      return
    }
    let ends = log.frontierNodes(in: tree)
    let judged = log.judged
    guard
      let target = ends.isEmpty
        ? log.node(ofStep: judged.violatedStep ?? judged.steps.count - 1, in: tree) : ends[0]
    else {
      screen.message = Message(
        judged.steps.isEmpty
          ? "no state of the model fits the log's beginning"
          : "the log's behavior was undone: \(bindings.key(.redo)) brings it back", .wrong)
      return
    }
    let current = log.frontier(ofNode: cursor, in: tree)
    let next = current.map { ends[($0 + 1) % ends.count] } ?? target
    focus(on: .actions)
    go(to: next)
    if let row = judged.departureRow { select(row, in: .log) }
    settle()
    let which = ends.count > 1 ? (ends.firstIndex(of: next) ?? 0) + 1 : 0
    let name = log.name
    if let place = judged.frontier.first?.refusals.first?.place {
      let state = which > 0 ? ", state \(which) of \(ends.count)" : ""
      screen.message = Message("\(name) departs at \(place)\(state): take an action to go on by hand")
    } else if judged.violatedStep != nil {
      screen.message = Message("\(name): \(violationWords(model.violatedInvariants(in: state)))", .violation)
    } else {
      screen.message = Message("\(name) is explained to its end: take an action to go on by hand")
    }
  }

  /// The refusals of the current state, if the log departs here.
  var refusalsHere: [JudgedLog.Refusal] {
    guard let log, let number = log.frontier(ofNode: cursor, in: tree) else { return [] }
    return log.judged.frontier[number].refusals
  }

  /// The bottom line's text about a log that is being judged; nil if there is none.
  var logLine: StyledLine? {
    guard runs.log.isRunning else { return nil }
    let name = runs.log.path.split(separator: "/").last.map(String.init) ?? ""
    let figures =
      runs.log.progress.distinct > 0 ? ": \(Wording.count(runs.log.progress.distinct, "state"))" : ""
    return StyledLine("judging \(name)\(figures) · \(bindings.key(.escape)) stops ", Style(.accent))
  }
}
