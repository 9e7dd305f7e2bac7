import StateSpace
import TLASemantics
import Testing

@Suite("A check reports what it did not cover") struct UncheckedTests {
  private func unchecked(_ body: String, _ configuration: String, _ options: CheckOptions = CheckOptions())
    throws -> [String]
  {
    try InMemory.check(body, configuration, options: options).unchecked.map(\.text)
  }

  private static let counter = """
    EXTENDS Naturals
    VARIABLE x
    Init == x = 0
    Next == x' = (x + 1) % 10
    Fine == x < 10
    Guarded == x > 20 => x = 5
    Later == <>(x = 3)
    Inside == x < 4
    Step == x' # 4
    """

  @Test("Nothing, if every state was visited") func complete() throws {
    #expect(try unchecked(Self.counter, "INIT Init\nNEXT Next\nINVARIANT Fine") == [])
  }

  @Test("Temporal properties that are not judged, or not on every behavior") func properties() throws {
    let configuration = "SPECIFICATION Spec\nPROPERTY Later\nINVARIANT Fine"
    let fair = Self.counter + "\nSpec == Init /\\ [][Next]_x /\\ WF_x(Next)"
    #expect(try unchecked(fair, configuration) == [])
    var options = CheckOptions()
    options.checksLiveness = false
    let notChecked = "not checked: Later, a temporal property"
    #expect(try unchecked(fair, configuration, options) == [notChecked])
    options = CheckOptions()
    options.maxStates = 5
    #expect(
      try unchecked(fair, configuration, options)
        == [notChecked, "not explored: what lies beyond the limit, 5 distinct states"])
    #expect(
      try unchecked(fair, configuration + "\nCONSTRAINT Inside").first
        == "Later was judged only on behaviors that stay within the constraints")
  }

  @Test("States and steps outside the constraints") func constraints() throws {
    let expected = ["not explored: what follows the state outside the constraints"]
    #expect(try unchecked(Self.counter, "INIT Init\nNEXT Next\nCONSTRAINT Inside") == expected)
    #expect(try unchecked(Self.counter, "INIT Init\nNEXT Next\nACTION_CONSTRAINT Step") == expected)
    let several = Self.counter.replacing("x = 0", with: "x \\in 3..8")
    #expect(
      try unchecked(several, "INIT Init\nNEXT Next\nCONSTRAINT Inside")
        == ["not explored: what follows the 6 generated states outside the constraints"])
  }

  @Test("States beyond a limit, also if a violation was found before it") func limits() throws {
    var options = CheckOptions()
    options.maxStates = 5
    let beyond = ["not explored: what lies beyond the limit, 5 distinct states"]
    #expect(try unchecked(Self.counter, "INIT Init\nNEXT Next\nINVARIANT Fine", options) == beyond)
    options.continueAfterViolation = true
    let body = Self.counter.replacing("x < 10", with: "x # 2")
    let result = try InMemory.check(body, "INIT Init\nNEXT Next\nINVARIANT Fine", options: options)
    guard case .violation(let violation) = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(violation.name == "Fine")
    #expect(result.unchecked.map(\.text) == beyond)
  }

  @Test("Implications that no state tests") func implications() throws {
    var options = CheckOptions()
    options.looksForVacuity = true
    let texts = try unchecked(Self.counter, "INIT Init\nNEXT Next\nINVARIANT Guarded", options)
    #expect(
      texts == [
        "Guarded is vacuous at M.tla:7:12: no reachable state puts `x > 20 => x = 5` to the test"
      ])
  }

  @Test("Everything, if there is no initial state or no behavior") func nothing() throws {
    let none = Self.counter.replacing("x = 0", with: "x \\in {}")
    let result = try InMemory.check(none, "INIT Init\nNEXT Next\nINVARIANT Fine")
    guard case .success = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(
      result.unchecked.map(\.text)
        == ["there is no initial state: nothing was explored, and no invariant was tested"])
    #expect(result.progress.depth == 1)
    #expect(
      try unchecked("EXTENDS Naturals\nASSUME 1 + 1 = 2", "")
        == ["there is no behavior: only the assumptions were checked"])
    #expect(
      try unchecked("EXTENDS Naturals\nTwo == 1 + 1", "")
        == ["there is no behavior and no assumption: nothing was checked"])
  }

  @Test("Initial states outside the constraints are initial states, and the depth is 1") func allCutOff()
    throws
  {
    let result = try InMemory.check(
      Self.counter.replacing("x < 4", with: "x > 10"),
      "INIT Init\nNEXT Next\nCONSTRAINT Inside\nINVARIANT Fine")
    #expect(
      result.unchecked.map(\.text) == ["not explored: what follows the state outside the constraints"])
    #expect(result.progress.generated == 1)
    #expect(result.progress.distinct == 0)
    #expect(result.progress.depth == 1)
  }

  @Test("A message names the invariant without a value, not the first one", arguments: 0..<4)
  func failingInvariant(_ position: Int) throws {
    let names = (0..<4).map { "Inv\($0)" }
    let definitions = names.enumerated().map { index, name in
      "\(name) == \(index == position ? "x # 3 \\/ x[1] = 2" : "x < 10")"
    }
    let result = try InMemory.check(
      Self.counter + "\n" + definitions.joined(separator: "\n"),
      "INIT Init\nNEXT Next\nINVARIANTS " + names.joined(separator: " "))
    #expect(result.violations.map(\.name) == [names[position]])
    #expect(result.violations.first?.subject == .invariant)
    #expect(result.violations.first?.trace.count == 4)
  }

  @Test("Labelling a counterexample does not repeat Print, TLCSet or random choices") func silentLabels()
    throws
  {
    let body = """
      EXTENDS Naturals, TLC
      VARIABLE x
      Init == x = 0 /\\ TLCSet(1, 0)
      Next == x' = x + 1 /\\ PrintT(x) /\\ TLCSet(1, TLCGet(1) + 1)
      Small == x < 4
      """
    var printed: [String] = []
    let result = try Checker(
      InMemory.load(body, "INIT Init\nNEXT Next\nINVARIANT Small"), options: CheckOptions()
    ).run(output: { printed.append($0) }, progress: { _ in true }, onViolation: { _ in })
    #expect(printed == ["0", "1", "2", "3"])
    #expect(result.violations.first?.trace.map { $0.label?.name } == [nil, "Next", "Next", "Next", "Next"])
  }
}
