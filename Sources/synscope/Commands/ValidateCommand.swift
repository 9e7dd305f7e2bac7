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
      A mapping, Model.log.toml beside the model, says which lines stand for which actions. Without one, a first one is written there \
      (beside the log for a bundled model), and the log is judged by what the names tell. \
      Exit codes: 0 some behavior explains the log and keeps the invariants; 12 the log is explained, but an invariant fails in every \
      explanation; 1 no behavior explains it: the message names the line; 65 the log or the mapping cannot be read: the messages name the \
      lines; 152 a limit ended the search; 128 and its number after a signal.
      """)

  @Argument(
    help:
      "The log: a file with a record a line, - for standard input, or a folder of such files, one for each node.",
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
      "Writes the behavior found, with the numbers of the lines that it explains. Keeping it takes memory for each line.",
      valueName: "FILE"))
  var saveTrace: String?
  @Flag(
    help: """
      Judges a log while it is written, line by line. Stops as soon as no behavior explains the lines so far, or an invariant fails; \
      otherwise at the end of the pipe, or at a line that says EOF.
      """)
  var follow = false
  @Flag(help: "Prints one JSON object.")
  var json = false
  @Flag(help: "Shows no progress.")
  var quiet = false

  func run() throws {
    let running = RunningJudgement()
    let interruption = Interruption(
      stop: running.stop.make, report: { [json] _ in try? running.tell(json: json) })
    let printer = ProgressPrinter(isQuiet: quiet || json && isatty(STDERR_FILENO) == 0)
    var options = CheckOptions()
    limits.limit(&options)
    options.stop = running.stop
    do {
      let judged =
        try follow
        ? judgeFollowed(options, running, printer) : judge(try loadOrExit(), options, running, printer)
      printer.end()
      guard interruption.beginReport() else { while true { pause() } }
      guard let judged else {
        try running.tell(json: json)
        throw ExitCode(interruption.signal.map { 128 + $0 } ?? ExitStatus.other.rawValue)
      }
      try tell(judged)
      if judged.outcome == .stopped {
        throw ExitCode(interruption.signal.map { 128 + $0 } ?? ExitStatus.other.rawValue)
      }
      throw ExitCode(ExitStatus(of: judged.outcome).rawValue)
    } catch let error as Diagnostics {
      // The expressions of the mapping are not those of the model.
      Console.report(error.all)
      throw ExitCode(ExitStatus.unreadable.rawValue)
    } catch let failure as EvaluationFailure {
      Console.note(Console.describe(failure))
      throw ExitCode((failure.kind == .resource ? ExitStatus.limit : .evaluation).rawValue)
    } catch let problem as LogProblem {
      try LogLoader.tell(LogProblems([problem]), json: json)
      throw ExitCode(ExitStatus.unreadable.rawValue)
    } catch let problems as LogProblems {
      try LogLoader.tell(problems, json: json)
      throw ExitCode(ExitStatus.unreadable.rawValue)
    }
  }

  private func judge(
    _ loaded: LogLoader.Loaded, _ options: CheckOptions, _ running: RunningJudgement,
    _ printer: ProgressPrinter
  ) throws -> LogReport {
    let search = try LogSearch(loaded.log, loaded.explorer, options: options)
    let verdict = try search.judge(loaded.log, keepsBehavior: json || saveTrace != nil) {
      printer.show($0)
      return running.goesOn(explained: $0.depth)
    }
    return LogReport(verdict, of: loaded.log, loaded.explorer, search.progress)
  }

  /// Judges a log that is still being written. If new lines change what it says of the model, it is judged again from its start. Nil if it was
  /// stopped before there was anything to judge.
  private func judgeFollowed(
    _ options: CheckOptions, _ running: RunningJudgement, _ printer: ProgressPrinter
  ) throws -> LogReport? {
    let file = try LogFile(log, follows: true)
    let lines = LogLines([LogLines.File(name: log, contents: file)])
    let loader = LogLoader(options: self.options, mappingPath: mapping, order: order)
    var isGrowing = true
    var hasWaited = quiet
    while true {
      if running.stop.isMade { return nil }
      if try lines.haveRecords(isGrowing: isGrowing) {
        do {
          let loaded = try loader.loadOrExit(json: json) {
            try loader.load(lines, log, for: model, isGrowing: isGrowing)
          }
          loaded.log.onWait = { count in
            running.waits(after: count)
            if hasWaited { return }
            hasWaited = true
            let events = count == 1 ? "the first event is" : "the first \(count) events are"
            Console.note("note: \(events) explained; waiting for more of \(log)")
          }
          return try judge(loaded, options, running, printer)
        } catch is LogHasChanged {
          // The end of the log may be what changed it.
          if try file.more() == .ended { isGrowing = false }
          continue
        }
      }
      guard isGrowing else { throw LogProblem(message: "\(log) has no records, one a line") }
      if try file.more() == .ended { isGrowing = false }
    }
  }

  private func tell(_ report: LogReport) throws {
    if json { try Console.write(report.json) } else { try Console.write(report.text) }
    guard let saveTrace, let trace = report.trace else { return }
    let format = TraceFormat(forPath: saveTrace) ?? .itf
    try save(format.write(trace, structure: ProtocolStructure(of: trace)), as: format, to: saveTrace)
  }

  private func loadOrExit() throws -> LogLoader.Loaded {
    try LogLoader(options: options, mappingPath: mapping, order: order).loadOrExit(
      log, for: model, json: json)
  }
}

/// The state of a running judgement, shared with the thread that reports after a signal.
private final class RunningJudgement: Sendable {
  let stop = StopRequest()
  /// How many events are explained, and how many there are; nil if that is not known.
  private let events = Mutex<(explained: Int, all: Int?)>((0, nil))

  /// Records the progress. Returns whether to continue.
  func goesOn(explained: Int) -> Bool {
    events.withLock { if $0.explained != explained { $0 = (explained, nil) } }
    return !stop.isMade
  }

  /// Records that all events so far are explained.
  func waits(after count: Int) { events.withLock { $0 = (count, count) } }

  /// Tells what is known of a judgement that was stopped before it had a report.
  func tell(json: Bool) throws {
    let (explained, all) = events.withLock { $0 }
    let message = LogReport.stopped(explained: explained, of: all)
    if json {
      try Console.write(LogLoader.json(.stopped, message))
    } else {
      try Console.write(message)
    }
  }
}

extension LogLoader {
  /// Loads a log and its model. On failure it prints what is wrong and ends the program.
  func loadOrExit(_ log: String, for model: String, json: Bool) throws -> Loaded {
    try loadOrExit(json: json) { try load(log, for: model) }
  }

  /// What is wrong with a log or its mapping, for people and, if asked for, as JSON.
  static func tell(_ problems: LogProblems, json: Bool) throws {
    for problem in problems.all.prefix(20) { Console.note("error: \(problem)") }
    if problems.all.count > 20 { Console.note("and \(problems.all.count - 20) more") }
    guard json else { return }
    let message = problems.all.map(\.description).joined(separator: "\n")
    try Console.write(Self.json(.unreadable, message))
  }

  /// An outcome without a search that has ended.
  static func json(_ outcome: LogReport.Outcome, _ message: String) -> JSONValue {
    .object([
      JSONValue.Member("outcome", .string(outcome.rawValue)),
      JSONValue.Member("message", .string(message)),
    ])
  }

  /// Runs `load`. On failure it prints what is wrong and ends the program.
  func loadOrExit(json: Bool, _ load: () throws -> Loaded) throws -> Loaded {
    do {
      let loaded = try load()
      Console.report(loaded.explorer.specification.warnings)
      return loaded
    } catch let problems as LogProblems {
      try Self.tell(problems, json: json)
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
