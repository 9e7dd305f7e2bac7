extension KeyBindings {
  /// The meaning that a key has only in a box.
  func ownCommand(for key: Key, in box: BoxKind) -> Command.ID? {
    boxes.first { $0.keys.contains(key) && $0.boxes?.contains(box) ?? false }?.id
  }

  /// The meaning of a key in a box: that of the box, else that of the panes. A key that the user gave to nothing else keeps its usual
  /// meaning, so arrows, Enter and Esc always work.
  func command(for key: Key, in box: BoxKind) -> Command.ID? {
    if let own = ownCommand(for: key, in: box) { return own }
    let general = commands.first { $0.panes == nil && $0.keys.contains(key) }
    return general?.id ?? CommandTable.all.first { $0.panes == nil && $0.keys.contains(key) }?.id
  }

  /// The key to name for a command in a box: the first that has this meaning there.
  func key(_ id: Command.ID, in box: BoxKind) -> String {
    let own = (boxes + commands).first { $0.id == id }?.keys ?? []
    let usual = (CommandTable.boxes + CommandTable.all).first { $0.id == id }?.keys ?? []
    return (own + usual).first { command(for: $0, in: box) == id }?.text ?? ""
  }

  /// `↑↓`: two keys as one text.
  func keys(_ first: Command.ID, _ second: Command.ID, in box: BoxKind) -> String {
    key(first, in: box) + key(second, in: box)
  }

  /// Whether a key leaves what is open. On a line, a key that types a character does not.
  func leaves(_ key: Key, isLine: Bool) -> Bool {
    if key == .control("c") || key == .escape && command(for: key, in: .note) == .escape { return true }
    return !(isLine && key.isTyped) && command(.escape)?.keys.contains(key) ?? false
  }

  /// The key to name for leaving a line.
  var leavingKey: String {
    command(.escape)?.keys.first { !$0.isTyped }?.text ?? Key.escape.text
  }
}
