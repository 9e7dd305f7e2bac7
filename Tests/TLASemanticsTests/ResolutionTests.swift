import TLASemantics
import TLASyntax
import Testing

@Suite("Resolving names") struct ResolutionTests {
  @Test(
    "Mistakes are reported with their place and a hint",
    arguments: [
      ("Count == 1\nD == Cuont", "3:6 Cuont is not defined (did you mean Count?)"),
      ("D == 1 + 2", "2:8 + is not defined (+ is defined in Naturals: add it to EXTENDS)"),
      ("D == Len(<<>>)", "2:6 Len is not defined (Len is defined in Sequences: add it to EXTENDS)"),
      ("F(a, b) == a\nD == F(1)", "3:6 F takes 2 arguments, not 1"),
      ("D == 1\nD == 2", "3:1 D is defined already (choose another name)"),
      ("VARIABLE x\nF(x) == 1", "3:3 x is defined already (choose another name)"),
      ("D == \\E k \\in {} : \\A k \\in {} : TRUE", "2:23 k is defined already (choose another name)"),
      ("RECURSIVE F(_)\nD == 1", "2:11 F is declared RECURSIVE and never defined"),
      ("D == @", "2:6 @ has a meaning only inside an EXCEPT"),
      ("F(G(_)) == G(1)\nD == F(1)", "3:8 an operator with 1 parameter is expected here"),
      (
        "F(G(_)) == G(1)\nH(a, b) == a\nD == F(H)",
        "4:8 an operator with 1 parameter is expected here; H has 2"
      ),
      ("VARIABLE x\nD == (x')'", "3:6 an expression that has a prime already cannot be primed"),
      ("D == [a |-> 1, a |-> 2]", "2:16 the field a stands twice in one record"),
    ])
  func problems(body: String, message: String) {
    #expect(InMemory.problems(body) == message)
  }

  @Test(
    "No operator of the language can be defined or declared",
    arguments: [
      "a' == 1", "a \\X b == 1", "a \\times b == 1", "a /\\ b == 1", "a \\lor b == 1", "ENABLED a == 1",
      "UNCHANGED a == 1",
      "a \\in b == 1", "DOMAIN a == 1", "F(_ ') == 1", "CONSTANT _ '", "F == LET a' == 1 IN 1",
      "RECURSIVE _ \\land _",
    ])
  func constructs(body: String) {
    #expect(InMemory.problems(body).contains("is defined already"))
  }

