/// A line that can be found in Nodes.
struct NodesLine: Hashable, Sendable {
  /// The card, counted from 0; nil for a line below the cards, or of a model without nodes.
  let card: Int?
  /// The line of the card as it is drawn, counted from 0, with -1 for its title; or the line below the cards.
  let row: Int
}
