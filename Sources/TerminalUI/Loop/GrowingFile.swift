internal import Glibc
internal import Synchronization

/// A file that only ever grows, for the user's eyes only. While it is open it is locked, so that others can tell a file
/// that is being written from one that was left.
final class GrowingFile: Sendable {
  private let descriptor: Int32
  /// Whether something was appended that the disk may not have.
  private let isDirty = Mutex(false)

  /// Opens a file, which and whose folder are made when they are not there.
  init(_ path: String) throws(FileStore.Failure) {
    try GrowingFile.makeFolder(FileStore.folder(of: path))
    descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileStore.Failure(reason: FileStore.systemReason()) }
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
  }

  deinit { close(descriptor) }

  func append(_ text: String) throws(FileStore.Failure) { try FileStore.write(text, to: descriptor) }

  /// Whether nobody was asked yet to call `synchronize` for what was appended.
  func wantsSynchronization() -> Bool {
    isDirty.withLock { isDirty in
      defer { isDirty = true }
      return !isDirty
    }
  }

  /// Waits until the disk has everything.
  func synchronize() throws(FileStore.Failure) {
    isDirty.withLock { $0 = false }
    guard fdatasync(descriptor) == 0 || errno == EINVAL else {
      throw FileStore.Failure(reason: FileStore.systemReason())
    }
  }

  private static func makeFolder(_ path: String) throws(FileStore.Failure) {
    var status = stat()
    if stat(path, &status) == 0 || path == "/" || path.isEmpty { return }
    try makeFolder(FileStore.folder(of: path))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw FileStore.Failure(reason: FileStore.systemReason())
    }
  }
}
