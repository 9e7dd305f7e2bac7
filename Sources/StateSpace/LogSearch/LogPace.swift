/// How a walk through a log divides its effort between depth and breadth, and what it keeps.
package struct LogPace: Sendable {
  /// How many visits may pass without a further line before the walk also goes on where the fewest lines are explained.
  package var patience = 1 << 14
  /// How many visits it makes in one direction, at least, before it changes to the other.
  package var stretch = 1 << 12
  /// From this number of pairs on, it looks for those that it can forget.
  package var pairsBeforeForgetting = 1 << 14
  /// With more pairs than this, it goes on only where the fewest lines are explained, until enough of them are forgotten.
  package var mostPairsInDepth = 1 << 20

  package init() {}
}
