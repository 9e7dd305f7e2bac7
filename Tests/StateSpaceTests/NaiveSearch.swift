/// The outcome of a search, as `BreadthFirstSearch` reports it.
enum NaiveOutcome: Equatable {
  case exhausted
  case invariant
  case deadlock
}

/// The result of a naive search.
struct NaiveResult: Equatable {
  var outcome = NaiveOutcome.exhausted
  var generated = 0
  var distinct = 0
  /// It is 1 even if there is no state.
  var depth = 1
  /// The number of states in the shortest trace to the finding.
  var traceLength: Int?
}

/// A transition system that is given by functions.
struct NaiveSystem<State: Hashable> {
  /// With repetitions, as they are generated.
  var initial: [State]
  var successors: (State) -> [State]
  var invariant: (State) -> Bool = { _ in true }
  var constraint: (State) -> Bool = { _ in true }
  var checksDeadlock = true
}

/// A breadth-first search in one page: a dictionary from each state to its level, and a queue.
func searchNaively<State: Hashable>(_ system: NaiveSystem<State>) -> NaiveResult {
  var result = NaiveResult()
  var levels: [State: Int] = [:]
  var queue: [State] = []

  /// Counts a state on a level. Returns false if the state violates the invariant.
  func take(_ state: State, level: Int) -> Bool {
    result.generated += 1
    if system.constraint(state), levels[state] == nil {
      levels[state] = level
      queue.append(state)
      result.distinct = levels.count
      result.depth = max(result.depth, level)
    }
    if system.invariant(state) { return true }
    result.outcome = .invariant
    result.traceLength = level
    return false
  }

  for state in system.initial where !take(state, level: 1) { return result }
  var next = 0
  while next < queue.count {
    let state = queue[next]
    let level = levels[state] ?? 0
    next += 1
    let successors = system.successors(state)
    if successors.isEmpty, system.checksDeadlock {
      result.outcome = .deadlock
      result.traceLength = level
      return result
    }
    for successor in successors where !take(successor, level: level + 1) { return result }
  }
  return result
}
