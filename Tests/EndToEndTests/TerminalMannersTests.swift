import Foundation
import Testing

extension RealTerminalTests {
  /// The workbench restores the terminal, and works in terminals of all kinds.
  @Suite("Manners in a terminal")
  struct TerminalMannersTests {
    @Test("Every size of terminal shows what fits")
    func resize() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part5"], width: 200, height: 60) { terminal in
        let wide = try await terminal.waitForWorkbench()
        for title in ["Nodes", "Actions", "Trace", "Properties", "Checker", "State"] {
          #expect(wide.contains("─ \(title) ─") || wide.contains("▸\(title)"), "\(title)")
        }
        #expect(wide.rows.contains { $0.count > 190 })
        try await terminal.press("Enter", step: 1)

        try await terminal.resize(width: 80, height: 24)
        try await terminal.waitForRow("[Nodes]", "step 1")
        let small = try await terminal.waitForRow("▸Actions")
        #expect(small.rows.count <= 24 && small.rows.allSatisfy { $0.count <= 80 })
        #expect(small.step == 1)

        try await terminal.resize(width: 40, height: 10)
        try await terminal.wait(until: "that line alone") {
          $0.rows.filter { !$0.isEmpty } == ["needs 60×16, has 40×10"]
        }
        try await terminal.resize(width: 60, height: 16)
        try await terminal.wait(for: "[Nodes]")
        try await terminal.resize(width: 120, height: 34)
        try await terminal.wait(for: "─ Properties ─")
        try await terminal.waitForRow("sees  n2", "sees  n1")
        try await terminal.waitForStep(1)
      }
    }

    @Test("On a narrow screen the panes take turns")
    func narrow() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part5"], width: 80, height: 24) { terminal in
        try await terminal.wait(for: "[Nodes]")
        try await terminal.press("Enter", step: 1)
        for pane in ["Trace", "State", "Properties", "Checker"] {
          for _ in 0..<8 where try await !terminal.screen().contains("[\(pane)]") {
            let before = try await terminal.styledText()
            try await terminal.press("Tab")
            while try await terminal.styledText() == before { await Task.yield() }
          }
          #expect(try await terminal.screen().contains("[\(pane)]"))
        }
      }
    }

    @Test("Ctrl-Z gives the terminal back, and fg takes it again", arguments: [false, true])
    func suspend(whileChecking: Bool) async throws {
      let shell = ["bash", "--norc", "--noprofile", "-i"]
      try await TmuxTerminal.with(
        command: shell, environment: ["PS1": "ready> ", "SYNSCOPE": try SynscopeBinary.path()]
      ) { terminal in
        try await terminal.wait(for: "ready>")
        try await terminal.type("\"$SYNSCOPE\" syn/part3b --constant MaxValues=40\r")
        try await terminal.waitForWorkbench()
        if whileChecking {
          try await terminal.press("c")
          try await terminal.wait(for: "c stop")
        }
        try await terminal.press("Enter", step: 1)
        for _ in 1...2 {
          try await terminal.press("C-z")
          try await terminal.wait(for: "Stopped")
          let modes = try await terminal.modes()
          #expect(!modes.alternate && !modes.cursorHidden && !modes.mouse)
          try await terminal.type("echo $((40 + 2)) steps\r")
          try await terminal.wait(for: "42 steps")
          try await terminal.type("clear; fg\r")
          try await terminal.waitForStep(1)
          #expect(try await terminal.modes().alternate)
        }
        try await terminal.press("b", step: 0)
        try await terminal.press("q")
        try await terminal.wait(for: "Quit?")
        try await terminal.press("q")
        try await terminal.waitUntilGone("Quit?")
        try await terminal.type("echo code $?\r")
        try await terminal.wait(for: "code 0")
      }
    }

    @Test(
      "Signals, crashes and q (here 0) leave the terminal as it was",
      arguments: [SIGTERM, SIGHUP, SIGINT, SIGSEGV, SIGABRT, SIGILL, SIGQUIT, 0])
    func ending(_ signal: Int32) async throws {
      try await TestFolder.with { folder in
        let script = """
          stty -a > before
          sh -c 'echo $$ > pid; exec "$SYNSCOPE" syn/part5'
          echo code $?
          stty -a > after
          echo done
          cat
          """
        try await TmuxTerminal.with(
          command: ["/bin/sh", "-c", script],
          environment: ["SYNSCOPE": try SynscopeBinary.path(), "SWIFT_BACKTRACE": "enable=no"],
          in: folder.path
        ) { terminal in
          try await terminal.waitForWorkbench()
          let during = try await terminal.modes()
          #expect(during.alternate && during.cursorHidden && during.mouse)
          try await terminal.press("c")
          try await terminal.wait(for: "v shows it")
          if signal == 0 {
            try await terminal.press("q")
          } else {
            let process = try #require(
              Int32(try folder.text(of: "pid").trimmingCharacters(in: .whitespacesAndNewlines)))
            kill(process, signal)
          }
          let screen = try await terminal.wait(for: "done")
          // The shell may name the signal first.
          #expect(
            screen.rows.filter { !$0.isEmpty }.suffix(2) == [
              "code \(signal == 0 ? 0 : 128 + signal)", "done",
            ])
          #expect(screen.rows.count { !$0.isEmpty } <= 3, "\(screen)")
          let modes = try await terminal.modes()
          #expect(!modes.alternate && !modes.cursorHidden && !modes.mouse)
          let before = try folder.text(of: "before")
          #expect(try !before.isEmpty && folder.text(of: "after") == before)
        }
      }
    }

    @Test("A closed terminal ends the program, also during a check")
    func closed() async throws {
      let process = try await TmuxTerminal.with(arguments: ["syn/part3b", "--constant", "MaxValues=40"]) {
        terminal in
        try await terminal.waitForWorkbench()
        try await terminal.press("c")
        try await terminal.wait(for: "c stop")
        return try await terminal.processIdentifier
      }
      #expect(await ProcessState.waitForEnd(of: process))
    }

    @Test("NO_COLOR: no colours, and everything is still distinguishable")
    func noColor() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part5"], environment: ["NO_COLOR": "1"]) { terminal in
        try await terminal.waitForWorkbench()
        try await terminal.press("Enter", step: 1)
        try await terminal.press("x", step: 2)
        let text = try await terminal.styledText()
        #expect(!hasColors(text))
        #expect(text.contains("\u{1B}["), "the selection is reversed or bold")
        #expect(text.contains("▸"))
      }
      try await TmuxTerminal.with(arguments: ["syn/part5"]) { terminal in
        try await terminal.waitForWorkbench()
        #expect(hasColors(try await terminal.styledText()), "or this would test nothing")
      }
    }

    /// Whether a sequence sets a text or background colour.
    private func hasColors(_ text: String) -> Bool {
      text.matches(of: /\u{1B}\[([0-9;]*)m/).contains { match in
        match.1.split(separator: ";").contains { code in
          Int(code).map { (30...38).contains($0) || (40...48).contains($0) || (90...107).contains($0) }
            ?? false
        }
      }
    }

    @Test("An ASCII locale: nothing but ASCII")
    func ascii() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part5"], environment: ["LC_ALL": "C"]) { terminal in
        try await terminal.waitForWorkbench()
        try await terminal.press("Enter", step: 1)
        try await terminal.press("x", step: 2)
        try await terminal.waitForRow("- n1 -", "- n2 -")
        let cut = try await terminal.wait(for: "cut by Disconnect(n1)")
        #expect(cut.contains("sync_register"))
        try await terminal.press("?")
        let help = try await terminal.wait(for: "Ctrl-R")
        for screen in [cut, help] {
          #expect(screen.text.unicodeScalars.allSatisfy { $0.isASCII }, "\(screen)")
        }
      }
    }

    @Test("A click selects, a double click acts, the wheel scrolls")
    func mouse() async throws {
      try await TmuxTerminal.with(arguments: ["syn/part5"]) { terminal in
        let start = try await terminal.waitForWorkbench()
        let y = try #require(start.rows.firstIndex { $0.contains("Register(n2)") && !$0.contains("Sync") })
        let row = start.rows[y]
        let x = row.distance(
          from: row.startIndex, to: try #require(row.firstRange(of: "Register(n2)")).lowerBound)
        try await terminal.click(x: x, y: y)
        try await terminal.wait(until: "the mark at Register(n2)") { $0.rows[y].contains("▸3") }
        #expect(try await terminal.screen().step == 0)
        try await terminal.press("Enter", step: 1)
        try await terminal.waitForRow("{0}  ◆ was {}")

        let trace = try await terminal.screen()
        let first = try #require(trace.rows.firstIndex { $0.contains("0  initial state") })
        try await terminal.click(x: 8, y: first)
        try await terminal.click(x: 8, y: first)
        try await terminal.waitForStep(0)
      }
    }

    @Test("Escape sequences in a specification are text on the screen")
    func escapes() async throws {
      let module = """
        VARIABLE x
        Init == x = "\u{1B}[2J\u{1B}]0;gone\u{7}kept"
        Next == x' = x
        """
      try await TestFolder.with(module: module) { folder in
        try await TmuxTerminal.with(arguments: ["M.tla"], in: folder.path) { terminal in
          try await terminal.waitForWorkbench()
          try await terminal.waitForRow("x ", "[2J", "kept")
          try await terminal.waitForRow("synscope", "step 0")
        }
      }
    }

    @Test("The start screen lists the bundled models and opens one")
    func startScreen() async throws {
      try await TmuxTerminal.with(arguments: [], height: 66) { terminal in
        let start = try await terminal.wait(for: "q quit")
        for model in ModelFiguresTests.table.map(\.model) { #expect(start.contains(model)) }
        #expect(start.contains("resynchronisation"))
        try await terminal.press("Down")
        try await terminal.wait(until: "the mark at part2") { $0.hasRow("▸", "syn/part2") }
        try await terminal.press("Enter")
        try await terminal.waitForWorkbench()
        try await terminal.waitForRow("syn/part2", "step 0")
        try await terminal.press("q")
        #expect(try await terminal.exitCode() == 0)
      }
    }

    @Test("A model that cannot be read gives a message on the plain screen")
    func brokenModel() async throws {
      try await TestFolder.with(module: "VARIABLE x\nInit == x = (\nNext == x' = x") { folder in
        try await TmuxTerminal.with(arguments: ["M.tla"], in: folder.path) { terminal in
          #expect(try await terminal.exitCode() == 150)
          let screen = try await terminal.screen()
          #expect(screen.contains("M.tla:4:1: error:"))
          #expect(try await !terminal.modes().alternate)
        }
      }
    }

    @Test("Ctrl-L draws the screen again")
    func redraw() async throws {
      try await TestFolder.with { folder in
        try await TmuxTerminal.with(arguments: ["syn/part1"], in: folder.path) { terminal in
          let before = try await terminal.waitForWorkbench()
          // Another program writes on the terminal.
          let tty = try await terminal.deviceName
          let written = try await SynscopeCommand.shell("printf '\\033[5;5HSCRIBBLE' > \(tty)")
          #expect(written.exitCode == 0)
          try await terminal.wait(for: "SCRIBBLE")
          try await terminal.press("C-l")
          try await terminal.wait(until: "the screen as it was") { $0.rows == before.rows }
        }
      }
    }
  }
}
