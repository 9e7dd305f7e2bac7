import Foundation

/// The program under test, as built with these tests.
enum SynscopeBinary {
  struct NotBuilt: Error, CustomStringConvertible {
    let places: [String]
    var description: String { "no synscope in \(places.joined(separator: ", ")): build it first" }
  }

  /// The program's path. `SYNSCOPE_BINARY` names another one, such as a release build.
  static func path() throws -> String {
    if let named = ProcessInfo.processInfo.environment["SYNSCOPE_BINARY"], !named.isEmpty { return named }
    let places = folders.map { $0 + "/synscope" }
    guard let found = places.first(where: FileManager.default.isExecutableFile) else {
      throw NotBuilt(places: places)
    }
    return found
  }

  /// The package's folder, with the models and other files that tests need.
  static let packageFolder: String = {
    var folder = URL(fileURLWithPath: #filePath)
    while folder.path != "/",
      !FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
    {
      folder.deleteLastPathComponent()
    }
    return folder.path
  }()

  /// The folders in which the build puts executables: beside the test bundle, or above it.
  private static var folders: [String] {
    var folders: [String] = []
    for start in [CommandLine.arguments.first, Bundle.main.executablePath].compactMap({ $0 }) {
      var folder = URL(fileURLWithPath: start).standardizedFileURL
      for _ in 0..<4 {
        folder.deleteLastPathComponent()
        folders.append(folder.path)
      }
    }
    return folders + [packageFolder + "/.build/debug"]
  }
}
