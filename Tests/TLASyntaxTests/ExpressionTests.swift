import TLASyntax
import Testing

@Suite struct ExpressionTests {
  static let literals = [
    Row("007", "7"), Row("0", "0"), Row(#"\b101"#, "5"), Row(#"\O17"#, "15"), Row(#"\hFf"#, "255"),
    Row(#"\hFFFFFFFFFFFFFFFFFF"#, "4722366482869645213695"), Row("1.50", "(decimal 1.50)"),
    Row("1..5", "(.. 1 5)"),
    Row(#""a\"b\\n""#, #""a"b\n""#), Row("TRUE", "TRUE"), Row("BOOLEAN", "BOOLEAN"), Row("1a", "1a"),
    Row("_x", "_x"), Row("x_1", "x_1"), Row("@", "@"), Row("(* a (* b *) *) x \\* y", "x"),
  ]

  static let names = [
    Row("F(a, b)", "F(a b)"), Row("I!Op(a)", "I!Op(a)"), Row("I(p)!J!Op", "I(p)!J!Op"),
    Row("Foo!1!<<", "Foo!1!<<"),
    Row("Foo!@!:", "Foo!@!:"), Row("Foo!2!(x)!>>", "Foo!2!(x)!>>"), Row("Fold(+, 0, s)", "Fold(+ 0 s)"),
    Row("Fold(LAMBDA x, y : x + y, 0, s)", "Fold((lambda (x y) (+ x y)) 0 s)"), Row("G(-.)", "G(-.)"),
    Row(#"G(\cup, a)"#, #"G(\cup a)"#), Row("+(1, 2)", "+(1 2)"), Row("M!+(1, 2)", "M!+(1 2)"),
    Row("lab :: x = 1", "(label lab (= x 1))"), Row("lab(a, b) :: a", "(label lab(a b) a)"),
  ]

  static let binders = [
    Row(#"\E x \in S : P(x) /\ Q"#, #"(\E (x in S) (/\ P(x) Q))"#),
    Row(#"\A x, y \in S, <<a, b>> \in T : x"#, #"(\A (x y in S, <<a b>> in T) x)"#),
    Row(#"\E x, y : x = y"#, #"(\E (x y) (= x y))"#),
    Row(#"\AA x : \EE y, z : x"#, #"(\AA (x) (\EE (y z) x))"#),
    Row(#"CHOOSE x \in S : x > 1"#, "(CHOOSE x in S (> x 1))"), Row("CHOOSE x : x", "(CHOOSE x x)"),
    Row(#"CHOOSE <<x, y>> \in S : x"#, "(CHOOSE <<x y>> in S x)"),
    Row(#"~ \A x \in S : x \/ y"#, #"(~ (\A (x in S) (\/ x y)))"#),
    Row(#"a /\ \E x \in S : b => c"#, #"(/\ a (\E (x in S) (=> b c)))"#),
  ]

  static let collections = [
    Row("{}", "{}"), Row("{1, 2}", "{1 2}"), Row(#"{x \in S : x > 0}"#, "(filter x in S (> x 0))"),
    Row(#"{<<a, b>> \in S \X T : a = b}"#, #"(filter <<a b>> in (\X S T) (= a b))"#),
    Row(#"{x + y : x \in S, y \in T}"#, "(map (+ x y) (x in S, y in T))"),
    Row(#"{(x \in S) : x \in T}"#, #"(map (\in x S) (x in T))"#), Row(#"{x \in S}"#, #"{(\in x S)}"#),
    Row("<<>>", "<<>>"), Row("<<1, <<2>>>>", "<<1 <<2>>>>"),
    Row(#"[x \in S |-> x + 1]"#, "(fun (x in S) (+ x 1))"),
    Row(#"[x, y \in S, <<a, b>> \in T |-> x]"#, "(fun (x y in S, <<a b>> in T) x)"),
    Row(#"[<<a, b>>, c \in S |-> a]"#, "(fun (<<a b>> c in S) a)"), Row("f[1]", "(app f 1)"),
    Row("f[1, 2][3]", "(app (app f 1 2) 3)"), Row("[S -> T]", "(funs S T)"),
    Row("[a |-> 1, b |-> 2]", "(record (a 1) (b 2))"), Row("[a : S, b : T]", "(records (a S) (b T))"),
    Row("[NEW |-> 1].NEW", "(. (record (NEW 1)) NEW)"), Row("r.a.b", "(. (. r a) b)"),
    Row("[f EXCEPT ![1] = 2]", "(except f ([1] 2))"),
    Row("[f EXCEPT ![a, b].c[d] = @ + 1, !.e = 0]", "(except f ([a b].c[d] (+ @ 1)) (.e 0))"),
    Row("x'[i].f", "(. (app (x ') i) f)"), Row("{1}[2]", "(app {1} 2)"),
  ]

  static let compounds = [
    Row("IF a THEN b ELSE c + 1", "(if a b (+ c 1))"),
    Row("CASE a -> 1 [] b -> 2 [] OTHER -> 3", "(case (a 1) (b 2) (other 3))"),
    Row("CASE a -> CASE b -> 1 [] OTHER -> 2 [] c -> 3", "(case (a (case (b 1) (other 2))) (c 3))"),
    Row("CASE a -> []b [] c -> d", "(case (a ([] b)) (c d))"),
    Row("LET x == 1 y == 2 IN x + y", "(let ((def x 1) (def y 2)) (+ x y))"),
    Row(#"LET f[n \in Nat] == f[n - 1] IN f"#, "(let ((deffun f (n in Nat) (app f (- n 1)))) f)"),
    Row("LET I == INSTANCE M WITH a <- 1 IN I!x", "(let ((def I (instance M (a 1)))) I!x)"),
    Row("LET RECURSIVE F(_), G F(x) == G IN F", "(let ((recursive F/1 G) (def F(x) G)) F)"),
    Row("LET a ++ b == a IN 1 ++ 2", "(let ((def ++(a b) a)) (++ 1 2))"),
  ]

  static let temporal = [
    Row("[][Next]_vars", "([] (box Next vars))"), Row("[Next]_<<x, y>>", "(box Next <<x y>>)"),
    Row("<<Next>>_(x)", "(angle Next x)"), Row("<>[]P ~> Q", "(~> (<> ([] P)) Q)"),
    Row("WF_vars(Next)", "(WF vars Next)"), Row("SF_<<x, y>>(A)", "(SF <<x y>> A)"),
    Row("WF_(x)(A)", "(WF x A)"), Row("WF_M!vars(A /\\ B)", "(WF M!vars (/\\ A B))"),
    Row("SF_I(1)!vars(A)", "(SF I(1)!vars A)"), Row("ENABLED <<A>>_v", "(ENABLED (angle A v))"),
    Row("Init /\\ [][Next]_vars /\\ WF_vars(A)", "(/\\ Init ([] (box Next vars)) (WF vars A))"),
    Row("UNCHANGED <<x, y>>", "(UNCHANGED <<x y>>)"), Row("x' = y'", "(= (x ') (y '))"),
  ]

  @Test(arguments: literals) func readsLiterals(_ row: Row) { #expect(read(row.source) == row.tree) }
  @Test(arguments: names) func readsNames(_ row: Row) { #expect(read(row.source) == row.tree) }
  @Test(arguments: binders) func readsBinders(_ row: Row) { #expect(read(row.source) == row.tree) }
  @Test(arguments: collections) func readsCollections(_ row: Row) { #expect(read(row.source) == row.tree) }
  @Test(arguments: compounds) func readsCompounds(_ row: Row) { #expect(read(row.source) == row.tree) }
  @Test(arguments: temporal) func readsTemporal(_ row: Row) { #expect(read(row.source) == row.tree) }

  @Test func unicodeReadsAsASCII() {
    let pairs = [
      ("∀ x ∈ S : x ≥ 1 ⇒ ¬(x ≠ 2)", #"\A x \in S : x >= 1 => ~(x /= 2)"#),
      ("∃ x, y : x ≡ y", #"\E x, y : x <=> y"#), ("[x ∈ ℕ ↦ x′]", #"[x \in Nat |-> x']"#),
      ("⟨a, b⟩ ∘ ⟨⟩", #"<<a, b>> \o <<>>"#), ("⟨A⟩_v", "<<A>>_v"), ("□◇P ↝ ◇Q", "[]<>P ~> <>Q"),
      ("S × T × U", #"S \X T \X U"#), ("[S → T]", "[S -> T]"), ("(A ∪ B) ∖ C", #"(A \cup B) \ C"#),
      ("a ∧ b ∧ c", #"a /\ b /\ c"#), ("CASE a → 1 □ b → 2", "CASE a -> 1 [] b -> 2"),
      ("1‥3 ⊆ SUBSET S", #"1..3 \subseteq SUBSET S"#), ("x ≔ y ÷ 2", #"x := y \div 2"#),
      ("a ⊕ b ⊗ c", #"a (+) b (\X) c"#),
    ]
    for (unicode, ascii) in pairs { #expect(read(unicode) == read(ascii), "\(unicode)") }
  }

  @Test func synonymsHaveOneName() {
    let groups = [
      ["a <= b", "a =< b", #"a \leq b"#, "a ≤ b"], ["a >= b", #"a \geq b"#], ["a # b", "a /= b", "a ≠ b"],
      [#"a \cup b"#, #"a \union b"#], [#"a \cap b"#, #"a \intersect b"#], [#"a \o b"#, #"a \circ b"#],
      [#"a \X b"#, #"a \times b"#], ["a <=> b", #"a \equiv b"#], ["~a", #"\neg a"#, #"\lnot a"#],
      [#"a /\ b"#, #"a \land b"#], [#"a \/ b"#, #"a \lor b"#], ["a (+) b", #"a \oplus b"#],
    ]
    for group in groups { #expect(Set(group.map(read)).count == 1, "\(group)") }
    #expect(read("a <= b") == #"(\leq a b)"#)
    #expect(read(#"a \intersect b"#) == #"(\cap a b)"#)
  }

  @Test func spansCoverWhatWasRead() throws {
    let file = SourceFile(name: "x", text: "  (a + b) * c.d")
    let tree = try #require(Parser.parseExpression(file).tree)
    #expect(tree.span.text == "(a + b) * c.d")
    guard case .infix(let symbol, let left, let right) = tree.kind else {
      Issue.record("not an infix expression")
      return
    }
    #expect(symbol.span.text == "*")
    #expect(left.span.text == "(a + b)")
    #expect(right.span.text == "c.d")
    #expect(tree.span.startPosition == SourcePosition(line: 1, column: 3))
    #expect(tree.span.endPosition == SourcePosition(line: 1, column: 15))
  }
}
