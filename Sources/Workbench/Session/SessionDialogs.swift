// Keys while a dialog is open.
extension Session {
  mutating func pressInDialog(_ key: Key) -> [Effect] {
    guard let dialog = screen.dialog else { return [] }
    if bindings.leaves(key, isLine: dialog.box == nil) {
      if case .evaluation = dialog, runs.evaluating.running != nil { return stopEvaluating() }
      screen.dialog = nil
      if case .leftDeletion(let selected) = dialog { screen.dialog = .leftSessions(selected: selected) }
      return []
    }
    let command = dialog.box.flatMap { bindings.command(for: key, in: $0) }
    switch dialog {
    case .prompt(let prompt, let field): return press(key, in: prompt, field)
    case .commandLine(let field, let selected): return pressInCommandLine(key, field, selected: selected)
    case .evaluation(let field, let recalled): pressInEvaluation(key, field, recalled: recalled)
    case .help(let top): runInHelp(command, top: top)
    case .linkChooser(let selected): runInLinkChooser(command, key, selected: selected)
    case .leftSessions(let selected): return runInLeftSessions(command, selected: selected)
    case .leftDeletion(let selected): return runInLeftDeletion(command, selected: selected)
    case .quitConfirmation: return runInQuitConfirmation(command)
    case .listing(let listing): run(command, in: listing)
    case .opening(let opening): run(command, key, in: opening)
    case .branches(let dialog): runInBranches(command, dialog)
    case .comparison(let dialog): runInComparison(command, dialog)
    case .whatIfLink(let pair, let cutting): runInWhatIfLink(command, pair, cutting: cutting)
    case .note:
      // Any key closes the note. A key that is not meant for the note is then handled as usual.
      screen.dialog = nil
      return [.activate, .box(.pageOn), .box(.close)].contains(command) ? [] : press(key)
    }
    return []
  }

  mutating func handleInDialog(_ mouse: Mouse) -> [Effect] {
    switch (screen.dialog, mouse.kind) {
    case (.help(let top), .wheelUp): scrollHelp(top - 3)
    case (.help(let top), .wheelDown): scrollHelp(top + 3)
    case (.linkChooser, .click), (.linkChooser, .doubleClick):
      let count = linkPairs.count
      let width = (linkChoices.map(\.width).max() ?? 0) + 4
      let row = mouse.point.y - boxArea(Size(width: width, height: count + 2)).y - 1
      if row >= 0, row < count { chooseLink(row) }
    case (.listing(let listing), .wheelUp): move(listing, by: -3)
    case (.listing(let listing), .wheelDown): move(listing, by: 3)
    case (.branches(let list), .wheelUp): moveInBranches(list, by: -3)
    case (.branches(let list), .wheelDown): moveInBranches(list, by: 3)
    case (.branches(let list), .click), (.branches(let list), .doubleClick): click(mouse, in: list)
    case (.comparison(let pair), .wheelUp): scroll(pair, by: -3)
    case (.comparison(let pair), .wheelDown): scroll(pair, by: 3)
    case (.help, .click), (.note, .click): screen.dialog = nil
    default: break
    }
    return []
  }

  private mutating func scrollHelp(_ top: Int) {
    screen.dialog = .help(top: max(0, min(top, helpLines.count - helpHeight)))
  }

  private mutating func runInHelp(_ command: Command.ID?, top: Int) {
    switch command {
    case .up: scrollHelp(top - 1)
    case .down: scrollHelp(top + 1)
    case .pageUp: scrollHelp(top - helpHeight + 1)
    case .pageDown, .box(.pageOn): scrollHelp(top + helpHeight - 1)
    case .toStart: scrollHelp(0)
    case .toEnd: scrollHelp(helpLines.count)
    case .help, .box(.close), .activate: screen.dialog = nil
    case .findText: askForText()
    default: break
    }
  }

  private mutating func press(_ key: Key, in prompt: Dialog.Prompt, _ field: TextField) -> [Effect] {
    switch key {
    case .up, .down:
      if let line = recall(prompt.history, key) { screen.dialog = .prompt(prompt, TextField(line)) }
      return []
    case .tab where prompt.history == .path: return completePath(in: field)
    case .tab where prompt == .find:
      if let completed = completion(of: field).completing(field) {
        screen.dialog = .prompt(prompt, completed)
      }
      return []
    case .enter: break
    default:
      var field = field
      if field.edit(key) {
        screen.dialog = .prompt(prompt, field)
        startNewLine(prompt.history)
      }
      return []
    }
    screen.dialog = nil
    guard !field.text.allSatisfy({ $0 == " " }) else { return [] }
    screen.histories[prompt.history, default: LineHistory()].add(field.text)
    let effects = answer(prompt, with: field.text)
    keepRefused(.prompt(prompt, field))
    return effects
  }

