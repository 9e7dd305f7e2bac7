import StateSpace
import TLASemantics
import Testing

/// Recursive operators that take operators. TLC 2.19 gives the same values, except for operators that grow (`LAMBDA x : F(x) + n`). For
/// those it ends with a stack overflow, and the values here are computed by hand.
@Suite("Recursive operators that take operators") struct HigherOrderRecursionTests {
  private static let definitions = """
    EXTENDS Integers, Sequences, FiniteSets
    RECURSIVE Even(_, _), Odd(_, _)
    Even(P(_), n) == IF n = 0 THEN P(n) ELSE Even(P, n - 1)
    Odd(P(_), n) == IF n = 0 THEN ~P(n) ELSE Even(P, n - 1)
    RECURSIVE Iter(_, _, _)
    Iter(F(_), n, x) == IF n = 0 THEN x ELSE F(Iter(F, n - 1, x))
    RECURSIVE Comp(_, _)
    Comp(F(_), n) == IF n = 0 THEN F(0) ELSE Comp(LAMBDA x : F(x) + n, n - 1)
    Swap(Op(_, _), n) ==
      LET RECURSIVE S(_, _, _)
          S(Q(_, _), k, acc) == IF k = 0 THEN acc ELSE S(LAMBDA a, b : Q(b, a), k - 1, Q(acc, k))
      IN  S(Op, n, 100)
    Id(x) == x = 0
    RECURSIVE Two(_, _, _)
    Two(F(_), G(_), n) == IF n = 0 THEN F(0) ELSE Two(G, F, n - 1) + n
    RECURSIVE Tree(_, _)
    Tree(F(_), n) ==
      IF n = 0 THEN {F(0)} ELSE Tree(LAMBDA x : F(x) + 1, n - 1) \\cup Tree(LAMBDA x : F(x) * 2, n - 1)
    RECURSIVE Fold(_, _, _)
    Fold(Op(_, _), s, base) == IF s = <<>> THEN base ELSE Op(Head(s), Fold(Op, Tail(s), base))
    RECURSIVE Deep(_)
    Deep(n) == LET F(x) == x + n
                   RECURSIVE H(_, _)
                   H(K(_), m) == IF m = 0 THEN K(1) ELSE H(LAMBDA y : K(y) + F(y), m - 1)
               IN  IF n = 0 THEN 0 ELSE H(F, n) + Deep(n - 1)
    RECURSIVE Many(_, _)
    Many(F(_), S) ==
      IF S = {} THEN {}
      ELSE LET e == CHOOSE y \\in S : TRUE IN {F(e)} \\cup Many(LAMBDA x : F(x) + e, S \\ {e})
    RECURSIVE Ack(_, _, _)
    Ack(F(_), m, n) ==
      IF m = 0 THEN F(n) ELSE IF n = 0 THEN Ack(F, m - 1, 1) ELSE Ack(F, m - 1, Ack(F, m, n - 1))
    RECURSIVE Sum(_, _)
    Sum(f, n) == IF n = 0 THEN f[0] ELSE f[n] + Sum(f, n - 1)
    RECURSIVE Grow(_, _)
    Grow(f, n) == IF n = 0 THEN f[3] ELSE Grow([k \\in Nat |-> f[k] + k], n - 1)
    """

  @Test(
    "Values",
    arguments: [
      ("Even(LAMBDA x : x = 0, 7)", "TRUE"), ("Odd(Id, 6)", "TRUE"), ("Iter(LAMBDA x : x + 1, 5, 0)", "5"),
      ("Iter(LAMBDA x : x \\cup {Cardinality(x)}, 3, {})", "{0, 1, 2}"), ("Comp(LAMBDA x : x * 2, 6)", "21"),
      ("Swap(LAMBDA a, b : a - b, 5)", "95"), ("Swap(-, 4)", "96"),
      ("Two(LAMBDA x : x + 10, LAMBDA x : x + 20, 3)", "26"),
      ("Two(LAMBDA x : x + 10, LAMBDA x : x + 20, 4)", "20"),
      ("Tree(LAMBDA x : x + 1, 4)", "{5, 6, 7, 8, 9, 10, 12, 16}"), ("Fold(+, <<1, 2, 3>>, 0)", "6"),
      ("Fold(LAMBDA a, b : <<a>> \\o b, <<1, 2, 3>>, <<>>)", "<<1, 2, 3>>"), ("Deep(4)", "54"),
      ("Many(LAMBDA x : x, 1..5)", "{1, 3, 6, 10, 15}"),
      ("[i \\in 1..3 |-> Comp(LAMBDA x : x + i, i)]", "<<2, 5, 9>>"),
      ("{Comp(LAMBDA x : x * k, k) : k \\in 0..4}", "{0, 1, 3, 6, 10}"),
      ("\\E k \\in 1..20 : Comp(LAMBDA x : x + k, 2) = 6", "TRUE"),
      ("{Many(LAMBDA x : x + k, 1..k) : k \\in 1..2}", "{{2}, {3, 5}}"),
      ("Ack(LAMBDA x : x + 1, 2, 2)", "7"), ("Sum([k \\in Nat |-> k * k], 3)", "14"),
      ("Grow([k \\in Nat |-> k], 2)", "9"),
    ])
  func values(expression: String, value: String) throws {
    let engine = try Explorer(InMemory.load(Self.definitions))
    #expect(try engine.evaluate(expression, in: nil) == engine.evaluate(value, in: nil))
  }

  @Test(
    "Actions",
    arguments: [
      (
        """
        RECURSIVE Act(_, _)
        Act(A(_), n) == IF n = 0 THEN A(0) ELSE A(n) \\/ Act(A, n - 1)
        Set(k) == x' = k
        Init == x = 0
        Next == Act(Set, 3)
        """, [17, 4, 2]
      ),
      (
        """
        RECURSIVE Act(_, _)
        Act(A(_), n) == IF n = 0 THEN A(0) ELSE A(n) \\/ Act(LAMBDA k : A(k + 2), n - 1)
        Init == x = 0
        Next == x < 50 /\\ Act(LAMBDA k : x' = x + k, 3)
        """, [193, 54, 11]
      ),
      (
        """
        RECURSIVE Do(_, _, _)
        Do(Op(_, _), S, acc) == IF S = {} THEN x' = acc ELSE \\E e \\in S : Do(Op, S \\ {e}, Op(acc, e))
        Init == x = 0
        Next == x < 4 /\\ Do(LAMBDA a, b : a * 2 + b, {1, 2}, x)
        """, [3, 3, 2]
      ),
      (
        """
        RECURSIVE F(_)
        F(n) == IF n = 0 THEN 0 ELSE x + F(n - 1)
        Init == x = 1
        Next == x < 20 /\\ x' = x + 1 /\\ (F(2))' > F(2)
        """, [20, 20, 20]
      ),
    ])
  func actions(body: String, counts: [Int]) throws {
    let result = try InMemory.check(
      "EXTENDS Integers\nVARIABLE x\n\(body)", "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE")
    #expect([result.progress.generated, result.progress.distinct, result.progress.depth] == counts)
  }

  @Test("Before its definition a recursive operator takes values only, as in SANY") func forwardUse() {
    let found = problems {
      try InMemory.load(
        """
        EXTENDS Integers
        RECURSIVE R(_, _)
        Use(n) == R(LAMBDA x : x, n)
        R(F(_), n) == IF n = 0 THEN F(0) ELSE R(F, n - 1)
        """)
    }
    #expect(found == "4:13 a LAMBDA can stand only where an operator is expected as an argument")
  }
}
