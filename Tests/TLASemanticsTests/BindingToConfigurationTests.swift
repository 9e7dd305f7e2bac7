import TLASemantics
import TLASyntax
import Testing

@Suite("Binding a configuration") struct BindingToConfigurationTests {
  @Test("SYMMETRY with temporal properties, or with CHOOSE over permuted values, is a warning")
  func symmetry() throws {
    let body = """
      EXTENDS TLC
      CONSTANTS Nodes, Names
      VARIABLE x
      Sym == Permutations(Nodes)
      All == Nodes \\cup {0}
      First == CHOOSE n \\in All : n \\in Nodes
      Name == CHOOSE n \\in Names : TRUE
      Init == x = Name
      Next == x' = First
      Live == <>(x = First)
      """
    let lines = "INIT Init\nNEXT Next\nSYMMETRY Sym\nCONSTANTS Nodes = {a, b}\nNames = {c}\n"
    let choice = "CHOOSE may prefer one element of Nodes, which SYMMETRY Sym takes for alike"
    func warnings(_ body: String, _ configuration: String) throws -> String {
      try InMemory.load(body, configuration).warnings.map { warning in
        let place = warning.span?.startPosition
        return "\(place?.line ?? 0):\(place?.column ?? 0) \(warning.message)"
      }.joined(separator: "\n")
    }
    let first = try warnings(body, lines)
    #expect(first.contains("7:10 \(choice)"))
    #expect(!first.contains("permutes"))
    let small = try warnings(body, lines.replacing("{a, b}", with: "{a, a}"))
    #expect(small.contains("3:10 SYMMETRY Sym permutes Nodes, which has fewer than two elements"))
    let union = body.replacing("Permutations(Nodes)", with: "Permutations(Nodes \\cup Names)")
    #expect(try !warnings(union, lines.replacing("{a, b}", with: "{a}")).contains("permutes"))
    #expect(!first.contains("Names,") && !first.contains("could falsify"))
    let second = try warnings(body, lines + "PROPERTY Live\n")
    #expect(
      second.contains("3:10 SYMMETRY Sym could falsify the temporal property Live: it is checked without"))
    #expect(
      InMemory.problems(body, lines.replacing("Sym\n", with: "Syn\n")).contains(
        "Syn is not defined in M (did you mean Sym?)"))
  }

  @Test("A constant can stand for another one, but not for itself") func standIns() {
    let body = "CONSTANTS A, B, C"
    #expect(InMemory.problems(body, "CONSTANT A <- B\nCONSTANT C = 1\nCONSTANT B = 2").isEmpty)
    #expect(InMemory.problems("CONSTANT A", "CONSTANT A <- A").contains("A stands for itself"))
  }

  @Test(
    "Nothing is replaced through something else that is replaced",
    arguments: [
      "CONSTANT A <- B\nCONSTANT B <- C\nCONSTANT C = 1", "CONSTANT A <- D\nCONSTANT D <- E",
      "CONSTANT D <- E\nCONSTANT E <- D", "CONSTANT D <- [M] E\nCONSTANT E <- [M] D",
    ])
  func chains(_ configuration: String) {
    let body = "CONSTANTS A, B, C\nD == 1\nE == 2"
    let constants = "CONSTANTS A = 1\nB = 1\nC = 1\n"
    #expect(InMemory.problems(body, constants + configuration).contains("and is replaced itself"))
  }

  private static let body = """
    EXTENDS Naturals
    CONSTANTS N, Max
    VARIABLE x
    Init == x = 0
    Next == x' = (x + 1) % N
    Spec == Init /\\ [][Next]_x /\\ WF_x(Next)
    Small == x < Max
    Step == x' = x
    F(a) == a
    None == CHOOSE n : n \\notin 0..N
    ASSUME A == TRUE
    Start == 7
    """

  @Test(
    "Mistakes in a configuration",
    arguments: [
      ("INIT Init\nNEXT Next\nCONSTANT N = 1", "the constant Max has no value"),
      (
        "INIT Init\nNEXT Next\nCONSTANTS N = 1 Max = 2 Mux <- Start",
        "Mux is not defined in M (did you mean Max?)"
      ),
      ("INIT Init\nCONSTANTS N = 1 Max = 2", "1:6 The configuration has INIT and no NEXT"),
      ("NEXT Next\nCONSTANTS N = 1 Max = 2", "1:6 The configuration has NEXT and no INIT"),
      (
        "SPECIFICATION Spec\nINIT Init\nCONSTANTS N = 1 Max = 2",
        "2:6 The configuration has both SPECIFICATION and INIT"
      ),
      ("SPECIFICATION Spce\nCONSTANTS N = 1 Max = 2", "Spce is not defined in M (did you mean Spec?)"),
      (
        "INIT Init\nNEXT Next\nINVARIANT Step\nCONSTANTS N = 1 Max = 2",
        "INVARIANT Step is an action (it has primes)"
      ),
      (
        "INIT Init\nNEXT Next\nINVARIANT F\nCONSTANTS N = 1 Max = 2",
        "INVARIANT F must be a definition without parameters"
      ),
      ("INVARIANT Small\nCONSTANTS N = 1 Max = 2", "names Small but no behavior"),
      (
        "INIT Init\nNEXT Next\nCONSTANTS N = 1 Max <- F",
        "F cannot stand for Max: it does not have 0 parameters, as Max has"
      ),
      (
        "INIT Init\nNEXT Next\nCONSTANTS N = 1 Max <- Small",
        "Small is a state predicate: it cannot stand for the constant Max"
      ),
      ("INIT Init\nNEXT Next\nCONSTANTS N = 1 Max = 2 x <- Start", "x is no constant and no definition"),
      ("INIT Init\nNEXT Next\nCONSTANTS N = 1 Max = 2 A <- Start", "A is no constant and no definition"),
      ("INIT Init\nNEXT Next\nCONSTANTS N = 1 Max = 2 None <- A", "A cannot stand for None"),
      ("INIT Init\nNEXT Next\nINVARIANT A\nCONSTANTS N = 1 Max = 2", "A names an assumption or a theorem"),
    ])
  func problems(configuration: String, message: String) {
    let found = InMemory.problems(Self.body, configuration)
    #expect(found.contains(message), "\(found)")
  }

  @Test("SPECIFICATION is taken apart into Init, Next, and fairness") func specification() throws {
    let specification = try InMemory.load(
      Self.body, "SPECIFICATION Spec\nINVARIANT Small\nCONSTANTS N = 3 Max = 5")
    #expect(specification.initial != nil)
    #expect(specification.next?.level == .action)
    #expect(specification.temporalConjuncts.count == 1)
    #expect(specification.invariants.map(\.name) == ["Small"])
    #expect(try InMemory.load(Self.body, "CONSTANTS N = 3 Max = 5").next == nil)
  }

  @Test("A value from the command line overrides the configuration") func override() throws {
    var options = SpecificationLoader.Options()
    let name = Identifier("Max", SourceSpan(file: SourceFile(name: "option", text: "Max"), start: 0, end: 3))
    options.constants = [Configuration.Assignment(name: name, meaning: .value(.integer(digits: "9")))]
    let specification = try InMemory.load(
      Self.body, "INIT Init\nNEXT Next\nCONSTANTS N = 1 Max = 2", options: options)
    let max = try #require(specification.constants.first { $0.name.text == "Max" })
    guard case .value(let value) = specification.meaning(of: max) else {
      Issue.record("no value")
      return
    }
    #expect(value == .integer(digits: "9"))
  }

  @Test("A constant that the module lacks is a warning in the file, and an error on the command line")
  func unknown() throws {
    let configuration = "INIT Init\nNEXT Next\nCONSTANTS N = 1 Max = 2 Mux = 3"
    let warnings = try InMemory.load(Self.body, configuration).warnings
    #expect(warnings.map(\.message) == ["Mux is not a constant of the module"])
    #expect(warnings.first?.hint == "did you mean Max?")
    let variable = try InMemory.load(Self.body, configuration.replacing("Mux", with: "x")).warnings
    #expect(variable.map(\.message) == ["x is no constant and no definition of a module: it gets no value"])
    var options = SpecificationLoader.Options()
    let name = Identifier("Mux", SourceSpan(file: SourceFile(name: "option", text: "Mux"), start: 0, end: 3))
    options.constants = [Configuration.Assignment(name: name, meaning: .value(.integer(digits: "9")))]
    let problems = InMemory.problems(
      Self.body, "INIT Init\nNEXT Next\nCONSTANTS N = 1 Max = 2", options: options)
    #expect(problems == "1:1 Mux is not a constant of the module (did you mean Max?)")
  }

  @Test("Definitions are replaced by definitions, and by values") func replacement() throws {
    let specification = try InMemory.load(
      Self.body, "INIT Init\nNEXT Next\nCONSTANTS N = 1 Max = 2 None = None Nat <- Start")
    let none = try #require(specification.definition(named: "None"))
    guard case .constant(let constant) = specification.replacement(of: none).body.kind,
      case .value(let value) = specification.meaning(of: constant)
    else {
      Issue.record("None is not replaced")
      return
    }
    #expect(value == .modelValue("None"))
    #expect(specification.replacement(of: .naturals)?.name.text == "Start")
    #expect(specification.configuration.constants.count == 4)
  }

  @Test(
    "A module without a configuration gets a proposal from its names",
    arguments: [
      (
        "CONSTANTS N, F(_)\nVARIABLE x\nSpec == x = N /\\ [][x' = x]_x\nTypeOK == TRUE",
        "`synscope configure M.tla --constant 'N = …' --constant 'F <- …'` writes "
          + "SPECIFICATION Spec, CONSTANT N = …, CONSTANT F <- …, INVARIANT TypeOK"
      ),
      ("VARIABLE x\nInit == TRUE\nNext == x' = x", "`synscope configure M.tla` writes INIT Init, NEXT Next"),
      ("VARIABLE x\nStart == x = 0", "write M.cfg with INIT …, NEXT …, INVARIANT …, CONSTANT …"),
    ])
  func proposal(body: String, expected: String) {
    do {
      let module = "---- MODULE M ----\n\(body)\n===="
      _ = try SpecificationLoader(provider: TextProvider(files: ["M.tla": module])).load("M.tla")
      Issue.record("it is loaded")
    } catch let error as Diagnostics {
      #expect(error.all.first?.hint == "\(expected); or name another one with --config")
    } catch { Issue.record("\(error)") }
  }
}
