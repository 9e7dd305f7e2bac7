import Foundation
import Testing

/// A model without a configuration.
@Suite("Writing a first configuration", .timeLimit(.minutes(8)))
struct ConfigureTests {
  fileprivate static let module = TestFolder.module(
    "Count",
    """
    EXTENDS Naturals
    CONSTANT Most
    VARIABLE n
    Init == n = 0
    Next == n < Most /\\ n' = n + 1
    TypeOK == n \\in 0..Most
    """)

  @Test("check says how, configure asks for the constants, writes once, and then check runs")
  func commandLine() async throws {
    try await TestFolder.with(["Count.tla": Self.module]) { folder in
      func run(_ arguments: String...) async throws -> SynscopeCommand.Output {
        try await SynscopeCommand.run(arguments, in: folder.path)
      }
      let check = try await run("check", "Count.tla")
      #expect(check.exitCode == 151)
      #expect(check.standardError.contains("synscope configure Count.tla --constant 'Most = …'"))
      #expect(check.standardError.contains("INIT Init, NEXT Next, CONSTANT Most = …, INVARIANT TypeOK"))
      let missing = try await run("configure", "Count.tla")
      #expect(missing.exitCode == 151 && missing.standardError.contains("--constant 'Most = …'"))
      let unknown = try await run("configure", "Count.tla", "--constant", "Least=3")
      #expect(unknown.exitCode == 151 && unknown.standardError.contains("no constant Least"))
      let wrong = try await run("configure", "Count.tla", "--constant", "Most={1")
      #expect(wrong.exitCode == 151)
      #expect(!folder.holds("Count.cfg"))
      let written = try await run("configure", "Count", "--constant", "Most = 3")
      #expect(written.exitCode == 0)
      #expect(
        try folder.text(of: "Count.cfg") == "INIT Init\nNEXT Next\nCONSTANT Most = 3\nINVARIANT TypeOK\n")
      let again = try await run("configure", "Count.tla", "--constant", "Most=4")
      #expect(
        again.exitCode == 151 && again.standardError.contains("Count.cfg exists; it was not overwritten"))
      #expect(try await run("check", "Count.tla", "--no-deadlock").exitCode == 0)
      #expect(try await run("configure", "None.tla").exitCode == 150)
    }
  }
}

extension RealTerminalTests {
  @Suite("A workbench without a configuration")
  struct FirstConfigurationTests {
    @Test("The workbench shows what it would write, asks for the constants, and opens the model")
    func workbench() async throws {
      let module = ConfigureTests.module
      try await TestFolder.with(["Count.tla": module]) { folder in
        try await TmuxTerminal.with(arguments: ["Count.tla"], width: 80, height: 24, in: folder.path) {
          terminal in
          try await terminal.wait(for: "This would be written to Count.cfg")
          try await terminal.waitForRow("▸ Most =")
          try await terminal.press("Enter")
          try await terminal.wait(for: "Most needs a value")
          try await terminal.type("3")
          try await terminal.wait(for: "CONSTANT Most = 3")
          try await terminal.press("Enter")
          try await terminal.waitForWorkbench()
          #expect(
            try folder.text(of: "Count.cfg") == "INIT Init\nNEXT Next\nCONSTANT Most = 3\nINVARIANT TypeOK\n")
          try await terminal.press("q")
          #expect(try await terminal.exitCode() == 0)
        }
      }
    }
  }
}
