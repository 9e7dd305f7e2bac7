import StateSpace

/// A machine in memory: its files, and what programs say.
final class MemoryHost: HostAccess, @unchecked Sendable {
  var texts: [String: String]
  /// How often files were read.
  private(set) var readCount = 0
  /// The commands that were run, with their additional environment.
  private(set) var commands: [(words: [String], environment: [String: String])] = []

  init(_ texts: [String: String] = [:]) { self.texts = texts }

  func read(_ path: String) throws -> String {
    readCount += 1
    guard let text = texts[path] else { throw HostProblem("there is no file \(path)") }
    return text
  }
  func hasFile(_ path: String) throws -> Bool { texts[path] != nil }
  func write(_ text: String, to path: String) throws { texts[path] = text }
  func append(_ text: String, to path: String) throws { texts[path, default: ""] += text }
  func run(_ command: [String], environment: [String: String]) throws -> CommandResult {
    commands.append((command, environment))
    return CommandResult(exitValue: 3, output: command.joined(separator: "|"), errors: "no")
  }
  var environment: [String: String] { ["HOME": "/home/me", "N": "42"] }
}
