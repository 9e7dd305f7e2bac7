import StateSpace
import TLASemantics

/// Answers a `JudgeTask` in the calling thread, with engines of its own.
package struct Judge {
  private let task: JudgeTask
  /// The stack that an evaluation may use.
  private let stackBytes: Int
  /// Called from time to time. If it returns false, the verdict is `stopped`.
  private let goesOn: () -> Bool

  package init(_ task: JudgeTask, stackBytes: Int, goesOn: @escaping () -> Bool) {
    self.task = task
    self.stackBytes = stackBytes
    self.goesOn = goesOn
  }

  /// Ends the work from inside: the user stopped it, or a limit was reached.
  private enum End: Error {
    case stopped
    case limit(String)
    case noTruth(String)
  }

  /// Works until there is a verdict, and never throws: a failure is a verdict, too.
  package func verdict() -> Verdict {
    do {
      switch task.question {
      case .options(let claims, let goal): return try options(claims, goal: goal)
      case .expression(let target, let answer, isInState: true):
        return try expressionHere(target, answer)
      case .expression(let target, let answer, isInState: false):
        return try expressionEverywhere(target, answer)
      case .mended(let original, let hidden, let possible, let actions):
        return try mended(original, hidden, possible, actions)
      }
    } catch End.stopped {
      return .stopped
    } catch End.limit(let which) {
      return .failed("the search hit a limit, \(which)")
    } catch End.noTruth(let message) {
      return .failed(message)
    } catch let failure as EvaluationFailure where failure.kind == .stopped {
      return .stopped
    } catch {
      return .failed(Wording.message(of: error))
    }
  }

  // MARK: Options

  private func options(_ claims: [ChooseTask.Claim], goal: String?) throws -> Verdict {
    switch claims.first {
    case nil: return .failed("there are no options")
    case .holds:
      let explorer = try explorer()
      let state = try explorer.state(of: task.place)
      var right: [Int] = []
      for (index, claim) in claims.enumerated() {
        guard case .holds(let predicate) = claim else { continue }
        if try truth(of: predicate, explorer.evaluate(predicate, in: state)) { right.append(index) }
      }
      return .options(right: right, evidence: [:], states: 1)
    case .falls: return try invariants(claims)
    case .steps:
      guard let goal else { return .failed("options with steps need a goal") }
      let (trace, states) = try way(to: goal)
      guard let trace else { return .options(right: [], evidence: [:], states: states) }
      let right = claims.indices.filter { claims[$0] == .steps(trace.count - 1) }
      let evidence = TourEvidence(trace, beginsHere: true)
      return .options(
        right: right, evidence: Dictionary(uniqueKeysWithValues: claims.indices.map { ($0, evidence) }),
        states: states)
    case .reachable:
      var right: [Int] = []
      var evidence: [Int: TourEvidence] = [:]
      var most = 0
      for (index, claim) in claims.enumerated() {
        guard case .reachable(let predicate) = claim else { continue }
        let (trace, states) = try way(to: predicate)
        most = max(most, states)
        guard let trace else { continue }
        right.append(index)
        evidence[index] = TourEvidence(trace, beginsHere: true)
      }
      return .options(right: right, evidence: evidence, states: most)
    }
  }

  /// Checks from the initial states which invariants and properties fail.
  private func invariants(_ claims: [ChooseTask.Claim]) throws -> Verdict {
    var options = task.options
    options.continueAfterViolation = true
    options.start = nil
    let result = try Checker(task.specification, options: options).run(
      stackBytes: stackBytes, progress: { _ in goesOn() }, onViolation: { _ in })
    switch result.outcome {
    case .stopped: throw End.stopped
    case .limit(let which): throw End.limit(which)
    case .success, .violation: break
    }
    var violations = result.violations
    if violations.isEmpty, case .violation(let violation) = result.outcome { violations = [violation] }
    var right: [Int] = []
    var evidence: [Int: TourEvidence] = [:]
    for (index, claim) in claims.enumerated() {
      guard case .falls(let name) = claim else { continue }
      guard let name else {
        let fallen = violations.contains { violation in
          violation.kind != .property || violation.name.map { claims.contains(.falls($0)) } ?? false
        }
        if !fallen { right.append(index) }
        continue
      }
      if let violation = violations.first(where: { $0.name == name }) {
        right.append(index)
        evidence[index] = TourEvidence(violation.trace, beginsHere: false, loop: violation.loop?.start)
      }
    }
    return .options(right: right, evidence: evidence, states: result.progress.distinct)
  }

  /// A shortest way from the learner's state to one with a predicate; nil if there is none. And the number of states.
  private func way(to predicate: String) throws -> ([TraceStep]?, states: Int) {
    var options = task.options
    options.start = task.place
    return try search(predicate, options)
  }

  private func search(_ goal: String, _ options: CheckOptions) throws -> ([TraceStep]?, states: Int) {
    let found = try GoalSearch(task.specification, goal: goal, options: options).run(
      stackBytes: stackBytes, progress: { _ in goesOn() })
    switch found.outcome {
    case .reached(let trace): return (trace, found.progress.distinct)
    case .unreachable: return (nil, found.progress.distinct)
    case .limit(let which): throw End.limit(which)
    case .stopped: throw End.stopped
    }
  }

  // MARK: Expressions

  private func expressionHere(_ target: String, _ answer: String) throws -> Verdict {
    let explorer = try explorer()
    let state = try explorer.state(of: task.place)
    let wanted = try explorer.evaluate(target, in: state)
    let given = try explorer.evaluate(answer, in: state)
    if wanted == given { return .same(states: 1) }
    return .differs(
      TourEvidence([TraceStep(label: nil, values: task.place)], beginsHere: true),
      target: wanted.description, answer: given.description)
  }

  private func expressionEverywhere(_ target: String, _ answer: String) throws -> Verdict {
    // Each is read alone, so neither can change how the other is read.
    for text in [target, answer] where try task.specification.resolve(text).level >= .action {
      throw End.noTruth("\(text): expected an expression over one state, without primes")
    }
    let explorer = try explorer()
    if let first = try explorer.initialStates().first,
      case .boolean = try explorer.evaluate(target, in: first)
    {
      _ = try truth(of: answer, explorer.evaluate(answer, in: first))
    }
    var options = task.options
    options.start = nil
    let (trace, states) = try search("(\n\(target)\n) # (\n\(answer)\n)", options)
    guard let trace, let last = trace.last else { return .same(states: states) }
    let state = try explorer.state(of: last.values)
    return .differs(
      TourEvidence(trace, beginsHere: false), target: try explorer.evaluate(target, in: state).description,
      answer: try explorer.evaluate(answer, in: state).description)
  }

  private func truth(of predicate: String, _ value: PlainValue) throws -> Bool {
    guard case .boolean(let isTrue) = value else {
      throw End.noTruth("\(predicate) is \(value), and neither TRUE nor FALSE")
    }
    return isTrue
  }

  // MARK: Mended specifications

  /// Explores the mended specification breadth-first. The conditions are evaluated in the original one, so a definition that was edited
  /// cannot make them true.
  private func mended(
    _ original: Specification, _ hidden: String, _ possible: [String], _ actions: [String]
  ) throws -> Verdict {
    let explorer = try explorer()
    let first = try self.explorer(of: original)
    let positions = first.variables.map { explorer.variables.firstIndex(of: $0) }
    if let missing = zip(first.variables, positions).first(where: { $1 == nil })?.0 {
      return .notMended("the variable \(missing) is gone", nil)
    }
    let condition = try StateExpression(hidden, of: first)
    var goals = try possible.map { (text: $0, expression: try StateExpression($0, of: first)) }
    var untaken = Set(actions)
    let walk = BreadthFirstWalk(explorer)
    var holds = true
    try walk.run { state, label, isNew in
      guard goesOn() else { throw End.stopped }
      try checkLimits(states: walk.count)
      if let label { untaken.remove(label.name) }
      guard isNew else { return true }
      let values = explorer.values(of: state)
      let known = try first.state(of: positions.compactMap { $0.map { values[$0] } })
      holds = try truth(of: hidden, condition.value(in: known))
      goals = try goals.filter { try !truth(of: $0.text, $0.expression.value(in: known)) }
      return holds
    }
    if !holds {
      return .notMended(
        "\(hidden) does not hold in every state", TourEvidence(walk.trace, beginsHere: false))
    }
    if let goal = goals.first {
      return .notMended("\(goal.text) holds in none of \(Wording.count(walk.count, "state")) now", nil)
    }
    if let action = actions.first(where: untaken.contains) {
      return .notMended("\(action) can never be taken now", nil)
    }
    return .mended(states: walk.count)
  }

  /// Ends the exploration of a mended specification that has lost its bounds.
  private func checkLimits(states: Int) throws {
    if let most = task.options.maxStates, states > most { throw End.limit("\(most) states") }
    if states % 1024 == 0, let most = task.options.memoryLimit, ProcessMemory.resident ?? 0 > most {
      throw End.limit("\(most >> 20) MiB of memory")
    }
  }

  private func explorer() throws -> Explorer { try explorer(of: task.specification) }

  private func explorer(of specification: Specification) throws -> Explorer {
    let explorer = try Explorer(specification, stackBytes: stackBytes, host: task.options.host)
    explorer.stopsEvaluating(unless: goesOn)
    return explorer
  }
}
