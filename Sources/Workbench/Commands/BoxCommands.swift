extension CommandTable {
  /// Everything to which the user can give keys.
  package static let withKeys: [Command] = all + boxes

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
    box(.confirm, "box-yes", [.character("y")], "Do it", in: [.quit, .whatIf, .deletion]),
    box(.refuse, "box-no", [.character("n")], "Leave it", in: [.quit, .whatIf, .deletion]),
    box(.pausePlay, "play-pause", [.character(" ")], "Let the play wait, or go on", in: [.play]),
    box(.faster, "play-faster", [.character("+"), .character("=")], "Play faster", in: [.play]),
    box(.slower, "play-slower", [.character("-")], "Play more slowly", in: [.play]),
    box(.stepOn, "play-step", [.character(".")], "Pause the play, and go forward a step", in: [.play]),
    box(.presentNext, "present-next", [.character(" ")], "Go on by a step", in: [.presentation]),
    box(.presentBack, "present-back", [.backspace], "Go back by a step", in: [.presentation]),
    box(.tour, "tour", [.character("T")], "Take the guided tour", in: [.start]),
    box(
      .tourNext, "tour-next", [.character(" ")], "Show the rest of the text, then go to the next beat",
      in: [.tour], group: .tour),
    box(.tourBack, "tour-back", [.backspace], "Go back", in: [.tour], group: .tour),
    box(
      .tourAnswer, "tour-answer", [.character("A")], "Answer the question, or write the expression",
      in: [.tour], group: .tour),
    box(.tourHint, "tour-hint", [.character("i")], "Show a hint", in: [.tour], group: .tour),
    box(
      .tourScene, "tour-scene", [.character("T")], "Come back to the beat's scene, wherever you are",
      in: [.tour], group: .tour),
    box(
      .tourOriginal, "tour-original", [.character("O")],
      "Take the original spec again, in place of your version", in: [.tour], group: .tour),
    box(
      .tourFold, "tour-fold", [.character("F")], "Fold the tour's text, or show it", in: [.tour], group: .tour
    ),
    box(
      .tourChapters, "tour-chapters", [.character("L")], "Leave for the list of chapters", in: [.tour],
      group: .tour),
  ]

  private static func box(
    _ action: BoxAction, _ name: String, _ keys: [Key], _ summary: String, in boxes: Set<BoxKind>,
    group: Command.Group = .box
  ) -> Command {
    Command(.box(action), name, keys, summary, group: group, boxes: boxes)
  }
}
