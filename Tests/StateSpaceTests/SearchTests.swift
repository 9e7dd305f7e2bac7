import DifferentialTesting
@testable import StateSpace
import Testing

@Suite("The table of states") struct StateTableTests {
  @Test("A table that may not double fills further, grows by little, and finds every state") func crowded()
    throws
  {
    let table = try StateTable(width: 1)
    let insert: (UInt32) throws -> (index: Int, isNew: Bool) = { word in
      try withUnsafePointer(to: word) { try table.insert($0) }
    }
    var count: UInt32 = 0
    while table.count < 20_000 || table.growth(within: 1) == 0 {
      #expect(try insert(count).isNew)
      count += 1
    }
    let wanted = table.growth(within: 1)
    table.isCrowded = true
    #expect(table.growth(within: 1) == 0, "it fills further")
    while table.count < 100_000 {
      let growth = table.growth(within: 1)
      #expect(growth <= wanted / 3, "much less than a table of twice the size")
      let before = table.memoryBytes
      #expect(try insert(count).isNew)
      #expect(table.memoryBytes - before <= growth + 4)
      count += 1
    }
    for word in 0..<count { #expect(try insert(word) == (Int(word), false)) }
    #expect(withUnsafePointer(to: count) { table.find($0) } == nil)
  }

  @Test("Rows that differ in one word are spread over the whole table", arguments: 1...6) func spread(
    width: Int
  )
    throws
  {
    let table = try StateTable(width: width)
    for position in 0..<width {
      for shift in stride(from: 0, to: 18, by: 6) {
        var row = Array(repeating: UInt32(0), count: width)
        var (inPart, withTag) = (Array(repeating: 0, count: 256), Array(repeating: 0, count: 256))
        for number in 0..<UInt32(1 << 14) {
          row[position] = number << UInt32(shift)
          let hash = table.hash(row)
          inPart[table.view.home(of: hash) * 256 / table.view.groups] += 1
          withTag[Int(TagGroup.tag(of: hash))] += 1
        }
        #expect(inPart.allSatisfy { $0 < 3 * (1 << 14) / 256 })
        #expect(withTag.allSatisfy { $0 < 3 * (1 << 14) / 128 })
      }
    }
  }
}

@Suite("The search on toy systems") struct SearchTests {
  private func search(
    _ system: ToySystem, _ goals: SearchGoals = SearchGoals(), limits: SearchLimits = SearchLimits(),
    shouldContinue: @escaping (CheckProgress) -> Bool = { _ in true }
  ) throws -> (end: SearchEnd, progress: CheckProgress, findings: [Finding]) {
    let search = try BreadthFirstSearch(
      system, goals, run: SearchRun(limits: limits, shouldContinue: shouldContinue))
    let end = search.search()
    return (end, search.measure(), search.findings)
  }

  /// Counts to `limit` and stops there.
  private func counter(to limit: UInt32, width: Int = 1) -> ToySystem {
    ToySystem(width: width, initial: [Array(repeating: 0, count: width)]) { row in
      row[0] < limit ? [[row[0] + 1] + row.dropFirst()] : []
    }
  }

  private func isExhausted(_ end: SearchEnd) -> Bool { if case .exhausted = end { true } else { false } }

