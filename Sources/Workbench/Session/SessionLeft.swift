// Sessions that were left behind.
extension Session {
  /// From this many left sessions on, the user is told: they are kept until the user deletes them.
  private static let manyLeft = 20

  /// Tells the user of sessions of this model that were left behind, the newest first. Those of other models are only listed.
  package mutating func offer(_ left: [LeftSession], elsewhere: [LeftSession] = []) {
    disk.left = left
    disk.leftElsewhere = elsewhere
    guard let newest = left.first else { return }
    // The offer must not hide a message about something wrong.
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

  /// Restores the session that was left, or asks which one when there are several. Without one, lists those of other models.
  package mutating func restoreLeft() -> [Effect] {
    if disk.left.count == 1 { return restore(disk.left[0]) }
    if listedLeft.isEmpty {
      screen.message = Message("no session was left behind")
    } else {
      screen.dialog = .leftSessions(selected: 0)
    }
    return []
  }

  /// The sessions of the list: those of this model, then those of others.
  private var listedLeft: [LeftSession] { disk.left + disk.leftElsewhere }

  /// Asks for a session's file to be read and, with other constants, for the model to be loaded with them.
  package func restore(_ left: LeftSession) -> [Effect] {
    let reload: [Effect] =
      left.constants == options.constants ? [] : [.reload(constants: left.constants, startsOver: true)]
    return reload + [.open(path: left.path)]
  }

  mutating func runInLeftSessions(_ command: Command.ID?, selected: Int) -> [Effect] {
    switch command {
    case .up: screen.dialog = .leftSessions(selected: max(0, selected - 1))
    case .down:
      screen.dialog = .leftSessions(selected: min(listedLeft.count - 1, selected + 1))
    case .activate:
      screen.dialog = nil
      let chosen = listedLeft[selected]
      return selected < disk.left.count ? restore(chosen) : leavingEffects() + [.openLeft(chosen)]
    case .box(.delete): screen.dialog = .leftDeletion(selected: selected)
    case .box(.close): screen.dialog = nil
    default: break
    }
    return []
  }

  /// The answer to the question whether to delete a session. Only the key for yes deletes it, because nothing brings it back.
  mutating func runInLeftDeletion(_ command: Command.ID?, selected: Int) -> [Effect] {
    screen.dialog = .leftSessions(selected: selected)
    guard command == .box(.confirm) else { return [] }
    let deleted = listedLeft[selected]
    disk.left.removeAll { $0 == deleted }
    disk.leftElsewhere.removeAll { $0 == deleted }
    screen.dialog =
      listedLeft.isEmpty ? nil : .leftSessions(selected: min(selected, listedLeft.count - 1))
    screen.message = Message("the session of \(deleted.when) is deleted")
    return [.remove(path: deleted.path)]
  }

  func drawLeftDeletion(_ selected: Int, on grid: inout Grid) {
    drawBox(
      "Delete this session?",
      [
        leftSessionLines[selected], "",
        key(bindings.key(.box(.confirm), in: .deletion)) + "  delete it for good",
        key(bindings.key(.box(.refuse), in: .deletion)) + "  keep it",
      ], on: &grid)
  }

  /// The lines of the list of left sessions.
  var leftSessionLines: [StyledLine] {
    let width = listedLeft.map(\.when.count).max() ?? 0
    return listedLeft.enumerated().map { index, left in
      let constants = left.constants.isEmpty ? "" : "  \(left.constants.joined(separator: ", "))"
      let model = index < disk.left.count ? "" : "\(left.model), "
      return StyledLine(" \(left.when)").padded(to: width + 3)
        + StyledLine("\(model)\(Wording.count(left.steps, "step"))\(constants) ")
    }
  }
}
