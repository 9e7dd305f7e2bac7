import Foundation
import Testing

/// `validate` on the logs of a real Syn cluster, as they are and forged.
@Suite("Real logs", .timeLimit(.minutes(5)))
struct ValidateTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models/syn/real")

  private static func path(_ name: String) -> String { folder.appendingPathComponent(name + ".ndjson").path }

  private static func lines(_ name: String) throws -> [String] {
    try String(contentsOfFile: path(name), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// What is known of a log.
  struct Known: Sendable, CustomTestStringConvertible {
    let name: String
    let exitCode: Int32
    let outcome: String
    let violated: String?
    var testDescription: String { name }
  }

  @Test(
    "Each log is judged as it was by hand",
    arguments: [
      Known(name: "two-nodes", exitCode: 0, outcome: "explained", violated: nil),
      Known(name: "three-nodes-partitions-prevented", exitCode: 0, outcome: "explained", violated: nil),
      Known(name: "three-nodes", exitCode: 12, outcome: "violation", violated: "AllRegistered"),
      Known(
        name: "three-nodes-dropped-packets", exitCode: 12, outcome: "violation", violated: "AllRegistered"),
      Known(name: "three-nodes-with-update", exitCode: 1, outcome: "departs", violated: nil),
    ])
  func known(_ known: Known) async throws {
    let output = try await SynscopeCommand.run(["validate", Self.path(known.name), "syn/library", "--json"])
    #expect(output.exitCode == known.exitCode, "\(output.text)")
    let report = try JSON.read(output.standardOutput)
    #expect(report["outcome"].string == known.outcome)
    #expect(report["violated"].string == known.violated)
    #expect(report["notes"].array.isEmpty)
  }

  @Test("A departure names the line, the action, and why it is disabled")
  func departure() async throws {
    let output = try await SynscopeCommand.run([
      "validate", Self.path("three-nodes-with-update"), "syn/library",
    ])
    #expect(output.exitCode == 1)
    #expect(output.standardOutput.contains("departs at line 96 (handle register of n1)"))
    #expect(output.standardOutput.contains("Register(n1) is disabled: names[n] \\ DOMAIN table[n]"))
    #expect(output.standardOutput.contains("nearest: without line 96"))
  }

  @Test("The behavior that was found is saved with the lines, and replays")
  func saved() async throws {
    try await TestFolder.with { folder in
      let judged = try await SynscopeCommand.run(
        ["validate", Self.path("two-nodes"), "syn/library", "--save-trace", folder.file("found.itf.json")])
      #expect(judged.exitCode == 0, "\(judged.text)")
      let states = try JSON.read(try folder.text(of: "found.itf.json"))["states"].array
      #expect(states.count == 14)
      #expect(states[1]["#meta"]["lines"].array.first?.integer == 3)
      let replayed = try await SynscopeCommand.run(
        [
          "replay", folder.file("found.itf.json"), "syn/library", "--constant", "Names={a}", "--constant",
          "MaxDisconnections=1",
        ])
      #expect(replayed.exitCode == 0, "\(replayed.text)")
    }
  }

  @Test("A folder with a file for each node is judged as the one file")
  func folderOfNodes() async throws {
    try await TestFolder.with { folder in
      let lines = try Self.lines("three-nodes")
      try FileManager.default.createDirectory(atPath: folder.file("logs"), withIntermediateDirectories: true)
      for node in ["n1", "n2", "n3"] {
        let own = lines.filter { $0.contains("\"node\":\"\(node)\"") }
        try own.joined(separator: "\n").write(
          toFile: folder.file("logs/\(node).ndjson"), atomically: true, encoding: .utf8)
      }
      let output = try await SynscopeCommand.run(["validate", folder.file("logs"), "syn/library"])
      #expect(output.exitCode == 12, "\(output.text)")
      #expect(output.standardOutput.contains("n3.ndjson:"))
    }
  }

  @Test("What loggers put around the lines is taken off, and told")
  func wrapped() async throws {
    try await TestFolder.with { folder in
      let lines = try Self.lines("two-nodes").map { "syn1  | 12:00:01 \u{1B}[32m\($0)\u{1B}[0m" }
      try (["starting"] + lines).joined(separator: "\r\n").write(
        toFile: folder.file("x.log"), atomically: true, encoding: .utf8)
      let output = try await SynscopeCommand.run(["validate", folder.file("x.log"), "syn/library"])
      #expect(output.exitCode == 0, "\(output.text)")
      #expect(output.standardOutput.contains("71 lines begin with something else than a record, as `syn1"))
      #expect(output.standardOutput.contains("1 line holds no record"))
    }
  }

  @Test("A limit ends the search with 152")
  func limit() async throws {
    let output = try await SynscopeCommand.run(
      ["validate", Self.path("three-nodes-dropped-packets"), "syn/library", "--max-states", "20"])
    #expect(output.exitCode == 152)
    #expect(output.standardOutput.contains("the search reached 20 states"))
  }

  @Test("What cannot be read ends with 65, with every place")
  func unreadable() async throws {
    try await TestFolder.with { folder in
      var lines = try Self.lines("two-nodes")
      lines[4] = "{\"ts\": }"
      lines[9] = String(lines[9].dropLast(20))
      try lines.joined(separator: "\n").write(toFile: folder.file("x.log"), atomically: true, encoding: .utf8)
      let log = try await SynscopeCommand.run(["validate", folder.file("x.log"), "syn/library", "--json"])
      #expect(log.exitCode == 65)
      #expect(log.standardError.contains("error: line 5: not JSON"))
      #expect(log.standardError.contains("error: line 10: "))
      #expect(try JSON.read(log.standardOutput)["outcome"].string == "unreadable")

      try "order = \"none\"\n[events.lookup]\naction = 3\n[evnts]".write(
        toFile: folder.file("x.toml"), atomically: true, encoding: .utf8)
      let mapping = try await SynscopeCommand.run(
        ["validate", Self.path("two-nodes"), "syn/library", "--map", folder.file("x.toml")])
      #expect(mapping.exitCode == 65)
      #expect(mapping.standardError.contains("line 1, column 9: order is one of total, per-node, causal"))
      #expect(mapping.standardError.contains("line 3, column 10: action is to be a step"))
      #expect(mapping.standardError.contains("there is no setting evnts (did you mean events?)"))

      try "[fields]\nevent = \"event\"\n[events.handle]\naction = \"Register($.node\"".write(
        toFile: folder.file("y.toml"), atomically: true, encoding: .utf8)
      let step = try await SynscopeCommand.run(
        ["validate", Self.path("two-nodes"), "syn/library", "--map", folder.file("y.toml")])
      #expect(step.exitCode == 65)
      #expect(step.standardError.contains("expected `)`"))

      let missing = try await SynscopeCommand.run(["validate", folder.file("none"), "syn/library"])
      #expect(missing.exitCode == 65)
    }
  }
}
