/// A walk over the ways to explain a log: pairs of a place in the log and a state of the model.
///
/// A place has a position in every strand. No pair is entered twice, so the walk is complete when it ends. It goes depth-first while that
/// explains further lines. When it has not for a while, it takes turns: it also goes on where the fewest lines are explained, so that the pairs
/// at which fewer are explained can be forgotten, and where the fewest steps without a line were taken. The ranks of the lines decide which is tried first; an unlogged action is tried
/// when no line fits. A log may grow while it is walked: the walk waits where all lines so far are explained.
final class LogWalk {
  /// How a walk ended.
  enum End {
    /// The pair at which every line is explained.
    case explained(Int)
    /// No pair is left.
    case exhausted
    /// No pair is left but those that were forgotten before they were visited.
    case undecided
    case limit(String)
    case stopped
  }

  struct Options {
    /// Whether the walk turns back where an invariant fails.
    var keepsInvariants: Bool
    /// Whether the way to each pair is kept. Otherwise only the facts that explain a departure are: the memory does not grow with the log,
    /// unless something that was not tried yet goes back far.
    var keepsBehavior = true
    /// Whether the walk also forgets what was not tried yet and goes back far.
    var isHasty = false
    var pace = LogPace()
  }

  private enum Outcome {
    case goesOn
    /// Every line so far is explained.
    case isAtEnd
  }

  private(set) var log: LogMachine
  private let source: any LogSource
  private let run: SearchRun
  private let options: Options
  let layout: LogRowLayout
  let pairs: LogPairs
  private var agenda = LogAgenda()
  /// The pairs at which some strand had no further line when they were visited, while the log could still grow.
  private var parked: [LogAgenda.Visit] = []
  private var lines: [Int: LoadedLogLine] = [:]
  private let scratch: UnsafeMutablePointer<UInt32>
  private var isGrowing: Bool
  /// What the step to a pair that is entered costs, in addition to those before it.
  private var cost: UInt32 = 0
  /// What a step of each unlogged action costs.
  private let costs: [UInt32]

  /// Whether some state was met in which an invariant fails.
  private(set) var hasMetViolation = false
  /// The most lines that were explained, and the pairs at which that many were.
  private(set) var furthest = -1
  private(set) var frontier: [Int] = []
  private var visited = 0
  /// The number of the visit that explained a further line, and of the one at which the direction changes; nil while depth comes first.
  private var lastProgress = 0
  private var nextTurn: Int?
  private var hasForgottenUntried = false
  private var nextForgetting: Int
  private var nextRenewal = LogWalk.bytesBeforeRenewal

  static let widestFrontier = 1000
  private static let visitsBetweenPolls = 1024
  private static let mostLoadedLines = 1 << 12
  private static let bytesBeforeRenewal = 16 << 20

  init(_ log: LogMachine, _ source: any LogSource, run: SearchRun, _ options: Options) throws {
    self.log = log
    self.source = source
    self.run = run
    self.options = options
    layout = LogRowLayout(log, strands: source.strandCount)
    pairs = try LogPairs(layout)
    scratch = .allocate(capacity: layout.width)
    nextForgetting = options.pace.pairsBeforeForgetting
    costs = Self.costs(of: log.unlogged.map(\.action))
    isGrowing = source.isGrowing
  }

  deinit { scratch.deallocate() }

  /// A step of an action costs more if its budget is small beside the others.
  private static func costs(of actions: [UnloggedAction]) -> [UInt32] {
    let most = actions.compactMap(\.budget).max() ?? 1
    return actions.map { action in
      let times = most / max(1, action.budget ?? most)
      return UInt32(Int.bitWidth - max(1, times).leadingZeroBitCount)
    }
  }

  /// Walks from the initial states, or from pairs of another walk over the same strands.
  func walk(from rows: [[UInt32]]? = nil) throws -> End {
    log.machine.enterRun()
    defer {
      log.machine.reset()
      measure()
    }
    do {
      try log.program.placed {
        for row in try rows ?? initialRows() {
          try row.withUnsafeBufferPointer { try enter($0.baseAddress.unsafelyUnwrapped, -1, -1) }
        }
      }
      while let next = agenda.pop() {
        if visited & (Self.visitsBetweenPolls - 1) == 0 { try poll() }
        visited += 1
        guard try log.program.placed({ try visit(next) }) == .isAtEnd else {
          try forget()
          guard try chooseDirection() else { return .undecided }
          continue
        }
        guard try hasGrown() else { return .explained(Int(next.pair)) }
        for visit in parked { agenda.push(visit) }
        parked = []
        agenda.push(next)
      }
      return hasForgottenUntried ? .undecided : .exhausted
    } catch SearchRun.Interruption.limit(let what) {
      return .limit(what)
    } catch SearchRun.Interruption.stopped {
      return .stopped
    } catch let failure as EvaluationFailure where failure.kind == .stopped {
      return .stopped
    }
  }

