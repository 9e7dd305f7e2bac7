import StateSpace
import Traces

// The checker.
extension Session {
  /// Starts a run from a node (nil: from the initial states), or stops the one that is running.
  mutating func startOrStopCheck(from node: Int?, collecting: Bool) -> [Effect] {
    switch check.phase {
    case .running, .paused:
      check.phase = .stopping
      message = Message("stopping the checker")
      return [.stopCheck]
    case .stopping:
      message = Message("the checker is stopping")
      return []
    case .idle, .ended, .failed:
      break
    }
    var options = options.check
    options.continueAfterViolation = collecting
    options.looksForVacuity = node == nil
    if let node { options.start = model.values(of: tree[node].state) }
    let run = check.run + 1
    check = CheckState()
    check.run = run
    check.phase = .running
    check.start = node
    check.isCollecting = collecting
    check.startDepth = node.map { tree[$0].depth }
    message = Message(
      node.map { "checking from step \(tree[$0].depth)" } ?? "checking all reachable states")
    settleSelections()
    return [.startCheck(run: run, options: options)]
  }

  /// Lets the checker wait, or go on.
  mutating func pauseOrResumeCheck() -> [Effect] {
    switch check.phase {
    case .running:
      check.phase = .paused
      message = Message("the checker waits: \(bindings.key(.pauseCheck)) lets it go on")
      return [.pauseCheck]
    case .paused:
      check.phase = .running
      message = Message("the checker goes on")
      return [.resumeCheck]
    case .idle, .stopping, .ended, .failed:
      message = Message("the checker is not running: \(bindings.key(.check)) starts it")
      return []
    }
  }

  mutating func found(_ violation: Violation) {
    check.violations.append(CheckState.Found(violation: violation, start: check.start))
    message = Message("✗ \(violation.headline): \(bindings.key(.nextViolation)) shows it", .wrong)
    settleSelections()
  }

  mutating func ended(_ result: CheckResult) {
    let known = check.violations.count
    var reported = result.violations
    if case .violation(let violation) = result.outcome, reported.isEmpty { reported = [violation] }
    for violation in reported.dropFirst(known) { found(violation) }
    check.progress = result.progress
    check.phase = .ended(result.outcome)
    check.vacuous = result.vacuous
    check.unchecked = result.unchecked
    check.warnings = result.warnings
    switch result.outcome {
    case .success where check.violations.isEmpty:
      if check.start == nil { danger = .nothingViolated }
      message = Message(
        "✓ checked \(Wording.count(result.progress.distinct, "state")): nothing is violated"
          + uncheckedWords + warningWords)
    case .limit(let which): message = Message("the checker stopped at a limit: \(which)", .wrong)
    case .stopped: message = Message("the checker was stopped")
    case .success, .violation: break
    }
    settleSelections()
  }

  /// What the success says nothing about.
  private var uncheckedWords: String {
    guard let first = check.unchecked.first else { return "" }
    let more = check.unchecked.count - 1
    return "; \(first.text)" + (more > 0 ? ", and \(more) more in Checker" : "")
  }

  private var warningWords: String {
    check.warnings.isEmpty ? "" : "; \(Wording.count(check.warnings.count, "warning")) in Checker"
  }

  /// Goes to the violation behind (or before) the one that was gone to last.
  mutating func goToViolation(offset: Int) {
    let count = check.violations.count
    guard count > 0 else {
      message = Message(
        check.isRunning ? "no violation was found yet" : "no violation is known: c starts the checker")
      return
    }
    let next = check.visited.map { ($0 + offset + count) % count } ?? (offset > 0 ? 0 : count - 1)
    showViolation(next)
  }

  /// Puts a violation's trace in the tree as a branch and goes to the state that is wrong, from where one can go back
  /// step by step.
  mutating func showViolation(_ index: Int) {
    let found = check.violations[index]
    check.visited = index
    if positions[.checker]?.selected != nil || focus == .checker, let row = checkerRow(ofViolation: index) {
      select(row, in: .checker)
    }
    guard !found.violation.trace.isEmpty else {
      message = Message("✗ \(found.violation.headline): \(found.violation.message)", .wrong)
      return
    }
    do {
      let states = try found.violation.trace.map { try model.explorer.state(of: $0.values) }
      edit { tree in
        let number = tree.branches.count { $0.origin == .counterexample } + 1
        let added = tree.insert(
          states, labels: found.violation.trace.map(\.label), from: found.start,
          name: "counterexample \(number)", origin: .counterexample)
        return added[added.count - 1]
      }
      message = Message(
        "✗ \(found.violation.headline) at step \(step): b goes back through the trace", .wrong)
    } catch {
      message = Message("the trace does not fit the model: \(Wording.message(of: error))", .wrong)
    }
  }
}
