import ArgumentParser
import StateSpace
import TLASyntax
import Traces

/// Reads traces from the disk for the commands.
enum TraceFile {
  private static let largestFile = 256 << 20

  /// Reads a trace, or says what is wrong and ends the program with 65. `-` is standard input.
  static func readOrExit(_ path: String, failed: (String) -> Void = { Console.note("error: \($0)") }) throws
    -> Trace
  {
    do {
      return try TraceReader.read(try WholeFile.read(path, limit: largestFile), file: path)
    } catch let error as TraceReadingError {
      failed(error.description)
    } catch let error as WholeFile.Failure {
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
    let text = format.write(trace, structure: structure(of: trace))
    if let output { try save(text, to: output) } else { Console.write(text) }
  }

  /// What the trace alone tells of its nodes: they are the model values on which functions are defined at the start.
  private func structure(of trace: Trace) -> ProtocolStructure {
    var domains: [(name: String, value: PlainValue)] = []
    for (name, value) in zip(trace.variables, trace.steps.first?.values ?? []) {
      guard case .function(let pairs) = value else { continue }
      let nodes = pairs.map(\.argument)
      if nodes.allSatisfy({ if case .modelValue = $0 { true } else { false } }) {
        domains.append((name, .set(nodes)))
      }
    }
    return ProtocolStructure(
      variables: trace.variables, constants: domains, states: trace.steps.map(\.values))
  }
}

extension TraceFormat: ExpressibleByArgument {}
