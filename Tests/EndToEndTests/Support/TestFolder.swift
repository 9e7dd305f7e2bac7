import Foundation

/// A folder of files for one test. It is removed after the test.
struct TestFolder {
  let path: String

  /// Makes a folder with these files, by their names, while `body` runs.
  static func with<Result>(
    _ files: [String: String] = [:], _ body: (TestFolder) async throws -> Result
  ) async throws -> Result {
    let folder = TestFolder(
      path: FileManager.default.temporaryDirectory.appending(path: "synscope-test-\(UUID().uuidString)").path)
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    for (name, text) in files { try folder.write(text, to: name) }
    return try await body(folder)
  }

  /// The same with a module and its configuration, named after the module.
  static func with<Result>(
    module: String, configuration: String = "INIT Init\nNEXT Next\n", named name: String = "M",
    _ body: (TestFolder) async throws -> Result
  ) async throws -> Result {
    try await with(["\(name).tla": Self.module(name, module), "\(name).cfg": configuration], body)
  }

  /// A module with that name around these definitions.
  static func module(_ name: String, _ body: String) -> String {
    "---- MODULE \(name) ----\n\(body)\n====\n"
  }

  /// The path of a file in the folder, whether or not it exists.
  func file(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
  }

  func text(of name: String) throws -> String { try String(contentsOfFile: file(name), encoding: .utf8) }

  func holds(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name)) }
}
