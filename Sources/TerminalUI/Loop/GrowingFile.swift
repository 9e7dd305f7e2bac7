internal import Glibc
internal import Synchronization

/// A file that only grows, readable only by the user. It is locked while it is open, so other processes can tell whether it is still being
/// written.
///
/// If text cannot be written, for example because the disk is full, it waits. It is written before the next text, so the file never has a
/// gap, nor half a text at its end.
final class GrowingFile: Sendable {
  private struct State {
    var descriptor: Int32 = -1
    /// The length of the part of the file that consists of whole texts.
    var length: off_t = 0
    /// The text that is still to be written.
    var waiting: [UInt8] = []
    /// The file that this one replaces. It is removed when everything is on the disk.
    var replaced: String?
    /// Whether some written text may not be on the disk yet.
    var isDirty = false
  }

  private let path: String
  private let state = Mutex(State())

  init(_ path: String) { self.path = path }

  deinit {
    let descriptor = state.withLock { $0.descriptor }
    if descriptor >= 0 { close(descriptor) }
  }

  /// Whether some text is still waiting to be written.
  var isBehind: Bool { state.withLock { !$0.waiting.isEmpty } }

  /// Appends a text after the waiting text. Creates the file and its folder if they do not exist. With `replaced`, it returns when the text
  /// is on the disk and that file is removed. Throws if the text has to wait.
  func append(_ text: String, replacing replaced: String? = nil) throws(FileStore.Failure) {
    try state.withLock { state throws(FileStore.Failure) in
      state.waiting += Array(text.utf8)
      if let replaced { state.replaced = replaced }
      try write(&state)
    }
  }

  /// Retries to write the waiting text.
  func retry() throws(FileStore.Failure) {
    try state.withLock { state throws(FileStore.Failure) in try write(&state) }
  }

  private func write(_ state: inout State) throws(FileStore.Failure) {
    if state.descriptor < 0 { try open(&state) }
    if !state.waiting.isEmpty {
      do throws(FileStore.Failure) {
        try FileStore.write(state.waiting, to: state.descriptor)
      } catch {
        // Half a text must not stay in the file. The next attempt opens the file again.
        ftruncate(state.descriptor, state.length)
        close(state.descriptor)
        state.descriptor = -1
        throw error
      }
      state.length += off_t(state.waiting.count)
      state.waiting = []
      state.isDirty = true
    }
    if let replaced = state.replaced {
      try synchronize(&state)
      FileStore.remove(replaced)
      state.replaced = nil
    }
  }

  private func open(_ state: inout State) throws(FileStore.Failure) {
    try GrowingFile.makeFolder(FileStore.folder(of: path))
    state.descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard state.descriptor >= 0 else { throw FileStore.Failure(reason: FileStore.systemReason()) }
    _ = flock(state.descriptor, LOCK_EX | LOCK_NB)
    state.length = lseek(state.descriptor, 0, SEEK_END)
  }

  /// Waits until everything that was written is on the disk.
  func synchronize() throws(FileStore.Failure) {
    try state.withLock { state throws(FileStore.Failure) in try synchronize(&state) }
  }

  private func synchronize(_ state: inout State) throws(FileStore.Failure) {
    guard state.isDirty, state.descriptor >= 0 else { return }
    guard fdatasync(state.descriptor) == 0 || errno == EINVAL else {
      throw FileStore.Failure(reason: FileStore.systemReason())
    }
    state.isDirty = false
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
