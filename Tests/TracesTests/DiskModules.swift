import Foundation
import TLASemantics
import TLASyntax

/// Reads modules from the disk.
struct DiskModules: SourceProvider {
  func read(_ path: String) throws -> SourceFile? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return SourceFile(name: path, text: String(decoding: data, as: UTF8.self))
  }
}
