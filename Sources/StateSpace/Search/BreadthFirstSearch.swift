/// How a search ended.
enum SearchEnd {
  /// Every reachable state was visited.
  case exhausted
  /// The search found a violation that ends it; see `findings`.
  case found
  /// Something could not be evaluated.
  case failed(SearchFailure)
  /// A limit was hit.
  case limit(String)
  /// It was asked to stop.
  case stopped
}

/// A state in which something could not be evaluated, with the path to it.
struct SearchFailure {
  let cause: any Error
  let path: [[UInt32]]
  /// The position of the invariant that has no value; nil if something else has none.
  var invariant: Int?
  /// True if the failure concerns the last state itself, false if it concerns the steps from it.
  var isInNewState = false
  /// Whether that state lies outside the constraints.
  var isCutOff = false
}

/// A violation that a search found: the rows of a shortest path from an initial state to the bad state.
struct Finding {
  enum Kind: Equatable {
    case invariant(Int)
    case deadlock
  }
  let kind: Kind
  let path: [[UInt32]]
}

/// The limits of a search.
struct SearchLimits {
  var checksDeadlock = true
  var maxStates: Int?
  var maxDepth: Int?
  var memoryBytes: Int?
  /// Once there are this many states, no further level is begun. Only `DangerGraph` obeys it.
  var enoughStates: Int?
  /// Continue after a violation, and collect the first violation of each invariant and the first deadlock.
  var collectsAll = false
  /// A request from outside to stop the search.
  var stop: StopRequest?
}

/// Breadth-first search, level by level, with one worker. It counts as TLC does: `generated` counts every state that the system gives, also
/// the initial ones. Invariants are checked on each new state and on each state that the constraints cut off.
final class BreadthFirstSearch<System: TransitionSystem>: StateSink {
  private let system: System
  private let limits: SearchLimits
  /// The visited states, in the order in which they were first reached.
  let states: StateTable
  /// The number of the state from which each state was first reached; an initial state has its own number.
  private let parents: Reservation<UInt32>
  private let startRows: [[UInt32]]?

  private(set) var progress = CheckProgress()
  private(set) var initialCount = 0
  private(set) var findings: [Finding] = []
  /// How many of the generated states lie outside the constraints.
  private(set) var cutOffCount = 0
  /// How many findings have been reported.
  private var toldCount = 0
  /// Whether every reachable state was visited.
  private(set) var hasVisitedAll = false
  private let onFinding: (Finding) -> Void
  private let shouldContinue: (CheckProgress) -> Bool
  private let clock: ContinuousClock
  /// When the search began, moved later by any time during which it was held up.
  private var started: ContinuousClock.Instant

  /// Generated rows that have not been looked up. Looking up many at once lets the waits for memory overlap.
  private let batch: SuccessorBatch
  /// The state whose successors are being generated; nil for initial states.
  private var current: Int?
  private var generatedHere = 0
  /// The number of states in the current level and all levels before it.
  private var levelEnd = 0
  /// The state in which something has no value, and the reason; set where the failure happens.
  private var failure: SearchFailure?
  private var limitHit: String?
  /// The number of states at which the search ends.
  private var mostStates: Int { limits.maxStates ?? .max }
  /// How many bytes were in use when memory was last measured.
  private var measuredBytes = 0

  private enum Stop: Error {
    case found, stopped, limit
  }

  /// `start` replaces the initial states. `shouldContinue` is asked every few thousand states. `onFinding` is called for each violation,
  /// between two generations, so that it may use the system.
  init(
    _ system: System, limits: SearchLimits, start: [[UInt32]]? = nil,
    onFinding: @escaping (Finding) -> Void = { _ in },
    shouldContinue: @escaping (CheckProgress) -> Bool = { _ in true }
  ) throws {
    self.system = system
    self.limits = limits
    self.onFinding = onFinding
    self.shouldContinue = shouldContinue
    startRows = start
    states = try StateTable(width: system.rowWidth)
    batch = SuccessorBatch(width: states.width)
    parents = try Reservation(atMost: states.capacity)
    clock = ContinuousClock()
    started = clock.now
  }

  /// Searches until there is a reason to end.
  func run() -> SearchEnd {
    let end = searchToEnd()
    // A level that was begun when the search ended counts.
    if states.count > levelEnd { progress.depth += 1 }
    tell()
    return end
  }

  private func searchToEnd() -> SearchEnd {
    do {
      if let startRows {
        for row in startRows {
          try row.withUnsafeBufferPointer { try accept($0.baseAddress.unsafelyUnwrapped, action: -1) }
        }
      } else {
        try generate { try system.generateInitialStates(into: self) }
      }
      try takeBatch()
      initialCount = states.count
      levelEnd = states.count
      progress.depth = 1
      tell()
      try explore()
      hasVisitedAll = true
      return findings.isEmpty ? .exhausted : .found
    } catch Stop.found {
      return .found
    } catch Stop.stopped {
      return .stopped
    } catch Stop.limit {
      return .limit(limitHit ?? "a limit")
    } catch {
      return .failed(failure ?? SearchFailure(cause: error, path: current.map(path) ?? []))
    }
  }

