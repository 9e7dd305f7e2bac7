import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// A line of a table of fixtures: TLC's result for a small specification.
private struct Verdict: Sendable, CustomTestStringConvertible {
  let folder: URL
  let module: String
  /// TLC's exit code, or ours where we differ on purpose.
  let code: Int
  /// The counts; nil where TLC prints none, and where we differ.
  let generated: Int?
  let distinct: Int?
  let depth: Int?
  /// The number of states of TLC's counterexample; nil for none.
  let states: Int?
  let violated: String?

  var testDescription: String { module }

  /// Specifications with properties.
  static let liveness = table("Liveness/liveness.tsv")
  /// Specifications with SYMMETRY, VIEW or ALIAS.
  static let identity = table("Identity/identity.tsv")

  private static func table(_ path: String) -> [Verdict] {
    let folder = FixtureTable.folder.appending(path: path).deletingLastPathComponent()
    return FixtureTable.rows(path).dropFirst().map { cells in
      let ours = Int(cells[8])
      func figure(_ cell: Int) -> Int? { ours == nil ? Int(cells[cell]).flatMap { $0 == 0 ? nil : $0 } : nil }
      return Verdict(
        folder: folder, module: cells[0], code: ours ?? Int(cells[1]) ?? -1,
        generated: figure(2), distinct: figure(3),
        depth: figure(4), states: figure(5), violated: cells[7] == "-" ? nil : cells[7])
    }
  }

  /// The kind of violation for the exit code; nil for none.
  var kind: Violation.Kind? {
    switch code {
    case 0: nil
    case 11: .deadlock
    case 12: .invariant
    case 13: .property
    default: .evaluation
    }
  }
}

@Suite("Small specifications with properties, symmetries and views have TLC's verdict")
struct VerdictFixtureTests {
  @Test("The tables list every specification", arguments: [Verdict.liveness, Verdict.identity])
  private func table(_ verdicts: [Verdict]) throws {
    let folder = try #require(verdicts.first).folder
    let modules = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".cfg") }.map { String($0.dropLast(4)) }
    #expect(modules.sorted() == verdicts.map(\.module).sorted())
    #expect(modules.count > 120)
  }

  /// Each specification is checked on the node tree, and with flat code from the first states on.
  @Test("Specification", arguments: Verdict.liveness + Verdict.identity, [nil, 1])
  private func verdict(_ expected: Verdict, statesBeforeFlatCode: Int?) throws {
    let path = expected.folder.appending(path: "\(expected.module).tla").path
    let specification: Specification
    let result: CheckResult
    do {
      specification = try SpecificationLoader(provider: DiskModules()).load(path)
      var options = CheckOptions()
      options.statesBeforeFlatCode = statesBeforeFlatCode
      result = try Checker(specification, options: options).run(
        progress: { _ in true }, onViolation: { _ in })
    } catch let problems as Diagnostics {
      #expect(expected.code == 151, "\(problems.all.map(\.message))")
      return
    }
    guard case .violation(let violation) = result.outcome else {
      #expect(expected.code == 0)
      compareCounts(result, expected)
      return
    }
    #expect(violation.kind == expected.kind, "\(violation.message)")
    if let name = expected.violated { #expect(violation.name == name) }
    if violation.kind == .invariant || violation.kind == .deadlock, let states = expected.states {
      #expect(violation.trace.count == states)
    }
    guard violation.kind == .property, let loop = violation.loop else { return }
    compareCounts(result, expected)
    if let states = expected.states { #expect(violation.trace.count <= states) }
    // Under a view the steps of a trace need not be steps between the states that were kept.
    if specification.view == nil { try expectBehavior(violation.trace, loop, of: specification) }
  }

  private func compareCounts(_ result: CheckResult, _ expected: Verdict) {
    if let generated = expected.generated { #expect(result.progress.generated == generated) }
    if let distinct = expected.distinct { #expect(result.progress.distinct == distinct) }
    if let depth = expected.depth { #expect(result.progress.depth == depth) }
  }

  /// Every step of a lasso must be one of the specification, or stutter.
  private func expectBehavior(
    _ trace: [TraceStep], _ loop: Violation.Loop, of specification: Specification
  ) throws {
    let explorer = try Explorer(specification)
    let states = try trace.map { try explorer.state(of: $0.values) }
    #expect(try explorer.initialStates().contains(states[0]))
    for (index, state) in states.enumerated() {
      let next = index + 1 < states.count ? states[index + 1] : states[loop.start]
      #expect(try next == state || explorer.successors(of: state).contains { $0.state == next })
    }
    #expect((loop.closing == nil) == (loop.start == states.count - 1))
  }
}
