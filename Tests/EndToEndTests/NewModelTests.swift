import Foundation
import Testing

@Suite("A model to start from", .timeLimit(.minutes(8))) struct NewModelTests {
  private static let shapes = ["pair", "pubsub", "lock", "election", "queue", "log"]

  @Test("Each shape becomes a module of the user's own, whose invariant fails", arguments: shapes)
  func shape(_ shape: String) async throws {
    try await TestFolder.with([:]) { folder in
      let made = try await SynscopeCommand.run(["new", "My_Own2", "--from", shape], in: folder.path)
      #expect(made.exitCode == 0, "\(made.text)")
      #expect(made.standardOutput.contains("wrote My_Own2.tla and My_Own2.cfg"))
      let text = try folder.text(of: "My_Own2.tla")
      #expect(text.contains("MODULE My_Own2 "))
      #expect(text.localizedCaseInsensitiveContains("what to try next"))
      let check = try await SynscopeCommand.run(["check", "My_Own2.tla", "--json"], in: folder.path)
      #expect(check.exitCode == 12, "\(check.text)")
      let states = try JSON.read(check.standardOutput)["trace"]["states"].array.count
      #expect((3...10).contains(states))
    }
  }

  @Test("Without a shape it is a pair of nodes; nothing is replaced, and wrong names are told")
  func refusals()
    async throws
  {
    try await TestFolder.with([:]) { folder in
      func run(_ arguments: String...) async throws -> SynscopeCommand.Output {
        try await SynscopeCommand.run(["new"] + arguments, in: folder.path)
      }
      #expect(try await run("Mine").exitCode == 0)
      let text = try folder.text(of: "Mine.tla")
      #expect(text.contains("MODULE Mine "))
      let again = try await run("Mine", "--from", "log")
      #expect(again.exitCode == 64)
      #expect(again.standardError.contains("Mine.tla exists; it was not overwritten"))
      #expect(try folder.text(of: "Mine.tla") == text)
      let unknown = try await run("Other", "--from", "ring")
      #expect(unknown.exitCode == 64)
      #expect(
        unknown.standardError.contains(
          "there is no shape ring; there are election, lock, log, pair, pubsub, queue"))
      let wrong = try await run("my-model")
      #expect(wrong.exitCode == 64)
      #expect(wrong.standardError.contains("my-model is not a module name"))
      #expect(!folder.holds("my-model.tla"))
    }
  }
}