  @Test("An inner module does not know later definitions of its outer module") func innerModules() {
    let inner = "  ---- MODULE Inner ----\n  Two == 2\n  D == Two\n  ====\n"
    #expect(InMemory.problems("\(inner)Two == 3\nI == INSTANCE Inner\nE == I!Two").isEmpty)
    #expect(
      InMemory.problems("Two == 3\n\(inner)I == INSTANCE Inner").hasPrefix("4:3 Two is defined already"))
  }

  @Test("An operator of an instance with parameters takes these before its own parameters")
  func instanceOperators() {
    let modules = ["Shift.tla": "---- MODULE Shift ----\nCONSTANT by\nAdd(a) == <<a, by>>\n====\n"]
    let body = "Use(F(_, _)) == F(1, 2)\nOne(F(_)) == F(1)\nS(by) == INSTANCE Shift\n"
    #expect(InMemory.problems(body + "D == Use(S!Add)", modules: modules).isEmpty)
    #expect(
      InMemory.problems(body + "D == LET T(n) == INSTANCE Shift WITH by <- n IN Use(T!Add)", modules: modules)
        .isEmpty)
    #expect(
      InMemory.problems(body + "D == One(S!Add)", modules: modules)
        == "5:10 an operator with 1 parameter is expected here; Add has 2")
  }

  @Test("An action argument raises the level of an application if its parameter is used outside ENABLED")
  func levelsOfArguments() throws {
    let specification = try InMemory.load(
      """
      VARIABLE x
      A == x' = x
      Can(B) == ENABLED B
      Deep(B, C) == Can(B) /\\ C
      State == Deep(A, x = 1)
      Action == Deep(x = 1, A)
      """)
    #expect(specification.definition(named: "State")?.level == .state)
    #expect(specification.definition(named: "Action")?.level == .action)
  }

  @Test("One run reports every error") func several() {
    #expect(InMemory.problems("D == Nothing\nE == F(1)\nG == Sombody").split(separator: "\n").count == 3)
  }

  @Test("Levels follow from the names that a definition mentions") func levels() throws {
    let specification = try InMemory.load(
      """
      EXTENDS Naturals
      CONSTANT N
      VARIABLE x
      C == N + 1
      S == x > C
      A == x' = x
      T == [][A]_x
      L(a) == a
      """, "CONSTANT N = 1")
    let level = { (name: String) in specification.definition(named: name)?.level }
    #expect(level("C") == .constant)
    #expect(level("S") == .state)
    #expect(level("A") == .action)
    #expect(level("T") == .temporal)
    #expect(level("L") == .constant)
  }

  @Test("Modules are extended through the provider, each once, without LOCAL definitions") func extends()
    throws
  {
    let base = "---- MODULE Base ----\nEXTENDS Naturals\nCONSTANT N\nTwo == 2\nLOCAL Hidden == 3\n====\n"
    let middle = "---- MODULE Middle ----\nEXTENDS Base\nThree == Two + 1\n====\n"
    let modules = ["Base.tla": base, "Middle.tla": middle]
    let specification = try InMemory.load(
      "EXTENDS Middle, Base\nD == Two + Three + N", "CONSTANT N = 1", modules: modules)
    #expect(specification.files.map(\.name) == ["Base.tla", "Middle.tla", "M.tla"])
    #expect(specification.constants.count == 1)
    #expect(
      InMemory.problems("EXTENDS Middle\nD == Hidden", "CONSTANT N = 1", modules: modules).contains(
        "Hidden is not defined"))
    var options = SpecificationLoader.Options()
    options.libraries = ["lib"]
    _ = try InMemory.load(
      "EXTENDS Far", modules: ["lib/Far.tla": "---- MODULE Far ----\n====\n"], options: options)
  }

  @Test("A missing module, a cycle, and an error inside an extended module") func brokenExtends() {
    #expect(
      InMemory.problems("EXTENDS Sequence").hasPrefix(
        "2:9 there is no module Sequence (did you mean Sequences?)"))
    let loop = InMemory.problems("EXTENDS A", modules: ["A.tla": "---- MODULE A ----\nEXTENDS M\n====\n"])
    #expect(loop == "2:9 M extends itself")
    let inside = InMemory.problems(
      "EXTENDS A", modules: ["A.tla": "---- MODULE A ----\nD == Nothing\n====\n"])
    #expect(inside.hasPrefix("2:6 Nothing is not defined"))
  }

  @Test(
    "A user's expression knows all modules that come with the program, whatever the specification extends")
  func userExpressions() throws {
    let specification = try InMemory.load(
      "VARIABLE x\nLen == x\nInit == x = TRUE\nNext == x' = x", "INIT Init\nNEXT Next")
    #expect(try specification.resolve("Cardinality({1}) + 2 \\in 0..3").level == .constant)
    for text in [
      "EmptyBag (+) SetToBag({1, 1})", "FoldSet(LAMBDA a, b : a + b, 0, {1, 2})", "ToJson([a |-> 1])",
      "Range(<<1, 2>>)", "TLCModelValue(\"a\")", "SetToSeq({1, 2}) \\o <<3>>", "LET k == 2 IN k % 2",
      "\\A Range \\in {1} : Range = 1",
    ] {
      #expect(throws: Never.self) { try specification.resolve(text) }
    }
    #expect(throws: Diagnostics.self) { try specification.resolve("Nothing(1)") }
    #expect(try specification.resolve("Len").level == .state, "the specification's own names come first")
    #expect(throws: Diagnostics.self) { try specification.resolve("Len(<<1>>)") }
    #expect(specification.knownNames.contains("Cardinality"))
  }
}
