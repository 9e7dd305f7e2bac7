/// Entries of flat code that run one after the other, until one leaves or is a condition that is not satisfied.
struct FlatChain {
  /// The instructions of each part; empty for one that has no flat code.
  var parts: [Range<Int>]
  /// Whether the parts are actions, which append rows. The frame marks where the rows of each begin.
  var isOfActions = false
}

/// How a chain ended: all of it was done, or one of its parts, by its number, was not.
enum FlatAnswer {
  case done
  /// The part leaves its work to the node tree.
  case left(Int)
  /// The part is a condition that is not satisfied.
  case no(Int)
}
