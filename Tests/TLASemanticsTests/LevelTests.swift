import TLASemantics
import TLASyntax
import Testing

@Suite("Levels") struct LevelTests {
  @Test(
    "A violated level rule is reported with its place",
    arguments: [
      ("VARIABLE x\nD == x''", "3:6 an expression that has a prime already cannot be primed"),
      (
        "VARIABLE x\nD == UNCHANGED (x')",
        "3:16 UNCHANGED takes an expression without primes, and this has a prime"
      ),
      ("VARIABLE x\nD == ENABLED ([]x)", "3:14 ENABLED takes an action, and this is a temporal formula"),
      (
        "VARIABLE x\nD == [](x' = x)",
        "3:8 [] is followed by an action that is not of the form [A]_v (write [][A]_v)"
      ),
      (
        "VARIABLE x\nD == <>(x' = x)",
        "3:8 <> is followed by an action that is not of the form <<A>>_v (write <><<A>>_v)"
      ),
      (
        "VARIABLE x\nD == (x' = x) ~> x",
        "3:6 an action stands where a temporal formula or a state predicate is expected"
      ),
      (
        "VARIABLE x\nD == x' = x /\\ []x",
        "3:6 an action stands in a temporal formula (only [][A]_v and <><<A>>_v do)"
      ),
      ("VARIABLE x\nD == WF_(x')(x)", "3:9 a subscript is an expression of a state, and this has a prime"),
      (
        "VARIABLE x\nASSUME x",
        "3:8 an assumption speaks of constants only, and this one of variables (what is to hold in every state is an INVARIANT)"
      ),
      (
        "VARIABLE x\nNext(p) == p'\nTwice(p) == Next(p)\nD == Twice(x')",
        "5:12 an action stands here for a parameter of Twice that can be an expression of a state at most"
      ),
    ])
  func problems(body: String, message: String) {
    #expect(InMemory.problems(body) == message)
  }

  @Test("Whatever the rules allow is no error") func allowed() {
    let body = """
      VARIABLE x
      Next(p) == p' = p
      Is(P(_)) == P(x)
      A == [][Next(x)]_x /\\ []<><<Next(x)>>_x /\\ WF_x(Next(x)) /\\ [](x => ENABLED Next(x))
      Implied(F) == [](x => F) ~> F
      B == Implied([]x) /\\ A
      C == Is(UNCHANGED) /\\ Is(')
      """
    #expect(InMemory.problems(body) == "")
  }
}

@Suite("Parts of definitions") struct PartTests {
  @Test(
    "A missing part is reported",
    arguments: [
      ("F == <<1, 2>>\nD == F!3", "3:8 there is no part `3` here in F"),
      ("F == <<1, 2>>\nD == F!lab", "3:8 there is no part `lab` here in F"),
      ("VARIABLE x\nD == x!1", "3:6 x has no parts that could be named"),
      ("F(a) == <<a, 2>>\nD == F!1", "3:6 F takes 1 argument, not 0"),
      ("F == \\A y \\in {1} : y\nD == F!(1, 2)", "3:6 F takes 1 argument, not 2"),
    ])
  func problems(body: String, message: String) {
    let found = InMemory.problems(body)
    #expect(found.contains(message), "\(found)")
  }
}

@Suite("Several modules in one file") struct OneFileTests {
  private static let files = [
    "M.tla": """
    ---- MODULE M ----
    EXTENDS Numbers
    C == INSTANCE Cell WITH v <- Most
    D == C!Twice
    ====
    ---- MODULE Numbers ----
    Most == 4
    ====
    ---- MODULE Cell ----
    CONSTANT v
    Twice == <<v, v>>
    Wrong == Nothing
    ====
    """, "M.cfg": "",
  ]

  @Test("The modules after the first are found, and their places are those of the file") func found() {
    do {
      _ = try SpecificationLoader(provider: TextProvider(files: Self.files)).load("M.tla")
      Issue.record("Nothing is defined")
    } catch let error as Diagnostics {
      #expect(error.all.map(\.message) == ["Nothing is not defined"])
      #expect(error.all.first?.span?.startPosition == SourcePosition(line: 12, column: 10))
    } catch {
      Issue.record("\(error)")
    }
  }
}
