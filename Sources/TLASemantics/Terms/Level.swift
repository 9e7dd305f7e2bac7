/// How much of a behavior a term speaks about, as TLA+ defines it.
package enum Level: Int, Sendable, Comparable {
  /// No variable.
  case constant
  /// Variables, unprimed.
  case state
  /// Variables, some primed.
  case action
  /// Whole behaviors.
  case temporal

  package static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
}
