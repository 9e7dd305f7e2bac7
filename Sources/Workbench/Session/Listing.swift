/// A text of many lines in a box, which can be scrolled. Some lines lead to a step.
struct Listing: Hashable, Sendable {
  let title: String
  let lines: [StyledLine]
  /// For each line, the node of the tree that it leads to. Empty if no line leads to a step.
  var targets: [Int] = []
  var selected = 0

  /// Whether the user chooses a line, or only scrolls.
  var isChoice: Bool { !targets.isEmpty }
  var target: Int? { targets.indices.contains(selected) ? targets[selected] : nil }

  init(title: String, lines: [StyledLine], targets: [Int] = [], selected: Int = 0) {
    self.title = title
    self.lines = lines
    self.targets = targets
    self.selected = selected
  }
}
