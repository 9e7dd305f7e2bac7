// Scripts of commands.
extension Session {
  /// Carries out lines as they are typed after `:`. Names must be complete. Each line waits until the work that the one before it began has
  /// ended, so `violation` may follow `check`. A line that is refused ends the script. Empty lines and lines that begin with `#` are left out.
  package mutating func obey(_ lines: [String]) -> [Effect] {
    script = Script()
    script.lines = lines
    return goOnWithScript()
  }

  package var isObeying: Bool { script.isRunning }

  /// The position of the line that was refused, and why; nil if every line was carried out so far.
  package var refusedLine: (position: Int, reason: String)? {
    script.refusal.map { ($0.line, $0.reason) }
  }

  /// Carries out the next lines until one begins work that takes long.
  mutating func goOnWithScript() -> [Effect] {
    var effects: [Effect] = []
    while script.isRunning, !isAtWork {
      if let command = script.current {
        script.current = nil
        if let reason = refusal(of: command) { refuseLine(because: reason) }
        continue
      }
      let line = script.lines[script.next]
      script.next += 1
      guard !line.trimmingBlanks.isEmpty, !line.trimmingBlanks.hasPrefix("#") else { continue }
      effects += carryOut(line)
    }
    return effects
  }

  private mutating func carryOut(_ line: String) -> [Effect] {
    let line = Session.withMarkAfterName(line)
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let command = CommandTable.all.first(where: { $0.name == words.first }) else {
      refuseLine(because: "there is no command \(words.first ?? "")")
      return []
    }
    settleMotion()
    screen.dialog = nil
    screen.message = nil
    script.current = command
    script.cursorBefore = cursor
    let effects = run(command, argument: words.count > 1 ? words[1] : nil) + evaluationEffects()
    guard effects.contains(where: \.loadsModel) else { return effects }
    script.awaitsModel = true
    // The model is loaded before this arrives.
    return effects + [.wake(afterMilliseconds: 0)]
  }

  private mutating func refuseLine(because reason: String) {
    let line = script.lines[script.next - 1]
    script.refusal = Script.Refusal(line: script.next - 1, reason: reason)
    script.next = script.lines.count
    screen.message = Message("\(line): \(reason)", .wrong)
  }

  /// Why the last command did not do what it says; nil if it did.
  private func refusal(of command: Command) -> String? {
    switch screen.dialog {
    case .prompt, .commandLine, .linkChooser, .whatIfLink, .opening, .quitConfirmation:
      return screen.message?.text ?? "\(command.name) asks a question"
    default: break
    }
    switch command.id {
    case .check, .checkHere, .checkAll:
      // These commands look for a violation.
      if case .failed(let text) = runs.check.phase { return text }
      return nil
    case .activate, .takeNumbered, .back, .forward, .toggleLink, .nextViolation, .previousViolation, .find,
      .walk:
      if cursor == script.cursorBefore, screen.message?.kind != .violation {
        return screen.message?.text ?? "\(command.name) did nothing"
      }
    default: break
    }
    return screen.message.flatMap { $0.kind == .wrong ? $0.text : nil }
  }

  /// Whether something runs that the next line must wait for.
  private var isAtWork: Bool {
    switch runs.check.phase {
    case .running, .stopping: return true
    case .idle, .paused, .ended, .failed: break
    }
    return runs.search.isRunning || runs.evaluating.isBusy || runs.job != nil || runs.motion.isMoving
      || disk.openedPath != nil || script.awaitsModel || runs.log.isBusy
  }

  /// Drops the lines that are left.
  mutating func stopObeying() {
    script.current = nil
    script.next = script.lines.count
  }
}
