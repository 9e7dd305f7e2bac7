package import StateSpace

/// What a search beside the checker is to find out.
package enum SearchTask: Hashable, Sendable {
  /// The shortest way from a state (the value of every variable) to one that satisfies a predicate.
  case goal(String, from: [PlainValue])
  /// How far every reachable state is from the nearest violation.
  case danger
}

/// What a search found out.
package enum SearchOutcome: Sendable {
  case goal(GoalOutcome, CheckProgress)
  case danger(DangerMap.Outcome, CheckProgress)
}
