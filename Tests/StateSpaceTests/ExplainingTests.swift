import BigInt
import StateSpace
import TLASemantics
import TLASyntax
import Testing

private func explorer(_ definitions: String, configuration: String) throws -> Explorer {
  let module = "---- MODULE M ----\nEXTENDS Integers, Sequences\n\(definitions)\n===="
  let provider = TextProvider(files: ["M.tla": module, "M.cfg": configuration])
  return try Explorer(SpecificationLoader(provider: provider).load("M.tla", options: .init()))
}

@Suite("The conjuncts of an action") struct ConjunctTests {
  private static let spec = """
    VARIABLES x, y
    Init == x = 0 /\\ y = {}
    Small(n) == x < n
    Step(n) ==
      /\\ Small(n)
      /\\ n \\notin y
      /\\ x' = x + n
      /\\ y' = y \\union {n}
    Either ==
      /\\ \\/ x > 5 /\\ y' = {}
         \\/ x = 0 /\\ y' = {9}
      /\\ UNCHANGED x
    Take == \\E e \\in y : e > 1 /\\ y' = y \\ {e} /\\ x' = x
    TakeOne(e) == e > 1 /\\ y' = y \\ {e} /\\ x' = x
    Broken == Head(<<>>) = x /\\ UNCHANGED <<x, y>>
    Next == (\\E n \\in 1..2 : Step(n)) \\/ Either \\/ Take \\/ (\\E e \\in y : TakeOne(e)) \\/ Broken
    """

  private func model() throws -> Explorer {
    try explorer(Self.spec, configuration: "INIT Init NEXT Next")
  }

  private func summary(
    _ name: String, _ arguments: [PlainValue] = [], in state: [PlainValue], of model: Explorer
  ) throws -> [String] {
    let label = ActionLabel(name: name, arguments: arguments)
    return try model.conjuncts(of: label, in: model.state(of: state)).map { conjunct in
      "\(conjunct.span.oneLineText): \(conjunct.outcome)\(conjunct.values.map { " \($0)" } ?? "")"
    }
  }

  @Test("An enabled action: tests are true, assignments show their values") func enabled() throws {
    let model = try model()
    let conjuncts = try summary("Step", [.integer(2)], in: [.integer(0), .set([])], of: model)
    #expect(
      conjuncts == [
        "Small(n): isTrue 0 < 2", "n \\notin y: isTrue 2 \\notin {}", "x' = x + n: assigns 2",
        "y' = y \\union {n}: assigns {2}",
      ])
  }

  @Test("A disabled action: nothing after the first false conjunct is reached") func disabled() throws {
    let model = try model()
    let state = try model.state(of: [.integer(1), .set([.integer(2)])])
    let conjuncts = model.conjuncts(of: ActionLabel(name: "Step", arguments: [.integer(2)]), in: state)
    #expect(conjuncts.map(\.outcome) == [.isTrue, .isFalse, .notReached, .notReached])
    #expect(conjuncts[1].values == "2 \\notin {2}")
    let other = model.conjuncts(of: ActionLabel(name: "Step", arguments: [.integer(1)]), in: state)
    #expect(other.map(\.outcome) == [.isFalse, .notReached, .notReached, .notReached])
    #expect(other[0].part?.oneLineText == "x < n")
  }

  @Test("Each branch of a disjunction has its own conjuncts") func branches() throws {
    let conjuncts = try summary("Either", in: [.integer(0), .set([])], of: model())
    #expect(
      conjuncts == [
        "x > 5: isFalse 0 > 5", "y' = {}: notReached", "x = 0: isTrue 0 = 0", "y' = {9}: assigns {9}",
        "UNCHANGED x: assigns",
      ])
  }

  @Test("Under an \\E one binding that works is enough; arguments choose the binding") func bound() throws {
    let model = try model()
    let state: [PlainValue] = [.integer(3), .set([.integer(1), .integer(2)])]
    #expect(try summary("Take", in: state, of: model).first?.hasPrefix("e > 1: isTrue") == true)
    #expect(try summary("TakeOne", [.integer(1)], in: state, of: model).first == "e > 1: isFalse 1 > 1")
    #expect(try summary("TakeOne", [.integer(2)], in: state, of: model).first == "e > 1: isTrue 2 > 1")
  }

  @Test("A conjunct without a value says why") func failing() throws {
    let model = try model()
    let conjuncts = model.conjuncts(of: ActionLabel(name: "Broken"), in: try model.initialStates()[0])
    #expect(conjuncts.map(\.outcome) == [.failed, .notReached])
    #expect(conjuncts[0].values?.contains("Head") == true)
  }

  @Test("Asking does not affect stepping, and an unknown action has no conjuncts") func harmless() throws {
    let model = try model()
    let state = try model.initialStates()[0]
    let before = model.actions(in: state).map { "\($0.label) \($0.successors)" }
    #expect(model.conjuncts(of: ActionLabel(name: "Nothing"), in: state).isEmpty)
    _ = model.conjuncts(of: ActionLabel(name: "Step", arguments: [.integer(1)]), in: state)
    #expect(model.actions(in: state).map { "\($0.label) \($0.successors)" } == before)
  }
}

