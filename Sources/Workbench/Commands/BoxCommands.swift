/// The kinds of boxes and lists over the panes that have keys of their own.
package enum BoxKind: String, CaseIterable, Hashable, Sendable {
  case start = "the start screen"
  case help
  case listing = "a listing"
  case links = "the links"
  case opening = "a question about a trace"
  case leftSessions = "the left sessions"
  case branches = "the branches"
  case comparison = "a comparison"
  case whatIf = "a what-if question"
  case quit = "the question before the end"
  case note = "a note"
  case play = "a play"
}

/// What a key does only in some boxes.
package enum BoxAction: Hashable, Sendable {
  case close, pageOn
  case rename, delete, mark, compare
  case confirm, refuse
  case pausePlay, faster, slower, stepOn
}

extension CommandTable {
  /// The commands of boxes and lists. There, moving, choosing, closing and undoing have the keys that they have in panes.
  package static let boxes: [Command] = [
    box(
      .close, "box-close", [.character("q")], "Close",
      in: [.help, .listing, .leftSessions, .branches, .comparison, .note]),
    box(.pageOn, "box-page", [.character(" ")], "Move down a page", in: [.help, .listing, .note]),
    box(.rename, "box-rename", [.character("r")], "Name the selected branch", in: [.branches]),
    box(
      .delete, "box-delete", [.character("d"), .delete], "Delete the selected one",
      in: [.branches, .leftSessions, .start]),
    box(.mark, "box-mark", [.character(" ")], "Mark the selected branch", in: [.branches]),
    box(.compare, "box-compare", [.character("c")], "Compare two branches", in: [.branches]),
    box(.confirm, "box-yes", [.character("y")], "Do it", in: [.quit, .whatIf]),
    box(.refuse, "box-no", [.character("n")], "Leave it", in: [.quit, .whatIf]),
    box(.pausePlay, "play-pause", [.character(" ")], "Let the play wait, or go on", in: [.play]),
    box(.faster, "play-faster", [.character("+"), .character("=")], "Play faster", in: [.play]),
    box(.slower, "play-slower", [.character("-")], "Play more slowly", in: [.play]),
    box(.stepOn, "play-step", [.character(".")], "Let the play wait, and go on by a step", in: [.play]),
  ]

  private static func box(
    _ action: BoxAction, _ name: String, _ keys: [Key], _ summary: String, in boxes: Set<BoxKind>
  ) -> Command {
    Command(.box(action), name, keys, summary, group: .box, boxes: boxes)
  }
}

extension KeyBindings {
  /// The meaning of a key in a box: that of the box, else that of the panes. A key that the user gave to nothing else keeps its usual
  /// meaning, so arrows, Enter and Esc always work.
  func command(for key: Key, in box: BoxKind) -> Command.ID? {
    if let own = boxes.first(where: { $0.keys.contains(key) && $0.boxes?.contains(box) ?? false }) {
      return own.id
    }
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
