import StateSpace
import TLASemantics
import Testing

@Suite("What is said of a property that holds") struct PropertyNoteTests {
  private func notes(_ property: String, fairness: String = "TRUE") throws -> [String] {
    var options = CheckOptions()
    options.looksForVacuity = true
    let result = try InMemory.check(
      """
      EXTENDS Integers
      VARIABLES x, y
      Init == x = 0 /\\ y \\in {0, 1}
      Up == x < 2 /\\ x' = x + 1 /\\ y' = y
      Flip == y' = 1 - y /\\ x' = x
      Next == Up \\/ Flip
      Spec == Init /\\ [][Next]_<<x, y>> /\\ \(fairness)
      P == \(property)
      """, "SPECIFICATION Spec\nPROPERTY P", options: options)
    guard case .success = result.outcome else { return ["violated"] }
    return result.notes.map(\.text)
  }

  @Test(
    "A property that holds in vain",
    arguments: [
      ("<>(x = 0)", ["P: it says nothing: `x = 0` is true in every initial state"]),
      ("(x = 5) ~> (x = 7)", ["P: it says nothing: `x = 5` is never true"]),
      ("[](x > 2 => <>(x = 9))", ["P: it says nothing: `x > 2` is never true"]),
      (
        "<>((x = 0) /\\ (y < 2))",
        ["P: it says nothing: `(x = 0) /\\ (y < 2)` is true in every initial state"]
      ),
      ("[]<>(x >= 0)", []),
      ("(x = 0) ~> (x = 0)", []),
    ])
  func vacuous(property: String, expected: [String]) throws {
    #expect(try notes(property) == expected)
  }

  @Test("The fairness that a property needs, and no more")
  func fairness() throws {
    let both = "WF_<<x, y>>(Up) /\\ WF_<<x, y>>(Flip)"
    #expect(try notes("<>(x = 2)", fairness: both) == ["P: it holds because of WF_<<x, y>>(Up)"])
    #expect(try notes("[]<>(y = 0)", fairness: both) == ["P: it holds because of WF_<<x, y>>(Flip)"])
    #expect(
      try notes("<>(x = 2) /\\ []<>(y = 0)", fairness: both)
        == ["P: it holds because of WF_<<x, y>>(Up), WF_<<x, y>>(Flip)"])
    #expect(try notes("[]<>(x >= 0) \\/ <>(x = 7)", fairness: both) == ["P: it holds without fairness"])
    #expect(try notes("<>(x = 2)", fairness: "WF_<<x, y>>(Flip)") == ["violated"])
  }

  @Test("What is missing is said once, with the values of the quantifiers' names")
  func missing() throws {
    func why(_ property: String) throws -> [String] {
      let result = try InMemory.check(
        """
        EXTENDS Integers
        VARIABLE x
        Init == x = 0
        Next == x < 4 /\\ x' = x + 1
        Reached(k) == <>(x = k)
        P == \(property)
        """, "INIT Init\nNEXT Next\nPROPERTY P\nCHECK_DEADLOCK FALSE")
      return (result.violations.first?.why ?? []).filter { !$0.hasPrefix("the specification") }
    }
    #expect(try why("\\A k \\in 0..3 : Reached(k)") == ["with k = 1, 2, 3: `x = k` is never true"])
    #expect(
      try why("\\A k \\in 0..1 : (x = k) ~> (x = k + 1)")
        == ["with k = 0: `x = k` is true in state 0, and from there on `x = k + 1` is never true"])
    #expect(
      try why("\\A k \\in {3}, j \\in {1, 2} : <>[](x = k + j)")
        == ["with k = 3, j = 1 or k = 3, j = 2: `x = k + j` is false in state 0, for ever"])
    #expect(try why("<>(x = 1)") == ["`x = 1` is never true"])
  }

  @Test("Nothing is said unless it is asked for") func silent() throws {
    let result = try InMemory.check(
      "EXTENDS Integers\nVARIABLE x\nInit == x = 0\nNext == x' = 1 - x\nP == <>(x = 0)",
      "INIT Init\nNEXT Next\nPROPERTY P")
    #expect(result.notes == [])
  }
}
