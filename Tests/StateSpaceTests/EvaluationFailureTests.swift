import StateSpace
import TLASemantics
import TLASyntax
import Testing

@Suite("Evaluations that fail") struct EvaluationFailureTests {
  private func violation(_ body: String, _ configuration: String = "INIT Init\nNEXT Next") throws
    -> Violation?
  {
    guard case .violation(let violation) = try InMemory.check(body, configuration).outcome else { return nil }
    return violation
  }

  @Test("A failure has its expression, place, call stack and trace") func parts() throws {
    let violation = try violation(
      """
      EXTENDS Integers
      VARIABLE x
      Half(a) == 10 \\div a
      Twice(b) == Half(b) + Half(b)
      Init == x = 2
      Next == x' = x - 1 /\\ Twice(x) > 0
      """)
    let found = try #require(violation)
    #expect(found.kind == .evaluation)
    #expect(found.trace.map { $0.values.map(\.description) } == [["2"], ["1"], ["0"]])
    let failure = try #require(found.failure)
    #expect(failure.message == "the second argument of \\div is 0")
    #expect(failure.span?.oneLineText == "10 \\div a")
    #expect(failure.span?.startPosition.line == 4)
    #expect(
      failure.callStack.map(\.name) == ["Half", "Twice", "Next"]
        || failure.callStack.map(\.name) == ["Half", "Twice"])
    #expect(failure.callStack.first?.span.oneLineText == "Half(b)")
  }

  /// TLC fails on each of these.
  @Test(
    "EXCEPT at a value that cannot be compared with the domain is an error",
    arguments: [
      (#"[i \in 1..2 |-> 0]"#, #""a""#), (#"[i \in 5..7 |-> 0]"#, "TRUE"), ("[a |-> 0]", "1"),
      (#"[i \in {{1}} |-> 0]"#, #"{"a"}"#), (#"[i \in {<<1>>} |-> 0]"#, #"<<"a">>"#),
      (#"[i \in {A} |-> 0]"#, "B"),
    ])
  func except(function: String, index: String) throws {
    let body =
      "EXTENDS Integers\nCONSTANTS A, B\nVARIABLE f\nInit == f = \(function)\nNext == f' = [f EXCEPT ![\(index)] = 1]"
    let found = try violation(body, "INIT Init\nNEXT Next\nCONSTANTS A = A_1\nB = B_1")
    #expect(found?.message.contains("cannot be compared") ?? false)
    let same = body.replacing("![\(index)]", with: "![CHOOSE i \\in DOMAIN f : TRUE]")
    #expect(try violation(same, "INIT Init\nNEXT Next\nCONSTANTS A = A_1\nB = B_1") == nil)
  }

  @Test("A function over strings that are not field names is written as a function") func writtenFunctions()
    throws
  {
    let fields = ["a", "b2"].map { PlainValue.Field(name: $0, value: .boolean(true)) }
    #expect(PlainValue.record(fields).description == "[a |-> TRUE, b2 |-> TRUE]")
    let blank = PlainValue.Field(name: "w x", value: .boolean(true))
    #expect(
      PlainValue.record(fields + [blank]).description == #"("a" :> TRUE @@ "b2" :> TRUE @@ "w x" :> TRUE)"#)
    #expect(
      PlainValue.record([PlainValue.Field(name: "1", value: .boolean(true))]).description == #"("1" :> TRUE)"#
    )
  }

  @Test(
    "Each kind",
    arguments: [
      ("x' = Head(<<>>)", Violation.Kind.evaluation, EvaluationFailure.Kind.library),
      ("x' = <<1>>[2]", .evaluation, .evaluation), ("x' = [a |-> 1].b", .evaluation, .evaluation),
      ("x' = CHOOSE y \\in {1} : y > 1", .evaluation, .evaluation),
      ("x' = CASE x > 9 -> 1", .evaluation, .evaluation), ("x' = x + \"a\"", .evaluation, .evaluation),
      ("x' = 1 /\\ x = \"a\"", .evaluation, .evaluation), ("x' = 1 /\\ 7", .evaluation, .evaluation),
      ("x' \\in Nat", .evaluation, .evaluation), ("\\E y : x' = y", .evaluation, .evaluation),
      ("x' = 1 /\\ Assert(x = 1, \"no\")", .assertion, .assertion),
      ("x = 0", .evaluation, .incompleteState), ("x' > 1 /\\ x' = 2", .evaluation, .incompleteState),
      ("x' = Deep(1000000)", .evaluation, .resource), ("x' = 2 ^ (2 ^ 40)", .evaluation, .resource),
    ] as [(String, Violation.Kind, EvaluationFailure.Kind)])
  func kinds(action: String, kind: Violation.Kind, failure: EvaluationFailure.Kind) throws {
    let found = try violation(
      """
      EXTENDS Integers, Sequences, TLC
      VARIABLE x
      RECURSIVE Deep(_)
      Deep(n) == IF n = 0 THEN 0 ELSE 1 + Deep(n - 1)
      Init == x = 0
      Next == \(action)
      """)
    #expect(found?.kind == kind)
    #expect(found?.failure?.kind == failure, "\(found?.message ?? "")")
  }

  @Test(
    "A failure says what to do if that is clear",
    arguments: [
      ("x' = [source |-> 1].sorce /\\ y' = 1", "[source |-> 1] has no field sorce", "did you mean source?"),
      ("x' = 1", "the next state is incomplete: y has no value", "add `y' = …`, or UNCHANGED y"),
      (
        "x < 1", "the next state is incomplete: x, y have no value",
        "add `x' = …`, or UNCHANGED <<x, y>>"
      ),
      (
        "x' \\in Nat /\\ y' = 1", "the elements of the infinite set Nat cannot be enumerated",
        "bound it, or let the configuration replace it by a finite set of the module: `CONSTANT Nat <- Finite`"
      ),
      ("x' = 3.14 /\\ y' = 1", "3.14 cannot be evaluated: there are no real numbers here", nil),
      ("x' = Cardinality({1, \"a\", None})", "1 and \"a\" cannot be compared: an integer and a string", nil),
      ("x' = Cardinality({None, 1, 2}) /\\ y' = <<>>.a", "<<>> has no field a", nil),
    ] as [(String, String, String?)])
  func hints(action: String, message: String, hint: String?) throws {
    let failure = try violation(
      """
      EXTENDS Reals, FiniteSets
      CONSTANT None
      VARIABLES x, y
      Init == x = 0 /\\ y = 0
      Next == \(action)
      """, "INIT Init\nNEXT Next\nCONSTANT None = None")?.failure
    #expect(failure?.message == message)
    #expect(failure?.hint == hint)
  }

  @Test("A message names a variable that the initial predicate leaves without a value")
  func incompleteInitial() throws {
    let failure = try violation("VARIABLES x, y\nInit == x = 0\nNext == UNCHANGED <<x, y>>")?.failure
    #expect(failure?.message == "the initial state is incomplete: y has no value")
    #expect(failure?.hint == "add `y = …` to the initial predicate")
  }

  @Test("An invariant that cannot be evaluated is named, with the trace") func invariant() throws {
    let found = try violation(
      "EXTENDS Integers\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\nSmall == <<1, 1>>[x + 1] = 1",
      "INIT Init\nNEXT Next\nINVARIANT Small")
    #expect(found?.kind == .evaluation)
    #expect(found?.name == "Small")
    #expect(found?.trace.count == 3)
  }

  @Test("A false assumption, and one without a value") func assumptions() throws {
    #expect(try violation("EXTENDS Integers\nASSUME Positive == 1 > 2", "")?.kind == .assumption)
    let failing = try violation("EXTENDS Integers\nASSUME 1 \\div 0 = 1", "")
    #expect(failing?.kind == .assumption)
    #expect(failing?.failure?.span?.oneLineText == "1 \\div 0")
    #expect(try violation("EXTENDS Integers\nASSUME 1 < 2", "") == nil)
  }
}
