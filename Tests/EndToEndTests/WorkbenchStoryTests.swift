import Foundation
import Testing

/// All tests in a real terminal run one after the other, so each has the machine for itself.
@Suite("In a real terminal", .serialized, .timeLimit(.minutes(8)))
struct RealTerminalTests {}

extension RealTerminalTests {
  /// The first session of the README, key by key.
  @Suite("The story of the phantom name")
  struct WorkbenchStoryTests {
    @Test("Register, cut, unregister, heal, and the name comes back")
    func byHand() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part5"]) { terminal in
        try await terminal.waitForRow("┌─ n1 ─", "┌─ n2 ─")
        try await terminal.waitForRow("sees  n2", "sees  n1")
        try await terminal.waitForRow("▸1", "Register(n1)")
        try await terminal.waitForRow("✓ AllRegistered")
        #expect(try await terminal.screen().step == 0)

        try await terminal.press("Enter", step: 1)
        try await terminal.waitForRow("{0}  ◆ was {}")
        try await terminal.waitForRow("inbox  empty", "▶ sync_register 0 ◆")

        try await terminal.press("x", step: 2)
        try await terminal.wait(for: "n1 – n2 cut by Disconnect(n1)")
        try await terminal.waitForRow("sees  –", "◆ cut", "╳", "sees  –", "◆ cut")
        try await terminal.wait(for: "since 2")
        // The message arrived before the cut.
        try await terminal.waitForRow("▶ sync_register 0", "╳")

        try await terminal.take("Unregister(n1)", step: 3)
        try await terminal.waitForRow("registered {} ◆ was {0}")
        try await terminal.press("x", step: 4)
        try await terminal.wait(for: "n1 – n2 healed by Reconnect(n1)")
        try await terminal.waitForRow("sees  n2", "sees  n1")
        // A discover waits in both inboxes: alone in n1's, behind the old message in n2's.
        try await terminal.waitForRow("inbox  1", "inbox  2")
        try await terminal.waitForRow("▶ discover", "▶ sync_register 0")

