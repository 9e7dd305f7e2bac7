import StateSpace

/// The session's knowledge of the search beside the checker.
struct SearchState: Sendable {
  enum Phase: Sendable {
    case idle
    case running
    /// It was asked to stop and has not answered yet.
    case stopping
  }

  var phase = Phase.idle
  /// The number of the last search. Reports of any other are ignored.
  var run = 0
  var task: SearchTask?
  /// The node where a search for a predicate began.
  var start = 0
  var progress = CheckProgress()

  var isRunning: Bool {
    switch phase {
    case .running, .stopping: true
    case .idle: false
    }
  }
}

/// The knowledge of the distance to the nearest violation.
enum DangerKnowledge {
  case none
  /// A complete check from the initial states found nothing.
  case nothingViolated
  case measured(DangerReading)
}

/// A map of distances with a cache of its answers, by state. Only one session may use it.
final class DangerReading {
  let map: DangerMap
  private var dangers = Cache<Int, Danger>(limit: 8_192)
  private var inevitable = Cache<Int, Bool>(limit: 8_192)

  init(_ map: DangerMap) { self.map = map }

  func danger(of state: State, in model: SessionModel) -> Danger {
    dangers.value(for: state.index) { map.danger(of: model.values(of: state)) }
  }

  func isViolationInevitable(from state: State, in model: SessionModel) -> Bool {
    inevitable.value(for: state.index) { map.isViolationInevitable(from: model.values(of: state)) }
  }
}
