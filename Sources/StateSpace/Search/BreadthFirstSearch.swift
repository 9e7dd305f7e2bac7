/// How a search ended.
enum SearchEnd {
  /// Every reachable state was visited, unless the search was cut short.
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

/// A state in which something could not be evaluated, with the behavior that leads to it.
struct SearchFailure {
  let cause: any Error
  let behavior: Behavior
  /// What has no value; nil if it is not something that the search checks.
  var subject: CheckedSubject?
  /// True if the failure concerns the last state itself, false if it concerns the steps from it.
  var isInNewState = false
  /// Whether that state lies outside the constraints.
  var isCutOff = false
}

/// A violation with a behavior that shows it: a shortest one to the bad state, or an infinite one.
struct Finding {
  enum Kind: Equatable {
    case invariant(Int)
    /// A condition on the initial states or on each step.
    case stepCondition(Int)
    case deadlock
    /// A temporal property, by its position in the specification.
    case property(Int)
  }
  let kind: Kind
  let behavior: Behavior
  /// For a property: what would have to happen and does not, and for each fairness condition why the behavior is fair to it.
  var why: [String] = []
}

/// What a search looks for.
struct SearchGoals {
  /// What to do about a violation.
  enum AfterViolation {
    case end
    /// Continue, and collect the first violation of each kind.
    case collect
    /// Continue, and only mark the bad states in `BreadthFirstSearch.marks`.
    case mark
  }

  var checksDeadlock = true
  var afterViolation = AfterViolation.end
  /// Whether the graph keeps the steps.
  var keepsEdges = false
}

/// The threads of a search.
struct SearchThreads {
  /// How many explore states where these can be shared; 0 if the states are to be explored one by one.
  var count = 0
  /// The stack of each.
  var stackBytes = 1 << 20
}

/// The states that a search has marked, by their numbers.
struct StateMarks {
  /// The states that violate something, or whose steps cannot be evaluated.
  var bad: [Int] = []
  /// The states outside the constraints, which are not explored.
  var outside: Set<Int> = []
}

/// Breadth-first search, level by level. It counts as TLC does: `generated` counts every state that the system gives, also
/// the initial ones. Invariants are checked on each new state and on each state that the constraints cut off.
final class BreadthFirstSearch: StateSink {
  /// The system over the rows as they are now.
  private var system: any TransitionSystem
  /// What is asked of each generated state. These do not change with the rows.
  private let hasConstraints: Bool
  private let hasStepConditions: Bool
  private let rows: (any RowChanging)?
  private let goals: SearchGoals
  let run: SearchRun
  let graph: ReachabilityGraph
  private let startRows: [[UInt32]]?

  private(set) var initialCount = 0
  private(set) var findings: [Finding] = []
  /// Filled only if the goals say so.
  private(set) var marks = StateMarks()
  /// How many of the generated states lie outside the constraints.
  private(set) var cutOffCount = 0
  /// How many findings have been reported.
  private var toldCount = 0
  /// Whether every reachable state was visited.
  private(set) var hasVisitedAll = false
  /// The last level, left unexplored because there were enough states; nil if everything was explored.
  private(set) var boundingLevel: Int?
  private let onFinding: (Finding) -> Void
  private let recover: (any Error) throws -> Void

  /// Generated rows that have not been looked up. Looking up many at once lets the waits for memory overlap.
  private let batch: SuccessorBatch
  /// Whether the batch may have successors of several states.
  private let collectsStates: Bool
  /// The state whose successors are being generated; nil for initial states.
  private var current: Int?
  private var generatedHere = 0
  /// The number of states in the current level and all levels before it.
  private var levelEnd = 0
  /// The state in which something has no value, and the reason; set where the failure happens.
  private var failure: SearchFailure?
  /// Whether the search ends after the successors of the current state.
  private var isEnding = false
  /// Whether it was ended so before every state was explored.
  private(set) var isCutShort = false
  /// The number of states at which the search ends.
  private var mostStates: Int
  private let threads: SearchThreads
  private lazy var team = WorkerTeam(of: threads.count, stackBytes: threads.stackBytes)
  /// Explores many states at once; nil as long as the rows have no form for that.
  private var blocks: BlockExplorer?
  /// The states before this one are explored one by one.
  private var firstOfBlock = 0

  /// Whether conditions on steps and initial states are checked now. A state from which a search starts is not initial.
  private var checksSteps: Bool { hasStepConditions && (current != nil || startRows == nil) }

  /// A violation that ends the search.
  private struct Found: Error {}

