internal import Glibc

/// Reads and writes whole files: a file is never left half written, and failures have the system's reasons. Only this code writes files for
/// users, in the workbench and in the commands.
package enum FileStore {
  package struct Failure: Error {
    package let reason: String
  }

  /// A trace or a spec larger than this must be a mistake.
  static let sizeLimit = 256 << 20

  // MARK: Writing

  /// Writes a new file in the same folder and renames it, so readers see either the old contents or the new. An existing file keeps its
  /// permissions. Symbolic links are followed. Devices and named pipes are written to directly. `onWait` is called before the function
  /// waits for the reader of a pipe. Without `onWait`, a pipe without a reader is a failure.
  package static func save(
    _ contents: String, to path: String, onWait: (() -> Void)? = nil
  ) throws(Failure) {
    var present = stat()
    let exists = stat(path, &present) == 0
    let type = present.st_mode & S_IFMT
    if exists, type == S_IFDIR { throw Failure(reason: "it is a folder") }
    // Another process may have such a file open. The text must reach that process, so the file is not replaced.
    let isOpenElsewhere = path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
    if exists, type != S_IFREG || isOpenElsewhere { return try writeInPlace(contents, path, onWait) }
    let target = resolved(path)
    if exists, access(target, W_OK) != 0 { throw Failure(reason: systemReason()) }
    removeLeftovers(in: folder(of: target))
    try writeAnew(contents, to: target, mode: exists ? present.st_mode & 0o7777 : nil)
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

  private static func writeInPlace(
    _ contents: String, _ path: String, _ onWait: (() -> Void)?
  ) throws(Failure) {
    var file = Glibc.open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    if file < 0, errno == ENXIO {
      guard let onWait else { throw Failure(reason: "no program reads from the pipe") }
      onWait()
      file = Glibc.open(path, O_WRONLY | O_CLOEXEC)
    }
    guard file >= 0 else { throw Failure(reason: systemReason()) }
    defer { close(file) }
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK)
    try write(contents, to: file)
  }

  private static func writeAnew(_ contents: String, to target: String, mode: mode_t?) throws(Failure) {
    let temporary = folder(of: target) + "/" + Temporary.newName()
    // A file without a name disappears with the process that made it, however that process ends.
    var file = Glibc.open(
      folder(of: target), O_WRONLY | Temporary.withoutName | O_CLOEXEC, mode ?? 0o666)
    let isNamed = file < 0
    if isNamed {
      file = Glibc.open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode ?? 0o666)
    }
    guard file >= 0 else { throw Failure(reason: systemReason()) }
    do throws(Failure) {
      defer { close(file) }
      if let mode { fchmod(file, mode) }
      try write(contents, to: file)
      guard fsync(file) == 0 || errno == EINVAL else { throw Failure(reason: systemReason()) }
      if !isNamed {
        let source = "/proc/self/fd/\(file)"
        guard linkat(AT_FDCWD, source, AT_FDCWD, temporary, AT_SYMLINK_FOLLOW) == 0 else {
          throw Failure(reason: systemReason())
        }
      }
      guard rename(temporary, target) == 0 else { throw Failure(reason: systemReason()) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// The names of files that are being written.
  private enum Temporary {
    static let prefix = ".synscope-"
    /// `O_TMPFILE`, which Swift does not import.
    static let withoutName = O_DIRECTORY | 0o20_000_000

    static func newName() -> String { "\(prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))" }

    /// The process that writes a file with this name; nil for other names.
    static func owner(of name: String) -> pid_t? {
      guard name.hasPrefix(prefix) else { return nil }
      let parts = name.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, UInt32(parts[1]) != nil, let owner = pid_t(parts[0]), owner > 0 else {
        return nil
      }
      return owner
    }
  }

  /// Removes the unfinished files of processes that have ended.
  private static func removeLeftovers(in folder: String) {
    guard let listing = opendir(folder) else { return }
    defer { closedir(listing) }
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let owner = Temporary.owner(of: name), kill(owner, 0) != 0, errno == ESRCH else { continue }
      unlink(folder + "/" + name)
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
  static func open(_ path: String, sizeLimit: Int = sizeLimit) throws(Failure) -> String {
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
    Failure(reason: "it is larger than \(limit >> 20) MB")
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
    // The system, too, takes a chain of this many links for a cycle.
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
