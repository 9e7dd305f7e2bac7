/// What a specification may use of the machine on which the program runs. What is not allowed throws a `HostProblem` that says how to
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

/// What is left of a program that has ended.
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

/// Access for an evaluation that was done before and is repeated: what it read is read again, and what it did is not done again.
struct RepeatedAccess: HostAccess {
  let host: any HostAccess

  func read(_ path: String) throws -> String { try host.read(path) }
  func hasFile(_ path: String) throws -> Bool { try host.hasFile(path) }
  func write(_ text: String, to path: String) throws {}
  func append(_ text: String, to path: String) throws {}
  func run(_ command: [String], environment: [String: String]) throws -> CommandResult {
    CommandResult(exitValue: 0, output: "", errors: "")
  }
  var environment: [String: String] { host.environment }
}

extension Machine {
  /// The machine that the program runs on, if anything of it may be used.
  func host(_ site: Site) throws -> any HostAccess {
    guard let host else { throw site.failure("files and programs cannot be used here") }
    return host
  }
}

extension Node {
  /// Places a problem with the machine that the program runs on.
  func onHost<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let problem as HostProblem { throw site.failure(problem.message) }
  }
}
