internal import Glibc
internal import Synchronization

/// A file that only ever grows, for the user's eyes only. While it is open it is locked, so that others can tell a file
/// that is being written from one that was left.
///
/// What cannot be written, as when the disk is full, waits: it is written before the next text, so that the file never has a gap nor
/// half a text at its end.
final class GrowingFile: Sendable {
  private struct State {
    var descriptor: Int32 = -1
    /// How much of the file is whole texts.
    var length: off_t = 0
    /// What is still to be written.
    var waiting: [UInt8] = []
    /// The file whose place this one takes, to be removed when the disk has everything.
    var replaced: String?
    /// Whether something was written that the disk may not have.
    var isDirty = false
  }

  private let path: String
  private let state = Mutex(State())

  init(_ path: String) { self.path = path }

  deinit {
    let descriptor = state.withLock { $0.descriptor }
    if descriptor >= 0 { close(descriptor) }
  }

  /// Whether there is text that is not in the file.
  var isBehind: Bool { state.withLock { !$0.waiting.isEmpty } }

  /// Appends a text behind what waits. The file and its folder are made when they are not there. With `replaced` the disk has the
  /// text when this returns, and that file is removed. Throws when the text has to wait.
  func append(_ text: String, replacing replaced: String? = nil) throws(FileStore.Failure) {
    try state.withLock { state throws(FileStore.Failure) in
      state.waiting += Array(text.utf8)
      if let replaced { state.replaced = replaced }
      try write(&state)
    }
  }

  /// Tries again to write what waits.
  func retry() throws(FileStore.Failure) {
    try state.withLock { state throws(FileStore.Failure) in try write(&state) }
  }

  private func write(_ state: inout State) throws(FileStore.Failure) {
    if state.descriptor < 0 { try open(&state) }
    if !state.waiting.isEmpty {
      do throws(FileStore.Failure) {
        try FileStore.write(state.waiting, to: state.descriptor)
      } catch {
        // Half a text is none. The next attempt opens the file anew.
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

  /// Waits until the disk has everything that was written.
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
