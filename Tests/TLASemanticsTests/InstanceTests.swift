import TLASemantics
import TLASyntax
import Testing

/// Modules to make instances of.
private let modules = [
  "Set.tla": "---- MODULE Set ----\nCONSTANTS E, F(_)\nLOCAL Own == E\nAll == {Own}\nOf(x) == F(x)\n====\n",
  "Cell.tla": "---- MODULE Cell ----\nVARIABLE v\nStays == v' = v\n====\n",
  "Counter.tla": "---- MODULE Counter ----\nCONSTANT c\nVARIABLE v\nIs == v = c\n====\n",
  "Loop.tla": "---- MODULE Loop ----\nI == INSTANCE Loop\n====\n",
  "Wrong.tla": "---- MODULE Wrong ----\nD == Nothing\n====\n",
]

@Suite("Instances of modules") struct InstanceTests {
  @Test(
    "Mistakes are reported with their place and a hint",
    arguments: [
      (
        "Id(x) == x\nI == INSTANCE Set WITH F <- Id",
        "3:6 E, which Set declares, has no meaning here (add `WITH E <- …`, or declare E before the INSTANCE)"
      ),
      (
        "Id(x) == x\nI == INSTANCE Set WITH E <- 1, F <- Id, EE <- 2",
        "3:41 Set declares no constant or variable EE"
      ),
      (
        "I == INSTANCE Set WITH E <- 1, F <- 2",
        "2:37 an operator with 1 parameter is expected here"
      ),
      (
        "Id(x) == x\nI == INSTANCE Set WITH E <- 1, F <- Id\nD == I!Al",
        "4:8 Al is not defined"
      ),
      (
        "Id(x) == x\nI == INSTANCE Set WITH E <- 1, F <- Id\nD == I!Own", "4:8 Own is not defined"
      ),
      (
        "Id(x) == x\nI(E) == INSTANCE Set WITH F <- Id\nD == I!All",
        "4:6 the instance I takes 1 argument, not 0"
      ),
      (
        "Id(x) == x\nI == INSTANCE Set WITH E <- 1, F <- Id\nD == I",
        "4:6 I is an instance of a module (name what it defines: `I!Name`)"
      ),
      ("I == INSTANCE Loop", "2:15 Loop instantiates itself"),
      ("I == INSTANCE Wrong\nJ == INSTANCE Wrong", "2:6 Nothing is not defined"),
      (
        "VARIABLE w\nI == INSTANCE Cell WITH v <- w'\nD == I!Stays",
        "3:30 the expression for the variable v must be an expression of a state, and this is an action"
      ),
      (
        "VARIABLE w\nI == INSTANCE Counter WITH c <- w, v <- w",
        "3:33 the expression for the constant c must be a constant, and this is an expression of a state"
          + " (declare c as a VARIABLE of Counter, or put a constant for it)"
      ),
      (
        "VARIABLES w, c\nI == INSTANCE Counter WITH v <- w",
        "3:6 the expression for the constant c must be a constant, and this is an expression of a state"
          + " (declare c as a VARIABLE of Counter, or put a constant for it)"
      ),
      (
        "VARIABLE w\nI(a) == INSTANCE Counter WITH c <- a, v <- w\nD == I(1)!Is\nE == I(w)!Is",
        "5:8 an expression of a state stands here for a parameter of Is that can be a constant at most"
      ),
      (
        "EXTENDS Naturals\nVARIABLE w\nI(a) == INSTANCE Counter WITH c <- a + 1, v <- w\nD == I(1)!Is\nE == I(w)!Is",
        "6:8 an expression of a state stands here for a parameter of Is that can be a constant at most"
      ),
      (
        "VARIABLE w\nNext(p) == <<w, p'>>\nTwo(p) == Next(<<p>>)\nI == INSTANCE Set WITH E <- 1, F <- Two",
        "5:37 the expression for F looks at the next state of its argument p"
          + " (an operator for a constant operator has to give equal results for equal arguments)"
      ),
      (
        "VARIABLE w\nI == INSTANCE Set WITH E <- 1, F <- LAMBDA p : ENABLED (w' = p)",
        "3:37 the expression for F looks at the next state of its argument p"
          + " (an operator for a constant operator has to give equal results for equal arguments)"
      ),
    ])
  func problems(body: String, message: String) {
    #expect(InMemory.problems(body, modules: modules) == message)
  }

