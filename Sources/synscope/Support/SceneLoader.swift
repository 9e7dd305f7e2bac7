import Foundation
import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Workbench

/// Opens the scenes of the tour.
struct SceneLoader {
  /// A session for a scene.
  struct Opened {
    let session: Session
    /// The original of the copy that the learner mends; nil if this is not the task.
    let original: Specification?
    /// The text of the scene's trace; nil if there is none.
    let trace: String?
    /// The folder of the copy that the learner has given up; nil if there was none.
    let kept: String?
  }

  let loader: ModelLoader
  /// The folder for the learner's own files.
  let folder: String
  /// Whether a copy that cannot be loaded is set aside, and a new one taken.
  var replacesBrokenCopy = false

  func open(_ scene: SceneModel) -> Result<Opened, StartScreen.Problem> {
    do {
      var path = try source(scene)
      var loader = loader
      var original: Specification?
      var kept: String?
      var module = path
      if scene.isCopied {
        var options = loader.options
        options.constants = scene.constants
        original = try options.load(path)
        module = BundledModels().path(of: path)
        loader.options.libraries.append(URL(fileURLWithPath: module).deletingLastPathComponent().path)
        let place = "\(folder)/\(scene.folder)"
        if try scene.discardsCopy || isStale(module, in: place) { kept = try setAsideCopy(place) }
        path = try copy(module, into: place)
      }
      let trace = try scene.trace.map { try contents(of: $0, scene) }
      var opened = loader.open(path, constants: scene.constants, isKept: false)
      if case .failure = opened, scene.isCopied, replacesBrokenCopy {
        // Without a session there is no editor to mend the copy in.
        kept = try setAsideCopy("\(folder)/\(scene.folder)")
        _ = try copy(module, into: "\(folder)/\(scene.folder)")
        opened = loader.open(path, constants: scene.constants, isKept: false)
      }
      switch opened {
      case .success(let session):
        return .success(Opened(session: session, original: original, trace: trace, kept: kept))
      case .failure(let problem): return .failure(StartScreen.Problem(problem.message))
      }
    } catch let error as Diagnostics {
      return .failure(StartScreen.Problem(DiagnosticRenderer.render(error.all).joined(separator: "\n")))
    } catch let problem as StartScreen.Problem {
      return .failure(problem)
    } catch let failure as FileStore.Failure {
      return .failure(StartScreen.Problem("\(folder): \(failure.reason)"))
    } catch {
      return .failure(StartScreen.Problem(Wording.message(of: error)))
    }
  }

  /// The path or bundled name of the scene's model. A module that the chapter spells out is written first.
  private func source(_ scene: SceneModel) throws -> String {
    switch scene.source {
    case .named(let name): return near(scene, name, endings: ["", ".tla"]) ?? name
    case .texts(let module, let configuration):
      guard let name = module.firstMatch(of: /-{4,}\s*MODULE\s+(\w+)/).map({ String($0.1) }) else {
        throw StartScreen.Problem("the spec has no line ---- MODULE Name ----")
      }
      let path = "\(folder)/\(scene.folder)/\(name)"
      try write(module, to: path + ".tla")
      try write(configuration, to: path + ".cfg")
      return path + ".tla"
    }
  }

  /// A file beside the chapter's; nil if there is none.
  private func near(_ scene: SceneModel, _ name: String, endings: [String]) -> String? {
    let folder = URL(fileURLWithPath: scene.chapterPath).deletingLastPathComponent()
    return endings.map { folder.appendingPathComponent(name + $0).path }.first {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
    }
  }

  /// The text of a trace beside the chapter or in the folder of the bundled models.
  private func contents(of trace: String, _ scene: SceneModel) throws -> String {
    let bundled = BundledModels().folder.map { "\($0)/\(trace)" }
    let candidates = [near(scene, trace, endings: [""]), bundled].compactMap { $0 }
    guard let path = candidates.first(where: FileManager.default.fileExists(atPath:)),
      let file = try DiskProvider().read(path)
    else { throw StartScreen.Problem("there is no trace \(trace)") }
    return String(decoding: file.bytes, as: UTF8.self)
  }

  /// The endings of a model's files.
  private static let endings = [".tla", ".cfg", ".view.toml"]

  /// Copies a module and its configuration, unless the learner has a copy already. Beside the copy, the original is kept as it was copied.
  /// Returns the path of the copy.
  private func copy(_ module: String, into folder: String) throws -> String {
    let stem = ModelPath.stem(of: module)
    let name = URL(fileURLWithPath: stem).lastPathComponent
    let copy = "\(folder)/mine/\(name)"
    for ending in Self.endings {
      guard let file = try DiskProvider().read(stem + ending) else { continue }
      let text = String(decoding: file.bytes, as: UTF8.self)
      if !FileManager.default.fileExists(atPath: copy + ending) { try write(text, to: copy + ending) }
      try write(text, to: "\(folder)/original/\(name)\(ending)")
    }
    return copy + ".tla"
  }

  /// Whether the learner's copy was made of another original: of another version of the model, or of the model of another beat.
  private func isStale(_ module: String, in folder: String) throws -> Bool {
    let stem = ModelPath.stem(of: module)
    let name = URL(fileURLWithPath: stem).lastPathComponent
    guard FileManager.default.fileExists(atPath: "\(folder)/original") else { return false }
    return try Self.endings.contains { ending in
      try DiskProvider().read(stem + ending)?.bytes
        != DiskProvider().read("\(folder)/original/\(name)\(ending)")?.bytes
    }
  }

  /// Moves the learner's copy to a folder beside it. Returns that folder; nil if there is no copy.
  private func setAsideCopy(_ folder: String) throws -> String? {
    guard FileManager.default.fileExists(atPath: "\(folder)/mine") else { return nil }
    var number = 1
    while FileManager.default.fileExists(atPath: "\(folder)/before-\(number)") { number += 1 }
    try FileManager.default.moveItem(atPath: "\(folder)/mine", toPath: "\(folder)/before-\(number)")
    return "\(folder)/before-\(number)"
  }

  private func write(_ text: String, to path: String) throws {
    try FileManager.default.createDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
    try FileStore.save(text, to: path)
  }
}
