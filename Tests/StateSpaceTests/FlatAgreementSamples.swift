extension FlatAgreementTests {
  // MARK: Recursion

  /// What a specification defines, and the value of it that a step takes and an invariant asks about.
  static let recursive: [FlatSample] =
    [
      (
        "a sum over a set", "RECURSIVE F(_)",
        "F(t) == IF t = {} THEN 0 ELSE LET i == CHOOSE i \\in t : TRUE IN i + F(t \\ {i})", "F(s)"
      ),
      (
        "a sum over a sequence", "RECURSIVE F(_)",
        "F(t) == IF t = <<>> THEN 0 ELSE Head(t) + F(Tail(t))", "F(q)"
      ),
      (
        "a sequence that is made", "RECURSIVE F(_)",
        "F(t) == IF t = <<>> THEN <<>> ELSE Append(F(Tail(t)), Head(t))", "Len(F(q)) + F(q)[Len(q)]"
      ),
      ("two calls", "RECURSIVE F(_)", "F(n) == IF n < 2 THEN n ELSE F(n - 1) + F(n - 2)", "F(x)"),
      (
        "arguments that change places", "RECURSIVE F(_, _, _)",
        "F(a, b, n) == IF n = 0 THEN 10 * a + b ELSE F(b, a, n - 1)", "F(x, 1, x) + F(2, x, 3)"
      ),
      (
        "a call in an argument", "RECURSIVE F(_)", "F(n) == IF n > 20 THEN n - 10 ELSE F(F(n + 11))",
        "F(x + 3)"
      ),
      (
        "operators that call each other", "RECURSIVE F(_), G(_)",
        "F(n) == n = 0 \\/ G(n - 1)\nG(n) == n # 0 /\\ F(n - 1)", "IF F(x) /\\ ~G(x) THEN 1 ELSE 0"
      ),
      (
        "a condition", "RECURSIVE F(_, _)",
        "F(t, n) == t = {} \\/ \\E i \\in t : i < n /\\ F(t \\ {i}, n)", "IF F(s, 4) THEN 1 ELSE 2"
      ),
      (
        "a set that grows", "RECURSIVE F(_)",
        "F(t) == LET u == t \\cup {(i + 2) % 7 : i \\in t} IN IF u = t THEN t ELSE F(u)",
        "Cardinality(F({x}))"
      ),
      (
        "a definition inside that knows names from outside", "G(k) == k + 1",
        "F(n, k) == LET RECURSIVE H(_) H(m) == IF m = 0 THEN k + x ELSE H(m - 1) + k IN H(n) + G(k)",
        "F(x, 2) + F(3, x)"
      ),
      (
        "a recursive function", "G(n) == n",
        "F[n \\in 0..6] == IF n = 0 THEN 1 ELSE 2 * F[n - 1] + G(n)", "F[x] + Cardinality(DOMAIN F)"
      ),
      (
        "a recursive function of two arguments", "G(n) == n",
        "F[n \\in 0..6, m \\in 0..3] == IF n = 0 \\/ m = 0 THEN n + m ELSE F[n - 1, m] + F[n, m - 1]",
        "F[x % 4, 2]"
      ),
      (
        "an argument outside of the domain", "G(n) == n",
        "F[n \\in 0..4] == IF n = 0 THEN 1 ELSE 2 * F[n - 1]", "F[x]"
      ),
      (
        "a recursion that does not end for one state", "RECURSIVE F(_)",
        "F(n) == IF n = 0 THEN 0 ELSE IF n = 5 THEN Head(<<>>) ELSE 1 + F(n - 1)", "F(x)"
      ),
      (
        "an argument that is not used", "RECURSIVE F(_, _)",
        "F(n, a) == IF n = 0 THEN 0 ELSE 1 + F(n - 1, 7 \\div (n - 1))", "F(x, x)"
      ),
      (
        "values that are used after several calls", "RECURSIVE F(_, _)",
        """
        F(n, t) == IF n = 0 THEN Cardinality(t) ELSE LET a == F(n - 1, t \\cup {n}) b == F(n - 1, t \\ {n})
          IN IF a > b THEN a * n + b - Cardinality(t) ELSE F(n - 1, {a % 7}) + n
        """, "F(x % 4, s) % 50"
      ),
      (
        "calls in a loop", "RECURSIVE F(_)",
        """
        F(n) == IF n = 0 THEN {x} ELSE
          LET u == {i \\in 0..6 : \\A j \\in F(n - 1) : i # j + n} IN {i \\in u : i > n \\/ i \\in F(n - 1)}
        """, "Cardinality(F(x % 3)) + Cardinality(F(2))"
      ),
      (
        "an operator inside that calls the one outside", "RECURSIVE F(_)",
        """
        F(n) == LET RECURSIVE G(_, _) G(m, k) == IF m = 0 THEN k ELSE G(m - 1, k + 1) + (F(m - 1) % 3)
          IN IF n = 0 THEN y ELSE G(n, n) + n
        """, "F(x % 4) % 40"
      ),
      (
        "records", "RECURSIVE F(_, _)",
        "F(r, n) == IF n = 0 THEN r ELSE F([r EXCEPT !.a = @ + n, !.b = {r.a} \\cup @], n - 1)",
        "F([a |-> x, b |-> s], 3).a + Cardinality(F([a |-> x, b |-> s], 2).b)"
      ),
      (
        "calls for each element", "RECURSIVE F(_)",
        "F(n) == IF n = 0 THEN x ELSE F(n - 1) + 1",
        "IF \\A i \\in s : \\E j \\in 0..2 : F(i) >= F(j) THEN F(2) ELSE F(3)"
      ),
      (
        "a result that is looked for in a set", "RECURSIVE F(_)",
        "F(t) == IF t = {} THEN 0 ELSE LET i == CHOOSE i \\in t : TRUE IN i - 1 + F(t \\ {i})",
        "IF F(s) \\in {2, 3, 9} THEN 1 ELSE IF F(s) - 4 \\in {-4, 0} THEN 2 ELSE 0"
      ),
      (
        "functions of the state", "G(k) == [i \\in 0..6 |-> IF i \\in s THEN i + y ELSE k]",
        "F == [i \\in 0..6 |-> IF i \\in s /\\ i # 3 THEN i + y ELSE IF i = x THEN 2 * i ELSE G(i)[x]]",
        "F[x] + (IF y = 2 THEN F[3] + F[y] ELSE F[0]) + Cardinality({j \\in 0..6 : F[j] > y})"
      ),
      (
        "a recursion over a function of the state", "RECURSIVE Sum(_, _)",
        """
        Sum(f, t) == IF t = {} THEN 0 ELSE LET i == CHOOSE i \\in t : TRUE IN f[i] + Sum(f, t \\ {i})
        F == [<<i, j>> \\in (0..2) \\X (0..1) |-> IF i \\in s THEN i + j + y ELSE IF j = 0 THEN 1 ELSE x]
        """,
        "Sum(F, {<<1 + k, (j + 1) % 2>> : k \\in {-1, 0, 1}, j \\in {x}}) + Sum(F, {0, 2} \\X {0})"
      ),
    ].map { name, declaration, definition, value in
      FlatSample(
        name: "recursion: \(name)",
        body: """
          EXTENDS Integers, FiniteSets, Sequences
          VARIABLES x, s, q, y
          \(declaration)
          \(definition)
          Value == \(value)
          Init == x = 0 /\\ s = {} /\\ q = <<0>> /\\ y = 0
          Next == \\/ /\\ x' = (x + 1) % 7 /\\ y' = Value % 5
                     /\\ s' = s \\cup {x}
                     /\\ q' = IF Len(q) < 4 THEN Append(q, x) ELSE Tail(q)
                  \\/ x' = 0 /\\ s' = s \\ {y} /\\ UNCHANGED <<q, y>>
          Inv == Value # 9 \\/ y = 4
          """)
    }

  // MARK: Subsets and products

  static let subsets: [FlatSample] =
    [
      ("a subset is chosen", "\\E t \\in SUBSET s : s' = t \\cup {x}", "TRUE"),
      (
        "a subset of what is left", "\\E t \\in SUBSET (0..3 \\ s) : t # {} /\\ s' = s \\cup t",
        "\\A t \\in SUBSET s : Cardinality(t) < 4"
      ),
      ("a subset of constants", "\\E t \\in SUBSET {0, 2, 3} : s' = t \\cup {x}", "s # {0, 3}"),
      (
        "the first subset",
        "s' = CHOOSE t \\in SUBSET (s \\cup {x}) : Cardinality(t) = (x + 1) % 2 \\/ x \\in t",
        "Cardinality(s) < 3"
      ),
      (
        "pairs", "p' = p \\cup (s \\X {x, 1}) /\\ s' = {x} \\cup {a[1] : a \\in p}",
        "\\A a \\in p : a[1] < 3 \\/ a[2] # 1"
      ),
      (
        "pairs that are gone through", "s' = {x} /\\ \\E a \\in s \\X {1, x} : p' = p \\cup {a}",
        "\\A a \\in s \\X s, b \\in p : a # b"
      ),
      ("functions", "\\E f \\in [{0, 1} -> {0, x}] : s' = s \\cup {f[0], f[1] + 1}", "s # {0, 2, 3}"),
    ].map { name, step, condition in
      FlatSample(
        name: "sets: \(name)",
        body: """
          EXTENDS Integers, FiniteSets
          VARIABLES x, s, p
          Init == x = 0 /\\ s = {} /\\ p = {}
          Next == /\\ x' = (x + 1) % 4
                  /\\ \\/ (\(step))\(step.contains("p'") ? "" : " /\\ p' = p")
                     \\/ s' = {x} /\\ UNCHANGED p
          Inv == \(condition)
          """)
    }

  // MARK: Larger sets, sequences and powers

  static let larger: [FlatSample] =
    [
      (
        "subsets of some of many", "\\E u \\in SUBSET t : t' = (u \\cup {x}) \\ {y} /\\ q' = q",
        "Cardinality(t) < 5"
      ),
      (
        "subsets of a filter",
        "\\E u \\in SUBSET {i \\in t : i > y} : u # {} /\\ t' = u \\cup {x, y} /\\ q' = q",
        "\\A u \\in SUBSET t : 7 \\in u => Cardinality(u) < 4"
      ),
      (
        "the first subset of many",
        "t' = (CHOOSE u \\in SUBSET (t \\cup {x}) : y \\in u \\/ Cardinality(u) > 1) /\\ q' = q",
        "t # {1, 2, 3}"
      ),
      (
        "more subsets than are gone through", "t' = 0..14 /\\ q' = q",
        "x # 3 \\/ \\E u \\in SUBSET t : Cardinality(u) = 2 /\\ 13 \\in u"
      ),
      (
        "subsets of pairs",
        "t' = {x, y} /\\ q' = q",
        "\\A u \\in SUBSET {<<i, j>> \\in (0..3) \\X (0..4) : i + x = j} : Cardinality(u) # 3 \\/ <<0, x>> \\in u"
      ),
      (
        "SubSeq", "q' = SubSeq(q, 1 + (y % 2), Len(q)) \\o <<x>> /\\ t' = t",
        "Len(q) < 5 \\/ SubSeq(q, 2, 3) # <<4, 5>>"
      ),
      (
        "SubSeq that is empty", "q' = Append(SubSeq(q, Len(q) + 1 - (x % 2), Len(q)), x) /\\ t' = t",
        "SubSeq(q, 3, 2) = <<>>"
      ),
      ("SubSeq out of bounds", "q' = Append(q, x) /\\ t' = t", "x < 5 \\/ SubSeq(q, x - 5, 2) = <<0>>"),
      ("SubSeq of what is empty", "q' = SubSeq(<<>>, x + 3, y) \\o <<y>> /\\ t' = t", "x = 7"),
      (
        "SubSeq in records", "q' = Cut([s |-> q, n |-> x], 1, 2).s \\o <<x, y>> /\\ t' = t",
        "Cut([s |-> q, n |-> 0], 1, 1).n = 0"
      ),
      (
        "SelectSeq", "q' = SelectSeq(q, LAMBDA e : e # y) \\o <<x>> /\\ t' = t",
        "Len(SelectSeq(q, LAMBDA e : e > 2)) < 4"
      ),
      (
        "SelectSeq of an error", "q' = Append(q, x) /\\ t' = t",
        "Len(SelectSeq(q, LAMBDA e : 7 \\div (5 - e) > 1)) < 9"
      ),
      (
        "a sequence of computed length", "q' = [i \\in 1..(x % 4) |-> IF i < y THEN i + y ELSE x] /\\ t' = t",
        "Len([i \\in 1..Len(q) |-> q[i] + 1]) < 3 \\/ [i \\in 1..Len(q) |-> q[i] + x][2] # 4"
      ),
      (
        "an array of computed length", "q' = Made(x % 5, [i \\in 0..(x % 5) |-> i + y]).s /\\ t' = t",
        "Made(y, [i \\in 0..x |-> i]).n = y \\/ y > x"
      ),
      (
        "powers", "q' = <<2 ^ x, y ^ 3, 3 ^ (x % 4), x ^ y>> /\\ t' = t",
        "q = <<>> \\/ q[1] # 2 ^ 5 \\/ q[4] < 40"
      ),
      ("a power of nothing", "q' = <<x>> /\\ t' = t", "x ^ y >= 0"),
      ("negative powers", "q' = <<(y - 2) ^ x>> /\\ t' = t", "x # 6 \\/ 2 ^ (y - 2) > 0"),
      ("powers that are large", "q' = <<((x + 2) ^ (9 + y)) % 7>> /\\ t' = t", "2 ^ (25 + x) > 3"),
    ].map { name, step, condition in
      FlatSample(
        name: "larger: \(name)",
        body: """
          EXTENDS Integers, FiniteSets, Sequences
          VARIABLES x, y, t, q, w
          Sizes == [u \\in SUBSET {1, 2, 3, 9} |-> Cardinality(u)]
          RECURSIVE Grow(_, _)
          Grow(u, n) ==
            IF n = 0 THEN Cardinality(u) ELSE Grow(u \\cup {<<a[1], a[2], (a[3] + 1) % 8>> : a \\in u}, n - 1)
          Cut(r, m, n) == [r EXCEPT !.s = SubSeq(r.s, m, IF n > Len(r.s) THEN Len(r.s) ELSE n)]
          Made(n, f) == [s |-> [i \\in 1..n |-> f[i - 1]], n |-> n]
          Init == x = 0 /\\ y = 1 /\\ t = {1, 9} /\\ q = <<>> /\\ w = {<<0, 1, 0>>}
          Next == /\\ x' = (x + 1) % 8 /\\ y' \\in {y, (y + 1) % 3}
                  /\\ w' = IF Cardinality(w) > 4 THEN {<<x, y, x>>} ELSE w \\cup {<<x, y, (x * 3) % 8>>}
                  /\\ \(step)
          Inv == \(condition)
          """)
    }

  // MARK: Recursive actions

  static let recursiveActions: [FlatSample] =
    [
      (
        "several ways", "P(n) == n = 0 \\/ (n > 0 /\\ P(n - 1)) \\/ (n > 2 /\\ x # n /\\ P(n - 3))",
        "P(x % 6)"
      ),
      (
        "calls one after the other",
        "P(n) == n = 0 \\/ (n > 0 /\\ P(n - 1) /\\ P(n \\div 2) /\\ \\E i \\in {0, 1} : i < n)", "P(x % 5)"
      ),
      ("two calls", "P(n) == n = 0 \\/ \\E i \\in 0..(n - 1) : i # y /\\ P(i)", "P(x % 4) /\\ P(2)"),
      ("no way", "P(n) == n > y /\\ P(n - 1)", "(P(x) \\/ x = 3 \\/ x = 4)"),
      (
        "a way that depends on a choice",
        "P(n) == IF n > 4 THEN y = 1 ELSE CASE n = 4 -> TRUE [] n < 4 -> P(n + 1) \\/ P(n + 2)", "P(x)"
      ),
      ("an error", "P(n) == IF n = 0 THEN (IF x = 3 THEN Head(<<>>) ELSE TRUE) ELSE P(n - 1)", "P(x)"),
      (
        "a function",
        "P(n) == LET F[b \\in 0..9] == b = 0 \\/ \\E c \\in 0..(b - 1) : c # y /\\ F[c] IN F[n]",
        "P(x % 5)"
      ),
      (
        "an argument outside of the domain", "P(n) == LET F[b \\in 0..4] == b = 0 \\/ F[b - 1] IN F[n]",
        "P(x)"
      ),
      (
        "a quorum",
        """
        P(n) == LET F[b \\in 0..2] == b = 0 \\/ \\E q \\in {{0, 1}, {1, 2}, {0, 2}} :
                  \\E c \\in -1..(b - 1) : (c # -1 => F[c] /\\ \\A i \\in q : i # y) /\\ \\A d \\in (c + 1)..(b - 1) : d < 2
                IN F[n]
        """, "P(x % 3)"
      ),
    ].map { name, definition, step in
      FlatSample(
        name: "recursive action: \(name)",
        body: """
          EXTENDS Integers, Sequences
          VARIABLES x, y
          RECURSIVE P(_)
          \(definition)
          Init == x = 0 /\\ y = 0
          Next == x' = (x + 1) % 7 /\\ \(step) /\\ y' \\in {y, (y + 1) % 3}
          Inv == x # 6 \\/ y # 1
          """)
    }

  // MARK: Symmetry and views

  static let identities: [FlatSample] =
    [
      ("symmetry of one set", "SYMMETRY One"), ("symmetry of two sets", "SYMMETRY Both"),
      ("a group that is not of all permutations", "SYMMETRY Cycle"),
      ("a view", "VIEW View"), ("a symmetry and a view", "SYMMETRY Both\nVIEW View"),
      ("a symmetry and a property of steps", "SYMMETRY One\nPROPERTY Property"),
      ("a symmetry and an action constraint", "SYMMETRY Both\nACTION_CONSTRAINT Limit"),
      ("a symmetry and a temporal property", "SYMMETRY One\nPROPERTY Eventually"),
      ("a view and a temporal property", "VIEW View\nPROPERTY Eventually"),
    ].map { name, lines in
      FlatSample(
        name: name,
        body: """
          EXTENDS Integers, FiniteSets, TLC, Sequences
          CONSTANTS Nodes, Values
          VARIABLES owner, seen, queue, turns
          vars == <<owner, seen, queue, turns>>
          One == Permutations(Nodes)
          Both == Permutations(Nodes) \\cup Permutations(Values)
          Next3(n) == CHOOSE m \\in Nodes : m # n
          Cycle == {[n \\in Nodes |-> IF n = CHOOSE m \\in Nodes : TRUE THEN Next3(n) ELSE
            IF n = Next3(CHOOSE m \\in Nodes : TRUE) THEN CHOOSE m \\in Nodes : m # n /\\ m # Next3(n)
            ELSE CHOOSE m \\in Nodes : TRUE]}
          View == <<owner, seen, queue>>
          Init == /\\ owner \\in [Nodes -> Values \\cup {0}] /\\ \\A n \\in Nodes : owner[n] = 0
                  /\\ seen = {} /\\ queue = <<>> /\\ turns = 0
          Take(n, v) == /\\ owner[n] = 0
                        /\\ owner' = [owner EXCEPT ![n] = v]
                        /\\ seen' = seen \\cup {<<n, v>>}
                        /\\ queue' = IF Len(queue) < 3 THEN Append(queue, n) ELSE <<n>>
          Give(n) == owner[n] # 0 /\\ owner' = [owner EXCEPT ![n] = 0] /\\ UNCHANGED <<seen, queue>>
          Next == /\\ turns' = (turns + 1) % 3
                  /\\ \\E n \\in Nodes : Give(n) \\/ \\E v \\in Values : Take(n, v)
          Limit == Cardinality(seen') < 5
          Property == [][Cardinality(seen') > Cardinality(seen) => Len(queue') # 2]_vars
          Eventually == [](queue # <<>> => <>(seen = {}))
          Inv == Cardinality(seen) < 6
          """,
        configuration: """
          INIT Init
          NEXT Next
          INVARIANT Inv
          CHECK_DEADLOCK FALSE
          CONSTANTS Nodes = {a, b, c} Values = {v, w}
          \(lines)
          """,
        // The rows to which steps lead would have to change, too.
        usesFlatCode: !(lines.contains("VIEW") && lines.contains("PROPERTY")))
    }

  // MARK: Sequences

  /// Steps with sequences that never have an element.
  static let sequences: [FlatSample] =
    [
      ("the head of an empty sequence", "q' = q /\\ x' = IF x = 9 THEN Head(q) ELSE x + 1"),
      ("the head of <<>>", "q' = q /\\ x' = IF x = 9 THEN Head(<<>>) ELSE x + 1"),
      ("the tail of an empty sequence", "q' = (IF x = 9 THEN Tail(q) ELSE q) /\\ x' = x + 1"),
      ("an element of an empty sequence", "q' = q /\\ x' = IF x = 9 THEN q[1] ELSE x + 1"),
      ("an element by a variable", "q' = q /\\ x' = IF x = 9 THEN q[x - 8] ELSE x + 1"),
      ("an element before the first", "q' = q /\\ x' = IF x = 9 THEN q[-2] ELSE x + 1"),
      ("an update of an empty sequence", "q' = [q EXCEPT ![x] = 1] /\\ x' = x + 1 /\\ x < 9"),
      ("a test of an empty sequence", "q' = q /\\ q \\in Seq({1, 2}) /\\ x' = x + 1 /\\ x < 9"),
      (
        "a test of what is left of a sequence",
        "q' = q \\o <<>> /\\ q' \\in Seq(BOOLEAN) /\\ x' = (x + 1) % 9"
      ),
    ].map { name, step in
      FlatSample(
        name: "sequences: \(name)",
        body: """
          EXTENDS Integers, Sequences
          VARIABLES x, q
          Init == x = 0 /\\ q = <<>>
          Next == \(step)
          Inv == Len(q) = 0
          """)
    }

  /// A variable whose parts have the same value in the first states, so that they take no bits, and then another one.
  static let singleValues: [FlatSample] = [
    ("concatenated", "<<A>>", "v \\o <<e>>"),
    ("concatenated in front", "<<A>>", "<<e>> \\o v"),
    ("concatenated with a literal", "<<A>>", "v \\o [i \\in 1..Len(v) |-> e]"),
    ("appended", "<<A>>", "Append(v, e)"),
    ("replaced in a sequence", "<<A, A>>", "[Append(v, A) EXCEPT ![1] = e]"),
    ("in a new sequence", "<<A>>", "[i \\in 1..(Len(v) + 1) |-> e]"),
    ("replaced in a function", "[i \\in 0..2 |-> A]", "[v EXCEPT ![x % 3] = e]"),
    ("in a new function", "[i \\in 0..2 |-> A]", "[i \\in 0..2 |-> e]"),
    ("in a function that grows", "0 :> A", "(5 :> e) @@ v"),
    ("replaced in a function that grows", "0 :> A", "[(5 :> A) @@ v EXCEPT ![5] = e]"),
    ("in a set", "{A}", "{e}"), ("added to a set", "{A}", "v \\cup {e}"),
    ("in a record", "[f |-> A]", "[v EXCEPT !.f = e]"),
  ].flatMap { name, first, step in
    [
      ("strings", "\"a\"", "\"b\""), ("sets", "{}", "{1}"), ("sequences", "<<>>", "<<1>>"),
      ("records", "[k |-> \"a\"]", "[k |-> \"b\", m |-> <<>>]"),
    ].map { kind, usual, other in
      FlatSample(
        name: "single values: \(kind) \(name)",
        body: """
          EXTENDS Integers, Sequences, TLC
          VARIABLES x, v
          A == \(usual)
          B == \(other)
          First == \(first)
          Step(e) == v' = \(step)
          Init == x = 0 /\\ v = First
          Next == /\\ x < 10 /\\ x' = x + 1
                  /\\ \\/ x = 8 /\\ Step(B)
                     \\/ x # 8 /\\ x % 2 = 0 /\\ Step(A)
                     \\/ x % 2 = 1 /\\ v' = First
          Inv == v # First => \\A i \\in \(first.hasPrefix("{") ? "v : i" : "DOMAIN v : v[i]") = A
          """)
    }
  }
}
