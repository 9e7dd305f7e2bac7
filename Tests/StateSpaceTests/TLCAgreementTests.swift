import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// A line of `Fixtures/expected.tsv`: TLC's result for a module.
private struct Expectation: Sendable, CustomTestStringConvertible {
  let module: String
  let exit: Int
  let generated: Int?
  let distinct: Int?
  let depth: Int?
  let traceStates: Int?

  var testDescription: String { module }

  static let all: [Expectation] = FixtureTable.rows("expected.tsv").dropFirst().map { cells in
    Expectation(
      module: cells[0], exit: Int(cells[1]) ?? -1, generated: Int(cells[2]), distinct: Int(cells[3]),
      depth: Int(cells[4]), traceStates: Int(cells[5]))
  }

  /// The kind of violation for TLC's exit code; nil for none.
  var kind: Violation.Kind? {
    get throws {
      switch exit {
      case 0: nil
      case 10: .assumption
      case 11: .deadlock
      case 12: .invariant
      case 14: .assertion
      case 75...77, 255: .evaluation
      default: throw Diagnostic(.error, .specification, .value, "no such exit code: \(exit)")
      }
    }
  }
}

@Suite("Small specifications have TLC's outcome, counts and trace length") struct TLCAgreementTests {
  /// Fixtures that use something that the engine does not support.
  private static let unsupported: Set<String> = []

  @Test("The table lists every fixture") func table() throws {
    let modules = try FileManager.default.contentsOfDirectory(atPath: FixtureTable.folder.path)
      .filter { $0.hasSuffix(".cfg") }.map { String($0.dropLast(4)) }
    #expect(modules.sorted() == Expectation.all.map(\.module).sorted())
    #expect(modules.count > 40)
  }

  /// Each fixture is checked on the node tree, and with flat code from the first states on.
  @Test("Fixture", arguments: Expectation.all, [nil, 1]) private func fixture(
    _ expected: Expectation, statesBeforeFlatCode: Int?
  ) throws {
    let path = FixtureTable.folder.appending(path: "\(expected.module).tla").path
    let result: CheckResult
    do {
      let specification = try SpecificationLoader(provider: DiskModules()).load(path)
      var options = CheckOptions()
      options.statesBeforeFlatCode = statesBeforeFlatCode
      result = try Checker(specification, options: options).run(
        progress: { _ in true }, onViolation: { _ in })
    } catch let problems as Diagnostics {
      let isExpected =
        Self.unsupported.contains(expected.module)
        && problems.all.filter { $0.severity == .error }.allSatisfy { $0.category == .unsupported }
      #expect(isExpected, "\(problems.all.map(\.message))")
      return
    }
    #expect(!Self.unsupported.contains(expected.module), "supported by now: take it off the list")
    switch result.outcome {
    case .success:
      #expect(expected.exit == 0)
    case .violation(let violation):
      #expect(try violation.kind == expected.kind, "\(violation.message)")
      if let states = expected.traceStates { #expect(violation.trace.count == states) }
    case .limit(let limit):
      Issue.record("a limit was hit: \(limit)")
    case .stopped:
      Issue.record("stopped")
    }
    if let generated = expected.generated { #expect(result.progress.generated == generated) }
    if let distinct = expected.distinct { #expect(result.progress.distinct == distinct) }
    if let depth = expected.depth { #expect(result.progress.depth == depth) }
  }
}
