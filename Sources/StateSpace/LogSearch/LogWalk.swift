/// A depth-first walk over the ways to explain a log: pairs of a place in the log and a state of the model.
///
/// A place has a position in every strand. No pair is entered twice, so the walk is complete when it ends. The ranks of the lines decide
/// which is tried first; an unlogged action is tried when no line fits. A log may grow while it is walked: the walk waits where all lines so far
/// are explained.
final class LogWalk {
  /// How a walk ended.
  enum End {
    /// The pair at which every line is explained.
    case explained(Int)
    /// No pair is left.
    case exhausted
    case limit(String)
    case stopped
  }

  struct Options {
    /// Whether the walk turns back where an invariant fails.
    var keepsInvariants: Bool
    /// Whether the way to each pair is kept. Otherwise only the facts that explain a departure are: the memory does not grow with the log,
    /// unless something that was not tried yet goes back far.
    var keepsBehavior = true
  }

  /// A pair to visit.
  private struct Visit {
    let pair: Int32
    /// Whether the lines were tried there: the unlogged actions are left.
    var triesUnlogged = false
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
  private var stack: [Visit] = []
  /// The pairs at which some strand had no further line when they were visited, while the log could still grow.
  private var parked: [Int32] = []
  private var lines: [Int: LoadedLogLine] = [:]
  private let scratch: UnsafeMutablePointer<UInt32>
  private var beginsAtStart = true
  private var isGrowing = true

  /// Whether some state was met in which an invariant fails.
  private(set) var hasMetViolation = false
  /// The most lines that were explained, and the pairs at which that many were.
  private(set) var furthest = -1
  private(set) var frontier: [Int] = []
  private var visited = 0
  private var nextForgetting = LogWalk.pairsBeforeForgetting
  private var nextRenewal = LogWalk.bytesBeforeRenewal

  static let widestFrontier = 1000
  private static let visitsBetweenPolls = 1024
  private static let mostLoadedLines = 1 << 12
  private static let pairsBeforeForgetting = 1 << 14
  private static let bytesBeforeRenewal = 16 << 20

  init(_ log: LogMachine, _ source: any LogSource, run: SearchRun, _ options: Options) throws {
    self.log = log
    self.source = source
    self.run = run
    self.options = options
    layout = LogRowLayout(log, strands: source.strandCount)
    pairs = try LogPairs(layout)
    scratch = .allocate(capacity: layout.width)
  }

  deinit { scratch.deallocate() }

  /// Walks from the initial states, or from pairs of another walk over the same strands.
  func walk(from rows: [[UInt32]]? = nil) throws -> End {
    log.machine.enterRun()
    defer {
      log.machine.reset()
      measure()
    }
    do {
      try log.program.placed {
        beginsAtStart = rows == nil
        if let rows {
          for row in rows {
            try row.withUnsafeBufferPointer { try enter($0.baseAddress.unsafelyUnwrapped, -1, -1) }
          }
        } else {
          try log.program.generateInitialStates(into: InitialSink(self))
        }
      }
      while let next = stack.popLast() {
        if visited & (Self.visitsBetweenPolls - 1) == 0 { try poll() }
        visited += 1
        guard try log.program.placed({ try visit(next) }) == .isAtEnd else {
          if !options.keepsBehavior { try forget() }
          continue
        }
        guard try hasGrown() else { return .explained(Int(next.pair)) }
        stack += parked.map { Visit(pair: $0) }
        parked = []
        stack.append(Visit(pair: next.pair))
      }
      return .exhausted
    } catch SearchRun.Interruption.limit(let what) {
      return .limit(what)
    } catch SearchRun.Interruption.stopped {
      return .stopped
    } catch let failure as EvaluationFailure where failure.kind == .stopped {
      return .stopped
    }
  }

  private func measure() {
    run.progress.distinct = max(run.progress.distinct, entered)
    run.progress.queue = stack.count
    run.progress.depth = max(0, furthest)
  }

  /// How many pairs were entered.
  private var entered = 0

