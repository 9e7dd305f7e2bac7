import Testing

/// Checks on a machine with few resources, and their reports on what they left out.
@Suite("Limits of a check", .timeLimit(.minutes(5)))
struct LimitsTests {
  private static let endless = """
    EXTENDS Naturals
    VARIABLES a, b, c
    Init == a = 0 /\\ b = 0 /\\ c = <<>>
    Next == \\E step \\in 1..3 : a' = a + step /\\ b' = a /\\ c' = <<a, step, b>>
    Fine == a >= 0
    """

  private func check(
    _ arguments: String, _ module: String = endless,
    _ configuration: String = "INIT Init\nNEXT Next\nINVARIANT Fine\n",
    before: String = ""
  ) async throws -> SynscopeCommand.Output {
    try await TestFolder.with(module: module, configuration: configuration) { folder in
      try await SynscopeCommand.shell(
        "\(before)\n\"$SYNSCOPE\" check M.tla --quiet \(arguments)", in: folder.path)
    }
  }

  /// Each state takes a few thousand bytes.
  private static let heavy = """
    EXTENDS Naturals
    VARIABLES a, c
    Init == a = 0 /\\ c = <<>>
    Next == a' = a + 1 /\\ c' = [i \\in 1..2000 |-> a + i]
    Fine == a >= 0
    """

  /// Most of the memory is the table of the states, which grows by doubling.
  private static let numerous = """
    EXTENDS Naturals
    VARIABLES a, c, d, e, f
    Init == a = 0 /\\ c = 0 /\\ d = 0 /\\ e = 0 /\\ f = 0
    Next == /\\ UNCHANGED <<d, e, f>>
            /\\ (a' = a + 1 /\\ c' = c) \\/ (a' = a /\\ c' = c + 1)
    Fine == a >= 0
    """

  @Test(
    "--memory limits the memory that the process really takes",
    arguments: [
      (150, heavy, ""), (70, numerous, ""), (85, numerous, ""), (100, numerous, ""),
      (70, numerous, "--no-flat"), (85, numerous, "--no-flat"),
    ])
  func resident(_ megabytes: Int, _ body: String, _ flags: String) async throws {
    let output = try await check("--json \(flags) --memory \(megabytes)M", body)
    #expect(output.exitCode == 152)
    let report = try JSON.read(output.standardOutput)
    #expect(report["message"].string == "the search reached \(megabytes) MiB of memory")
    let peak = try #require(report["peakMemoryBytes"].integer)
    #expect(peak <= (megabytes << 20) / 10 * 11, "\(peak >> 20) MiB")
    #expect(peak >= (megabytes << 20) / 10 * 9, "\(peak >> 20) MiB")
  }

  @Test(
    "Sizes are read in the usual notations",
    arguments: [
      ("3G", true), ("3GB", true), ("3GiB", true), ("3000M", true), ("3000mb", true), ("1.5g", true),
      ("4000000000", true),
      ("3", false), ("G", false), ("-1G", false), ("3X", false), ("1e9", false), ("0", false),
      ("99999999T", false),
      ("", false),
    ] as [(String, Bool)])
  func sizes(_ size: String, _ isSize: Bool) async throws {
    let output = try await check("--memory='\(size)' --max-states 5")
    #expect(output.exitCode == (isSize ? 152 : 64), "\(output.text)")
  }

  @Test("The reported memory is that of the check, not of its parent process")
  func ownPeak() async throws {
    let output = try await SynscopeCommand.shell(
      """
      python3 - "$SYNSCOPE" <<'END'
      import os, sys
      block = bytearray(1 << 30)
      for place in range(0, len(block), 4096): block[place] = 1
      os.execv(sys.argv[1], [sys.argv[1], "check", "syn/part4", "--json", "--quiet"])
      END
      """)
    let peak = try #require(try JSON.read(output.standardOutput)["peakMemoryBytes"].integer)
    #expect(peak < 1 << 29)
  }

