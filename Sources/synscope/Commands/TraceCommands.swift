import ArgumentParser
import Foundation
import StateSpace
import TLASyntax
import Traces

/// Reads traces from the disk for the commands.
enum TraceFile {
  /// Reads a trace, or says what is wrong and ends the program with 65. `-` is standard input.
  static func readOrExit(_ path: String, failed: (String) -> Void = { Console.note("error: \($0)") }) throws
    -> Trace
  {
    do {
      let data =
        path == "-"
        ? FileHandle.standardInput.readDataToEndOfFile() : try Data(contentsOf: URL(fileURLWithPath: path))
      return try TraceReader.read(Array(data), file: path)
    } catch let error as TraceReadingError {
      failed(error.description)
    } catch {
      failed("\(path) cannot be read: \(error.localizedDescription)")
    }
    throw ExitCode(ExitStatus.unreadable.rawValue)
  }
}

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replays a saved trace on a model and names the first step that it does not allow.")

  enum Matching: String, ExpressibleByArgument, CaseIterable {
    case value, action
  }

  @Argument(help: "A trace in ITF; - for standard input.")
  var trace: String
  @Argument(help: "The path of a .tla or .cfg file, or a bundled name.")
  var model: String
  @OptionGroup var options: ModelOptions
  @Option(help: "Whether steps are matched by the values of their states, or by action and arguments.")
  var by = Matching.value
  @Flag(help: "Prints one JSON object.")
  var json = false

  func run() throws {
    let trace = try TraceFile.readOrExit(trace) { message in
      Console.note("error: \(message)")
      if json {
        Console.write(
          JSONValue.object([
            JSONValue.Member("outcome", .string("unreadable")), JSONValue.Member("step", .null),
            JSONValue.Member("action", .null), JSONValue.Member("message", .string(message)),
          ]).text(expanded: 1))
      }
    }
    let explorer = try options.exploreOrExit(model)
    let sample = (try? explorer.initialStates().map(explorer.values)) ?? []
    let typed = trace.reTyped(against: sample.flatMap { $0 } + explorer.constants.map(\.value))
    let report = TraceReplayer(explorer: explorer).replay(typed, matching: by == .action ? .actions : .values)
    Console.write(json ? report.json.text(expanded: 1) : text(of: report))
    switch report.outcome {
    case .valid: break
    case .violation: throw ExitCode(ExitStatus.invariant.rawValue)
    case .illegal: throw ExitCode(ExitStatus.illegalStep.rawValue)
    }
  }

  private func text(of report: ReplayReport) -> String {
    ([report.message] + report.notes.map { "note: \($0)" }).joined(separator: "\n")
  }
}

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a saved trace in another form.")

  @Argument(help: "A trace in ITF; - for standard input.")
  var trace: String
  @Option(
    name: .customLong("as"),
    help: "The form: \(TraceFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = TraceFormat.text
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Writes to a file.", valueName: "FILE"))
  var output: String?

  func run() throws {
    let trace = try TraceFile.readOrExit(trace)
    let structure = ProtocolStructure(of: trace)
    let text = format.write(trace, structure: structure)
    if let output { try save(text, to: output) } else { Console.write(text) }
  }
}

extension TraceFormat: ExpressibleByArgument {}
