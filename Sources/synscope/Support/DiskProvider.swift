import Foundation
import TLASemantics
import TLASyntax
import TerminalUI

/// Reads modules and configurations from the disk.
struct DiskProvider: SourceProvider {
  private static let largestFile = 64 << 20

  func read(_ path: String) throws -> SourceFile? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      let bytes = try FileStore.read(
        path, limit: Self.largestFile,
        onWait: { Console.note("note: waiting for \(path), which is not a file") }
      )
      return SourceFile(name: path, text: String(decoding: bytes, as: UTF8.self))
    } catch {
      let message = "\(path) cannot be read: \(error.reason)"
      throw Diagnostics([
        path.hasSuffix(".cfg")
          ? Diagnostic(.error, .configuration, .configuration, message)
          : Diagnostic(.error, .specification, .module, message)
      ])
    }
  }
}
