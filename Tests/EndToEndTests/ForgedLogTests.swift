import Foundation
import Testing

/// Logs of the real cluster with one lie put in are no behavior of the library's model.
@Suite("Forged logs", .timeLimit(.minutes(5)))
struct ForgedLogTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Models/syn/real")

  private static func lines(_ name: String) throws -> [String] {
    let path = folder.appendingPathComponent(name + ".ndjson").path
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  enum Lie: String, CaseIterable, Sendable {
    /// A node has, or has not, discovered another.
    case discovered
    /// The table is told to get a process of another node.
    case owner
    /// The table's change is not told.
    case silence
    /// Another message was handled.
    case message
    /// A registration has another time.
    case time
    /// A look-up answers the opposite.
    case lookup
  }

  /// The line with the lie; nil if it does not tell of such a thing.
  private static func forged(_ line: String, by lie: Lie) -> String? {
    func isOf(_ event: String) -> Bool { line.contains("\"event\":\"\(event)\"") }
    func swapped(_ one: String, _ other: String) -> String? {
      if line.contains(one) { return line.replacing(one, with: other) }
      return line.contains(other) ? line.replacing(other, with: one) : nil
    }
    switch lie {
    case .discovered:
      guard isOf("done") else { return nil }
      return swapped("\"nodes_map\":[]", "\"nodes_map\":[\"n2\"]")
        ?? line.replacing(/"nodes_map":\[[^\]]*\]/, with: "\"nodes_map\":[]")
    case .owner: return isOf("table_add") ? swapped("\"owner\":\"n1\"", "\"owner\":\"n2\"") : nil
    case .silence: return isOf("table_add") ? line.replacing("table_add", with: "table_look") : nil
    case .message:
      guard isOf("handle") else { return nil }
      return swapped("\"kind\":\"discover\"", "\"kind\":\"ack_sync\"")
        ?? swapped("\"kind\":\"sync_register\"", "\"kind\":\"sync_unregister\"")
    case .time: return isOf("table_add") ? line.replacing(/"time":\d+/, with: "\"time\":1") : nil
    case .lookup:
      guard isOf("lookup") else { return nil }
      return line.contains("\"result\":\"undefined\"")
        ? line.replacing("\"undefined\"", with: "{\"pid\":\"n1.1.0\"}")
        : line.replacing(/"result":\{[^}]*\}/, with: "\"result\":\"undefined\"")
    }
  }

  @Test(
    "A lie is refused, at its event or before it",
    arguments: ["two-nodes", "three-nodes", "three-nodes-dropped-packets"],
    Lie.allCases)
  func refused(_ name: String, _ lie: Lie) async throws {
    let lines = try Self.lines(name)
    let places = lines.indices.filter { Self.forged(lines[$0], by: lie) != nil }
    try #require(!places.isEmpty)
    // The first, one in the middle, and the last.
    for place in Set([places[0], places[places.count / 2], places[places.count - 1]]) {
      var forged = lines
      forged[place] = try #require(Self.forged(lines[place], by: lie))
      try await TestFolder.with { folder in
        try folder.write(forged.joined(separator: "\n"), to: "x.ndjson")
        let output = try await SynscopeCommand.run([
          "validate", folder.file("x.ndjson"), "syn/library", "--json",
        ])
        #expect(output.exitCode == 1, "\(lie) at line \(place + 1) of \(name): \(output.text)")
        let report = try JSON.read(output.standardOutput)
        #expect(report["outcome"].string == "departs")
        let line = try #require(report["line"].integer)
        // Times count by their rank: that one is a lie shows only where another line tells the same time.
        #expect(line <= place + 1 || lie == .time, "\(lie) at line \(place + 1) of \(name): \(output.text)")
        #expect(!report["reasons"].array.isEmpty)
      }
    }
  }
}
