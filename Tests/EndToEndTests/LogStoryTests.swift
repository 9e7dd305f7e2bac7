import Foundation
import Testing

extension RealTerminalTests {
  /// A real cluster's log in the workbench.
  @Suite("The story of a log")
  struct LogStoryTests {
    @Test("A log that departs: the line, why, by hand; another model explains it")
    func departure() async throws {
      let arguments = ["syn/library", "--log", "syn/real/three-nodes-with-update.ndjson"]
      try await TmuxTerminal.with(arguments: arguments) { terminal in
        try await terminal.waitForRow("✗ line 96 (handle register of n1) does not fit:")
        try await terminal.waitForRow("Register(n1) is disabled")
        try await terminal.waitForRow("✗  96", "n1 handle register  departs here")
        #expect(try await terminal.screen().step == 16)
        try await terminal.press("b", step: 15)
        try await terminal.waitForRow("▸  84 15  n2 handle ack_sync")
        try await terminal.press("d", step: 16)
        try await terminal.press("Enter", step: 17)
        try await terminal.waitForRow("left after step 16")
        try await terminal.type(":model syn/library-update")
        try await terminal.press("Enter")
        try await terminal.waitForRow("AllRegistered fails in every behavior of library_update")
        try await terminal.waitForRow("▸  55  9  n3 handle sync_unregister")
      }
    }

    @Test(
      "A missing log ends with 65, an unreadable one says why; without a terminal, the command that does it")
    func refused() async throws {
      let missing = try await SynscopeCommand.run(["syn/library", "--log", "none.ndjson"])
      #expect(missing.exitCode == 65)
      #expect(missing.standardError.contains("there is no log none.ndjson"))
      let piped = try await SynscopeCommand.run(["syn/library", "--log", "syn/real/two-nodes.ndjson"])
      #expect(piped.exitCode == 64)
      #expect(piped.standardError.contains("synscope validate syn/real/two-nodes.ndjson syn/library"))
      try await TestFolder.with { folder in
        try folder.write("{\"event\": }\n{\"event\":\"x\"}", to: "x.ndjson")
        let arguments = ["syn/library", "--log", folder.file("x.ndjson")]
        try await TmuxTerminal.with(arguments: arguments) { terminal in
          _ = try await terminal.wait(for: "line 1: not JSON")
        }
      }
    }
  }
}
