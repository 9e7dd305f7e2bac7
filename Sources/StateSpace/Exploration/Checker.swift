import BigInt
package import TLASemantics
import TLASyntax

/// Checks a specification breadth-first with its own engine. It may be made on one thread and run on another.
package final class Checker: Sendable {
  private let specification: Specification
  private let options: CheckOptions

  package init(_ specification: Specification, options: CheckOptions) {
    self.specification = specification
    self.options = options
  }

  /// Runs to the end. Every few thousand states it calls `progress` on the caller's thread, and stops if that returns false. `output`
  /// receives what the specification prints. `stackBytes` is the part of the caller's stack that an evaluation may use. Throws
  /// `Diagnostics` for what the engine does not support.
  package func run(
    stackBytes: Int = 4 << 20, output: @escaping (String) -> Void = { _ in },
    progress: @escaping (CheckProgress) -> Bool, onViolation: @escaping (Violation) -> Void
  ) throws -> CheckResult {
    let program: Program
    do { program = try Program.make(specification, stackBytes: stackBytes) } catch let failure
      as EvaluationFailure
    {
      return ended(.violation(Violation(failure, of: .constant)))
    }
    program.machine.output = output
    program.machine.files = options.files
    let limits = searchLimits
    program.machine.figure = { Self.figure($0, CheckProgress(), checksDeadlock: limits.checksDeadlock) }
    if options.start == nil, let violation = violatedAssumption(program) {
      return ended(.violation(violation))
    }
    if let next = specification.next, program.actions.isEmpty {
      let failure = EvaluationFailure(
        kind: .incompleteState,
        message: "the next-state relation has no action: each part of it stands under \\E over an empty set",
        span: next.span, callStack: [])
      return ended(.violation(Violation(failure, of: .step)))
    }
    guard specification.next != nil else { return ended(try outcomeWithoutSteps(program)) }
    var violations: [Violation] = []
    let start = try options.start.map { values in
      [try program.placed { try values.map { try program.store.value($0).bits } }]
    }
    let search = try BreadthFirstSearch(
      program, limits: limits, start: start,
      onFinding: { finding in
        let violation = self.violation(finding, program.trace(finding.path))
        violations.append(violation)
        onViolation(violation)
      }, shouldContinue: progress)
    program.machine.enterRun()
    // Without this, the machine holds the search, the search the program, and the program the machine: the memory would never be freed.
    defer { program.machine.reset() }
    program.machine.figure = { [limits] in
      Self.figure($0, search.measure(), checksDeadlock: limits.checksDeadlock)
    }
    defer { program.machine.figure = { _ in nil } }
    let end = search.run()
    let measured = search.measure()
    var unchecked = skipped(by: search)
    var outcome: CheckOutcome
    switch end {
    case .exhausted: outcome = .success
    case .found: outcome = violations.first.map { .violation($0) } ?? .success
    case .limit(let what):
      outcome = violations.first.map { .violation($0) } ?? .limit(what)
      unchecked.append(.beyondLimit(what))
    case .stopped: outcome = .stopped
    case .failed(let failure):
      let violation = violation(failure, program)
      violations.append(violation)
      outcome = .violation(violation)
    }
    if case .success = outcome, let violation = violatedPostcondition(program) {
      violations.append(violation)
      outcome = .violation(violation)
    }
    let vacuous =
      options.looksForVacuity && search.hasVisitedAll
      ? program.vacuousImplications(in: search.states) { progress(measured) } : nil
    return CheckResult(
      outcome: outcome, violations: violations,
      unchecked: unchecked + (vacuous ?? []).map(Unchecked.implication), progress: measured,
      initial: search.initialCount, workers: 1, leftTLCIntegers: program.store.leftTLCIntegers,
      warnings: program.machine.warnings.all, vacuous: vacuous)
  }

  private var searchLimits: SearchLimits {
    var limits = SearchLimits()
    limits.checksDeadlock = options.checkDeadlock ?? specification.configuration.checkDeadlock ?? true
    limits.maxStates = options.maxStates
    limits.maxDepth = options.maxDepth
    limits.memoryBytes = options.memoryLimit
    limits.collectsAll = options.continueAfterViolation
    limits.stop = options.stop
    return limits
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
  private func skipped(by search: BreadthFirstSearch<Program>) -> [Unchecked] {
    var unchecked = specification.properties.map { Unchecked.property($0.name) }
    if search.hasVisitedAll, search.initialCount == 0, search.cutOffCount == 0 {
      unchecked.append(.everyInvariant)
    }
    if search.cutOffCount > 0 { unchecked.append(.beyondConstraints(states: search.cutOffCount)) }
    return unchecked
  }

  /// Names that TLC supports in `TLCGet` or `TLCSet` and the engine does not.
  static let unsupportedFigures: Set<String> = [
    "action", "spec", "all", "all:named", "revision", "exit", "pause",
  ]

  private static func figure(_ name: String, _ progress: CheckProgress, checksDeadlock: Bool) -> PlainValue? {
    func record(_ fields: [(String, PlainValue)]) -> PlainValue {
      .record(fields.sorted { $0.0 < $1.0 }.map { PlainValue.Field(name: $0.0, value: $0.1) })
    }
    let counts: [(String, PlainValue)] = [
      ("generated", .integer(BigInt(progress.generated))), ("distinct", .integer(BigInt(progress.distinct))),
      ("queue", .integer(BigInt(progress.queue))), ("diameter", .integer(BigInt(progress.depth))),
      ("duration", .integer(BigInt(Int(progress.seconds)))),
    ]
    switch name {
    case "level": return .integer(BigInt(progress.depth))
    case "config":
      return record([
        ("mode", .string("bfs")), ("deadlock", .boolean(checksDeadlock)), ("worker", .integer(1)),
      ])
    case "stats": return record(counts)
    default: return counts.first { $0.0 == name }?.1
    }
  }

  /// The result of a check that explored nothing.
  private func ended(_ outcome: CheckOutcome) -> CheckResult {
    var violations: [Violation] = []
    var unchecked: [Unchecked] = []
    switch outcome {
    case .violation(let violation): violations = [violation]
    case .success, .limit, .stopped:
      unchecked = [.everything(hasAssumptions: !specification.assumptions.isEmpty)]
      unchecked += specification.properties.map { .property($0.name) }
    }
    return CheckResult(
      outcome: outcome, violations: violations, unchecked: unchecked, progress: CheckProgress(), initial: 0,
      workers: 1, leftTLCIntegers: false, warnings: [], vacuous: nil)
  }

  private func violatedAssumption(_ program: Program) -> Violation? {
    let machine = program.machine
    machine.enterRun()
    program.evaluateStartingDefinitions()
    for assumption in specification.assumptions {
      let term = assumption.condition
      let name = assumption.name ?? term.span.oneLineText
      do {
        guard try !program.placed({ try program.compiler.compile(term, Environment()).node.test(machine) })
        else { continue }
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

  private func violation(_ finding: Finding, _ trace: [TraceStep]) -> Violation {
    switch finding.kind {
    case .deadlock:
      return Violation(
        kind: .deadlock, message: "deadlock: no action is enabled in the last state", trace: trace)
    case .invariant(let index):
      let name = specification.invariants[index].name
      return Violation(
        kind: .invariant, name: name, message: "the invariant \(name) is violated", trace: trace)
    }
  }

  private func violation(_ failure: SearchFailure, _ program: Program) -> Violation {
    let isInitial = failure.path.count < (failure.isInNewState ? 2 : 1)
    // In a state that the constraints cut off, TLC evaluates an invariant again, as part of the step.
    let isOfStep = failure.invariant == nil || failure.isCutOff
    return Violation(
      EvaluationFailure(failure.cause), of: isInitial ? .initialState : isOfStep ? .step : .invariant,
      name: failure.invariant.map { program.invariants[$0].name }, trace: program.trace(failure.path))
  }
}
