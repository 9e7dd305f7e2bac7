import Foundation
import TLASemantics
import TLASyntax

/// Reads modules and configurations from the disk.
struct DiskProvider: SourceProvider {
  private static let largestFile = 64 << 20

  func read(_ path: String) throws -> SourceFile? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    if isFolder.boolValue { throw unreadable(path, "it is a folder") }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    if let size = attributes?[.size] as? Int, size > Self.largestFile {
      throw unreadable(path, "it is larger than \(Self.largestFile >> 20) MiB")
    }
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: path))
      return SourceFile(name: path, text: String(decoding: data, as: UTF8.self))
    } catch {
      throw unreadable(path, error.localizedDescription)
    }
  }

  private func unreadable(_ path: String, _ reason: String) -> Diagnostics {
    let category: Diagnostic.Category = path.hasSuffix(".cfg") ? .configuration : .specification
    return Diagnostics([Diagnostic(.error, category, "\(path) cannot be read: \(reason)")])
  }
}
