/// All commands with their keys.
package enum CommandTable {
  package static let all: [Command] =
    stepping + exploring + checking + looking + panes + model + files + program

  private static let stepping: [Command] = [
    Command(
      .activate, "take", [.enter],
      "Take the selected action; in Trace go to the step, in Checker to the violation, in State open or close",
      group: .step, argument: .optional("action"),
      hint: "take"),
    Command(
      .takeNumbered, "take-number", "123456789".map(Key.character), "Take the action with that number",
      group: .step,
      argument: .required("number"), hint: "take"),
    Command(
      .close, "close", [.left, .character("h")], "Close the value", group: .look, panes: [.state],
      hint: "open and close", with: .open),
    Command(
      .open, "unfold", [.right, .character("l")], "Open the value", group: .look, panes: [.state]),
    Command(
      .back, "back", [.left, .character("h"), .character("b")], "Go back a step", group: .step,
      hint: "step", with: .forward),
    Command(
      .forward, "forward", [.right, .character("l"), .character("f")], "Go forward on the same branch",
      group: .step),
    Command(.toStart, "start", [.home], "Go to the initial state", group: .step),
    Command(.toEnd, "end", [.end], "Go to the end of the branch", group: .step),
    Command(
      .goto, "goto", [.character("g")], "Go to a step by its number", group: .step,
      argument: .optional("step"), hint: "go to step"),
    Command(
      .initial, "initial", [], "Start from another initial state, counted from 1", group: .step,
      argument: .required("number")),
    Command(.undo, "undo", [.character("u")], "Undo what you did last", group: .step),
    Command(.redo, "redo", [.control("r")], "Redo", group: .step),
    Command(
      .toggleLink, "link", [.character("x")], "Cut or heal the link between two nodes", group: .step,
      argument: .optional("node node"), hint: "link"),
  ]

  private static let checking: [Command] = [
    Command(
      .check, "check", [.character("c")], "Start or stop the checker", group: .check, hint: "check"),
    Command(
      .pauseCheck, "pause", [.character("P")], "Pause or continue the checker", group: .check),
    Command(
      .checkHere, "check-here", [.character("C")], "Check from the current state", group: .check),
    Command(
      .checkAll, "check-all", [],
      "Continue after a violation, until each invariant that can fail has failed", group: .check),
    Command(
      .nextViolation, "violation", [.character("v")], "Go to the next violation", group: .check,
      hint: "violation"),
    Command(
      .previousViolation, "previous-violation", [.character("V")], "Go to the previous violation",
      group: .check),
  ]

  /// Commands that go to a pane by its name, for the panes without a command of their own.
  private static let panes: [Command] = [Pane.nodes, .actions, .trace, .state, .properties, .checker].map {
    Command(
      .pane($0), $0.title.lowercased(), [], "Go to the pane \($0.title)", group: .look)
  }

  private static let looking: [Command] = [
    Command(
      .up, "up", [.up, .character("k")], "Move up in the list", group: .look, hint: "move", with: .down),
    Command(
      .down, "down", [.down, .character("j")], "Move down in the list", group: .look),
    Command(.pageUp, "page-up", [.pageUp], "Move up a page", group: .look),
    Command(.pageDown, "page-down", [.pageDown], "Move down a page", group: .look),
    Command(
      .nextPane, "next-pane", [.tab], "Go to the next pane", group: .look, hint: "pane"),
    Command(
      .previousPane, "previous-pane", [.backTab], "Go to the previous pane", group: .look),
    Command(
      .spaceTime, "space-time", [.character("t")],
      "Show the branch as a space–time diagram in place of Nodes, or take it away", group: .look,
      hint: "space–time"),
    Command(
      .lanesLeft, "lanes-left", [.character("<")], "Show the lanes further left", group: .look,
      panes: [.spaceTime]),
    Command(
      .lanesRight, "lanes-right", [.character(">")], "Show the lanes further right", group: .look,
      panes: [.spaceTime]),
    Command(
      .findText, "find-text", [.control("f")], "Find a text in this pane, or in this help", group: .look,
      argument: .optional("text")),
    Command(.nextText, "next-text", [.character("n")], "Go to the next match", group: .look),
    Command(.previousText, "previous-text", [.character("N")], "Go to the previous match", group: .look),
    Command(
      .foldActions, "fold", [.character("a")],
      "In Actions fold what cannot be taken, or list it with the reasons",
      group: .look),
    Command(
      .showAlias, "alias", [], "In State show the configuration's ALIAS, or the variables again", group: .look
    ),
    Command(
      .zoom, "zoom", [.character("z")], "Give the pane the whole screen, or take it back", group: .look),
    Command(
      .size, "size", [.character("w")],
      "Give the pane half of the screen, then all of it, then its usual place",
      group: .look),
    Command(
      .previousSize, "size-back", [.character("W")], "Go through these sizes the other way", group: .look),
    Command(
      .wider, "wider", [.character("]")], "Move a border so that the pane gets wider", group: .look),
    Command(
      .narrower, "narrower", [.character("[")], "Move a border so that the pane gets narrower", group: .look),
    Command(
      .taller, "taller", [.character("}")], "Move a border so that the pane gets taller", group: .look),
    Command(
      .shorter, "shorter", [.character("{")], "Move a border so that the pane gets shorter", group: .look),
    Command(
      .present, "present", [], "Show one pane at a time, large, with next and back only; escape ends it",
      group: .look),
    Command(
      .keys, "keys", [], "Show the keys that are pressed: keys on, keys off", group: .look,
      argument: .optional("on or off")),
    Command(
      .usualSizes, "usual-sizes", [], "Put every border back where the panes' content puts it", group: .look),
    Command(
      .showSource, "source", [.character("S")],
      "Show the spec with the selected action's conjuncts marked, or go back to Actions", group: .look),
    Command(
      .slice, "why", [.character("y")],
      "In Trace, dim the steps that did not contribute to the violation, or show all steps alike",
      group: .look,
      hint: "why"),
    Command(
      .evaluate, "eval", [.character("=")], "Evaluate expressions here; primes read the step that led here",
      group: .look,
      argument: .optional("expression")),
    Command(
      .watch, "watch", [.character("+")], "Show an expression's value in Properties from now on",
      group: .look, argument: .required("expression"), hint: "watch"),
    Command(
      .unwatch, "unwatch", [], "Remove a watched expression, by its text or number, or all of them",
      group: .look, argument: .optional("expression")),
    Command(
      .removeWatch, "unwatch-selected", [.character("-"), .delete], "Remove the selected watched expression",
      group: .look, panes: [.properties]),
    Command(
      .history, "history", [.character("H")],
      "List the values of an expression along the branch; in Properties of the selected one", group: .look,
      argument: .optional("expression")),
  ]

  private static let model: [Command] = [
    Command(
      .edit, "edit", [.character("e")], "Edit the spec at the selected action, and reload it",
      group: .model),
    Command(
      .reload, "reload", [.character("R")], "Read the spec again and replay what was explored",
      group: .model),
    Command(
      .setConstant, "set", [], "Start over with another value of a constant: set MaxValues 6",
      group: .model, argument: .required("constant value")),
    Command(
      .openModel, "model", [], "Open another model in place of this one: model syn/part6", group: .model,
      argument: .required("name")),
    Command(
      .beside, "beside", [],
      "Replay the branch on another model beside this one, perhaps with other constants, or take it away",
      group: .model, argument: .optional("name X=1")),
    Command(
      .restore, "restore", [.character("r")], "Restore a session that was left behind, or delete it",
      group: .model),
  ]

  private static let files: [Command] = [
    Command(
      .saveTrace, "save", [.character("s")],
      "Save the branch (ITF, .html, .md, .mmd, .svg, .txt, .out, .cast), .dot: the states around, .synscope: all",
      group: .files,
      argument: .optional("path"), hint: "save"),
    Command(
      .openTrace, "open", [.character("o")], "Open a trace and replay it", group: .files,
      argument: .optional("path")),
    Command(
      .log, "log", [],
      "Judge a system's log by the model, and show it line by line; without a path go to the pane Log",
      group: .files, argument: .optional("path")),
    Command(
      .logDeparture, "departure", [.character("d")],
      "Go to where the log departs from the model, or an invariant fails, to go on by hand from there",
      group: .files, hint: "departure"),
    Command(
      .record, "record", [], "Write down what you do, as a file for --run; without a path, end that",
      group: .files, argument: .optional("path")),
    Command(
      .caption, "caption", [], "Give this state a caption, in place of the comment above its action",
      group: .files, argument: .optional("text")),
    Command(
      .copy, "copy", [.character("Y")],
      "Copy to the clipboard: what the pane is about, or state, step, trace or why, as tla or markdown",
      group: .files, argument: .optional("what")),
  ]

  private static let program: [Command] = [
    Command(
      .help, "help", [.character("?")], "Show or hide this help", group: .program, hint: "help"),
    Command(
      .commandLine, "command", [.character(":")], "Type a command by its name", group: .program),
    Command(.escape, "escape", [.escape], "Leave whatever is open", group: .program),
    Command(.redraw, "redraw", [.control("l")], "Draw the screen again", group: .program),
    Command(.suspend, "suspend", [.control("z")], "Suspend the program", group: .program),
    Command(.quit, "quit", [.character("q"), .control("c")], "Quit", group: .program),
  ]

  /// The command with an identity.
  package static func command(_ id: Command.ID) -> Command? { all.first { $0.id == id } }

  /// The commands whose names match the typed text, the best match first. For empty text, all commands in the table's order.
  package static func completions(of text: String) -> [Command] {
    guard !text.isEmpty else { return all }
    var scored: [(command: Command, score: Int, position: Int)] = []
    for (position, command) in all.enumerated() {
      if let score = FuzzyMatch.score(of: text, in: command.name) {
        scored.append((command, score, position))
      }
    }
    return scored.sorted { ($0.score, $1.position) > ($1.score, $0.position) }.map(\.command)
  }

  /// The command with a typed name. If no command has that name, the best match.
  package static func named(_ name: String) -> Command? {
    all.first { $0.name == name } ?? completions(of: name).first
  }
}

/// Matches a name by some of its letters, in their order.
package enum FuzzyMatch {
  /// How well `typed` matches `name`. Letters at the start, at the start of words, and in a row score higher. Nil if a letter is missing.
  package static func score(of typed: String, in name: String) -> Int? {
    let letters = Array(name.lowercased())
    var position = 0
    var score = 0
    var previous = -2
    for letter in typed.lowercased() {
      guard let found = letters[position...].firstIndex(of: letter) else { return nil }
      if found == previous + 1 { score += 4 }
      if found == 0 { score += 8 } else if letters[found - 1] == "-" { score += 6 }
      score -= found - position
      previous = found
      position = found + 1
    }
    return score * 16 - letters.count
  }
}
