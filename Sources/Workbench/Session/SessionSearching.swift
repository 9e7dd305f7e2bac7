import StateSpace

// Searching for a state.
extension Session {
  /// Searches for the nearest state from here in which a predicate holds. Without a predicate it asks for one.
  mutating func find(_ predicate: String?) -> [Effect] {
    guard let predicate else {
      screen.dialog = .prompt(.find, TextField())
      return []
    }
    switch model.evaluateQuickly(predicate, in: state, before: nil) {
    case .value(.boolean(true)):
      screen.message = Message("\(predicate) holds here already")
      return []
    // A slow predicate is evaluated by the search, in this state as well.
    case .value(.boolean(false)), nil: break
    case .value(let value):
      screen.message = Message(
        "\(predicate) is \(value): expected a predicate, which is TRUE or FALSE", .wrong)
      return []
    case .failure(let text):
      screen.message = Message("\(predicate): \(text)", .wrong)
      return []
    }
    return startSearch(.goal(predicate, from: values))
  }

  private mutating func startSearch(_ task: SearchTask) -> [Effect] {
    var state = SearchState()
    state.run = runs.search.run + 1
    state.task = task
    state.phase = .running
    state.start = cursor
    runs.search = state
    return [.startSearch(run: runs.search.run, task: task, options: options.check)]
  }

  mutating func stopSearch() -> [Effect] {
    guard case .running = runs.search.phase else {
      screen.message = Message("the search is stopping")
      return []
    }
    runs.search.phase = .stopping
    return [.stopSearch]
  }

  mutating func searchEnded(_ outcome: SearchOutcome) {
    runs.search.phase = .idle
    switch outcome {
    case .goal(let outcome, let progress):
      runs.search.progress = progress
      if case .goal(let predicate, _) = runs.search.task { goalSearchEnded(outcome, predicate) }
    case .danger(let outcome, let progress):
      runs.search.progress = progress
      dangerMeasured(outcome)
    }
  }

  mutating func searchFailed(_ text: String) {
    runs.search.phase = .idle
    screen.message = Message("the search failed: \(text)", .wrong)
  }

  private mutating func goalSearchEnded(_ outcome: GoalOutcome, _ predicate: String) {
    let looked = Wording.count(runs.search.progress.distinct, "state")
    switch outcome {
    case .unreachable:
      screen.message = Message(
        "nowhere: \(predicate) holds in none of the \(looked) that can be reached from there", .wrong)
    case .limit(let which):
      screen.message = Message(
        "\(predicate) was not found in \(looked), depth \(runs.search.progress.depth): the search hit a limit, \(which)",
        .wrong)
    case .stopped:
      screen.message = Message("the search was stopped after \(looked), depth \(runs.search.progress.depth)")
    case .reached(let trace): showGoal(trace, predicate)
    }
  }

  /// Adds the path to the found state to the tree. Goes there unless the user has moved meanwhile.
  private mutating func showGoal(_ trace: [TraceStep], _ predicate: String) {
    guard trace.count > 1 else {
      screen.message = Message("\(predicate) holds already where the search began")
      return
    }
    do {
      let states = try trace.map { try model.explorer.state(of: $0.values) }
      let start = runs.search.start
      let stays = cursor != start
      let here = cursor
      var name = ""
      edit { tree in
        let added = tree.insert(
          states, labels: trace.map(\.label), from: start,
          name: StyledLine("find \(predicate)").truncated(to: 24).text, origin: .search)
        let end = added[added.count - 1]
        name = tree.branchName(of: end)
        return stays ? here : end
      }
      let steps = Wording.count(trace.count - 1, "step")
      screen.message = Message(
        stays
          ? "found \(steps) from where it began: \(bindings.key(.branches)) lists the branch \(name)"
          : "found in \(steps), the fewest there are: \(bindings.key(.back)) goes back through them")
    } catch {
      screen.message = Message("what was found does not fit the model: \(Wording.message(of: error))", .wrong)
    }
  }

  /// The bottom line's text about a search; nil if none is running.
  var searchLine: StyledLine? {
    guard runs.search.isRunning else { return nil }
    let what =
      switch runs.search.task {
      case .goal(let predicate, _): "finding \(StyledLine(predicate).truncated(to: 30).text)"
      case .danger, nil: "measuring distances"
      }
    let progress = runs.search.progress
    return StyledLine(
      "\(what): \(Wording.count(progress.distinct, "state")), depth \(progress.depth) · \(bindings.key(.escape)) stops ",
      Style(.accent))
  }
}

// The distance to a violation.
extension Session {
  /// With more states than this, distances are not measured automatically after a complete check.
  private static let measuredUnasked = 500_000

