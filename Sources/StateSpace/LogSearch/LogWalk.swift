/// A depth-first walk over the ways to explain a log: pairs of a place in the log and a state of the model.
///
/// A place has a position in every strand. No pair is entered twice, so the walk is complete when it ends. What is tried first comes from
/// the lines' ranks; an unlogged action is tried when no line fits.
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

  private let log: LogMachine
  private let source: any LogSource
  private let run: SearchRun
  /// Whether the walk turns back where an invariant fails.
  private let keepsInvariants: Bool
  private let layout: LogRowLayout
  let pairs: StateTable
  /// For each pair, the pair from which it was entered; -1 for a beginning.
  private var parents: [Int32] = []
  /// For each pair, how it was entered: by the program's action at a position, or without a step.
  private var actions: [Int32] = []
  private var stack: [Int32] = []
  private var lines: [Int: LoadedLogLine] = [:]
  private let scratch: UnsafeMutablePointer<UInt32>
  private var beginsAtStart = true

  /// Whether some state was met in which an invariant fails.
  private(set) var hasMetViolation = false
  /// The most lines that were explained, and the pairs at which that many were.
  private(set) var furthest = -1
  private(set) var frontier: [Int] = []
  private var explained = 0

  static let widestFrontier = 1000
  private static let pairsBetweenPolls = 1024
  private static let mostLoadedLines = 1 << 14

  init(_ log: LogMachine, _ source: any LogSource, run: SearchRun, keepsInvariants: Bool) throws {
    self.log = log
    self.source = source
    self.run = run
    self.keepsInvariants = keepsInvariants
    layout = LogRowLayout(
      model: log.program.rowWidth, strands: source.strandCount,
      budgets: log.unlogged.count { $0.action.budget != nil },
      hasSequences: log.rules.contains { $0.alternatives?.contains { $0.count > 1 } ?? false })
    pairs = try StateTable(width: layout.width)
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
      while let pair = stack.popLast() {
        if explained & (Self.pairsBetweenPolls - 1) == 0 { try poll() }
        explained += 1
        if try log.program.placed({ try visit(Int(pair)) }) { return .explained(Int(pair)) }
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
    run.progress.distinct = pairs.count
    run.progress.queue = stack.count
    run.progress.depth = max(0, furthest)
  }

  private func poll() throws {
    measure()
    let bytes = pairs.memoryBytes + parents.count * 12 + log.program.memoryBytes
    try run.checkStop()
    try run.poll(
      bytes: bytes, toGrow: pairs.growth(within: Self.pairsBetweenPolls) + log.program.memoryToGrow)
  }

  // MARK: Visiting

  /// Enters the pairs that follow one. Returns true if every line is explained there.
  private func visit(_ pair: Int) throws -> Bool {
    let row = UnsafePointer(pairs.row(pair))
    let machine = log.machine
    machine.reset()
    if try log.program.violatedInvariant(of: row, from: 0) != nil {
      hasMetViolation = true
      if keepsInvariants { return false }
    }
    if parents[pair] < 0, beginsAtStart, try !isTrue(log.initial, in: row) { return false }
    note(pair)
    var next: [(strand: Int, line: LoadedLogLine)] = []
    var isAtEnd = true
    for strand in 0..<layout.strands {
      guard let line = try line(Int(row[layout.position(strand)]), strand) else { continue }
      isAtEnd = false
      if line.line.after.allSatisfy({ Int(row[layout.position($0.strand)]) >= $0.count }) {
        next.append((strand, line))
      }
    }
    if isAtEnd { return true }
    // A line that says what the state is can be read at once where it is true: whatever could come before it can come after it.
    for (strand, line) in next where line.rule.alternatives == nil {
      if try pass(line, strand, pair, row) { return false }
    }
    try takeUnlogged(pair, row)
    for (strand, line) in next.sorted(by: { $0.line.line.rank > $1.line.line.rank }) {
      try take(line, strand, pair, row)
    }
    return false
  }

  private func note(_ pair: Int) {
    let count = explainedCount(pair)
    if count > furthest {
      furthest = count
      frontier = []
    }
    if count == furthest, frontier.count < Self.widestFrontier { frontier.append(pair) }
  }

  /// Enters the same state behind a line, if it is what the line says.
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
    return try log.firstFalse(line) { _ in true } == nil
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
        let sink = StepSink(self, pair: pair, line: nil, wanted: [], isFirst: true, isLast: true) { next in
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
      for index in log.candidates(patterns[begun], line) {
        line.bind(log.machine)
        let sink = StepSink(
          self, pair: pair, line: line, wanted: wanted, isFirst: begun == 0, isLast: isLast
        ) { [layout] next in
          if isLast {
            next[layout.position(strand)] += 1
            layout.setProgress(next, strand, (0, 0))
          } else {
            layout.setProgress(next, strand, (number, begun + 1))
          }
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
    let (index, isNew) = try pairs.insert(row)
    guard isNew else { return }
    if let most = run.limits.maxStates, pairs.count > most {
      throw SearchRun.Interruption.limit("\(most) states")
    }
    parents.append(Int32(parent))
    actions.append(Int32(action))
    stack.append(Int32(index))
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
      let unfit = try log.firstFalse(line) { $0.text.readsNext ? sink.isLast : sink.isFirst }
      guard unfit == nil else { return }
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

  // MARK: Results

  /// A pair's row, from which another walk can begin.
  func row(_ pair: Int) -> [UInt32] {
    Array(UnsafeBufferPointer(start: pairs.row(pair), count: layout.width))
  }

  func positions(_ pair: Int) -> [Int] {
    (0..<layout.strands).map { Int(pairs.row(pair)[layout.position($0)]) }
  }

  /// How many lines are explained at a pair.
  func explainedCount(_ pair: Int) -> Int {
    let row = pairs.row(pair)
    var count = 0
    for strand in 0..<layout.strands { count += Int(row[layout.position(strand)]) }
    return count
  }

  /// Whether some strand has taken a part of the steps for its line.
  func isInLine(_ pair: Int) -> Bool {
    (0..<layout.strands).contains { progress(pair, $0).steps > 0 }
  }

  /// How many steps of its line the strand has taken, and by which alternative.
  func progress(_ pair: Int, _ strand: Int) -> (alternative: Int, steps: Int) {
    layout.progress(pairs.row(pair), strand)
  }

  func loadedLine(_ index: Int, of strand: Int) throws -> LoadedLogLine? { try line(index, strand) }

  /// The pairs on the way to one, the first of them a beginning.
  func path(to pair: Int) -> [(pair: Int, action: Int?)] {
    var path: [(pair: Int, action: Int?)] = []
    var current = pair
    while current >= 0 {
      let action = Int(actions[current])
      path.append((current, action < 0 ? nil : action))
      current = Int(parents[current])
    }
    return path.reversed()
  }
}

/// The words of a pair: the model's state, a position in each strand, what is begun of each strand's line, and how often each action with a
/// budget was taken.
struct LogRowLayout {
  let model: Int
  let strands: Int
  let budgets: Int
  let hasSequences: Bool

  var width: Int { model + strands * (hasSequences ? 2 : 1) + budgets }
  func position(_ strand: Int) -> Int { model + strand }
  func budget(_ number: Int) -> Int { width - budgets + number }

  func progress(_ row: UnsafePointer<UInt32>, _ strand: Int) -> (alternative: Int, steps: Int) {
    guard hasSequences else { return (0, 0) }
    let word = row[model + strands + strand]
    return (Int(word >> 16), Int(word & 0xFFFF))
  }

  func setProgress(
    _ row: UnsafeMutablePointer<UInt32>, _ strand: Int, _ begun: (alternative: Int, steps: Int)
  ) {
    if hasSequences { row[model + strands + strand] = UInt32(begun.alternative << 16 | begun.steps) }
  }
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
  let wanted: [Value?]
  /// Whether it is the first, or the last, of the steps for the line.
  let isFirst: Bool
  let isLast: Bool
  /// Makes of a copy of the pair's words those of the pair that follows.
  let change: (UnsafeMutablePointer<UInt32>) -> Void

  init(
    _ walk: LogWalk, pair: Int, line: LoadedLogLine?, wanted: [Value?], isFirst: Bool, isLast: Bool,
    change: @escaping (UnsafeMutablePointer<UInt32>) -> Void
  ) {
    self.walk = walk
    self.pair = pair
    self.line = line
    self.wanted = wanted
    self.isFirst = isFirst
    self.isLast = isLast
    self.change = change
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws { try walk.enterStep(row, action, self) }
}