  /// `start` replaces the initial states. `onFinding` is called for each violation, between two generations, so that it may use the system.
  /// When bad states are only marked, `recover` repairs the system after a generation that failed, or throws to end the search. `rows` may
  /// change the rows during the search.
  init(
    _ system: any TransitionSystem, _ goals: SearchGoals = SearchGoals(), run: SearchRun,
    start: [[UInt32]]? = nil,
    rows: (any RowChanging)? = nil,
    threads: SearchThreads = SearchThreads(),
    onFinding: @escaping (Finding) -> Void = { _ in },
    recover: @escaping (any Error) throws -> Void = { _ in }
  ) throws {
    self.system = system
    self.rows = goals.keepsEdges && system.identityWidth != nil ? nil : rows
    self.goals = goals
    self.run = run
    self.onFinding = onFinding
    self.recover = recover
    startRows = start
    self.threads = threads
    hasConstraints = system.hasConstraints
    hasStepConditions = system.hasStepConditions && goals.afterViolation != .mark
    graph = try ReachabilityGraph(of: system, keepsEdges: goals.keepsEdges)
    mostStates = min(run.limits.maxStates ?? .max, graph.capacity)
    let width = graph.states.width
    collectsStates =
      goals.afterViolation != .mark && !system.hasOrderedEffects && !hasStepConditions
      && !system.constrainsSteps && system.isIdentityOfRow
    batch =
      system.hasOrderedEffects ? SuccessorBatch(width: width, capacity: 1) : SuccessorBatch(width: width)
    blocks = explorerOfBlocks()
  }

  /// Searches until there is a reason to end.
  func search() -> SearchEnd {
    let end = searchToEnd()
    // A level that was begun when the search ended counts.
    if graph.count > levelEnd { run.progress.depth += 1 }
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
      initialCount = graph.count
      levelEnd = graph.count
      run.progress.depth = 1
      tell()
      try explore()
      hasVisitedAll = boundingLevel == nil && !isCutShort
      return findings.isEmpty ? .exhausted : .found
    } catch is Found {
      return .found
    } catch SearchRun.Interruption.stopped {
      return .stopped
    } catch SearchRun.Interruption.limit(let what) {
      return .limit(what)
    } catch {
      return .failed(failure ?? SearchFailure(cause: error, behavior: currentBehavior))
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
    count()
    run.progress.memoryBytes = ownBytes
    run.measureTime()
    return run.progress
  }

  /// Whether the search may continue. Evaluations ask this, one at a time, also those on the threads that explore; so memory is not measured.
  var goesOn: Bool {
    count()
    run.measureTime()
    return run.goesOn
  }

  private func count() {
    run.progress.distinct = graph.count
    run.progress.queue = graph.count - (current.map { $0 + 1 } ?? 0)
  }

  private func explore() throws {
    var next = 0
    while next < graph.count {
      let end = graph.count
      levelEnd = end
      graph.beginLevel(at: next)
      if let enough = run.limits.enoughStates, end >= enough {
        boundingLevel = graph.levelStarts.count - 1
        return
      }
      if let maxDepth = run.limits.maxDepth, run.progress.depth >= maxDepth {
        throw SearchRun.Interruption.limit("the depth \(maxDepth)")
      }
      while next < end, !isEnding {
        let explored = try exploreBlock(next..<end)
        next += explored
        if explored == 0 {
          try exploreState(next)
          next += 1
        }
        if rows != nil, explored > 0 || next < 1 << 11 || next & 0x7FF == 0 {
          try changeRows(isNeeded: false)
        }
      }
      try takeBatch()
      if isEnding {
        isCutShort = next < graph.count
        return
      }
      if graph.count > end { run.progress.depth += 1 }
    }
  }

  /// How many threads have explored.
  var usedWorkers: Int { max(1, blocks?.workers ?? 1) }

  /// Ends the search after the successors of the current state.
  func end() { isEnding = true }

  /// The level of the state whose successors are being generated: 1 for an initial state, 0 while the initial states are generated.
  var currentLevel: Int { current.map { graph.level(of: $0) + 1 } ?? 0 }

  /// The behavior that leads to the state whose successors are being generated; empty while the initial states are generated.
  var currentBehavior: Behavior { current.map(graph.behavior) ?? .empty }

  /// Whether a row is that of the state whose successors are being generated.
  func isCurrent(_ row: UnsafePointer<UInt32>) -> Bool { current.map { graph.row($0) == row } ?? false }

