import DifferentialTesting
import Foundation
import Testing

@Suite("Recorded random expressions have TLC's values") struct RecordedExpressionTests {
  @Test("Every expression") func expressions() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appending(path: "Fixtures/Differential/expressions.tsv")
    let (batch, answers) = try RecordedExpressions.read(String(contentsOf: file, encoding: .utf8))
    try #require(answers.count > 1000)
    for (expression, (outcome, answer)) in zip(batch.expressions, zip(batch.outcomesInSynscope(), answers)) {
      #expect(RecordedExpressions.answer(outcome) == answer, "\(expression): \(outcome.summary)")
    }
  }
}
