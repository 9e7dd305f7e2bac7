import Foundation
import Subprocess
import Testing

/// How the workbench gets on with the user's terminal: what it does to it, and what it leaves behind.
@Suite("The workbench and the terminal", .timeLimit(.minutes(2)))
struct TerminalBehaviorTests {
  private static let model = "syn/part5"

  /// The workbench, started by a shell that says how it ended and then waits.
  private func inShell<Result>(
    environment: [String: String] = [:], _ body: (TmuxTerminal) async throws -> Result
  ) async throws -> Result {
    let script = "\"$0\" \(Self.model); echo \"ended with $?\"; read line"
    return try await TmuxTerminal.with(
      command: ["/bin/sh", "-c", script, SynscopeBinary.path()], environment: environment
    ) { terminal in
      try await terminal.wait(for: "Register(n1)")
      return try await body(terminal)
    }
  }

  /// The process of the workbench that runs in a terminal.
  private func workbench(in terminal: TmuxTerminal) async throws -> Int32 {
    let shell = try await terminal.processIdentifier
    let children = try String(contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    return try #require(children.split(separator: " ").first.flatMap { Int32($0) })
  }

  private func expectRestored(_ terminal: TmuxTerminal, endedWith code: Int) async throws {
    let screen = try await terminal.wait(for: "ended with \(code)")
    #expect(!screen.contains("Register(n1)"))
    let modes = try await terminal.modes()
    #expect(!modes.alternate)
    #expect(!modes.cursorHidden)
    #expect(!modes.mouse)
    // What is typed is echoed, and a line ends where it should.
    try await terminal.type("echoed")
    try await terminal.wait(for: "echoed")
    try await terminal.press("Enter")
    #expect(try await terminal.exitCode() == 0)
  }

  @Test("Quitting leaves the terminal as it was")
  func quit() async throws {
    try await inShell { terminal in
      #expect(try await terminal.modes().alternate)
      #expect(try await terminal.modes().mouse)
      try await terminal.press("q")
      try await expectRestored(terminal, endedWith: 0)
    }
  }

  @Test("A signal that ends the program leaves the terminal as it was", arguments: [SIGTERM, SIGHUP, SIGINT])
  func signal(number: Int32) async throws {
    try await inShell { terminal in
      kill(try await workbench(in: terminal), number)
      try await expectRestored(terminal, endedWith: 128 + Int(number))
    }
  }

  @Test("So does a crash", arguments: [SIGSEGV, SIGABRT, SIGILL, SIGQUIT])
  func crash(number: Int32) async throws {
    try await inShell(environment: ["SWIFT_BACKTRACE": "enable=no"]) { terminal in
      kill(try await workbench(in: terminal), number)
      try await expectRestored(terminal, endedWith: 128 + Int(number))
    }
  }

  @Test("A closed terminal ends the program")
  func closedTerminal() async throws {
    var process: Int32 = 0
    try await inShell { terminal in process = try await workbench(in: terminal) }
    #expect(await ProcessState.waitForEnd(of: process))
  }

  @Test("The checker runs on what is shown")
  func check() async throws {
    try await TmuxTerminal.with(arguments: ["syn/part1"]) { terminal in
      try await terminal.wait(for: "Actions")
      try await terminal.press("c")
      try await terminal.wait(for: "generated")
    }
  }

  @Test("It draws itself anew at every size")
  func resize() async throws {
    try await TmuxTerminal.with(arguments: [Self.model], width: 200, height: 60) { terminal in
      for (width, height) in [(200, 60), (80, 24), (40, 10), (200, 60), (60, 16)] {
        try await terminal.resize(width: width, height: height)
        if width < 60 {
          let screen = try await terminal.wait(for: "needs 60×16, has 40×10")
          #expect(screen.rows.count { !$0.isEmpty } == 1)
        } else {
          let screen = try await terminal.wait(until: "all of \(width)×\(height)") { screen in
            screen.contains("Register(n1)") && screen.rows.contains { $0.count == width }
          }
          #expect(screen.rows.count <= height)
        }
      }
    }
  }

  @Test("Ctrl-Z gives the terminal to the shell, fg takes it back")
  func suspend() async throws {
    try await TmuxTerminal.with(command: ["/bin/sh", "-i"]) { terminal in
      try await terminal.type("'\(SynscopeBinary.path())' \(Self.model)")
      try await terminal.press("Enter")
      try await terminal.wait(for: "Register(n1)")
      for _ in 1...2 {
        try await terminal.press("C-z")
        let stopped = try await terminal.wait(for: "Stopped")
        try await terminal.type("clear")
        try await terminal.press("Enter")
        try await terminal.waitUntilGone("Stopped")
        #expect(!stopped.contains("Register(n1)"))
        let modes = try await terminal.modes()
        #expect(!modes.mouse)
        try await terminal.type("fg")
        try await terminal.press("Enter")
        try await terminal.wait(for: "Register(n1)")
        #expect(try await terminal.modes().mouse)
        try await terminal.type("1")
        try await terminal.wait(for: "step 1")
        try await terminal.press("Left")
        try await terminal.wait(for: "step 0")
      }
    }
  }

  @Test("NO_COLOR is honoured, and other terminals get colours")
  func colors() async throws {
    let colored = try await inShell { try await $0.styledText() }
    #expect(colored.contains("\u{1B}[38;5;"))
    let plain = try await inShell(environment: ["NO_COLOR": "1"]) { try await $0.styledText() }
    #expect(!plain.contains("\u{1B}[38;5;"))
    #expect(
      !plain.contains("\u{1B}[3")
        || plain.ranges(of: "\u{1B}[3").allSatisfy { plain[$0.upperBound...].first == "9" })
    #expect(plain.contains("\u{1B}[1m"))
  }

  @Test("Without a UTF-8 locale everything is drawn in ASCII")
  func ascii() async throws {
    let screen = try await inShell(environment: ["LC_ALL": "C"]) { try await $0.screen() }
    #expect(screen.contains("+-"))
    #expect(screen.text.unicodeScalars.allSatisfy { $0.isASCII })
  }

  @Test(
    "A terminal that cannot be drawn on is refused in words", arguments: ["dumb", "no-such-terminal", ""])
  func refusedTerminal(name: String) async throws {
    let script = "TERM='\(name)' \"$0\" \(Self.model); echo \"ended with $?\"; read line"
    try await TmuxTerminal.with(command: ["/bin/sh", "-c", script, SynscopeBinary.path()], width: 200) {
      terminal in
      let screen = try await terminal.wait(for: "ended with")
      #expect(screen.contains("synscope check"))
      #expect(!screen.contains("ended with 0"))
    }
  }

  @Test("Without a terminal it says so, and names the command that does the same")
  func noTerminal() async throws {
    let output = try await SynscopeCommand.run([Self.model])
    #expect(output.exitCode != 0)
    let said = output.standardError + output.standardOutput
    #expect(said.contains("terminal"))
    #expect(said.contains("synscope check \(Self.model)"))
    #expect(!said.contains("\u{1B}"))
  }
}