        try await terminal.take("Discover(n1)", step: 5)
        try await terminal.waitForRow("inbox  empty", "inbox  3")
        try await terminal.waitForRow("ack_sync {}")
        try await terminal.take("SyncRegister(n2)", step: 6)
        try await terminal.take("Discover(n2)", step: 7)
        try await terminal.waitForRow("▶ ack_sync {0}")
        try await terminal.take("AckSync(n1)", step: 8)
        try await terminal.waitForRow("✓ AllRegistered")
        try await terminal.take("AckSync(n2)", step: 9)
        try await terminal.wait(for: "✗ AllRegistered: locally_registered[n1] is {0}, not {}")
        try await terminal.waitForRow("✗ AllRegistered", "n = n1")
        try await terminal.waitForRow("locally_registered  {0}", "locally_registered  {0}")
        try await terminal.waitForRow("registered {}")
      }
    }

    @Test("The checker finds it on its own; its trace can be walked and left")
    func byChecker() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part5"]) { terminal in
        try await terminal.waitForWorkbench()
        try await terminal.press("c")
        try await terminal.wait(for: "✗ AllRegistered: v shows it")
        try await terminal.press("v", step: 9)
        try await terminal.waitForRow("step 9", "counterexample 1")
        try await terminal.wait(for: "✗ AllRegistered: locally_registered[n1] is {0}, not {}")
        try await terminal.waitForRow("✗ AllRegistered", "n = n1")

        try await terminal.press("b", step: 8)
        try await terminal.waitForRow("✓ AllRegistered")
        try await terminal.press("f", step: 9)
        try await terminal.press("Left", step: 8)
        try await terminal.press("h", step: 7)
        try await terminal.press("l", step: 8)
        try await terminal.press("Right", step: 9)
        try await terminal.press("Home", step: 0)
        try await terminal.press("End", step: 9)
        try await terminal.press("g")
        try await terminal.wait(for: "Go to step:")
        try await terminal.type("4")
        try await terminal.press("Enter", step: 4)

        // Another step from here begins a new branch. The counterexample stays.
        try await terminal.take("Register(n2)", step: 5)
        try await terminal.waitForRow("step 5", "branch 2")
        try await terminal.wait(for: "counterexample 1")
        try await terminal.press("u", step: 4)
        try await terminal.waitForRow("step 4", "counterexample 1")
        try await terminal.press("C-r", step: 5)
        try await terminal.waitForRow("step 5", "branch 2")
        try await terminal.press("V", step: 9)
      }
    }

    @Test(
      "A trace is saved, replays on the command line, and is opened again; q asks when there is something to lose"
    )
    func files() async throws {
      try await TestFolder.with { folder in
        try await TmuxTerminal.with(arguments: ["syn/part5"], in: folder.path) { terminal in
          try await terminal.waitForWorkbench()
          try await terminal.press("Enter", step: 1)
          try await terminal.press("x", step: 2)
          try await terminal.press("q")
          try await terminal.wait(for: "The trace is not saved")
          try await terminal.press("Escape")
          try await terminal.waitUntilGone("The trace is not saved")
          try await terminal.press("s")
          try await terminal.wait(for: "Save the trace as: part5-main.itf.json")
          try await terminal.press("C-u")
          try await terminal.type("missing/split.itf.json")
          try await terminal.press("Enter")
          try await terminal.wait(for: "missing/split.itf.json: No such file or directory")
          try await terminal.press("s")
          try await terminal.wait(for: "Save the trace as:")
          try await terminal.press("C-u")
          try await terminal.type("split.itf.json")
          try await terminal.press("Enter")
          try await terminal.wait(for: "saved split.itf.json")
          try await terminal.press("q")
          #expect(try await terminal.exitCode() == 0)
        }
        let replay = try await SynscopeCommand.run(
          ["replay", "split.itf.json", "syn/part5"], in: folder.path)
        #expect(replay.exitCode == 0)
        #expect(replay.standardOutput.contains("2 steps are allowed"))

        try await TmuxTerminal.with(arguments: ["syn/part5"], in: folder.path) { terminal in
          try await terminal.waitForWorkbench()
          try await terminal.press("o")
          try await terminal.wait(for: "Open the trace:")
          try await terminal.type("nothing.json")
          try await terminal.press("Enter")
          try await terminal.wait(for: "nothing.json: No such file or directory")
          // The line stays open to be corrected, and Tab knows the files.
          try await terminal.wait(for: "Open the trace: nothing.json")
          try await terminal.press("C-u")
          try await terminal.type("spl")
          try await terminal.press("Tab")
          try await terminal.wait(for: "Open the trace: split.itf.json")
          try await terminal.press("Enter")
          try await terminal.waitForStep(2)
          try await terminal.waitForRow("sees  –", "╳")
          try await terminal.wait(for: "split.itf.json: 2 steps are allowed")
          try await terminal.press("q")
          #expect(try await terminal.exitCode() == 0)
        }
      }
    }

    @Test("A counterexample of one model, opened on another, stops where the models differ")
    func otherModel() async throws {
      try await TestFolder.with { folder in
        let check = try await SynscopeCommand.run(
          ["check", "syn/part5", "--quiet", "--save-trace", folder.file("trace.json")])
        #expect(check.exitCode == 12)
        try await TmuxTerminal.with(arguments: ["syn/part4"], in: folder.path) { terminal in
          try await terminal.waitForWorkbench()
          try await terminal.press("o")
          try await terminal.wait(for: "Open the trace:")
          try await terminal.type("trace.json")
          try await terminal.press("Enter")
          let screen = try await terminal.wait(for: "step 4 is not allowed")
          #expect(screen.step == 3)
        }
      }
    }

    @Test("Expressions and the help, opened and closed")
    func expressions() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part5"]) { terminal in
        try await terminal.waitForWorkbench()
        try await terminal.press("Enter", step: 1)
        try await terminal.run("eval {v + 1 : v \\in registered}")
        try await terminal.wait(for: "{v + 1 : v \\in registered} = {1}")
        try await terminal.run("eval <<next_val', next_val>>")
        try await terminal.wait(for: "<<next_val', next_val>> = <<1, 0>>")
        try await terminal.run("eval 1 + ")
        try await terminal.wait(for: "expected an expression")
        try await terminal.press("Escape")
        try await terminal.run("watch Len(inbox)")
        try await terminal.run("watch next_val * 100")
        try await terminal.wait(until: "the watched value") { $0.hasRow("next_val * 100", "100") }
        try await terminal.press("x", step: 2)

        try await terminal.press("?")
        try await terminal.waitForRow("Ctrl-R", ":redo")
        try await terminal.waitForRow(" x ", ":link", "Cut or heal")
        try await terminal.press("Escape")
        try await terminal.waitUntilGone("Help ─")
        try await terminal.press(":")
        try await terminal.wait(for: "Tab completes")
        try await terminal.press("Escape")
        try await terminal.waitUntilGone("Tab completes")
        try await terminal.press("q")
        try await terminal.wait(for: "Quit?")
        try await terminal.press("q")
        #expect(try await terminal.exitCode() == 0)
      }
    }

    @Test("The checker runs while the user steps, and its key stops it")
    func background() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part3b", "--constant", "MaxValues=40"]) { terminal in
        try await terminal.waitForWorkbench()
        try await terminal.press("c")
        try await terminal.wait(for: "c stop")
        try await terminal.press("Enter", step: 1)
        try await terminal.press("b", step: 0)
        try await terminal.press("c")
        try await terminal.wait(for: "the checker was stopped")
        try await terminal.press("c")
        try await terminal.wait(for: "c stop")
        // Quitting does not wait for the search.
        try await terminal.press("u", step: 1)
        try await terminal.press("u", step: 0)
        try await terminal.press("q")
        #expect(try await terminal.exitCode() == 0)
      }
    }

    @Test("With three nodes x asks which link")
    func threeNodes() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part5", "--constant", "Nodes={n1,n2,n3}"]) { terminal in
        try await terminal.waitForRow("n1 ─", "n2 ─")
        try await terminal.press("x")
        try await terminal.waitForRow("3", "n2 ── n3", "cut")
        try await terminal.press("Escape")
        try await terminal.waitUntilGone("Which link?")
        try await terminal.press("x")
        try await terminal.wait(for: "Which link?")
        try await terminal.press("1")
        try await terminal.waitForStep(1)
        try await terminal.wait(for: "n1 – n2 cut by Disconnect(n1)")
      }
    }
  }
}
