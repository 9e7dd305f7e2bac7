import Foundation
@testable import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// Flat code is an optimisation: a search with it visits the same states in the same order, by the same actions.
@Suite("A search with flat code is the search on the node tree") struct FlatCodeTests {
  /// The bundled models that need not be finished, with a number of states.
  static let models = [
    "syn/part1", "syn/part3b", "syn/part5", "syn/part6", "syn/part8", "syn/part10", "syn/part12",
    "syn/part13",
    "syn/part15", "syn/library", "bookings/part3", "bookings/part5", "deploy/part3", "deploy/part4",
    "pool/part2", "pool/part4", "replication/part3", "replication/part4",
  ]

  private struct Visited: Equatable {
    var states: [[PlainValue]] = []
    var actions: [Int?] = []
    var end = ""
    var generated = 0
  }

  private func visit(
    _ model: String, states: Int, flatAfter: Int?
  ) throws -> (Visited, ComparedRows?) {
    let path = FixtureTable.root.appending(path: "Models/\(model).tla").path
    let specification = try SpecificationLoader(provider: DiskModules()).load(path)
    let program = try Program.make(specification, stackBytes: 1 << 20, host: nil)
    let rows = flatAfter.flatMap { ComparedRows(program, after: $0) }
    let search = try BreadthFirstSearch(
      program, SearchGoals(afterViolation: .collect),
      run: SearchRun(limits: SearchLimits(maxStates: states)), rows: rows)
    program.machine.enterRun()
    defer { program.machine.reset() }
    var visited = Visited()
    visited.end = "\(search.search())"
    visited.generated = search.measure().generated
    for index in 0..<search.graph.count {
      search.graph.withWords(of: index) { visited.states.append(program.plainValues($0)) }
      visited.actions.append(search.graph.action(reaching: index))
    }
    return (visited, rows)
  }

  /// A layout that is found from one state has to grow again and again.
  @Test("Bundled models, with layouts from one state and from many", arguments: FlatCodeTests.models)
  func bundled(_ model: String) throws {
    let (tree, _) = try visit(model, states: 800, flatAfter: nil)
    for states in [1, 200] {
      let (flat, rows) = try visit(model, states: 800, flatAfter: states)
      if states == 1 { #expect(rows.map { $0.comparedCount > 0 } == true, "flat code is used") }
      #expect(rows?.differences.first == nil)
      #expect(flat.generated == tree.generated && flat.end == tree.end)
      #expect(flat.actions == tree.actions)
      let difference = zip(flat.states, tree.states).enumerated().first { $0.element.0 != $0.element.1 }
      #expect(difference == nil && flat.states.count == tree.states.count)
    }
  }
}
