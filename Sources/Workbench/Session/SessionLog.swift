package import Traces

extension Session {
  /// Opens the behavior that explains a system's log, or the part of it that can be explained. `report` says what was found out about the
  /// log. The cursor goes to the first state that violates something, or to the end, from where the user can continue by hand.
  package mutating func open(_ explanation: Trace, ofLog name: String, report: String) {
    replay(explanation, name: name, matching: .values)
    let lines = report.split(separator: "\n", maxSplits: 1)
    guard let verdict = lines.first, screen.dialog == nil else { return }
    screen.dialog = .note(title: String(verdict), text: lines.dropFirst().joined())
  }
}
