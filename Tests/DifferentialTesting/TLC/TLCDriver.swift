import Foundation

/// TLC in a separate process that answers questions about many modules.
final class TLCDriver {
  private let jar: URL
  private let classes: URL
  private let scratch: URL
  private var process: Process?
  private var requests = FileHandle.nullDevice
  private var answers = LineReader(FileHandle.nullDevice)
  private var answered = 0

  /// The number of requests for one process. Each request leaves classes behind.
  private static let requestsPerProcess = 400

  /// Compiles the driver into `scratch`. Throws if Java is missing.
  init(jar: URL, scratch: URL) throws {
    self.jar = jar
    self.scratch = scratch
    classes = scratch.appending(path: "classes", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: classes, withIntermediateDirectories: true)
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
    let compiler = try Self.start(
      ["javac", "-nowarn", "-cp", jar.path, "-d", classes.path]
        + ["Driver", "Request"].map { sources.appending(path: "\($0).java").path })
    compiler.waitUntilExit()
    guard compiler.terminationStatus == 0 else { throw DifferentialError("javac failed") }
  }

  /// The answers to a request, without the line that ends them; nil if the process died.
  func answers(to request: String) throws -> [String]? {
    if process?.isRunning != true || answered >= Self.requestsPerProcess { try restart() }
    answered += 1
    try requests.write(contentsOf: Data("\(request)\n".utf8))
    var lines: [String] = []
    while let line = answers.next() {
      if line == "end" { return lines }
      lines.append(line)
    }
    process = nil
    return nil
  }

  func stop() {
    try? requests.close()
    process?.waitUntilExit()
    process = nil
  }

  private func restart() throws {
    stop()
    let (input, output) = (Pipe(), Pipe())
    let temporary = scratch.appending(path: "tmp", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
    let first = scratch.appending(path: "first", directoryHint: .isDirectory)
    try write(WideModule.plain.files, into: first)
    // Short work does not gain from the second compiler, which would only slow down the first requests.
    process = try Self.start(
      [
        "nice", "-n", "5", "java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1500m",
        "-Djava.io.tmpdir=\(temporary.path)",
        "-cp", classes.path, "Driver", classes.path + "/", jar.path,
        first.path,
      ], input, output)
    requests = input.fileHandleForWriting
    answers = LineReader(output.fileHandleForReading)
    answered = 0
  }

  private static func start(_ command: [String], _ input: Pipe? = nil, _ output: Pipe? = nil) throws
    -> Process
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    if let input { process.standardInput = input }
    if let output { process.standardOutput = output }
    try process.run()
    return process
  }
}

/// Reads lines from a file.
struct LineReader {
  private let file: FileHandle
  private var rest = Data()

  init(_ file: FileHandle) { self.file = file }

  mutating func next() -> String? {
    while true {
      if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        defer { rest = Data(rest[(end + 1)...]) }
        return String(decoding: rest[..<end], as: UTF8.self)
      }
      let more = file.availableData
      if more.isEmpty { return nil }
      rest += more
    }
  }
}

/// Why a comparison cannot continue.
package struct DifferentialError: Error, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}
