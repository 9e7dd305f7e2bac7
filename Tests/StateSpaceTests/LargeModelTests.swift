import StateSpace
import TLASyntax
import Testing

/// Models as programs write them. If compiling took time quadratic in their size, each of these tests would take minutes.
@Suite("Large models are compiled") struct LargeModelTests {
  @Test("UNCHANGED of many variables, and an Init with as many") func variables() throws {
    let names = (0..<20_000).map { "v\($0)" }
    let body = """
      VARIABLES \(names.joined(separator: ",\n"))
      vars == <<\(names.joined(separator: ",\n"))>>
      Init ==
      \(names.map { "  /\\ \($0) = 0" }.joined(separator: "\n"))
      Next == UNCHANGED vars
      """
    // Each conjunct runs inside the previous one, so the stack is as deep as there are conjuncts.
    let result = try DeepStack.run { try InMemory.check(body) }
    #expect(result.progress.generated == 2 && result.progress.distinct == 1)
  }

  @Test("A LET of many definitions, each using the previous one") func definitions() throws {
    let definitions = (1..<3_000).map { "  d\($0) == d\($0 - 1) + 1" }
    let result = try InMemory.check(
      """
      EXTENDS Naturals
      VARIABLE x
      Init == x = 0
      Next == x' = LET d0 == x
      \(definitions.joined(separator: "\n"))
        IN d\(definitions.count) % 4
      """)
    #expect(result.progress.generated == 5 && result.progress.distinct == 4)
  }
}
