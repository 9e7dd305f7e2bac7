import DifferentialTesting
import Foundation
import Testing

@Suite("Operators on pairs of kinds answer as TLC does") struct PairTests {
  private static func text(_ name: String) throws -> String {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try String(contentsOf: tests.appending(path: "Fixtures/Differential/\(name)"), encoding: .utf8)
  }

  /// A difference as `PairTable` tells it, with its reason.
  private static func known() throws -> [[String]: String] {
    var result: [[String]: String] = [:]
    for line in try text("differences.tsv").split(separator: "\n") where !line.hasPrefix("#") {
      let cells = line.split(separator: "\t").map(String.init)
      try #require(cells.count == 6 && !cells[5].isEmpty, "\(line)")
      for kind in cells[4].split(separator: "; ") {
        result[[cells[0], cells[3], String(kind), cells[1], cells[2]]] = cells[5]
      }
    }
    return result
  }

  @Test("Every pair", arguments: PairTable.Question.all) func pairs(question: PairTable.Question) throws {
    let expected = try #require(
      question.table(in: PairTable.read(Self.text("pairs.tsv"))), "record the pairs anew")
    let known = try Self.known()
    let answers = question.table(of: question.batch.outcomesInSynscope())
    for difference in answers.differences(from: expected) {
      #expect(known[difference] != nil, "\(difference.joined(separator: "\t"))")
    }
  }
}
