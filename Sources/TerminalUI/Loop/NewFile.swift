internal import Glibc

/// An unfinished file that replaces a path when it is whole, so readers see either the old contents or the new. If the file system allows
/// it, the file has no name until then, so a killed process leaves nothing behind. A device, a named pipe, and a file that another process
/// may hold open (`/dev/fd/3`) are written in place. Only one thread at a time may use it.
final class NewFile {
  /// The prefix of the temporary name that the file gets if it cannot be without a name.
  private static let prefix = ".synscope-"

  private let target: String
  /// The permissions of the existing file; nil if there is none.
  private let permissions: mode_t?
  private let replaces: Bool
  private var descriptor: Int32
  /// The temporary name; nil if it has none.
  private var temporary: String?
  private let isInPlace: Bool
  /// The number of bytes written.
  private(set) var size = 0

  enum Ending {
    case saved
    /// The path exists, and the caller does not want to replace it.
    case exists
  }

  /// Follows a symbolic link. An existing file keeps its permissions. It is replaced only with `replaces`. `onWait` is called before waiting
  /// for the reader of a pipe; without it, a pipe without a reader is a failure.
  init(at path: String, replaces: Bool, onWait: (() -> Void)? = nil) throws(FileStore.Failure) {
    self.replaces = replaces
    var present = stat()
    let exists = stat(path, &present) == 0
    let type = present.st_mode & S_IFMT
    if exists, type == S_IFDIR { throw FileStore.Failure(reason: "it is a folder") }
    let isHeldElsewhere = path.hasPrefix("/dev/") || path.hasPrefix("/proc/")
    isInPlace = exists && (type != S_IFREG || isHeldElsewhere)
    guard !isInPlace else {
      (target, permissions) = (path, nil)
      descriptor = try NewFile.openInPlace(path, onWait)
      return
    }
    target = FileStore.resolved(path)
    if exists, access(target, W_OK) != 0 { throw FileStore.Failure(reason: FileStore.systemReason()) }
    permissions = exists ? present.st_mode & 0o7777 : nil
    let folder = FileStore.folder(of: target)
    NewFile.removeLeftovers(in: folder)
    descriptor = open(folder, NewFile.nameless | O_WRONLY | O_CLOEXEC, permissions ?? 0o666)
    if descriptor < 0 {
      let name = NewFile.temporaryName(in: folder)
      descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions ?? 0o666)
      guard descriptor >= 0 else { throw FileStore.Failure(reason: FileStore.systemReason()) }
      temporary = name
      // The lock tells this file from one that a dead process left behind.
      _ = flock(descriptor, LOCK_EX | LOCK_NB)
    }
    if let permissions { fchmod(descriptor, permissions) }
  }

  deinit { abandon() }

  func write(_ text: String) throws(FileStore.Failure) {
    try FileStore.write(text, to: descriptor)
    size += text.utf8.count
  }

  /// Waits until everything is on the disk, and gives the file its name.
  func finish() throws(FileStore.Failure) -> Ending {
    defer { abandon() }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileStore.Failure(reason: FileStore.systemReason())
    }
    if isInPlace { return .saved }
    if temporary == nil {
      if permissions == nil, link(to: target) { return .saved }
      if permissions == nil, errno == EEXIST, !replaces { return .exists }
      let name = NewFile.temporaryName(in: FileStore.folder(of: target))
      guard link(to: name) else { throw FileStore.Failure(reason: FileStore.systemReason()) }
      temporary = name
    }
    if !replaces, FileStore.exists(target) { return .exists }
    guard let name = temporary, rename(name, target) == 0 else {
      throw FileStore.Failure(reason: FileStore.systemReason())
    }
    temporary = nil
    return .saved
  }

  /// Discards the file unless `finish` has given it its name.
  func abandon() {
    if let temporary { unlink(temporary) }
    temporary = nil
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private static func openInPlace(_ path: String, _ onWait: (() -> Void)?) throws(FileStore.Failure) -> Int32
  {
    var file = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
    if file < 0, errno == ENXIO {
      guard let onWait else { throw FileStore.Failure(reason: "no program reads from the pipe") }
      onWait()
      file = open(path, O_WRONLY | O_CLOEXEC)
    }
    guard file >= 0 else { throw FileStore.Failure(reason: FileStore.systemReason()) }
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK)
    return file
  }

  private func link(to path: String) -> Bool {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  /// `O_TMPFILE`, which Swift does not import.
  private static var nameless: Int32 { 0o20_000_000 | O_DIRECTORY }

  private static func temporaryName(in folder: String) -> String {
    "\(folder)/\(prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
  }

  /// Removes the temporary files of processes that were killed.
  private static func removeLeftovers(in folder: String) {
    guard let list = opendir(folder) else { return }
    defer { closedir(list) }
    while let entry = readdir(list) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard let writer = writer(of: name), kill(writer, 0) != 0, errno == ESRCH,
        !FileLock.isHeld(on: folder + "/" + name)
      else { continue }
      unlink(folder + "/" + name)
    }
  }

  /// The process that made a temporary file; nil for a name that `temporaryName` does not give.
  private static func writer(of name: String) -> pid_t? {
    guard name.hasPrefix(prefix) else { return nil }
    let parts = name.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, UInt32(parts[1]) != nil, let writer = pid_t(parts[0]), writer > 0 else {
      return nil
    }
    return writer
  }
}
