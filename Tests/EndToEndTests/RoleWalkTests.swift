import Foundation
import Testing

extension RealTerminalTests {
  /// What five kinds of users do in their first or daily quarter of an hour, key by key, with the screens that matter to them.
  @Suite("Five users")
  struct RoleWalkTests {
    private static func counter(_ guardText: String) -> String {
      TestFolder.module(
        "Tickets",
        """
        EXTENDS Naturals
        CONSTANT Seats
        VARIABLES sold, queue
        Init == sold = 0 /\\ queue = 0
        \\* A guest joins the queue.
        Arrive == queue < 2 /\\ queue' = queue + 1 /\\ UNCHANGED sold
        \\* A guest buys a ticket.
        Sell == queue > 0 /\\ \(guardText) /\\ sold' = sold + 1 /\\ queue' = queue - 1
        Next == Arrive \\/ Sell
        Spec == Init /\\ [][Next]_<<sold, queue>>
        Inv == sold <= Seats
        """)
    }

    @Test(
      "A newcomer picks a model, steps, cuts a link, finds the bug and asks for help",
      arguments: [(80, 24), (200, 60)])
    func newcomer(width: Int, height: Int) async throws {
      try await TmuxTerminal.with(width: width, height: height) { terminal in
        // A model whose check ends at once, also on a busy machine.
        let start = try await terminal.wait(for: "syn/part4")
        let row = try #require(start.rows.first { $0.contains("syn/part4") })
        let number = try #require(row.first { $0.isNumber })
        try await terminal.press(String(number))
        // The first screen says what the first keys do.
        let first = try await terminal.waitForWorkbench()
        #expect(first.contains("Enter takes the action at ▸"))
        #expect(first.hasRow("┌─ n1 ─", "┌─ n2 ─") && first.hasRow("sees  n2", "sees  n1"))
        try await terminal.press("Enter", step: 1)
        try await terminal.waitForRow("inbox  empty", "▶ sync_register 0 ◆")
        try await terminal.press("x", step: 2)
        try await terminal.waitForRow("◆ cut", "╳", "◆ cut")
        try await terminal.press("?")
        try await terminal.waitForRow("Help ─", "Esc closes")
        try await terminal.press("Escape")
        try await terminal.waitUntilGone("Help ─")
        try await terminal.press("c")
        try await terminal.wait(for: "✗ AllRegistered: v shows it")
        try await terminal.press("v", step: 3)
        try await terminal.wait(for: "locally_registered[n2] is {}, not {0}")
        try await terminal.press("t")
        try await terminal.waitForRow("n1", "n2", "Space–time")
        try await terminal.waitForRow("3  Reconnect ✗")
        try await terminal.press("q")
        try await terminal.wait(for: "Quit?")
        try await terminal.press("q")
        #expect(try await terminal.exitCode() == 0)
      }
    }

    @Test(
      "An engineer brings a spec without a configuration, finds a violation, and mends the spec in the editor"
    )
    func engineer() async throws {
      try await TestFolder.with(["Tickets.tla": Self.counter("TRUE")]) { folder in
        try folder.write(
          "#!/bin/sh\nfor last; do :; done\nsed -i 's/TRUE/sold < Seats/' \"$last\"\n", to: "editor")
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: folder.file("editor"))
        try await TmuxTerminal.with(
          arguments: ["Tickets.tla"], width: 120, height: 34, environment: ["EDITOR": folder.file("editor")],
          in: folder.path
        ) { terminal in
          try await terminal.wait(for: "This would be written to Tickets.cfg")
          try await terminal.waitForRow("SPECIFICATION Spec")
          try await terminal.type("1")
          try await terminal.waitForRow("CONSTANT Seats = 1")
          try await terminal.press("Enter")
          try await terminal.waitForWorkbench()
          #expect(folder.holds("Tickets.cfg"))
          try await terminal.press("c")
          try await terminal.wait(for: "✗ Inv: v shows it")
          try await terminal.press("v", step: 4)
          try await terminal.waitForRow("✗ Inv")
          try await terminal.wait(for: "✗ Inv: sold is 2, not <= 1")
          // The source with the action's conjuncts, then the editor at the action.
          try await terminal.press("S")
          try await terminal.waitForRow("▸Source")
          try await terminal.press("e")
          try await terminal.wait(for: "replayed 3 of 4 steps: Sell is not enabled any more")
          try await terminal.waitForStep(3)
          try await terminal.press("c")
          try await terminal.wait(for: "deadlock violated")
          try await terminal.run("eval sold < Seats")
          try await terminal.wait(for: "sold < Seats = FALSE")
          // Nothing was explored by hand, so there is nothing to lose.
          try await terminal.press("q")
          #expect(try await terminal.exitCode() == 0)
        }
      }
    }