  @Test("A missing module gives one message, not one for each name that it would define")
  func missing() {
    #expect(
      InMemory.problems("INSTANCE Sets\nD == Union(1)\nE == Count(D)\nI == INSTANCE Sets\nJ == I!All")
        == "2:10 there is no module Sets (put Sets.tla beside the module, or name its folder with --library)")
    #expect(
      InMemory.problems("I == INSTANCE RealTime\nD == I!Trace")
        == "2:15 the module RealTime is not supported yet"
    )
  }

  @Test("A name that an instance also defines keeps its meaning, with a warning") func hidden()
    throws
  {
    let specification = try InMemory.load(
      "E == 1\nF(x) == x\nAll == 7\nINSTANCE Set\nD == <<All, Of(2)>>", modules: modules)
    #expect(
      specification.warnings.map(\.message) == ["Set defines All, too: it keeps the meaning that it has here"]
    )
    #expect(specification.definition(named: "All")?.module == "M")
    #expect(specification.definition(named: "Of")?.module == "Set")
  }

  @Test("Declarations of an instance stay inside; in its definitions the names are substituted")
  func substitution()
    throws
  {
    let specification = try InMemory.load(
      """
      VARIABLES w, E
      C == INSTANCE Cell WITH v <- w
      Id(x) == x
      INSTANCE Set WITH F <- Id
      Step == C!Stays
      Now == All
      """, modules: modules)
    #expect(specification.variables.map(\.name.text) == ["w", "E"])
    #expect(specification.definition(named: "Step")?.level == .action)
    #expect(specification.definition(named: "Now")?.level == .state)
    #expect(specification.definition(named: "Own") == nil)
    #expect(specification.files.map(\.name) == ["Cell.tla", "Set.tla", "M.tla"])
  }

  @Test(
    "The community's modules pass on names that they extend if the specification does not define them")
  func passedOn() throws {
    let modules = [
      "Cards.tla": "---- MODULE Cards ----\nEXTENDS FiniteSetsExt\nCard(S) == Cardinality(S)\n====\n"
    ]
    let user = "EXTENDS SequencesExt, Cards\nOwn(f) == Range(f) \\cup {Len(f), Max(1..Card({1}))}\n"
    let plain = try InMemory.load(user, modules: modules)
    #expect(plain.warnings.isEmpty)
    #expect(plain.definition(named: "Range") == nil)
    let hiding = try InMemory.load(user.replacing("Own(f)", with: "Range(f) == 7\nOwn(f)"), modules: modules)
    #expect(hiding.warnings.isEmpty)
    #expect(hiding.definition(named: "Range")?.module == "M")
    #expect(
      InMemory.problems("EXTENDS Cards\nMax(a, b) == a", modules: modules)
        == "3:1 Max is defined already (choose another name)")
  }

  @Test("In a constant module anything may be substituted, also operators that look at one state")
  func allowed() {
    let body = """
      VARIABLE w
      Now(p) == <<w, p>>
      Then(p) == <<w', p>>
      RECURSIVE Down(_)
      Down(n) == IF n = 0 THEN w' ELSE Down(n - 1)
      I == INSTANCE Set WITH E <- w', F <- Now
      J == INSTANCE Set WITH E <- w, F <- Then
      K == INSTANCE Set WITH E <- ENABLED (w' = w), F <- Down
      """
    #expect(InMemory.problems("EXTENDS Naturals\n" + body, modules: modules) == "")
  }

  @Test("A module inside an instance may extend a module that is extended around it") func extendedAnew() {
    let modules = [
      "Base.tla": "---- MODULE Base ----\nCONSTANT c\nAll == {c}\n====\n",
      "Mid.tla": "---- MODULE Mid ----\nEXTENDS Base\nMost == All\n====\n",
      "Outer.tla": """
      ---- MODULE Outer ----
      EXTENDS Base
      ---- MODULE Inner ----
      EXTENDS Mid
      VARIABLE v
      Is == v = Most
      ====
      In(v) == INSTANCE Inner
      ====
      """,
    ]
    #expect(
      InMemory.problems(
        "EXTENDS Base\nVARIABLE w\nO == INSTANCE Outer\nA == O!In(w)!Is", "CONSTANT c = 1", modules: modules)
        == ""
    )
  }

  @Test("A module without declarations is the same wherever it is instantiated") func shared() throws {
    let plain = "---- MODULE Plain ----\nOne == 1\n====\n"
    let left = "---- MODULE Left ----\nINSTANCE Plain\n====\n"
    let right = "---- MODULE Right ----\nEXTENDS Plain\n====\n"
    let specification = try InMemory.load(
      "EXTENDS Left, Right\nTwo == <<One, One>>",
      modules: ["Plain.tla": plain, "Left.tla": left, "Right.tla": right])
    #expect(specification.definition(named: "One")?.module == "Plain")
  }
}
