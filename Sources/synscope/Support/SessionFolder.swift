import Foundation
import TerminalUI
import Traces
import Workbench

/// The folder that keeps sessions while they last: `$XDG_STATE_HOME/synscope/sessions`.
struct SessionFolder {
  /// No more files than these are read, the newest first. Older ones stay where they are.
  private static let mostRead = 100

  private let path: String

  init(environment: [String: String] = ProcessInfo.processInfo.environment) {
    path = UserFolders.path("XDG_STATE_HOME", orHome: ".local/state", environment: environment) + "/sessions"
  }

  /// A new file for a session of a model. No other process uses it.
  func newFile(for model: String) -> String {
    let name = model.split(separator: "/").suffix(2).joined(separator: "-").map { character in
      character.isASCII && (character.isLetter || character.isNumber) || character == "." ? character : "-"
    }
    let number = String(UInt32.random(in: 0...UInt32.max), radix: 36)
    return "\(path)/\(String(name))-\(ProcessInfo.processInfo.processIdentifier)-\(number).jsonl"
  }

  /// The unfinished sessions, the newest first: those of one model, or all.
  func left(of model: String? = nil) -> [LeftSession] {
    let files = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { $0.hasSuffix(".jsonl") }
      .map { name in (path: "\(path)/\(name)", date: date(of: "\(path)/\(name)")) }
      .filter { !FileLock.isHeld(on: $0.path) }
      .sorted { $0.date > $1.date }
    var sessions: [LeftSession] = []
    for file in files.prefix(Self.mostRead) {
      guard let text = FileManager.default.contents(atPath: file.path),
        let outline = SessionFileReader.outline(Array(text), of: model), outline.steps > 0
      else { continue }
      sessions.append(
        LeftSession(
          path: file.path, model: outline.model, constants: outline.constants, steps: outline.steps,
          when: words(for: file.date)))
    }
    return sessions
  }

  private func date(of file: String) -> Date {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file)
    return attributes?[.modificationDate] as? Date ?? .distantPast
  }

  /// `14:03` for today, `2026-03-01 14:03` for other days.
  private func words(for date: Date) -> String {
    let parts = Calendar.current.dateComponents([.year, .month, .day, .hour, .minute], from: date)
    func padded(_ number: Int?, _ width: Int) -> String {
      let digits = String(number ?? 0)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let time = "\(padded(parts.hour, 2)):\(padded(parts.minute, 2))"
    if Calendar.current.isDateInToday(date) { return time }
    return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2)) \(time)"
  }
}

/// The folders for a user's files, by the XDG base directory specification.
enum UserFolders {
  /// The program's folder below the folder that a variable names, or below `orHome` in the home folder. A relative path in the variable is
  /// ignored, as the specification demands.
  static func path(_ variable: String, orHome: String, environment: [String: String]) -> String {
    if let folder = environment[variable], folder.hasPrefix("/") { return folder + "/synscope" }
    return (environment["HOME"] ?? NSHomeDirectory()) + "/" + orHome + "/synscope"
  }
}
