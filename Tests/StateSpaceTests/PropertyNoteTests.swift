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
        == [
          "with k = 0: `x = k` is true in state 0, and from there on `x = k + 1` is never true",
          "`x = k + 1` stays false, because x is 0, not 1",
        ])
    #expect(
      try why("\\A k \\in {3}, j \\in {1, 2} : <>[](x = k + j)")
        == [
          "with k = 3, j = 1: `x = k + j` is false in state 0, for ever, because x is 0, not 4",
          "with k = 3, j = 2: `x = k + j` is false in state 0, for ever, because x is 0, not 5",
        ])
    for property in ["<>(x = 1)", "<>(x = 1) /\\ <>(x = 1)"] {
      #expect(
        try why(property)
          == ["`x = 1` is never true", "`x = 1` stays false, because x is 0, not 1"])
    }
  }

  @Test("Nothing is said unless it is asked for") func silent() throws {
    let result = try InMemory.check(
      "EXTENDS Integers\nVARIABLE x\nInit == x = 0\nNext == x' = 1 - x\nP == <>(x = 0)",
      "INIT Init\nNEXT Next\nPROPERTY P")
    #expect(result.notes == [])
  }
}

@Suite("What is said of a property that fails") struct PropertyFailureTests {
  private func why(_ property: String, fairness: String) throws -> [String] {
    let result = try InMemory.check(
      """
      EXTENDS Integers, FiniteSets
      CONSTANT N
      VARIABLES door, spare
      vars == <<door, spare>>
      Init == door = [n \\in N |-> "shut"] /\\ spare = 0
      Open(n) == door[n] = "shut" /\\ spare > 0 /\\ door' = [door EXCEPT ![n] = "open"] /\\ UNCHANGED spare
      Knock(n) == door[n] = "shut" /\\ door' = [door EXCEPT ![n] = "knock"] /\\ UNCHANGED spare
      Hush(n) == door[n] = "knock" /\\ door' = [door EXCEPT ![n] = "shut"] /\\ UNCHANGED spare
      Next == \\E n \\in N : Open(n) \\/ Knock(n) \\/ Hush(n)
      Waiting == {n \\in N : door[n] # "open"}
      Done == Waiting = {} /\\ spare = 0
      Spec == Init /\\ [][Next]_vars /\\ \(fairness)
      P == \(property)
      """, "SPECIFICATION Spec\nPROPERTY P\nCONSTANT N = {a}")
    return try #require(result.violations.first).why
  }

  @Test("The part that keeps the goal false, and what disables the actions that should reach it")
  func loop() throws {
    let fair = "\\A n \\in N : WF_vars(Open(n)) /\\ WF_vars(Knock(n)) /\\ WF_vars(Hush(n))"
    #expect(
      try why("<>Done", fairness: fair) == [
        "`Done` is never true",
        "`Done` stays false, because Waiting is {a}, not {}",
        "fair to WF_vars(Open(n)) with n = a: it is never enabled in the loop, because spare is 0, not > 0",
        "fair to WF_vars(Knock(n)) with n = a: step 1 takes it, again and again",
        "fair to WF_vars(Hush(n)) with n = a: the step back to state 0 takes it, again and again",
      ])
  }

  @Test("A property of each element names the element") func element() throws {
    let why = try why("\\A n \\in N : door[n] # \"open\" ~> door[n] = \"open\"", fairness: "TRUE")
    #expect(
      Array(why.prefix(2)) == [
        "with n = a: `door[n] # \"open\"` is true in state 0, and from there on `door[n] = \"open\"` is never true",
        "`door[n] = \"open\"` stays false, because door[n] is \"shut\", not \"open\"",
      ])
  }
}
