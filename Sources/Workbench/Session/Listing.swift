/// A text of many lines in a box, which can be scrolled; some lines lead to a step.
struct Listing: Hashable, Sendable {
  let title: String
  let lines: [StyledLine]
  /// For each line the node of the tree that it leads to; shorter than `lines` when none does.
  var targets: [Int] = []
  var selected = 0

  /// Whether one of the lines is chosen, or the whole is only scrolled.
  var isChoice: Bool { !targets.isEmpty }
  var target: Int? { targets.indices.contains(selected) ? targets[selected] : nil }

  init(title: String, lines: [StyledLine], targets: [Int] = [], selected: Int = 0) {
    self.title = title
    self.lines = lines
    self.targets = targets
    self.selected = selected
  }
}
