extension CommandTable {
  /// Branches, searches, walks and playing.
  static let exploring: [Command] = [
    Command(
      .branches, "branches", [.character("B")], "List the branches: go to one, name, compare or delete it",
      group: .step, argument: .optional("name"), hint: "branches"),
    Command(
      .renameBranch, "rename", [], "Name the current branch", group: .step, argument: .optional("name")),
    Command(
      .deleteBranch, "delete-branch", [],
      "Delete the current branch from where it begins; undo brings it back",
      group: .step),
    Command(
      .whatIf, "whatif", [], "Change a variable by hand: no step of the specification, and marked so",
      group: .step, argument: .required("x = value")),
    Command(
      .walk, "walk", [], "Take this many random steps, with a seed; stop earlier if a predicate holds",
      group: .step, argument: .optional("n seed until P")),
    Command(
      .play, "play", [.character("p")], "Play the branch, so many steps a second (1 without a number)",
      group: .step, argument: .optional("pace"), hint: "play"),
    Command(
      .find, "find", [.character("/")], "Find the nearest state from here where a predicate holds",
      group: .check, argument: .optional("predicate"), hint: "find"),
    Command(
      .danger, "danger", [.character("D")],
      "Show after each action how many steps away the nearest violation is",
      group: .check),
    Command(
      .inevitable, "inevitable", [],
      "Go to the last state of the branch where the violation can still be avoided",
      group: .check),
  ]
}
