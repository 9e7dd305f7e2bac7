import Testing

/// A signal ends a check: the check reports its findings, and the exit code gives the signal.
@Suite("A check that is interrupted", .timeLimit(.minutes(8)))
struct InterruptionTests {
  /// Counts without end, and says when it has begun.
  private static let endless = """
    EXTENDS Naturals, TLC
    VARIABLE x
    Init == x = 0
    Next == x' = x + 1 /\\ (x = 3 => PrintT("begun"))
    Small == x # 2
    """

  /// Runs a check until it prints `begun`, and then runs `signals` for `$pid`.
  private func interrupt(
    _ options: String, _ signals: String, module: String = endless, invariant: Bool = false
  ) async throws -> SynscopeCommand.Output {
    let configuration = "INIT Init\nNEXT Next\n" + (invariant ? "INVARIANT Small\n" : "")
    return try await TestFolder.with(module: module, configuration: configuration) { folder in
      try await SynscopeCommand.shell(
        """
        set -m  # without it the shell lets its children ignore SIGINT
        mkfifo errors
        "$SYNSCOPE" check M.tla --memory 2G \(options) 2>errors & pid=$!
        exec 5<errors
        while read -r line <&5; do case "$line" in *begun*) break;; esac; done
        \(signals)
        cat <&5 >rest & wait $pid
        """, in: folder.path)
    }
  }

  @Test(
    "Each signal ends the search, which reports its findings",
    arguments: [
      ("INT", 2), ("QUIT", 3), ("TERM", 15), ("HUP", 1), ("USR1", 10), ("USR2", 12), ("ALRM", 14),
      ("XCPU", 24),
      ("PIPE", 13),
    ] as [(String, Int32)])
  func signal(_ name: String, _ number: Int32) async throws {
    let text = try await interrupt("--quiet", "kill -\(name) $pid")
    #expect(text.exitCode == 128 + number)
    #expect(text.standardOutput.hasPrefix("stopped by SIG\(name); nothing was found so far\n"))
    #expect(text.standardOutput.contains("states generated"))
    let json = try await interrupt("--quiet --json", "kill -\(name) $pid")
    #expect(json.exitCode == 128 + number)
    let report = try JSON.read(json.standardOutput)
    #expect(report["outcome"].string == "stopped")
    #expect(report["violated"] == .null)
    #expect((report["distinct"].integer ?? 0) > 3)
  }

  @Test("Findings before the signal are reported")
  func found() async throws {
    let text = try await interrupt("--quiet --continue", "kill -TERM $pid", invariant: true)
    #expect(text.exitCode == 143)
    #expect(text.standardOutput.contains("the invariant Small is violated\n"))
    #expect(text.standardOutput.contains("stopped by SIGTERM\n"))
    let json = try await interrupt("--quiet --continue --json", "kill -TERM $pid", invariant: true)
    let report = try JSON.read(json.standardOutput)
    #expect(report["outcome"].string == "stopped")
    #expect(report["violated"].string == "Small")
    #expect(report["trace"]["states"].array.count == 3)
  }

  /// One evaluation that never ends, after the first states.
  private static let stuck = endless.replacing(
    "PrintT(\"begun\")",
    with: "PrintT(\"begun\") /\\ \\A a, b, c, d, e \\in 1..5000 : a + b + c + d + e + x > 0")

  @Test("A search in an endless evaluation ends, too, and reports its findings", arguments: ["1", "2"])
  func endlessEvaluation(workers: String) async throws {
    let json = try await interrupt(
      "--quiet --json --workers \(workers)", "kill -INT $pid", module: Self.stuck)
    #expect(json.exitCode == 130)
    let report = try JSON.read(json.standardOutput)
    #expect(report["outcome"].string == "stopped")
    #expect(report["distinct"].integer == 4)
    #expect(report["depth"].integer == 4)
  }

  @Test("A second signal ends everything at once")
  func second() async throws {
    let output = try await interrupt("--quiet", "kill -INT $pid; kill -TERM $pid", module: Self.stuck)
    #expect(output.exitCode == 143 || output.exitCode == 130)
  }

  @Test("A signal that was ignored when the program started stays ignored")
  func ignored() async throws {
    let output = try await TestFolder.with(
      module: Self.endless, configuration: "INIT Init\nNEXT Next\n"
    ) { folder in
      try await SynscopeCommand.shell(
        """
        mkfifo errors
        (trap '' HUP; exec "$SYNSCOPE" check M.tla --quiet --max-states 20000 2>errors) & pid=$!
        exec 5<errors
        while read -r line <&5; do case "$line" in *begun*) break;; esac; done
        kill -HUP $pid
        cat <&5 >rest & wait $pid
        """, in: folder.path)
    }
    #expect(output.exitCode == 152)
  }
}
