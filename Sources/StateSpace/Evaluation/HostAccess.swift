/// What a specification may use of the machine on which the program runs. A use that is not allowed throws a `HostProblem` that says how to
/// allow it.
package protocol HostAccess: Sendable {
  /// The whole text of a file. Throws `HostProblem`.
  func read(_ path: String) throws -> String

  /// Whether there is a file. Throws `HostProblem` if it may not be looked at.
  func hasFile(_ path: String) throws -> Bool

  /// Replaces a file. Throws `HostProblem`.
  func write(_ text: String, to path: String) throws

  /// Adds to the end of a file, which is made if there is none. Throws `HostProblem`.
  func append(_ text: String, to path: String) throws

  /// Runs a program, given by its name and arguments, with additional environment variables, to its end. Throws `HostProblem`.
  func run(_ command: [String], environment: [String: String]) throws -> CommandResult

  /// The environment variables of the program.
  var environment: [String: String] { get }
}

/// The reason why something of the machine cannot be used.
package struct HostProblem: Error {
  package let message: String
  package init(_ message: String) { self.message = message }
}

/// The result of a program that has ended.
package struct CommandResult: Sendable {
  package var exitValue: Int
  package var output: String
  package var errors: String

  package init(exitValue: Int, output: String, errors: String) {
    self.exitValue = exitValue
    self.output = output
    self.errors = errors
  }
}

/// Access that remembers the results of programs.
///
/// It is made for a check and lives as long as that. It is not safe for concurrent use, like the engine that uses it.
final class RememberingAccess: HostAccess, @unchecked Sendable {
  private struct Command: Hashable {
    let words: [String]
    let environment: [String: String]
  }

  private let host: any HostAccess
  private var results: [Command: CommandResult] = [:]

  init(_ host: any HostAccess) { self.host = host }

  func read(_ path: String) throws -> String { try host.read(path) }
  func hasFile(_ path: String) throws -> Bool { try host.hasFile(path) }
  func write(_ text: String, to path: String) throws { try host.write(text, to: path) }
  func append(_ text: String, to path: String) throws { try host.append(text, to: path) }
  func run(_ command: [String], environment: [String: String]) throws -> CommandResult {
    let result = try host.run(command, environment: environment)
    results[Command(words: command, environment: environment)] = result
    return result
  }
  var environment: [String: String] { host.environment }

  /// The result of a program's last run with this environment. Throws `HostProblem` if it was not run.
  fileprivate func result(of command: [String], environment: [String: String]) throws -> CommandResult {
    guard let known = results[Command(words: command, environment: environment)] else {
      throw HostProblem("the program \(command[0]) is not run again to repeat a step")
    }
    return known
  }
}

/// Access for an evaluation that was done before and is repeated: files are read again, nothing is written again, and a program is not run
/// again: its last result counts.
struct RepeatedAccess: HostAccess {
  let host: RememberingAccess

  func read(_ path: String) throws -> String { try host.read(path) }
  func hasFile(_ path: String) throws -> Bool { try host.hasFile(path) }
  func write(_ text: String, to path: String) throws {}
  func append(_ text: String, to path: String) throws {}
  func run(_ command: [String], environment: [String: String]) throws -> CommandResult {
    try host.result(of: command, environment: environment)
  }
  var environment: [String: String] { host.environment }
}
