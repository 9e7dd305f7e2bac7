/// A command of the user. The keys, the help, the completion after `:` and the bottom line all come from one table, `CommandTable.all`.
package struct Command: Sendable {
  package enum ID: Hashable, Sendable {
    case up, down, pageUp, pageDown, nextPane, previousPane
    case activate, takeNumbered, back, forward, open, close, toStart, toEnd, goto, initial
    case undo, redo
    case toggleLink
    case check, checkHere, checkAll, pauseCheck, nextViolation, previousViolation
    case saveTrace, openTrace, copy
    case evaluate, watch, unwatch, removeWatch, history, slice, showSource
    case find, danger, inevitable
    case branches, renameBranch, deleteBranch
    case whatIf, walk, play
    case edit, reload, setConstant, restore
    case openModel, beside
    case log, logDeparture
    case record, caption
    case present, keys
    case spaceTime, lanesLeft, lanesRight
    case pane(Pane)
    case foldActions, showAlias
    case findText, nextText, previousText
    case zoom, size, previousSize, narrower, wider, shorter, taller, usualSizes
    case box(BoxAction)
    case help, commandLine, escape, redraw, suspend, quit
  }

  /// The argument of a command on the `:` line.
  package enum Argument: Sendable, Hashable {
    case none
    /// The argument may be left out. The word describes it.
    case optional(String)
    case required(String)
  }

  /// The heading of the command in the help.
  package enum Group: String, Sendable, CaseIterable {
    case step = "Stepping"
    case check = "Checking"
    case look = "Looking"
    case model = "The model"
    case files = "Traces and files"
    case program = "The program"
    case box = "In lists and boxes"
    case tour = "The tour"
  }

  package let id: ID
  /// The name to type after `:`.
  package let name: String
  package let keys: [Key]
  /// What the command does, as a sentence without its full stop.
  package let summary: String
  package let group: Group
  package let argument: Argument
  /// The panes in which the keys have this meaning; nil for all. A command for some panes takes precedence over one for all.
  package let panes: Set<Pane>?
  /// The boxes in which the keys have this meaning; nil for a command of the panes.
  package let boxes: Set<BoxKind>?
  /// The words for the bottom line; nil if the command is not shown there.
  package let hint: String?
  /// The command that the bottom line shows together with this one, such as forward with back.
  package let partner: ID?

  /// The keys as text: `← h b`, or `1–9` for a row of keys.
  package var keyText: String {
    keys.count > 4 ? "\(keys[0].text)–\(keys[keys.count - 1].text)" : keys.map(\.text).joined(separator: " ")
  }

  init(
    _ id: ID, _ name: String, _ keys: [Key], _ summary: String, group: Group,
    argument: Argument = .none, panes: Set<Pane>? = nil, boxes: Set<BoxKind>? = nil, hint: String? = nil,
    with partner: ID? = nil
  ) {
    self.id = id
    self.name = name
    self.keys = keys
    self.summary = summary
    self.group = group
    self.argument = argument
    self.panes = panes
    self.boxes = boxes
    self.hint = hint
    self.partner = partner
  }
}
