import Foundation

/// Other processes as the system shows them.
enum ProcessState {
  /// Whether a process is there and is more than an entry that its parent has not looked at.
  static func isRunning(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return status.split(separator: " ").dropFirst(2).first != "Z"
  }

  /// Waits until a process has ended; false when it has not after all patience.
  static func waitForEnd(of process: Int32) async -> Bool {
    let deadline = ContinuousClock.now + TmuxTerminal.patience
    while isRunning(process), ContinuousClock.now < deadline { await Task.yield() }
    return !isRunning(process)
  }
}
