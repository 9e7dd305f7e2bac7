import Testing

/// Reading the workbench's screen in tests, and acting on it.
extension TmuxTerminal {
  /// Takes an action by its number in the Actions pane, and waits for the next step.
  func take(_ action: String, step: Int) async throws {
    let screen = try await wait(until: "\(action) with a number") { $0.number(of: action) != nil }
    let number = try #require(screen.number(of: action))
    try await press("\(number)")
    try await waitForStep(step)
  }

  /// Presses a key and waits for a step's number in the top line.
  @discardableResult
  func press(_ key: String, step: Int) async throws -> Screen {
    try await press(key)
    return try await waitForStep(step)
  }

  @discardableResult
  func waitForStep(_ step: Int) async throws -> Screen {
    try await wait(until: "step \(step)") { $0.step == step }
  }

  /// Waits until some row shows all of these texts.
  @discardableResult
  func waitForRow(_ texts: String...) async throws -> Screen {
    try await wait(until: "a row with \(texts)") { screen in
      screen.rows.contains { row in texts.allSatisfy(row.contains) }
    }
  }

  /// Types a command after `:` and runs it.
  func run(_ command: String) async throws {
    try await press(":")
    try await wait(for: "Tab completes")
    try await type(command)
    // Trailing blanks are not visible.
    try await wait(for: ":" + command.reversed().drop { $0 == " " }.reversed())
    try await press("Enter")
  }

  /// Waits for a complete screen of the workbench. Its last line is drawn last.
  @discardableResult
  func waitForWorkbench() async throws -> Screen {
    try await wait(until: "the workbench") { screen in
      screen.contains("Actions") && screen.rows.last { !$0.isEmpty }?.contains("? help") == true
    }
  }
}

extension TmuxTerminal.Screen {
  /// The number of the current step in the top line.
  var step: Int? {
    guard let top = rows.first, let start = top.firstRange(of: "step ") else { return nil }
    return Int(top[start.upperBound...].prefix { $0.isNumber })
  }

  /// The digit before an action in the Actions pane; nil if the action is missing or not enabled.
  func number(of action: String) -> Int? {
    guard
      let heading = rows.lazy.compactMap({ $0.firstRange(of: "▸Actions")?.lowerBound.utf16Offset(in: $0) })
        .first
    else { return nil }
    for row in rows where row.utf16.count > heading {
      let words = String(decoding: Array(row.utf16)[(heading - 1)...], as: UTF16.self)
        .split { " │┃▸".contains($0) }.prefix(2)
      if words.count == 2, words[1] == action { return Int(words[0]) }
    }
    return nil
  }

  /// Whether a row shows all of these texts.
  func hasRow(_ texts: String...) -> Bool {
    rows.contains { row in texts.allSatisfy(row.contains) }
  }
}
