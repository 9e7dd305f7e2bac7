import TLASemantics
import Testing

@testable import StateSpace

/// A check that is asked to stop does so soon, whatever it does at the moment. Where a test would not end without that, its time is limited.
@Suite("A check stops soon after it is asked to", .timeLimit(.minutes(10)))
struct StoppingTests {
  /// A specification in which one evaluation does not end.
  struct Endless: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var body: String
    var configuration = "INIT Init\nNEXT Next\n"

    /// `parts` replace the definitions with these names.
    init(_ place: String, _ parts: [String: String] = [:], added: String = "", _ configuration: String = "") {
      testDescription = place
      let definitions = [
        ("Endless(n)", endless), ("Init", "x = 0"), ("Next", "x' = (x + 1) % 5"), ("Small", "x < 100"),
      ]
      body = "EXTENDS Naturals, FiniteSets\nVARIABLE x\n"
      body += "Even == {2 * n : n \\in 1..2000}\n"
      for (name, text) in definitions { body += "\(name) == \(parts[name] ?? text)\n" }
      body += added
      self.configuration += configuration
    }

    private let endless = "\\A a, b, c, d, e \\in 1..5000 : a + b + c + d + e + n > 0"
  }

  static let places = [
    Endless("an assumption", added: "ASSUME Endless(1)"),
    Endless(
      "a constant definition", ["Small": "LET c == Cardinality({n \\in 1..2 : Endless(n)}) IN x < c"],
      "INVARIANT Small"),
    Endless("an initial predicate", ["Init": "x \\in 0..3 /\\ Endless(x)"]),
    Endless(
      "initial states without end", ["Init": "\\E a, b, c, d \\in 1..5000 : a + b + c + d = 3 /\\ x = a"]),
    Endless("a choice of the initial state", ["Init": "x \\in 1..2000000000 /\\ x < 0"]),
    Endless(
      "a choice from a set",
      ["Init": "\\E a, b, c, d \\in Even : a + b + c + d = 3 /\\ x \\in Even /\\ x < a"]),
    Endless("a step", ["Next": "x' = x + 1 /\\ (x = 3 => Endless(x))"]),
    Endless(
      "a step that is never taken", ["Next": "\\E a, b, c, d \\in 1..5000 : a + b + c + d = 3 /\\ x' = a"]),
    Endless("an invariant", ["Small": "x = 3 => Endless(x)"], "INVARIANT Small"),
    Endless("a constraint", ["Small": "x = 3 => Endless(x)"], "CONSTRAINT Small"),
    Endless("an action constraint", ["Small": "x' = 3 => Endless(x)"], "ACTION_CONSTRAINT Small"),
    Endless("a condition on steps", ["Small": "[][x = 3 => Endless(x)]_x"], "PROPERTY Small"),
    Endless("a temporal property", ["Small": "<>[](x = 3 => Endless(x))"], "PROPERTY Small"),
    Endless("a postcondition", ["Small": "Endless(1)"], "POSTCONDITION Small"),
  ]

  @Test("It stops in an evaluation without end", arguments: places, [0, 1, 2])
  func evaluation(_ endless: Endless, workers: Int) throws {
    var options = CheckOptions()
    options.workers = workers
    options.checkDeadlock = false
    for statesBeforeFlatCode in [nil, 1] {
      options.statesBeforeFlatCode = statesBeforeFlatCode
      var questions = 0
      let result = try Checker(InMemory.load(endless.body, endless.configuration), options: options).run(
        progress: { _ in
          questions += 1
          return questions < 3
        }, onViolation: { _ in })
      guard case .stopped = result.outcome else {
        Issue.record("\(result.outcome)")
        continue
      }
      #expect(result.violations.isEmpty)
      #expect(questions < 10)
    }
  }

  @Test("A request to stop ends such an evaluation, too", arguments: places)
  func request(_ endless: Endless) throws {
    var options = CheckOptions()
    let stop = StopRequest()
    options.stop = stop
    var questions = 0
    let result = try Checker(InMemory.load(endless.body, endless.configuration), options: options).run(
      progress: { _ in
        questions += 1
        if questions == 3 { stop.make() }
        return true
      }, onViolation: { _ in })
    guard case .stopped = result.outcome else {
      Issue.record("\(result.outcome)")
      return
    }
    #expect(questions < 10)
  }

  @Test("A stopped check names the properties that it did not judge") func unchecked() throws {
    let endless = Endless(
      "", ["Small": "<>[](x = 3)", "Init": "x = 0 /\\ Endless(x)"], "PROPERTY Small")
    let result = try Checker(
      InMemory.load(endless.body, endless.configuration), options: CheckOptions()
    ).run(progress: { _ in false }, onViolation: { _ in })
    #expect(result.unchecked.map(\.text) == ["not checked: Small, a temporal property"])
  }

  @Test("States that take long are asked about long before there are thousands of them") func slowStates()
    throws
  {
    let body = """
      EXTENDS Naturals, FiniteSets
      VARIABLE x
      Next == x' = (x + Cardinality({s \\in SUBSET (1..10) : x \\notin s})) % 10000
      """
    var options = CheckOptions()
    options.statesBeforeFlatCode = nil
    var generated: [Int] = []
    _ = try Checker(InMemory.load("\(body)\nInit == x = 0", "INIT Init\nNEXT Next"), options: options).run(
      progress: {
        generated.append($0.generated)
        return generated.count < 10
      }, onViolation: { _ in })
    #expect(generated.count == 10)
    #expect(zip(generated, generated.dropFirst()).allSatisfy { $1 - $0 < 1000 }, "\(generated)")
  }

  @Test("That a check may be stopped does not change what is evaluated at compile time") func aheadOfTime()
    throws
  {
    let specification = try InMemory.load(
      "EXTENDS Naturals, FiniteSets\nVARIABLE x\nInit == x = 0\nNext == x' = x",
      "INIT Init\nNEXT Next")
    let program = try Program.make(specification, stackBytes: 1 << 20, host: nil)
    program.stopsEvaluating { true }
    program.machine.enterRun()
    for _ in 0..<1000 {
      let node = try program.compiler.compile(
        try specification.resolve("Cardinality({n \\in 1..1000 : n > 500})"), Environment()
      ).node
      #expect(node is ConstantNode)
    }
  }
}
