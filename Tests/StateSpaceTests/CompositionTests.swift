import StateSpace
import TLASemantics
import Testing

/// The counts of distinct states are those of TLC with its experimental support for the operator, except for the second: TLC tests what
/// follows a composition in the state in between. It also counts these states as generated.
@Suite("Composed actions") struct CompositionTests {
  private func check(_ body: String, _ more: String = "") throws -> CheckResult {
    try InMemory.check(
      "EXTENDS Naturals\nVARIABLES x, S\nvars == <<x, S>>\nInit == x = 0 /\\ S = {1, 2}\n\(body)",
      "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n\(more)")
  }

  @Test(
    "Steps through a state in between",
    arguments: [
      // The second step reads what the first one wrote.
      ("x < 6 /\\ (x' = x + 1 /\\ S' = S) \\cdot (x' = 2 * x /\\ UNCHANGED S)", 3),
      // What follows reads the first state again.
      ("x = 0 /\\ (x' = 3 /\\ UNCHANGED S) \\cdot (x' = x + 1 /\\ UNCHANGED S) /\\ x = 0", 2),
      // A variable that has its next value before has it in between, too.
      ("x = 0 /\\ UNCHANGED S /\\ \\E n \\in S : (x' = n) \\cdot (x' = n + 1)", 3),
      ("x = 0 /\\ UNCHANGED S /\\ \\E n \\in S : (x' = n /\\ S' = {}) \\cdot (x' = n + 1)", 1),
      // A variable that nobody reads needs no value in between.
      ("x = 0 /\\ \\E n \\in S : (x' = n) \\cdot (x' = n + 1) /\\ UNCHANGED S", 3),
      // Several states in between, and three steps.
      (
        "x < 9 /\\ UNCHANGED S /\\ (x' \\in {x + 1, x + 2}) \\cdot (x' = x + 1) \\cdot (x' \\in {x, x + 1})",
        12
      ),
    ])
  func steps(next: String, distinct: Int) throws {
    let result = try check("Next == \(next)")
    guard case .success = result.outcome else {
      Issue.record("\(result.violations.map(\.message))")
      return
    }
    #expect(result.progress.distinct == distinct)
  }

  @Test("As a test of a given step, and under ENABLED") func predicates() throws {
    let body = """
      Up == x' = x + 1 /\\ UNCHANGED S
      Next == x < 4 /\\ x' = x + 2 /\\ UNCHANGED S
      Twice == [][Up \\cdot Up]_vars
      Thrice == [][Up \\cdot Up \\cdot Up]_vars
      Can == ENABLED (Up \\cdot Up)
      Cannot == ENABLED (Up \\cdot (x > 9 /\\ Up))
      """.replacing("\\", with: "\\")
    guard case .success = try check(body, "PROPERTY Twice\nINVARIANT Can").outcome else {
      Issue.record("each step is two steps up")
      return
    }
    #expect(try check(body, "PROPERTY Thrice").violations.first?.name == "Thrice")
    #expect(try check(body, "INVARIANT Cannot").violations.first?.name == "Cannot")
  }

  @Test("What has no value in between cannot be read") func incomplete() throws {
    let result = try check("Next == (x' = 1) \\cdot (x' = 2 /\\ S' = S)")
    #expect(result.violations.first?.message == "the variable S has no value here")
  }
}
