import StateSpace

/// The search beside the checker as the session knows it.
struct SearchState: Sendable {
  enum Phase: Sendable {
    case idle
    case running
    /// It was asked to stop and has not answered.
    case stopping
  }

  var phase = Phase.idle
  /// The number of the last search; news of any other is old.
  var run = 0
  var task: SearchTask?
  /// The node where a search for a state began.
  var start = 0
  var progress = CheckProgress()

  var isRunning: Bool {
    switch phase {
    case .running, .stopping: true
    case .idle: false
    }
  }
}

/// What is known of the way to the nearest violation.
enum DangerKnowledge {
  case none
  /// A complete check from the initial states found nothing.
  case nothingViolated
  case measured(DangerReading)
}

/// A map of distances with the answers that it gave, by state. Belongs to one session's owner.
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
