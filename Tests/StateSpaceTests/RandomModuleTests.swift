import StateSpace
import TLASemantics
import TLASyntax
import Testing

@Suite("Random specifications have the states that a naive interpreter counts") struct RandomModuleTests {
  @Test("Outcome, counts and trace length", arguments: 1...10, [nil, 1]) func agreement(
    batch: Int, statesBeforeFlatCode: Int?
  ) throws {
    var options = CheckOptions()
    options.statesBeforeFlatCode = statesBeforeFlatCode
    var outcomes: Set<String> = []
    for number in 0..<20 {
      let generator = ModuleGenerator(seed: UInt64(batch * 1000 + number))
      let naive = searchNaively(generator.system)
      let specification = try InMemory.load(generator.body, generator.configuration)
      let result: CheckResult
      do {
        result = try Checker(specification, options: options).run(
          progress: { _ in true }, onViolation: { _ in })
      } catch let refusal as Diagnostics {
        // A constant FALSE is refused as an invariant and as a constraint.
        let message = refusal.all.map(\.message).joined()
        #expect(message.hasSuffix(" is FALSE whatever the state"), "\(message)")
        if message.hasPrefix("the invariant") {
          #expect(naive.outcome == .invariant || naive.generated == 0, "\(generator.body)")
        }
        continue
      }
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
