import StateSpace
import TLASemantics
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
