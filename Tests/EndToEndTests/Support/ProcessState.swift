import Foundation

/// The state of other processes, from the system.
enum ProcessState {
  /// Whether a process exists and is not a zombie.
  static func isRunning(_ process: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return status.split(separator: " ").dropFirst(2).first != "Z"
  }

  /// A process's threads and what each waits for, for the message of a failure.
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

  /// Waits until a process has ended. Returns false if it has not ended in time.
  static func waitForEnd(of process: Int32) async -> Bool {
    let deadline = ContinuousClock.now + TmuxTerminal.patience
    while isRunning(process), ContinuousClock.now < deadline { await Task.yield() }
    return !isRunning(process)
  }
}
