import DifferentialTesting
import Testing

@testable import StateSpace

/// A toy system that threads may explore at once. Its functions must not change anything.
private final class SharedToySystem: SharedSystem {
  let toy: ToySystem
  /// States that a search has to explore by itself.
  var isRefused: (ToySystem.Row) -> Bool = { _ in false }

  init(_ toy: ToySystem) { self.toy = toy }

  var rowWidth: Int { toy.rowWidth }
  var memoryBytes: Int { 0 }
  func generateInitialStates(into sink: any StateSink) throws { try toy.generateInitialStates(into: sink) }
  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
    try toy.generateSuccessors(of: row, into: sink)
  }
  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool { try toy.isWithinConstraints(row) }
  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
    try toy.violatedInvariant(of: row, from: start)
  }
  func makeExplorers(_ count: Int) -> [any StateExplorer] { (0..<count).map { _ in Explorer(self) } }

  private final class Explorer: StateExplorer {
    let system: SharedToySystem
    init(_ system: SharedToySystem) { self.system = system }

    private func words(_ row: UnsafePointer<UInt32>) -> ToySystem.Row {
      Array(UnsafeBufferPointer(start: row, count: system.rowWidth))
    }

    func explore(
      _ states: Range<Int>, of table: StateTable, into chunk: SuccessorChunk, _ told: ToldFindings
    ) -> Bool {
      for state in states {
        let row = words(table.row(state))
        guard !system.isRefused(row), let successors = try? system.toy.successors(row),
          !successors.isEmpty || told.deadlock
        else { return false }
        for (action, successor) in successors.enumerated() {
          let start = chunk.count * successor.count
          if (start + successor.count) * 4 > chunk.buffer.byteCount {
            chunk.buffer.grow(toHold: successor.count * 4, keeping: start * 4)
          }
          let rows = chunk.buffer.base.assumingMemoryBound(to: UInt32.self)
          for (index, word) in successor.enumerated() { rows[start + index] = word }
          chunk.add(1, from: state, by: action)
          guard let isWithin = try? system.toy.constraint(successor) else { return false }
          if !isWithin {
            chunk.cutOff(chunk.count - 1)
            if !satisfiesInvariants(chunk.row(chunk.count - 1), told) { return false }
          }
        }
      }
      return true
    }

    func satisfyInvariants(_ states: Range<Int>, of table: StateTable, _ told: ToldFindings) -> Bool {
      states.allSatisfy { satisfiesInvariants(table.row($0), told) }
    }

    private func satisfiesInvariants(_ row: UnsafePointer<UInt32>, _ told: ToldFindings) -> Bool {
      let row = words(row)
      return system.toy.invariants.indices.allSatisfy {
        told.invariants.contains($0) || (try? system.toy.invariants[$0](row)) ?? false
      }
    }
  }
}

@Suite("Exploring with several threads gives what exploring the states one by one gives")
struct SharedSearchTests {
  private struct Failure: Error {}

  /// A random graph of some thousand states, many of whose steps lead to states that were reached before.
  private static func system(seed: UInt64) -> SharedToySystem {
    var random = SeededNumbers(seed: seed)
    let size = UInt32(Int.random(in: 0..<6_000, using: &random) + 1)
    let width = Int.random(in: 0..<4, using: &random) + 1
    let most = Int.random(in: 0..<9, using: &random) + 1
    let (salt, kind) = (
      UInt32(Int.random(in: 0..<1 << 20, using: &random)), Int.random(in: 0..<8, using: &random)
    )
    func row(_ number: UInt32) -> ToySystem.Row {
      (0..<width).map { $0 == width - 1 ? number : number % UInt32(7 + $0) &* 0x1000_0001 }
    }
    func mixed(_ number: UInt32, _ index: Int) -> UInt32 {
      var bits = (number &+ salt) &* 0x9E37_79B9 &+ UInt32(truncatingIfNeeded: index) &* 0x85EB_CA6B
      bits ^= bits >> 15
      bits = bits &* 0x2C1B_3C6D
      return bits ^ (bits >> 12)
    }
    let toy = ToySystem(width: width, initial: (0..<3).map { row($0) }) { words in
      let number = words[width - 1]
      if kind == 1, number % 997 == 996 { throw Failure() }
      let steps = kind == 2 && number % 509 == 508 ? 0 : Int(mixed(number, -1)) % most + 1
      return (0..<steps).map { row((number &+ mixed(number, $0) % 1_000) % size) }
    }
    if kind == 3 || kind == 4 {
      toy.invariants = [{ $0[width - 1] % 4_001 != 4_000 }, { $0[width - 1] % 1_003 != 1_002 }]
    }
    if kind >= 4 { toy.constraint = { $0[width - 1] % 11 != 10 } }
    let system = SharedToySystem(toy)
    if kind == 5 { system.isRefused = { $0[width - 1] % 301 == 300 } }
    return system
  }

