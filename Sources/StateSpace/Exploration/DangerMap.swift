import Synchronization
package import TLASemantics

/// How far a state is from the nearest violation.
package enum Danger: Hashable, Sendable {
  /// The least number of steps to a violation; 0 if the state itself violates something.
  case steps(Int)
  /// More than this number of steps: there is no violation in the part that was searched.
  case beyond(Int)
  /// No violation can be reached.
  case never
  /// The specification cannot reach the state, so nothing is known of it.
  case unknown
}

/// The distance to the nearest violation, for every reachable state of a specification.
///
/// It is `@unchecked Sendable` because it is the only owner of its engine and takes a lock for every look-up.
package final class DangerMap: @unchecked Sendable {
  /// How a measurement ended.
  package enum Outcome: Sendable {
    case measured(DangerMap)
    /// A limit was reached. The text names the limit.
    case limit(String)
    /// The measurement was asked to stop.
    case stopped
  }

  /// The number of states that were reached.
  package let stateCount: Int
  /// The number of states that violate something.
  package let violatingCount: Int
  /// The depth up to which every state was explored; nil if all reachable states were explored.
  package let boundingDepth: Int?

  private let lock = Mutex<Void>(())
  private let program: Program
  private let graph: ReachabilityGraph
  private let distances: ViolationDistances

  private init(_ program: Program, _ search: BreadthFirstSearch) {
    self.program = program
    graph = search.graph
    distances = ViolationDistances(graph, bad: search.marks.bad)
    stateCount = graph.count
    violatingCount = distances.distances.count { $0 == 0 }
    boundingDepth = search.boundingLevel
  }

  /// Explores all reachable states, or as many levels as give `enoughStates`, and measures the distances with its own engine. A violation
  /// is a failing invariant, a deadlock if the options or the configuration look for deadlocks, or a step that cannot be evaluated.
  /// `progress` is called every few thousand states; if it returns false, the measurement stops. Of the options, only the limits and
  /// `checkDeadlock` count. Throws `Diagnostics` for what the engine does not support, and `EvaluationFailure` if the initial states cannot
  /// be evaluated.
  package static func measure(
    _ specification: Specification, options: CheckOptions, enoughStates: Int? = nil,
    stackBytes: Int = 4 << 20, progress: @escaping (CheckProgress) -> Bool
  ) throws -> (outcome: Outcome, progress: CheckProgress) {
    let program = try Program.make(specification, stackBytes: stackBytes, host: options.host)
    // Without this, the machine holds the search, the search the program, and the program the machine: the memory would never be freed.
    defer { program.machine.reset() }
    program.machine.enterRun()
    var limits = options.limits
    limits.maxDepth = nil
    limits.enoughStates = enoughStates
    let machine = program.machine
    func recover(from error: any Error) throws {
      machine.reset()
      if EvaluationFailure(error).kind == .stopped { throw error }
    }
    let goals = SearchGoals(
      checksDeadlock: options.checkDeadlock ?? specification.checksDeadlock,
      afterViolation: .mark, keepsEdges: true)
    let search = try program.placed {
      try BreadthFirstSearch(
        program, goals, run: SearchRun(limits: limits, shouldContinue: progress), recover: recover)
    }
    program.stopsEvaluating { [unowned search] in search.goesOn }
    let end = search.search()
    let measured = search.measure()
    switch end {
    case .exhausted, .found: return (.measured(DangerMap(program, search)), measured)
    case .limit(let which): return (.limit(which), measured)
    case .stopped: return (.stopped, measured)
    case .failed(let failure):
      let failure = EvaluationFailure(failure.cause)
      if failure.kind == .stopped { return (.stopped, measured) }
      throw failure
    }
  }

  /// The distance to a violation from the state with these values (of every variable, in order).
  package func danger(of values: [PlainValue]) -> Danger {
    guard let state = index(of: values) else { return .unknown }
    let distance = distances.distances[state]
    let isKnown = distance != ViolationDistances.never
    // There may be a shorter way beyond the last level.
    if let last = boundingDepth {
      let seen = last - graph.level(of: state)
      return isKnown && distance <= seen ? .steps(Int(distance)) : .beyond(seen)
    }
    return isKnown ? .steps(Int(distance)) : .never
  }

  /// Whether every path from the state leads to a violation, not counting steps that change nothing. True for a violating state, false for
  /// an unknown one.
  package func isViolationInevitable(from values: [PlainValue]) -> Bool {
    index(of: values).map { distances.isInevitable[$0] } ?? false
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
