import TLASemantics

/// The states that an explorer has met, and how each was reached first. A state that was entered by hand begins a behavior of its own, until
/// a step leads to it.
final class ReachedStates: RunFacts {
  let table: StateTable
  /// For each state, the state from which it was first reached; nil for the beginning of a behavior.
  private var parents: [Int?] = []

  private unowned let program: Program

  init(_ program: Program) throws {
    self.program = program
    table = try StateTable(width: program.rowWidth)
  }

  /// The states that stay the beginnings of behaviors.
  private var initial: Set<Int> = []

  /// The number of a state that was entered by hand.
  func insert(_ row: UnsafePointer<UInt32>) throws -> Int {
    let (index, isNew) = try table.insert(row)
    if isNew { parents.append(nil) }
    return index
  }

  /// The number of an initial state.
  func insertInitial(_ row: UnsafePointer<UInt32>) throws -> Int {
    let index = try insert(row)
    initial.insert(index)
    parents[index] = nil
    return index
  }

  /// The number of a state to which a step leads.
  func insert(_ row: UnsafePointer<UInt32>, from source: Int) throws -> Int {
    let (index, isNew) = try table.insert(row)
    if isNew {
      parents.append(source)
    } else if parents[index] == nil, !initial.contains(index), !path(to: source).contains(index) {
      parents[index] = source
    }
    return index
  }

  private func path(to state: Int) -> [Int] {
    var path = [state]
    while let parent = parents[path[path.count - 1]] { path.append(parent) }
    return path.reversed()
  }

  /// The number of states in the longest of the behaviors.
  private var depth: Int {
    var depths: [Int?] = Array(repeating: nil, count: parents.count)
    for state in parents.indices {
      var unknown: [Int] = []
      var current: Int? = state
      while let place = current, depths[place] == nil {
        unknown.append(place)
        current = parents[place]
      }
      var depth = current.flatMap { depths[$0] } ?? 0
      for place in unknown.reversed() {
        depth += 1
        depths[place] = depth
      }
    }
    return depths.reduce(1) { max($0, $1 ?? 0) }
  }

  // MARK: Facts

  /// Every state that was met counts as generated once.
  func value(of name: String) -> PlainValue? {
    var progress = CheckProgress()
    progress.generated = table.count
    progress.distinct = table.count
    progress.depth = depth
    return RunRecord(
      program: program, checksDeadlock: program.specification.checksDeadlock, progress: progress,
      initial: initial.count
    ).value(of: name)
  }

  func level(of state: UnsafePointer<UInt32>) -> Int? { table.find(state).map { path(to: $0).count } }
  func behavior(to state: UnsafePointer<UInt32>) -> [[UInt32]]? {
    table.find(state).map { found in
      path(to: found).map { Array(UnsafeBufferPointer(start: table.row($0), count: table.width)) }
    }
  }
  var counterexample: PlainValue { .counterexample() }
  func end() {}
}
