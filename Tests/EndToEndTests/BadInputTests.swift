import Testing

/// Unusable input is refused with file, line, column, the source line and a mark. The program never crashes.
@Suite("Bad input", .timeLimit(.minutes(8)))
struct BadInputTests {
  private static let module = """
    EXTENDS Naturals, TLC
    VARIABLE x
    Init == x = 0
    Next == x < 3 /\\ x' = x + 1
    Small == x < 2
    """

  /// A module or a configuration with a mistake, and the expected message.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let name: String
    var module = BadInputTests.module
    var configuration = "INIT Init\nNEXT Next\n"
    let exitCode: Int32
    /// The lines that the message must have, in this order.
    let lines: [String]

    var testDescription: String { name }
  }

  static let mistakes = [
    Mistake(
      name: "an expression that does not end", module: module + "\nBroken == (1 +", exitCode: 150,
      lines: ["M.tla:8:1: error: expected an expression", "  8 | ====", "    | ^~~~"]),
    Mistake(
      name: "an unknown name", module: module + "\nOther == x + Smal", exitCode: 150,
      lines: [
        "M.tla:7:14: error: Smal is not defined", "  7 | Other == x + Smal", "    |              ^~~~",
        "hint: did you mean Small?",
      ]),
    Mistake(
      name: "an unknown module", module: module.replacing("TLC", with: "Sequenzes"), exitCode: 150,
      lines: ["M.tla:2:19: error:", "  2 | EXTENDS Naturals, Sequenzes", "    |                   ^~~~~~~~~"]),
    Mistake(
      name: "a character that is none of TLA+", module: module + "\nOther == x ? 1", exitCode: 150,
      lines: ["M.tla:7:12: error:", "  7 | Other == x ? 1", "    |            ^"]),
    Mistake(
      name: "a prime in an invariant", module: module + "\nPrimed == x' = 2",
      configuration: "INIT Init\nNEXT Next\nINVARIANT Primed\n", exitCode: 151,
      lines: ["M.cfg:3:11: error:", "  3 | INVARIANT Primed", "    |           ^~~~~~"]),
    Mistake(
      name: "an unknown invariant", configuration: "INIT Init\nNEXT Next\nINVARIANT Smal\n", exitCode: 151,
      lines: ["M.cfg:3:11: error: Smal is not defined", "  3 | INVARIANT Smal", "    |           ^~~~"]),
    Mistake(
      name: "an unknown keyword", configuration: "INIT Init\nNEXT Next\nINVARIENT Small\n", exitCode: 151,
      lines: [
        "M.cfg:3:1: error:", "  3 | INVARIENT Small", "    | ^~~~~~~~~", "hint: did you mean `INVARIANT`?",
      ]),
    Mistake(
      name: "a constant without a value", module: module + "\nCONSTANT Bound", exitCode: 151,
      lines: [
        "M.cfg:1:1: error: the constant Bound has no value", "M.tla:7:10: note:", "  7 | CONSTANT Bound",
        "    |          ^~~~~",
      ]),
  ]

  @Test("A configuration may set a name that is not a constant, as in TLC, with a warning")
  func needlessConstant() async throws {
    let configuration = "INIT Init\nNEXT Next\nCONSTANT Bound = 3\n"
    try await TestFolder.with(module: Self.module, configuration: configuration) { folder in
      let output = try await SynscopeCommand.run(
        ["check", "M.tla", "--no-deadlock", "--max-depth", "2"], in: folder.path)
      #expect(output.exitCode == 152)
      for line in ["M.cfg:3:10: warning: Bound", "  3 | CONSTANT Bound = 3", "    |          ^~~~~"] {
        #expect(output.standardError.contains(line))
      }
    }
  }

  @Test("A mistake in a module or a configuration", arguments: mistakes)
  func mistake(_ mistake: Mistake) async throws {
    try await TestFolder.with(module: mistake.module, configuration: mistake.configuration) { folder in
      let output = try await SynscopeCommand.run(["check", "M.tla"], in: folder.path)
      #expect(output.exitCode == mistake.exitCode)
      #expect(output.standardOutput == "")
      var lines = output.standardError.split(separator: "\n")[...]
      for expected in mistake.lines {
        let found = lines.firstIndex { $0.hasPrefix(expected) }
        #expect(found != nil, "“\(expected)” in\n\(output.standardError)")
        if let found { lines = lines[(found + 1)...] }
      }
    }
  }

  @Test("All errors of a module are reported in one run")
  func several() async throws {
    try await TestFolder.with(module: Self.module + "\nA == (1 + \nB == {1, \nC == <<2") { folder in
      let output = try await SynscopeCommand.run(["check", "M.tla"], in: folder.path)
      #expect(output.exitCode == 150)
      for line in [8, 9, 10] {
        #expect(output.standardError.contains("M.tla:\(line):"), "\(output.standardError)")
      }
    }
  }

  @Test("Files that are not models")
  func files() async throws {
    try await TestFolder.with(["Empty.tla": "", "Empty.cfg": "", "Text.tla": "hello\n", "Text.cfg": ""]) {
      folder in
      let bytes = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ $0 / 7) }
      try folder.write(bytes, to: "Binary.tla")
      try folder.write(bytes, to: "Binary.cfg")
      try folder.write(TestFolder.module("Sound", Self.module), to: "Sound.tla")
      try folder.write(bytes, to: "Sound.cfg")
      let made = try await SynscopeCommand.shell("mkdir Folder.tla Settings.cfg", in: folder.path)
      #expect(made.exitCode == 0)
      func check(_ arguments: String..., exitCode: Int32, says: String) async throws {
        let output = try await SynscopeCommand.run(["check"] + arguments, in: folder.path)
        #expect(output.exitCode == exitCode, "\(arguments)")
        #expect(output.standardError.contains(says), "\(output.standardError)")
        #expect(!output.standardError.contains("Fatal error"))
        #expect(output.standardError.split(separator: "\n").count < 100)
        #expect(isHarmless(output.text), "\(arguments)")
      }
      try await check(
        "Empty.tla", exitCode: 150, says: "Empty.tla:1:1: error: there is no module in this file")
      try await check(
        "Text.tla", exitCode: 150,
        says: "Text.tla:1:1: error: there is no module in this file [module]\n  1 | hello")
      try await check("Binary.tla", exitCode: 150, says: "Binary.tla:1:1: error:")
      try await check("Sound.tla", exitCode: 151, says: "Sound.cfg:1:1: error:")
      try await check("Folder.tla", exitCode: 150, says: "Folder.tla cannot be read: it is a folder")
      try await check("Sound.tla", "--config", "Settings.cfg", exitCode: 151, says: "it is a folder")
      try await check("Sound.tla", "--config", "Missing.cfg", exitCode: 151, says: "Missing.cfg")
      try await check("Missing.tla", exitCode: 150, says: "there is no module Missing.tla")
      try await check("Missing.cfg", exitCode: 150, says: "there is no module Missing.tla")
      try await check("syn/part99", exitCode: 150, says: "did you mean syn/part9?")
    }
  }

  @Test(
    "A wrong --constant is refused with its place",
    arguments: [
      ("MaxValues", "1:1: error: `MaxValues` has no value"), ("MaxValues={", "1:12: error:"),
      ("Nope=3", "1:1: error: Nope is not a constant"), ("MaxValues=1 2", "1:13: error:"),
      ("=3", "1:1: error:"),
    ])
  func constant(_ text: String, _ says: String) async throws {
    let output = try await SynscopeCommand.run(["check", "syn/part4", "--constant", text])
    #expect(output.exitCode == 151)
    #expect(output.standardError.contains(says), "\(output.standardError)")
    #expect(output.standardError.contains("  1 | \(text)\n"))
    #expect(output.standardError.contains("    | "))
  }

  @Test(
    "A wrong command line ends with 64 and shows the usage",
    arguments: [
      ["check"], ["check", "syn/part4", "--nope"], ["check", "syn/part4", "--memory", "lots"],
      ["validate", "x.ndjson", "syn/library", "--memory", "3"], ["check", "syn/part4", "--memory", "3"],
      ["check", "syn/part4", "--max-states", "0"], ["check", "syn/part4", "--workers", "two"],
      ["syn/part5", "trace.json", "more"], ["show", "trace.json", "--as", "poem"], ["replay", "trace.json"],
      ["eval", "syn/part4"],
    ])
  func usage(_ arguments: [String]) async throws {
    let output = try await SynscopeCommand.run(arguments)
    #expect(output.exitCode == 64)
    #expect(output.standardError.hasPrefix("Error: "))
    #expect(output.standardError.contains("Usage: synscope "))
    #expect(output.standardOutput == "")
  }

  @Test("Escape sequences in a specification are shown, never obeyed")
  func escapes() async throws {
    let escape = "\u{1B}"
    let module = """
      EXTENDS Naturals, TLC
      VARIABLE x
      Init == x = "\(escape)[31mred"
      Next == PrintT("\(escape)[2Jprinted") /\\ x' = "\(escape)]0;title\u{7}"
      Inv == x # "\(escape)]0;title\u{7}"
      Failing == Assert(x = "", "\(escape)[5masserted")
      Broken == x + "\(escape)[1mbold"
      """
    let files = [
      "M.tla": TestFolder.module("M", module), "M.cfg": "INIT Init\nNEXT Next\nINVARIANT Inv\n",
      "Assert.cfg": "INIT Init\nNEXT Next\nINVARIANT Failing\n",
      "Sum.cfg": "INIT Init\nNEXT Next\nINVARIANT Broken\n",
      "Parse.tla": TestFolder.module("Parse", "A == \"\(escape)[31m\" + + \(escape)[2J"), "Parse.cfg": "",
    ]
    try await TestFolder.with(files) { folder in
      let runs = [
        ["check", "M.tla", "--save-trace", "trace.json"], ["check", "M.tla", "--json"],
        ["check", "M.tla", "--config", "Assert.cfg"], ["check", "M.tla", "--config", "Sum.cfg"],
        ["check", "Parse.tla"], ["check", "\(escape)[31m.tla"],
        ["check", "M.tla", "--constant", "\(escape)[31m=1"],
        ["replay", "trace.json", "M.tla"], ["show", "trace.json"],
        ["show", "trace.json", "--as", "markdown"],
        ["show", "trace.json", "--as", "itf"], ["show", "trace.json", "--as", "tlc"],
        ["show", "\(escape)[31m.json"], ["eval", "M.tla", "\"\(escape)[31m\""],
        ["eval", "M.tla", "--in", "trace.json:1", "x"],
      ]
      for arguments in runs {
        let output = try await SynscopeCommand.run(arguments, in: folder.path)
        #expect(isHarmless(output.text), "\(arguments): \(output.text.debugDescription)")
        #expect(!output.text.isEmpty)
      }
    }
  }

  /// Whether a text has no characters that a terminal would obey.
  private func isHarmless(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) || $0 == "\n" || $0 == "\t"
    }
  }

  @Test("Deep nesting is refused or handled, never a crash")
  func depth() async throws {
    let deep =
      "Deep == " + String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000)
    try await TestFolder.with(module: Self.module + "\n" + deep) { folder in
      let output = try await SynscopeCommand.run(["check", "M.tla", "--no-deadlock"], in: folder.path)
      #expect([0, 150].contains(output.exitCode), "\(output.exitCode)")
      #expect(!output.standardError.contains("Fatal error"))
    }
    let endless = Self.module + "\nRECURSIVE F(_)\nF(n) == 1 + F(n + 1)\nEndless == F(x) = 0"
    try await TestFolder.with(module: endless, configuration: "INIT Init\nNEXT Next\nINVARIANT Endless\n") {
      folder in
      let output = try await SynscopeCommand.run(["check", "M.tla"], in: folder.path)
      #expect([75, 152].contains(output.exitCode), "\(output.exitCode) \(output.standardError.prefix(300))")
      #expect(output.standardOutput.contains("M.tla:8"))
      #expect(!output.standardError.contains("Fatal error"))
    }
  }
}
