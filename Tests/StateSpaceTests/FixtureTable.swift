import Foundation

/// The tables below `Fixtures`: cells between tabs. Lines that begin with `#` are comments.
enum FixtureTable {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
  /// The folder of the repository.
  static let root = folder.appending(path: "../../..").standardizedFileURL

  /// The rows of a table; none if the file is missing.
  static func rows(_ path: String) -> [[String]] {
    let text = (try? String(contentsOf: folder.appending(path: path), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
