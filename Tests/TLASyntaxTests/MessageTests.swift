import TLASyntax
import Testing

@Suite struct MessageTests {
  static let sources = [
    "A = 1", "A := 1", "A == x == 1", "A == x != 1", "A == x != (1)", "A == IF a THEN b", "A == (1",
    "A == [x]", "A == [1 |-> 2]", "A == {x \\in S : }",
    "A == F()", "A() == 1", "A == \\E x S : y", "A == CASE a => b", "A == /\\ (a\n     /\\ b)",
    "A == 1 ; B == 2", "A == x && y = z && w = 1",
    "A == \"abc", "A == (* open", "A == [f EXCEPT 1 = 2]", "A == [f EXCEPT ![1] == 2]", "A == [Next]_",
    "A == x.1", "A == a b", "A == LET x == 1",
    "A == LET IN x", "A == THEN x", "A == )", "A == “x”", "A == \u{1B}[31m", "A == a and b", "A == WF_vars",
    "VARIABLES a b", "A == <<1, 2", "A == \\A <<x, y>> : z", "INSTANCE M WITH a = 1",
    "F(x y) == 1", "A == a <-1", "A == S -> T", "A == CASE OTHER -> 1", "A == if x THEN y", "A == x'' + ",
    "A == I!", "lab == 1 F(1) :: 3", "A == lab(1) :: 2", "A == 1 [] 2", "A == \\foo", "A(f(_, x)) == 1",
    "A == .5", "A == x \\unoin y", "A == \\foo", "A == if x = 1 then 2", "A == (* a (* b *)",
    "A == x.a.IF + 1", "A == [IF |-> 1]", "LOCAL A = 1", "A == LET x = 1 IN x", "A == \\E <<>> \\in S : x",
  ]
  @Test func messages() {
    for source in Self.sources {
      print(
        ">>> " + source.replacing("\n", with: "⏎").replacing("\u{1B}", with: "␛") + "\n" + problems(source))
    }
  }
}
