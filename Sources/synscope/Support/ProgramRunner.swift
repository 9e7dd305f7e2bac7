import Foundation
import StateSpace

/// Runs the programs that a specification asks for.
enum ProgramRunner {
  /// Runs a program to its end, and collects what it writes. A name without a slash is looked for in `PATH`. Throws `HostProblem` if it
  /// cannot be started.
  @Sendable static func run(_ command: [String], environment: [String: String]) throws -> CommandResult {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files take any amount of output, where a pipe that nobody reads would fill up.
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "synscope-\(UUID().uuidString)")
    let (output, errors) = (folder.appendingPathComponent("out"), folder.appendingPathComponent("err"))
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for (file, isError) in [(output, false), (errors, true)] {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        if isError { process.standardError = handle } else { process.standardOutput = handle }
      }
      try process.run()
    } catch { throw HostProblem("\(command[0]) cannot be run: \(error.localizedDescription)") }
    process.waitUntilExit()
    func text(_ file: URL) -> String {
      String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
    }
    return CommandResult(
      exitValue: Int(process.terminationStatus), output: text(output), errors: text(errors))
  }
}
