package import TLASemantics
import TLASyntax

/// How a search for a state ended.
package enum GoalOutcome: Sendable {
  /// A shortest trace to a state that satisfies the predicate. It begins with the starting state, which has no label.
  case reached([TraceStep])
  /// Every reachable state was visited, and none satisfies the predicate.
  case unreachable
  /// A limit was reached. The text names the limit.
  case limit(String)
  /// The search was asked to stop.
  case stopped
}

/// Searches breadth-first for a state that satisfies a predicate, with its own engine. It may be made on one thread and run on another.
package final class GoalSearch: Sendable {
  private let specification: Specification
  private let goal: String
  private let options: CheckOptions

  /// `goal` is a state predicate in the root module's scope. Of the options, only the limits and `start` count. Without `start`, the search
  /// begins at the initial states.
  package init(_ specification: Specification, goal: String, options: CheckOptions) {
    self.specification = specification
    self.goal = goal
    self.options = options
  }

  /// Runs to the end. Every few thousand states it calls `progress`, and stops if that returns false. Throws `Diagnostics` for a goal that
  /// cannot be read and for what the engine does not support. Throws `EvaluationFailure` for a goal that is not a state predicate, and for
  /// anything else on the way that has no value.
  package func run(
    stackBytes: Int = 4 << 20, progress: @escaping (CheckProgress) -> Bool
  ) throws -> (outcome: GoalOutcome, progress: CheckProgress) {
    let program = try Program.make(specification, stackBytes: stackBytes, host: options.host)
    // Without this, the machine holds the search, the search the program, and the program the machine: the memory would never be freed.
    defer { program.machine.reset() }
    program.machine.enterRun()
    let term = try specification.resolve(goal)
    guard term.level < .action else {
      throw EvaluationFailure(
        kind: .evaluation, message: "expected a predicate over one state, without primes", span: term.span,
        callStack: [])
    }
    let system = try program.placed {
      GoalSystem(program, goal: try program.compiler.compile(term, Environment()).node)
    }
    let start = try options.start.map { values in
      [try program.placed { try values.map { try program.store.value($0).bits } }]
    }
    let search = try BreadthFirstSearch(
      system, SearchGoals(checksDeadlock: false),
      run: SearchRun(limits: options.limits, shouldContinue: progress), start: start)
    program.stopsEvaluating { [unowned search] in search.goesOn }
    let end = search.search()
    let measured = search.measure()
    switch end {
    case .exhausted: return (.unreachable, measured)
    case .found:
      program.machine.reset()
      return (.reached(program.trace(search.findings.first?.behavior ?? .empty)), measured)
    case .limit(let which): return (.limit(which), measured)
    case .stopped: return (.stopped, measured)
    case .failed(let found):
      let failure = EvaluationFailure(found.cause)
      if failure.kind == .stopped { return (.stopped, measured) }
      throw failure
    }
  }
}

/// A program whose only invariant is that the goal is not reached.
private final class GoalSystem: TransitionSystem {
  private let program: Program
  private let goal: Node

  init(_ program: Program, goal: Node) {
    self.program = program
    self.goal = goal
  }

  var rowWidth: Int { program.rowWidth }
  var memoryBytes: Int { program.memoryBytes }
  var memoryToGrow: Int { program.memoryToGrow }

  func generateInitialStates(into sink: any StateSink) throws {
    try program.generateInitialStates(into: sink)
  }

  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
    try program.generateSuccessors(of: row, into: sink)
  }

  var hasConstraints: Bool { program.hasConstraints }
  var constrainsSteps: Bool { program.constrainsSteps }

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool {
    try program.isWithinConstraints(row)
  }

  func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool { try program.allowsStep(to: row) }

  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
    guard start == 0 else { return nil }
    let machine = program.machine
    let saved = machine.state
    machine.state = row
    defer { machine.state = saved }
    do { return try goal.test(machine) ? 0 : nil } catch { throw ConditionFailure(position: 0, cause: error) }
  }
}