  /// Handles the key `D`: measures the distances, or shows the known distance of the current state.
  mutating func askForDanger() -> [Effect] {
    if runs.search.isRunning, runs.search.task == .danger { return stopSearch() }
    switch runs.danger {
    case .nothingViolated where !tree[cursor].isBehindWhatIf:
      screen.message = Message("∞ everywhere: the check was complete and found nothing")
    case .measured(let reading):
      switch reading.danger(of: state, in: model) {
      case .steps(0): screen.message = Message("this state is itself a violation", .violation)
      case .steps(let count):
        let sure =
          reading.isViolationInevitable(from: state, in: model) ? ", and it is inevitable" : ""
        screen.message = Message(
          "the nearest violation is \(Wording.count(count, "step")) from here\(sure)", .violation)
      case .beyond(let count):
        screen.message = Message(
          "no violation within \(Wording.count(count, "step")) from here: the search did not go further")
      case .never: screen.message = Message("∞: no violation can be reached from here")
      case .unknown: screen.message = Message("nothing is known: the specification does not reach this state")
      }
    case .none, .nothingViolated:
      return startSearch(.danger)
    }
    return []
  }

  /// Measures the distances after a complete check that found violations.
  mutating func measureDangerAfterCheck() -> [Effect] {
    guard case .ended(.violation) = runs.check.phase, runs.check.isCollecting, runs.check.start == nil,
      !runs.search.isRunning,
      runs.check.progress.distinct <= Session.measuredUnasked
    else { return [] }
    if case .measured = runs.danger { return [] }
    return startSearch(.danger)
  }

  private mutating func dangerMeasured(_ outcome: DangerMap.Outcome) {
    let looked = Wording.count(runs.search.progress.distinct, "state")
    switch outcome {
    case .measured(let map):
      runs.danger = .measured(DangerReading(map))
      let bad = Wording.grouped(map.violatingCount)
      if let depth = map.boundingDepth {
        screen.message = Message(
          "measured \(Wording.count(map.stateCount, "state")) up to \(Wording.count(depth, "step")) from the start; there are more"
        )
        return
      }
      screen.message = Message(
        map.violatingCount == 0
          ? "∞ everywhere: none of \(Wording.count(map.stateCount, "state")) violates anything"
          : "\(bad) of \(Wording.count(map.stateCount, "state")) violate something: ✗n in Actions is how far")
    case .limit(let which):
      screen.message = Message("the distances were not measured, after \(looked): \(which)", .wrong)
    case .stopped: screen.message = Message("the measurement was stopped after \(looked)")
    }
  }

  /// The distance of a successor of the current state from a violation; nil if it was not measured.
  func danger(of target: State) -> Danger? {
    switch runs.danger {
    case .none: nil
    case .nothingViolated: tree[cursor].isBehindWhatIf ? nil : .never
    case .measured(let reading): reading.danger(of: target, in: model)
    }
  }

  /// `✗2`, `∞`, `?`
  func dangerText(_ danger: Danger) -> StyledLine {
    switch danger {
    case .steps(let count): StyledLine("✗\(count)", Style(.wrong, bold: count == 0))
    case .beyond(let count): StyledLine("✗>\(count)", Style(.dim))
    case .never: StyledLine("∞", Style(.dim))
    case .unknown: StyledLine("?", Style(.dim))
    }
  }

  /// Whether the step to this node made a violation inevitable. The node itself must not violate anything.
  func madeViolationInevitable(_ node: Int) -> Bool {
    guard case .measured(let reading) = runs.danger,
      reading.isViolationInevitable(from: tree[node].state, in: model),
      reading.danger(of: tree[node].state, in: model) != .steps(0)
    else { return false }
    guard let parent = tree[node].parent else { return true }
    return !reading.isViolationInevitable(from: tree[parent].state, in: model)
  }

  /// Goes to the last state of the branch in which its violation can still be avoided, and names the step that makes it inevitable.
  mutating func showInevitable() {
    guard case .measured(let reading) = runs.danger else {
      screen.message = Message(
        "the distances are not measured: \(bindings.key(.danger)) measures them", .wrong)
      return
    }
    let path = tree.branchPath(through: cursor)
    guard
      let violation = path.firstIndex(where: { reading.danger(of: tree[$0].state, in: model) == .steps(0) })
    else {
      screen.message = Message("no state of this branch violates anything", .wrong)
      return
    }
    let first =
      path.firstIndex { reading.isViolationInevitable(from: tree[$0].state, in: model) } ?? violation
    guard first > 0 else {
      go(to: path[0])
      screen.message = Message("a violation is inevitable from the initial state on", .violation)
      return
    }
    go(to: path[first - 1])
    let step = "step \(first)\(tree[path[first]].label.map { ", \($0)," } ?? "")"
    screen.message = Message(
      first == violation
        ? "here it can still be avoided; \(step) violates"
        : "here it can still be avoided; \(step) makes it inevitable")
  }
}
