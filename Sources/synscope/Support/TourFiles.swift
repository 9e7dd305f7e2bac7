import Foundation
import TLASyntax
import TerminalUI
import Workbench

/// The chapters that come with the program, and the learner's progress.
struct TourFiles {
  /// The folder for the learner's own files.
  let folder: String

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    folder = UserFolders.path("XDG_STATE_HOME", orHome: ".local/state", environment: environment) + "/tour"
  }

  var progressPath: String { folder + "/progress.toml" }

  /// Makes the folder. If this fails, the tour runs and keeps no progress.
  func prepare() {
    try? FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// What the learner has done. A file that cannot be read counts as none.
  var progress: TourProgress {
    let file = try? DiskProvider().read(progressPath)
    return file.map { TourProgressReader.read(String(decoding: $0.bytes, as: UTF8.self)) } ?? TourProgress()
  }

  /// The paths of the bundled chapters, in their order.
  static var paths: [String] {
    guard let folder = BundledModels().folder else { return [] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/tour")) ?? []
    return names.filter { $0.hasSuffix(".toml") }.sorted {
      $0.compare($1, options: .numeric) == .orderedAscending
    }
    .map { "\(folder)/tour/\($0)" }
  }

  /// `first-step` for `…/01-first-step.toml`
  static func name(of path: String) -> String {
    let file = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    return file.firstMatch(of: /^[0-9]+[a-z]?-(.+)$/).map { String($0.1) } ?? file
  }

  static var entries: [ChapterList.Entry] {
    paths.map { path in
      let name = name(of: path)
      let (chapter, problems) = read(path)
      return ChapterList.Entry(
        name: name, chapter: problems.first.map { .failure($0) } ?? .success(chapter))
    }
  }

  /// Reads a chapter's file.
  static func read(_ path: String) -> (chapter: Chapter, problems: [ChapterProblem]) {
    let name = name(of: path)
    do {
      guard let file = try DiskProvider().read(path) else {
        return (
          Chapter(name: name, path: path), [ChapterProblem("there is no such file", at: TourPlace())]
        )
      }
      return ChapterReader.read(String(decoding: file.bytes, as: UTF8.self), name: name, path: path)
    } catch {
      return (
        Chapter(name: name, path: path), [ChapterProblem(Wording.message(of: error), at: TourPlace())]
      )
    }
  }

  /// The path of a chapter that is given by its name or by a file; nil if there is none.
  static func path(of chapter: String) -> String? {
    if chapter.hasSuffix(".toml"), FileManager.default.fileExists(atPath: chapter) { return chapter }
    return paths.first {
      name(of: $0) == chapter || URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent == chapter
    }
  }
}
