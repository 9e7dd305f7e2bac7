import TLASemantics
import TLASyntax
import Testing

@Suite("Labels") struct LabelTests {
  @Test(
    "A label is in a definition and names each bound identifier around it once",
    arguments: [
      (
        "F == \\A y \\in {1} : lab :: y = 1",
        "2:21 the label lab does not name y, which is bound around it (write lab(y))"
      ),
      (
        "f[y \\in {1}] == lab :: y",
        "2:17 the label lab does not name y, which is bound around it (write lab(y))"
      ),
      (
        "F == \\E y, z \\in {1} : lab(y) :: y = z",
        "2:24 the label lab does not name z, which is bound around it (write lab(y, z))"
      ),
      (
        "F == {y \\in {1} : lab(y, y) :: TRUE}",
        "2:26 y stands twice in the label lab (write lab(y))"
      ),
      (
        "F(a) == \\A y \\in {1} : lab(y, a) :: y = a",
        "2:31 a is not bound between the label lab and the definition around it (write lab(y))"
      ),
      (
        "F(a) == lab(a) :: a",
        "2:13 a is not bound between the label lab and the definition around it (write lab)"
      ),
      (
        "F == \\A y \\in {1} : lab(y, n) :: TRUE",
        "2:28 n is not bound between the label lab and the definition around it (write lab(y))"
      ),
      ("F == <<lab :: 1, lab :: 2>>", "2:18 the label lab stands here twice (choose another name)"),
      (
        "F == \\A y \\in {lab :: 1} : \\E z \\in {1} : lab(y, z) :: TRUE",
        "2:43 the label lab stands here twice (choose another name)"
      ),
      (
        "ASSUME lab :: TRUE",
        "2:8 the label lab stands in no definition (labels are allowed only inside a definition, a named assumption or a named theorem)"
      ),
      (
        "THEOREM lab :: TRUE",
        "2:9 the label lab stands in no definition (labels are allowed only inside a definition, a named assumption or a named theorem)"
      ),
      (
        "F == [[y \\in {1} |-> 1] EXCEPT ![1] = lab :: 2]",
        "2:39 a label cannot stand in an EXCEPT (take it out)"
      ),
      (
        "THEOREM T == ASSUME ASSUME NEW n, lab :: TRUE PROVE TRUE PROVE TRUE",
        "2:35 a label cannot follow a NEW in an ASSUME that is part of another"
      ),
    ])
  func problems(body: String, message: String) {
    #expect(InMemory.problems(body) == message)
  }

  @Test(
    "Correct labels give no error",
    arguments: [
      "F(a) == \\A y \\in {1} : \\E <<z, u>> \\in {<<1, 2>>} : lab(u, y, z) :: a = y",
      "F == \\A y \\in {1} : out(y) :: \\E z \\in {1} : in(z) :: y = z",
      "F == <<lab :: lab :: 1, {2}>>",
      "F == \\A y \\in {1} : LET G(z) == lab :: z IN G(y)",
      "G(O(_)) == O(1)\nF == G(LAMBDA p : lab(p) :: p)",
      "ASSUME A == lab :: TRUE\nTHEOREM T == lab :: A!lab",
      "F == \\A y \\in {1} : lab(y) :: y = 1\nG == F!lab(1)",
    ])
  func allowed(body: String) {
    #expect(InMemory.problems(body) == "")
  }
}
