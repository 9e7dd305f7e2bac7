import TLASyntax
import Testing

/// All messages of the parser, as the user sees them. A block is a source line of a module and the message about it. In a source line, `⏎`
/// is a line break, `␛` an escape character and `␠` a right-to-left override.
@Suite struct MessageTests {
  struct Block: Sendable, CustomTestStringConvertible {
    let source: String
    let expected: String
    var testDescription: String { source }
  }

  @Test(arguments: blocks) func saysWhatIsWrong(_ block: Block) {
    let source = block.source.replacing("⏎", with: "\n").replacing("␛", with: "\u{1B}")
      .replacing("␠", with: "\u{202E}")
    let lines = problems(source).split(separator: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    #expect(lines.joined(separator: "\n") == block.expected)
  }

  static let blocks: [Block] = snapshot.split(separator: ">>> ").map { block in
    let lines = block.split(separator: "\n")
    return Block(source: String(lines[0]), expected: lines.dropFirst().joined(separator: "\n"))
  }

  static let snapshot = ##"""
    >>> A = 1
    M.tla:2:3: error: `=` does not define `A` [define]
      2 | A = 1
        |   ^
    hint: a definition is written `A == …`
    >>> A := 1
    M.tla:2:3: error: `:=` does not define `A` [define]
      2 | A := 1
        |   ^~
    hint: a definition is written `A == …`
    >>> A == x == 1
    M.tla:2:8: error: `==` stands inside an expression [equality]
      2 | A == x == 1
        |        ^~
    hint: `==` defines an operator; equality is written `=`
    >>> A == x != 1
    M.tla:2:8: error: expected an operator or a new definition, found `!` [expected]
      2 | A == x != 1
        |        ^
    hint: inequality is written `#` or `/=`
    >>> A == x != (1)
    M.tla:2:8: error: expected an operator or a new definition, found `!` [expected]
      2 | A == x != (1)
        |        ^
    hint: inequality is written `#` or `/=`
    >>> A == IF a THEN b
    M.tla:3:1: error: expected `ELSE` or an operator, found the end of the module [expected]
      3 | ====
        | ^~~~
    M.tla:2:6: note: the `IF`
      2 | A == IF a THEN b
        |      ^~
    >>> A == (1
    M.tla:3:1: error: expected `)` or an operator, found the end of the module [unclosed]
      3 | ====
        | ^~~~
    M.tla:2:6: note: this `(` is not closed
      2 | A == (1
        |      ^
    >>> A == [x]
    M.tla:2:8: error: `[…]` is neither a function nor an action: expected `|->`, `->`, `EXCEPT` or `]_` [expected]
      2 | A == [x]
        |        ^
    M.tla:2:6: note: opened here
      2 | A == [x]
        |      ^
    hint: a sequence is written `<<…>>`, a set `{…}`, grouping `(…)`, an action `[A]_vars`
    >>> A == [1 |-> 2]
    M.tla:2:7: error: expected `x \in S` before `|->` [expected]
      2 | A == [1 |-> 2]
        |       ^
    hint: a function is written `[x \in S |-> e]`, a record `[field |-> e]`, a sequence `<<a, b>>`
    >>> A == {x \in S : }
    M.tla:2:17: error: expected an expression, found `}` [expected]
      2 | A == {x \in S : }
        |                 ^
    >>> A == F()
    M.tla:2:8: error: an argument is missing between the parentheses [expected]
      2 | A == F()
        |        ^
    hint: an operator without arguments is used without `()`
    >>> A() == 1
    M.tla:2:3: error: a parameter is missing between the parentheses [expected]
      2 | A() == 1
        |   ^
    hint: a definition without parameters is written without `()`
    >>> A == \E x S : y
    M.tla:2:11: error: expected `\in`, `,` or `:`, found `S` [expected]
      2 | A == \E x S : y
        |           ^
    >>> A == CASE a => b
    M.tla:3:1: error: expected `->` or an operator, found the end of the module [expected]
      3 | ====
        | ^~~~
    >>> A == /\ (a⏎     /\ b)
    M.tla:3:6: error: expected `)` or an operator, but `/\` is at or left of the bullet, which ends the item [list]
      3 |      /\ b)
        |      ^~
    M.tla:2:9: note: this `(` is not closed
      2 | A == /\ (a
        |         ^
    M.tla:2:6: note: the item that this `/\` opens ends before column 7
      2 | A == /\ (a
        |      ^~
    hint: indent what belongs to the item further than its `/\`
    >>> A == 1 ; B == 2
    M.tla:2:8: error: `;` is no symbol of TLA+ [character]
      2 | A == 1 ; B == 2
        |        ^
    hint: TLA+ has no statements; items of a list are separated by `,`
    >>> A == x && y = z && w = 1
    M.tla:2:22: error: `=` and `=` cannot meet without parentheses: neither binds tighter [precedence]
      2 | A == x && y = z && w = 1
        |                      ^
    M.tla:2:13: note: the other operator
      2 | A == x && y = z && w = 1
        |             ^
    hint: conjunction is written `/\`
    >>> A == "abc
    M.tla:2:6: error: the string is not closed [unclosed]
      2 | A == "abc
        |      ^~~~
    hint: a string ends on its own line, with `"`; a quotation mark inside it is `\"`
    >>> A == (* open
    M.tla:2:6: error: the comment is not closed [unclosed]
      2 | A == (* open
        |      ^~
    hint: close it with `*)`
    >>> A == [f EXCEPT 1 = 2]
    M.tla:2:16: error: expected `!`, found the number `1` [expected]
      2 | A == [f EXCEPT 1 = 2]
        |                ^
    hint: an update is written `![x] = e` or `!.field = e`
    >>> A == [f EXCEPT ![1] == 2]
    M.tla:2:21: error: expected `=`, found `==` [equality]
      2 | A == [f EXCEPT ![1] == 2]
        |                     ^~
    hint: in an `EXCEPT`, write `=`
    >>> A == [Next]_
    M.tla:3:1: error: expected a subscript, found the end of the module [expected]
      3 | ====
        | ^~~~
    hint: the subscript is a variable or a tuple, such as `_vars` or `_<<x, y>>`
    >>> A == x.1
    M.tla:2:8: error: expected the name of a field, found the number `1` [expected]
      2 | A == x.1
        |        ^
    >>> A == a b
    M.tla:2:8: error: expected an operator or a new definition, found `b` [expected]
      2 | A == a b
        |        ^
    >>> A == LET x == 1
    M.tla:3:1: error: expected an operator, a definition or `IN`, found the end of the module [expected]
      3 | ====
        | ^~~~
    M.tla:2:6: note: the `LET`
      2 | A == LET x == 1
        |      ^~~
    >>> A == LET IN x
    M.tla:2:10: error: expected a definition, found `IN` [expected]
      2 | A == LET IN x
        |          ^~
    >>> A == THEN x
    M.tla:2:6: error: an expression is missing before `THEN` [expected]
      2 | A == THEN x
        |      ^~~~
    >>> A == )
    M.tla:2:6: error: expected an expression, found `)` [expected]
      2 | A == )
        |      ^
    >>> A == “x”
    M.tla:2:6: error: `“` is no symbol of TLA+ [character]
      2 | A == “x”
        |      ^
    hint: strings are written with the straight `"`
    M.tla:2:8: error: `”` is no symbol of TLA+ [character]
      2 | A == “x”
        |        ^
    hint: strings are written with the straight `"`
    >>> A == ␛[31m
    M.tla:2:6: error: `\u{1B}` is no symbol of TLA+ [character]
      2 | A == \u{1B}[31m
        |      ^~~~~~
    >>> A == a and b
    M.tla:2:8: error: expected an operator or a new definition, found `and` [expected]
      2 | A == a and b
        |        ^~~
    hint: conjunction is written `/\`
    >>> A == WF_vars
    M.tla:3:1: error: expected `(` and the action, found the end of the module [expected]
      3 | ====
        | ^~~~
    >>> VARIABLES a b
    M.tla:2:13: error: expected `,` or a new definition, found `b` [expected]
      2 | VARIABLES a b
        |             ^
    hint: declared names are separated by commas
    >>> A == <<1, 2
    M.tla:3:1: error: expected `,`, `>>` or an operator, found the end of the module [unclosed]
      3 | ====
        | ^~~~
    M.tla:2:6: note: this `<<` is not closed
      2 | A == <<1, 2
        |      ^~
    >>> A == \A <<x, y>> : z
    M.tla:2:18: error: expected `\in` after a tuple of names, found `:` [expected]
      2 | A == \A <<x, y>> : z
        |                  ^
    >>> INSTANCE M WITH a = 1
    M.tla:2:19: error: expected `<-`, found `=` [expected]
      2 | INSTANCE M WITH a = 1
        |                   ^
    hint: a substitution is written `name <- expression`
    >>> F(x y) == 1
    M.tla:2:5: error: expected `,`, `)` or an operator, found `y` [unclosed]
      2 | F(x y) == 1
        |     ^
    M.tla:2:2: note: this `(` is not closed
      2 | F(x y) == 1
        |  ^
    >>> A == a <-1
    M.tla:2:8: error: expected an operator or a new definition, found `<-` [expected]
      2 | A == a <-1
        |        ^~
    hint: to compare with a negative number, put a blank between `<` and `-`
    >>> A == S -> T
    M.tla:2:8: error: expected an operator or a new definition, found `->` [expected]
      2 | A == S -> T
        |        ^~
    hint: implication is written `=>`; `->` belongs in `[S -> T]` and `CASE`
    >>> A == CASE OTHER -> 1
    M.tla:2:6: error: a `CASE` needs an arm before `OTHER` [expected]
      2 | A == CASE OTHER -> 1
        |      ^~~~
    >>> A == if x THEN y
    M.tla:2:9: error: expected an operator or a new definition, found `x` [expected]
      2 | A == if x THEN y
        |         ^
    hint: keywords are written in capitals: `IF`
    >>> A == x'' +
    M.tla:3:1: error: expected an expression, found the end of the module [expected]
      3 | ====
        | ^~~~
    >>> A == I!
    M.tla:2:7: error: expected an operator or a new definition, found `!` [expected]
      2 | A == I!
        |       ^
    >>> lab == 1 F(1) :: 3
    M.tla:2:10: error: expected an operator or a new definition, found `F` [expected]
      2 | lab == 1 F(1) :: 3
        |          ^
    >>> A == lab(1) :: 2
    M.tla:2:10: error: the parameters of a label must be names [expected]
      2 | A == lab(1) :: 2
        |          ^
    >>> A == 1 [] 2
    M.tla:2:8: error: expected an operator or a new definition, found `[]` [expected]
      2 | A == 1 [] 2
        |        ^~
    hint: as a separator, `[]` belongs to a `CASE`, whose last arm is `OTHER`
    >>> A == \foo
    M.tla:2:6: error: expected an expression, found `\` [expected]
      2 | A == \foo
        |      ^
    hint: `\foo` is no operator of TLA+
    >>> A(f(_, x)) == 1
    M.tla:2:8: error: expected `_`, found `x` [expected]
      2 | A(f(_, x)) == 1
        |        ^
    hint: the parameters of an operator parameter are written `_`
    >>> A == .5
    M.tla:2:6: error: expected an expression, found `.` [expected]
      2 | A == .5
        |      ^
    >>> A == x \unoin y
    M.tla:2:15: error: expected an operator or a new definition, found `y` [expected]
      2 | A == x \unoin y
        |               ^
    hint: `\unoin` is no operator of TLA+; did you mean `\union`?
    >>> A == if x = 1 then 2
    M.tla:2:9: error: expected an operator or a new definition, found `x` [expected]
      2 | A == if x = 1 then 2
        |         ^
    hint: keywords are written in capitals: `IF`
    >>> A == (* a (* b *)
    M.tla:2:6: error: the comment is not closed [unclosed]
      2 | A == (* a (* b *)
        |      ^~
    hint: close it with `*)`
    >>> LOCAL A = 1
    M.tla:2:9: error: `=` does not define `A` [define]
      2 | LOCAL A = 1
        |         ^
    hint: a definition is written `A == …`
    >>> A == LET x = 1 IN x
    M.tla:2:12: error: `=` does not define `x` [define]
      2 | A == LET x = 1 IN x
        |            ^
    hint: a definition is written `x == …`
    >>> A == \E <<>> \in S : x
    M.tla:2:11: error: expected a name to bind, found `>>` [expected]
      2 | A == \E <<>> \in S : x
        |           ^~
    >>> A == LET LOCAL b == 1 IN b
    M.tla:2:10: error: `LOCAL` cannot stand in a `LET` [expected]
      2 | A == LET LOCAL b == 1 IN b
        |          ^~~~~
    hint: what a `LET` defines is local to it anyway
    >>> A == CHOOSE x \in S x
    M.tla:2:21: error: expected `:`, found `x` [expected]
      2 | A == CHOOSE x \in S x
        |                     ^
    >>> A == {a, b
    M.tla:3:1: error: expected `,`, `}` or an operator, found the end of the module [unclosed]
      3 | ====
        | ^~~~
    M.tla:2:6: note: this `{` is not closed
      2 | A == {a, b
        |      ^
    >>> A == [x \in S |-> 1
    M.tla:3:1: error: expected `]` or an operator, found the end of the module [unclosed]
      3 | ====
        | ^~~~
    M.tla:2:6: note: this `[` is not closed
      2 | A == [x \in S |-> 1
        |      ^
    >>> A == [a |-> 1, b : 2]
    M.tla:2:18: error: expected `|->`, found `:` [expected]
      2 | A == [a |-> 1, b : 2]
        |                  ^
    >>> A == x ␠ y
    M.tla:2:8: error: `\u{202E}` is no symbol of TLA+ [character]
      2 | A == x \u{202E} y
        |        ^~~~~~~~
    >>> ASSUME
    M.tla:3:1: error: expected an expression, found the end of the module [expected]
      3 | ====
        | ^~~~
    >>> A == [S -> T
    M.tla:3:1: error: expected `]` or an operator, found the end of the module [unclosed]
      3 | ====
        | ^~~~
    M.tla:2:6: note: this `[` is not closed
      2 | A == [S -> T
        |      ^
    >>> A == \A x \in S y
    M.tla:2:17: error: expected `:`, found `y` [expected]
      2 | A == \A x \in S y
        |                 ^
    >>> A == LAMBDA : x
    M.tla:2:13: error: expected a parameter's name, found `:` [expected]
      2 | A == LAMBDA : x
        |             ^
    >>> RECURSIVE F(x)
    M.tla:2:13: error: expected `_`, found `x` [expected]
      2 | RECURSIVE F(x)
        |             ^
    hint: the parameters of an operator parameter are written `_`
    >>> LOCAL x
    M.tla:3:1: error: expected `==`, found the end of the module [expected]
      3 | ====
        | ^~~~
    >>> A == @ @
    M.tla:2:8: error: expected an operator or a new definition, found `@` [expected]
      2 | A == @ @
        |        ^
    >>> A == x = = y
    M.tla:2:10: error: expected an expression, found `=` [expected]
      2 | A == x = = y
        |          ^
    >>> A == CASE a -> 1 [] OTHER -> 2 [] b -> 3
    M.tla:2:32: error: expected an operator or a new definition, found `[]` [expected]
      2 | A == CASE a -> 1 [] OTHER -> 2 [] b -> 3
        |                                ^~
    hint: as a separator, `[]` belongs to a `CASE`, whose last arm is `OTHER`
    """##
}
