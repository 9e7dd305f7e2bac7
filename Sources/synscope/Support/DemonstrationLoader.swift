import Foundation
import TerminalUI
import Traces
import Workbench

/// Opens demonstrations: sessions that were saved as one file.
struct DemonstrationLoader {
  let loader: ModelLoader
  /// The folder for models that a demonstration brings with it.
  private let folder: String

  init(loader: ModelLoader, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.loader = loader
    folder =
      UserFolders.path("XDG_STATE_HOME", orHome: ".local/state", environment: environment) + "/demonstrations"
  }

  /// A session of the demonstration's model, at the demonstration's current state. A model that is not on this machine, or is another
  /// version here, is taken from the demonstration.
  func open(_ contents: String, path: String) -> Result<Session, ModelLoader.Problem> {
    let recorded: RecordedTree
    do {
      recorded = try SessionFileReader.read(contents, file: path)
    } catch {
      return .failure(
        ModelLoader.Problem(message: "error: \(Wording.message(of: error))", status: .unreadable))
    }
    let constants = loader.options.constants.isEmpty ? recorded.constants : loader.options.constants
    var opened = loader.open(recorded.model, constants: constants)
    let isSame =
      if case .success(let session) = opened { session.model.digest == recorded.digest } else { false }
    if !isSame, !recorded.files.isEmpty, loader.options.constants.isEmpty, let module = unpack(recorded) {
      opened = loader.open(module, constants: constants)
    }
    return opened.map { session in
      var session = session
      session.open(recorded, path: path)
      return session
    }
  }

  /// Writes the demonstration's files to a folder of its own. Returns the path of the root module; nil if that is not possible.
  private func unpack(_ recorded: RecordedTree) -> String? {
    let place = "\(folder)/\(recorded.digest.filter { $0.isLetter || $0.isNumber })"
    do {
      try FileManager.default.createDirectory(
        atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      for file in recorded.files {
        // A name must not lead out of the folder.
        let name = URL(fileURLWithPath: file.name).lastPathComponent
        guard name.hasSuffix(".tla") || name.hasSuffix(".cfg") else { continue }
        try FileStore.save(file.text, to: "\(place)/\(name)")
      }
    } catch { return nil }
    let configuration = recorded.files.last { $0.name.hasSuffix(".cfg") }?.name
    let root = recorded.files.last { $0.name.hasSuffix(".tla") }?.name
    return (configuration ?? root).map { "\(place)/\(URL(fileURLWithPath: $0).lastPathComponent)" }
  }
}
