import DifferentialTesting
import Foundation
import Testing

@Suite("Operators on pairs of kinds answer as TLC does") struct PairTests {
  private static func text(_ name: String) throws -> String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: tests.appending(path: "Fixtures/Differential/\(name)"), encoding: .utf8)
  }

  /// The differences on purpose, each with a reason, in the form of `PairTable`.
  private static func listed(for symbol: String) throws -> Set<[String]> {
    var result: Set<[String]> = []
    for line in try text("differences.tsv").split(separator: "\n") where !line.hasPrefix("#") {
      let cells = line.split(separator: "\t").map(String.init)
      try #require(cells.count == 6 && !cells[5].isEmpty, "\(line)")
      guard cells[0] == symbol else { continue }
      for kind in cells[4].components(separatedBy: "; ") {
        result.insert([symbol, cells[3], kind, cells[1], cells[2]])
      }
    }
    return result
  }

  @Test("Every pair", arguments: PairTable.Question.all) func pairs(question: PairTable.Question) throws {
    let expected = try #require(
      question.table(in: PairTable.read(Self.text("pairs.tsv"))), "record the pairs anew")
    let answers = question.table(of: question.batch.outcomesInSynscope())
    let found = Set(answers.differences(from: expected))
    let listed = try Self.listed(for: answers.symbol)
    for difference in found.symmetricDifference(listed).sorted(by: { $0.joined() < $1.joined() }) {
      Issue.record("\(listed.contains(difference) ? "mended" : "new"): \(difference.joined(separator: "\t"))")
    }
  }
}
