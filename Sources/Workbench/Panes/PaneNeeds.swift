/// The rows that panes need for their content. Such panes take room from others.
struct PaneNeeds: Hashable {
  /// The rows of the cards and the shared variables; without nodes, of all variables.
  var nodes = 0
  var properties = 0
  /// The rows of the tree of values; 0 where State has no place of its own.
  var state = 0
}