  @Test("Random systems agree with a naive search", arguments: 1...150) func random(seed: Int) throws {
    var random = RandomGenerator(seed: UInt64(seed))
    let count = random.number(in: 1...40)
    let edges: [[UInt32]] = (0..<count).map { _ in
      (0..<random.below(4)).map { _ in UInt32(random.below(count)) }
    }
    let initial = (0...random.below(3)).map { _ in UInt32(random.below(count)) }
    let bad = random.oneIn(2) ? UInt32(random.below(count)) : .max
    let outside = random.oneIn(2) ? UInt32(random.below(count)) : .max
    let checksDeadlock = random.oneIn(2)

    let naive = searchNaively(
      NaiveSystem(
        initial: initial, successors: { edges[Int($0)] }, invariant: { $0 != bad },
        constraint: { $0 != outside },
        checksDeadlock: checksDeadlock))
    let system = ToySystem(width: 2, initial: initial.map { [$0, 7] }) { row in
      edges[Int(row[0])].map { [$0, 7] }
    }
    system.invariants = [{ $0[0] != bad }]
    system.constraint = { $0[0] != outside }
    let (end, progress, findings) = try search(system, SearchGoals(checksDeadlock: checksDeadlock))

    switch naive.outcome {
    case .exhausted:
      #expect(isExhausted(end))
      #expect(findings.isEmpty)
      #expect(progress.depth == naive.depth)
      #expect(progress.queue == 0)
    case .invariant: #expect(findings.map(\.kind) == [.invariant(0)])
    case .deadlock: #expect(findings.map(\.kind) == [.deadlock])
    }
    #expect(progress.generated == naive.generated)
    #expect(progress.distinct == naive.distinct)
    #expect(findings.first?.behavior.steps.count == naive.traceLength)
    // Each behavior begins with an initial state and takes steps by the first action that makes them.
    for behavior in findings.map(\.behavior) {
      #expect(initial.contains(behavior.rows[0][0]))
      for (before, step) in zip(behavior.steps, behavior.steps.dropFirst()) {
        #expect(edges[Int(before.row[0])].firstIndex(of: step.row[0]) == step.action)
      }
    }
  }

  @Test("A self-loop is not a deadlock, and a state outside the constraints is a successor") func deadlock()
    throws
  {
    let loop = ToySystem(width: 1, initial: [[0]]) { [$0] }
    #expect(isExhausted(try search(loop).end))
    let cut = counter(to: 5)
    cut.constraint = { $0[0] < 3 }
    let (end, progress, _) = try search(cut)
    #expect(isExhausted(end))
    #expect(progress.generated == 4)
    #expect(progress.distinct == 3)
    #expect(progress.depth == 3)
    let stuck = try search(counter(to: 2))
    #expect(stuck.findings.map(\.kind) == [.deadlock])
    #expect(stuck.findings.first?.behavior.rows == [[0], [1], [2]])
  }

  @Test("Invariants are checked on states outside the constraints, also on initial ones") func cutOff()
    throws
  {
    let system = counter(to: 5)
    system.constraint = { $0[0] < 3 }
    system.invariants = [{ $0[0] != 3 }]
    #expect(try search(system).findings.map(\.behavior.rows) == [[[0], [1], [2], [3]]])
    system.constraint = { _ in false }
    system.invariants = [{ $0[0] != 0 }]
    let (_, progress, findings) = try search(system)
    #expect(findings.map(\.behavior.rows) == [[[0]]])
    #expect(progress.generated == 1)
    #expect(progress.distinct == 0)
  }

  @Test("A limit stops the search, which says which one") func limits() throws {
    var limits = SearchLimits()
    limits.maxStates = 10
    let states = try search(counter(to: 1000), limits: limits)
    guard case .limit(let reason) = states.end else { throw Wrong("\(states.end)") }
    #expect(reason == "10 distinct states")
    #expect(states.progress.distinct == 10)
    let whole = try search(counter(to: 9), SearchGoals(checksDeadlock: false), limits: limits)
    guard case .exhausted = whole.end else { throw Wrong("\(whole.end)") }
    limits = SearchLimits()
    limits.maxDepth = 4
    let depth = try search(counter(to: 1000), limits: limits)
    guard case .limit(let reason) = depth.end else { throw Wrong("\(depth.end)") }
    #expect(reason == "the depth 4")
    #expect(depth.progress.distinct == 4)
    limits = SearchLimits()
    limits.memoryBytes = 1
    let memory = try search(counter(to: 1_000_000), limits: limits)
    guard case .limit(let reason) = memory.end else { throw Wrong("\(memory.end)") }
    #expect(reason.contains("memory"))
    #expect(memory.progress.distinct < 10_000)
  }

  private struct Wrong: Error {
    init(_ message: String) { Issue.record("\(message)") }
  }

  @Test("Collecting gives one shortest trace for each invariant and one deadlock, and continues")
  func collects() throws {
    let system = counter(to: 9)
    system.invariants = [{ $0[0] < 7 }, { $0[0] < 3 }, { $0[0] < 99 }]
    let (_, progress, findings) = try search(system, SearchGoals(afterViolation: .collect))
    #expect(findings.map(\.kind) == [.invariant(1), .invariant(0), .deadlock])
    #expect(findings.map(\.behavior.steps.count) == [4, 8, 10])
    #expect(progress.distinct == 10)
  }

