import Foundation
import Subprocess

/// A real terminal without a window: tmux, with a server of its own, in which one program runs.
///
/// ```swift
/// try await TmuxTerminal.with(arguments: ["syn/part1"], width: 120, height: 34) { terminal in
///   try await terminal.wait(for: "Actions")
///   try await terminal.press("Down", "Enter")
///   #expect(try await terminal.wait(for: "step 1").contains("Register(n1)"))
///   try await terminal.press("q")
///   #expect(try await terminal.exitCode() == 0)
/// }
/// ```
struct TmuxTerminal {
  /// The content of the terminal.
  struct Screen: CustomStringConvertible {
    /// The rows from the top, without trailing blanks.
    let rows: [String]
    var text: String { rows.joined(separator: "\n") }
    var description: String { text }
    func contains(_ text: String) -> Bool { rows.contains { $0.contains(text) } }
  }

  /// The expected screen did not appear.
  struct Timeout: Error, CustomStringConvertible {
    let expectation: String
    let screen: Screen
    var description: String { "waited in vain for \(expectation); the screen:\n\(screen)" }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// How long to wait for something that should come at once. It only has to be long enough for a busy machine.
  static let patience = Duration.seconds(15)
  private static let pollInterval = Duration.milliseconds(10)

  /// The name of the server's socket.
  private let socket: String

  /// Runs `synscope` in a new terminal while `body` runs. The terminal is always closed afterwards.
  static func with<Result>(
    arguments: [String] = [], width: Int = 120, height: Int = 34, environment: [String: String] = [:],
    in folder: String? = nil, _ body: (TmuxTerminal) async throws -> Result
  ) async throws -> Result {
    try await with(
      command: [SynscopeBinary.path()] + arguments, width: width, height: height, environment: environment,
      in: folder,
      body)
  }

  /// The same for any command, such as a shell for tests of job control.
  static func with<Result>(
    command: [String], width: Int = 120, height: Int = 34, environment: [String: String] = [:],
    in folder: String? = nil,
    _ body: (TmuxTerminal) async throws -> Result
  ) async throws -> Result {
    let terminal = TmuxTerminal(socket: "synscope-test-\(UUID().uuidString)")
    do {
      try await terminal.start(command, width, height, environment, folder)
      let result = try await body(terminal)
      await terminal.close()
      return result
    } catch {
      await terminal.close()
      throw error
    }
  }

  private func start(
    _ command: [String], _ width: Int, _ height: Int, _ environment: [String: String], _ folder: String?
  ) async throws {
    // The tests must not read or write the user's own sessions and settings.
    let home = FileManager.default.temporaryDirectory.appendingPathComponent(socket).path
    var variables = [
      "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": home + "/state", "XDG_CONFIG_HOME": home + "/config",
    ]
    variables.merge(environment) { $1 }
    // After a program has ended, its last screen and its exit code remain. Options come before the program, because it may end at once.
    var arguments = [
      "set-option", "-g", "remain-on-exit", "on", ";", "set-option", "-g", "remain-on-exit-format", "", ";",
      "set-option", "-g", "default-terminal", "screen-256color", ";", "set-option", "-g", "status", "off",
      ";",
      "set-option", "-s", "escape-time", "0", ";", "new-session", "-d", "-x", "\(width)", "-y", "\(height)",
    ]
    for (name, value) in variables.sorted(by: { $0.key < $1.key }) {
      arguments += ["-e", "\(name)=\(value)"]
    }
    if let folder { arguments += ["-c", folder] }
    try await tmux(["start-server", ";"] + arguments + ["--"] + command)
  }

  // MARK: User actions

  /// Presses keys by their tmux names: `Enter`, `Escape`, `Up`, `C-z`, `BTab`, `F1`, or a character.
  func press(_ keys: String...) async throws {
    try await tmux(["send-keys", "--"] + keys.map(Self.argument))
  }

  /// Types a text, character by character.
  func type(_ text: String) async throws { try await tmux(["send-keys", "-l", "--", Self.argument(text)]) }

  /// Pastes a text, as a bracketed paste if the program has requested that.
  func paste(_ text: String) async throws {
    try await tmux(["set-buffer", "--", Self.argument(text), ";", "paste-buffer", "-p"])
  }

  /// Presses and releases the left mouse button in a cell, counted from 0.
  func click(x: Int, y: Int) async throws {
    try await type("\u{1B}[<0;\(x + 1);\(y + 1)M\u{1B}[<0;\(x + 1);\(y + 1)m")
  }

  /// Presses the left mouse button in a cell, moves to another, and releases it there.
  func drag(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) async throws {
    try await type("\u{1B}[<0;\(start.x + 1);\(start.y + 1)M")
    try await type("\u{1B}[<32;\(end.x + 1);\(end.y + 1)M\u{1B}[<0;\(end.x + 1);\(end.y + 1)m")
  }

