import StateSpace
import Traces

// The checker.
extension Session {
  /// Starts a check from a node, or from the initial states for nil. Stops a running check.
  mutating func startOrStopCheck(from node: Int?, collecting: Bool) -> [Effect] {
    switch runs.check.phase {
    case .running, .paused:
      runs.check.phase = .stopping
      screen.message = Message("stopping the checker")
      return [.stopCheck]
    case .stopping:
      screen.message = Message("the checker is stopping")
      return []
    case .idle, .ended, .failed:
      break
    }
    var options = options.check
    options.continueAfterViolation = collecting
    options.looksForVacuity = node == nil
    if let node { options.start = model.values(of: tree[node].state) }
    let run = runs.check.run + 1
    runs.check = CheckState()
    runs.check.run = run
    runs.check.phase = .running
    runs.check.start = node
    runs.check.isCollecting = collecting
    runs.check.startDepth = node.map { tree[$0].depth }
    screen.bottom = .checker
    screen.message = Message(
      node.map { "checking from step \(tree[$0].depth)" } ?? "checking all reachable states")
    settleSelections()
    return [.startCheck(run: run, options: options)]
  }

  /// Pauses the checker, or lets it continue.
  mutating func pauseOrResumeCheck() -> [Effect] {
    switch runs.check.phase {
    case .running:
      runs.check.phase = .paused
      screen.message = Message("the checker is paused: \(bindings.key(.pauseCheck)) continues it")
      return [.pauseCheck]
    case .paused:
      runs.check.phase = .running
      screen.message = Message("the checker goes on")
      return [.resumeCheck]
    case .idle, .stopping, .ended, .failed:
      screen.message = Message("the checker is not running: \(bindings.key(.check)) starts it")
      return []
    }
  }

  mutating func found(_ violation: Violation) {
    runs.check.violations.append(CheckState.Found(violation: violation, start: runs.check.start))
    screen.message = Message("✗ \(violation.headline): \(bindings.key(.nextViolation)) shows it", .wrong)
    settleSelections()
  }

  mutating func ended(_ result: CheckResult) {
    let known = runs.check.violations.count
    var reported = result.violations
    if case .violation(let violation) = result.outcome, reported.isEmpty { reported = [violation] }
    for violation in reported.dropFirst(known) { found(violation) }
    runs.check.progress = result.progress
    runs.check.phase = .ended(result.outcome)
    runs.check.vacuous = result.vacuous
    runs.check.unchecked = result.unchecked
    runs.check.notes = result.notes
    runs.check.warnings = result.warnings
    switch result.outcome {
    case .success where runs.check.violations.isEmpty:
      if runs.check.start == nil { runs.danger = .nothingViolated }
      screen.message = Message(
        "✓ checked \(Wording.count(result.progress.distinct, "state")): nothing is violated"
          + uncheckedWords + warningWords)
    case .limit(let which):
      let states = Wording.count(result.progress.distinct, "state")
      let found = runs.check.violations.isEmpty ? "no violation among \(states) so far" : "among \(states)"
      screen.message = Message("the checker stopped at a limit, \(which): \(found)", .wrong)
    case .stopped: screen.message = Message("the checker was stopped")
    case .success, .violation: break
    }
    settleSelections()
  }

  /// The things that a successful check did not cover.
  private var uncheckedWords: String {
    guard let first = runs.check.unchecked.first else { return "" }
    let more = runs.check.unchecked.count - 1
    return "; \(first.text)" + (more > 0 ? ", and \(more) more in Checker" : "")
  }

  private var warningWords: String {
    runs.check.warnings.isEmpty ? "" : "; \(Wording.count(runs.check.warnings.count, "warning")) in Checker"
  }

  /// Goes to the violation after (or before) the one that the user went to last.
  mutating func goToViolation(offset: Int) {
    let count = runs.check.violations.count
    guard count > 0 else {
      screen.message = Message(
        runs.check.isRunning
          ? "no violation was found yet" : "no violation is known: \(bindings.key(.check)) starts the checker"
      )
      return
    }
    let next = runs.check.visited.map { ($0 + offset + count) % count } ?? (offset > 0 ? 0 : count - 1)
    showViolation(next)
  }

  /// How the behavior of a violation goes on for ever, and the first two reasons: `: lasso of 3 + 2: the goal stays false`.
  private func behaviorWords(_ violation: Violation) -> String {
    let why =
      violation.kind == .property
      ? LassoCauses.sentences(violation, explorer: model.explorer, structure: model.structure).prefix(2)
        .joined(separator: "; ") : nil
    return [violation.loopWords, why].compactMap { $0 }.filter { !$0.isEmpty }.map { ": \($0)" }.joined()
  }

  /// Adds a violation's trace to the tree as a branch and goes to the bad state. From there the user can go back step by step.
  mutating func showViolation(_ index: Int) {
    let found = runs.check.violations[index]
    runs.check.visited = index
    if screen.positions[.checker]?.selected != nil || screen.focus == .checker,
      let row = checkerRow(ofViolation: index)
    {
      select(row, in: .checker)
    }
    guard !found.violation.trace.isEmpty else {
      screen.message = Message("✗ \(found.violation.headline): \(found.violation.message)", .wrong)
      return
    }
    do {
      let states = try found.violation.trace.map { try model.explorer.state(of: $0.values) }
      edit { tree in
        let number = tree.branches.count { $0.origin == .counterexample } + 1
        let added = tree.insert(
          states, labels: found.violation.trace.map(\.label), from: found.start,
          name: "counterexample \(number)", origin: .counterexample)
        let end = added[added.count - 1]
        if let loop = found.violation.loop { tree.close(end, loopingTo: added[loop.start]) }
        return end
      }
      let failing = found.violation.kind == .property ? [] : model.violatedInvariants(in: state)
      let what =
        failing.isEmpty
        ? "✗ \(found.violation.headline)\(behaviorWords(found.violation))" : violationWords(failing)
      let back = "; \(bindings.key(.back)) goes back through the trace"
      let fits = Glyph.width(of: what + back) + 4 <= screen.size.width
      screen.message = Message(what + (fits ? back : ""), .violation)
    } catch {
      screen.message = Message("the trace does not fit the model: \(Wording.message(of: error))", .wrong)
    }
  }
}