  /// Reports the findings that have not been reported.
  private func tell() {
    while toldCount < findings.count {
      toldCount += 1
      onFinding(findings[toldCount - 1])
    }
  }

  /// The counts so far.
  func measure() -> CheckProgress {
    progress.distinct = states.count
    progress.queue = states.count - (current.map { $0 + 1 } ?? 0)
    progress.memoryBytes = ownBytes
    progress.seconds = (clock.now - started).inSeconds
    return progress
  }

  private func explore() throws {
    var next = 0
    while next < states.count {
      let end = states.count
      levelEnd = end
      if let maxDepth = limits.maxDepth, progress.depth >= maxDepth, next < end {
        limitHit = "the depth \(maxDepth)"
        throw Stop.limit
      }
      while next < end {
        current = next
        generatedHere = 0
        try generate { try system.generateSuccessors(of: states.row(next), into: self) }
        try takeBatch()
        if generatedHere == 0, limits.checksDeadlock { try report(.deadlock, path: path(to: next)) }
        tell()
        next += 1
      }
      if states.count > end { progress.depth += 1 }
    }
  }

  /// Runs a generation. If it fails, the states that it gave before the failure are handled first.
  @inline(__always) private func generate(_ body: () throws -> Void) throws {
    do { try body() } catch {
      try takeBatch()
      throw error
    }
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    generatedHere &+= 1
    batch.add(row, hash: states.hash(row))
    if batch.isFull { try takeBatch() }
  }

  /// Handles the rows of the batch, in order.
  private func takeBatch() throws {
    defer { batch.removeAll() }
    batch.readAhead(states)
    for position in 0..<batch.count { try take(batch.row(position), hash: batch.hash(position)) }
    if let stop = limits.stop, stop.isMade { throw Stop.stopped }
    if let limit = limits.memoryBytes, ownBytes > measuredBytes + limit / 64 { try poll() }
  }

  private func take(_ row: UnsafePointer<UInt32>, hash: UInt64) throws {
    progress.generated &+= 1
    if progress.generated & 0xFFF == 0 { try poll() }
    guard try isWithin(row) else {
      cutOffCount += 1
      // Like TLC, check a state also if the constraints cut it off.
      if let violated = try violated(row, from: 0, isCutOff: true) {
        try report(.invariant(violated), path: pathFromCurrent(to: row))
      }
      return
    }
    if states.count >= min(mostStates, parents.capacity), states.find(row, hash: hash) == nil {
      limitHit = "\(states.count) distinct states"
      throw Stop.limit
    }
    let (index, isNew) = try states.insert(row, hash: hash)
    guard isNew else { return }
    parents.base[index] = UInt32(truncatingIfNeeded: current ?? index)
    var position = 0
    while let violated = try violated(row, from: position) {
      try report(.invariant(violated), path: path(to: index))
      position = violated + 1
    }
  }

  private func isWithin(_ row: UnsafePointer<UInt32>) throws -> Bool {
    do { return try system.isWithinConstraints(row) && system.allowsStep(to: row) } catch {
      failure = SearchFailure(cause: error, path: pathFromCurrent(to: row), isInNewState: true)
      throw error
    }
  }

  private func violated(
    _ row: UnsafePointer<UInt32>, from position: Int, isCutOff: Bool = false
  ) throws -> Int? {
    do { return try system.violatedInvariant(of: row, from: position) } catch {
      failure = SearchFailure(
        cause: error.cause, path: pathFromCurrent(to: row), invariant: error.position, isInNewState: true,
        isCutOff: isCutOff)
      throw error
    }
  }

  private func report(_ kind: Finding.Kind, path: [[UInt32]]) throws {
    if findings.contains(where: { $0.kind == kind }) { return }
    findings.append(Finding(kind: kind, path: path))
    if !limits.collectsAll { throw Stop.found }
  }

  private func poll() throws {
    let now = measure()
    measuredBytes = ownBytes
    if let limit = limits.memoryBytes {
      let needed = max(now.memoryBytes, ProcessMemory.resident ?? 0)
      // While a table grows, it exists twice.
      if needed + states.growth(within: 1 << 13) + system.memoryToGrow > limit {
        limitHit = "\(limit >> 20) MiB of memory"
        throw Stop.limit
      }
    }
    let asked = clock.now
    guard shouldContinue(now) else { throw Stop.stopped }
    started += clock.now - asked
  }

  /// The memory that the search and its system use.
  private var ownBytes: Int { states.memoryBytes + states.count * 4 + system.memoryBytes }

  private func pathFromCurrent(to row: UnsafePointer<UInt32>) -> [[UInt32]] {
    (current.map(path) ?? []) + [copy(row)]
  }

  private func copy(_ row: UnsafePointer<UInt32>) -> [UInt32] {
    Array(UnsafeBufferPointer(start: row, count: states.width))
  }

  private func path(to index: Int) -> [[UInt32]] {
    var path = [copy(states.row(index))]
    var index = index
    while Int(parents.base[index]) != index {
      index = Int(parents.base[index])
      path.append(copy(states.row(index)))
    }
    return path.reversed()
  }
}

extension Duration {
  /// The duration in seconds.
  package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
