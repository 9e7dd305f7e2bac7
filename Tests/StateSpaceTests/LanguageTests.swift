import StateSpace
import TLASemantics
import TLASyntax
import Testing

/// Constructs that TLC 2.19 does not support, or supports by Java classes. The figures are computed by hand.
@Suite("Language and library beyond the fixtures") struct LanguageTests {
  private func counts(_ result: CheckResult) -> [Int] {
    [result.progress.generated, result.progress.distinct, result.progress.depth]
  }

  @Test("The formula of an instance with parameters is a specification") func parametrized() throws {
    let result = try InMemory.check(
      """
      EXTENDS Naturals
      VARIABLE x
      ---- MODULE Ring ----
      VARIABLE size
      Init == x = 0
      Next == x' = (x + 1) % size
      Spec == Init /\\ [][Next]_<<x, size>>
      ====
      R(size) == INSTANCE Ring
      Spec == R(6)!Spec
      """, "SPECIFICATION Spec")
    #expect(counts(result) == [7, 6, 6])
  }

  @Test("A formula with a false constant is refused") func trivial() {
    let message = problems {
      try InMemory.check(
        "VARIABLE x\nNone == 1 = 2\nSpec == x = 0 /\\ [][x' = x]_x /\\ None", "SPECIFICATION Spec")
    }
    #expect(message == "4:34 this part of the specification's formula is false: it allows no behavior")
  }

  @Test("The labelled parts of an instance's theorems have their values") func partsOfInstances() throws {
    let explorer = try Explorer(
      InMemory.load(
        """
        EXTENDS Integers
        ---- MODULE Inner ----
        EXTENDS Integers
        CONSTANT C
        THEOREM Named == said :: C > 3
        ====
        J == INSTANCE Inner WITH C <- 4
        K(n) == INSTANCE Inner WITH C <- n
        """))
    for (text, answer) in [("J!Named!said", "TRUE"), ("J!Named", "TRUE"), ("K(3)!Named!said", "FALSE")] {
      let value = try explorer.evaluate(text, in: nil)
      #expect(value.description == answer, "\(text)")
    }
  }

  /// TLC 2.19 gives the same.
  @Test(
    "SortSeq moves a later element before an earlier one that it precedes; with `<=` also before an equal one"
  )
  func sorting() throws {
    let explorer = try Explorer(
      InMemory.load(
        """
        EXTENDS Integers, Sequences, TLC
        R(k, v) == [k |-> k, v |-> v]
        s == <<R(2, 1), R(1, 2), R(2, 3), R(1, 4), R(3, 5), R(2, 6), R(1, 7)>>
        V(t) == [i \\in DOMAIN t |-> t[i].v]
        """))
    for (relation, order) in [
      ("<", "<<2, 4, 7, 1, 3, 6, 5>>"), ("<=", "<<7, 4, 2, 6, 3, 1, 5>>"), (">", "<<5, 1, 3, 6, 2, 4, 7>>"),
    ] {
      let sorted = try explorer.evaluate("V(SortSeq(s, LAMBDA a, b : a.k \(relation) b.k))", in: nil)
      #expect(sorted.description == order)
    }
    let descending = try explorer.evaluate(
      "SortSeq([i \\in 1..5000 |-> (i * 7919) % 5003], LAMBDA a, b : a > b)[4999]", in: nil)
    #expect(descending.description == "2")
  }

  @Test("UNCHANGED, ENABLED and the prime can be passed as operators") func passed() throws {
    let result = try InMemory.check(
      """
      EXTENDS Naturals
      VARIABLES x, y
      Do(Op(_), e) == Op(e)
      Later(Op(_), v, e) == Op(v) = e
      Init == x = 0 /\\ y = 0
      Next == \\/ Do(UNCHANGED, x) /\\ y' = 1 - y
              \\/ Later(', x, (x + 1) % 3) /\\ Do(UNCHANGED, <<y>>)
      """)
    #expect(counts(result) == [13, 6, 4])
  }

