import StateSpace
import TLASemantics
import Testing

@Suite("Random specifications have the states that a naive interpreter counts") struct RandomModuleTests {
  @Test("Outcome, counts and trace length", arguments: 1...10) func agreement(batch: Int) throws {
    var outcomes: Set<String> = []
    for number in 0..<20 {
      let generator = ModuleGenerator(seed: UInt64(batch * 1000 + number))
      let naive = searchNaively(generator.system)
      let specification = try InMemory.load(generator.body, generator.configuration)
      let result = try Checker(specification, options: CheckOptions()).run(
        progress: { _ in true }, onViolation: { _ in })
      let found: NaiveOutcome
      var length: Int?
      switch result.outcome {
      case .success: found = .exhausted
      case .violation(let violation):
        length = violation.trace.count
        switch violation.kind {
        case .invariant: found = .invariant
        case .deadlock: found = .deadlock
        default:
          Issue.record("\(violation.message)\n\(generator.body)")
          continue
        }
      default:
        Issue.record("\(result.outcome)\n\(generator.body)")
        continue
      }
      outcomes.insert("\(found)")
      #expect(found == naive.outcome, "\(generator.body)\n\(generator.configuration)")
      #expect(length == naive.traceLength, "\(generator.body)")
      #expect(result.progress.distinct == naive.distinct, "\(generator.body)")
      #expect(result.progress.generated == naive.generated, "\(generator.body)")
      if naive.outcome == .exhausted { #expect(result.progress.depth == naive.depth, "\(generator.body)") }
    }
    #expect(outcomes.count > 1)
  }
}
