import BigInt

/// What a specification may ask of a check.
final class CheckFacts: RunFacts {
  private unowned let program: Program
  private let checksDeadlock: Bool
  /// The search; nil before it begins.
  var search: BreadthFirstSearch?
  /// Whether states are being generated. Afterwards, the current state is one of those that were reached.
  var isSearching = true
  var counterexample = PlainValue.counterexample()

  init(_ program: Program, checksDeadlock: Bool) {
    self.program = program
    self.checksDeadlock = checksDeadlock
  }

  func value(of name: String) -> PlainValue? {
    let progress = search?.measure() ?? CheckProgress()
    return RunRecord(
      program: program, checksDeadlock: checksDeadlock, progress: progress, initial: search?.initialCount ?? 0
    ).value(of: name)
  }

  func level(of state: UnsafePointer<UInt32>) -> Int? {
    guard let search else { return 1 }
    if !isSearching { return place(of: state).map { search.graph.level(of: $0) + 1 } }
    return search.isCurrent(state) ? search.currentLevel : search.currentLevel + 1
  }

  func behavior(to state: UnsafePointer<UInt32>) -> [[UInt32]]? {
    guard let search else { return nil }
    if !isSearching {
      return place(of: state).map { search.graph.behavior(to: $0).rows }
    }
    let rows = search.currentBehavior.rows
    return search.isCurrent(state) ? rows : rows + [search.graph.words(state)]
  }

  func end() { search?.end() }

  private func place(of state: UnsafePointer<UInt32>) -> Int? {
    guard let place = try? search?.graph.find(state) else { return nil }
    return place
  }
}
