/// How a search ended.
enum SearchEnd {
  /// Every reachable state was visited.
  case exhausted
  /// The search found what ends it; it is in `findings`.
  case found
  /// Something could not be evaluated.
  case failed(SearchFailure)
  /// A limit was hit.
  case limit(String)
  /// It was asked to stop.
  case stopped
}

/// What could not be evaluated, in the last state of a path.
struct SearchFailure {
  let cause: any Error
  let path: [[UInt32]]
  /// The position of the invariant that has no value; nil where it was something else.
  var invariant: Int?
  /// Whether it is something about the last state, and not about the steps from there.
  var isInNewState = false
  /// Whether that state lies outside the constraints.
  var isCutOff = false
}

/// A violation that a search found: the rows from an initial state to the bad one, a shortest such path.
struct Finding {
  enum Kind: Equatable {
    case invariant(Int)
    case deadlock
  }
  let kind: Kind
  let path: [[UInt32]]
}

/// What bounds a search.
struct SearchLimits {
  var checksDeadlock = true
  var maxStates: Int?
  var maxDepth: Int?
  var memoryBytes: Int?
  /// No level is begun any more when there are so many states. Only `DangerGraph` heeds it.
  var enoughStates: Int?
  /// Goes on behind a violation and collects the first one of each invariant, and the first deadlock.
  var collectsAll = false
  /// Who may ask the search to stop.
  var stop: StopRequest?
}

/// Breadth-first search, level by level, with one worker. Counts as TLC does: `generated` counts every state that the system gives, initial
/// ones included; invariants are checked on each new state, and on each state that the constraints cut off.
final class BreadthFirstSearch<System: TransitionSystem>: StateSink {
  private let system: System
  private let limits: SearchLimits
  /// The states that were visited, in the order in which they were met.
  let states: StateTable
  /// The state from which each state was reached first; an initial state's own number.
  private let parents: Reservation<UInt32>
  private let startRows: [[UInt32]]?

  private(set) var progress = CheckProgress()
  private(set) var initialCount = 0
  private(set) var findings: [Finding] = []
  /// How many of the generated states lie outside the constraints.
  private(set) var cutOffCount = 0
  /// How many findings were told.
  private var toldCount = 0
  /// Whether every reachable state was visited.
  private(set) var hasVisitedAll = false
  private let onFinding: (Finding) -> Void
  private let shouldContinue: (CheckProgress) -> Bool
  private let clock: ContinuousClock
  /// When the search began, later by the time for which it was held up.
  private var started: ContinuousClock.Instant

  /// Rows that were generated and not looked at yet: so many at once that the waits for memory overlap.
  private let batch: SuccessorBatch
  /// The state whose successors are being generated; nil for initial states.
  private var current: Int?
  private var generatedHere = 0
  /// How many states the level being explored and those before it have.
  private var levelEnd = 0
  /// The state in which something has no value, and what; made where that happens.
  private var failure: SearchFailure?
  private var limitHit: String?
  /// How many states are taken in before the search ends.
  private var mostStates: Int { limits.maxStates ?? .max }
  /// How many bytes there were when the memory was measured last.
  private var measuredBytes = 0

  private enum Stop: Error {
    case found, stopped, limit
  }

  /// `start` replaces the initial states. `shouldContinue` is asked every few thousand states. `onFinding` is told of each violation
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

  /// Searches to the end.
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

  /// Tells of the findings that were not told of.
  private func tell() {
    while toldCount < findings.count {
      toldCount += 1
      onFinding(findings[toldCount - 1])
    }
  }

  /// What was looked at so far.
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

  /// Runs a generation. One that fails has given the states before the failure, and they come first.
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

  /// Looks at the rows of the batch, in order.
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
      // A state that the constraints cut off is checked all the same, as TLC does.
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
      // A table that grows is there twice for a while.
      if needed + states.growth(within: 1 << 13) + system.memoryToGrow > limit {
        limitHit = "\(limit >> 20) MiB of memory"
        throw Stop.limit
      }
    }
    let asked = clock.now
    guard shouldContinue(now) else { throw Stop.stopped }
    started += clock.now - asked
  }

  /// What the search and its system keep.
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
