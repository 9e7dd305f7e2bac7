import TLASyntax
import Testing

@Suite struct RecoveryTests {
  @Test func everyErrorOfAFileIsReported() {
    #expect(
      units(
        """
        A == (1
        B == 2
        C == [x
        D == {1, }
        E = 5
        F == "open
        G == 7
        """) == [
          "(def A INVALID)", "(def B 2)", "(def C INVALID)", "(def D INVALID)", "(def E 5)",
          "(def F INVALID)",
          "(def G 7)", "3:1 expected `)` or an operator, found `B`",
          "5:1 expected `|->`, `->`, `EXCEPT`, `]_` or an operator, found `D`",
          "5:10 expected an expression, found `}`", "6:3 `=` does not define `E`",
          "7:6 the string is not closed",
        ])
  }

  @Test func anUnfinishedExpressionDoesNotEatTheNextDefinition() {
    #expect(
      units(
        """
        A == 1 +
        B == 2
        C == F(1,
        D(x) == 3
        E == /\\ 1
             /\\
        G == 4
        """) == [
          "(def A INVALID)", "(def B 2)", "(def C INVALID)", "(def D(x) 3)", "(def E INVALID)", "(def G 4)",
          "3:1 the expression is unfinished: the next definition, `B`, starts here",
          "5:1 the expression is unfinished: the next definition, `D`, starts here",
          "8:1 the expression is unfinished: the next definition, `G`, starts here",
        ])
  }

  @Test func declarationsRecoverToo() {
    #expect(
      units(
        """
        VARIABLES a b, c
        CONSTANT
        A == 1
        EXTENDS X
        LOCAL VARIABLE z
        B == 2
        """) == [
          "(def A 1)", "(def B 2)", "2:13 expected `,` or a new definition, found `b`",
          "4:1 expected a name to declare, found `A`",
          "5:1 `EXTENDS` must come first in the module, and only once",
          "6:7 expected the name of a definition, found `VARIABLE`",
        ])
  }

  @Test func anErrorInANestedModuleStaysThere() {
    #expect(
      units(
        """
        ---- MODULE Inner ----
          a == )
          b == 2
        ====
        c == 3
        """) == [
          "(module Inner (def a INVALID) (def b 2))", "(def c 3)", "3:8 expected an expression, found `)`",
        ])
  }

  @Test func withoutAModuleThereIsNoTree() {
    let result = Parser.parseModule(SourceFile(name: "x.tla", text: "x == 1\n"))
    #expect(result.tree == nil)
    #expect(result.diagnostics.map(\.message) == ["there is no module in this file"])
    let unclosed = Parser.parseModule(SourceFile(name: "x.tla", text: "---- MODULE x ----\nx == 1\n"))
    #expect(unclosed.tree?.units.count == 1)
    #expect(unclosed.diagnostics.map(\.message) == ["the module `x` is not closed"])
  }

  /// Forms that can be nested without end: brackets, prefixes, chains and modules.
  static let nesting = [
    ("(", "1", ")"), ("{", "1", "}"), ("<<", "1", ">>"), ("[x \\in ", "S", " |-> x]"), ("f[", "1", "]"),
    ("F(", "1", ")"), ("[f EXCEPT ![1] = ", "1", "]"), ("IF a THEN b ELSE ", "1", ""),
    ("\\E x \\in S : ", "1", ""),
    ("CASE a -> ", "1", ""), ("LET x == ", "1", " IN x"), ("WF_x(", "A", ")"), ("~", "a", ""),
    ("/\\ ", "a", ""),
    ("1 + ", "1", ""), ("", "a", "'"), ("", "r", ".f"), ("", "f", "[1]"), ("LAMBDA x : ", "1", ""),
    ("[A]_", "v", ""), ("lab :: ", "1", ""),
  ]

  @Test(arguments: nesting) func deepNestingIsAnErrorNotACrash(
    _ open: String, _ middle: String, _ close: String
  ) {
    func text(_ levels: Int) -> String {
      String(repeating: open, count: levels) + middle + String(repeating: close, count: levels)
    }
    #expect(!read(text(400)).contains("nested too deeply"))
    #expect(read(text(3_000)).hasPrefix("the expression is nested too deeply"))
  }

  @Test func deepModulesAndStatementsAreErrorsToo() {
    let modules = (0..<5_000).map { "---- MODULE M\($0) ----" }.joined(separator: "\n")
    #expect(units(modules).contains { $0.contains("modules are nested too deeply") })
    #expect(
      units("THEOREM " + String(repeating: "ASSUME ", count: 50_000) + "\nA == 1") == [
        "(def A 1)", "2:7009 the expression is nested too deeply",
      ])
  }
}
