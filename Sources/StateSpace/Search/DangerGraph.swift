/// The graph of all reachable states. For each state it gives the least number of steps to a bad state, and whether every path leads to
/// one.
///
/// A state is bad if an invariant fails in it, if it is a deadlock (where deadlocks are searched for), or if its successors cannot be
/// evaluated. The search continues after bad states. Each edge takes eight bytes: four in each direction.
final class DangerGraph<System: TransitionSystem>: StateSink {
  enum End: Equatable {
    case complete
    case limit(String)
    case stopped
  }

  /// The distance of a state from which no bad one can be reached.
  static var never: UInt32 { .max }

  let states: StateTable
  private(set) var progress = CheckProgress()
  /// For each state, the least number of steps to a bad state; 0 for a bad state. Empty until `run` is complete.
  private(set) var distances: [UInt32] = []
  /// For each state, whether it is bad, or has steps to other states that all lead to such a state again. A state that can only stutter
  /// avoids the bad ones, and so does a cycle.
  private(set) var isInevitable: [Bool] = []

  private let system: System
  private let limits: SearchLimits
  private let recover: (any Error) throws -> Void
  private let shouldContinue: (CheckProgress) -> Bool
  private let clock = ContinuousClock()
  private let started: ContinuousClock.Instant

  private var isBad: [Bool] = []
  /// Whether a state lies outside the constraints and is not explored.
  private var isCut: [Bool] = []
  /// The successors of all states, one state after the other. `offsets` says where those of each state begin.
  private var targets: [UInt32] = []
  private var offsets: [Int] = []
  /// The number of the first state of each level. Each level is one step further from the initial states.
  private var levelStarts: [Int] = []
  /// The last level, left unexplored because there were enough states; nil if everything was explored.
  private(set) var boundingLevel: Int?
  private var current: Int?
  private var generatedHere = 0
  private var limitHit = ""

  private enum Stop: Error {
    case stopped, limit
  }

  /// `recover` repairs the system after a generation that failed, or throws to end the run. `shouldContinue` is asked every few thousand
  /// states.
  init(
    _ system: System, limits: SearchLimits, recover: @escaping (any Error) throws -> Void = { _ in },
    shouldContinue: @escaping (CheckProgress) -> Bool = { _ in true }
  ) throws {
    self.system = system
    self.limits = limits
    self.recover = recover
    self.shouldContinue = shouldContinue
    states = try StateTable(width: system.rowWidth)
    started = clock.now
  }

  /// Explores all states, or whole levels until there are enough states, and measures the distances. Throws if the initial states cannot be
  /// generated, and whatever `recover` throws.
  func run() throws -> End {
    do {
      try system.generateInitialStates(into: self)
      try explore()
    } catch Stop.stopped {
      return .stopped
    } catch Stop.limit {
      return .limit(limitHit)
    }
    let predecessors = Predecessors(offsets: offsets, targets: targets, count: states.count)
    measureDistances(predecessors)
    findInevitable(predecessors)
    return .complete
  }

  private func explore() throws {
    progress.depth = states.count > 0 ? 1 : 0
    levelStarts = [0]
    var levelEnd = states.count
    var next = 0
    while next < states.count {
      if next == levelEnd {
        progress.depth += 1
        levelStarts.append(next)
        levelEnd = states.count
        if let enough = limits.enoughStates, levelEnd >= enough { boundingLevel = levelStarts.count - 1 }
      }
      offsets.append(targets.count)
      if !isCut[next], boundingLevel == nil { try generate(from: next) }
      next += 1
    }
    offsets.append(targets.count)
    current = nil
  }

