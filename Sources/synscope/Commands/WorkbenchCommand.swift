import ArgumentParser
import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Traces
import Workbench

struct WorkbenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Opens the workbench (what `synscope MODEL` does).")

  @Argument(
    help:
      "The path of a .tla or .cfg file, or a bundled name; without it a start screen lists the bundled ones.",
    completion: .model)
  var model: String?
  @Argument(help: "A saved trace to open on the model.", completion: .file())
  var trace: String?
  @Option(
    help: ArgumentHelp(
      "Judges a system's log by the model, and shows it line by line beside the behavior that explains it.",
      valueName: "file"),
    completion: .file())
  var log: String?
  @Option(
    name: .customLong("map"),
    help: ArgumentHelp("The log's mapping, when it is not the one beside the model.", valueName: "file"),
    completion: .file(extensions: ["toml"]))
  var mapping: String?
  @Option(help: "The order of the log's lines: total, per-node, or causal.")
  var order: LogOrder?
  @Option(help: ArgumentHelp("Goes to a step of the trace.", valueName: "step"))
  var at: Int?
  @Option(
    help: ArgumentHelp("Goes to a pane: nodes, space-time, actions, trace, state, …", valueName: "name"),
    completion: .list(Pane.allCases.map(\.name)))
  var pane: String?
  @Option(
    name: .customLong("run"),
    help: ArgumentHelp(
      "Carries out the commands in a file, one a line, as typed after `:`.", valueName: "file"),
    completion: .file())
  var script: String?
  @OptionGroup var options: ModelOptions

  func validate() throws {
    if model == nil, at != nil || pane != nil || script != nil || log != nil {
      throw ValidationError("--at, --pane, --run and --log need a model")
    }
    if log == nil, mapping != nil || order != nil { throw ValidationError("--map and --order need --log") }
    if log != nil, trace != nil { throw ValidationError("expected a trace or --log, not both") }
    if let pane, Pane.named(pane) == nil {
      throw ValidationError(
        "there is no pane \(pane): \(Pane.allCases.map(\.name).joined(separator: ", "))")
    }
  }

  /// The commands that the arguments stand for.
  private func firstCommands() throws -> [String] {
    var lines: [String] = []
    if let trace {
      let bundled = BundledModels().folder.map { "\($0)/\(trace)" }
      guard
        let path = [trace, bundled].compactMap({ $0 }).first(where: FileManager.default.fileExists(atPath:))
      else {
        Console.note("error: there is no trace \(trace)")
        throw ExitCode(ExitStatus.unreadable.rawValue)
      }
      lines.append("open \(path)")
    }
    if let log {
      guard LogJudging.exists(log) else {
        Console.note("error: there is no log \(log)")
        throw ExitCode(ExitStatus.unreadable.rawValue)
      }
      lines.append("log \(log)")
    }
    if let at { lines.append("goto \(at)") }
    if let pane { lines.append(pane) }
    if let script {
      do throws(FileStore.Failure) {
        let text = String(decoding: try FileStore.read(script, limit: 1 << 20), as: UTF8.self)
        lines += text.split(whereSeparator: \.isNewline).map(String.init)
      } catch {
        Console.note("error: \(script) cannot be read: \(error.reason)")
        throw ExitCode(ExitStatus.unreadable.rawValue)
      }
    }
    return lines
  }

  /// The command that does the same without a terminal.
  private var commandLineForm: String {
    guard let model else { return "synscope models" }
    return "synscope " + (log.map { "validate \($0) \(model)" } ?? "check \(model)")
  }

  /// Opens a model, or the demonstration in a file.
  private func open(_ model: String, _ loader: ModelLoader) throws -> Result<Session, ModelLoader.Problem> {
    guard model.lowercased().hasSuffix(Demonstration.ending) else { return loader.open(model) }
    let contents: String
    do throws(FileStore.Failure) {
      contents = String(decoding: try FileStore.read(model, limit: FileSize.largest), as: UTF8.self)
    } catch {
      Console.note("error: \(model) cannot be read: \(error.reason)")
      throw ExitCode(ExitStatus.unreadable.rawValue)
    }
    return DemonstrationLoader(loader: loader).open(contents, path: model)
  }

  func run() throws {
    let commands = try firstCommands()
    if let complaint = TerminalCheck.complaint(
      commandLineForm: commandLineForm)
    {
      Console.note(complaint)
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let loader = ModelLoader(options: options, settings: UserSettings.read())
    let application: WorkbenchApplication
    if let model {
      switch try open(model, loader) {
      case .success(let session):
        application = WorkbenchApplication(
          session: session, commands: commands, loader: loader,
          logJudge: LogJudging.judge(options, mapping: mapping, order: order))
      case .failure(let problem):
        guard let proposal = problem.proposal else {
          Console.note(problem.message)
          throw ExitCode(problem.status.rawValue)
        }
        application = WorkbenchApplication(
          configuring: ConfigurationScreen(
            proposal, model: model, path: loader.configurationPath(of: model)), loader: loader)
      }
    } else {
      let choices = BundledModels().entries.map {
        StartScreen.Choice(name: $0.name, title: $0.title, expectation: $0.expectation)
      }
      var start = StartScreen(
        choices: choices, sessions: loader.sessions.left(), bindings: KeyBindings(loader.settings.keys))
      if !loader.settings.problems.isEmpty {
        start.problem = "config.toml: " + loader.settings.problems.joined(separator: "\n")
      }
      application = WorkbenchApplication(start: start, loader: loader)
    }
    do {
      throw ExitCode(
        try runWorkbench(
          application, colors: loader.settings.colors, background: loader.settings.background))
    } catch let failure as Terminal.Failure {
      Console.note("error: \(failure.message)")
      throw ExitCode(ExitStatus.other.rawValue)
    }
  }
}
