// Sessions that were left behind.
extension Session {
  /// So many left sessions are worth a word: they are kept until the user deletes them.
  private static let manyLeft = 20

  /// Tells the user of sessions that were left behind, the newest first.
  package mutating func offer(_ left: [LeftSession]) {
    disk.left = left
    guard let newest = left.first else { return }
    // What is wrong elsewhere is not to be lost behind it.
    if let message = screen.message, message.kind == .wrong, screen.dialog == nil {
      screen.dialog = .note(title: "Note", text: message.text)
    }
    let key = bindings.key(.restore)
    let steps = Wording.count(newest.steps, "step")
    screen.message = Message(
      left.count == 1
        ? "a session of \(newest.when) with \(steps) was left: \(key) restores it"
        : "\(left.count) sessions were left, the last at \(newest.when) with \(steps): \(key) lists them"
          + (left.count > Session.manyLeft ? ", and deletes them" : ""))
  }

  /// Restores the session that was left, or asks which one when there are several.
  package mutating func restoreLeft() -> [Effect] {
    switch disk.left.count {
    case 0: screen.message = Message("no session of this model was left behind")
    case 1: return restore(disk.left[0])
    default: screen.dialog = .leftSessions(selected: 0)
    }
    return []
  }

  /// Asks for a session's file to be read and, with other constants, for the model to be loaded with them.
  package func restore(_ left: LeftSession) -> [Effect] {
    let reload: [Effect] =
      left.constants == options.constants ? [] : [.reload(constants: left.constants, startsOver: true)]
    return reload + [.open(path: left.path)]
  }

  mutating func pressInLeftSessions(_ key: Key, selected: Int) -> [Effect] {
    switch key {
    case .up, .character("k"): screen.dialog = .leftSessions(selected: max(0, selected - 1))
    case .down, .character("j"):
      screen.dialog = .leftSessions(selected: min(disk.left.count - 1, selected + 1))
    case .enter:
      screen.dialog = nil
      return restore(disk.left[selected])
    case .character("d"), .delete:
      let deleted = disk.left.remove(at: selected)
      screen.dialog = disk.left.isEmpty ? nil : .leftSessions(selected: min(selected, disk.left.count - 1))
      screen.message = Message("the session of \(deleted.when) is deleted")
      return [.remove(path: deleted.path)]
    case .character("q"): screen.dialog = nil
    default: break
    }
    return []
  }

  /// The lines of the list of left sessions.
  var leftSessionLines: [StyledLine] {
    disk.left.map { left in
      let constants = left.constants.isEmpty ? "" : "  \(left.constants.joined(separator: ", "))"
      return StyledLine(" \(left.when)  \(Wording.count(left.steps, "step"))\(constants) ")
    }
  }
}
