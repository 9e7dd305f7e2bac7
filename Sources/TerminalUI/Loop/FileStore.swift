internal import Glibc
internal import Traces

/// Reads and writes whole files, for the workbench and for the commands. Failures have the system's reasons.
package enum FileStore {
  package struct Failure: Error {
    package let reason: String
  }

  // MARK: Writing

  /// Writes a file whole, as `NewFile` does it, over one that exists.
  package static func save(
    _ contents: String, to path: String, onWait: (() -> Void)? = nil
  ) throws(Failure) {
    let file = try NewFile(at: path, replaces: true, onWait: onWait)
    try file.write(contents)
    _ = try file.finish()
  }

  /// Writes a file whole. Returns false if one with its name exists, which stays as it is.
  package static func create(_ contents: String, at path: String) throws(Failure) -> Bool {
    guard !exists(path) else { return false }
    let file = try NewFile(at: path, replaces: false)
    try file.write(contents)
    return try file.finish() != .exists
  }

  /// Whether the path exists.
  static func exists(_ path: String) -> Bool {
    var present = stat()
    return stat(path, &present) == 0
  }

  /// Removes a file. A missing file is not an error.
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

  // MARK: Reading

  /// Reads a file, a pipe, or standard input for `-`. It fails if there are more than `limit` bytes. `onWait` is called if a pipe or a
  /// terminal sends nothing for a moment.
  package static func read(
    _ path: String, limit: Int, onWait: () -> Void = {}
  ) throws(Failure) -> [UInt8] {
    let isStandardInput = path == "-"
    // Without `O_NONBLOCK`, opening a named pipe would wait for its writer.
    let file = isStandardInput ? STDIN_FILENO : Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Failure(reason: systemReason()) }
    defer { if !isStandardInput { close(file) } }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Failure(reason: systemReason()) }
    let type = status.st_mode & S_IFMT
    if type == S_IFDIR { throw Failure(reason: "it is a folder") }
    if type != S_IFREG { waitForInput(file, onWait) }
    if !isStandardInput { _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK) }
    return try bytes(of: file, limit: limit)
  }

  /// Reads a file of UTF-8 text. It fails for anything that it would have to wait for, such as a pipe.
  static func open(_ path: String, sizeLimit: Int = FileSize.largest) throws(Failure) -> String {
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
    guard status.st_size <= sizeLimit else { throw tooLarge(sizeLimit) }
    guard let text = String(validating: try bytes(of: file, limit: sizeLimit), as: UTF8.self) else {
      throw Failure(reason: "it is not UTF-8 text")
    }
    return text
  }

  private static func bytes(of file: Int32, limit: Int) throws(Failure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(reason: systemReason()) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw tooLarge(limit) }
    }
  }

  private static func tooLarge(_ limit: Int) -> Failure {
    Failure(reason: "it is larger than \(limit >> 20) MiB")
  }

  /// Returns when there is something to read, or when the input has ended.
  private static func waitForInput(_ file: Int32, _ onWait: () -> Void) {
    var request = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
    var patience: Int32 = 200
    while poll(&request, 1, patience) <= 0 {
      if patience > 0 { onWait() }
      patience = -1
    }
  }

  // MARK: Paths

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path with symbolic links followed. The target need not exist.
  static func resolved(_ path: String) -> String {
    var path = path
    // The system, too, treats a chain of this many links as a cycle.
    for _ in 0..<40 {
      guard let link = destination(ofLink: path) else { return path }
      path = link.hasPrefix("/") ? link : folder(of: path) + "/" + link
    }
    return path
  }

  private static func destination(ofLink path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
  }

  package static func systemReason(_ code: Int32 = errno) -> String { String(cString: strerror(code)) }
}

extension FileStore {
  private static let mostNames = 200

  /// The names in the path's folder that begin with the path's last part, in order. Folders end in `/`. Hidden names are listed only if
  /// that part begins with a dot. The list is empty if the folder cannot be read.
  static func names(completing path: String) -> [String] {
    let end = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    let (folder, stem) = (String(path[..<end]), path[end...])
    guard let entries = opendir(folder.isEmpty ? "." : folder) else { return [] }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(stem), name != ".", name != "..", stem.hasPrefix(".") || !name.hasPrefix(".")
      else { continue }
      var status = stat()
      let isFolder = stat(folder + name, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      names.append(isFolder ? name + "/" : name)
    }
    return Array(names.sorted().prefix(mostNames))
  }
}
