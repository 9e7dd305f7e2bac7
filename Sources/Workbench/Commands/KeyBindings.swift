/// The table of commands with the key changes of the user's configuration.
package struct KeyBindings: Sendable {
  /// In the table's order.
  package let commands: [Command]
  /// The commands of boxes and lists.
  let boxes: [Command]

  /// A key that the user gives to a command is removed from the commands that compete for it.
  package init(_ keys: [String: [Key]] = [:]) {
    guard !keys.isEmpty else {
      (commands, boxes) = (CommandTable.all, CommandTable.boxes)
      return
    }
    let rebound = CommandTable.withKeys.filter { keys[$0.name] != nil }
    func bound(_ command: Command) -> Command {
      if let own = keys[command.name] { return command.bound(to: own) }
      let left = command.keys.filter { key in
        !rebound.contains { (keys[$0.name] ?? []).contains(key) && $0.competes(with: command) }
      }
      return left.count == command.keys.count ? command : command.bound(to: left)
    }
    commands = CommandTable.all.map(bound)
    boxes = CommandTable.boxes.map(bound)
  }

  /// The command for a key in a pane; nil if there is none.
  package func command(for key: Key, in pane: Pane) -> Command? {
    let found = commands.filter { $0.keys.contains(key) }
    return found.first { $0.panes?.contains(pane) ?? false } ?? found.first { $0.panes == nil }
  }

  /// The command with an identity.
  package func command(_ id: Command.ID) -> Command? { commands.first { $0.id == id } }

  /// The keys that the bottom line shows for a command: its first key, and that of its partner.
  func hintKeys(_ command: Command) -> String {
    [command.keys.first, command.partner.flatMap { self.command($0) }?.keys.first].compactMap { $0?.text }
      .joined()
  }

  /// The first key of a command, or its name after a colon if it has no key.
  package func key(_ id: Command.ID) -> String {
    guard let command = command(id) else { return "" }
    return command.keys.first?.text ?? ":\(command.name)"
  }
}

extension Command {
  /// Whether a key of both commands would be ambiguous because they are for the same panes or boxes. A command for some panes or boxes takes
  /// precedence over one for all.
  fileprivate func competes(with other: Command) -> Bool {
    if boxes != nil || other.boxes != nil { return !(boxes ?? []).isDisjoint(with: other.boxes ?? []) }
    guard let panes else { return true }
    return other.panes.map { !panes.isDisjoint(with: $0) } ?? false
  }

  fileprivate func bound(to keys: [Key]) -> Command {
    Command(
      id, name, keys, summary, group: group, argument: argument, panes: panes, boxes: boxes,
      hint: keys.isEmpty ? nil : hint, with: partner)
  }
}
