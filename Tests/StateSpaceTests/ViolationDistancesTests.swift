import Testing

@testable import StateSpace

/// A graph over numbers; state 0 is initial.
private final class Graph: TransitionSystem {
  let steps: [UInt32: [UInt32]]
  let bad: Set<UInt32>
  let cut: Set<UInt32>
  let failing: Set<UInt32>

  struct Failure: Error {}

  init(_ steps: [UInt32: [UInt32]], bad: Set<UInt32> = [], cut: Set<UInt32> = [], failing: Set<UInt32> = []) {
    self.steps = steps
    self.bad = bad
    self.cut = cut
    self.failing = failing
  }

  var rowWidth: Int { 1 }
  var memoryBytes: Int { 0 }

  func generateInitialStates(into sink: any StateSink) throws { try give(0, to: sink) }

  func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
    for next in steps[row[0]] ?? [] { try give(next, to: sink) }
    if failing.contains(row[0]) { throw Failure() }
  }

  private func give(_ state: UInt32, to sink: any StateSink) throws {
    try withUnsafePointer(to: state) { try sink.accept($0, action: 0) }
  }

  func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool { !cut.contains(row[0]) }

  func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
    start == 0 && bad.contains(row[0]) ? 0 : nil
  }
}

@Suite("Distances to bad states") struct ViolationDistancesTests {
  private func search(
    _ graph: Graph, deadlocks: Bool = false, limits: SearchLimits = SearchLimits(),
    shouldContinue: @escaping (CheckProgress) -> Bool = { _ in true }
  ) throws -> (search: BreadthFirstSearch, end: SearchEnd) {
    let search = try BreadthFirstSearch(
      graph, SearchGoals(checksDeadlock: deadlocks, afterViolation: .mark, keepsEdges: true),
      run: SearchRun(limits: limits, shouldContinue: shouldContinue))
    return (search, search.search())
  }

  /// For each state, the distance (nil for never) and whether a bad state is inevitable.
  private func measure(
    _ graph: Graph, deadlocks: Bool = false
  ) throws -> (distances: [UInt32: UInt32], inevitable: Set<UInt32>) {
    let (search, end) = try search(graph, deadlocks: deadlocks)
    guard case .exhausted = end else { throw Graph.Failure() }
    let measured = ViolationDistances(search.graph, bad: search.marks.bad)
    var distances: [UInt32: UInt32] = [:]
    var inevitable: Set<UInt32> = []
    for index in 0..<search.graph.count {
      let state = search.graph.row(index)[0]
      if measured.distances[index] != ViolationDistances.never {
        distances[state] = measured.distances[index]
      }
      if measured.isInevitable[index] { inevitable.insert(state) }
    }
    return (distances, inevitable)
  }

  @Test("The distance is that to the nearest bad state, through cycles and after bad states")
  func distances() throws {
    // 0 → 1 → 2 → 3(bad) → 4 → 0, 1 → 5 → 5, and 0 → 3 through 6.
    let graph = Graph([0: [1, 6], 1: [2, 5], 2: [3], 3: [4], 4: [0], 5: [5], 6: [2, 3]], bad: [3])
    let result = try measure(graph)
    #expect(result.distances == [0: 2, 1: 2, 2: 1, 3: 0, 4: 3, 6: 1])
  }

  @Test("A violation is inevitable if every path leads to one; a cycle is a path, stuttering is not")
  func inevitable() throws {
    // 1 may stutter, but all its other steps lead to 3. 5 and 6 cycle for ever or leave for 3.
    let graph = Graph([0: [1, 5], 1: [1, 2, 3], 2: [3], 3: [], 5: [6], 6: [5, 3]], bad: [3])
    #expect(try measure(graph).inevitable == [1, 2, 3])
    #expect(try measure(Graph([0: [0]], bad: [])).inevitable == [])
  }

  @Test("Parallel edges are counted separately")
  func parallel() throws {
    #expect(try measure(Graph([0: [1, 1, 2, 1], 1: [], 2: [1]], bad: [1])).inevitable == [0, 1, 2])
  }

  @Test("A deadlock is bad only if deadlocks are checked")
  func deadlock() throws {
    let graph = Graph([0: [1], 1: []])
    #expect(try measure(graph).distances == [:])
    #expect(try measure(graph, deadlocks: true).distances == [0: 1, 1: 0])
  }

  @Test("A state outside the constraints is checked and not explored")
  func constraints() throws {
    let graph = Graph([0: [1, 2], 1: [3], 2: [4]], bad: [2, 3], cut: [1, 2])
    let result = try measure(graph, deadlocks: true)
    #expect(result.distances == [0: 1, 2: 0])
    #expect(result.inevitable == [2])
  }

  @Test("A state whose steps cannot be evaluated is bad")
  func failure() throws {
    #expect(try measure(Graph([0: [1], 1: [2], 2: [0]], failing: [2])).distances == [0: 2, 1: 1, 2: 0])
  }

  @Test("At a limit or a request it stops")
  func limits() throws {
    let long = Dictionary(uniqueKeysWithValues: (0..<20_000 as Range<UInt32>).map { ($0, [$0 + 1]) })
    var limits = SearchLimits()
    limits.maxStates = 100
    guard case .limit("100 distinct states") = try search(Graph(long), limits: limits).end else {
      throw Graph.Failure()
    }
    guard case .stopped = try search(Graph(long), shouldContinue: { _ in false }).end else {
      throw Graph.Failure()
    }
  }

  @Test("With enough states no further level is begun, and the last level is known")
  func enough() throws {
    let long = Dictionary(uniqueKeysWithValues: (0..<100 as Range<UInt32>).map { ($0, [$0 + 1, $0 + 200]) })
    var limits = SearchLimits()
    limits.enoughStates = 11
    let (search, end) = try search(Graph(long), limits: limits)
    guard case .exhausted = end else { throw Graph.Failure() }
    #expect(search.graph.count == 11)
    #expect(search.boundingLevel == 5)
    #expect(!search.hasVisitedAll)
    #expect((0..<11).map(search.graph.level(of:)) == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  }
}
