import Testing

/// The workbench where it cannot draw.
@Suite("Without a terminal", .timeLimit(.minutes(5)))
struct WithoutTerminalTests {
  @Test("In a pipe, one line says why, and names the command to use instead")
  func pipe() async throws {
    let output = try await SynscopeCommand.shell(
      "\"$SYNSCOPE\" syn/part5 < /dev/null 2>&1 | cat; echo ${PIPESTATUS[0]}")
    let lines = output.standardOutput.split(separator: "\n")
    try #require(lines.count == 2, "\(output.standardOutput)")
    #expect(lines[0].contains("terminal"))
    #expect(lines[0].contains("`synscope check syn/part5`"))
    #expect(lines[1] == "64")
  }

  @Test("Without a model, the line names the list of models")
  func noModel() async throws {
    let output = try await SynscopeCommand.run([])
    #expect(output.exitCode == 64)
    #expect(output.standardError.contains("`synscope models`"))
    #expect(output.standardError.split(separator: "\n").count == 1)
    #expect(output.standardOutput == "")
  }

  @Test(
    "A terminal that cannot move its cursor, or is unknown", arguments: ["dumb", "no-such-terminal", ""])
  func terminals(_ name: String) async throws {
    // The program draws on a real terminal whose kind differs from `TERM`.
    let script = "TERM=\(name) \"\(try SynscopeBinary.path())\" syn/part5; echo code $?"
    try await TmuxTerminal.with(command: ["/bin/sh", "-c", script], width: 160, height: 10) { terminal in
      let screen = try await terminal.wait(for: "code 64")
      #expect(screen.contains("`synscope check syn/part5`"))
      #expect(screen.rows.count { !$0.isEmpty } == 2, "\(screen)")
    }
  }

  @Test("Help and version work, and name only things that exist")
  func help() async throws {
    let help = try await SynscopeCommand.run(["--help"])
    #expect(help.exitCode == 0)
    for command in ["check", "replay", "show", "eval", "configure", "models", "tour"] {
      #expect(help.standardOutput.contains("  \(command) "))
    }
    for command in ["simulate", "graph"] { #expect(!help.standardOutput.contains("  \(command) ")) }
    let version = try await SynscopeCommand.run(["--version"])
    #expect(version.standardOutput.contains("."))
    #expect(version.exitCode == 0)
  }
}