  @Test("Little address space is not an error", arguments: [2, 8, 40])
  func addressSpace(_ gigabytes: Int) async throws {
    let limit = "ulimit -v \(gigabytes << 20)"
    let output = try await check("--max-states 20000", before: limit)
    #expect(output.exitCode == 152, "\(output.text)")
    #expect(output.standardOutput.contains("20,000 distinct"))
    let violated = try await check("", Self.endless.replacing("a >= 0", with: "a < 9"), before: limit)
    #expect(violated.exitCode == 12, "\(violated.text)")
    #expect(violated.standardOutput.contains("a < 9"), "the reason needs a second engine")
  }

  @Test("A limit ends with the findings, and never claims that something holds")
  func limits() async throws {
    for limit in ["--max-states 9", "--max-depth 2", "--memory 1M"] {
      let output = try await check(limit)
      #expect(output.exitCode == 152)
      #expect(output.standardOutput.hasPrefix("stopped: the search reached "))
      #expect(!output.standardOutput.contains("hold"))
    }
    let found = try await check("--continue --max-states 9", Self.endless.replacing("a >= 0", with: "a # 2"))
    #expect(found.exitCode == 12)
    #expect(found.standardOutput.contains("the invariant Fine is violated"))
    #expect(found.standardOutput.contains("not explored: what lies beyond the limit, 9 distinct states"))
  }

  @Test("A success without initial states or behavior says so, in words and in JSON")
  func nothingExplored() async throws {
    let cases = [
      (
        Self.endless.replacing("a = 0", with: "a \\in {}"), "INIT Init\nNEXT Next\nINVARIANT Fine\n",
        "there is no initial state: nothing was explored, and no invariant was tested"
      ),
      ("Two == 2", "", "there is no behavior and no assumption: nothing was checked"),
      ("ASSUME 2 = 2", "", "there is no behavior: only the assumptions were checked"),
    ]
    for (module, configuration, words) in cases {
      let text = try await check("", module, configuration)
      #expect(text.exitCode == 0)
      #expect(text.standardOutput.hasPrefix(words + "\n"))
      #expect(!text.standardOutput.contains("hold"))
      let json = try JSON.read(try await check("--json", module, configuration).standardOutput)
      #expect(json["outcome"].string == "success")
      #expect(json["unchecked"].array.compactMap(\.string) == [words])
    }
  }

  @Test("A success says what constraints and --no-liveness leave out")
  func leftOut() async throws {
    let module = Self.endless + "\nInside == a < 5\nLater == <>(a = 7)"
    let output = try await check(
      "--no-liveness", module, "INIT Init\nNEXT Next\nINVARIANT Fine\nCONSTRAINT Inside\nPROPERTY Later\n")
    #expect(output.exitCode == 0)
    let lines = output.standardOutput.split(separator: "\n")
    #expect(lines.first == "no violation found: Fine holds in every state")
    #expect(lines.contains("not checked: Later, a temporal property"))
    #expect(
      lines.contains {
        $0.hasPrefix("not explored: what follows the ") && $0.hasSuffix("outside the constraints")
      })
  }

  @Test("A name close to a bundled one, and a file without its partner, get a hint")
  func hints() async throws {
    for (name, meant) in [("part5", "syn/part5"), ("syn/prat5", "syn/part5"), ("Part4", "syn/part4")] {
      let output = try await SynscopeCommand.run(["check", name])
      #expect(output.exitCode == 150)
      #expect(output.standardError.contains("there is no module \(name).tla"))
      #expect(output.standardError.contains("did you mean \(meant)?"))
    }
    try await TestFolder.with(["A.cfg": "INIT Init\n", "B.tla": TestFolder.module("B", "VARIABLE x")]) {
      folder in
      let configuration = try await SynscopeCommand.run(["check", "A.cfg"], in: folder.path)
      #expect(configuration.exitCode == 150)
      #expect(configuration.standardError.contains("there is no module A.tla"))
      #expect(configuration.standardError.contains("--config A.cfg"))
      let module = try await SynscopeCommand.run(["check", "B.tla"], in: folder.path)
      #expect(module.exitCode == 151)
      #expect(module.standardError.contains("there is no configuration B.cfg"))
      #expect(module.standardError.contains("--config"))
    }
  }
}
