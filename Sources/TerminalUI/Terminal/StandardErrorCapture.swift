internal import Glibc

/// Keeps the process's output to standard error off the screen, and prints it when the screen is closed.
struct StandardErrorCapture {
  /// The file that holds the output.
  let captured: Int32
  /// The real standard error.
  let original: Int32

  /// Starts the capture. Nil if standard error is not a terminal, so the output does no harm, or if no file can be made.
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
    // Two writers share this file, this process and its child. In append mode they do not overwrite each other.
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_APPEND)
    dup2(file, STDERR_FILENO)
    captured = file
    original = saved
  }

  /// Restores standard error and prints the captured output.
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
