import StateSpace
import TLASemantics
import Testing

/// Mistakes that model checkers make when they expand operators and remember values.
@Suite("Names mean what they are bound to") struct BindingTests {
  private func evaluate(_ text: String, _ definitions: String = "") throws -> String {
    let explorer = try Explorer(InMemory.load("EXTENDS Integers, Sequences, FiniteSets, TLC\n\(definitions)"))
    return try explorer.evaluate(text, in: nil).description
  }

  /// The reachable values of `x`, in the order of the search.
  private func reachable(_ body: String) throws -> [String] {
    let explorer = try Explorer(InMemory.load("EXTENDS Integers, Sequences\n\(body)", "INIT Init\nNEXT Next"))
    var seen = try explorer.initialStates()
    var next = 0
    while next < seen.count {
      for successor in try explorer.successors(of: seen[next]) where !seen.contains(successor.state) {
        seen.append(successor.state)
      }
      next += 1
    }
    return seen.map { explorer.values(of: $0).map(\.description).joined(separator: " ") }
  }

  @Test("A LET value changes with the binder around it") func letInLoops() throws {
    #expect(try evaluate("{LET d == k * k IN d + d : k \\in 1..3}") == "{2, 8, 18}")
    #expect(try evaluate("[k \\in 1..12 |-> LET d == k * k IN d + d][12]") == "288")
    #expect(try evaluate("\\A k \\in 1..20 : LET d == k + 1 IN d - 1 = k /\\ d > k") == "TRUE")
    #expect(try evaluate("{k \\in 1..20 : LET d == k % 7 IN d = 0 /\\ d + d = 0}") == "{7, 14}")
    #expect(
      try evaluate("LET F(a) == LET d == a * a IN d + d IN <<F(1), F(2), F(3) + F(1)>>") == "<<2, 8, 20>>")
    #expect(
      try evaluate(
        "F(4)", "RECURSIVE F(_)\nF(n) == LET d == n * 10 IN IF n = 0 THEN <<>> ELSE F(n - 1) \\o <<d, d>>")
        == "<<10, 10, 20, 20, 30, 30, 40, 40>>")
    #expect(
      try evaluate("F(3)", "RECURSIVE F(_)\nF(n) == LET r == IF n = 0 THEN 0 ELSE F(n - 1) IN r + r + n")
        == "11")
  }

  @Test("Nothing is captured when operators are expanded") func capture() throws {
    let definitions = """
      Pair(a, b) == <<a, b>>
      Flip(a, b) == Pair(b, a)
      Each(P(_)) == {k \\in 1..3 : P(k)}
      Twice(F(_), v) == F(F(v))
      Outer(k) == Each(LAMBDA j : j > k)
      """
    #expect(try evaluate("Flip(1, 2)", definitions) == "<<2, 1>>")
    #expect(try evaluate("{Flip(b, 9) : b \\in {1}}", "\(definitions)") == "{<<9, 1>>}")
    #expect(try evaluate("{Outer(q) : q \\in {1, 2}}", definitions) == "{{3}, {2, 3}}")
    #expect(try evaluate("Twice(LAMBDA v2 : Twice(LAMBDA w : w + v2, 1), 2)", definitions) == "11")
    #expect(try evaluate("Each(LAMBDA i : \\E m \\in 1..2 : i = m + 1)", definitions) == "{2, 3}")
    #expect(
      try evaluate("LET G(c) == Each(LAMBDA j : j = c) IN {G(c2) : c2 \\in 1..2}", definitions)
        == "{{1}, {2}}")
  }

  @Test("Unused arguments and definitions are not evaluated") func lazy() throws {
    #expect(try evaluate("First(1, 1 \\div 0)", "First(a, b) == a") == "1")
    #expect(try evaluate("LET bad == 1 \\div 0 IN 5") == "5")
    #expect(try evaluate("If(FALSE, Head(<<>>), 3)", "If(c, a, b) == IF c THEN a ELSE b") == "3")
    #expect(
      try evaluate("F(2, 1 \\div 0)", "RECURSIVE F(_, _)\nF(n, u) == IF n = 0 THEN 7 ELSE F(n - 1, u)") == "7"
    )
    #expect(try evaluate("[k \\in 1..2 |-> IF k = 1 THEN 1 ELSE Head(<<>>)][1]") == "1")
    let positive = "Positive == {k \\in Nat : k > 0}"
    #expect(
      try evaluate("<<3 \\in Positive, 0 \\in Positive, -1 \\notin Positive>>", positive)
        == "<<TRUE, FALSE, TRUE>>")
    #expect(
      try evaluate("{f \\in {<<1, 2>>, <<0, 1>>, <<1>>} : f \\in [1..2 -> Positive]}", positive)
        == "{<<1, 2>>}")
    #expect(throws: EvaluationFailure.self) { try evaluate("First(1 \\div 0, 1)", "First(a, b) == a") }
  }

  @Test("LET values in actions: under \\E, in disjunctions, with primes, in \\A") func actions() throws {
    #expect(
      try reachable(
        "VARIABLE x\nInit == x = 0\nNext == x = 0 /\\ \\E k \\in {1, 2} \\ {x} : LET d == k * 10 IN (x' = d \\/ x' = d + d)"
      )
        == ["0", "10", "20", "40"])
    #expect(
      try reachable(
        """
        VARIABLES x, y
        Init == x = 0 /\\ y = 0
        Next == x = 0 /\\ (x' = 1 \\/ x' = 2) /\\ LET d == x' * 10 IN y' = d + d
        """) == ["0 0", "1 20", "2 40"])
    #expect(
      try reachable(
        """
        VARIABLES x, s
        Init == x = <<0, 0>> /\\ s = {1, 2}
        Next == /\\ x = <<0, 0>>
                /\\ s' = s
                /\\ \\E f \\in [s -> {5, 6}] : LET d == [i \\in s |-> f[i] + i] IN x' = <<d[1], d[2]>>
        """) == [
          "<<0, 0>> {1, 2}", "<<6, 7>> {1, 2}", "<<6, 8>> {1, 2}", "<<7, 7>> {1, 2}", "<<7, 8>> {1, 2}",
        ])
    #expect(
      try reachable(
        """
        VARIABLES x, s
        Init == x = 0 /\\ s = {1, 2, 3}
        Next == /\\ \\A i \\in s : LET d == i * i IN (d < 4 \\/ x < d) /\\ d + d > 1
                /\\ x' = x + 1 /\\ s' = s
        """
      ).count == 5)
  }

  @Test("A primed operator is read in the next state, also through arguments and LET") func primes() throws {
    #expect(
      try reachable(
        """
        VARIABLES x, y
        Double == x * 2
        Sum(a) == a + Double
        Init == x = 1 /\\ y = 0
        Next == x < 3 /\\ x' = x + 1 /\\ y' = Sum(x)' + LET d == Double IN d
        """) == ["1 0", "2 8", "3 13"])
  }

  @Test("An infinite recursion is an error, not a crash") func recursion() throws {
    #expect(throws: EvaluationFailure.self) { try evaluate("F(0)", "RECURSIVE F(_)\nF(n) == 1 + F(n + 1)") }
    #expect(throws: EvaluationFailure.self) { try evaluate("LET f[n \\in Int] == f[n + 1] IN f[0]") }
    #expect(
      throws: EvaluationFailure.self
    ) { try evaluate("F(0)", "RECURSIVE F(_), G(_)\nF(n) == {G(n)}\nG(n) == <<F(n + 1)>>") }
    #expect(try evaluate("F(300)", "RECURSIVE F(_)\nF(n) == IF n = 0 THEN 0 ELSE 1 + F(n - 1)") == "300")
  }
}
