import StateSpace
import TLASemantics
import Testing

@Suite("Functions over infinite sets are values where they are in TLC") struct InfiniteFunctionTests {
  @Test(
    "TLC's counts",
    arguments: [
      (
        #"""
        r == [l |-> [i \in Int |-> i + 1]]
        Init == x = r.l[2]
        Next == x < 6 /\ x' = r.l[x]
        """#, [4, 4, 4]
      ),
      (
        #"""
        Ap(f, n) == f[n] + f[n + 1]
        Init == x = Ap([n \in Nat |-> n * 2], 1)
        Next == x < 20 /\ x' = Ap([n \in Nat |-> n + x], 1)
        """#, [3, 3, 3]
      ),
      (
        #"""
        Init == x = 1
        Next == LET f == [n \in Nat |-> n + x] IN x < 20 /\ x' = f[x]
        """#, [6, 6, 6]
      ),
      (
        #"""
        h[n \in Nat] == IF n = 0 THEN 1 ELSE 2 * h[n - 1]
        g[n \in Nat] == IF n = 0 THEN 0 ELSE h[n] + g[n - 1]
        Init == x = 0
        Next == x < 6 /\ x' = x + 1 /\ g[x] >= 0
        Inv == g[x] = h[x + 1] - 2
        """#, [7, 7, 7]
      ),
      (
        #"""
        Ap(f, n) == f[n]
        h[n \in Nat] == IF n = 0 THEN 1 ELSE Ap(h, n - 1) + 1
        Init == x = h[4]
        Next == x < 6 /\ x' = x + 1
        """#, [2, 2, 2]
      ),
      (
        #"""
        RECURSIVE Sum(_, _)
        Sum(f, n) == IF n = 0 THEN f[0] ELSE f[n] + Sum(f, n - 1)
        Init == x = Sum([n \in Nat |-> n], 4)
        Next == x < 30 /\ x' = Sum([n \in Nat |-> n + x], 1)
        """#, [3, 3, 3]
      ),
      (
        #"""
        RECURSIVE It(_, _)
        It(f, n) == IF n = 0 THEN f[3] ELSE It([k \in Nat |-> f[k] + k], n - 1)
        Init == x = It([n \in Nat |-> n], 3)
        Next == x < 30 /\ x' = x + It([n \in Nat |-> n], 1)
        """#, [4, 4, 4]
      ),
      (
        #"""
        t == <<[n \in Nat |-> n], [n \in Nat |-> n * n]>>
        Init == x = t[1][2]
        Next == x < 30 /\ x' = t[2][x]
        """#, [4, 4, 4]
      ),
      (
        #"""
        F(b) == IF b THEN [n \in Nat |-> n + 1] ELSE [n \in Nat |-> n + 2]
        Init == x = 0
        Next == x < 9 /\ x' = F(x > 3)[x]
        """#, [8, 8, 8]
      ),
      (
        #"""
        F(b) == CASE b = 1 -> [n \in Nat |-> n + 1] [] OTHER -> [n \in Nat |-> n + 2]
        Init == x = 0
        Next == x < 9 /\ x' = F(x)[x]
        """#, [6, 6, 6]
      ),
      (
        #"""
        f == [[n \in Nat |-> n + 1] EXCEPT ![3] = 9]
        Init == x = 0
        Next == x < 9 /\ x' = f[x]
        """#, [5, 5, 5]
      ),
      (
        #"""
        f == [a, b \in Nat |-> a + b]
        Init == x = 0
        Next == x < 9 /\ x' = f[x, 2]
        """#, [6, 6, 6]
      ),
      (
        #"""
        f == [n \in Nat |-> [m \in Nat |-> n + m]]
        Init == x = 0
        Next == x < 9 /\ x' = f[x][2]
        """#, [6, 6, 6]
      ),
      (
        #"""
        f == [n \in Nat |-> n + 1]
        Init == x = 0
        Next == x < 9 /\ 3 \in DOMAIN f /\ x' = f[x]
        """#, [10, 10, 10]
      ),
      (
        #"""
        Op(r) == r.f[r.n]
        Init == x = 0
        Next == x < 9 /\ x' = Op([f |-> [k \in Nat |-> k + 1], n |-> x])
        """#, [10, 10, 10]
      ),
      (
        #"""
        Comp(f, g) == [n \in Nat |-> f[g[n]]]
        Init == x = 0
        Next == x < 9 /\ x' = Comp([n \in Nat |-> n + 1], [n \in Nat |-> n + 2])[x]
        """#, [4, 4, 4]
      ),
      (
        #"""
        Init == x = 0
        Next == LET RECURSIVE F(_)
                    F(n) == IF n = 0 THEN [k \in Nat |-> k] ELSE [k \in Nat |-> F(n - 1)[k] + 1]
                IN x < 9 /\ x' = F(3)[x]
        """#, [4, 4, 4]
      ),
      (
        #"""
        fact[n \in Nat] == IF n = 0 THEN 1 ELSE n * fact[n - 1]
        Ap(F(_), n) == F(n)
        Init == x = 1
        Next == x < 100 /\ x' = Ap(LAMBDA k : fact[k], x + 1)
        """#, [4, 4, 4]
      ),
      (
        #"""
        f == [s \in Seq(Nat) |-> Len(s)]
        Init == x = <<>>
        Next == f[x] < 4 /\ x' = Append(x, f[x])
        """#, [5, 5, 5]
      ),
      (
        #"""
        f == [s \in STRING |-> 1]
        Init == x = 0
        Next == x < 4 /\ x' = x + f["a"]
        """#, [5, 5, 5]
      ),
      (
        #"""
        Ev[n \in Nat] == IF n = 0 THEN TRUE ELSE ~Ev[n - 1]
        Od == [n \in Nat |-> ~Ev[n]]
        Init == x = 0
        Next == x < 4 /\ (Od[x] \/ Ev[x]) /\ x' = x + 1
        """#, [5, 5, 5]
      ),
    ])
  func counts(body: String, counts: [Int]) throws {
    let result = try InMemory.check(
      "EXTENDS Integers, Sequences, FiniteSets, TLC\nVARIABLE x\n\(body)",
      "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE" + (body.contains("Inv ==") ? "\nINVARIANT Inv" : ""))
    guard case .success = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect([result.progress.generated, result.progress.distinct, result.progress.depth] == counts)
  }

  /// TLC, too, finds the invariant true in each of seven states.
  @Test(
    "Applied",
    arguments: [
      (
        #"RECURSIVE Ev, Od\#nEv == [n \in Nat |-> IF n = 0 THEN TRUE ELSE Od[n - 1]]\#nOd == [n \in Nat |-> IF n = 0 THEN FALSE ELSE Ev[n - 1]]"#,
        #"(Ev[x] \/ Od[x])"#
      ),
      (
        #"RECURSIVE G(_)\#nf[n \in Nat] == IF n = 0 THEN 0 ELSE G(n - 1) + 1\#nG(n) == f[n]"#, #"f[x] = x"#
      ),
      (
        #"fact[n \in Nat] == IF n = 0 THEN 1 ELSE n * fact[n - 1]\#nAp(f, n) == f[n]"#,
        #"Ap(fact, x) > 0"#
      ),
      (
        #"fact[n \in Nat] == IF n = 0 THEN 1 ELSE n * fact[n - 1]\#nr == [fn |-> fact, n |-> 3]"#,
        #"r.fn[x] > 0 /\ r.n = 3"#
      ),
      (#"g == [n \in Nat |-> n + x]"#, #"g[2] = x + 2 /\ g'[2] = x + 3"#),
      (
        #"Ap(F(_), n) == F(n)[2]\#nMk(k) == [n \in Nat |-> n + k]"#,
        #"Ap(Mk, x) = x + 2 /\ Ap(LAMBDA k : [n \in Nat |-> n * k], x) = 2 * x"#
      ),
      (#"r == [l |-> [n \in Nat |-> n]]"#, #"3 \in DOMAIN r.l /\ DOMAIN r = {"l"}"#),
      (#"r == [l |-> [n \in Nat |-> n], n |-> 1]"#, #"[r EXCEPT !.n = 3].l[x] = x"#),
      (#"c == <<[a |-> <<[n \in Nat |-> n], 5>>], 7>>"#, #"c[1].a[1][x] = x /\ c[2] = 7 /\ c[1].a[2] = 5"#),
      (#"r == [l |-> [n \in Nat |-> n]]"#, #"[r EXCEPT !.l[3] = 8].l[3] = 8"#),
      (#"F(k) == [n \in Nat |-> n + k]"#, #"\A k \in 1..3 : F(k)[x] = x + k"#),
      (
        #"F(k) == LET g == [n \in Nat |-> n + k] h == [n \in Nat |-> g[n] + 1] IN [a |-> g, b |-> h]"#,
        #"F(x).b[1] = x + 2"#
      ),
      (#"f == [n \in Nat |-> n]\#nS == {f[i] : i \in 1..3}"#, #"S = 1..3"#),
      (
        #"f == [n \in Int |-> IF n < 0 THEN -n ELSE n]\#nApply(g, S) == {g[s] : s \in S}"#,
        #"Apply(f, -2..2) = 0..2"#
      ),
      (#"f == [<<a, b>> \in Nat \X Nat |-> a + b]"#, #"f[x, 1] = x + 1 /\ f[<<x, 2>>] = x + 2"#),
      (#"fib[n \in Nat] == IF n < 2 THEN n ELSE fib[n - 1] + fib[n - 2]"#, #"fib[12] = 144"#),
      (
        #"sum[s \in Seq(Nat)] == IF s = <<>> THEN 0 ELSE Head(s) + sum[Tail(s)]"#,
        #"sum[<<x, 1, 2>>] = x + 3"#
      ),
      (
        #"a[n \in Nat] == [m \in Nat |-> IF n = 0 THEN m + 1 ELSE IF m = 0 THEN a[n - 1][1] ELSE a[n - 1][a[n][m - 1]]]"#,
        #"a[2][x % 3] = 2 * (x % 3) + 3"#
      ),
      (
        #"f[n \in Nat] == LET g[m \in Nat] == IF m = 0 THEN n ELSE g[m - 1] + 1 IN IF n = 0 THEN 0 ELSE g[2] + f[n - 1]"#,
        #"f[2] = 7"#
      ),
      (
        #"RECURSIVE F(_, _)\#nF(f, n) == IF n = 0 THEN f[1] ELSE F([k \in Nat |-> f[k + 1]], n - 1)"#,
        #"F([k \in Nat |-> k * 2], x) = 2 * (x + 1)"#
      ),
      (
        #"Compose(f, g) == [n \in DOMAIN g |-> f[g[n]]]\#ninc == [n \in Int |-> n + 1]"#,
        #"Compose(inc, Compose(inc, inc))[x] = x + 3"#
      ),
      (#"f == IF TRUE THEN [n \in Nat |-> n] ELSE <<>>"#, #"f[x] = x"#),
      (
        #"V(s) == CASE s = "a" -> [n \in Nat |-> n] [] s = "b" -> <<5, 6>>"#,
        #"V("a")[x] = x /\ V("b")[1] = 5"#
      ),
      (#"f == [n \in Nat |-> n][3]"#, #"f = 3"#),
      (#"f == [g \in [1..2 -> Nat] |-> g[1] + g[2]]"#, #"f[<<x, 1>>] = x + 1"#),
      (
        #"f == [n \in Nat |-> n]\#ng == [f EXCEPT ![0] = 10, ![1] = @ + 5]"#,
        #"g[0] = 10 /\ g[1] = 6 /\ g[x + 2] = x + 2"#
      ),
    ])
  func applied(definitions: String, test: String) throws {
    let result = try InMemory.check(
      "EXTENDS Integers, Sequences, FiniteSets, TLC\nVARIABLE x\n\(definitions)\nInit == x = 0\n"
        + "Next == x < 6 /\\ x' = x + 1 /\\ \(test)", "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE")
    guard case .success = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(result.progress.distinct == 7)
  }

  @Test(
    "No such function is built as a whole",
    arguments: [
      "f == [n \\in Nat |-> n + 1]\nInit == x = f\nNext == x' = x",
      "Init == x = [l |-> [n \\in Nat |-> n]]\nNext == x' = x",
      "f == [n \\in Nat |-> n + 1]\nInit == x = 0\nNext == x < 9 /\\ x' = x + 1 /\\ f = f",
    ])
  func whole(body: String) throws {
    let result = try InMemory.check("EXTENDS Integers\nVARIABLE x\n\(body)")
    guard case .violation(let violation) = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(violation.message == "the elements of the infinite set Nat cannot be enumerated")
  }
}