  /// The initial states that are as the log says.
  private func initialRows() throws -> [[UInt32]] {
    let sink = InitialSink(layout, log.program.store)
    try log.program.generateInitialStates(into: sink)
    log.machine.reset()
    return try sink.rows.filter { row in
      try row.withUnsafeBufferPointer { try isTrue(log.initial, in: $0.baseAddress.unsafelyUnwrapped) }
    }
  }

  /// Changes between depth, breadth and thrift. Returns false if the walk has forgotten too much to prove anything, and depth alone does not help.
  private func chooseDirection() throws -> Bool {
    guard let turn = nextTurn else {
      guard visited - lastProgress > options.pace.patience else { return true }
      if hasForgottenUntried { return false }
      turnTo(.shallowest)
      return true
    }
    if lastProgress == visited {
      nextTurn = nil
      agenda.direction = .deepest
    } else if visited >= turn {
      turnTo(pairs.count > options.pace.mostPairsInDepth ? .shallowest : nextDirection)
    }
    return true
  }

  private var nextDirection: LogAgenda.Direction {
    switch agenda.direction {
    case .shallowest: .deepest
    case .deepest: costs.isEmpty ? .shallowest : .cheapest
    case .cheapest: .shallowest
    }
  }

  private func turnTo(_ direction: LogAgenda.Direction) {
    agenda.direction = direction
    nextTurn = visited + max(options.pace.stretch, agenda.count / 4)
  }

  private func measure() {
    run.progress.distinct = max(run.progress.distinct, entered)
    run.progress.queue = agenda.count
    run.progress.depth = max(0, furthest)
  }

  /// How many pairs were entered.
  private var entered = 0

  private func poll() throws {
    measure()
    let bytes = pairs.memoryBytes + agenda.memoryBytes + log.program.memoryBytes
    try run.checkStop()
    try run.poll(
      bytes: bytes, toGrow: pairs.growth(within: Self.visitsBetweenPolls) + log.program.memoryToGrow)
  }

  /// Waits until the log has further lines. Returns false when it has ended.
  private func hasGrown() throws -> Bool {
    while isGrowing {
      switch try source.more() {
      case .grown: return true
      case .notYet: try poll()
      case .ended: isGrowing = false
      }
    }
    return false
  }

  // MARK: Visiting

  /// Enters the pairs that follow one.
  private func visit(_ visit: LogAgenda.Visit) throws -> Outcome {
    let pair = Int(visit.pair)
    if pairs.isSurpassed(pair) { return .goesOn }
    let row = UnsafePointer(pairs.row(pair))
    log.machine.reset()
    cost = visit.cost
    if visit.triesUnlogged {
      try takeUnlogged(pair, row)
      return .goesOn
    }
    if let violated = try violatedInvariant(of: row) {
      hasMetViolation = true
      pairs.setViolation(pair, violated)
      if options.keepsInvariants { return .goesOn }
    }
    note(pair)
    var next: [(strand: Int, line: LoadedLogLine)] = []
    var isAtEnd = true
    var lacksLine = false
    for strand in 0..<layout.strands {
      guard let line = try line(Int(row[layout.position(strand)]), strand) else {
        lacksLine = true
        continue
      }
      isAtEnd = false
      if line.line.after.allSatisfy({ Int(row[layout.position($0.strand)]) >= $0.count }) {
        next.append((strand, line))
      }
    }
    if isAtEnd { return .isAtEnd }
    if lacksLine, isGrowing { parked.append(visit) }
    // A line that describes the state can be read at once if it is true: every step that could come before it can also come after it.
    for (strand, line) in next where line.rule.alternatives == nil {
      if try pass(line, strand, pair, row) { return .goesOn }
    }
    if let least = costs.min() {
      var later = visit
      later.triesUnlogged = true
      later.cost &+= least
      agenda.push(later)
    }
    for (strand, line) in next.sorted(by: { $0.line.line.rank > $1.line.line.rank }) {
      try take(line, strand, pair, row)
    }
    return .goesOn
  }

  private func violatedInvariant(of row: UnsafePointer<UInt32>) throws -> Int? {
    do { return try log.program.violatedInvariant(of: row, from: 0) } catch { throw error.cause }
  }

  private func note(_ pair: Int) {
    let count = pairs.explainedCount(pair)
    if count > furthest {
      furthest = count
      frontier = []
      lastProgress = visited
    }
    if count == furthest, frontier.count < Self.widestFrontier, frontier.last != pair {
      frontier.append(pair)
    }
  }

