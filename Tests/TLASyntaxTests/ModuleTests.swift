import TLASyntax
import Testing

@Suite struct ModuleTests {
  @Test func everyUnitIsRead() {
    #expect(
      units(
        """
        EXTENDS Naturals, Sequences
        CONSTANTS N, F(_, _), _+_, -._, _^#
        CONSTANT M
        VARIABLES x, y
        ----------------
        RECURSIVE G(_), H
        ASSUME N > 0
        ASSUME Positive == M > 0
        AXIOM TRUE
        Init == x = 0
        LOCAL Op(a, P(_)) == P(a)
        f[i \\in Nat, <<a, b>> \\in S] == i
        a ++ b == a
        -. a == a
        a^* == a
        I == INSTANCE Other WITH x <- y, + <- Plus, Q <- -
        LOCAL J(p) == INSTANCE Other
        INSTANCE Third
        LOCAL INSTANCE Fourth WITH N <- M + 1
        USE DEF Init
        """) == [
          "(constants N F/2 +/2 -./1 ^#/1)", "(constants M)", "(variables x y)", "(recursive G/1 H)",
          "(assume (> N 0))", "(assume Positive (> M 0))", "(axiom TRUE)", "(def Init (= x 0))",
          "(local def Op(a P/1) P(a))", "(deffun f (i in Nat, <<a b>> in S) i)", "(def ++(a b) a)",
          "(def -.(a) a)", "(def ^*(a) a)", "(def I (instance Other (x y) (+ Plus) (Q -)))",
          "(local def J(p) (instance Other))", "(instance Third)", "(local (instance Fourth (N (+ M 1))))",
          "(use def Init)",
        ])
  }

  @Test func theModuleKnowsItsNameAndExtent() throws {
    let text = """
      Some prose, "unclosed and (* too
      ------ MODULE Counter ------
      EXTENDS Naturals, TLC
      x == 1
      ======
      What follows is prose ' " (* too
      """
    let result = Parser.parseModule(SourceFile(name: "Counter.tla", text: text))
    let module = try #require(result.tree)
    #expect(result.diagnostics.isEmpty)
    #expect(TreeDump.dump(module) == "(module Counter (extends Naturals TLC) (def x 1))")
    #expect(module.span.startPosition == SourcePosition(line: 2, column: 1))
    #expect(module.span.endPosition == SourcePosition(line: 5, column: 6))
    #expect(module.name.span.text == "Counter")
  }

  @Test func nestedModulesAreUnits() {
    #expect(
      units(
        """
        a == 1
        ---- MODULE Inner ----
        VARIABLE v
        b == v
        ====
        I == INSTANCE Inner
        ----
        c == I!b
        """) == [
          "(def a 1)", "(module Inner (variables v) (def b v))", "(def I (instance Inner))", "(def c I!b)",
        ])
  }

  @Test func definitionSpansRunFromTheNameToTheBody() throws {
    let result = parse("LOCAL A(x) ==\n  /\\ x\n  /\\ 1\n\n\\* more\nB == 2")
    let units = try #require(result.tree?.units)
    let spans = units.compactMap { unit -> String? in
      if case .definition(let definition) = unit { definition.span.text } else { nil }
    }
    #expect(spans == ["LOCAL A(x) ==\n  /\\ x\n  /\\ 1", "B == 2"])
  }

  @Test func commentsAboveDefinitionsAreKept() throws {
    let body = """
      \\* not this: a line apart

      \\* One line.
      A == 1 \\* not for B
      B == 2
      \\* First,
      \\* second.
      LOCAL C == 3
      (* A block
       * with a margin. *)
      D == 4
      (***********************)
      (* Framed              *)
      (* twice.              *)
      (***********************)
      E == 5
      (* here *) F == LET \\* inner
                         g == 1 IN g
      """
    let units = try #require(parse(body).tree?.units)
    var comments: [String: String] = [:]
    for case .definition(let definition) in units {
      comments[definition.name.text] = definition.comment ?? "none"
      if case .operator(_, let body) = definition.kind, case .letIn(let inner, _) = body.kind {
        for definition in inner { comments[definition.name.text] = definition.comment ?? "none" }
      }
    }
    #expect(
      comments == [
        "A": "One line.", "B": "none", "C": "First,\nsecond.", "D": "A block\nwith a margin.",
        "E": "Framed\ntwice.", "F": "here", "g": "none",
      ])
  }

  @Test func theoremsAndProofsAreRead() {
    #expect(
      units(
        """
        THEOREM Spec => []Inv
        A == 1
        LEMMA First == \\A x \\in S : P(x)
          BY DEF P, S
        B == 2
        THEOREM Second == ASSUME NEW x \\in S, NEW CONSTANT F(_), ASSUME P PROVE Q PROVE x = x
        PROOF
        <1> DEFINE Next == x + 1
                   Prev(a) == a
        <1>1. SUFFICES ASSUME NEW y PROVE y
          OBVIOUS
        <1>2. Prev(1) = 1
          <2>1. CASE x = 1
            BY <1>1, <1>2 DEF Next
          <2>2. PICK z \\in S : z = 1
          <2> QED BY <2>1,
            <2>2
        <1>a. TAKE u \\in S
        <1>b. HAVE u
        <1>c. WITNESS 1
        <1>3. USE <1>a DEF Prev
        <1>4. HIDE DEF Next
        <1> QED
          <2>1. x
          <2>2. QED BY ONLY <2>1, Zenon DEFS A, **
        C == 3
        COROLLARY TRUE
        <1>1. x BY DEF A, ++
        <1>. QED OMITTED
        D == 4
        PROPOSITION x PROOF OBVIOUS
        THEOREM y
          <*>1. z
          <*> QED BY <*>1
        E == 5
        """) == [
          "(theorem (=> Spec ([] Inv)))", "(def A 1)",
          "(theorem First (\\A (x in S) P(x)) (by def P S))", "(def B 2)",
          "(theorem Second (assume (new constant x S) (new constant F/1) (assume P prove Q) prove (= x x))"
            + " (proof (<1> DEFINE (def Next (+ x 1)) (def Prev(a) a))"
            + " (<1>1 SUFFICES (assume (new constant y) prove y) (no proof))"
            + " (<1>2 (= Prev(1) 1) (proof (<2>1 CASE (= x 1) (by <1>1 <1>2 def Next)) (<2>2 PICK S (= z 1))"
            + " (<2> QED (by <2>1 <2>2)))) (<1>a TAKE S) (<1>b HAVE u) (<1>c WITNESS 1)"
            + " (<1>3 USE <1>a def Prev) (<1>4 HIDE def Next)"
            + " (<1> QED (proof (<2>1 x) (<2>2 QED (by <2>1 Zenon def A **))))))",
          "(def C 3)", "(theorem TRUE (proof (<1>1 x (by def A ++)) (<1> QED (no proof))))", "(def D 4)",
          "(theorem x (no proof))", "(theorem y (proof (<0>1 z) (<*> QED (by <0>1))))", "(def E 5)",
          "34:3 a step whose level is not a number cannot have a name",
        ])
  }

  @Test func aTheoremThatMakesNoSenseIsAnError() {
    #expect(
      units("THEOREM T == a b c ]] BY x\nA == 1\nTHEOREM BY\nB == 2")
        == [
          "(theorem T a)", "(def A 1)", "(def B 2)",
          "2:16 expected an operator or a new definition, found `b`",
          "4:9 expected an expression, found `BY`",
        ])
  }
}