  /// TLC 2.19 gives the same.
  @Test("ENABLED in an instance chooses next values of its module's own variables")
  func enabledInInstances() throws {
    let result = try InMemory.check(
      """
      EXTENDS Naturals
      VARIABLE v
      ---- MODULE Inner ----
      VARIABLES p, q
      First == ENABLED (p' = 7 /\\ q' = 8)
      Second == ENABLED (q' = 8 /\\ p' = q' /\\ p' = p + 7)
      ====
      ---- MODULE Middle ----
      VARIABLES x, y
      N == INSTANCE Inner WITH p <- x + y, q <- y
      A == x' = x /\\ y' = y + 1
      Both == ENABLED (x' = 1 /\\ y' = 2)
      Reads == ENABLED (x' = x /\\ y' = x + y + 1 /\\ y' = x' + y + 1)
      Stays == ENABLED (UNCHANGED <<x, y>> /\\ x' # x)
      Named == ENABLED A
      Given(F(_), e) == ENABLED (x' = 1 /\\ e /\\ F(3))
      Later(n) == y' = n
      Passed == Given(Later, TRUE) /\\ Given(LAMBDA n : y' = n, y' = 3) /\\ ~Given(Later, y' = 4)
      ====
      I == INSTANCE Middle WITH x <- v + 1, y <- v
      Twice == INSTANCE Middle WITH x <- v, y <- v
      J(a) == INSTANCE Middle WITH x <- a, y <- v
      Init == v = 0
      Next == v' = 1 - v
      Inv ==
        /\\ I!Both /\\ I!Reads /\\ ~I!Stays /\\ I!Named /\\ Twice!Both /\\ Twice!Named
        /\\ \\A k \\in {1, 5} : J(k)!Both /\\ J(k)!Reads /\\ ~J(k)!Stays /\\ J(k)!Named
        /\\ I!N!First /\\ (I!N!Second <=> v = 0)
        /\\ ~ENABLED Twice!A
        /\\ I!Passed /\\ Twice!Passed /\\ J(5)!Passed
      """, "INIT Init\nNEXT Next\nINVARIANT Inv")
    guard case .success = result.outcome else {
      Issue.record("\(result.violations.first?.message ?? "")")
      return
    }
    #expect(counts(result) == [3, 2, 2])
  }

  @Test("UNCHANGED of a name in an instance with parameters keeps the variables") func unchanged()
    throws
  {
    let result = try InMemory.check(
      """
      EXTENDS Naturals
      VARIABLES k, l, m
      ---- MODULE Inner ----
      CONSTANT c
      vars == <<k, l>>
      A == m' = (m + c) % 3 /\\ UNCHANGED vars
      ====
      I(z) == INSTANCE Inner WITH c <- z
      Init == k = 0 /\\ l = 0 /\\ m = 0
      Next == \\E z \\in 1..2 : I(z)!A
      """)
    #expect(counts(result) == [7, 3, 2])
  }

  @Test("A false postcondition is a violation; a true one is not") func postconditions() throws {
    let body = """
      EXTENDS Naturals, TLC
      VARIABLE x
      ASSUME TLCSet(1, 0)
      Init == x = 0
      Next == x < 3 /\\ x' = x + 1 /\\ TLCSet(1, TLCGet(1) + 1)
      Shallow == TLCGet("level") < 3
      Taken == TLCGet(1) = 2
      Never == TLCGet("distinct") = 7
      """
    let rest = "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\nCONSTRAINT Shallow\nPOSTCONDITION"
    guard case .success = try InMemory.check(body, "\(rest) Taken").outcome else {
      Issue.record("Taken is true")
      return
    }
    guard case .violation(let violation) = try InMemory.check(body, "\(rest) Never").outcome else {
      Issue.record("Never is false")
      return
    }
    #expect(violation.name == "Never")
    #expect(violation.kind == .assumption)
  }

  @Test(
    "Folds and the like, with the library's own operators",
    arguments: [
      ("FoldSet(LAMBDA x, y : x + y, 100, 1..4)", "110"),
      ("FoldLeft(LAMBDA x, y : <<x, y>>, 0, <<1, 2>>)", "<<<<0, 1>>, 2>>"),
      ("FoldRight(LAMBDA x, y : <<x, y>>, <<1, 2>>, 0)", "<<1, <<2, 0>>>>"),
      ("FoldFunction(LAMBDA x, y : x \\o y, <<>>, [i \\in 1..3 |-> <<i>>])", "<<3, 2, 1>>"),
      ("FoldFunctionOnSet(LAMBDA x, y : x + y, 0, <<5, 6, 7>>, {1, 3})", "12"),
      (
        "MapThenFoldSet(LAMBDA x, y : Append(y, x), <<>>, LAMBDA x : -x, LAMBDA s : CHOOSE m \\in s : TRUE, {1, 2})",
        "<<-2, -1>>"
      ),
      ("SetToSeq({3, 1, 2})", "<<1, 2, 3>>"),
      ("FoldSet(LAMBDA s, n : n + FoldSet(LAMBDA x, y : x + y, 0, s), 0, {{1, 2}, {3}})", "6"),
      ("ToJson([a |-> <<1, \"b\">>, c |-> {TRUE}])", "\"{\\\"a\\\":[1,\\\"b\\\"],\\\"c\\\":[true]}\""),
      ("AssertError(\"anything\", 1 + TRUE)", "TRUE"), ("AssertError(\"anything\", 1 + 1)", "FALSE"),
      ("TLCGetOrDefault(9, \"none\")", "\"none\""),
    ])
  func library(expression: String, value: String) throws {
    let specification = try InMemory.load(
      "EXTENDS Integers, Sequences, FiniteSetsExt, Functions, Folds, SequencesExt, Json, TLCExt")
    let found = try Explorer(specification).evaluate(expression, in: nil)
    #expect(found.description == value)
  }