@Suite("Why an invariant is false") struct ExplanationTests {
  private func explanation(_ predicate: String) throws -> Explanation {
    let model = try explorer(
      """
      CONSTANT S
      VARIABLES x, set, f
      Init == x = 3 /\\ set = {1, 2} /\\ f = [i \\in S |-> i]
      Next == UNCHANGED <<x, set, f>>
      Inv == \(predicate)
      """, configuration: "INIT Init NEXT Next INVARIANT Inv CONSTANT S = {1, 2}")
    let state = try model.initialStates()[0]
    guard case .fails(let explanation) = model.status(ofInvariant: 0, in: state) else {
      throw Diagnostic(.error, .specification, .value, "it does not fail")
    }
    return explanation
  }

  @Test("An invariant that asks whether an action is enabled says what disables it") func enabled() throws {
    let found = try explanation("ENABLED (x > 2 /\\ x < 3 /\\ x' = 4)")
    #expect(found.expression.hasPrefix("ENABLED"))
    #expect(found.parts.map(\.expression) == ["x < 3"] && found.parts.map(\.values) == ["3 < 3"])
  }

  @Test("Under a negation the smallest true part is to blame") func negation() throws {
    let simple = try explanation("~(x = 3)")
    #expect(simple.expression == "(x = 3)" && simple.holds && simple.values == "3 = 3")
    let bound = try explanation("~\\E e \\in set : e = 2")
    #expect(bound.expression == "e = 2" && bound.holds)
    #expect(bound.witnesses.map { "\($0.name) = \($0.value)" } == ["e = 2"])
    let twice = try explanation("~~(x = 4)")
    #expect(twice.expression == "(x = 4)" && !twice.holds)
    #expect(try explanation("~(x = 9 \\/ x = 3)").expression == "x = 3")
  }

  @Test("Each alternative of a disjunction is to blame") func disjunction() throws {
    let two = try explanation("x = 1 \\/ x > 7")
    #expect(two.values == "neither 3 = 1 nor 3 > 7")
    #expect(two.parts.map(\.expression) == ["x = 1", "x > 7"])
  }

  @Test("An \\E says that there is no witness, and why each of a few candidates fails") func exists() throws {
    let constant = try explanation("\\E e \\in S : e = x")
    #expect(constant.values == "no e in {1, 2}")
    #expect(constant.parts.map(\.values) == ["1 = 3", "2 = 3"])
    let variable = try explanation("\\A i \\in S : \\E e \\in set : e > i")
    #expect(variable.values == "no e in {1, 2}")
    #expect(variable.witnesses.map { "\($0.name) = \($0.value)" } == ["i = 2"])
    #expect(try explanation("\\E e \\in set \\ {1, 2} : TRUE").values == "no e in {}")
  }

  @Test("A relation gives both sides") func sides() throws {
    let sides = try #require(try explanation("set = {2, x}").sides)
    #expect(sides.left == .set([.integer(1), .integer(2)]))
    #expect(sides.right == .set([.integer(2), .integer(3)]))
    #expect(sides.leftSpan.oneLineText == "set" && sides.symbol == "=")
  }

  @Test("A premise that is false leaves an implication untested") func vacuity() throws {
    let model = try explorer(
      """
      VARIABLES x, set
      Init == x = 0 /\\ set = {}
      Next == x' = x + 1 /\\ set' = set \\union {x}
      Big == x > 1 => x > 0
      Each == \\A e \\in set : e >= 0
      Cases == \\A i \\in 1..2 : x = i => set # {}
      """, configuration: "INIT Init NEXT Next INVARIANTS Big Each Cases")
    var state = try model.initialStates()[0]
    func reasons() -> [String?] {
      (0..<3).map { index in
        model.implications(ofInvariant: index, in: state).first?.untestedBecause.map {
          "\($0.values ?? $0.expression)\($0.witnesses.map { " \($0.name)=\($0.value)" }.joined())"
        }
      }
    }
    #expect(reasons() == ["0 > 1", "set is empty", "0 = 1 i=1"])
    state = try #require(model.successors(of: state).first).state
    #expect(reasons() == ["1 > 1", nil, nil])
    state = try #require(model.successors(of: state).first).state
    #expect(reasons() == [nil, nil, nil])
  }

  @Test("A complete search finds the implications that no state tests") func neverTested() throws {
    var options = CheckOptions()
    options.looksForVacuity = true
    func vacuous(_ limit: Int?) throws -> [String]? {
      options.maxStates = limit
      let result = try InMemory.check(
        """
        EXTENDS Integers
        VARIABLES x, set
        Init == x = 0 /\\ set = {}
        Next == x' = (x + 1) % 5 /\\ set' = {}
        Never == x > 7 => x > 0
        Late == x > 3 => (x > 9 => x > 8)
        Empty == \\A e \\in set : e > 0
        Cases == \\A i \\in {1, 9} : x = i => IF x = 1 THEN x = 2 => FALSE ELSE x = 3 => TRUE
        """, "INIT Init NEXT Next INVARIANTS Never Late Empty Cases", options: options)
      return result.vacuous?.map { "\($0.invariant): \($0.span.oneLineText)" }
    }
    let found = try vacuous(nil)
    #expect(
      found == [
        "Never: x > 7 => x > 0", "Late: (x > 9 => x > 8)", "Empty: \\A e \\in set : e > 0",
        "Cases: x = 2 => FALSE",
      ])
    #expect(try vacuous(3) == nil, "a search that hit a limit has not seen every state")
    options.looksForVacuity = false
    #expect(try vacuous(nil) == nil)
  }
}
