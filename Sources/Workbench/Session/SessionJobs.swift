import StateSpace
import TLASemantics
import Traces

// Work on long branches, part by part.
extension Session {
  /// About this many values are spelled out between two ticks, which takes some hundredths of a second.
  private static let partsAtOnce = 60_000
  private static let stepsAtOnce = 500

  /// Does the next part, and requests a tick if there is more to do.
  mutating func goOnWithJob() -> [Effect] {
    switch runs.job {
    case nil: return []
    case .saving(let save): return goOn(save)
    case .history(let history): return goOn(history)
    case .restoring(let restore): return goOn(restore)
    }
  }

  /// Stops the work on Esc and drops its results so far.
  mutating func stopJob() -> [Effect] {
    defer { runs.job = nil }
    switch runs.job {
    case nil: return []
    case .saving(let save):
      screen.message = Message(
        "\(save.path) was not saved: stopped after \(Wording.count(save.done, "step"))")
      return save.hasBegun ? [.abandonSave(path: save.path)] : []
    case .history(let history):
      screen.message = Message("the history of \(history.expression) was stopped")
      return runs.evaluating.running?.purpose == .history ? stopEvaluating() : []
    case .restoring:
      screen.message = Message("the session was not restored: \(bindings.key(.restore)) begins again")
      return []
    }
  }

  /// The bottom line's text about the job; nil if there is none.
  var jobLine: StyledLine? {
    let (what, done, count): (String, Int, Int)
    switch runs.job {
    case nil: return nil
    case .saving(let save):
      let name = save.path.split(separator: "/").last.map(String.init) ?? save.path
      (what, done, count) = (
        save.isNoting ? "reading for \(name)" : "saving \(name)", save.done, save.states.count
      )
    case .history(let history):
      (what, done, count) = ("evaluating \(history.expression)", history.readings.count, history.nodes.count)
    case .restoring(let restore):
      (what, done, count) = (
        "restoring the session", restore.replay.takenCount, restore.replay.recorded.nodes.count
      )
    }
    return StyledLine(
      "\(StyledLine(what).truncated(to: 36).text): \(Wording.grouped(done)) of \(Wording.grouped(count)) steps · \(bindings.key(.escape)) stops ",
      Style(.accent))
  }

  // MARK: Saving

  /// Saves a branch piece by piece, in a format that allows this.
  mutating func saveLongBranch(
    _ nodes: [Int], path: String, format: TraceFormat, replaces: Bool
  ) -> [Effect] {
    if case .saving(let save) = runs.job {
      screen.message = Message("\(save.path) is being saved: \(bindings.key(.escape)) stops that", .wrong)
      return []
    }
    let metadata = Trace.Metadata(
      model: model.explorer.specification.name, source: "session, \(branchName)")
    let loop = nodes.last.flatMap { tree[$0].loopsTo }.map { tree[$0].depth }
    guard
      let writer = LongTraceWriter(
        format, variables: model.variables, loop: loop, metadata: metadata, notes: whatIfNotes(nodes),
        structure: model.structure)
    else {
      screen.message = Message(
        "the branch has \(Wording.count(nodes.count - 1, "step")): save more than \(Wording.grouped(Session.longestSavedAtOnce)) as .itf.json or .out, which other tools read",
        .wrong)
      return []
    }
    runs.job = .saving(
      LongSave(
        path: path, replaces: replaces, model: model, states: nodes.map { tree[$0].state }, writer: writer,
        labels: nodes.map { tree[$0].label }, loop: loop, isNoting: writer.needsNotes))
    return goOnWithJob()
  }

  private mutating func goOn(_ save: LongSave) -> [Effect] {
    var save = save
    var parts = 0
    var text = ""
    let isFirst = !save.isNoting && !save.hasBegun
    if isFirst { text = save.writer.beginning }
    while save.done < save.states.count, parts < Session.partsAtOnce {
      let step = save.step(save.done)
      if save.isNoting {
        parts += save.writer.note(step)
      } else {
        let state = save.writer.state(step, at: save.done)
        parts += state.utf8.count / 8
        text += state
      }
      save.done += 1
    }
    let isDone = save.done == save.states.count
    if save.isNoting {
      if isDone { (save.isNoting, save.done) = (false, 0) }
      runs.job = .saving(save)
      return [.wake(afterMilliseconds: 0)]
    }
    if isDone { text += save.writer.ending(after: save.states.count, loopingTo: save.loop.map(save.step)) }
    save.hasBegun = true
    runs.job = .saving(save)
    return [
      .save(
        path: save.path, piece: FilePiece(text, isFirst: isFirst, isLast: isDone), replaces: save.replaces)
    ]
  }

  /// A piece has been written, so the next one follows.
  mutating func saveOn(_ path: String) -> [Effect] {
    guard case .saving(let save) = runs.job, save.path == path else { return [] }
    return goOn(save)
  }

  /// The file is complete, or it cannot be written.
  mutating func endSaving(_ path: String) {
    if case .saving(let save) = runs.job, save.path == path { runs.job = nil }
  }

  // MARK: Restoring

  private mutating func goOn(_ restore: LongRestore) -> [Effect] {
    var restore = restore
    if restore.replay.takeStates(values: Session.partsAtOnce) {
      runs.job = .restoring(restore)
      return [.wake(afterMilliseconds: 0)]
    }
    runs.job = nil
    return finishRestoring(restore.replay, path: restore.path)
  }

  // MARK: History

  private mutating func goOn(_ history: LongHistory) -> [Effect] {
    var history = history
    guard history.revision == tree.revision || history.nodes == tree.branchPath(through: cursor) else {
      runs.job = nil
      screen.message = Message("the history of \(history.expression) is out of date: the branch has changed")
      return []
    }
    var taken = 0
    while history.readings.count < history.nodes.count, taken < Session.stepsAtOnce {
      let node = history.nodes[history.readings.count]
      let before = tree[node].parent.map { tree[$0].state }
      let reading = model.watch(history.expression, in: tree[node].state, before: before)
      if reading.isPending {
        runs.job = .history(history)
        let step = EvaluationQueue.Step(state: tree[node].state, before: before)
        request(history.expression, in: [step], for: .history)
        return []
      }
      history.readings.append(reading)
      taken += 1
    }
    guard history.readings.count < history.nodes.count else {
      runs.job = nil
      screen.dialog = .listing(
        historyListing(of: history.expression, Session.runs(of: history.nodes, history.readings, in: tree)))
      return []
    }
    runs.job = .history(history)
    return [.wake(afterMilliseconds: 0)]
  }

  /// Takes the result of a slow step of the history.
  mutating func takeIntoHistory(_ outcome: EvaluationOutcome, of expression: String) {
    guard case .history(var history) = runs.job, history.expression == expression else { return }
    history.readings.append(SessionModel.Reading(outcome))
    runs.job = .history(history)
  }
}
