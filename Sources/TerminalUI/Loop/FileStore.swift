internal import Glibc

/// Whole files, read and written as users expect: never half a file, and reasons in the system's words.
enum FileStore {
  struct Failure: Error {
    let reason: String
  }

  /// A trace or a spec larger than this is a mistake.
  static let sizeLimit = 256 << 20

  /// Writes a file whole, over one that is there.
  static func save(_ contents: String, to path: String) throws(Failure) {
    let file = try NewFile(at: path, replaces: true)
    try file.write(contents)
    _ = try file.finish()
  }

  /// Whether there is something of that name.
  static func exists(_ path: String) -> Bool {
    var present = stat()
    return stat(resolved(path), &present) == 0
  }

  /// Removes a file; that there is none is as good.
  static func remove(_ path: String) { unlink(path) }

  static func write(_ contents: String, to file: Int32) throws(Failure) {
    try write(Array(contents.utf8), to: file)
  }

  static func write(_ bytes: [UInt8], to file: Int32) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Failure(reason: systemReason()) }
      written += count
    }
  }

  /// Reads a file of UTF-8 text.
  static func open(_ path: String, sizeLimit: Int = sizeLimit) throws(Failure) -> String {
    // Not to wait for the other end of a named pipe.
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Failure(reason: systemReason()) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure(reason: systemReason()) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Failure(reason: "it is a folder")
    default: throw Failure(reason: "it is not a file")
    }
    guard status.st_size <= sizeLimit else {
      throw Failure(reason: "it is larger than \(sizeLimit >> 20) MB")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(reason: systemReason()) }
      if count == 0 { break }
      bytes += chunk[..<count]
      guard bytes.count <= sizeLimit else { throw Failure(reason: "it is larger than \(sizeLimit >> 20) MB") }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(reason: "it is not UTF-8 text")
    }
    return text
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path behind symbolic links; the path itself when there is nothing yet.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  static func systemReason() -> String { String(cString: strerror(errno)) }
}
