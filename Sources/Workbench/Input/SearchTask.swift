package import StateSpace

/// The task of a search beside the checker.
package enum SearchTask: Hashable, Sendable {
  /// Find the shortest path from a state (the values of all variables) to one that satisfies a predicate.
  case goal(String, from: [PlainValue])
  /// Measure how far each reachable state is from the nearest violation.
  case danger
}

/// The result of a search.
package enum SearchOutcome: Sendable {
  case goal(GoalOutcome, CheckProgress)
  case danger(DangerMap.Outcome, CheckProgress)
}
