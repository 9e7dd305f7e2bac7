/// A behavior that a search found: the rows of its states, the actions of its steps, and for an infinite one where its end leads back to.
struct Behavior {
  struct Step {
    let row: [UInt32]
    /// The action that led to the row, by its position; nil for the first row, and if the search did not note it.
    let action: Int?
  }

  /// The step from the last state back to one of the behavior. If it leads to the last state itself, the behavior stutters there for ever.
  struct Loop {
    let start: Int
    let action: Int?
  }

  var steps: [Step]
  var loop: Loop?

  var rows: [[UInt32]] { steps.map(\.row) }
}

extension Behavior {
  static let empty = Behavior(steps: [])

  /// The behavior, and one more step.
  func followed(by row: [UInt32], action: Int?) -> Behavior {
    Behavior(steps: steps + [Step(row: row, action: steps.isEmpty ? nil : action)])
  }
}

extension ReachabilityGraph {
  /// A shortest behavior that leads to a state.
  func behavior(to state: Int) -> Behavior {
    Behavior(steps: path(to: state).map { Behavior.Step(row: words(of: $0), action: action(reaching: $0)) })
  }

  /// The infinite behavior through the states of a lasso. Only for a graph that keeps its edges.
  func behavior(along lasso: Lasso) -> Behavior {
    let steps = lasso.states.enumerated().map { position, state in
      Behavior.Step(
        row: words(of: state),
        action: position == 0 ? nil : action(from: lasso.states[position - 1], to: state))
    }
    let last = lasso.states[lasso.states.count - 1]
    let start = lasso.loopStart
    return Behavior(
      steps: steps, loop: Behavior.Loop(start: start, action: action(from: last, to: lasso.states[start])))
  }
}
