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
  /// What the last run says of the properties that hold.
  var notes: [PropertyNote] = []
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

extension CheckState {
  /// What is known of a property that is more than an invariant.
  enum Verdict {
    case holds
    case violated(Violation)
    /// A run has visited every state and left the property out.
    case leftOut
    /// No run has come so far.
    case open
  }

  func verdict(on property: String) -> Verdict {
    let known = violations.first { $0.violation.kind == .property && $0.violation.name == property }
    if let known { return .violated(known.violation) }
    guard case .ended(let outcome) = phase else { return .open }
    if uncheckedProperties.contains(property) { return .leftOut }
    switch outcome {
    case .success: return start == nil ? .holds : .open
    case .violation: return start == nil && isCollecting ? .holds : .open
    case .limit, .stopped: return .open
    }
  }

  /// The names of the properties that a run left out.
  var uncheckedProperties: [String] {
    unchecked.compactMap { if case .property(let name) = $0 { name } else { nil } }
  }
}

extension Violation {
  /// How the behavior goes on for ever: `lasso of 3 + 2`; nil for a finite one.
  var loopWords: String? {
    guard let loop else { return nil }
    if loop.closing == nil { return "it stops for ever after \(Wording.count(loop.start, "step"))" }
    return "lasso of \(loop.start) + \(trace.count - loop.start)"
  }

  /// `AllRegistered`, `deadlock`, …
  var headline: String {
    switch kind {
    case .invariant: name ?? "invariant"
    case .property: name ?? "property"
    case .deadlock: "deadlock"
    case .assumption: "assumption" + (name.map { " \($0)" } ?? "")
    case .assertion: "assertion failed"
    case .evaluation: "evaluation failed"
    }
  }
}
