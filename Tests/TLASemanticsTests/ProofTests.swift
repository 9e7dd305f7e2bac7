import TLASemantics
import TLASyntax
import Testing

@Suite("Theorems and proofs") struct ProofTests {
  @Test(
    "Mistakes are reported with their places",
    arguments: [
      ("THEOREM T == Nothing", "3:14 Nothing is not defined"),
      ("THEOREM TRUE BY Nothing", "3:17 Nothing is not defined"),
      ("THEOREM TRUE BY DEF Nothing", "3:21 Nothing is not defined"),
      ("THEOREM TRUE BY DEF v", "3:21 v has no definition (DEF names definitions)"),
      ("USE DEF Nothing", "3:9 Nothing is not defined"),
      (
        "THEOREM TRUE BY MODULE Elsewhere",
        "3:24 the specification has no module Elsewhere (a proof can mention the modules that are extended or instantiated)"
      ),
      (
        "USE DEF MODULE Naturals",
        "3:16 the specification has no module Naturals (a proof can mention the modules that are extended or instantiated)"
      ),
      (
        "D == TRUE\nHIDE D",
        "4:6 only the name of a theorem, an assumption or a step can be hidden as a fact (what is defined is hidden by HIDE DEF)"
      ),
      (
        "THEOREM T == ASSUME NEW n PROVE n = n\nD == T",
        "4:6 T is an ASSUME with a PROVE, and an expression is expected (it can be named as a fact)"
      ),
      (
        "THEOREM ASSUME NEW n \\in []v PROVE TRUE",
        "3:26 a temporal formula cannot stand here: it has no value"
      ),
      (
        "THEOREM ASSUME NEW v PROVE TRUE", "3:20 v is defined already (choose another name)"
      ),
      ("THEOREM ASSUME NEW n PROVE TRUE\nD == n", "4:6 n is not defined"),
      ("THEOREM TRUE\n<1>1. QED BY <1>2", "4:14 <1>2 is not defined (did you mean <1>1?)"),
      (
        "O(a) == a\nTHEOREM TRUE\n<1>1 HAVE TRUE\n<1>2 O(<1>1)\n<1> QED",
        "6:8 <1>1 is a HAVE step, and an expression is expected (it can be named as a fact)"
      ),
      (
        "THEOREM TRUE\n<1>1 TAKE y \\in {1}\n<1>2 PICK y \\in {1} : TRUE\n<1> QED",
        "5:11 y is defined already (choose another name)"
      ),
      (
        "THEOREM []v\n<1> HAVE v\n<1> QED",
        "4:10 HAVE must be said of constants where a temporal formula is to be proved"
      ),
      (
        "THEOREM []v\n<1> TAKE x \\in v\n<1> QED",
        "4:16 TAKE must be said of constants where a temporal formula is to be proved"
      ),
      (
        "THEOREM []v\n<1> QED\n<2> WITNESS 1, v\n<2> QED",
        "5:16 WITNESS must be said of constants where a temporal formula is to be proved"
      ),
      (
        "THEOREM []v\n<1> CASE v\n<1> QED",
        "4:10 CASE must be said of constants where a temporal formula is to be proved"
      ),
      (
        "THEOREM TRUE\n<1> PICK x \\in v : []v\n<1> QED",
        "4:16 the set that bounds a temporal formula in a PICK must be a constant"
      ),
      (
        "THEOREM TRUE\n<1> DEFINE D == v''\n<1> QED",
        "4:17 an expression that has a prime already cannot be primed"
      ),
      (
        "THEOREM TRUE\n<1>1 v'\n<1>2 <1>1'\n<1> QED",
        "5:6 an expression that has a prime already cannot be primed"
      ),
      (
        "THEOREM ASSUME NEW ACTION A PROVE A'",
        "3:35 an expression that has a prime already cannot be primed"
      ),
      (
        "RECURSIVE F(_)\nTHEOREM TRUE\nF(a) == a",
        "4:9 a THEOREM cannot stand between the RECURSIVE declaration of F and its definition"
      ),
      (
        "RECURSIVE F(_)\nCONSTANT c\nF(a) == a",
        "4:10 a CONSTANT cannot stand between the RECURSIVE declaration of F and its definition"
      ),
    ])
  func problems(body: String, message: String) {
    #expect(InMemory.problems("VARIABLE v\n" + body) == message)
  }

  @Test("Correct theorems and proofs give no error") func allowed() throws {
    let specification = try InMemory.load(
      """
      VARIABLE v
      D == 1
      ASSUME Positive == D > 0
      USE Positive, 1 + 1 = 2 DEF D
      THEOREM First == \\A x \\in {1} : x = D
      <1> TAKE x \\in {1}
      <1>1 x = 1 OBVIOUS
      <1>2 ASSUME NEW y \\in {1}, x # y PROVE FALSE
        <2>1 x = y BY <1>1
        <2> QED BY <2>1, <1>2
      <1>3 CASE x = 2
        BY <1>3
      <1>4 PICK z \\in {1} : z = x
        <2> WITNESS 1
        <2> QED
      <1>5 SUFFICES ASSUME NEW u PROVE u = z
        OBVIOUS
      <1>6 DEFINE E == u
                  G(a) == a + z
      <1>a G(E) = 2 BY DEF G, E
      <1> HIDE <1>a DEF E
      <1> QED BY <1>a, First!1
      HIDE First
      THEOREM ASSUME NEW STATE s, NEW ACTION A, NEW TEMPORAL F, NEW Op(_), ENABLED A PROVE [](s = v) /\\ F
      THEOREM []v
      <1>1 [](v = 1) /\\ [][v' = v]_v
      <1> QED BY <1>1
      THEOREM First == TRUE
      """.replacing("D > 0", with: "D = 1").replacing("1 + 1 = 2", with: "1 = 1").replacing(
        "a + z", with: "<<a, z>>"))
    #expect(specification.warnings.map(\.message) == ["First has a meaning already, and keeps it"])
  }

  @Test("A proof mentions modules that are extended, instantiated, or inner ones") func modules() {
    let body = """
      EXTENDS Integers
      ---- MODULE Inner ----
      ====
      I == INSTANCE Other
      USE MODULE Other, MODULE Naturals DEF MODULE Inner
      THEOREM TRUE BY MODULE M DEF MODULE Integers
      """
    let other = "---- MODULE Other ----\nTHEOREM TRUE BY MODULE Other\n====\n"
    #expect(InMemory.problems(body, modules: ["Other.tla": other]) == "")
  }

  @Test("A star in the name of a step that is mentioned stands for the level of the step around it")
  func starredSteps() {
    let steps = "THEOREM TRUE\n<1>a TRUE\n <2>a TRUE\n <2>b QED BY <*>a\n"
    #expect(InMemory.problems(steps + "<1>b QED BY <*>a, <1>a") == "")
    #expect(InMemory.problems(steps + "<1>b QED BY <*>c") == "6:13 <1>c is not defined (did you mean <1>a?)")
  }

  @Test("A module of theorems has names that are unknown here") func openModules() {
    let proof = "THEOREM TRUE BY SMT, Isa DEF NatInduction\n<1> QED"
    #expect(InMemory.problems("EXTENDS TLAPS\n" + proof.prefix(while: { $0 != "<" })) == "")
    #expect(InMemory.problems("EXTENDS TLAPS\nD == SMT") == "3:6 SMT is not defined")
  }
}
