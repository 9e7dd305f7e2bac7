/// The outcome of a search, as `BreadthFirstSearch` reports it.
enum NaiveOutcome: Equatable {
  case exhausted
  case invariant
  case deadlock
}

/// What a naive search found.
struct NaiveResult: Equatable {
  var outcome = NaiveOutcome.exhausted
  var generated = 0
  var distinct = 0
  /// 1 where there is no state, too.
  var depth = 1
  /// The number of states of the shortest trace to what was found.
  var traceLength: Int?
}

/// A transition system given by functions.
struct NaiveSystem<State: Hashable> {
  /// With repetitions, as they are generated.
  var initial: [State]
  var successors: (State) -> [State]
  var invariant: (State) -> Bool = { _ in true }
  var constraint: (State) -> Bool = { _ in true }
  var checksDeadlock = true
}

/// Breadth-first search in a page: a dictionary from each state to its level, and a queue.
func searchNaively<State: Hashable>(_ system: NaiveSystem<State>) -> NaiveResult {
  var result = NaiveResult()
  var levels: [State: Int] = [:]
  var queue: [State] = []

  /// Counts a state on a level; false when it violates the invariant.
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
