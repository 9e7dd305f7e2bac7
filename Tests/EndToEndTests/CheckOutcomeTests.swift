import Testing

/// All ways in which `check` ends: exit code, outcome and messages.
@Suite("How a check ends", .timeLimit(.minutes(8)))
struct CheckOutcomeTests {
  /// A small model and the expected end of its check.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let module: String
    var configuration = "INIT Init\nNEXT Next\n"
    var arguments: [String] = []
    let exitCode: Int32
    let outcome: String
    /// Text that standard output or standard error must contain.
    let says: String
    /// The violated name in the JSON.
    var violated: String?
    /// The number of states in the trace; 0 for no trace.
    var traceStates = 0

    var testDescription: String { name }
  }

  private static let counter = """
    EXTENDS Naturals, TLC
    VARIABLE x
    Init == x = 0
    Next == x < 3 /\\ x' = x + 1
    Small == x < 2
    Fine == x \\in 0..3
    """

  static let cases = [
    Case(
      name: "nothing found", module: counter, configuration: "INIT Init\nNEXT Next\nINVARIANT Fine\n",
      arguments: ["--no-deadlock"], exitCode: 0, outcome: "success", says: "no violation found"),
    Case(
      name: "a false assumption", module: counter + "\nASSUME 1 + 1 = 3", exitCode: 10, outcome: "assumption",
      says: "1 + 1 = 3", violated: "1 + 1 = 3"),
    Case(
      name: "a deadlock", module: counter, exitCode: 11, outcome: "deadlock", says: "deadlock", traceStates: 4
    ),
    Case(
      name: "no deadlock when the configuration says so", module: counter,
      configuration: "INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE\n", exitCode: 0, outcome: "success",
      says: "no violation found"),
    Case(
      name: "a violated invariant", module: counter, configuration: "INIT Init\nNEXT Next\nINVARIANT Small\n",
      exitCode: 12, outcome: "invariant", says: "Small", violated: "Small", traceStates: 3),
    Case(
      name: "a failed assertion",
      module: counter.replacing("x' = x + 1", with: "Assert(x # 2, \"two is too much\") /\\ x' = x + 1"),
      exitCode: 14, outcome: "assert", says: "two is too much", traceStates: 3),
    Case(
      name: "an action without a value", module: counter.replacing("x + 1", with: "<<4, 5>>[x]"),
      exitCode: 75,
      outcome: "evaluation", says: "<<4, 5>>", traceStates: 1),
    Case(
      name: "an invariant without a value in an initial state",
      module: counter.replacing("x < 2", with: "x = TRUE \\/ x.field = 2"),
      configuration: "INIT Init\nNEXT Next\nINVARIANT Small\n", exitCode: 75, outcome: "evaluation",
      says: "x",
      violated: "Small", traceStates: 1),
    Case(
      name: "an invariant without a value in a later state",
      module: counter.replacing("x < 2", with: "x # 1 \\/ x.field = 2"),
      configuration: "INIT Init\nNEXT Next\nINVARIANT Small\n", exitCode: 76, outcome: "evaluation",
      says: "x",
      violated: "Small", traceStates: 2),
    Case(
      name: "a module that cannot be read", module: counter + "\nBroken == (1 +", exitCode: 150,
      outcome: "parse",
      says: "error:"),
    Case(
      name: "a configuration that is wrong", module: counter, configuration: "INIT Init\nNEXT Nowhere\n",
      exitCode: 151, outcome: "configuration", says: "Nowhere"),
    Case(
      name: "variables and no behavior", module: counter, configuration: "\n", exitCode: 151,
      outcome: "configuration", says: "names no behavior"),
    Case(
      name: "too many states", module: counter.replacing("x < 3 /\\ ", with: ""),
      arguments: ["--max-states", "50"], exitCode: 152, outcome: "limit", says: "50 distinct states"),
    Case(
      name: "too deep", module: counter.replacing("x < 3 /\\ ", with: ""), arguments: ["--max-depth", "7"],
      exitCode: 152, outcome: "limit", says: "depth 7"),
    Case(
      name: "too much memory", module: counter.replacing("x < 3 /\\ ", with: ""),
      arguments: ["--memory", "4M"],
      exitCode: 152, outcome: "limit", says: "memory"),
    Case(
      name: "a property", module: counter + "\nLater == <>(x = 3)",
      configuration: "INIT Init\nNEXT Next\nPROPERTY Later\nCHECK_DEADLOCK FALSE\n", exitCode: 13,
      outcome: "property", says: "the property Later is violated", violated: "Later", traceStates: 1),
    Case(
      name: "a property that holds by fairness",
      module: counter + "\nLater == <>(x = 3)\nSpec == Init /\\ [][Next]_x /\\ WF_x(Next)",
      configuration: "SPECIFICATION Spec\nPROPERTY Later\nCHECK_DEADLOCK FALSE\n", exitCode: 0,
      outcome: "success", says: "Later holds of every behavior"),
    Case(
      name: "a property that a step violates", module: counter + "\nSlow == [][x' < 3]_x",
      configuration: "INIT Init\nNEXT Next\nPROPERTY Slow\n", exitCode: 13, outcome: "property",
      says: "by the last step", violated: "Slow", traceStates: 4),
    Case(
      name: "a property that is an invariant", module: counter + "\nAlways == []Small",
      configuration: "INIT Init\nNEXT Next\nPROPERTY Always\n", exitCode: 12, outcome: "invariant",
      says: "Always", violated: "Always", traceStates: 3),
    Case(
      name: "a property of initial states", module: counter + "\nFirst == x = 1",
      configuration: "INIT Init\nNEXT Next\nPROPERTY First\n", exitCode: 13, outcome: "property",
      says: "in an initial state", violated: "First", traceStates: 1),
    Case(
      name: "a property that is left out", module: counter + "\nLater == <>(x = 3)",
      configuration: "INIT Init\nNEXT Next\nPROPERTY Later\nCHECK_DEADLOCK FALSE\n",
      arguments: ["--no-liveness"], exitCode: 0, outcome: "success", says: "not checked: Later"),
    Case(
      name: "an instance of what is not supported",
      module: counter + "\nI == INSTANCE TLCExt\nB == I!TLCFP(x) # 0",
      configuration: "INIT Init\nNEXT Next\nINVARIANT B\n", exitCode: 69, outcome: "unsupported",
      says: "TLCFP"),
    Case(
      name: "SYMMETRY",
      module:
        "EXTENDS TLC\nCONSTANT Nodes\nVARIABLE x\nInit == x = {}\nNext == \\E n \\in Nodes : x' = x \\cup {n}\n"
        + "Sym == Permutations(Nodes)",
      configuration: "INIT Init\nNEXT Next\nCONSTANT Nodes = {a, b, c}\nSYMMETRY Sym\n", exitCode: 0,
      outcome: "success", says: "4 distinct"),
    Case(
      name: "a symmetry that is none", module: counter + "\nSym == {[i \\in {1} |-> 1]}",
      configuration: "INIT Init\nNEXT Next\nSYMMETRY Sym\n", exitCode: 151, outcome: "configuration",
      says: "permutations of model values"),
  ]

  private static let keys: Set = [
    "outcome", "violated", "message", "why", "unchecked", "notes", "generated", "distinct", "depth", "queue",
    "initial",
    "workers", "seconds", "peakMemoryBytes", "flatCode", "trace",
  ]

  @Test("The exit code and the report for people", arguments: cases)
  func text(_ expected: Case) async throws {
    let output = try await run(expected)
    #expect(output.exitCode == expected.exitCode, "\(output.text)")
    #expect(output.text.contains(expected.says), "\(output.text)")
    #expect(!output.standardError.contains("Fatal error"))
  }

  @Test("One JSON object with every key", arguments: cases)
  func json(_ expected: Case) async throws {
    let output = try await run(expected, "--json")
    #expect(output.exitCode == expected.exitCode)
    let report = try JSON.read(output.standardOutput)
    #expect(report.keys == Self.keys)
    #expect(report["outcome"].string == expected.outcome)
    #expect(report["violated"].string == expected.violated)
    #expect(report["trace"]["states"].array.count == expected.traceStates)
    #expect((report["message"].string == "") == (expected.exitCode == 0))
  }

  private func run(_ expected: Case, _ more: String...) async throws -> SynscopeCommand.Output {
    try await TestFolder.with(module: expected.module, configuration: expected.configuration) { folder in
      try await SynscopeCommand.run(["check", folder.file("M.tla")] + expected.arguments + more)
    }
  }

  @Test("`models` ends with 255 if the bundled models are missing")
  func noModels() async throws {
    try await TestFolder.with { folder in
      let output = try await SynscopeCommand.shell(
        "cp \"$SYNSCOPE\" . && ./synscope models", environment: ["SYNSCOPE_MODELS": nil], in: folder.path)
      #expect(output.exitCode == 255)
      #expect(output.standardError.contains("SYNSCOPE_MODELS"))
    }
  }

  @Test("A counterexample that cannot be saved is still shown")
  func unsavable() async throws {
    try await TestFolder.with { folder in
      let path = folder.file("missing/trace.itf.json")
      let output = try await SynscopeCommand.run(["check", "syn/part4", "--save-trace", path])
      #expect(output.exitCode == 255)
      #expect(output.standardOutput.contains("the invariant AllRegistered is violated"))
      #expect(output.standardError.contains("\(path) cannot be written: No such file or directory"))
    }
  }

  @Test("--continue collects a counterexample for each invariant that fails")
  func continuing() async throws {
    let module = Self.counter + "\nTiny == x < 1"
    try await TestFolder.with(
      module: module,
      configuration: "INIT Init\nNEXT Next\nINVARIANTS Small Tiny Fine\nCHECK_DEADLOCK FALSE\n"
    ) { folder in
      let output = try await SynscopeCommand.run(["check", folder.file("M.tla"), "--continue"])
      #expect(output.exitCode == 12)
      #expect(output.standardOutput.contains("the invariant Tiny is violated"))
      #expect(output.standardOutput.contains("also: the invariant Small is violated, after 3 states"))
      #expect(output.standardOutput.contains("4 distinct, 0 left on the queue"))
    }
  }

  @Test("--constant and --config change what is checked")
  func overrides() async throws {
    let module = Self.counter.replacing("VARIABLE", with: "CONSTANT Bound\nVARIABLE")
      .replacing("x < 3 /\\", with: "x < Bound /\\")
    try await TestFolder.with(
      module: module, configuration: "INIT Init\nNEXT Next\nCONSTANT Bound = 3\nCHECK_DEADLOCK FALSE\n"
    ) { folder in
      try folder.write(
        "INIT Init\nNEXT Next\nCONSTANT Bound = 9\nCHECK_DEADLOCK FALSE\n", to: "Other.cfg")
      func distinct(_ arguments: String...) async throws -> Int? {
        let output = try await SynscopeCommand.run(["check", folder.file("M.tla"), "--json"] + arguments)
        return try JSON.read(output.standardOutput)["distinct"].integer
      }
      #expect(try await distinct() == 4)
      #expect(try await distinct("--constant", "Bound=6") == 7)
      #expect(try await distinct("--config", folder.file("Other.cfg")) == 10)
      #expect(try await distinct("--config", folder.file("Other.cfg"), "--constant", "Bound=1") == 2)
    }
  }

  @Test("A configuration may be given instead of the module, and a module found in a library")
  func places() async throws {
    let main = TestFolder.module("M", "EXTENDS Steps\nCONSTANT Unused")
    let steps = TestFolder.module("Steps", Self.counter)
    try await TestFolder.with(["M.tla": main, "M.cfg": "INIT Init\nNEXT Next\nCONSTANT Unused = 1\n"]) {
      folder in
      try await TestFolder.with(["Steps.tla": steps]) { library in
        let without = try await SynscopeCommand.run(["check", folder.file("M.cfg")])
        #expect(without.exitCode == 150)
        #expect(without.standardError.contains("Steps"))
        let with = try await SynscopeCommand.run(["check", folder.file("M.cfg"), "--library", library.path])
        #expect(with.exitCode == 11)
      }
    }
  }

  @Test("What a specification prints goes to standard error")
  func printing() async throws {
    let module = Self.counter.replacing("x' = x + 1", with: "PrintT(<<\"seen\", x>>) /\\ x' = x + 1")
    try await TestFolder.with(module: module) { folder in
      let output = try await SynscopeCommand.run(["check", folder.file("M.tla"), "--json", "--no-deadlock"])
      #expect(output.exitCode == 0)
      #expect(output.standardError.contains("<<\"seen\", 2>>"))
      _ = try JSON.read(output.standardOutput)
    }
  }

  @Test("The report ends quietly if its reader closes the pipe")
  func closedPipe() async throws {
    try await TestFolder.with { folder in
      let script =
        "\"$SYNSCOPE\" check syn/part5 --quiet 2>errors | head -1; echo ${PIPESTATUS[0]}; cat errors >&2"
      let output = try await SynscopeCommand.shell(script, in: folder.path)
      let lines = output.standardOutput.split(separator: "\n").map(String.init)
      #expect(lines.first == "0  initial state")
      #expect(output.standardError == "")
      // Either the check was done before it noticed, or the closed pipe ended it.
      #expect(lines.count == 2 && ["12", "141"].contains(lines[1]), "\(lines)")
    }
  }

  @Test("`--verbose` and `--json` say which conditions and expressions the tree of expressions evaluates")
  func evaluation() async throws {
    // The code of Long would be too long.
    let module = """
      EXTENDS Integers, Sequences, TLC
      VARIABLES n, q
      Init == n = 0 /\\ q = <<>>
      Next == n < 3000 /\\ n' = n + 1 /\\ q' = IF Len(q) = 3 THEN <<n % 4>> ELSE Append(q, n % 4)
      Some == Len(SortSeq(q, LAMBDA a, b : a < b)) < 4
      Long == n > 3 \\/ \\A a, b, c, d, e \\in 1..7 : a + b + c + d + e + n > 4
      """
    let configuration = "INIT Init\nNEXT Next\nINVARIANTS Some Long\nCHECK_DEADLOCK FALSE\n"
    try await TestFolder.with(module: module, configuration: configuration) { folder in
      let output = try await SynscopeCommand.run(["check", folder.file("M.tla"), "--json", "--verbose"])
      #expect(output.exitCode == 0)
      let code = try JSON.read(output.standardOutput)["flatCode"]
      let conditions = code["treeConditions"].array
      #expect(conditions.map { $0["kind"].string } == ["invariant"])
      #expect(conditions.map { $0["name"].string } == ["Long"])
      let places = code["remembered"].array
      #expect(places.map { $0["line"].integer } == [6] && places.map { $0["column"].integer } == [9])
      let text = output.standardError
      #expect(text.contains("judged on the tree of expressions: invariant Long ("), "\(text)")
      #expect(text.contains("and remembered: \(folder.file("M.tla")):6:9 ("), "\(text)")
    }
  }
}
