import TLASemantics
import TLASyntax
import Testing

@Suite("Likely mistakes of newcomers are named") struct LikelyMistakeTests {
  private func warnings(_ body: String, _ configuration: String, _ code: MessageCode) throws -> [Diagnostic] {
    try InMemory.load(body, configuration).warnings.filter { $0.code == code }
  }

  // MARK: A forgotten prime

  private func forgotten(_ actions: String) throws -> [String] {
    try warnings(
      "EXTENDS Naturals\nVARIABLES x, y, f\nInit == x = 0 /\\ y = 0 /\\ f = [n \\in 1..2 |-> 0]\n\(actions)",
      "INIT Init NEXT Next", .unprimed
    ).map { "\($0.span?.oneLineText ?? "") → \($0.hint?.split(separator: "`")[1] ?? "")" }
  }

  @Test(
    "A test in a step that never mentions the next value",
    arguments: [
      ("Next == x = 1 /\\ UNCHANGED <<y, f>>", ["x = 1 → x' = 1"]),
      (
        "Next == /\\ x < 3\n        /\\ x = x + 1\n        /\\ UNCHANGED <<y, f>>", ["x = x + 1 → x' = x + 1"]
      ),
      ("Next == x \\in {1, 2} /\\ UNCHANGED <<y, f>>", ["x \\in {1, 2} → x' \\in {1, 2}"]),
      ("Next == f[1] = 2 /\\ UNCHANGED <<x, y>>", ["f[1] = 2 → f' = [f EXCEPT ![1] = 2]"]),
      ("Next == x = 0 /\\ x = 1 /\\ UNCHANGED <<y, f>>", ["x = 1 → x' = 1"]),
      ("A == x = 1\nB == UNCHANGED <<y, f>>\nNext == A /\\ B", ["x = 1 → x' = 1"]),
      ("Next == \\E n \\in 1..2 : x = n /\\ UNCHANGED <<y, f>>", ["x = n → x' = n"]),
      ("Go(n) == x = n /\\ UNCHANGED <<y, f>>\nNext == Go(1) \\/ Go(2)", ["x = n → x' = n"]),
      (
        "Next == \\/ x = 1 /\\ UNCHANGED <<y, f>>\n        \\/ x' = 1 /\\ UNCHANGED <<y, f>>",
        ["x = 1 → x' = 1"]
      ),
      (
        "Next == IF y = 0 THEN x = 1 /\\ UNCHANGED <<y, f>> ELSE UNCHANGED <<x, y, f>>",
        ["x = 1 → x' = 1"]
      ),
      ("Next == LET z == 1 IN x = z /\\ UNCHANGED <<y, f>>", ["x = z → x' = z"]),
      ("Next == x = 1 /\\ y = 1 /\\ UNCHANGED f", ["x = 1 → x' = 1", "y = 1 → y' = 1"]),
      ("Next == (x = 1 \\/ x' = 2) /\\ UNCHANGED <<y, f>>", ["x = 1 → x' = 1"]),
    ])
  func forgottenPrime(actions: String, found: [String]) throws {
    #expect(try forgotten(actions) == found)
  }

  @Test(
    "A test in a step that gives the variable a value somewhere",
    arguments: [
      "Next == x = 0 /\\ x' = 1 /\\ UNCHANGED <<y, f>>",
      "Next == x = 0 /\\ UNCHANGED <<x, y, f>>",
      "vars == <<x, y, f>>\nNext == x = 0 /\\ UNCHANGED vars",
      "Next == /\\ x = 0\n        /\\ \\/ x' = 1\n           \\/ x' = 2\n        /\\ UNCHANGED <<y, f>>",
      "Set(v, n) == v' = n\nNext == x = 0 /\\ Set(x, 1) /\\ UNCHANGED <<y, f>>",
      "Next == /\\ x = 0 \\/ x = 1\n        /\\ x' = 1 /\\ UNCHANGED <<y, f>>",
      "Next == x = 0 /\\ <<x, y, f>>' = <<1, 2, f>>",
      "Next == (x = 0 /\\ y' = 1) /\\ (x' = 1 /\\ UNCHANGED f)",
    ])
  func noForgottenPrime(actions: String) throws {
    #expect(try forgotten(actions) == [])
  }

  // MARK: Strings and model values

  @Test("A string with the name of a model value") func strings() throws {
    func found(_ body: String, _ values: String) throws -> [String] {
      try warnings(
        "CONSTANTS Nodes, None\nVARIABLE x\nInit == x = 0\nNext == x' = x\nInv == \(body)",
        "INIT Init NEXT Next INVARIANT Inv CONSTANTS \(values)", .modelValue
      ).map { "\($0.span?.text ?? "") \($0.hint ?? "")" }
    }
    let values = "Nodes = {n1, n2} None = None"
    #expect(try found("x # \"None\"", values) == ["\"None\" write None, without quotation marks"])
    let first = try found("\\A n \\in Nodes : x # \"n1\" /\\ \"n1\" # n", values)
    #expect(first.count == 1 && first[0].hasPrefix("\"n1\" declare the model value, `CONSTANT n1`"))
    #expect(try found("x # \"n3\"", values) == [])
    #expect(try found("x # \"n1\"", "Nodes = {\"n1\", \"n2\"} None = None") == [])
    #expect(try found("x # \"n1\"", "Nodes = {\"n1\", n1} None = None") == [])
  }

  @Test("A model value that the module does not declare") func undeclared() throws {
    do {
      _ = try InMemory.load(
        "CONSTANT Nodes\nVARIABLE x\nInit == x = n1\nNext == x' = n3",
        "INIT Init NEXT Next CONSTANT Nodes = {n1, n2}")
      Issue.record("it loads")
    } catch let error as Diagnostics {
      #expect(error.all.map(\.code) == [.undefined, .undefined])
      #expect(error.all[0].hint?.hasPrefix("it is a model value of the configuration: declare it") == true)
      #expect(error.all[1].hint?.contains("model value") != true)
    }
  }

  // MARK: Formulas in the wrong place

  @Test(
    "A formula of too high a level says where it belongs",
    arguments: [
      ("INVARIANT F", "x' > x", "an invariant is about one state", "x'"),
      ("INVARIANT F", "[](x > 0)", "list it under PROPERTY", nil),
      ("INVARIANT F", "[][x' > x]_x", "list it under PROPERTY", "x'"),
      ("CONSTRAINT F", "x' < 3", "list it under ACTION_CONSTRAINT", "x'"),
    ] as [(String, String, String, String?)])
  func levels(line: String, formula: String, hint: String, prime: String?) throws {
    do {
      _ = try InMemory.load(
        "EXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x\nF == \(formula)",
        "INIT Init NEXT Next \(line)")
      Issue.record("it loads")
    } catch let error as Diagnostics {
      let problem = error.all[0]
      #expect(problem.code == .oneState)
      #expect(problem.hint?.hasPrefix(hint) == true)
      #expect(problem.notes.first { $0.message.contains("next state") }?.span?.text == prime)
    }
  }

  @Test("An initial predicate with a prime") func primedInit() throws {
    do {
      _ = try InMemory.load("VARIABLE x\nInit == x' = 0\nNext == x' = x", "INIT Init NEXT Next")
      Issue.record("it loads")
    } catch let error as Diagnostics {
      #expect(error.all[0].hint == "the initial predicate gives the first values, without primes")
    }
  }
}