  private func exploreState(_ state: Int) throws {
    current = state
    generatedHere = 0
    if goals.afterViolation == .mark {
      if marks.outside.contains(state) { return }
      do { try exploreSteps(of: state) } catch let interruption as SearchRun.Interruption {
        throw interruption
      } catch {
        try recover(error)
        batch.removeAll()
        marks.bad.append(state)
      }
    } else {
      try exploreSteps(of: state)
    }
    tell()
  }

  private func exploreSteps(of state: Int) throws {
    while true {
      do {
        try generate { try system.generateSuccessors(of: graph.row(state), into: self) }
        break
      } catch is RowsOutgrown { try changeRows(isNeeded: true) }
    }
    if !collectsStates || run.isStopRequested { try takeBatch() }
    if generatedHere == 0, goals.checksDeadlock {
      try takeBatch()
      try report(.deadlock, state) { graph.behavior(to: state) }
    }
  }

  /// Explores states of the current level together. Returns how many: none if they have to be explored one by one now.
  private func exploreBlock(_ states: Range<Int>) throws -> Int {
    guard let blocks, states.lowerBound >= firstOfBlock else { return 0 }
    try takeBatch()
    let outcome = try blocks.explore(states, told: toldFindings, mostStates: mostStates) { more in
      // The sizes of tables are asked for only when they grow.
      if graph.states.growth(within: more) > 0 { try poll(before: more) }
    }
    switch outcome {
    case .refused(let count):
      firstOfBlock = states.lowerBound + count
      try run.checkStop()
      return 0
    case .explored(let count, let generated, let cutOff):
      current = states.lowerBound + count - 1
      cutOffCount += cutOff
      let before = run.progress.generated
      run.progress.generated += generated
      try run.checkStop()
      if before >> 12 != run.progress.generated >> 12 || run.needsPoll(bytes: ownBytes) || run.isOverdue {
        try poll()
      }
      return count
    }
  }

  private var toldFindings: ToldFindings {
    var told = ToldFindings(deadlock: !goals.checksDeadlock)
    for finding in findings {
      switch finding.kind {
      case .invariant(let position): told.invariants.insert(position)
      case .stepCondition(let position): told.stepConditions.insert(position)
      case .deadlock: told.deadlock = true
      case .property: break
      }
    }
    return told
  }

  /// Changes the rows of all states if that is wanted.
  private func changeRows(isNeeded: Bool) throws {
    guard let rows else { return }
    // They have the rows from before the change.
    try takeBatch()
    let generated = run.progress.generated
    guard let change = try rows.change(for: graph.states, generated: generated, isNeeded: isNeeded) else {
      return
    }
    try graph.change(change)
    system = change.system
    mostStates = min(run.limits.maxStates ?? .max, graph.capacity)
    batch.removeAll(width: graph.states.width)
    blocks = explorerOfBlocks()
  }

  private func explorerOfBlocks() -> BlockExplorer? {
    guard threads.count > 0, goals.afterViolation != .mark, let shared = system as? any SharedSystem else {
      return nil
    }
    let explorers = shared.makeExplorers(team.count)
    return explorers.isEmpty ? nil : BlockExplorer(explorers, team, graph, run)
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
    batch.add(row, from: current ?? -1, by: action)
    if batch.isFull { try takeBatch() }
  }

  func accept(_ rows: UnsafePointer<UInt32>, count: Int, width: Int, action: Int) throws {
    let (batch, source) = (batch, current ?? -1)
    generatedHere &+= count
    for index in 0..<count {
      batch.add(rows + index &* width, from: source, by: action)
      if batch.isFull { try takeBatch() }
    }
  }

  /// Handles the rows of the batch, in order.
  private func takeBatch() throws {
    if batch.count == 0 { return try run.checkStop() }
    let exploring = current
    defer { batch.removeAll() }
    // Loaded once, so that their owners are not counted for each row.
    let (batch, graph, run) = (batch, graph, run)
    batch.readAhead(graph.states)
    for position in 0..<batch.count {
      run.progress.generated &+= 1
      if run.progress.generated & 0xFFF == 0 { try poll() }
      current = batch.source(position)
      try take(batch.row(position), hash: batch.hash(position), by: batch.action(position), into: graph)
    }
    // Where the search ends within a batch, the state that it explores is the one of that row.
    current = exploring
    try run.checkStop()
    if run.needsPoll(bytes: ownBytes) || run.isOverdue { try poll() }
  }

