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

  /// Successors as a system gives them, each with the words of its values.
  private final class Successors: StateSink {
    struct Step: Equatable {
      let values: [UInt32]
      let action: Int
    }
    private let values: (UnsafePointer<UInt32>) throws -> [UInt32]
    private(set) var steps: [Step] = []
    private(set) var rows: [[UInt32]] = []
    private let width: Int

    init(width: Int, _ values: @escaping (UnsafePointer<UInt32>) throws -> [UInt32]) {
      self.width = width
      self.values = values
    }

    func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
      rows.append(Array(UnsafeBufferPointer(start: row, count: width)))
      steps.append(Step(values: try values(row), action: action))
    }
  }

  /// Flat rows whose successors are compared with those of the node tree, for each state and in order.
  private final class ComparedRows: RowChanging, TransitionSystem {
    private let flat: FlatSearch
    private let program: Program
    private(set) var comparedCount = 0
    private(set) var differences: [String] = []

    init?(_ program: Program, after states: Int, usesNativeCode: Bool) {
      guard let flat = FlatSearch(program, after: states, usesNativeCode: usesNativeCode) else { return nil }
      self.flat = flat
      self.program = program
    }

    func change(for states: StateTable, generated: Int, isNeeded: Bool) throws -> RowChange? {
      try flat.change(for: states, generated: generated, isNeeded: isNeeded).map { change in
        let system: any TransitionSystem = change.system === flat ? self : change.system
        return RowChange(system: system, convert: change.convert, original: change.original)
      }
    }

    func generateSuccessors(of row: UnsafePointer<UInt32>, into sink: any StateSink) throws {
      let width = program.rowWidth
      let given = Successors(width: rowWidth, flat.words)
      let expected = Successors(width: width) { Array(UnsafeBufferPointer(start: $0, count: width)) }
      try flat.generateSuccessors(of: row, into: given)
      let values = try flat.words(row)
      try values.withUnsafeBufferPointer {
        try program.generateSuccessors(of: $0.baseAddress.unsafelyUnwrapped, into: expected)
      }
      comparedCount += 1
      if given.steps != expected.steps {
        differences.append("\(values): \(given.steps), and not \(expected.steps)")
      }
      for (row, step) in zip(given.rows, given.steps) {
        try row.withUnsafeBufferPointer {
          try sink.accept($0.baseAddress.unsafelyUnwrapped, action: step.action)
        }
      }
    }

    var rowWidth: Int { flat.rowWidth }
    var memoryBytes: Int { flat.memoryBytes }
    func generateInitialStates(into sink: any StateSink) throws {
      try flat.generateInitialStates(into: sink)
    }
    func isWithinConstraints(_ row: UnsafePointer<UInt32>) throws -> Bool {
      try flat.isWithinConstraints(row)
    }
    func violatedInvariant(of row: UnsafePointer<UInt32>, from start: Int) throws(ConditionFailure) -> Int? {
      try flat.violatedInvariant(of: row, from: start)
    }
  }

  private func visit(
    _ model: String, states: Int, flatAfter: Int?, usesNativeCode: Bool = false
  ) throws -> (Visited, ComparedRows?) {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let path = root.appending(path: "Models/\(model).tla").path
    let specification = try SpecificationLoader(provider: DiskModules()).load(path)
    let program = try Program.make(specification, stackBytes: 1 << 20, host: nil)
    let rows = flatAfter.flatMap { ComparedRows(program, after: $0, usesNativeCode: usesNativeCode) }
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
    for (states, isNative) in [(1, false), (1, true), (200, false), (200, true)] {
      let (flat, rows) = try visit(model, states: 800, flatAfter: states, usesNativeCode: isNative)
      if states == 1 { #expect(rows.map { $0.comparedCount > 0 } == true, "flat code is used") }
      #expect(rows?.differences.first == nil)
      #expect(flat.generated == tree.generated && flat.end == tree.end)
      #expect(flat.actions == tree.actions)
      let difference = zip(flat.states, tree.states).enumerated().first { $0.element.0 != $0.element.1 }
      #expect(difference == nil && flat.states.count == tree.states.count)
    }
  }
}