  /// All that a search leaves.
  private func outcome(
    of system: SharedToySystem, workers: Int, goals: SearchGoals, limits: SearchLimits
  ) throws -> (text: String, workers: Int) {
    let search = try BreadthFirstSearch(
      system, goals, run: SearchRun(limits: limits), threads: SearchThreads(count: workers))
    let end = search.search()
    let graph = search.graph
    var text = "\(search.run.progress.depth) \(search.run.progress.generated) \(search.cutOffCount)"
    switch end {
    case .failed(let failure): text += " failed \(failure.behavior) \(failure.cause)"
    case .limit(let what): text += " limit \(what)"
    case .exhausted, .found, .stopped: text += " \(end)"
    }
    for finding in search.findings { text += "\n\(finding)" }
    text += "\n\(graph.levelStarts)"
    for state in 0..<graph.count {
      text += "\n\(graph.words(of: state)) \(graph.path(to: state).dropLast().last ?? -1) "
      text += "\(graph.action(reaching: state) ?? -1) \(graph.edges(of: state).map(graph.target))"
      #expect(try graph.find(graph.row(state)) == state)
    }
    return (text, search.usedWorkers)
  }

  @Test("Random graphs", arguments: 0..<8) func random(batch: Int) throws {
    for number in 0..<6 {
      let seed = UInt64(batch * 100 + number)
      var random = SeededNumbers(seed: seed + 1_000_000)
      let system = Self.system(seed: seed)
      var goals = SearchGoals()
      goals.checksDeadlock = Int.random(in: 0..<3, using: &random) > 0
      goals.afterViolation = Int.random(in: 0..<2, using: &random) == 0 ? .collect : .end
      goals.keepsEdges = Int.random(in: 0..<2, using: &random) == 0
      var limits = SearchLimits()
      if Int.random(in: 0..<4, using: &random) == 0 {
        limits.maxStates = Int.random(in: 0..<3_000, using: &random) + 10
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        limits.maxDepth = Int.random(in: 0..<12, using: &random) + 2
      }
      let expected = try outcome(of: system, workers: 0, goals: goals, limits: limits)
      for workers in [1, 2, 3, 16] {
        let found = try outcome(of: system, workers: workers, goals: goals, limits: limits)
        #expect(found.text == expected.text, "seed \(seed), \(workers) workers")
        #expect(found.workers == workers)
      }
    }
  }

  @Test("A search ends soon after it is asked to, whatever its threads do") func stop() throws {
    let toy = ToySystem(width: 1, initial: [[0]]) { row in (1...4).map { [row[0] &* 4 &+ $0] } }
    let limits = SearchLimits(stop: StopRequest())
    let search = try BreadthFirstSearch(
      SharedToySystem(toy), SearchGoals(),
      run: SearchRun(limits: limits) { progress in
        if progress.distinct > 20_000 { limits.stop?.make() }
        return true
      }, threads: SearchThreads(count: 3))
    guard case .stopped = search.search() else {
      Issue.record("the search did not stop")
      return
    }
    #expect(search.graph.count < 200_000)
  }

  @Test("A search looks up after each block that takes long", arguments: [1, 3]) func longBlocks(workers: Int)
    throws
  {
    let toy = ToySystem(width: 1, initial: [[0]]) { row in [[min(row[0] + 1, 500)]] }
    var questions = 0
    let search = try BreadthFirstSearch(
      SharedToySystem(toy), SearchGoals(),
      run: SearchRun(limits: SearchLimits(), longestSilence: .zero) { _ in
        questions += 1
        return true
      }, threads: SearchThreads(count: workers))
    guard case .exhausted = search.search() else {
      Issue.record("the search was not complete")
      return
    }
    #expect(questions >= 500)
  }
}
