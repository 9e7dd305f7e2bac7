import ArgumentParser
import Foundation
import StateSpace
import Synchronization
import TLASemantics
import TLASyntax
import TerminalUI
import Traces

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks a model and prints the shortest trace to a violation.")

  @Argument(help: "The path of a .tla or .cfg file, or a bundled name.", completion: .model)
  var model: String
  @OptionGroup var options: ModelOptions

  @Option(
    help: "How many threads search; the result is the same for any number. (default: one for each processor)")
  var workers: Int?
  @OptionGroup var limits: LimitOptions
  @Option(help: "Stops after this many levels.")
  var maxDepth: Int?
  @Flag(
    name: .customLong("continue"),
    help: "Continues after a violation and collects the first one of each invariant.")
  var continueAfterViolation = false
  @Flag(help: "Does not look for deadlocks.")
  var noDeadlock = false
  @Flag(help: "Leaves temporal properties out.")
  var noLiveness = false
  @Flag(help: "Ignores SYMMETRY: every state counts separately.")
  var noSymmetry = false
  @Flag(help: "Ignores VIEW: states differ if any variable differs.")
  var noView = false

  @Flag(help: "Evaluates everything as trees of expressions: nothing is compiled to flat code.")
  var noFlat = false
  @Flag(help: "Runs flat code by a loop instead of translating it to machine code.")
  var noNative = false
  @Flag(name: [.short, .long], help: "Says how the states were evaluated.")
  var verbose = false
  @Option(help: .hidden)
  var flatAfter: Int?
  @Flag(help: "Lets the specification write files, and read files outside its own folder.")
  var allowOutput = false
  @Flag(help: "Lets the specification run programs (IOExec and the like).")
  var allowCommands = false
  @Option(
    help: ArgumentHelp(
      "Writes the counterexample. The file's ending chooses the form: \(TraceFormat.savedEndings.joined(separator: ", ")); else as ITF.",
      valueName: "FILE"))
  var saveTrace: String?
  @Flag(help: "Shows the configuration's ALIAS in the trace that is saved or printed as JSON, too.")
  var alias = false
  @Flag(help: "Prints one JSON object.")
  var json = false
  @Flag(help: "Shows no progress.")
  var quiet = false

  func validate() throws {
    try LimitOptions.requirePositive(workers, "--workers")
    try LimitOptions.requirePositive(maxDepth, "--max-depth")
  }

  func run() throws {
    let clock = ContinuousClock()
    let started = clock.now
    let running = RunningCheck()
    let interruption = Interruption(
      stop: running.stop.make, report: { [json] in running.report(signal: $0, json: json) })
    let specification: Specification
    do {
      specification = try options.load(model)
      try requireBehavior(specification)
    } catch let error as Diagnostics {
      try fail(error)
    }
    Console.report(specification.warnings)
    let printer = ProgressPrinter(isQuiet: quiet || json && isatty(STDERR_FILENO) == 0)
    let result: CheckResult
    do {
      result = try Checker(specification, options: checkOptions(of: specification, stop: running.stop)).run(
        stackBytes: LargeStack.forEvaluation, output: Console.note,
        progress: {
          printer.show($0)
          return running.goesOn(at: $0)
        }, onViolation: running.found)
    } catch let error as Diagnostics {
      printer.end()
      try fail(error)
    }
    guard interruption.beginReport() else { return waitForTheEnd() }
    printer.end()
    // The time outside the search went into reading and compiling.
    let loading = max(0, (clock.now - started).inSeconds - result.progress.seconds)
    try report(result, of: specification, loadingSeconds: loading, interruption)
  }

  private func report(
    _ result: CheckResult, of specification: Specification, loadingSeconds: Double,
    _ interruption: Interruption
  ) throws {
    // A signal that arrives after the search has ended does not change the result.
    var signal: Int32?
    if case .stopped = result.outcome { signal = interruption.signal }
    let report = CheckReport(
      result, of: specification, loadingSeconds: loadingSeconds, showsAlias: alias, signal: signal)
    if result.leftTLCIntegers {
      Console.note("note: integers left the 32 bits in which TLC computes; TLC would have stopped there")
    }
    Console.report(result.warnings)
    if verbose { Console.note(CheckReport.evaluation(result.flatCode)) }
    let saved = Result {
      if let saveTrace, let (trace, structure) = report.saved {
        let format = TraceFormat(forPath: saveTrace) ?? .itf
        try save(format.write(trace, structure: structure), as: format, to: saveTrace)
      }
    }
    if json { try Console.write(report.json) } else { try Console.write(report.text) }
    try saved.get()
    throw ExitCode(signal.map { 128 + $0 } ?? report.status.rawValue)
  }

  /// Waits while another thread reports and ends the process.
  private func waitForTheEnd() { while true { pause() } }

  private func checkOptions(of specification: Specification, stop: StopRequest) -> CheckOptions {
    var check = CheckOptions()
    check.stop = stop
    if noDeadlock { check.checkDeadlock = false }
    limits.limit(&check)
    check.maxDepth = maxDepth
    check.workers = workers ?? ProcessInfo.processInfo.activeProcessorCount
    check.continueAfterViolation = continueAfterViolation
    check.looksForVacuity = !quiet
    check.checksLiveness = !noLiveness
    check.usesSymmetry = !noSymmetry
    check.usesView = !noView
    if let flatAfter { check.statesBeforeFlatCode = flatAfter }
    if noFlat { check.statesBeforeFlatCode = nil }
    check.flatCode.usesNativeCode = !noNative
    check.host = ModelHost(
      of: specification, writing: allowOutput ? .allowed : .refused,
      run: allowCommands ? ProgramRunner.run : nil)
    return check
  }

  /// Without a behavior, nothing would be explored, and the user would take the success for a check.
  private func requireBehavior(_ specification: Specification) throws {
    guard specification.next == nil, specification.initial == nil, !specification.variables.isEmpty else {
      return
    }
    throw Diagnostics([
      Diagnostic(
        .error, .configuration, .behavior,
        "the module has variables, and the configuration names no behavior",
        hint: "add `SPECIFICATION Spec`, or `INIT` and `NEXT`")
    ])
  }

  private func fail(_ error: Diagnostics) throws -> Never {
    Console.report(error.all)
    let status = ExitStatus(of: error.all)
    if json {
      let message = error.all.filter { $0.severity == .error }.map(\.message).joined(separator: "\n")
      try Console.write(CheckReport.json(outcome: status.outcomeName, message: message))
    }
    throw ExitCode(status.rawValue)
  }
}

/// The state of a running check, shared with the thread that reports after a signal.
private final class RunningCheck: Sendable {
  let stop = StopRequest()
  private let progress = Mutex(CheckProgress())
  private let violations = Mutex<[Violation]>([])

  /// Records the progress. Returns whether to continue.
  func goesOn(at progress: CheckProgress) -> Bool {
    self.progress.withLock { $0 = progress }
    return !stop.isMade
  }

  func found(_ violation: Violation) { violations.withLock { $0.append(violation) } }

  /// Reports what is known about a check that does not stop by itself.
  func report(signal: Int32, json: Bool) {
    let (progress, violations) = (progress.withLock { $0 }, violations.withLock { $0 })
    let message = CheckReport.stopped(by: signal, foundNothing: violations.isEmpty)
    if json {
      try? Console.write(
        CheckReport.json(
          outcome: ExitStatus.other.outcomeName, violated: violations.first?.name, message: message,
          progress: progress))
    } else {
      let found = violations.map { "found: \($0.message), after \($0.trace.count) states" }
      try? Console.write((found + [message, CheckReport.figures(progress)]).joined(separator: "\n"))
    }
  }
}