  /// Turns the mouse wheel by one notch over a cell.
  func turnWheel(up: Bool, x: Int, y: Int) async throws {
    try await type("\u{1B}[<\(up ? 64 : 65);\(x + 1);\(y + 1)M")
  }

  func resize(width: Int, height: Int) async throws {
    try await tmux(["resize-window", "-x", "\(width)", "-y", "\(height)"])
  }

  /// Closes the terminal while the program runs, as closing a window does.
  func close() async {
    // A separate task runs even if the test was cancelled.
    await Task { _ = try? await tmux(["kill-server"]) }.value
  }

  // MARK: The screen

  func screen() async throws -> Screen {
    let text = try await tmux(["capture-pane", "-p"])
    var rows = text.split(separator: "\n", omittingEmptySubsequences: false).map { row in
      String(row.reversed().drop { $0 == " " }.reversed())
    }
    if rows.last == "" { rows.removeLast() }
    return Screen(rows: rows)
  }

  /// The screen with its colour sequences.
  func styledText() async throws -> String { try await tmux(["capture-pane", "-p", "-e"]) }

  /// Waits until the screen shows a text in one row, and returns that screen.
  @discardableResult
  func wait(for text: String) async throws -> Screen {
    try await wait(until: "“\(text)”") { $0.contains(text) }
  }

  /// Waits until the screen no longer shows a text.
  @discardableResult
  func waitUntilGone(_ text: String) async throws -> Screen {
    try await wait(until: "“\(text)” to go") { !$0.contains(text) }
  }

  /// Waits until the screen is as expected, and returns it. `expectation` describes this for the error message.
  @discardableResult
  func wait(until expectation: String, _ predicate: (Screen) -> Bool) async throws -> Screen {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      let screen = try await screen()
      if predicate(screen) { return screen }
      guard ContinuousClock.now < deadline else { throw Timeout(expectation: expectation, screen: screen) }
      try await Task.sleep(for: Self.pollInterval)
    }
  }

  // MARK: The program

  var processIdentifier: Int32 {
    get async throws {
      let text = try await format("#{pane_pid}")
      guard let number = Int32(text) else { throw Failure(description: "no process: \(text)") }
      return number
    }
  }

  /// The device that the program reads and writes.
  var deviceName: String {
    get async throws { try await format("#{pane_tty}") }
  }

  /// Waits until the program has ended, and returns its exit code; 128 plus the signal's number if a signal ended it.
  func exitCode() async throws -> Int32 {
    let deadline = ContinuousClock.now + Self.patience
    while true {
      let words = try await format("#{pane_dead} #{pane_dead_status} #{pane_dead_signal}").split(
        separator: " ", omittingEmptySubsequences: false)
      if words.count == 3, words[0] == "1" {
        if let signal = Int32(words[2]) { return 128 + signal }
        if let code = Int32(words[1]) { return code }
        // tmux sometimes misses that a child has ended. The end of another child makes it check all of them.
        try await tmux(["run-shell", "true"])
      }
      guard ContinuousClock.now < deadline else {
        // The state of the process shows whether the program hangs or the terminal has not noticed its end.
        let state = ProcessState.description(of: try await processIdentifier)
        throw Timeout(expectation: "the program to end (\(words), \(state))", screen: try await screen())
      }
      try await Task.sleep(for: Self.pollInterval)
    }
  }

  /// Whether the alternate screen is shown, the cursor is hidden, and mouse reports are on. A program must undo all three.
  func modes() async throws -> (alternate: Bool, cursorHidden: Bool, mouse: Bool) {
    let words = try await format("#{alternate_on} #{cursor_flag} #{mouse_any_flag}").split(separator: " ")
    guard words.count == 3 else { throw Failure(description: "no modes: \(words)") }
    return (words[0] == "1", words[1] == "0", words[2] == "1")
  }

  /// tmux takes a semicolon at the end of an argument for the end of a command.
  private static func argument(_ text: String) -> String {
    text.hasSuffix(";") ? text.dropLast() + "\\;" : text
  }

  private func format(_ format: String) async throws -> String {
    var text = try await tmux(["display-message", "-p", format])
    if text.hasSuffix("\n") { text.removeLast() }
    return text
  }

  @discardableResult
  private func tmux(_ arguments: [String]) async throws -> String {
    let output = try await SynscopeCommand.runProgram(
      .name("tmux"), ["-u", "-L", socket, "-f", "/dev/null"] + arguments,
      // The program must see neither the terminal that runs the tests nor a tmux around it.
      environment: [
        "TMUX": nil, "TERM": "screen-256color", "NO_COLOR": nil, "COLORTERM": nil, "LC_ALL": "C.UTF-8",
      ])
    guard output.exitCode == 0 else {
      throw Failure(description: "tmux \(arguments.joined(separator: " ")): \(output.standardError)")
    }
    return output.standardOutput
  }
}
