import StateSpace

/// What a report says about a deadlock: why no action is enabled, and what helps if the system was meant to end there.
enum DeadlockReport {
  /// The most actions that are listed.
  private static let listed = 6

  /// Indented lines.
  static func lines(_ violation: Violation, _ explorer: Explorer?) -> [String] {
    reasons(violation, explorer) + [
      "  if the system may end here: `CHECK_DEADLOCK FALSE` in the configuration, or `--no-deadlock`, stops looking for deadlocks;",
      "  or give it a step for the end, such as `Terminating == Done /\\ UNCHANGED vars`, and add `\\/ Terminating` to the next-state relation",
    ]
  }

  /// Why each action is disabled in the last state. Actions with the same reason are listed once.
  private static func reasons(_ violation: Violation, _ explorer: Explorer?) -> [String] {
    guard let explorer, let last = violation.trace.last, let state = try? explorer.state(of: last.values)
    else {
      return []
    }
    var lines: [String] = []
    for action in explorer.actions(in: state) {
      guard let why = action.disabledBecause else { continue }
      let witnesses = why.witnesses.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
      let line =
        "  \(action.label) is disabled: \(witnesses.isEmpty ? "" : "for \(witnesses): ")\(why.expression)"
        + "\(why.values.map { "  (\($0))" } ?? "") is \(why.holds ? "true" : "false")"
      if !lines.contains(line) { lines.append(line) }
    }
    let more = lines.count - listed
    return lines.prefix(listed) + (more > 0 ? ["  and \(more) more actions"] : [])
  }
}
