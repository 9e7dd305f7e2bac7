package import TLASemantics
import TLASyntax

/// How a search for a state ended.
package enum GoalOutcome: Sendable {
  /// A shortest trace to a state that satisfies the predicate. It begins where the search began, without a label.
  case reached([TraceStep])
  /// Everything that can be reached was visited.
  case unreachable
  /// A limit was hit: which one.
  case limit(String)
  /// It was asked to stop.
  case stopped
}

/// Searches breadth-first for a state that satisfies a predicate, with an engine of its own. May be made on one thread
/// and run on another.
package final class GoalSearch: Sendable {
  private let specification: Specification
  private let goal: String
  private let options: CheckOptions

  /// `goal` is a state predicate in the root module's scope. Of the options the limits and `start` count; without a start
  /// the search begins at the initial states.
  package init(_ specification: Specification, goal: String, options: CheckOptions) {
    self.specification = specification
    self.goal = goal
    self.options = options
  }

  /// Runs to the end, calling back every few thousand states; stops when `progress` returns false. Throws `Diagnostics` for a goal that
  /// cannot be read and for what the engine does not support, `EvaluationFailure` for a goal that is no state predicate or anything
  /// else that has no value on the way.
  package func run(
    stackBytes: Int = 4 << 20, progress: @escaping (CheckProgress) -> Bool
  ) throws -> (outcome: GoalOutcome, progress: CheckProgress) {
    let program = try Program.make(specification, stackBytes: stackBytes)
    // The machine would hold the search, which holds the program and so the machine: no memory would ever be given back.
    defer { program.machine.reset() }
    program.machine.enterRun()
    let term = try specification.resolve(goal)
    guard term.level < .action else {
      throw EvaluationFailure(
        kind: .evaluation, message: "a predicate over one state is needed, without primes", span: term.span,
        callStack: [])
    }
    let system = try program.placed {
      GoalSystem(program, goal: try program.compiler.compile(term, Environment()).node)
    }
    var limits = SearchLimits()
    limits.checksDeadlock = false
    limits.maxStates = options.maxStates
    limits.maxDepth = options.maxDepth
    limits.memoryBytes = options.memoryLimit
    let start = try options.start.map { values in
      [try program.placed { try values.map { try program.store.value($0).bits } }]
    }
    let search = try BreadthFirstSearch(system, limits: limits, start: start, shouldContinue: progress)
    program.stopsEvaluating { [unowned search] in progress(search.measure()) }
    let end = search.run()
    let measured = search.measure()
    switch end {
    case .exhausted: return (.unreachable, measured)
    case .found:
      program.machine.reset()
      return (.reached(program.trace(search.findings.first?.path ?? [])), measured)
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

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool {
    try program.isWithinConstraints(row)
  }

  func allowsStep(to row: UnsafePointer<UInt32>) throws -> Bool { try program.allowsStep(to: row) }

  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(InvariantFailure) -> Int? {
    guard start == 0 else { return nil }
    let machine = program.machine
    let saved = machine.state
    machine.state = row
    defer { machine.state = saved }
    do { return try goal.test(machine) ? 0 : nil } catch { throw InvariantFailure(position: 0, cause: error) }
  }
}
