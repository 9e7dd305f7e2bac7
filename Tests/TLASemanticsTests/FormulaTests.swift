import TLASemantics
import TLASyntax
import Testing

@Suite("The formula of a specification") struct FormulaTests {
  private static let module = """
    EXTENDS Naturals
    VARIABLE y
    Init == y = 0
    Next == y' = 1 - y
    Vars == y
    Box == [][Next]_Vars
    Live == WF_y(Next)
    Both == Box /\\ Live
    Part(P) == P /\\ Box
    """

  @Test(
    "It is split through definitions, conjunctions and LET",
    arguments: [
      ("Init /\\ [][Next]_y", 0),
      ("Init /\\ Both", 1),
      ("LET I == Init IN I /\\ LET B == Both IN B", 1),
      ("/\\ Init /\\ Box\n        /\\ LET F == WF_y(Next) G == SF_y(Next) IN F /\\ G", 2),
      ("Init /\\ (Box /\\ (Live /\\ TRUE))", 1),
      ("LET S(P) == Part(P) IN S(Init) /\\ Live", 1),
      ("LET N == Next IN Init /\\ [][N]_y", 0),
    ])
  func takenApart(formula: String, fairness: Int) throws {
    let specification = try InMemory.load(Self.module + "\nSpec == " + formula, "SPECIFICATION Spec")
    #expect(specification.initial?.level == .state)
    #expect(specification.next?.level == .action)
    #expect(specification.temporalConjuncts.count == fairness)
  }
}

@Suite("PlusCal algorithms") struct PlusCalAlgorithmTests {
  private static func warnings(_ body: String, _ configuration: String = "") throws -> [String] {
    try InMemory.load(body, configuration).warnings.map { "\($0.message) (\($0.hint ?? ""))" }
  }

  private static let warning =
    "the PlusCal algorithm is not translated: the module has none of its definitions"
    + " (translate it, as with `java -cp tla2tools.jar pcal.trans M.tla`, and try again)"

  @Test(
    "An untranslated algorithm is reported if nothing is explored",
    arguments: ["algorithm", "fair algorithm"])
  func untranslated(mark: String) throws {
    #expect(try Self.warnings("(* --\(mark) count { skip } *)\nA == 1") == [Self.warning])
    #expect(
      InMemory.problems("\\* -- none\n(* --\(mark) count { skip } *)\nA == 1", "SPECIFICATION Spec")
        == "1:15 Spec is not defined in M\n3:4 " + Self.warning)
  }

  @Test("A translated algorithm is not reported") func translated() throws {
    let text = """
      (* --algorithm count { skip } *)
      \\* BEGIN TRANSLATION
      VARIABLE pc
      Init == pc = "Done"
      Next == pc' = pc
      \\* END TRANSLATION
      """
    #expect(try Self.warnings(text, "INIT Init\nNEXT Next") == [])
    #expect(try Self.warnings("(* an algorithm -- fair, not translated *)\nA == 1") == [])
  }
}

@Suite("Modules by name") struct ModuleNameTests {
  @Test(
    "A missing module of TLC or of the community is unsupported, any other is not found",
    arguments: ["GraphViz", "HTML", "Statistics", "RealTime", "FunctionTheorems"])
  func unsupported(name: String) throws {
    do {
      _ = try InMemory.load("EXTENDS \(name)")
      Issue.record("\(name) is not there")
    } catch let error as Diagnostics {
      #expect(error.all.map(\.category) == [.unsupported])
      #expect(error.all.first?.message == "the module \(name) is not supported yet")
    }
    #expect(InMemory.problems("EXTENDS \(name)s").hasPrefix("2:9 there is no module \(name)s"))
  }

  @Test("The built-in modules find one another, whatever names the user's modules have")
  func helpers() throws {
    let modules = [
      "Folds.tla": "---- MODULE Folds ----\nEXTENDS Integers, Apalache\nTwice(n) == n + n\n====\n"
    ]
    _ = try InMemory.load("EXTENDS Integers, Apalache\nA == 1 := 1", modules: modules)
    let specification = try InMemory.load(
      "EXTENDS Folds, FiniteSetsExt\nA == <<Twice(2), Max({1})>>", modules: modules)
    #expect(specification.definition(named: "Twice")?.module == "Folds")
  }

  @Test("Two modules with one name are an error") func sameName() {
    #expect(
      InMemory.problems("EXTENDS Integers\n---- MODULE Naturals ----\n====")
        == "3:13 there is a module Naturals already (a module that is extended, or stands here, cannot have the name of another one)"
    )
    let inner = "---- MODULE In ----\nX == 1\n====\n"
    #expect(InMemory.problems(inner + inner).hasPrefix("5:13 there is a module In already"))
    #expect(
      InMemory.problems("---- MODULE Naturals ----\nX == 1\n====\nI == INSTANCE Naturals\nA == I!X") == "")
  }
}
