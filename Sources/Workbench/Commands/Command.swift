/// Something that the user can ask for. Keys, the help, the completion behind `:` and the bottom line are all made from
/// the one table of these, `CommandTable.all`.
package struct Command: Sendable {
  package enum ID: Hashable, Sendable {
    case up, down, pageUp, pageDown, nextPane, previousPane
    case activate, takeNumbered, back, forward, open, close, toStart, toEnd, goto, initial
    case undo, redo
    case toggleLink
    case check, checkHere, checkAll, pauseCheck, nextViolation, previousViolation
    case saveTrace, openTrace
    case evaluate, watch, unwatch, removeWatch, history, slice, showSource
    case find, danger, inevitable
    case branches, renameBranch, deleteBranch
    case whatIf, walk, play
    case edit, reload, setConstant, restore
    case spaceTime, lanesLeft, lanesRight
    case pane(Pane)
    case zoom, help, commandLine, escape, redraw, suspend, quit
  }

  /// What a command takes behind its name on the `:` line.
  package enum Argument: Sendable, Hashable {
    case none
    /// May be left out; the word says what it is.
    case optional(String)
    case required(String)
  }

  /// The heading under which the help lists it.
  package enum Group: String, Sendable, CaseIterable {
    case step = "Stepping"
    case check = "Checking"
    case look = "Looking"
    case model = "The model"
    case files = "Traces and files"
    case program = "The program"
  }

  package let id: ID
  /// The name behind `:`.
  package let name: String
  package let keys: [Key]
  /// How the keys are shown: `← h b`.
  package let keyText: String
  /// What it does, as a sentence without its full stop.
  package let summary: String
  package let group: Group
  package let argument: Argument
  /// The panes in which its keys mean this; nil for all. A command for some panes goes before one for all.
  package let panes: Set<Pane>?
  /// Its words in the bottom line; nil keeps it out of there.
  package let hint: String?
  /// The keys as the bottom line shows them.
  package let hintKeys: String

  init(
    _ id: ID, _ name: String, _ keys: [Key], _ keyText: String, _ summary: String, group: Group,
    argument: Argument = .none, panes: Set<Pane>? = nil, hint: String? = nil, hintKeys: String? = nil
  ) {
    self.id = id
    self.name = name
    self.keys = keys
    self.keyText = keyText
    self.summary = summary
    self.group = group
    self.argument = argument
    self.panes = panes
    self.hint = hint
    self.hintKeys = hintKeys ?? keyText
  }
}
