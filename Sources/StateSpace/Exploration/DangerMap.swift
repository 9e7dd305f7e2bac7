import Synchronization
package import TLASemantics

/// How far a state is from the nearest violation.
package enum Danger: Hashable, Sendable {
  /// So many steps at least; 0 when something is violated in the state itself.
  case steps(Int)
  /// More than so many steps: as far as was looked there is no violation.
  case beyond(Int)
  /// No violation can be reached.
  case never
  /// The state cannot be reached in the specification, so nothing is known of it.
  case unknown
}

/// The distance to the nearest violation, for every reachable state of a specification.
///
/// It holds the engine that made it, which nobody else has; every look-up takes the lock. Hence `@unchecked Sendable`.
package final class DangerMap: @unchecked Sendable {
  /// How a measurement ended.
  package enum Outcome: Sendable {
    case measured(DangerMap)
    /// A limit was hit: which one.
    case limit(String)
    /// It was asked to stop.
    case stopped
  }

  /// How many states were reached.
  package let stateCount: Int
  /// How many of them violate something.
  package let violatingCount: Int
  /// The number of steps from the initial states up to which every state was looked at; nil when all reachable ones were.
  package let boundingDepth: Int?

  private let lock = Mutex<Void>(())
  private let program: Program
  private let graph: DangerGraph<Program>

  private init(_ program: Program, _ graph: DangerGraph<Program>) {
    self.program = program
    self.graph = graph
    stateCount = graph.states.count
    violatingCount = graph.distances.count { $0 == 0 }
    boundingDepth = graph.boundingLevel
  }

  /// Explores everything that can be reached from the initial states, or as many steps as give `enoughStates`, and measures, with an
  /// engine of its own. A violation is a failing
  /// invariant, a deadlock if the options or the configuration look for it, or a step that cannot be evaluated. Calls back every few
  /// thousand states and stops when `progress` returns false. Of the options the limits and `checkDeadlock` count. Throws
  /// `Diagnostics` for what the engine does not support, `EvaluationFailure` when there are no initial states to evaluate.
  package static func measure(
    _ specification: Specification, options: CheckOptions, enoughStates: Int? = nil,
    stackBytes: Int = 4 << 20, progress: @escaping (CheckProgress) -> Bool
  ) throws -> (outcome: Outcome, progress: CheckProgress) {
    let program = try Program.make(specification, stackBytes: stackBytes)
    // The machine would hold the search, which holds the program and so the machine: no memory would ever be given back.
    defer { program.machine.reset() }
    program.machine.enterRun()
    var limits = SearchLimits()
    limits.checksDeadlock = options.checkDeadlock ?? specification.configuration.checkDeadlock ?? true
    limits.maxStates = options.maxStates
    limits.memoryBytes = options.memoryLimit
    limits.enoughStates = enoughStates
    let machine = program.machine
    func recover(from error: any Error) throws {
      machine.reset()
      if EvaluationFailure(error).kind == .stopped { throw error }
    }
    let graph = try program.placed {
      try DangerGraph(program, limits: limits, recover: recover, shouldContinue: progress)
    }
    program.stopsEvaluating { [unowned graph] in progress(graph.measure()) }
    let end: DangerGraph<Program>.End
    do {
      end = try program.placed { try graph.run() }
    } catch let failure as EvaluationFailure where failure.kind == .stopped {
      return (.stopped, graph.measure())
    }
    let measured = graph.measure()
    switch end {
    case .complete: return (.measured(DangerMap(program, graph)), measured)
    case .limit(let which): return (.limit(which), measured)
    case .stopped: return (.stopped, measured)
    }
  }

  /// How far the state with these values (of every variable, in their order) is from a violation.
  package func danger(of values: [PlainValue]) -> Danger {
    guard let state = index(of: values) else { return .unknown }
    let distance = graph.distances[state]
    let isKnown = distance != DangerGraph<Program>.never
    // Beyond the last level there may be a shorter way.
    if let last = graph.boundingLevel {
      let seen = last - graph.level(of: state)
      return isKnown && distance <= seen ? .steps(Int(distance)) : .beyond(seen)
    }
    return isKnown ? .steps(Int(distance)) : .never
  }

  /// Whether every way on from the state leads to a violation, if only steps are taken that change something. Violating states
  /// count; states that are not known do not.
  package func isViolationInevitable(from values: [PlainValue]) -> Bool {
    index(of: values).map { graph.isInevitable[$0] } ?? false
  }

  private func index(of values: [PlainValue]) -> Int? {
    guard values.count == program.rowWidth else { return nil }
    return lock.withLock { _ in
      // A value that the engine cannot make is in none of its states.
      guard let row = try? values.map({ try program.store.value($0).bits }) else { return nil }
      return row.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.flatMap { graph.states.find($0) }
      }
    }
  }
}
