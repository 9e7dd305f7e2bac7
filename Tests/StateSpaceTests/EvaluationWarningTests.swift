import StateSpace
import TLASyntax
import Testing

/// TLC's warnings during a check. TLC gives them for this module.
@Suite("Warnings of a check") struct EvaluationWarningTests {
  private static let body = """
    EXTENDS Naturals
    VARIABLES x, y, f, r
    vars == <<x, y, f, r>>
    Init == x = 0 /\\ y = 0 /\\ f = [i \\in 1..2 |-> 0] /\\ r = [a |-> 1]
    Up == x < 2 /\\ x' = x + 1 /\\ f' = [f EXCEPT ![3] = 1] /\\ r' = [r EXCEPT !.b = 2] /\\ y' = y
    Bad == x' = 1 /\\ UNCHANGED vars
    Next == Up \\/ Bad \\/ UNCHANGED vars
    """

  @Test("An EXCEPT without effect and a contradicting UNCHANGED give a warning, once for each place")
  func places() throws {
    let result = try InMemory.check(Self.body)
    #expect(
      result.warnings.map { "\($0.span?.startPosition.line ?? 0): \($0.message)" } == [
        "6: EXCEPT leaves the function as it is: 3 is not in its domain",
        "6: EXCEPT leaves the function as it is: \"b\" is not in its domain",
        "7: x is UNCHANGED here, and was given another value before: there is no such step",
      ])
    #expect(result.progress.generated == 7 && result.progress.distinct == 3)
  }

  @Test("A contradicting UNCHANGED gives a warning for each variable") func variables() throws {
    let body = Self.body.replacing(
      #"Bad == x' = 1 /\ UNCHANGED vars"#,
      with: #"Bad == \E v \in 0..1 : x' = v + 2 * x /\ y' = 1 /\ UNCHANGED vars"#)
    #expect(try InMemory.check(body).warnings.map(\.message).filter { $0.contains("UNCHANGED") }.count == 2)
  }

  @Test("Without a contradiction and with an effect there is no warning") func nothing() throws {
    let body = Self.body.replacing("![3]", with: "![2]").replacing("!.b", with: "!.a")
      .replacing("x' = 1 /\\", with: "x' = x /\\")
    #expect(try InMemory.check(body).warnings.isEmpty)
  }

  @Test("Of very many places the first are shown, with a note that there are more") func many() throws {
    let actions = (3..<40).map { "  \\/ f' = [f EXCEPT ![\($0)] = 1]" }.joined(separator: "\n")
    let warnings = try InMemory.check("VARIABLE f\nInit == f = <<0>>\nNext ==\n\(actions)").warnings
    #expect(warnings.count == 21)
    #expect(warnings.last?.message == "there are more places like these, which are not listed")
    #expect(warnings.last?.span == nil)
  }

  @Test("Instances of a place for several bindings are one place") func bindings() throws {
    let body = """
      EXTENDS Naturals
      VARIABLE f
      Init == f = [i \\in 1..2 |-> 0]
      Next == \\E i \\in 3..60 : f' = [f EXCEPT ![i] = 1]
      """
    #expect(try InMemory.check(body).warnings.count == 1)
  }
}
