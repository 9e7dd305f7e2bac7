import ArgumentParser
import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Workbench

struct WorkbenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Opens the workbench (what `synscope MODEL` does).")

  @Argument(
    help:
      "The path of a .tla or .cfg file, or a bundled name; without it a start screen lists the bundled ones.")
  var model: String?
  @OptionGroup var options: ModelOptions

  func run() throws {
    if let complaint = TerminalCheck.complaint(
      commandLineForm: "synscope \(model.map { "check \($0)" } ?? "models")")
    {
      Console.note(complaint)
      throw ExitCode(ExitStatus.usage.rawValue)
    }
    let loader = ModelLoader(options: options, settings: UserSettings.read())
    let application: WorkbenchApplication
    if let model {
      switch loader.open(model) {
      case .success(let session): application = WorkbenchApplication(session: session, loader: loader)
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
      throw ExitCode(try runWorkbench(application, colors: loader.settings.colors))
    } catch let failure as Terminal.Failure {
      Console.note("error: \(failure.message)")
      throw ExitCode(ExitStatus.other.rawValue)
    }
  }
}