  /// Enters the same state after a line, if the state is as the line says.
  private func pass(
    _ line: LoadedLogLine, _ strand: Int, _ pair: Int, _ row: UnsafePointer<UInt32>
  ) throws -> Bool {
    guard try isTrue(line, in: row) else { return false }
    scratch.update(from: row, count: layout.width)
    scratch[layout.position(strand)] += 1
    try enter(scratch, pair, -1)
    return true
  }

  private func isTrue(_ line: LoadedLogLine, in row: UnsafePointer<UInt32>) throws -> Bool {
    let machine = log.machine
    machine.state = row
    // The conditions only test; nothing is assigned.
    machine.next = UnsafeMutablePointer(mutating: row)
    defer { machine.reset() }
    line.bind(machine)
    return try log.firstFalse(line, .only) == nil
  }

  private func takeUnlogged(_ pair: Int, _ row: UnsafePointer<UInt32>) throws {
    var counter = 0
    let before = cost &- (costs.min() ?? 0)
    for (number, (action, indices)) in log.unlogged.enumerated() {
      cost = before &+ costs[number]
      let budget = action.budget.map { most in
        defer { counter += 1 }
        return (place: layout.budget(counter), most: most)
      }
      if let budget, Int(row[budget.place]) >= budget.most { continue }
      for index in indices {
        let sink = StepSink(self, pair: pair) { next in
          if let budget { next[budget.place] += 1 }
        }
        try generate(row, index, sink)
      }
    }
  }

  private func take(
    _ line: LoadedLogLine, _ strand: Int, _ pair: Int, _ row: UnsafePointer<UInt32>
  ) throws {
    let (under, begun) = layout.progress(row, strand)
    for (number, patterns) in (line.rule.alternatives ?? []).enumerated() where begun == 0 || under == number
    {
      if patterns.isEmpty { _ = try pass(line, strand, pair, row) }
      guard patterns.indices.contains(begun) else { continue }
      let isLast = begun == patterns.count - 1
      log.machine.state = row
      line.bind(log.machine)
      let wanted = log.arguments(patterns[begun], line)
      for index in log.candidates(patterns[begun], wanted) {
        line.bind(log.machine)
        let moment = LogMachine.Moment(
          isFirst: begun == 0, isLast: isLast, beginning: layout.beginning(row, strand))
        let reading = StepSink.Reading(line: line, pattern: patterns[begun], wanted: wanted, moment: moment)
        let sink = StepSink(self, pair: pair, reading) { [layout] next in
          layout.take(next, strand, by: number, isLast: isLast, before: row)
        }
        try generate(row, index, sink)
      }
    }
  }

  private func generate(_ row: UnsafePointer<UInt32>, _ action: Int, _ sink: StepSink) throws {
    try log.program.generateSuccessors(of: row, by: action, into: sink)
    log.machine.reset()
  }

  // MARK: Entering

  /// Adds a pair, unless it is known.
  fileprivate func enter(_ row: UnsafePointer<UInt32>, _ parent: Int, _ action: Int) throws {
    run.progress.generated += 1
    log.program.store.keep(row, layout.model)
    guard let pair = try pairs.insert(row, from: parent, by: action) else { return }
    entered += 1
    if let most = run.limits.maxStates, entered > most {
      throw SearchRun.Interruption.limit("\(most) states")
    }
    agenda.push(LogAgenda.Visit(pair: pair, explained: layout.explainedCount(row), cost: cost))
  }

  /// Enters the pair of a state that a step of the machine's state made, if it fits the line.
  fileprivate func enterStep(_ row: UnsafePointer<UInt32>, _ action: Int, _ sink: StepSink) throws {
    if let reading = sink.reading {
      guard try log.boundArgumentsFit(action, reading.wanted),
        try log.formulaHolds(reading.pattern, reading.line),
        try log.firstFalse(reading.line, reading.moment) == nil
      else { return }
    }
    scratch.update(from: pairs.row(sink.pair), count: layout.width)
    scratch.update(from: row, count: layout.model)
    sink.change(scratch)
    try enter(scratch, sink.pair, action)
  }

  // MARK: Reading

  private func line(_ index: Int, _ strand: Int) throws -> LoadedLogLine? {
    let key = index * layout.strands + strand
    if let known = lines[key] { return known }
    guard let line = try source.line(index, of: strand) else { return nil }
    let loaded = LoadedLogLine(line, log.rules[line.rule], log.program.store)
    if lines.count >= Self.mostLoadedLines { lines = [:] }
    lines[key] = loaded
    return loaded
  }

  // MARK: Forgetting

  /// Forgets what cannot be entered again, when there is much of it.
  private func forget() throws {
    guard pairs.count >= nextForgetting else { return }
    try forgetBelowFloor()
    if options.isHasty, pairs.count > options.pace.pairsBeforeForgetting, forgetUntried() {
      try forgetBelowFloor()
    }
    nextForgetting = max(options.pace.pairsBeforeForgetting, pairs.count * 2)
    if options.keepsBehavior { return }
    let places = (agenda.visits + parked).map { pairs.positions(Int($0.pair)) }
    source.release(before: (0..<layout.strands).map { strand in places.map { $0[strand] }.min() ?? 0 })
    try renew()
  }

