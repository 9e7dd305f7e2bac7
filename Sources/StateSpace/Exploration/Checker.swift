import BigInt
package import TLASemantics
import TLASyntax

/// Checks a specification breadth-first with its own engine. It may be made on one thread and run on another.
package final class Checker: Sendable {
  /// The stack of a worker's thread besides that of an evaluation.
  private static let stackAround = 1 << 20

  private let specification: Specification
  private let options: CheckOptions

  package init(_ specification: Specification, options: CheckOptions) {
    self.specification = specification
    self.options = options
  }

  /// Runs to the end. Every few thousand states, and from time to time during evaluations, it calls `progress`, on the caller's thread or
  /// while that waits for another one, and stops if that returns false. `output` receives what the specification prints. `stackBytes` is the
  /// part of the caller's stack that an evaluation may use. Throws `Diagnostics` for what the engine does not support.
  package func run(
    stackBytes: Int = 4 << 20, output: @escaping (String) -> Void = { _ in },
    progress: @escaping (CheckProgress) -> Bool, onViolation: @escaping (Violation) -> Void
  ) throws -> CheckResult {
    let program: Program
    do { program = try Program.make(specification, stackBytes: stackBytes, host: options.host) } catch let
      failure
      as EvaluationFailure
    {
      return ended(by: Violation(failure, of: .constant))
    }
    program.machine.output = output
    let stop = options.stop
    program.stopsEvaluating { stop?.isMade != true && progress(CheckProgress()) }
    let checksDeadlock = options.checkDeadlock ?? specification.checksDeadlock
    let facts = CheckFacts(program, checksDeadlock: checksDeadlock)
    program.machine.facts = facts
    if options.start == nil, let violation = try violatedAssumption(program) { return ended(by: violation) }
    if let next = specification.next, program.actions.isEmpty {
      let failure = EvaluationFailure(
        kind: .incompleteState,
        message: "the next-state relation has no action: each part of it stands under \\E over an empty set",
        span: next.span, callStack: [])
      return ended(by: Violation(failure, of: .step))
    }
    guard specification.next != nil else { return ended(try outcomeWithoutSteps(program)) }
    let liveness: LivenessConditions?
    do { liveness = try livenessConditions(program) } catch let failure as EvaluationFailure {
      return ended(by: Violation(failure, of: .property))
    }
    do {
      try program.placed {
        try program.identifyStates(bySymmetry: options.usesSymmetry, byView: options.usesView)
      }
    } catch { return ended(by: Violation(EvaluationFailure(error), of: .constant)) }
    var violations: [Violation] = []
    let start = try options.start.map { values in
      [try program.placed { try values.map { try program.store.value($0).bits } }]
    }
    func found(_ violation: Violation) {
      violations.append(violation)
      onViolation(violation)
    }
    let goals = SearchGoals(
      checksDeadlock: checksDeadlock, afterViolation: options.continueAfterViolation ? .collect : .end,
      keepsEdges: liveness != nil && !program.usesSymmetry)
    let flat = flatSearch(program)
    let search = try BreadthFirstSearch(
      program, goals, run: SearchRun(limits: options.limits, shouldContinue: progress), start: start,
      rows: flat, threads: threads(for: program),
      onFinding: { finding in found(program.withoutStopping { self.violation(finding, program) }) })
    var isStopped = false
    program.stopsEvaluating { [unowned search] in
      isStopped = isStopped || !search.goesOn
      return !isStopped
    }
    program.machine.enterRun()
    // Without this, the machine holds the search, the search the program, and the program the machine: the memory would never be freed.
    defer { program.machine.reset() }
    facts.search = search
    var end = search.search()
    facts.isSearching = false
    var judged: Set<Int> = []
    var notes: [PropertyNote] = []
    if let liveness, search.hasVisitedAll, violations.isEmpty || options.continueAfterViolation {
      var judgement = judge(liveness, after: search, flat, program)
      // Its reasons may lack what was being evaluated.
      if isStopped { judgement = LivenessJudgement(interruption: .stopped) }
      judged = judgement.judged
      notes = judgement.notes
      for violation in judgement.violations { found(violation) }
      end = judgement.interruption ?? end
    }
    let measured = search.measure()
    var unchecked = skipped(by: search, program, judged: judged)
    var outcome: CheckOutcome
    switch end {
    case .exhausted, .found: outcome = violations.first.map { .violation($0) } ?? .success
    case .limit(let what):
      outcome = violations.first.map { .violation($0) } ?? .limit(what)
      unchecked.append(.beyondLimit(what))
    case .stopped: outcome = .stopped
    case .failed(let failure) where Self.isStop(failure.cause): outcome = .stopped
    case .failed(let failure):
      let violation = program.withoutStopping { self.violation(failure, program) }
      violations.append(violation)
      outcome = .violation(violation)
    }
    if case .success = outcome, let violation = violatedPostcondition(program) {
      if Self.isStop(violation.failure) {
        outcome = .stopped
      } else {
        violations.append(violation)
        outcome = .violation(violation)
      }
    } else if case .violation(let violation) = outcome, !violation.trace.isEmpty,
      !program.postconditions.isEmpty
    {
      // As in TLC, the postconditions are evaluated with the counterexample, and the first violation remains the outcome.
      facts.counterexample = try program.withoutStopping {
        try program.placed { try counterexample(violation, program) }
      }
      if let violation = violatedPostcondition(program), !Self.isStop(violation.failure) {
        violations.append(violation)
      }
    }
    var vacuous =
      options.looksForVacuity && search.hasVisitedAll
      ? program.vacuousImplications(in: search.graph) { progress(measured) } : nil
    // An implication that could not be evaluated seems untested.
    if isStopped { vacuous = nil }
    return CheckResult(
      outcome: outcome, violations: violations, claims: claims(program),
      unchecked: unchecked + (vacuous ?? []).map(Unchecked.implication), progress: measured,
      initial: search.initialCount, workers: search.usedWorkers,
      leftTLCIntegers: program.store.leftTLCIntegers,
      warnings: program.machine.warnings.all, vacuous: vacuous, notes: notes, flatCode: flat?.figures)
  }

  /// Whether a failure only says that the check was asked to stop.
  private static func isStop(_ error: (any Error)?) -> Bool {
    error.map { EvaluationFailure($0).kind == .stopped } ?? false
  }

  /// Flat rows for a search; nil if they are not wanted, or the program cannot have them.
  private func flatSearch(_ program: Program) -> FlatSearch? {
    options.statesBeforeFlatCode.flatMap {
      FlatSearch(program, after: $0, options.flatCode)
    }
  }

  private func threads(for program: Program) -> SearchThreads {
    SearchThreads(
      count: options.workers, stackBytes: Int(program.machine.stackBudget) + Self.stackAround)
  }

  /// The temporal properties with what they assume; nil if there is nothing to check.
  private func livenessConditions(_ program: Program) throws -> LivenessConditions? {
    guard options.checksLiveness, options.start == nil,
      program.properties.contains(where: \.hasTemporalPart)
    else { return nil }
    program.machine.enterRun()
    return try program.placed { try LivenessConditions(program) }
  }

  /// What a complete search knows of the temporal properties.
  private struct LivenessJudgement {
    var violations: [Violation] = []
    /// The positions of the properties that were judged.
    var judged: Set<Int> = []
    var notes: [PropertyNote] = []
    /// What ended the judging too early; nil if nothing did.
    var interruption: SearchEnd?
  }

  private func judge(
    _ liveness: LivenessConditions, after search: BreadthFirstSearch, _ flat: FlatSearch?, _ program: Program
  ) -> LivenessJudgement {
    do {
      if program.usesSymmetry {
        return try temporalViolations(of: liveness, besides: search, program)
      }
      return try temporalViolations(of: liveness, in: search, flat, program)
    } catch SearchRun.Interruption.stopped {
      return LivenessJudgement(interruption: .stopped)
    } catch SearchRun.Interruption.limit(let what) {
      return LivenessJudgement(interruption: .limit(what))
    } catch let failure as LivenessChecker.Failure where !Self.isStop(failure.cause) {
      let trace = program.trace(failure.behavior)
      return LivenessJudgement(violations: [
        Violation(EvaluationFailure(failure.cause), of: .property, trace: trace)
      ])
    } catch {
      let failure = EvaluationFailure((error as? LivenessChecker.Failure)?.cause ?? error)
      return failure.kind == .stopped
        ? LivenessJudgement(interruption: .stopped)
        : LivenessJudgement(violations: [Violation(failure, of: .property)])
    }
  }

  /// Judges temporal properties, which a symmetry could falsify, on the complete graph without symmetry. Its figures count for nothing else.
  private func temporalViolations(
    of liveness: LivenessConditions, besides symmetric: BreadthFirstSearch, _ program: Program
  ) throws -> LivenessJudgement {
    try program.identifyStates(bySymmetry: false, byView: options.usesView)
    let run = SearchRun(limits: options.limits) { _ in symmetric.run.goesOn }
    let flat = flatSearch(program)
    let search = try BreadthFirstSearch(
      program, SearchGoals(checksDeadlock: false, afterViolation: .collect, keepsEdges: true), run: run,
      rows: flat, threads: threads(for: program))
    program.machine.enterRun()
    switch search.search() {
    case .exhausted, .found: return try temporalViolations(of: liveness, in: search, flat, program)
    case .limit(let what): throw SearchRun.Interruption.limit(what)
    case .stopped: throw SearchRun.Interruption.stopped
    case .failed(let failure): throw LivenessChecker.Failure(cause: failure.cause, behavior: failure.behavior)
    }
  }

  private func claims(_ program: Program) -> CheckResult.Claims {
    CheckResult.Claims(
      invariants: program.invariants.map(\.name),
      properties: program.propertyNames)
  }

  private func temporalViolations(
    of liveness: LivenessConditions, in search: BreadthFirstSearch, _ flat: FlatSearch?, _ program: Program
  ) throws -> LivenessJudgement {
    program.machine.enterRun()
    let checker = try LivenessChecker(
      liveness, program, search.graph, flat: flat, initialCount: search.initialCount, run: search.run,
      bytes: { search.graph.memoryBytes + program.memoryBytes })
    let judgement = try checker.judgement(
      collectsAll: options.continueAfterViolation, takesNotes: options.looksForVacuity)
    let violations = judgement.findings.map { finding in
      program.withoutStopping { self.violation(finding, program) }
    }
    let notes = judgement.notes.map {
      PropertyNote(property: specification.properties[$0.property].name, sentence: $0.text)
    }
    return LivenessJudgement(violations: violations, judged: judgement.judged, notes: notes)
  }

  /// The outcome of a check without a next-state relation. It is a success if there is no initial predicate either.
  private func outcomeWithoutSteps(_ program: Program) throws -> CheckOutcome {
    guard let initial = specification.initial else { return .success }
    let failure = EvaluationFailure(
      kind: .incompleteState,
      message: "there is no next-state relation that would lead from the initial states to others",
      span: initial.span, callStack: [])
    return .violation(Violation(failure, of: .initialState))
  }

  /// What a search leaves out, whatever it finds.
  private func skipped(
    by search: BreadthFirstSearch, _ program: Program, judged: Set<Int>
  ) -> [Unchecked] {
    var unchecked: [Unchecked] = []
    for (index, property) in program.properties.enumerated() where property.hasTemporalPart {
      let name = specification.properties[index].name
      guard judged.contains(index) else {
        unchecked.append(.property(name))
        continue
      }
      if search.cutOffCount > 0 { unchecked.append(.propertyBeyondConstraints(name)) }
      if options.usesView, specification.view != nil { unchecked.append(.propertyUnderView(name)) }
    }
    if search.hasVisitedAll, search.initialCount == 0, search.cutOffCount == 0 {
      unchecked.append(.everyInvariant)
    }
    if search.cutOffCount > 0 { unchecked.append(.beyondConstraints(states: search.cutOffCount)) }
    if search.isCutShort { unchecked.append(.beyondExit(states: search.measure().queue)) }
    return unchecked
  }

  /// The result of a check that explored nothing, because something was violated or the check was asked to stop.
  private func ended(by violation: Violation) -> CheckResult {
    ended(Self.isStop(violation.failure) ? .stopped : .violation(violation))
  }

  /// The result of a check that explored nothing.
  private func ended(_ outcome: CheckOutcome) -> CheckResult {
    var violations: [Violation] = []
    var unchecked = specification.properties.map { Unchecked.property($0.name) }
    switch outcome {
    case .violation(let violation): (violations, unchecked) = ([violation], [])
    case .stopped: break
    case .success, .limit:
      unchecked.insert(.everything(hasAssumptions: !specification.assumptions.isEmpty), at: 0)
    }
    return CheckResult(
      outcome: outcome, violations: violations, claims: CheckResult.Claims(), unchecked: unchecked,
      progress: CheckProgress(), initial: 0,
      workers: 1, leftTLCIntegers: false, warnings: [], vacuous: nil)
  }

  /// The value of `CounterExample` for a violation with a trace.
  private func counterexample(_ violation: Violation, _ program: Program) throws -> PlainValue {
    let rows = try violation.trace.map { try $0.values.map { try program.store.value($0).bits } }
    var pairs = zip(rows.indices, rows.indices.dropFirst()).map { ($0, $1) }
    if let loop = violation.loop { pairs.append((rows.count - 1, loop.start)) }
    let variables = specification.variables.map(\.name.text)
    let aliases = try? program.aliases(rows, loop: violation.loop?.start)
    let states =
      aliases
      ?? violation.trace.map { step in
        .record(zip(variables, step.values).map { PlainValue.Field(name: $0, value: $1) })
      }
    return .counterexample(
      states: states,
      steps: pairs.map {
        (
          from: $0, action: program.actionRecord(from: rows[$0], to: rows[$1]) ?? RunRecord.unknownAction,
          to: $1
        )
      })
  }

  private func violatedAssumption(_ program: Program) throws -> Violation? {
    let machine = program.machine
    machine.enterRun()
    program.evaluateStartingDefinitions()
    for assumption in specification.assumptions {
      let term = assumption.condition
      let name = assumption.name ?? term.span.oneLineText
      do {
        guard try !program.placed({ try program.compiler.compile(term, Environment()).node.test(machine) })
        else { continue }
      } catch let unsupported as Diagnostics {
        throw unsupported
      } catch {
        return Violation(EvaluationFailure(error), of: .assumption, name: name)
      }
      let place = term.span.startPosition
      return Violation(
        kind: .assumption, name: name,
        message:
          "the assumption at \(term.span.file.name):\(place.line):\(place.column) is false: \(term.span.oneLineText)"
      )
    }
    return nil
  }

  /// A postcondition that is false or has no value after everything was visited.
  private func violatedPostcondition(_ program: Program) -> Violation? {
    program.machine.enterRun()
    program.machine.reset()
    if let unseen = program.possibilities.first(where: { $0.count == 0 }) {
      let name = unseen.predicate.name
      let what = unseen.isOfSteps ? "step is" : "state satisfies"
      return Violation(
        kind: .assumption, name: name, message: "no reachable \(what) \(name), which _POSSIBLE asks for")
    }
    do { try program.registerPossibilities() } catch {
      return Violation(EvaluationFailure(error), of: .postcondition)
    }
    for postcondition in program.postconditions {
      do {
        if try program.placed({ try postcondition.condition.test(program.machine) }) { continue }
      } catch {
        return Violation(EvaluationFailure(error), of: .postcondition, name: postcondition.name)
      }
      return Violation(
        kind: .assumption, name: postcondition.name,
        message: "the postcondition \(postcondition.name) is false")
    }
    return nil
  }

  private func violation(_ finding: Finding, _ program: Program) -> Violation {
    let trace = program.trace(finding.behavior)
    switch finding.kind {
    case .property(let index):
      let name = specification.properties[index].name
      return Violation(
        kind: .property, name: name, message: "the property \(name) is violated", trace: trace,
        loop: program.loop(of: finding.behavior), why: finding.why)
    case .stepCondition(let index):
      let condition = program.stepConditions[index]
      let name = specification.properties[condition.property].name
      let place = condition.isInitial ? "in an initial state" : "by the last step"
      return Violation(
        kind: .property, name: name,
        message: "the property \(name) is violated \(place): \(condition.span.oneLineText)", trace: trace)
    case .deadlock:
      return Violation(
        kind: .deadlock, message: "deadlock: no action is enabled in the last state", trace: trace)
    case .invariant(let index):
      let name = program.invariants[index].name
      return Violation(
        kind: .invariant, name: name, message: "the invariant \(name) is violated", trace: trace)
    }
  }

  private func violation(_ failure: SearchFailure, _ program: Program) -> Violation {
    let isInitial = failure.behavior.steps.count < (failure.isInNewState ? 2 : 1)
    let (name, subject): (String?, Violation.Subject)
    switch failure.subject {
    case .invariant(let index):
      // In a state that the constraints cut off, TLC evaluates an invariant again, as part of the step.
      (name, subject) = (program.invariants[index].name, failure.isCutOff ? .step : .invariant)
    case .stepCondition(let index):
      let property = program.stepConditions[index].property
      (name, subject) = (specification.properties[property].name, .step)
    case nil: (name, subject) = (nil, .step)
    }
    var violation = Violation(
      EvaluationFailure(failure.cause), of: isInitial ? .initialState : subject, name: name,
      trace: program.trace(failure.behavior))
    if violation.subject == .invariant {
      violation.repeatedFailure = program.failure(beside: failure.behavior).map { EvaluationFailure($0) }
    }
    return violation
  }
}
