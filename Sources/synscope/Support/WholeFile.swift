import Foundation

/// Whole files, with the reasons for a failure in the system's words.
enum WholeFile {
  struct Failure: Error {
    let reason: String
  }

  /// Reads a file, a pipe, or with `-` standard input, up to a number of bytes; more is a failure.
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(reason: reason(errno)) }
    defer { if file != STDIN_FILENO { close(file) } }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure(reason: reason(errno)) }
    if status.st_mode & S_IFMT == S_IFDIR { throw Failure(reason: "it is a folder") }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(reason: reason(errno)) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw Failure(reason: "it is larger than \(limit >> 20) MiB") }
    }
  }

  /// Writes to a temporary file beside the path, which then takes its name.
  static func write(_ text: String, to path: String) throws(Failure) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw Failure(reason: "it is a folder")
    }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      let cause = (error as? CocoaError)?.underlying as? POSIXError
      throw Failure(reason: cause.map { reason($0.code.rawValue) } ?? error.localizedDescription)
    }
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