  private func forgetBelowFloor() throws {
    let waiting = agenda.visits + parked
    guard let floor = waiting.map(\.explained).min() else { return }
    // The frontier explains a departure.
    let ends = options.keepsBehavior ? waiting.map { Int($0.pair) } + frontier : []
    let numbers = try pairs.forget(below: min(Int(floor), furthest), waysTo: ends) { [log] path, step in
      LogExplanation.Failing(at: step, path: path, pairs: self.pairs, log)
    }
    agenda.keep(where: { _ in true }, renumbering: { numbers[Int($0)] })
    for index in parked.indices { parked[index].pair = numbers[Int(parked[index].pair)] }
    frontier = frontier.map { Int(numbers[$0]) }
  }

  /// Forgets what was not tried yet and is not as deep as half of the pairs. Returns false if there is no such visit.
  private func forgetUntried() -> Bool {
    let depths = agenda.visits.map { Int($0.explained) }
    guard let least = depths.min(), let most = depths.max() else { return false }
    let middle = min((0..<pairs.count).map(pairs.explainedCount).sorted()[pairs.count / 2], most)
    if middle <= least { return false }
    agenda.keep { $0.explained >= middle }
    hasForgottenUntried = true
    return true
  }

  /// Gives the engine an empty memory of values when most of what it remembers belongs to forgotten states.
  private func renew() throws {
    guard log.program.memoryBytes > nextRenewal, pairs.count < options.pace.pairsBeforeForgetting else {
      return
    }
    let renewed = try log.renewed()
    do {
      try pairs.replaceStates { words, count in
        try (0..<count).map {
          try renewed.program.store.value(log.program.store.plain(Value(bits: words[$0]))).bits
        }
      }
    } catch is ValueError {
      // A state has a value that only its own engine can spell: the memory stays.
      nextRenewal *= 2
      return
    }
    log = renewed
    log.machine.enterRun()
    lines = [:]
    nextRenewal = max(Self.bytesBeforeRenewal, log.program.memoryBytes * 4)
  }

  // MARK: Results

  /// A pair's row, from which another walk can begin.
  func row(_ pair: Int) -> [UInt32] {
    Array(UnsafeBufferPointer(start: pairs.row(pair), count: layout.width))
  }

  func positions(_ pair: Int) -> [Int] { pairs.positions(pair) }

  /// How many steps of its line the strand has taken, and by which alternative.
  func progress(_ pair: Int, _ strand: Int) -> (alternative: Int, steps: Int) {
    layout.progress(pairs.row(pair), strand)
  }

  /// The state before the first step of the strand's line; nil if no step is taken.
  func beginning(_ pair: Int, _ strand: Int) -> UnsafePointer<UInt32>? {
    layout.beginning(pairs.row(pair), strand)
  }

  func loadedLine(_ index: Int, of strand: Int) throws -> LoadedLogLine? { try line(index, strand) }
}

/// Collects initial states, before the first line.
private final class InitialSink: StateSink {
  private let layout: LogRowLayout
  private let store: ValueStore
  private(set) var rows: [[UInt32]] = []

  init(_ layout: LogRowLayout, _ store: ValueStore) {
    self.layout = layout
    self.store = store
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    store.keep(row, layout.model)
    let state = UnsafeBufferPointer(start: row, count: layout.model)
    rows.append(Array(state) + Array(repeating: 0, count: layout.width - layout.model))
  }
}

/// Takes the steps of one action from one pair.
private final class StepSink: StateSink {
  /// What a step must be to explain a line.
  struct Reading {
    let line: LoadedLogLine
    let pattern: CompiledLogRule.Pattern
    let wanted: [LogMachine.Wanted?]
    let moment: LogMachine.Moment
  }

  private unowned let walk: LogWalk
  let pair: Int
  /// Nil for an unlogged step.
  let reading: Reading?
  /// Makes of a copy of the pair's words those of the pair that follows.
  let change: (UnsafeMutablePointer<UInt32>) -> Void

  init(
    _ walk: LogWalk, pair: Int, _ reading: Reading? = nil,
    change: @escaping (UnsafeMutablePointer<UInt32>) -> Void
  ) {
    self.walk = walk
    self.pair = pair
    self.reading = reading
    self.change = change
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws { try walk.enterStep(row, action, self) }
}

extension ValueStore {
  /// Keeps the values of a state.
  fileprivate func keep(_ row: UnsafePointer<UInt32>, _ count: Int) {
    for index in 0..<count { keep(Value(bits: row[index])) }
  }
}
