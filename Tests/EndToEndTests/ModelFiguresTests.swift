import Foundation
import Testing

/// The checks of the bundled models have the results in `Models/README.md`, which are TLC's.
@Suite("The figures of the bundled models", .serialized, .timeLimit(.minutes(10)))
struct ModelFiguresTests {
  /// A line of the table.
  struct Figures: Sendable, CustomTestStringConvertible {
    let model: String
    let outcome: String
    let violated: String
    let generated: Int?
    let distinct: Int?
    let depth: Int?
    let traceStates: Int?

    var testDescription: String { model }
  }

  private static let heading = "| model | outcome | violated | generated | distinct | depth | trace states |"

  /// The table; empty if it is missing.
  static let table: [Figures] = Document.table(heading, in: Document.models).map { cells in
    Figures(
      model: cells[0], outcome: cells[1], violated: cells[2], generated: Int(cells[3]),
      distinct: Int(cells[4]), depth: Int(cells[5]), traceStates: Int(cells[6]))
  }

  private static let exitCodes = ["success": Int32(0), "invariant": 12, "deadlock": 11]

  @Test("Outcome, counts, depth and the length of the trace", arguments: table)
  func figures(_ expected: Figures) async throws {
    let output = try await SynscopeCommand.run(["check", expected.model, "--json", "--no-liveness"])
    let report = try JSON.read(output.standardOutput)
    #expect(report["outcome"].string == expected.outcome)
    #expect(output.exitCode == Self.exitCodes[expected.outcome])
    if let generated = expected.generated { #expect(report["generated"].integer == generated) }
    if let distinct = expected.distinct { #expect(report["distinct"].integer == distinct) }
    if let depth = expected.depth { #expect(report["depth"].integer == depth) }
    if let count = expected.traceStates {
      #expect(report["trace"]["states"].array.count == count)
      #expect(report["violated"].string == expected.violated)
    } else {
      #expect(report["trace"] == .null)
      #expect(report["queue"].integer == 0)
    }
  }

  /// A line of the table of temporal properties.
  struct TemporalFigures: Sendable, CustomTestStringConvertible {
    let model: String
    let property: String
    let outcome: String
    let states: Int?
    let repeating: Int?

    var testDescription: String { "\(model) \(property)" }
  }

  static let temporalTable: [TemporalFigures] = Document.table(
    "| model | property | outcome | states | repeating |", in: Document.models
  ).map {
    TemporalFigures(model: $0[0], property: $0[1], outcome: $0[2], states: Int($0[3]), repeating: Int($0[4]))
  }

  @Test("Temporal properties: the verdict, and the states of the counterexample", arguments: temporalTable)
  func temporal(_ expected: TemporalFigures) async throws {
    let output = try await SynscopeCommand.run(["check", expected.model, "--json"])
    let report = try JSON.read(output.standardOutput)
    #expect(report["outcome"].string == expected.outcome)
    #expect(report["unchecked"].array.isEmpty)
    guard let states = expected.states, let repeating = expected.repeating else {
      #expect(output.exitCode == 0)
      return
    }
    #expect(output.exitCode == 13)
    #expect(report["violated"].string == expected.property)
    #expect(report["trace"]["states"].array.count == states)
    #expect(report["trace"]["loop"].integer == states - repeating)
  }

  @Test("Every bundled model has a line with something to compare, and `models` lists them in this order")
  func completeness() async throws {
    #expect(Self.temporalTable.count == 16)
    #expect(
      Self.table.allSatisfy {
        $0.traceStates != nil || $0.generated != nil && $0.distinct != nil && $0.depth != nil
      })
    let output = try await SynscopeCommand.run(["models"])
    #expect(output.exitCode == 0)
    let lines = output.standardOutput.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1) }
    #expect(lines.map { String($0[0]) } == Self.table.map(\.model))
    #expect(lines.allSatisfy { $0.count == 2 }, "each has a title: \(output.standardOutput)")
  }

  @Test("`models` agrees with the checks", arguments: table)
  func expectation(_ expected: Figures) async throws {
    let output = try await SynscopeCommand.run(["models"])
    let line = output.standardOutput.split(separator: "\n").first { $0.hasPrefix(expected.model + " ") }
    let distinct = expected.distinct.map { number in
      number.formatted(.number.locale(Locale(identifier: "en_US")).grouping(.automatic))
    }
    let words =
      expected.traceStates.map { "\(expected.violated) fails in \($0) states" }
      ?? "holds in \(distinct ?? "?") states"
    #expect(line?.contains("  \(words)") ?? false, "\(expected.model) in: \(output.standardOutput)")
  }

  @Test("Runs with different numbers of workers give the same counterexample")
  func determinism() async throws {
    let first = try await SynscopeCommand.run(["check", "syn/part5", "--json", "--workers", "3"])
    let second = try await SynscopeCommand.run(["check", "syn/part5", "--json", "--workers", "1"])
    let trace = try JSON.read(first.standardOutput)["trace"]
    #expect(trace["states"].array.count == 10)
    #expect(try JSON.read(second.standardOutput)["trace"] == trace)
  }
}
