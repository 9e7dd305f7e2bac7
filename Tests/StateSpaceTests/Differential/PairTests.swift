import DifferentialTesting
import Foundation
import Testing

@Suite("Operators on pairs of kinds answer as TLC does") struct PairTests {
  private static func text(_ name: String) throws -> String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: tests.appending(path: "Fixtures/Differential/\(name)"), encoding: .utf8)
  }

  /// The lines of `differences.tsv`: an operator, two kinds, TLC's answer, ours, the reason.
  private static func known() throws -> [[String]] {
    try text("differences.tsv").split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { $0.split(separator: "\t").map(String.init) }
  }

  @Test("Every pair", arguments: PairTable.Question.all) func pairs(question: PairTable.Question) throws {
    let expected = try #require(
      question.table(in: PairTable.read(Self.text("pairs.tsv"))), "record the pairs anew")
    let known = Set(try Self.known().map { Array($0.prefix(5)) })
    let answers = question.table(of: question.batch.outcomesInSynscope())
    for difference in answers.differences(from: expected) {
      #expect(known.contains(difference), "\(difference.joined(separator: "\t"))")
    }
  }

  @Test("Every difference has a reason") func reasons() throws {
    let known = try Self.known()
    #expect(known.allSatisfy { $0.count == 6 })
    #expect(Set(known.map { Array($0.prefix(5)) }).count == known.count)
  }
}
