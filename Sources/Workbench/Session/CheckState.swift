import StateSpace
import TLASyntax

/// The checker as the session knows it.
struct CheckState: Sendable {
  enum Phase: Sendable {
    case idle
    case running
    case paused
    /// It was asked to stop and has not answered.
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
  /// The number of the last run; news of any other is old.
  var run = 0
  /// The node where the run began; nil for the initial states.
  var start: Int?
  /// How many steps that node is from the initial state, for the words about it.
  var startDepth: Int?
  /// Whether it goes on behind a violation, to the end.
  var isCollecting = false
  var progress = CheckProgress()
  /// How many times there was news, which turns the mark of a running check.
  var news = 0
  /// All that were found since the session began or a check was started anew.
  var violations: [Found] = []
  /// What of the invariants no reachable state puts to the test; nil before a complete check from the initial states.
  var vacuous: [VacuousImplication]?
  /// What the last run did not look at.
  var unchecked: [Unchecked] = []
  /// What the last run came across that has a meaning and is rarely meant.
  var warnings: [Diagnostic] = []
  /// The violation that was gone to last.
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
