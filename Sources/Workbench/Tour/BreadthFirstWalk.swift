import StateSpace

/// Visits the states of an explorer breadth-first, within the constraints of the configuration. For small models.
final class BreadthFirstWalk {
  private struct Origin {
    let parent: State?
    let label: ActionLabel?
  }

  private let explorer: Explorer
  private var origins: [State: Origin] = [:]
  private var order: [State] = []
  /// The state of the last visit.
  private(set) var last: State?

  init(_ explorer: Explorer) { self.explorer = explorer }

  var count: Int { order.count }

  /// Calls `visit` with every initial state, and with the target of every step and its label; `isNew` tells whether the state was reached
  /// for the first time. Ends when all is visited, or when `visit` returns false.
  func run(_ visit: (_ state: State, _ label: ActionLabel?, _ isNew: Bool) throws -> Bool) throws {
    for state in try explorer.initialStates() where try !reach(state, nil, nil, visit) { return }
    var next = 0
    while next < order.count {
      let state = order[next]
      next += 1
      guard try explorer.isWithinConstraints(state) else { continue }
      for successor in try explorer.successors(of: state)
      where try !reach(successor.state, state, successor.label, visit) { return }
    }
  }

  private func reach(
    _ state: State, _ parent: State?, _ label: ActionLabel?,
    _ visit: (State, ActionLabel?, Bool) throws -> Bool
  ) throws -> Bool {
    let isNew = origins[state] == nil
    if isNew {
      origins[state] = Origin(parent: parent, label: label)
      order.append(state)
    }
    last = state
    return try visit(state, label, isNew)
  }

  /// A shortest trace to the state of the last visit.
  var trace: [TraceStep] {
    var steps: [TraceStep] = []
    var place = last
    while let state = place, let origin = origins[state] {
      steps.append(TraceStep(label: origin.label, values: explorer.values(of: state)))
      place = origin.parent
    }
    return steps.reversed()
  }
}
