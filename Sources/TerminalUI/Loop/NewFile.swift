internal import Glibc

/// A file in the making, which takes the place of a path when it is whole: readers see the old contents or the new. It has no name
/// until then where the file system allows that, so that a process that is killed leaves nothing behind. Not for several threads at once.
final class NewFile {
  /// The beginning of the name that a file has where it cannot be without.
  private static let prefix = ".synscope-"

  private let target: String
  /// The permissions of the file that is there; nil when there is none.
  private let permissions: mode_t?
  private let replaces: Bool
  private var descriptor: Int32
  /// The name that it has for now; nil for none.
  private var temporary: String?

  enum Ending {
    case saved
    /// There is such a file, which is not to be replaced.
    case exists
  }

  /// A symbolic link is followed. A file that is there keeps its permissions, and is replaced only with `replaces`.
  init(at path: String, replaces: Bool) throws(FileStore.Failure) {
    target = FileStore.resolved(path)
    self.replaces = replaces
    var present = stat()
    let exists = stat(target, &present) == 0
    if exists, present.st_mode & S_IFMT == S_IFDIR { throw FileStore.Failure(reason: "it is a folder") }
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
      // A lock tells it from one that was left behind.
      _ = flock(descriptor, LOCK_EX | LOCK_NB)
    }
    if let permissions { fchmod(descriptor, permissions) }
  }

  deinit { abandon() }

  func write(_ text: String) throws(FileStore.Failure) { try FileStore.write(text, to: descriptor) }

  /// Waits until the disk has everything, and gives the file its name.
  func finish() throws(FileStore.Failure) -> Ending {
    defer { abandon() }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw FileStore.Failure(reason: FileStore.systemReason())
    }
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

  /// Takes back what was written, unless it has its name.
  func abandon() {
    if let temporary { unlink(temporary) }
    temporary = nil
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
  }

  private func link(to path: String) -> Bool {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0
  }

  /// `O_TMPFILE`, which Swift does not see.
  private static var nameless: Int32 { 0o20_000_000 | O_DIRECTORY }

  private static func temporaryName(in folder: String) -> String {
    "\(folder)/\(prefix)\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
  }

  /// Removes what processes left that were killed while they gave a file its name.
  private static func removeLeftovers(in folder: String) {
    guard let list = opendir(folder) else { return }
    defer { closedir(list) }
    while let entry = readdir(list) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasPrefix(prefix),
        let process = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }),
        process > 0, kill(process, 0) != 0, errno == ESRCH, !FileLock.isHeld(on: folder + "/" + name)
      else { continue }
      unlink(folder + "/" + name)
    }
  }
}
