import BigInt
package import TLASemantics
package import TLASyntax

/// What a check is asked to do.
package struct CheckOptions: Sendable {
  /// Nil: as the configuration says, and TLC's default where it does not say.
  package var checkDeadlock: Bool?
  package var maxStates: Int?
  package var maxDepth: Int?
  /// The most bytes that the search may use; nil for no limit of its own.
  package var memoryLimit: Int?
  /// Goes on behind a violation and collects one counterexample for each violated invariant.
  package var continueAfterViolation = false
  /// The files that the specification may use; nil for none.
  package var files: (any FileAccess)?
  /// Starts here instead of the initial states: the values of every variable.
  package var start: [PlainValue]?
  /// After a complete search looks for implications of the invariants that no state put to the test.
  package var looksForVacuity = false

  package init() {}
}

/// How far a search is.
package struct CheckProgress: Sendable {
  package var generated = 0
  package var distinct = 0
  package var queue = 0
  package var depth = 0
  package var seconds = 0.0
  package var memoryBytes = 0

  package init() {}
}

/// One state of a counterexample, with the action that led to it (nil for the initial state).
package struct TraceStep: Sendable, Hashable {
  package let label: ActionLabel?
  package let values: [PlainValue]

  package init(label: ActionLabel?, values: [PlainValue]) {
    self.label = label
    self.values = values
  }
}

/// A violation with the shortest trace that leads to it.
package struct Violation: Sendable {
  package enum Kind: Sendable, Hashable {
    case invariant
    case deadlock
    case assumption
    case assertion
    case evaluation
  }
  package let kind: Kind
  /// The invariant or assumption; nil for the others.
  package let name: String?
  package let message: String
  package let trace: [TraceStep]
  package let failure: EvaluationFailure?
}

/// How a check ended.
package enum CheckOutcome: Sendable {
  /// Everything that can be reached was visited and nothing was found.
  case success
  /// The first violation.
  case violation(Violation)
  /// A limit was hit: which one.
  case limit(String)
  /// It was asked to stop.
  case stopped
}

/// What a check found and how much it looked at.
package struct CheckResult: Sendable {
  package let outcome: CheckOutcome
  /// The first violation of each invariant, in the order found; one at most without `continueAfterViolation`.
  package let violations: [Violation]
  package let progress: CheckProgress
  package let initial: Int
  package let workers: Int
  /// Whether an integer left the 32 bits in which TLC computes: TLC would have stopped there.
  package let leftTLCIntegers: Bool
  /// What has a meaning and is rarely meant, each place once: an `EXCEPT` that changes nothing, an `UNCHANGED` that contradicts.
  package let warnings: [Diagnostic]
  /// What no state put to the test. Nil when that was not asked for, or not every state was visited.
  package let vacuous: [VacuousImplication]?
}