  @Test(
    "Described sets test membership, also inside unions, differences and inclusions",
    arguments: [
      ("3 \\in {x \\in Nat : x > 2} \\cup {-1}", "TRUE"),
      ("-2 \\in {x \\in Nat : x > 2} \\cup {-1}", "FALSE"),
      ("7 \\notin {x \\in Nat : x > 2} \\ {7}", "TRUE"), ("8 \\in {x \\in Nat : x > 2} \\cap {7, 8}", "TRUE"),
      ("{3, 4, -1} \\subseteq {x \\in Nat : x > 2} \\cup {-1}", "TRUE"),
      ("{2, 3} \\subseteq {x \\in Nat : x > 2}", "FALSE"),
      ("5 \\in ({x \\in Int : x < 0} \\cup Nat) \\ {5}", "FALSE"),
    ])
  func described(expression: String, value: String) throws {
    let found = try Explorer(InMemory.load("EXTENDS Integers")).evaluate(expression, in: nil)
    #expect(found.description == value)
  }

  @Test("Folding a value of the wrong kind is an error with its place") func wrongFold() throws {
    let explorer = try Explorer(InMemory.load("EXTENDS Integers, SequencesExt"))
    let message = problems { try explorer.evaluate("FoldLeft(LAMBDA x, y : x + y, 0, 7)", in: nil) }
    #expect(message.contains("7"))
  }
}

@Suite("Files of JSON") struct JSONFileTests {
  private func check(_ assumption: String, _ host: MemoryHost?) throws -> CheckResult {
    var options = CheckOptions()
    options.host = host
    return try InMemory.check("EXTENDS Integers, Json, TLC\nASSUME \(assumption)", "", options: options)
  }

  @Test("Values are written and read back") func roundTrip() throws {
    let files = MemoryHost(["in": " { \"a\" : [1, -2, \"\\u0041\\n\"], \"b\": true }"])
    let assumption =
      "LET v == JsonDeserialize(\"in\") IN v = [a |-> <<1, -2, \"A\\n\">>, b |-> TRUE]"
      + " /\\ JsonSerialize(\"out\", v) /\\ ndJsonSerialize(\"rows\", <<1, {2}>>)"
      + " /\\ ndJsonDeserialize(\"rows\") = <<1, <<2>>>>"
    guard case .success = try check(assumption, files).outcome else {
      Issue.record("the assumption holds")
      return
    }
    #expect(files.texts["out"] == "{\"a\":[1,-2,\"A\\n\"],\"b\":true}")
    #expect(files.texts["rows"] == "1\n[2]\n")
  }

  @Test("A number loses its fraction, as in TLC") func fractions() throws {
    let files = MemoryHost(["in": "1712329729.6024537\n-1.7\n1.5e2\n1E+3\n-0.5\n12e-1\n125e-2\n0.019e3\n3e-9"]
    )
    let assumption = "ndJsonDeserialize(\"in\") = <<1712329729, -1, 150, 1000, 0, 1, 1, 19, 0>>"
    guard case .success = try check(assumption, files).outcome else {
      Issue.record("the assumption holds")
      return
    }
  }

  @Test(
    "A message says what cannot be read or is not allowed",
    arguments: [
      ("JsonDeserialize(\"none\") = 1", "there is no file none"),
      (
        "JsonDeserialize(\"bad\") = 1",
        "bad: no JSON at character 4: a digit is expected"
      ),
      ("JsonDeserialize(\"open\") = 1", "open: no JSON at character 3: `]` is expected"),
    ])
  func problems(assumption: String, message: String) throws {
    let result = try check(assumption, MemoryHost(["bad": "[1.]", "open": "[1"]))
    guard case .violation(let violation) = result.outcome else {
      Issue.record("no failure")
      return
    }
    #expect(violation.message == message)
  }

  @Test("Without access no file is touched") func forbidden() throws {
    guard case .violation(let violation) = try check("JsonSerialize(\"out\", 1)", nil).outcome else {
      Issue.record("no failure")
      return
    }
    #expect(violation.message == "files and programs cannot be used here")
  }
}