  private mutating func answer(_ prompt: Dialog.Prompt, with text: String) -> [Effect] {
    note(prompt.command, text)
    switch prompt {
    case .goto: goto(text)
    case .savePath: return saveTrace(text)
    case .openPath: return openTrace(text)
    case .find: return find(text)
    case .branchName(let branch): rename(branch: branch, to: text)
    case .text(let inHelp): find(text: text, inHelp: inHelp)
    }
    return []
  }

  /// If a line could not be carried out, it stays open so that the user can correct it.
  private mutating func keepRefused(_ line: Dialog) {
    if screen.dialog == nil, screen.message?.kind == .wrong { screen.dialog = line }
  }

  /// The line that Up or Down recalls.
  private mutating func recall(_ kind: LineHistory.Kind, _ key: Key) -> String? {
    screen.histories[kind, default: LineHistory()].recall(key == .up ? 1 : -1)
  }

  private mutating func startNewLine(_ kind: LineHistory.Kind) {
    screen.histories[kind]?.forgetRecalled()
    screen.fileNames = []
  }

  // MARK: The command line

  private mutating func pressInCommandLine(_ key: Key, _ field: TextField, selected: Int) -> [Effect] {
    var field = field
    let entries = completions(of: field)
    switch key {
    case .up, .down:
      // Down moves through the list from its first entry. Up from the first entry recalls the lines that were typed before.
      let isRecalling = (screen.histories[.command]?.recalled ?? 0) > 0
      if entries.isEmpty || isRecalling || key == .up && selected == 0 {
        if let line = recall(.command, key) { screen.dialog = .commandLine(TextField(line), selected: 0) }
      } else {
        let next = selected + (key == .up ? -1 : 1)
        screen.dialog = .commandLine(field, selected: max(0, min(entries.count - 1, next)))
      }
    case .tab where entries.isEmpty:
      if takesPath(field) { return completePath(in: field) }
      if let completed = argumentCompletion(of: field)?.completing(field) {
        screen.dialog = .commandLine(completed, selected: 0)
      }
    case .tab:
      guard entries.indices.contains(selected) else { return [] }
      screen.dialog = .commandLine(TextField(entries[selected].completion), selected: 0)
    case .backspace where field.isEmpty: screen.dialog = nil
    case .enter:
      screen.dialog = nil
      screen.histories[.command, default: LineHistory()].add(field.text)
      let effects = runLine(field.text, selected: selected)
      // A command without an argument cannot be corrected.
      let name = field.text.prefix { $0 != " " }
      if field.text.contains(" ") || !CommandTable.all.contains(where: { $0.name == name }) {
        keepRefused(.commandLine(field, selected: 0))
      }
      return effects
    default:
      if field.edit(key) {
        screen.dialog = .commandLine(field, selected: 0)
        startNewLine(.command)
      }
    }
    return []
  }

  /// Runs a command line. If no command has the name, it stands for the selected entry among those that match it.
  private mutating func runLine(_ text: String, selected: Int) -> [Effect] {
    var line = Session.withMarkAfterName(text)
    let entries = completions(of: TextField(line))
    let isCommand = CommandTable.all.contains { $0.name == line }
    if entries.indices.contains(selected), selected > 0 || !line.isEmpty && !isCommand {
      line = entries[selected].line
    }
    let words = line.split(separator: " ", maxSplits: 1)
    guard let name = words.first.map(String.init) else { return [] }
    guard let command = CommandTable.named(name) else {
      screen.message = Message("there is no command \(name): \(bindings.key(.help)) lists them", .wrong)
      return []
    }
    return run(command, argument: words.count > 1 ? String(words[1]) : nil)
  }

  /// `save! PATH`, the form that editors use, as `save !PATH`.
  static func withMarkAfterName(_ line: String) -> String {
    for name in ["save", "record"] where line.hasPrefix(name + "!") {
      return "\(name) !\(line.dropFirst(name.count + 1))"
    }
    return line
  }

  // MARK: Questions

  private mutating func runInLinkChooser(_ command: Command.ID?, _ key: Key, selected: Int) {
    let count = linkPairs.count
    switch command {
    case .up: screen.dialog = .linkChooser(selected: max(0, selected - 1))
    case .down: screen.dialog = .linkChooser(selected: min(count - 1, selected + 1))
    case .activate: chooseLink(selected)
    case .takeNumbered: if let number = key.digit, number <= count { chooseLink(number - 1) }
    default: break
    }
  }

  private mutating func chooseLink(_ index: Int) {
    screen.dialog = nil
    toggle(linkPairs[index])
  }

  private mutating func runInQuitConfirmation(_ command: Command.ID?) -> [Effect] {
    switch command {
    case .quit, .box(.confirm): return quit()
    case .saveTrace:
      screen.dialog = nil
      return saveTrace(nil)
    case .box(.refuse): screen.dialog = nil
    default: break
    }
    return []
  }
}
