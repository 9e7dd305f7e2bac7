import ArgumentParser
import Foundation
import StateSpace
import Synchronization
import TLASemantics
import TLASyntax
import TerminalUI
import Traces

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Judges a real system's log: is it a behavior of the model?",
    discussion: """
      A mapping, Model.log.toml beside the model, says which lines stand for which actions. \
      Exit codes: 0 some behavior explains the log and keeps the invariants; 12 the log is explained, but an invariant fails in every \
      explanation; 1 no behavior explains it; 65 the log or the mapping cannot be read; 152 a limit ended the search.
      """)

  @Argument(
    help: "The log: a file with a record a line, or a folder of such files, one for each node.",
    completion: .file())
  var log: String
  @Argument(help: "The path of a .tla or .cfg file, or a bundled name.", completion: .model)
  var model: String
  @OptionGroup var options: ModelOptions
  @Option(
    name: .customLong("map"),
    help: ArgumentHelp("The mapping, when it is not the one beside the model.", valueName: "FILE"))
  var mapping: String?
  @Option(help: "The order of the lines: total, per-node, or causal.")
  var order: LogOrder?
  @OptionGroup var limits: LimitOptions
  @Option(
    help: ArgumentHelp(
      "Writes the behavior found, with the numbers of the lines that it explains.", valueName: "FILE"))
  var saveTrace: String?
  @Flag(help: "Prints one JSON object.")
  var json = false
  @Flag(help: "Shows no progress.")
  var quiet = false

  func run() throws {
    let stop = StopRequest()
    let interruption = Interruption(
      stop: stop.make, report: { Console.note("stopped by \(Interruption.name(of: $0))") })
    let loaded = try loadOrExit()
    let printer = ProgressPrinter(isQuiet: quiet || json && isatty(STDERR_FILENO) == 0)
    var options = CheckOptions()
    limits.limit(&options)
    options.stop = stop
    do {
      let search = try LogSearch(loaded.log, loaded.explorer, options: options)
      let verdict = try search.judge(loaded.log) {
        printer.show($0)
        return !stop.isMade
      }
      printer.end()
      guard interruption.beginReport() else { while true { pause() } }
      let report = LogReport(verdict, of: loaded.log, loaded.explorer, search.progress)
      try tell(report)
      if report.outcome == .stopped {
        throw ExitCode(interruption.signal.map { 128 + $0 } ?? ExitStatus.other.rawValue)
      }
      throw ExitCode(ExitStatus(of: report.outcome).rawValue)
    } catch let error as Diagnostics {
      // The expressions of the mapping are not those of the model.
      Console.report(error.all)
      throw ExitCode(ExitStatus.unreadable.rawValue)
    } catch let failure as EvaluationFailure {
      Console.note(Console.describe(failure))
      throw ExitCode((failure.kind == .resource ? ExitStatus.limit : .evaluation).rawValue)
    }
  }

  private func tell(_ report: LogReport) throws {
    if json { try Console.write(report.json) } else { try Console.write(report.text) }
    guard let saveTrace, let trace = report.trace else { return }
    let format = TraceFormat(forPath: saveTrace) ?? .itf
    try save(format.write(trace, structure: ProtocolStructure(of: trace)), to: saveTrace)
  }

  private func loadOrExit() throws -> LogLoader.Loaded {
    try LogLoader(options: options, mappingPath: mapping, order: order).loadOrExit(
      log, for: model, json: json)
  }
}

extension LogLoader {
  /// Loads a log and its model. On failure it prints what is wrong and ends the program.
  func loadOrExit(_ log: String, for model: String, json: Bool) throws -> Loaded {
    do {
      let loaded = try load(log, for: model)
      Console.report(loaded.explorer.specification.warnings)
      return loaded
    } catch let problems as LogProblems {
      for problem in problems.all.prefix(20) { Console.note("error: \(problem)") }
      if problems.all.count > 20 { Console.note("and \(problems.all.count - 20) more") }
      if json {
        let message = problems.all.map(\.description).joined(separator: "\n")
        try Console.write(
          JSONValue.object([
            JSONValue.Member("outcome", .string(LogReport.Outcome.unreadable.rawValue)),
            JSONValue.Member("message", .string(message)),
          ]))
      }
      throw ExitCode(ExitStatus.unreadable.rawValue)
    } catch let error as Diagnostics {
      Console.report(error.all)
      throw ExitCode(ExitStatus(of: error.all).rawValue)
    } catch let failure as EvaluationFailure {
      Console.note(Console.describe(failure))
      throw ExitCode(ExitStatus.evaluation.rawValue)
    }
  }
}

extension LogSearch {
  /// A search for the explanations of a log.
  convenience init(_ log: MappedLog, _ explorer: Explorer, options: CheckOptions) throws {
    try self.init(
      explorer, rules: log.rules, initial: log.initial, unlogged: log.unlogged, options: options,
      matches: { MappedLog.matches(state: $0, logged: $1) })
  }
}

extension LogOrder: ExpressibleByArgument {}

extension ExitStatus {
  init(of outcome: LogReport.Outcome) {
    switch outcome {
    case .explained: self = .success
    case .violation: self = .invariant
    case .departs: self = .illegalStep
    case .unreadable: self = .unreadable
    case .limit: self = .limit
    case .stopped: self = .other
    }
  }
}
