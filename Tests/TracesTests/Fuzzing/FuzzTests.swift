import Foundation
import Testing

/// Mutated inputs for all readers of texts. This is a bounded pass with the same inputs each time; CONTRIBUTING.md describes longer runs.
@Suite("Fuzzing") struct FuzzTests {
  /// Runs the inputs and returns how many reached each stage. If a trap ends the process, the file that `SYNSCOPE_FUZZ_LOG` names has the
  /// number of the input.
  @discardableResult private func run(_ target: FuzzTarget, inputs: Int) -> [SpecificationWalk.Reach: Int] {
    let run = FuzzRun(corpus: .own, target: target)
    let log = ProcessInfo.processInfo.environment["SYNSCOPE_FUZZ_LOG"]
    var counts: [SpecificationWalk.Reach: Int] = [:]
    for number in FuzzRun.numbers(standard: inputs) {
      if let log {
        try? "\(target.rawValue) \(number)".write(toFile: log, atomically: false, encoding: .utf8)
      }
      var reach = SpecificationWalk.Reach.refused
      for promise in run.broken(number, &reach) {
        let text = String(decoding: run.input(number).text, as: UTF8.self)
        Issue.record("\(target.rawValue) \(number): \(promise)\n\(text)")
      }
      counts[reach, default: 0] += 1
    }
    return counts
  }

  @Test("Any text is read, or refused with places inside it", arguments: [FuzzTarget.module, .configuration])
  func texts(_ target: FuzzTarget) { run(target, inputs: 400) }

  @Test(
    "Any trace is refused, or read and read back from ITF unchanged", arguments: [FuzzTarget.trace, .session])
  func traces(_ target: FuzzTarget) { run(target, inputs: 400) }

  @Test(
    "Any specification is refused, or explored, explained and checked, with its counterexample replayed"
  )
  func specifications() {
    let counts = run(.specification, inputs: 150)
    // If all inputs were refused early, the fuzzer would test only the first checks.
    #expect(counts[.checked, default: 0] * 10 > counts.values.reduce(0, +))
  }
}
