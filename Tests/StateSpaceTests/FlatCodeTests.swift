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

  private func visit(_ model: String, states: Int, flatAfter: Int?) throws -> (Visited, FlatFallback) {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "Models/\(model).tla").path
    let specification = try SpecificationLoader(provider: DiskModules()).load(path)
    return try visit(specification, states: states, flatAfter: flatAfter)
  }

  private func visit(
    _ specification: Specification, states: Int, flatAfter: Int?
  ) throws -> (Visited, FlatFallback) {
    let program = try Program.make(specification, stackBytes: 1 << 20, host: nil)
    var goals = SearchGoals(afterViolation: .collect)
    if let flatAfter, program.mayBeFlat {
      goals.changesRows = true
      program.tree.fewestStates = flatAfter
      program.tree.isComparing = true
    }
    let search = try BreadthFirstSearch(
      program, goals, run: SearchRun(limits: SearchLimits(maxStates: states)))
    program.machine.enterRun()
    defer { program.machine.reset() }
    var visited = Visited()
    visited.end = "\(search.search())"
    visited.generated = search.measure().generated
    let tree = program.tree
    program.flat = nil
    for index in 0..<search.graph.count {
      search.graph.words(of: index).withUnsafeBufferPointer {
        visited.states.append(program.plainValues($0.baseAddress.unsafelyUnwrapped))
      }
      visited.actions.append(search.graph.action(reaching: index))
    }
    return (visited, tree)
  }

  /// A layout that is found from one state has to grow again and again.
  @Test("Bundled models, with layouts from one state and from many", arguments: FlatCodeTests.models)
  func bundled(
    _ model: String
  ) throws {
    let (tree, _) = try visit(model, states: 800, flatAfter: nil)
    for states in [1, 200] {
      let (flat, fallback) = try visit(model, states: 800, flatAfter: states)
      #expect(fallback.differences.isEmpty)
      #expect(flat.generated == tree.generated && flat.end == tree.end)
      #expect(flat.actions == tree.actions)
      let difference = zip(flat.states, tree.states).enumerated().first { $0.element.0 != $0.element.1 }
      #expect(difference == nil && flat.states.count == tree.states.count)
    }
  }
}
