import ArgumentParser
import StateSpace
import TLASyntax
import TerminalUI
import Traces
import Workbench

/// Reads traces from the disk for the commands.
enum TraceFile {
  static let help = ArgumentHelp(
    "A saved trace, - for standard input.", discussion: "What can be \(TraceReader.formatsHint).")

  /// Reads a file. On failure it prints what is wrong and ends the program with 65. `-` is standard input.
  static func readAllOrExit(_ path: String, failed: (String) -> Void = TraceFile.failed) throws
    -> TraceDocument
  {
    do {
      let bytes = try FileStore.read(
        path, limit: FileSize.largest,
        onWait: {
          Console.note(
            "note: waiting for "
              + (path == "-" ? "the trace on standard input" : "\(path), which is not a file")
          )
        })
      let document = try TraceReader.readAll(bytes, file: path)
      if let removed = document.removed { Console.note("note: removed to read the trace: \(removed)") }
      return document
    } catch let error as TraceReadingError {
      failed(error.description)
    } catch let error as FileStore.Failure {
      failed("\(path) cannot be read: \(error.reason)")
    }
    throw ExitCode(ExitStatus.unreadable.rawValue)
  }

  /// Reads one trace. If the file has several traces and none is chosen, it lists them and ends the program with 64.
  static func readOrExit(
    _ path: String, number: Int? = nil, failed: (String) -> Void = TraceFile.failed
  ) throws -> Trace {
    let document = try readAllOrExit(path, failed: failed)
    guard let trace = document[number ?? 1], number != nil || document.traces.count == 1 else {
      let count = document.traces.count == 1 ? "1 trace" : "\(document.traces.count) traces"
      failed(
        number.map { "\(path) has no trace \($0); it holds \(count)" }
          ?? "\(path) holds \(count); --number N chooses one")
      for line in document.listing { Console.note(line) }
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    for note in trace.metadata.notes { Console.note("note: \(note)") }
    return trace
  }

  static func failed(_ message: String) { Console.note("error: \(message)") }
}

/// The choice of one trace in a file.
struct TraceChoice: ParsableArguments {
  @Option(help: ArgumentHelp("Which of several traces in the file, counted from 1.", valueName: "N"))
  var number: Int?
}

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replays a saved trace on a model and names the first step that it does not allow.")

  enum Matching: String, ExpressibleByArgument, CaseIterable {
    case value, action
  }

  @Argument(help: TraceFile.help, completion: .file())
  var trace: String
  @OptionGroup var choice: TraceChoice
  @Argument(help: "The path of a .tla or .cfg file, or a bundled name.", completion: .model)
  var model: String
  @OptionGroup var options: ModelOptions
  @Option(help: "Whether steps are matched by the values of their states, or by action and arguments.")
  var by = Matching.value
  @Flag(help: "Prints one JSON object.")
  var json = false

  func run() throws {
    let trace = try TraceFile.readOrExit(trace, number: choice.number) { message in
      TraceFile.failed(message)
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
    case .violation:
      throw ExitCode((report.isOfProperty ? ExitStatus.property : ExitStatus.invariant).rawValue)
    case .illegal: throw ExitCode(ExitStatus.illegalStep.rawValue)
    }
  }

