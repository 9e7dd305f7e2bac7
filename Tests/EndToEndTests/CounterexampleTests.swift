import Foundation
import Testing

/// The counterexamples beside the models show what `Models/README.md` says about them, on their own model and on the one with the fix.
@Suite("The counterexamples of the bundled models", .serialized, .timeLimit(.minutes(10)))
struct CounterexampleTests {
  /// A line of the table.
  struct Replay: Sendable, CustomTestStringConvertible {
    /// The trace's path in `Models`, without its ending.
    let trace: String
    let model: String
    /// Values of constants, `NAME=VALUE`.
    let constants: [String]
    let outcome: String
    let step: Int?

    var testDescription: String { "\(trace) on \(model)" }
  }

  private static let folder = SynscopeBinary.packageFolder + "/Models"
  private static let heading = "| trace | replayed on | with | outcome | step | what it shows |"

  /// The table; empty if it is missing.
  static let table: [Replay] = Document.table(heading, in: Document.models).map { cells in
    Replay(
      trace: cells[0], model: cells[1], constants: cells[2].split(separator: " ").map(String.init),
      outcome: cells[3], step: Int(cells[4]))
  }

  private static let exitCodes = ["valid": Int32(0), "illegal": 1]

  /// The exit code for a trace that violates the model: 13 for a property, 12 for an invariant.
  private func violationCode(of model: String) -> Int32 {
    ModelFiguresTests.temporalTable.contains { $0.model == model && $0.outcome == "property" } ? 13 : 12
  }

  private func trace(_ name: String) -> String { "\(Self.folder)/\(name).itf.json" }

  private func constants(_ settings: [String]) -> [String] { settings.flatMap { ["--constant", $0] } }

  @Test("Outcome and step of each replay", arguments: table)
  func replay(_ expected: Replay) async throws {
    let output = try await SynscopeCommand.run(
      ["replay", trace(expected.trace), expected.model, "--by", "action", "--json"]
        + constants(expected.constants))
    let report = try JSON.read(output.standardOutput)
    #expect(report["outcome"].string == expected.outcome, "\(output.text)")
    #expect(report["step"].integer == expected.step, "\(output.text)")
    let exitCode =
      expected.outcome == "violation" ? violationCode(of: expected.model) : Self.exitCodes[expected.outcome]
    #expect(output.exitCode == exitCode)
  }

  @Test("Replayed by value, each ends in the violation of its own model; each has a line")
  func ownModels() async throws {
    let paths = FileManager.default.enumerator(atPath: Self.folder)?.allObjects as? [String] ?? []
    let ending = ".itf.json"
    let traces = paths.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
    #expect(Set(Self.table.map(\.trace)) == Set(traces))
    for own in Self.table where own.outcome == "violation" {
      let output = try await SynscopeCommand.run(
        ["replay", trace(own.trace), own.model, "--json"] + constants(own.constants))
      #expect(output.exitCode == violationCode(of: own.model), "\(own.trace): \(output.text)")
      #expect(try JSON.read(output.standardOutput)["step"].integer == own.step, "\(own.trace)")
    }
  }
}
