import StateSpace
import TLASyntax

/// The session's knowledge of the checker.
struct CheckState: Sendable {
  enum Phase: Sendable {
    case idle
    case running
    case paused
    /// It was asked to stop and has not answered yet.
    case stopping
    case ended(CheckOutcome)
    case failed(String)
  }

  /// A violation that a run found.
  struct Found: Sendable {
    let violation: Violation
    /// The node where the run began; nil for the initial states.
    let start: Int?
  }

  var phase = Phase.idle
  /// The number of the last run. Reports of any other run are ignored.
  var run = 0
  /// The node where the run began; nil for the initial states.
  var start: Int?
  /// The depth of that node, for messages.
  var startDepth: Int?
  /// Whether the run continues after a violation, to the end.
  var isCollecting = false
  var progress = CheckProgress()
  /// The number of reports so far. It turns the mark of a running check.
  var news = 0
  /// All violations since the session began or a new check was started.
  var violations: [Found] = []
  /// The implications in the invariants that no reachable state tests; nil before a complete check from the initial states.
  var vacuous: [VacuousImplication]?
  /// The things that the last run did not check.
  var unchecked: [Unchecked] = []
  /// Warnings of the last run: constructs that are legal but rarely intended.
  var warnings: [Diagnostic] = []
  /// The violation that the user went to last.
  var visited: Int?

  var isRunning: Bool {
    switch phase {
    case .running, .paused, .stopping: true
    case .idle, .ended, .failed: false
    }
  }
}

extension Violation {
  /// `AllRegistered`, `deadlock`, …
  var headline: String {
    switch kind {
    case .invariant: name ?? "invariant"
    case .deadlock: "deadlock"
    case .assumption: "assumption" + (name.map { " \($0)" } ?? "")
    case .assertion: "assertion failed"
    case .evaluation: "evaluation failed"
    }
  }
}