  @Test("A finding is reported while no generation runs, so its listener may start one")
  func toldBetween() throws {
    var depth = 0
    let system = ToySystem(width: 1, initial: [[0]]) { row in
      depth += 1
      defer { depth -= 1 }
      return row[0] < 5 ? [[row[0] + 1], [0]] : []
    }
    system.invariants = [{ $0[0] != 1 }, { $0[0] != 3 }]
    var told: [Finding.Kind] = []
    let search = try BreadthFirstSearch(
      system, SearchGoals(afterViolation: .collect), run: SearchRun(limits: SearchLimits()),
      onFinding: {
        #expect(depth == 0)
        told.append($0.kind)
      })
    _ = search.search()
    #expect(told == [.invariant(0), .invariant(1), .deadlock])
    #expect(told == search.findings.map(\.kind))
  }

  @Test("A request to stop is noticed long before the next look at the clock")
  func stopRequest() throws {
    let stop = StopRequest()
    var limits = SearchLimits()
    limits.stop = stop
    let system = ToySystem(width: 1, initial: [[0]]) { row in
      if row[0] == 10 { stop.make() }
      return [[row[0] + 1]]
    }
    let (end, progress, _) = try search(system, limits: limits)
    guard case .stopped = end else { throw Wrong("\(end)") }
    #expect(progress.distinct == 12)
  }

  @Test("A callback that returns false stops the search") func stops() throws {
    var calls = 0
    let (end, progress, _) = try search(counter(to: 1_000_000)) { _ in
      calls += 1
      return calls < 3
    }
    guard case .stopped = end else { throw Wrong("\(end)") }
    #expect(calls == 3)
    #expect(progress.distinct < 100_000)
  }

  private struct Broken: Error {}

  @Test("An error ends the search, with the path to its state") func failure() throws {
    let system = counter(to: 9)
    system.invariants = [{ _ in true }, { if $0[0] == 4 { throw Broken() } else { true } }]
    guard case .failed(let failure) = try search(system).end else { throw Wrong("no failure") }
    #expect(failure.cause is Broken)
    #expect(failure.behavior.rows == [[0], [1], [2], [3], [4]])
    #expect(
      failure.subject == .invariant(1), "the one without a value, and not the one that the search began with")
    #expect(failure.isInNewState && !failure.isCutOff)
    system.constraint = { $0[0] != 4 }
    guard case .failed(let cutOff) = try search(system).end else { throw Wrong("no failure") }
    #expect(cutOff.subject == .invariant(1))
    #expect(cutOff.isCutOff)
    let throwing = ToySystem(width: 1, initial: [[0]]) { row in
      if row[0] == 2 { throw Broken() }
      return [[row[0] + 1]]
    }
    guard case .failed(let failed) = try search(throwing).end else { throw Wrong("no failure") }
    #expect(failed.behavior.rows == [[0], [1], [2]])
    #expect(failed.subject == nil)
    #expect(!failed.isInNewState)
  }

  @Test("A hundred thousand states stay distinct while the table grows, and two runs are the same")
  func growth() throws {
    // A permutation of 0..<100,000 as two words that differ in few bits.
    func row(_ number: Int) -> [UInt32] { [UInt32(number % 317) << 16, UInt32(number / 317)] }
    let system = ToySystem(width: 2, initial: [row(0)]) { words in
      let number = Int(words[0] >> 16) + Int(words[1]) * 317
      return [row((number * 7 + 1) % 100_000), row((number + 1) % 100_000)]
    }
    system.invariants = [{ $0 != row(77_777) }]
    let first = try search(system, SearchGoals(afterViolation: .collect))
    #expect(first.progress.distinct == 100_000)
    #expect(first.progress.generated == 200_001)
    #expect(first.findings.count == 1)
    let second = try search(system, SearchGoals(afterViolation: .collect))
    #expect(second.progress.depth == first.progress.depth)
    #expect(second.findings.map(\.behavior.rows) == first.findings.map(\.behavior.rows))
  }
}