  private func generate(from state: Int) throws {
    current = state
    generatedHere = 0
    do {
      try system.generateSuccessors(of: states.row(state), into: self)
    } catch let stop as Stop {
      throw stop
    } catch {
      try recover(error)
      isBad[state] = true
    }
    if limits.checksDeadlock, generatedHere == 0 { isBad[state] = true }
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    progress.generated &+= 1
    if progress.generated & 0xFFF == 0 { try poll() }
    if let maxStates = limits.maxStates, states.count == maxStates, states.find(row) == nil {
      limitHit = "\(maxStates) distinct states"
      throw Stop.limit
    }
    generatedHere += 1
    // A step that the constraints forbid leads nowhere, but it does mean that the state is no deadlock.
    if current != nil, try !system.allowsStep(to: row) { return }
    let (index, isNew) = try states.insert(row)
    if isNew {
      isCut.append(try !system.isWithinConstraints(row))
      isBad.append(try isViolating(row))
    }
    if current != nil { targets.append(UInt32(truncatingIfNeeded: index)) }
  }

  private func isViolating(_ row: UnsafePointer<UInt32>) throws -> Bool {
    do { return try system.violatedInvariant(of: row, from: 0) != nil } catch { throw error.cause }
  }

  /// The number of steps from the initial states to a state.
  func level(of state: Int) -> Int {
    var (low, high) = (0, levelStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if levelStarts[middle] <= state { low = middle } else { high = middle }
    }
    return low
  }

  private func poll() throws {
    let now = measure()
    if let limit = limits.memoryBytes, now.memoryBytes > limit {
      limitHit = "\(limit >> 20) MiB of memory"
      throw Stop.limit
    }
    if !shouldContinue(now) { throw Stop.stopped }
  }

  /// The counts so far.
  func measure() -> CheckProgress {
    progress.distinct = states.count
    progress.queue = states.count - (current.map { $0 + 1 } ?? states.count)
    // The edges in both directions, and for each state the offsets, distances and marks.
    progress.memoryBytes =
      states.memoryBytes + targets.count * 8 + states.count * 24 + system.memoryBytes
    progress.seconds = (clock.now - started).inSeconds
    return progress
  }

  /// Searches breadth-first, backwards from all bad states at once.
  private func measureDistances(_ predecessors: Predecessors) {
    distances = Array(repeating: Self.never, count: states.count)
    var queue = isBad.indices.filter { isBad[$0] }
    for state in queue { distances[state] = 0 }
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      for source in predecessors[state] where distances[Int(source)] == Self.never {
        distances[Int(source)] = distances[state] + 1
        queue.append(Int(source))
      }
    }
  }

  /// Computes the least fixed point: a state joins when the last of its steps to other states leads into the set.
  private func findInevitable(_ predecessors: Predecessors) {
    isInevitable = isBad
    var ways = (0..<states.count).map { state in
      targets[offsets[state]..<offsets[state + 1]].count { Int($0) != state }
    }
    var queue = isBad.indices.filter { isBad[$0] }
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      for source in predecessors[state] where Int(source) != state {
        ways[Int(source)] -= 1
        if ways[Int(source)] == 0, !isInevitable[Int(source)] {
          isInevitable[Int(source)] = true
          queue.append(Int(source))
        }
      }
    }
  }
}

/// The reversed edges of a graph: for each state its predecessors, one entry for each edge.
private struct Predecessors {
  private var starts: [Int]
  private var sources: [UInt32]

  /// The successors of state `s` are in `targets` from `offsets[s]` to `offsets[s + 1]`.
  init(offsets: [Int], targets: [UInt32], count: Int) {
    starts = Array(repeating: 0, count: count + 1)
    for target in targets { starts[Int(target) + 1] += 1 }
    for state in 0..<count { starts[state + 1] += starts[state] }
    var places = starts
    sources = Array(repeating: 0, count: targets.count)
    for state in 0..<count {
      for target in targets[offsets[state]..<offsets[state + 1]] {
        sources[places[Int(target)]] = UInt32(truncatingIfNeeded: state)
        places[Int(target)] += 1
      }
    }
  }

  subscript(state: Int) -> ArraySlice<UInt32> { sources[starts[state]..<starts[state + 1]] }
}
