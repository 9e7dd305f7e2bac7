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

  /// A process's threads with what each waits in, for a failure's message.
  static func description(of process: Int32) -> String {
    let tasks = "/proc/\(process)/task"
    guard let threads = try? FileManager.default.contentsOfDirectory(atPath: tasks) else {
      return "no process"
    }
    return threads.sorted().map { thread in
      let state = (try? String(contentsOfFile: "\(tasks)/\(thread)/stat", encoding: .utf8)) ?? ""
      let place = (try? String(contentsOfFile: "\(tasks)/\(thread)/wchan", encoding: .utf8)) ?? ""
      return "\(state.split(separator: " ").dropFirst(1).prefix(2).joined(separator: " ")) in \(place)"
    }.joined(separator: ", ")
  }

  /// Waits until a process has ended; false when it has not after all patience.
  static func waitForEnd(of process: Int32) async -> Bool {
    let deadline = ContinuousClock.now + TmuxTerminal.patience
    while isRunning(process), ContinuousClock.now < deadline { await Task.yield() }
    return !isRunning(process)
  }
}
