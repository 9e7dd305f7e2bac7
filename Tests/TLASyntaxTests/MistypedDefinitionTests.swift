import TLASyntax
import Testing

@Suite("Definitions and equations that are written with another sign") struct MistypedDefinitionTests {
  private func first(_ body: String) throws -> Diagnostic {
    try #require(parse(body).diagnostics.first, "nothing is reported")
  }

  @Test(
    "A line that seems to define a name",
    arguments: [
      "Next = x", "Next := x", "Next: x", "Next -> x", "Next <- x", "Next => x", "Next |-> x", "Next(a) = a",
      "Next[n \\in S] = n", "def Next == x", "LOCAL Next = x", "A == LET Next = x IN Next",
    ])
  func definitions(body: String) throws {
    let problem = try first(body)
    #expect(problem.code == .define)
    #expect(problem.hint == "a definition is written `Next == …`")
  }

  @Test(
    "Two equals signs in an expression",
    arguments: [
      "A == x == 1", "A == (x == 1)", "A == {x == 1}", "A == {n \\in S : n == 1}", "A == <<x == 1>>",
      "A == [n \\in S |-> n == 1]", "A == [f EXCEPT ![1] == 2]", "A == IF x == 1 THEN y ELSE z",
      "A == CASE x == 1 -> y", "A == \\E n \\in S : n == 1", "A == /\\ x' == 1\n     /\\ y' == 2",
      "A == F(x == 1)",
    ])
  func equations(body: String) throws {
    let problem = try first(body)
    #expect(problem.code == .equality)
    #expect(
      problem.hint?.contains("write") == true || problem.hint?.contains("equality is written `=`") == true)
  }

  @Test(
    "Other slips",
    arguments: [
      ("A === x", "a definition is written with `==`"),
      ("A == UNCHANGED x, y", "several variables are written as a tuple: `UNCHANGED <<x, y>>`"),
      ("A == x /\\ unchanged y", "keywords are written in capitals: `UNCHANGED`"),
    ])
  func others(body: String, hint: String) throws {
    #expect(try first(body).hint == hint)
  }
}
