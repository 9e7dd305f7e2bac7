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
    case foldActions
    case findText, nextText, previousText
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
  /// What it does, as a sentence without its full stop.
  package let summary: String
  package let group: Group
  package let argument: Argument
  /// The panes in which its keys mean this; nil for all. A command for some panes goes before one for all.
  package let panes: Set<Pane>?
  /// Its words in the bottom line; nil keeps it out of there.
  package let hint: String?
  /// The command that the bottom line shows together with it: forward beside back.
  package let partner: ID?

  /// How the keys are shown: `← h b`, or `1–9` for a row of them.
  package var keyText: String {
    keys.count > 4 ? "\(keys[0].text)–\(keys[keys.count - 1].text)" : keys.map(\.text).joined(separator: " ")
  }

  init(
    _ id: ID, _ name: String, _ keys: [Key], _ summary: String, group: Group,
    argument: Argument = .none, panes: Set<Pane>? = nil, hint: String? = nil, with partner: ID? = nil
  ) {
    self.id = id
    self.name = name
    self.keys = keys
    self.summary = summary
    self.group = group
    self.argument = argument
    self.panes = panes
    self.hint = hint
    self.partner = partner
  }
}
