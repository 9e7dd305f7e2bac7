import StateSpace
import TerminalUI

/// Gives a specification access to files on the disk, if the user allows it.
struct DiskFiles: FileAccess {
  func read(_ path: String) throws -> String {
    do { return String(decoding: try FileStore.read(path, limit: 1 << 30), as: UTF8.self) } catch {
      throw FileProblem("it cannot be read: \(error.reason)")
    }
  }

  func write(_ text: String, to path: String) throws {
    do { try FileStore.save(text, to: path) } catch {
      throw FileProblem("it cannot be written: \(error.reason)")
    }
  }
}
