// Typed paths.
extension Session {
  /// The path for the system: `~` becomes the user's home.
  func expanded(_ path: String) -> String {
    guard !options.home.isEmpty, path == "~" || path.hasPrefix("~/") else { return path }
    return options.home + path.dropFirst()
  }

  /// Whether the text on the command line is the path of a file.
  func takesPath(_ field: TextField) -> Bool {
    guard field.text.contains(" "), let name = field.text.split(separator: " ").first,
      let command = CommandTable.named(String(name))
    else { return false }
    return [.saveTrace, .openTrace, .record, .log].contains(command.id)
  }

  /// Requests the names of the files that begin with the path before the cursor.
  mutating func completePath(in field: TextField) -> [Effect] {
    var field = field
    // The home is a folder, not the beginning of a name.
    if typedPath(in: field) == "~", !options.home.isEmpty {
      field.insert("/")
      continueEditing(field)
    }
    return [.listFiles(path: expanded(typedPath(in: field)))]
  }

  /// Puts a path that was completed back into the line that is open.
  private mutating func continueEditing(_ field: TextField) {
    switch screen.dialog {
    case .prompt(let prompt, _): screen.dialog = .prompt(prompt, field)
    default: screen.dialog = .commandLine(field, selected: 0)
    }
  }

  /// The path before the cursor. On the command line it follows the command's name.
  private func typedPath(in field: TextField) -> String {
    var text = field.textBeforeCursor[...]
    if case .commandLine = screen.dialog { text = text.drop { $0 != " " }.drop { $0 == " " || $0 == "!" } }
    return String(text)
  }

  /// Completes the typed path as far as all candidates agree. `names` are the names in its folder; folders end in `/`.
  mutating func complete(path: String, names: [String]) {
    let field: TextField
    switch screen.dialog {
    case .prompt(let prompt, let text) where prompt.history == .path: field = text
    case .commandLine(let text, _) where takesPath(text): field = text
    default: return
    }
    let typed = typedPath(in: field)
    guard expanded(typed) == path else { return }
    guard let first = names.first else {
      screen.message = Message("no file begins with \(typed)", .wrong)
      return
    }
    let stem = typed.split(separator: "/", omittingEmptySubsequences: false).last.map(String.init) ?? ""
    let common = names.dropFirst().reduce(first) { common, name in
      String(zip(common, name).prefix { $0 == $1 }.map(\.0))
    }
    var completed = field
    completed.replaceBeforeCursor(stem.count, with: common)
    screen.fileNames = names.count > 1 ? names : []
    continueEditing(completed)
  }
}
