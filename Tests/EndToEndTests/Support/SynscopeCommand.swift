import Subprocess

#if canImport(System)
  import System
#else
  import SystemPackage
#endif

/// One run of the program without a terminal.
struct SynscopeCommand {
  struct Output {
    let standardOutput: String
    let standardError: String
    /// The exit code; 128 plus the signal's number if a signal ended the program.
    let exitCode: Int32

    /// All output that a user sees.
    var text: String { standardOutput + standardError }
  }

  /// Runs `synscope` with arguments until it ends. Use it under a `.timeLimit`: cancelling the test ends the process. A nil value removes a
  /// variable from the environment.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String?] = [:], in folder: String? = nil
  ) async throws -> Output {
    try await runProgram(
      .path(FilePath(try SynscopeBinary.path())), arguments, input: input, environment: environment,
      in: folder)
  }

  /// Runs a bash script in which `$SYNSCOPE` is the program, for tests with pipes and files.
  static func shell(_ script: String, environment: [String: String?] = [:], in folder: String? = nil)
    async throws
    -> Output
  {
    var environment = environment
    environment["SYNSCOPE"] = try SynscopeBinary.path()
    return try await runProgram(.name("bash"), ["-c", script], environment: environment, in: folder)
  }

  /// The same for any program.
  static func runProgram(
    _ program: Executable, _ arguments: [String], input: String = "", environment: [String: String?] = [:],
    in folder: String? = nil
  ) async throws -> Output {
    var changes: [Environment.Key: String?] = [:]
    for (name, value) in environment { changes[Environment.Key(stringLiteral: name)] = value }
    let result = try await Subprocess.run(
      program, arguments: Arguments(arguments), environment: .inherit.updating(changes),
      workingDirectory: folder.map { FilePath($0) }, input: .string(input), output: .string(limit: 64 << 20),
      error: .string(limit: 64 << 20))
    let code: Int32 =
      switch result.terminationStatus {
      case .exited(let code): code
      case .signaled(let signal): 128 + signal
      }
    return Output(
      standardOutput: result.standardOutput, standardError: result.standardError, exitCode: code)
  }
}