  private func text(of report: ReplayReport) -> String {
    ([report.verdict] + report.notes.map { "note: \($0)" }).joined(separator: "\n")
  }
}

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Prints a saved trace in another form.")

  @Argument(help: TraceFile.help, completion: .file())
  var trace: String
  @OptionGroup var choice: TraceChoice
  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "The form. The default follows from the ending of the output's name; otherwise text.", valueName: "FORM"
    ))
  var chosenForm: ShowForm?
  @Option(help: "The trace's model: it supplies the names, types and states that the trace leaves out.")
  var model: String?
  @OptionGroup var options: ModelOptions
  @Option(
    help: ArgumentHelp(
      "Another model, on which the same actions are taken: a page (html) shows both.", valueName: "MODEL"))
  var beside: String?
  @Option(help: ArgumentHelp("The steps a second of a recording (cast).", valueName: "N"))
  var pace = 1.0
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Writes to a file.", valueName: "FILE"))
  var output: String?

  func validate() throws {
    guard pace >= 0.1, pace <= 20 else { throw ValidationError("--pace is from 0.1 to 20 steps a second") }
    if beside != nil, model == nil {
      throw ValidationError("--beside needs the trace's model: --model MODEL")
    }
  }

  func run() throws {
    let form = chosenForm ?? output.flatMap { ShowForm(forPath: $0) } ?? .format(.text)
    if beside != nil, form != .format(.html) {
      TraceFile.failed("--beside makes a page: --as html")
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    guard case .format(let format) = form else {
      return try record(try TraceFile.readOrExit(trace, number: choice.number))
    }
    if choice.number == nil, format == .text, output == nil {
      let document = try TraceFile.readAllOrExit(trace)
      if document.traces.count > 1 {
        return try Console.write(
          (document.listing + ["--number N shows one of them"]).joined(separator: "\n"))
      }
      for note in document.traces[0].metadata.notes { Console.note("note: \(note)") }
      return try show(document.traces[0], as: format)
    }
    try show(try TraceFile.readOrExit(trace, number: choice.number), as: format)
  }

  /// Prints a recording of the workbench that plays the trace on its model.
  private func record(_ trace: Trace) throws {
    guard let model else {
      TraceFile.failed("a recording shows the workbench, which needs the trace's model: --model MODEL")
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let explorer = try options.exploreOrExit(model)
    do {
      let loaded = try SessionModel(explorer, name: model, view: ViewFile.read(of: explorer.specification))
      let recording = try Recording(
        trace, of: loaded, size: Self.recordedSize, milliseconds: Int((1000 / pace).rounded()))
      if let output { try save(recording.text, to: output) } else { try Console.write(recording.text) }
    } catch let refusal as TraceRefusal {
      TraceFile.failed(refusal.description)
      throw ExitCode(ExitStatus.illegalStep.rawValue)
    }
  }

  /// The trace on another model. Constants of the trace's model hold for the other one, too, if it has them.
  private func traceBeside(_ name: String, _ trace: Trace) throws -> TraceBeside {
    let loader = ModelLoader(options: options)
    do {
      let own = try loader.load(model ?? name, constants: options.constants).get()
      let other = try loader.loadAny(name, otherwise: options.constants).get()
      return try TraceBeside(trace, of: own, on: other)
    } catch let problem as ModelLoader.Problem {
      Console.note(problem.message)
      throw ExitCode(problem.status.rawValue)
    } catch let refusal as TraceRefusal {
      TraceFile.failed(refusal.description)
      throw ExitCode(ExitStatus.illegalStep.rawValue)
    }
  }

  /// A screen on which nothing of most models is cut off, and which fits into a web page.
  private static let recordedSize = Size(width: 132, height: 40)

  private func show(_ read: Trace, as format: TraceFormat) throws {
    var trace = read
    var structure = ProtocolStructure(of: trace)
    if trace.isUntyped, model == nil {
      Console.note(
        "note: this format does not distinguish sets from sequences, or model values from strings; --model MODEL does"
      )
    }
    if let model {
      let explorer = try options.exploreOrExit(model)
      let replayer = TraceReplayer(explorer: explorer)
      let report = replayer.replay(trace)
      for note in report.notes { Console.note("note: \(note)") }
      if report.outcome == .illegal { Console.note("warning: \(report.verdict)") }
      // If the model does not allow the trace, it is shown as it is.
      if report.outcome != .illegal { trace = replayer.trace(of: report, replaying: trace) }
      let modelled = ViewFile.structure(of: explorer)
      if modelled.variables == trace.variables {
        structure = modelled
        trace.takeCaptions(from: explorer.specification)
      }
      if report.outcome == .violation, let step = report.step {
        trace.violation = trace.violation(
          of: report.violated, at: step, explorer: explorer, structure: modelled)
      }
    }
    let text =
      try beside.map { HTMLWriter.text(trace, structure: structure, beside: try traceBeside($0, trace)) }
      ?? format.write(trace, structure: structure)
    if let output {
      try save(text, as: format, to: output)
    } else if format == .itf {
      try Console.write(json: text)
    } else {
      try Console.write(text)
    }
  }
}
