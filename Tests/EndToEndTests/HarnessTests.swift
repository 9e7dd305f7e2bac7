import Foundation
import Subprocess
import Testing

/// The harness itself, on programs that every machine has.
@Suite("The terminal that tests drive", .timeLimit(.minutes(5)))
struct HarnessTests {
  @Test("Keys reach the program; its screen and exit code are visible")
  func shell() async throws {
    let script = "printf 'ready> '; read line; echo \"got $line\"; read line; stty size; exit 3"
    try await TmuxTerminal.with(command: ["/bin/sh", "-c", script], width: 60, height: 10) { terminal in
      try await terminal.wait(for: "ready>")
      try await terminal.type("two words; -- ;")
      try await terminal.press("Enter")
      try await terminal.wait(until: "the answer") { $0.rows.contains("got two words; -- ;") }
      try await terminal.resize(width: 40, height: 6)
      try await terminal.press("Enter")
      #expect(try await terminal.exitCode() == 3)
      #expect(try await terminal.screen().contains("6 40"))
    }
  }

  @Test("A signal that ends the program is distinguished from an exit code")
  func signal() async throws {
    try await TmuxTerminal.with(command: ["/bin/cat"], width: 40, height: 5) { terminal in
      kill(try await terminal.processIdentifier, SIGTERM)
      #expect(try await terminal.exitCode() == 128 + SIGTERM)
    }
  }

  @Test("The server is gone after the test, even if the test failed")
  func cleanUp() async throws {
    struct Broken: Error {}
    var process: Int32 = 0
    await #expect(throws: Broken.self) {
      try await TmuxTerminal.with(command: ["/bin/cat"]) { terminal in
        process = try await terminal.processIdentifier
        throw Broken()
      }
    }
    #expect(await ProcessState.waitForEnd(of: process))
  }

  @Test("A command's input, outputs, environment and exit code")
  func command() async throws {
    let output = try await SynscopeCommand.runProgram(
      .name("sh"), ["-c", "cat; echo $WORD >&2; exit 12"], input: "in", environment: ["WORD": "out"])
    #expect(output.standardOutput == "in")
    #expect(output.standardError == "out\n")
    #expect(output.exitCode == 12)
  }

  @Test("The program under test is found")
  func binary() throws {
    #expect(try SynscopeBinary.path().hasSuffix("synscope"))
    #expect(FileManager.default.fileExists(atPath: SynscopeBinary.packageFolder + "/Package.swift"))
  }
}
