import ArgumentParser
import StateSpace
import TLASyntax
import TerminalUI
import Traces

/// Reads traces from the disk for the commands.
enum TraceFile {
  private static let largestFile = 256 << 20

  /// Reads a trace, or says what is wrong and ends the program with 65. `-` is standard input.
  static func readOrExit(_ path: String, failed: (String) -> Void = { Console.note("error: \($0)") }) throws
    -> Trace
  {
    do {
      let bytes = try FileStore.read(
        path, limit: largestFile,
        onWait: {
          Console.note(
            "note: waiting for " + (path == "-" ? "the trace on standard input" : "\(path), which is no file")
          )
        })
      return try TraceReader.read(bytes, file: path)
    } catch let error as TraceReadingError {
      failed(error.description)
    } catch let error as FileStore.Failure {
      failed("\(path) cannot be read: \(error.reason)")
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

  @Argument(help: "A trace in ITF, as TLC prints it, or from its -dumpTrace json; - for standard input.")
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
        try? Console.write(
          JSONValue.object([
            JSONValue.Member("outcome", .string("unreadable")), JSONValue.Member("step", .null),
            JSONValue.Member("action", .null), JSONValue.Member("message", .string(message)),
          ]))
      }
    }
    let explorer = try options.exploreOrExit(model)
    let report = TraceReplayer(explorer: explorer).replay(trace, matching: by == .action ? .actions : .values)
    if json { try Console.write(report.json) } else { try Console.write(text(of: report)) }
    switch report.outcome {
    case .valid: break
    case .violation: throw ExitCode(ExitStatus.invariant.rawValue)
    case .illegal: throw ExitCode(ExitStatus.illegalStep.rawValue)
    }
  }

  private func text(of report: ReplayReport) -> String {
    ([verdict(report)] + report.notes.map { "note: \($0)" }).joined(separator: "\n")
  }

  private func verdict(_ report: ReplayReport) -> String {
    guard let step = report.step else { return report.message }
    let place = "step \(step)" + (report.action.map { ", \($0)" } ?? "")
    return report.outcome == .illegal
      ? "\(place), is not allowed: \(report.message)" : "\(place): \(report.message)"
  }
}

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a saved trace in another form.")

  @Argument(help: "A trace in ITF, as TLC prints it, or from its -dumpTrace json; - for standard input.")
  var trace: String
  @Option(
    name: .customLong("as"),
    help: "The form: \(TraceFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = TraceFormat.text
  @Option(help: "A model that has the trace: it gives names, types and states that the trace leaves out.")
  var model: String?
  @OptionGroup var options: ModelOptions
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Writes to a file.", valueName: "FILE"))
  var output: String?

  func run() throws {
    var trace = try TraceFile.readOrExit(trace)
    var structure = ProtocolStructure(of: trace)
    if trace.isUntyped, model == nil {
      Console.note(
        "note: this format does not tell sets from sequences nor model values from strings; --model MODEL does"
      )
    }
    if let model {
      let explorer = try options.exploreOrExit(model)
      let replayer = TraceReplayer(explorer: explorer)
      let report = replayer.replay(trace)
      for note in report.notes { Console.note("note: \(note)") }
      if report.outcome == .illegal { Console.note("warning: step \(report.step ?? 0): \(report.message)") }
      // A trace that the model does not allow is shown as it is.
      if report.outcome != .illegal { trace = replayer.trace(of: report, replaying: trace) }
      let modelled = ViewFile.structure(of: explorer)
      if modelled.variables == trace.variables { structure = modelled }
    }
    let text = format.write(trace, structure: structure)
    if let output {
      try save(text, to: output)
    } else if format == .itf {
      try Console.write(json: text)
    } else {
      try Console.write(text)
    }
  }
}

extension TraceFormat: ExpressibleByArgument {}
