import StateSpace
import TLASemantics
import TLASyntax
import Testing

@Suite("An equation that looks like an assignment gets a hint") struct AssignmentHintTests {
  private func violation(_ body: String) throws -> Violation? {
    let result = try InMemory.check(
      "EXTENDS Integers\nVARIABLES x, y\n\(body)", "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE")
    if case .violation(let violation) = result.outcome { return violation }
    return nil
  }

  @Test(
    "Steps",
    arguments: [
      ("x'[1] = 1", "write `x' = [x EXCEPT ![1] = …]`"),
      ("\\E i \\in 1..2 : x'[i] = x[i] + 1", "write `x' = [x EXCEPT ![i] = …]`"),
      ("x[1]' = 1", "write `x' = [x EXCEPT ![1] = …]`"),
      ("x'[1].f = 1", "write `x' = [x EXCEPT ![1].f = …]`"),
      ("x'[1] \\in {1}", "write `x' = [x EXCEPT ![1] = …]`"),
      ("LET c == x[1] IN c' = 2", "write `x' = [x EXCEPT ![1] = …]`"),
      ("First' = 2", "write `x' = [x EXCEPT ![1] = …]`"),
      ("<<x, y>>' = <<1, 2>>", "give each variable its value by itself: `x' = … /\\ y' = …`"),
      ("<<x', y'>> = <<1, 2>>", "give each variable its value by itself: `x' = … /\\ y' = …`"),
    ])
  func steps(action: String, hint: String) throws {
    let found = try violation(
      "First == x[1]\nInit == x = <<[f |-> 0], [f |-> 0]>> /\\ y = 0\nNext == /\\ \(action)\n        /\\ UNCHANGED y"
    )
    #expect(found?.failure?.kind == .incompleteState)
    #expect(found?.failure?.hint == hint)
  }

  @Test(
    "Comparisons in place of an assignment",
    arguments: [
      ("(x' <=> TRUE)", "`<=>` only compares; a value is given by `=`: `x' = TRUE`"),
      ("1 = x'", "what gets its value stands on the left: `x' = 1`"),
      ("x = x'", "what gets its value stands on the left: `x' = x`"),
      ("x' = y'", "conjuncts are read in order: one before this must give y' its value"),
      ("(x' + 1) = 2", "conjuncts are read in order: one before this must give x' its value"),
    ])
  func comparisons(action: String, hint: String) throws {
    let found = try violation("Init == x = 0 /\\ y = 0\nNext == \(action) /\\ UNCHANGED y")
    #expect(found?.failure?.code == .early)
    #expect(found?.failure?.hint == hint)
  }

  @Test(
    "A step that leaves a variable out names the test that looks like an assignment",
    arguments: [
      ("x = 0 /\\ y' = 1", "x = 0", "x' = 0"),
      ("x \\in {0} /\\ y' = 1", "x \\in {0}", "x' \\in {0}"),
      ("\\E n \\in 0..3 : x = n /\\ y' = n", "x = n", "x' = n"),
      ("y' = 1 /\\ x = y", "x = y", "x' = y"),
      ("x < 5 /\\ x = 0 /\\ y' = 1", "x = 0", "x' = 0"),
    ])
  func forgottenPrimes(action: String, test: String, assignment: String) throws {
    let failure = try violation("Init == x = 0 /\\ y = 0\nNext == \(action)")?.failure
    #expect(failure?.code == .unprimed)
    #expect(
      failure?.hint?.hasPrefix(
        "`\(test)` has no prime, so it only tests; if it was meant to change the value, write `\(assignment)`"
      ) == true)
  }

  @Test("A test of another variable is not named") func otherTests() throws {
    let failure = try violation("Init == x = 0 /\\ y = 0\nNext == y = 0 /\\ y' = 1")?.failure
    #expect(failure?.code == .incomplete)
    #expect(failure?.hint == "add `x' = …`, or UNCHANGED x")
  }

  @Test(
    "A single value after `\\\\in`",
    arguments: [("x' \\in 1", "x' = 1"), ("x' \\in <<>>", "x' = <<>>"), ("x' \\in \"a\"", "x' = \"a\"")])
  func values(action: String, assignment: String) throws {
    let failure = try violation("Init == x = 0 /\\ y = 0\nNext == \(action) /\\ UNCHANGED y")?.failure
    #expect(failure?.code == .set)
    #expect(
      failure?.hint == "`\\in` takes an element of a set; to give this one value, write `\(assignment)`")
  }

  @Test(
    "Other mistakes",
    arguments: [
      ("x = 1..3", "x' = x + 1", "this is a whole set"),
      ("x = [1..2 -> 1..2]", "x' = [x EXCEPT ![1] = 1]", "this is a whole set"),
      ("x = [1..2 -> 1..2]", "x' = x[1]", "this is a whole set"),
      ("x = 1", "x' = 2 /\\ (x <=> y)", "`<=>` compares truth values only"),
    ]) func otherMistakes(initial: String, action: String, hint: String) throws
  {
    let failure = try violation("Init == \(initial) /\\ y = 0\nNext == \(action) /\\ UNCHANGED y")?.failure
    #expect(failure?.hint?.hasPrefix(hint) == true)
  }

  @Test("A string where the domain has a model value of that name") func lookAlike() throws {
    let result = try InMemory.check(
      "CONSTANT S\nVARIABLE f\nInit == f = [n \\in S |-> 0]\nNext == f' = [n \\in S |-> f[\"n1\"]]",
      "INIT Init NEXT Next CONSTANT S = {n1}")
    guard case .violation(let violation) = result.outcome else {
      Issue.record("nothing found")
      return
    }
    #expect(violation.failure?.code == .domain)
    #expect(
      violation.failure?.hint == "\"n1\" is a string and n1 is a model value: they are different values")
  }

  @Test(
    "Initial states",
    arguments: [
      ("x[1] = 0", "give x its whole value: `x = [… |-> …]`"),
      ("x.f = 0", "give x its whole value: `x = [… |-> …]`"),
      ("<<x, y>> = <<1, 2>>", "give each variable its value by itself: `x = … /\\ y = …`"),
    ])
  func initial(predicate: String, hint: String) throws {
    let found = try violation("Init == \(predicate) /\\ y = 0\nNext == UNCHANGED <<x, y>>")
    #expect(found?.failure?.kind == .incompleteState)
    #expect(found?.failure?.hint == hint)
  }

  @Test(
    "A next-state relation without any action ends the check, as in TLC",
    arguments: [
      "\\E s \\in S : x' = s /\\ y' = 0", "\\E s \\in S, t \\in {1} : x = s", "\\E s \\in {} : x > 0",
    ])
  func noAction(next: String) throws {
    let found = try violation("S == {}\nInit == x = 0 /\\ y = 0\nNext == \(next)")
    #expect(found?.message.contains("the next-state relation has no action") == true)
    #expect(found?.trace.isEmpty == true)
  }

  @Test("One action among parts without actions is enough") func someAction() throws {
    let found = try violation(
      "Init == x = 0 /\\ y = 0\nNext == (\\E s \\in {} : x = s) \\/ (x > 3 /\\ x' = 1 /\\ y' = 0)")
    #expect(found == nil)
  }
}