    @Test("A teacher plays a trace, gives the diagram more room, names a branch, compares and saves")
    func teacher() async throws {
      try await TestFolder.with { folder in
        try await TmuxTerminal.with(arguments: ["syn/part4"], width: 120, height: 34, in: folder.path) {
          terminal in
          try await terminal.waitForWorkbench()
          try await terminal.run("walk 6 1")
          try await terminal.wait(for: "walked 6 steps, seed 1")
          try await terminal.press("Home", step: 0)
          try await terminal.run("play 20")
          try await terminal.wait(for: "played to the end of the branch, step 6")
          // A slow play waits and steps on.
          try await terminal.press("Home", step: 0)
          try await terminal.run("play 0.1")
          try await terminal.wait(for: "Space pauses")
          try await terminal.press("Space")
          try await terminal.wait(for: "paused")
          try await terminal.press("Right", step: 1)
          try await terminal.press("Right", step: 2)
          try await terminal.press("Escape")
          try await terminal.wait(for: "stopped at step 2")
          // Sizes: half of the screen, all of it, the usual place; then a border by key and by mouse.
          try await terminal.press("t")
          try await terminal.wait(for: "▸Space–time")
          let usual = try await terminal.screen()
          try await terminal.press("w")
          try await terminal.waitUntilGone("Trace ─")
          try await terminal.press("w")
          try await terminal.waitUntilGone("Properties")
          try await terminal.press("w")
          let corner = try #require(
            usual.rows[1].firstIndex(of: "┬").map {
              usual.rows[1].distance(from: usual.rows[1].startIndex, to: $0)
            })
          try await terminal.wait(until: "the usual places") { $0.rows[1].dropFirst(corner).first == "┬" }
          try await terminal.press("]")
          try await terminal.wait(until: "a wider pane") { $0.rows[1].dropFirst(corner + 2).first == "┬" }
          try await terminal.drag(from: (corner + 2, 5), to: (corner - 8, 7))
          try await terminal.wait(until: "a narrower pane") { $0.rows[1].dropFirst(corner - 8).first == "┬" }
          try await terminal.run("usual-sizes")
          try await terminal.wait(until: "the usual places") { $0.rows[1].dropFirst(corner).first == "┬" }
          // Another branch, with a name, beside the first.
          try await terminal.press("1", step: 3)
          try await terminal.press("B")
          try await terminal.wait(for: "Enter go   r rename   d delete   u undo")
          try await terminal.press("r")
          try await terminal.wait(for: "Name of the branch:")
          try await terminal.press("C-u")
          try await terminal.type("what the class said")
          try await terminal.press("Enter")
          try await terminal.waitForRow("step 3", "what the class said")
          try await terminal.press("B")
          try await terminal.wait(for: "c compare")
          try await terminal.press("c")
          try await terminal.wait(for: "is the first that differs")
          try await terminal.press("Escape")
          try await terminal.waitUntilGone("is the first that differs")
          try await terminal.run("save lesson.md")
          try await terminal.wait(for: "saved lesson.md")
          #expect(try folder.text(of: "lesson.md").contains("# "))
          try await terminal.press("q")
          #expect(try await terminal.exitCode() == 0)
        }
      }
    }

    @Test(
      "Somebody with a saved log of several traces finds it with Tab, chooses one, and replays it on the fix")
    func savedTrace() async throws {
      try await TestFolder.with { folder in
        let check = try await SynscopeCommand.run(
          ["check", "syn/part5", "--quiet", "--save-trace", folder.file("run-1.out")])
        #expect(check.exitCode == 12)
        let one = try folder.text(of: "run-1.out")
        try folder.write(one + "\n" + one, to: "run-2.out")
        try await TmuxTerminal.with(arguments: ["syn/part6"], width: 80, height: 24, in: folder.path) {
          terminal in
          try await terminal.waitForWorkbench()
          try await terminal.press("o")
          try await terminal.wait(for: "Open the trace:")
          try await terminal.type("ru")
          try await terminal.press("Tab")
          // Two files begin so: the common part is typed, and both are shown.
          try await terminal.waitForRow("run-1.out", "run-2.out")
          try await terminal.wait(for: "Open the trace: run-")
          try await terminal.type("2")
          try await terminal.press("Tab")
          try await terminal.wait(for: "Open the trace: run-2.out")
          try await terminal.press("Enter")
          try await terminal.wait(for: "run-2.out holds 2 traces: which one?")
          try await terminal.press("2")
          // Part 6 has other messages, so the values do not fit, and the workbench asks what to do.
          try await terminal.wait(for: "does not fit this model by its values")
          try await terminal.press("1")
          // A box says where the model and the trace part.
          try await terminal.waitForRow("run-2.out stops being allowed ─ Esc closes")
          try await terminal.press("Escape")
          try await terminal.waitUntilGone("Esc closes")
          #expect(try await terminal.screen().step == 4)
          try await terminal.press("q")
          #expect(try await terminal.exitCode() == 0)
        }
      }
    }

    @Test("A daily user has keys of their own, loses the terminal, and finds every session again")
    func daily() async throws {
      try await TestFolder.with { folder in
        let environment = [
          "XDG_STATE_HOME": folder.file("state"), "XDG_CONFIG_HOME": folder.file("config"),
        ]
        try FileManager.default.createDirectory(
          atPath: folder.file("config/synscope"), withIntermediateDirectories: true)
        try folder.write(
          "[keys]\nundo = \"F5\"\nbox-delete = \"m\"\nrestore = \"F6\"\n", to: "config/synscope/config.toml")
        try await TmuxTerminal.with(arguments: ["syn/part5"], environment: environment, in: folder.path) {
          terminal in
          try await terminal.waitForWorkbench()
          try await terminal.press("Enter", step: 1)
          try await terminal.press("x", step: 2)
          try await terminal.run("watch next_val * 100")
          try await terminal.waitForRow("next_val * 100", "100")
          try await terminal.press("B")
          try await terminal.wait(for: "m delete   F5 undo")
          try await terminal.press("Escape")
          try await terminal.waitUntilGone("F5 undo")
          try await Self.waitForSession(in: folder)
          kill(try await terminal.processIdentifier, SIGKILL)
          _ = try await terminal.exitCode()
        }
        // Another model lists it, and leaves a session of its own when that one is restored.
        try await TmuxTerminal.with(arguments: ["bookings/part4"], environment: environment, in: folder.path)
        {
          terminal in
          try await terminal.waitForWorkbench()
          try await terminal.press("Enter", step: 1)
          try await terminal.press("F6")
          try await terminal.waitForRow("syn/part5, 2 steps")
          try await terminal.wait(for: "Enter restores, m deletes, Esc closes")
          try await terminal.press("Enter")
          try await terminal.wait(for: "restored 2 steps")
          try await terminal.waitForRow("synscope", "syn/part5", "step 2")
          try await terminal.waitForRow("next_val * 100", "100")
          try await terminal.press("q")
          try await terminal.wait(for: "it is offered at the next start")
          try await terminal.press("q")
          #expect(try await terminal.exitCode() == 0)
        }
        // The start screen lists both.
        try await TmuxTerminal.with(environment: environment, in: folder.path) { terminal in
          try await terminal.wait(for: "and below them 2 left sessions: End goes there")
          try await terminal.press("End")
          try await terminal.wait(for: "Enter restore   m delete")
          let screen = try await terminal.wait(for: "bookings/part4, 1 step")
          #expect(screen.contains("syn/part5, 2 steps"))
          try await terminal.press("Enter")
          try await terminal.wait(for: "restored 1 step")
          try await terminal.waitForRow("synscope", "bookings/part4", "step 1")
        }
      }
    }

    /// Waits until a session with the watched expression is on the disk.
    private static func waitForSession(in folder: TestFolder) async throws {
      let sessions = folder.file("state/synscope/sessions")
      let deadline = ContinuousClock.now + TmuxTerminal.patience
      while ContinuousClock.now < deadline {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: sessions)) ?? []
        let texts = files.compactMap { try? String(contentsOfFile: "\(sessions)/\($0)", encoding: .utf8) }
        if texts.contains(where: { $0.contains("next_val * 100") }) { return }
        try await Task.sleep(for: .milliseconds(10))
      }
      Issue.record("the session is not on the disk")
    }
  }
}