  @inline(__always) private func take(
    _ row: UnsafePointer<UInt32>, hash: UInt64, by action: Int, into graph: ReachabilityGraph
  ) throws {
    if hasConstraints, try !isWithin(row, action) { return try takeOutside(row, hash: hash, by: action) }
    if graph.count >= mostStates, try !graph.contains(row, hash: hash) {
      throw SearchRun.Interruption.limit("\(graph.count) distinct states")
    }
    let (index, isNew) = try graph.insert(row, hash: hash, from: current, by: action)
    if isNew { try checkInvariants(row, action, index) }
    if checksSteps { try checkStepConditions(row, action) }
  }

  private func checkInvariants(_ row: UnsafePointer<UInt32>, _ action: Int, _ state: Int) throws {
    var position = 0
    while let violated = try violatedInvariant(row, action, from: position) {
      try report(.invariant(violated), state) { graph.behavior(to: state) }
      position = violated + 1
    }
  }

  /// Handles a state that the constraints cut off. Like TLC, it checks the state all the same.
  private func takeOutside(_ row: UnsafePointer<UInt32>, hash: UInt64, by action: Int) throws {
    cutOffCount += 1
    var state = current ?? 0
    if goals.afterViolation == .mark {
      // A state cannot be marked if only this step may not reach it.
      guard try !system.isWithinConstraints(row) else { return }
      let (index, isNew) = try graph.insert(row, hash: hash, from: current, by: action)
      guard isNew else { return }
      marks.outside.insert(index)
      state = index
    }
    if let violated = try violatedInvariant(row, action, from: 0, isCutOff: true) {
      try report(.invariant(violated), state) { behavior(to: row, by: action) }
    }
    if checksSteps { try checkStepConditions(row, action) }
  }

  private func checkStepConditions(_ row: UnsafePointer<UInt32>, _ action: Int) throws {
    var position = 0
    while let violated = try violatedStepCondition(row, action, from: position) {
      try report(.stepCondition(violated), current ?? 0) { behavior(to: row, by: action) }
      position = violated + 1
    }
  }

  private func isWithin(_ row: UnsafePointer<UInt32>, _ action: Int) throws -> Bool {
    do { return try system.isWithinConstraints(row) && system.allowsStep(to: row) } catch {
      failure = SearchFailure(cause: error, behavior: behavior(to: row, by: action), isInNewState: true)
      throw error
    }
  }

  private func violatedInvariant(
    _ row: UnsafePointer<UInt32>, _ action: Int, from position: Int, isCutOff: Bool = false
  ) throws -> Int? {
    do { return try system.violatedInvariant(of: row, from: position) } catch {
      throw failed(error, .invariant(error.position), row, action, isCutOff: isCutOff)
    }
  }

  private func violatedStepCondition(
    _ row: UnsafePointer<UInt32>, _ action: Int, from position: Int
  ) throws -> Int? {
    do { return try system.violatedStepCondition(to: row, from: position) } catch {
      throw failed(error, .stepCondition(error.position), row, action, isCutOff: false)
    }
  }

  private func failed(
    _ error: ConditionFailure, _ subject: CheckedSubject, _ row: UnsafePointer<UInt32>, _ action: Int,
    isCutOff: Bool
  ) -> any Error {
    failure = SearchFailure(
      cause: error.cause, behavior: behavior(to: row, by: action), subject: subject, isInNewState: true,
      isCutOff: isCutOff)
    return error.cause
  }

  /// Reports a violation, or marks the state that shows it.
  private func report(_ kind: Finding.Kind, _ state: Int, behavior: () -> Behavior) throws {
    switch goals.afterViolation {
    case .mark: if marks.bad.last != state { marks.bad.append(state) }
    case .collect, .end:
      if findings.contains(where: { $0.kind == kind }) { return }
      findings.append(Finding(kind: kind, behavior: behavior()))
      if goals.afterViolation == .end { throw Found() }
    }
  }

  /// `more` states may be added before the next poll.
  private func poll(before more: Int = 1 << 13) throws {
    count()
    var toGrow: Int { graph.states.growth(within: more) + system.memoryToGrow }
    if !run.hasRoom(bytes: ownBytes, toGrow: toGrow) { graph.states.isCrowded = true }
    try run.poll(bytes: ownBytes, toGrow: toGrow)
  }

  /// The memory that the search and its system use.
  private var ownBytes: Int { graph.memoryBytes + system.memoryBytes }

  private func behavior(to row: UnsafePointer<UInt32>, by action: Int) -> Behavior {
    currentBehavior.followed(by: graph.words(row), action: action)
  }
}
