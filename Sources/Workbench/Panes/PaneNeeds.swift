/// The rows that panes need for their content. Such panes take room from others.
struct PaneNeeds: Hashable {
  /// The rows of the cards and the shared variables; 0 for a model without nodes.
  var nodes = 0
  var properties = 0
}
