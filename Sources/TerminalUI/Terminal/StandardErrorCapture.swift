internal import Glibc

/// Keeps what the process writes to standard error off the screen, and prints it when the screen is gone.
struct StandardErrorCapture {
  /// The file that holds it.
  let captured: Int32
  /// The real standard error.
  let original: Int32

  /// Begins. Nil when standard error does not go to a terminal (then it does no harm), or no file can be made.
  init?() {
    guard isatty(STDERR_FILENO) == 1 else { return nil }
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var name = Array("\(folder)/synscope-stderr-XXXXXX".utf8CString)
    let file = mkstemp(&name)
    guard file >= 0 else { return nil }
    unlink(name)
    let saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    guard saved >= 0 else {
      close(file)
      return nil
    }
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    // Two writers of the same file description, ours and a child's, do not overwrite one another.
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_APPEND)
    dup2(file, STDERR_FILENO)
    captured = file
    original = saved
  }

  /// Ends: standard error is itself again, and what was kept is printed.
  func end() {
    dup2(original, STDERR_FILENO)
    lseek(captured, 0, SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(captured, &bytes, bytes.count)
      guard count > 0 else { break }
      _ = write(STDERR_FILENO, bytes, count)
    }
    close(captured)
    close(original)
  }
}