/// Checks a specification breadth-first with an engine of its own. May be made on one thread and run on another.
package final class Checker: Sendable {
  private let specification: Specification
  private let options: CheckOptions

  package init(_ specification: Specification, options: CheckOptions) {
    self.specification = specification
    self.options = options
  }

  /// Runs to the end, calling back every now and then (every few thousand states) on the caller's thread.
  /// Stops when `progress` returns false. `output` gets what the specification prints; `stackBytes` is what an evaluation may use of the
  /// caller's stack. Throws `Diagnostics` for what the engine does not support.
  package func run(
    stackBytes: Int = 4 << 20, output: @escaping (String) -> Void = { _ in },
    progress: @escaping (CheckProgress) -> Bool, onViolation: @escaping (Violation) -> Void
  ) throws -> CheckResult {
    let program: Program
    do { program = try Program.make(specification, stackBytes: stackBytes) } catch let failure
      as EvaluationFailure
    {
      return ended(.violation(Violation(failure, name: nil, trace: [])))
    }
    program.machine.output = output
    program.machine.files = options.files
    let checksDeadlock = options.checkDeadlock ?? specification.configuration.checkDeadlock ?? true
    program.machine.figure = { Self.figure($0, CheckProgress(), checksDeadlock: checksDeadlock) }
    if options.start == nil, let violation = violatedAssumption(program) {
      return ended(.violation(violation))
    }
    if let next = specification.next, program.actions.isEmpty {
      let failure = EvaluationFailure(
        kind: .incompleteState,
        message: "the next-state relation has no action: each part of it stands under \\E over an empty set",
        span: next.span, callStack: [])
      return ended(.violation(Violation(failure, name: nil, trace: [])))
    }
    guard specification.next != nil else {
      guard let initial = specification.initial else { return ended(.success) }
      let failure = EvaluationFailure(
        kind: .incompleteState,
        message: "there is no next-state relation that would lead from the initial states to others",
        span: initial.span, callStack: [])
      return ended(.violation(Violation(failure, name: nil, trace: [])))
    }
    var limits = SearchLimits()
    limits.checksDeadlock = checksDeadlock
    limits.maxStates = options.maxStates
    limits.maxDepth = options.maxDepth
    limits.memoryBytes = options.memoryLimit
    limits.collectsAll = options.continueAfterViolation
    let narrator = Narrator(specification, of: program, stackBytes: stackBytes)
    var violations: [Violation] = []
    let start = try options.start.map { values in
      [try program.placed { try values.map { try program.store.value($0).bits } }]
    }
    let search = try BreadthFirstSearch(
      program, limits: limits, start: start,
      onFinding: { finding in
        let violation = self.violation(finding, narrator.trace(finding.path))
        violations.append(violation)
        onViolation(violation)
      }, shouldContinue: progress)
    program.machine.enterRun()
    // The machine would hold the search, which holds the program and so the machine: no memory would ever be given back.
    defer { program.machine.reset() }
    program.machine.figure = { [limits] in
      Self.figure($0, search.measure(), checksDeadlock: limits.checksDeadlock)
    }
    defer { program.machine.figure = { _ in nil } }
    let end = search.run()
    var outcome: CheckOutcome
    switch end {
    case .exhausted: outcome = .success
    case .found: outcome = violations.first.map { .violation($0) } ?? .success
    case .limit(let what): outcome = .limit(what)
    case .stopped: outcome = .stopped
    case .failed(let error, let path, let invariant):
      let violation = Violation(
        EvaluationFailure(error), name: invariant.map { program.invariants[$0].name },
        trace: narrator.trace(path))
      violations.append(violation)
      outcome = .violation(violation)
    }
    let measured = search.measure()
    if case .success = outcome, let violation = violatedPostcondition(program) {
      violations.append(violation)
      outcome = .violation(violation)
    }
    return CheckResult(
      outcome: outcome, violations: violations, progress: measured, initial: search.initialCount, workers: 1,
      leftTLCIntegers: program.store.leftTLCIntegers, warnings: program.machine.warnings.all,
      vacuous: options.looksForVacuity && search.hasVisitedAll
        ? program.vacuousImplications(in: search.states) { progress(measured) } : nil)
  }

  /// What `TLCGet` gives in TLC and not here, and what `TLCSet` sets.
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

  private func ended(_ outcome: CheckOutcome) -> CheckResult {
    var violations: [Violation] = []
    if case .violation(let violation) = outcome { violations = [violation] }
    return CheckResult(
      outcome: outcome, violations: violations, progress: CheckProgress(), initial: 0, workers: 1,
      leftTLCIntegers: false, warnings: [], vacuous: nil)
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
        // An assumption without a value does not hold, as TLC has it.
        let failure = EvaluationFailure(error)
        return Violation(kind: .assumption, name: name, message: failure.message, trace: [], failure: failure)
      }
      let place = term.span.startPosition
      return Violation(
        kind: .assumption, name: name,
        message:
          "the assumption at \(term.span.file.name):\(place.line):\(place.column) is false: \(term.span.oneLineText)",
        trace: [],
        failure: nil)
    }
    return nil
  }

  /// A postcondition that is false or has no value when everything was visited.
  private func violatedPostcondition(_ program: Program) -> Violation? {
    program.machine.enterRun()
    program.machine.reset()
    for postcondition in program.postconditions {
      do {
        if try program.placed({ try postcondition.condition.test(program.machine) }) { continue }
      } catch {
        return Violation(EvaluationFailure(error), name: nil, trace: [])
      }
      return Violation(
        kind: .assumption, name: postcondition.name,
        message: "the postcondition \(postcondition.name) is false",
        trace: [], failure: nil)
    }
    return nil
  }

  private func violation(_ finding: Finding, _ trace: [TraceStep]) -> Violation {
    switch finding.kind {
    case .deadlock:
      return Violation(
        kind: .deadlock, name: nil, message: "deadlock: no action is enabled in the last state", trace: trace,
        failure: nil)
    case .invariant(let index):
      let name = specification.invariants[index].name
      return Violation(
        kind: .invariant, name: name, message: "the invariant \(name) is violated", trace: trace, failure: nil
      )
    }
  }
}

extension Violation {
  /// A failure of an evaluation as what ends a check; `name` is the invariant that was evaluated.
  fileprivate init(_ failure: EvaluationFailure, name: String?, trace: [TraceStep]) {
    self.init(
      kind: failure.kind == .assertion ? .assertion : .evaluation, name: name, message: failure.message,
      trace: trace,
      failure: failure)
  }
}
