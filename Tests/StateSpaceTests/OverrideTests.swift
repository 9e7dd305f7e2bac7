import StateSpace
import TLASemantics
import Testing

@Suite("Overrides in a configuration") struct OverrideTests {
  private static let base = [
    "Base.tla": "---- MODULE Base ----\nEXTENDS Naturals\nS == {1, 2}\nT == S \\cup {9}\n====\n"
  ]
  private static let value = ["Base.tla": "---- MODULE Base ----\nVal(q) == q\n====\n"]
  private static let nested = base.merging(
    ["Mid.tla": "---- MODULE Mid ----\nJ == INSTANCE Base\nU == J!T\n====\n"], uniquingKeysWith: { $1 })

  /// The values of x in the initial states are TLC's.
  @Test(
    "Initial values",
    arguments: [
      (
        "F(n) == LET I == INSTANCE Base IN I!Val(n)\nMine(q) == q + 10\nInit == x = F(1)",
        "Val <- [Base]Mine",
        value, "{11}"
      ),
      ("I == INSTANCE Base\nMine(q) == q + 10\nInit == x = I!Val(1)", "I!Val <- Mine", value, "{11}"),
      ("I == INSTANCE Base\nMine(q) == q + 10\nInit == x = I!Val(1)", "Val <- [Base]Mine", value, "{11}"),
      (
        "I(p) == INSTANCE Base WITH d <- p\nMine(q) == q + 10\nInit == x = I(3)!Val(1)", "Val <- [Base]Mine",
        ["Base.tla": "---- MODULE Base ----\nEXTENDS Naturals\nCONSTANT d\nVal(q) == q + d\n====\n"], "{11}"
      ),
      (
        "I == INSTANCE Base\nMy == 0..3\nInit == x \\in I!S", "Nat <- [Naturals]My",
        ["Base.tla": "---- MODULE Base ----\nEXTENDS Naturals\nS == Nat\n====\n"], "{0, 1, 2, 3}"
      ),
      ("I == INSTANCE Base\nInit == x \\in {n \\in 1..3 : n \\in I!S}", "S <- [Base]Nat", base, "{1, 2, 3}"),
      ("I == INSTANCE Mid\nMy == {7}\nInit == x \\in I!U", "S <- [Base]My", nested, "{7, 9}"),
      ("I == INSTANCE Base\nMy == {7}\nS == {1}\nInit == x \\in I!T", "S <- My", base, "{1, 2, 9}"),
      ("I == INSTANCE Base\nInit == x \\in I!T", "none = 5\nCONSTANT S <- [Base]Five", base, "{5, 9}"),
    ])
  func initialValues(body: String, override: String, modules: [String: String], values: String) throws {
    let extra = override.contains("none") ? "CONSTANT none\nFive == {none}\n" : ""
    let engine = try Explorer(
      InMemory.load(
        "EXTENDS Integers\nVARIABLE x\n\(extra)\(body)\nNext == x' = x",
        "INIT Init\nNEXT Next\nCONSTANT \(override)", modules: modules))
    let found = try engine.initialStates().map { try engine.evaluate("x", in: $0).description }
    #expect("{\(found.sorted().joined(separator: ", "))}" == values)
  }

  @Test("A configuration can replace a constant by a definition of another module") func constant() throws {
    let engine = try Explorer(
      InMemory.load(
        "EXTENDS Integers\nCONSTANT Val, none\nVARIABLE cell\nM == INSTANCE Middle\nInit == M!Start\nNext == M!Step",
        "INIT Init\nNEXT Next\nCONSTANT Val = {1, 2}\nCONSTANT none = none\nCONSTANT Nothing <- [Base]none",
        modules: [
          "Base.tla": "---- MODULE Base ----\nCONSTANT Val\nNothing == CHOOSE v : v \\notin Val\n====\n",
          "Middle.tla": """
          ---- MODULE Middle ----
          EXTENDS Base
          VARIABLE cell
          Start == cell = Nothing
          Step == cell = Nothing /\\ cell' \\in Val
          ====
          """,
        ]))
    #expect(try engine.evaluate("M!Nothing", in: nil) == .modelValue("none"))
  }

  /// TLC's exit code is 151.
  @Test(
    "A line that names a module replaces a definition of a module that is read, and nothing else",
    arguments: [
      (
        "V <- [Base] W",
        "V is a constant: a line with [Base] only replaces definitions (to give it a value, write `V <- W`)"
      ),
      (
        "V <- [M] W",
        "V is a constant: a line with [M] only replaces definitions (to give it a value, write `V <- W`)"
      ),
      ("V = 4 Val <- [Bse] W", "Bse is no module of this specification (did you mean Base?)"),
      ("V = 4 Val <- [Inner] W", "Inner stands inside of another module: its definitions cannot be replaced"),
      ("V = 4 Nat <- [Bags] W", "Bags is no module of this specification"),
      ("V = 4 Nat <- [Sequences] W", ""),
      ("V = 4 Val <- [Base] W", ""),
      ("V = 4 Val = [Nope] 3", ""),
    ])
  func modules(line: String, message: String) throws {
    let body = """
      EXTENDS TLC, Integers
      CONSTANT V
      VARIABLE x
      ---- MODULE Inner ----
      Val == 1
      ====
      I == INSTANCE Inner
      J == INSTANCE Base
      W == {2}
      Init == x = <<V, I!Val, J!Val>>
      Next == x' \\in Nat
      """
    let found = problems {
      try InMemory.load(
        body, "INIT Init\nNEXT Next\nCONSTANT \(line)",
        modules: ["Base.tla": "---- MODULE Base ----\nVal == 1\n====\n"])
    }
    #expect(found.hasSuffix(message) && found.isEmpty == message.isEmpty, "\(found)")
  }
}