  private func poll() throws {
    measure()
    let bytes = pairs.memoryBytes + stack.count * 8 + log.program.memoryBytes
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
  private func visit(_ visit: Visit) throws -> Outcome {
    let pair = Int(visit.pair)
    let row = UnsafePointer(pairs.row(pair))
    log.machine.reset()
    if visit.triesUnlogged {
      try takeUnlogged(pair, row)
      return .goesOn
    }
    if let violated = try violatedInvariant(of: row) {
      hasMetViolation = true
      pairs.setViolation(pair, violated)
      if options.keepsInvariants { return .goesOn }
    }
    if beginsAtStart, pairs.isInitial(pair), try !isTrue(log.initial, in: row) { return .goesOn }
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
    if lacksLine, isGrowing { parked.append(visit.pair) }
    // A line that describes the state can be read at once if it is true: every step that could come before it can also come after it.
    for (strand, line) in next where line.rule.alternatives == nil {
      if try pass(line, strand, pair, row) { return .goesOn }
    }
    if !log.unlogged.isEmpty { stack.append(Visit(pair: visit.pair, triesUnlogged: true)) }
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
    for (action, indices) in log.unlogged {
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
        let sink = StepSink(self, pair: pair, line: line, wanted: wanted, moment: moment) { [layout] next in
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
    for index in 0..<layout.model { log.program.store.keep(Value(bits: row[index])) }
    guard let pair = try pairs.insert(row, from: parent, by: action) else { return }
    entered += 1
    if let most = run.limits.maxStates, entered > most {
      throw SearchRun.Interruption.limit("\(most) states")
    }
    stack.append(Visit(pair: Int32(pair)))
  }

  fileprivate func enterInitial(_ row: UnsafePointer<UInt32>) throws {
    scratch.update(repeating: 0, count: layout.width)
    scratch.update(from: row, count: layout.model)
    try enter(scratch, -1, -1)
  }

  /// Enters the pair of a state that a step of the machine's state made, if it fits the line.
  fileprivate func enterStep(_ row: UnsafePointer<UInt32>, _ action: Int, _ sink: StepSink) throws {
    if let line = sink.line {
      guard try log.boundArgumentsFit(action, sink.wanted) else { return }
      guard try log.firstFalse(line, sink.moment) == nil else { return }
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
    let waiting = stack.map(\.pair) + parked
    guard let floor = waiting.map({ pairs.explainedCount(Int($0)) }).min() else { return }
    let numbers = try pairs.forget(below: floor) { [log] path, step in
      LogExplanation.Failing(at: step, path: path, pairs: self.pairs, log)
    }
    stack = stack.map { Visit(pair: numbers[Int($0.pair)], triesUnlogged: $0.triesUnlogged) }
    parked = parked.map { numbers[Int($0)] }
    frontier = frontier.map { Int(numbers[$0]) }
    nextForgetting = max(Self.pairsBeforeForgetting, pairs.count * 2)
    let places = (stack.map(\.pair) + parked).map { pairs.positions(Int($0)) }
    source.release(before: (0..<layout.strands).map { strand in places.map { $0[strand] }.min() ?? 0 })
    try renew()
  }

  /// Gives the engine an empty memory of values when most of what it remembers belongs to forgotten states.
  private func renew() throws {
    guard log.program.memoryBytes > nextRenewal, pairs.count < Self.pairsBeforeForgetting else { return }
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

private final class InitialSink: StateSink {
  private unowned let walk: LogWalk
  init(_ walk: LogWalk) { self.walk = walk }
  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws { try walk.enterInitial(row) }
}

/// Takes the steps of one action from one pair.
private final class StepSink: StateSink {
  private unowned let walk: LogWalk
  let pair: Int
  /// The line that the step is for; nil for an unlogged one.
  let line: LoadedLogLine?
  let wanted: [LogMachine.Wanted?]
  let moment: LogMachine.Moment
  /// Makes of a copy of the pair's words those of the pair that follows.
  let change: (UnsafeMutablePointer<UInt32>) -> Void

  init(
    _ walk: LogWalk, pair: Int, line: LoadedLogLine? = nil, wanted: [LogMachine.Wanted?] = [],
    moment: LogMachine.Moment = .only, change: @escaping (UnsafeMutablePointer<UInt32>) -> Void
  ) {
    self.walk = walk
    self.pair = pair
    self.line = line
    self.wanted = wanted
    self.moment = moment
    self.change = change
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws { try walk.enterStep(row, action, self) }
}
