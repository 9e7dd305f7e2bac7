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
    let application: WorkbenchApplication
    if let model {
      do {
        application = WorkbenchApplication(session: try openSession(model))
      } catch let problem as OpeningProblem {
        Console.note(problem.message)
        throw ExitCode(problem.status.rawValue)
      }
    } else {
      let choices = BundledModels().entries.map {
        StartScreen.Choice(name: $0.name, title: ModelTitle.read($0.path) ?? "")
      }
      application = WorkbenchApplication(
        start: StartScreen(choices: choices),
        open: { name in
          do { return .success(try openSession(name)) } catch let problem as OpeningProblem {
            return .failure(StartScreen.Problem(problem.message))
          } catch {
            return .failure(StartScreen.Problem("\(error)"))
          }
        })
    }
    do {
      throw ExitCode(try runWorkbench(application))
    } catch let failure as Terminal.Failure {
      Console.note("error: \(failure.message)")
      throw ExitCode(ExitStatus.other.rawValue)
    }
  }

  /// Why a model cannot be opened.
  private struct OpeningProblem: Error {
    let message: String
    let status: ExitStatus
  }

  private func openSession(_ model: String) throws -> Session {
    do {
      let specification = try options.load(model)
      let explorer = try Explorer(specification, stackBytes: LargeStack.forEvaluation)
      var session = Session.Options()
      session.check.memoryLimit = Memory.defaultLimit
      return try Session(explorer, name: model, options: session)
    } catch let error as Diagnostics {
      throw OpeningProblem(
        message: error.all.map(DiagnosticRenderer.render).joined(separator: "\n"),
        status: Console.exitCode(for: error.all))
    } catch let failure as EvaluationFailure {
      throw OpeningProblem(message: Console.describe(failure), status: .evaluation)
    } catch let error as SessionModel.NoInitialState {
      throw OpeningProblem(message: "error: \(model) has no initial state: \(error)", status: .evaluation)
    }
  }
}
