import DifferentialTesting
import TLASemantics
import Testing

/// `make differential` compares the generators' output with TLC. These tests only check that the output is useful.
@Suite("The inputs for the comparison with TLC are useful") struct WideGeneratorTests {
  @Test("Random expressions are read, and many have values", arguments: [1, 2] as [UInt64])
  func expressions(seed: UInt64) {
    let answers = ExpressionBatch(seed: seed, count: 300).outcomesInSynscope()
    let outcomes = answers.map(\.letter)
    #expect(answers.filter { $0.letter == "R" }.map(\.summary) == [])
    #expect(outcomes.count { "TFvu".contains($0) } > 75)
    #expect(outcomes.count { $0 == "E" } > 30)
  }

  @Test("A seed gives the same input each time") func seeds() {
    #expect(ExpressionBatch(seed: 7, count: 20).files == ExpressionBatch(seed: 7, count: 20).files)
    #expect(WideModule(seed: 7).files == WideModule(seed: 7).files)
    #expect(WideModule(seed: 7).files != WideModule(seed: 8).files)
  }

  @Test("Random modules are read", arguments: 1...10 as ClosedRange<UInt64>) func modules(seed: UInt64) {
    let files = WideModule(seed: seed).files
    #expect(
      problems {
        try SpecificationLoader(provider: TextProvider(files: files)).load("M.tla")
      } == "")
  }
}
