import StateSpace

extension DoTask {
  /// How far a task to do something is.
  package enum Progress: Hashable, Sendable {
    /// There is something left to do.
    case open
    /// It cannot be done from here. The text is a sentence.
    case missed(String)
    case done
  }

  /// How far the task is done in the current state. The way to the goal counts from `place`, where the beat began.
  package func progress(since place: Tour.Place?, in session: Session) -> Progress {
    let isPressed = pressed.allSatisfy { session.usedCommands.contains($0.text) }
    let isReached = goal.map { session.holds($0.text) } ?? true
    guard judgesPath else { return isPressed && isReached ? .done : .open }
    guard let place, let labels = session.labels(since: place) else { return .open }
    let names = labels.map { $0?.name ?? "" }
    if let avoided = avoid.first(where: { names.contains($0.text) }) {
      return .missed("You took \(avoided.text), which this task forbids.")
    }
    var left = took.map(\.text)[...]
    for name in names where name == left.first { left = left.dropFirst() }
    let isThere = isReached && left.isEmpty
    if let within, names.count > within || names.count == within && !isThere {
      return .missed("\(Wording.count(within, "step")) did not lead there.")
    }
    return isPressed && isThere ? .done : .open
  }
}
