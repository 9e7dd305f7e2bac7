import StateSpace
import TLASemantics
import TLASyntax
import Testing

@Suite("Random constant expressions have the values of a naive evaluator") struct RandomExpressionTests {
  @Test("Values and errors agree", arguments: 1...6) func agreement(seed: Int) throws {
    let specification = try InMemory.load(
      // The names come first in the module, which fixes the order of the strings.
      "EXTENDS Integers, Sequences, FiniteSets\nOrder(a, b, p, q, s) == TRUE\nFields == <<\"p\", \"q\">>")
    let explorer = try Explorer(specification)
    var generator = ExpressionGenerator(seed: UInt64(seed))
    var (values, errors, deferred) = (0, 0, 0)
    for _ in 0..<500 {
      let text = generator.expression()
      let tree = try #require(
        Parser.parseExpression(SourceFile(name: "expression", text: text)).tree, "\(text)")
      let strict = try? NaiveEvaluator(reading: .strict).evaluate(tree)
      let engine = result(of: text, explorer)
      switch engine {
      case .failure(let failure as EvaluationFailure):
        let lenient = try? NaiveEvaluator(reading: .lenient).evaluate(tree)
        #expect([.evaluation, .library].contains(failure.kind), "\(text)\n\(failure.message)")
        // If the strict reading has a value, the engine must have the same value. The engine may evaluate more, never less.
        #expect(
          strict == nil, "\(text)\nengine: \(failure.message)\nnaive: \(strict as Any) \(lenient as Any)")
        errors += 1
      case .failure(let other):
        Issue.record("\(text)\n\(other)")
      case .success(let value):
        if strict == nil { deferred += 1 } else { values += 1 }
        let expected = try? strict ?? NaiveEvaluator(reading: .lenient).evaluate(tree)
        #expect(NaiveValue(value) == expected, "\(text)\nengine: \(value)")
      }
    }
    // The generator is useful only if most of its expressions have a value, and some have none.
    #expect(values > 250)
    #expect(errors > 20)
    #expect(deferred < 50)
  }

  private func result(of text: String, _ explorer: Explorer) -> Result<PlainValue, any Error> {
    Result { try explorer.evaluate(text, in: nil) }
  }
}
