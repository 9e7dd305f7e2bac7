import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Workbench

/// Loads models for the workbench with the options of the command line.
struct ModelLoader {
  var options: ModelOptions
  var settings = Settings()
  var sessions = SessionFolder()

  /// Why a model cannot be opened.
  struct Problem: Error {
    let message: String
    let status: ExitStatus
    /// A configuration that can be written; nil if something else is wrong.
    var proposal: ConfigurationProposal?
  }

  /// Opens a session of a model. `constants` replace those of the command line. Offers to restore the last unfinished session of the model.
  /// A session that is not kept has no file, and may be left without a question.
  func open(
    _ model: String, constants: [String]? = nil, offersLeft: Bool = true, isKept: Bool = true
  ) -> Result<Session, Problem> {
    load(model, constants: constants ?? options.constants).map { loaded in
      var session = Session.Options()
      session.home = ProcessInfo.processInfo.environment["HOME"] ?? ""
      session.check.memoryLimit = Memory.defaultLimit
      // One processor is for the person at the keys.
      session.check.workers = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)
      session.check.host = ModelHost(of: loaded.explorer.specification)
      session.constants = constants ?? options.constants
      session.sessionModel = identity(of: model)
      session.sessionFile = isKept ? sessions.newFile(for: session.sessionModel) : nil
      session.asksBeforeQuitting = isKept
      session.settings = settings
      session.modelNames = BundledModels().entries.map(\.name)
      var opened = Session(loaded, options: session)
      if offersLeft, isKept {
        let left = sessions.left()
        opened.offer(
          left.filter { $0.model == session.sessionModel },
          elsewhere: left.filter { $0.model != session.sessionModel })
      }
      return opened
    }
  }

  /// Opens a model with constants that were meant for another one, if it has them.
  func openAny(_ model: String, constants: [String]) -> Result<Session, Problem> {
    let opened = open(model, constants: constants)
    guard case .failure = opened, !constants.isEmpty else { return opened }
    return open(model, constants: [])
  }

  /// Loads a model with constants, and with others that were meant for another model, if it has them.
  func loadAny(
    _ model: String, constants: [String] = [], otherwise others: [String]
  ) -> Result<SessionModel, Problem> {
    let given = Set(constants.map { $0.prefix { $0 != "=" } })
    let others = others.filter { !given.contains($0.prefix { $0 != "=" }) }
    let loaded = load(model, constants: constants + others)
    guard case .failure = loaded, !others.isEmpty else { return loaded }
    return load(model, constants: constants)
  }

  /// Loads a model and computes its initial states.
  func load(_ model: String, constants: [String]) -> Result<SessionModel, Problem> {
    do {
      var options = options
      options.constants = constants
      let specification = try options.load(model)
      let explorer = try Explorer(
        specification, stackBytes: LargeStack.forEvaluation, host: ModelHost(of: specification))
      let view = ViewFile.read(of: explorer.specification)
      return .success(try SessionModel(explorer, name: model, view: view))
    } catch let error as Diagnostics {
      let message = DiagnosticRenderer.render(error.all).joined(separator: "\n")
      return .failure(
        Problem(message: message, status: ExitStatus(of: error.all), proposal: options.proposal(for: model)))
    } catch let failure as EvaluationFailure {
      return .failure(Problem(message: Console.describe(failure), status: .evaluation))
    } catch {
      let reason = Wording.message(of: error)
      return .failure(
        Problem(message: "error: \(model) has no initial state: \(reason)", status: .evaluation))
    }
  }

  /// The path of the configuration beside a model.
  func configurationPath(of model: String) -> String {
    ModelPath.stem(of: BundledModels().path(of: model)) + ".cfg"
  }

  /// The bytes of a file; nil if it cannot be read.
  func contents(of path: String) -> [UInt8]? { (try? DiskProvider().read(path))?.bytes }

  /// A name that opens the model from any folder: a bundled name, or the path of a file without `.` and `..`.
  private func identity(of model: String) -> String {
    let path = BundledModels().path(of: model)
    let isFile = path == model || path == model + ".tla"
    return isFile ? URL(fileURLWithPath: path).resolvingSymlinksInPath().path : model
  }
}
