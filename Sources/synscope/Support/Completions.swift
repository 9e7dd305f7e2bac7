import ArgumentParser
import Foundation

/// What the shells' completion scripts ask the program for.
extension CompletionKind {
  /// The names of the bundled models, and the modules and configurations in the folder of what is typed.
  static var model: CompletionKind {
    .custom { _, _, prefix in BundledModels().entries.map(\.name) + files(prefix, [".tla", ".cfg"]) }
  }

  /// The chapters of the tour, and the chapters in the folder of what is typed.
  static var chapter: CompletionKind {
    .custom { _, _, prefix in TourFiles.paths.map(TourFiles.name) + files(prefix, [".toml"]) }
  }

  /// The paths of the folders and of the files with one of these endings that begin with what is typed.
  private static func files(_ prefix: String, _ endings: [String]) -> [String] {
    let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return names.sorted().compactMap { name in
      guard !name.hasPrefix(".") || prefix.hasPrefix(folder + ".") else { return nil }
      var isFolder: ObjCBool = false
      let path = folder + name
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
      return isFolder.boolValue ? path + "/" : endings.contains(where: name.hasSuffix) ? path : nil
    }
  }
}
