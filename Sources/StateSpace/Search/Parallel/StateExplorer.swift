/// A system whose states several threads may explore at once.
protocol SharedSystem: TransitionSystem {
  /// Explorers for up to `count` threads, one for each; none if the rows are not of a form for it now. They are valid until the rows change.
  func makeExplorers(_ count: Int) -> [any StateExplorer]
}

/// What one thread needs to explore states, beside others.
protocol StateExplorer: AnyObject {
  /// Gives the successors of states to a chunk, and marks those that are cut off. Returns false where a search that explores the states one
  /// by one would find or tell something else than states: a violation that is not told yet, a failure, rows that need another form. What is
  /// in the chunk then means nothing.
  func explore(_ states: Range<Int>, of table: StateTable, into chunk: SuccessorChunk, _ told: ToldFindings)
    -> Bool

  /// Whether all invariants hold, except those that are told, in states of which the rows are written. Returns false also for a failure.
  func satisfyInvariants(_ states: Range<Int>, of table: StateTable, _ told: ToldFindings) -> Bool
}

/// The violations that a search has told, and need not find again.
struct ToldFindings {
  var invariants: Set<Int> = []
  var stepConditions: Set<Int> = []
  /// Whether deadlocks are told, or not looked for.
  var deadlock = false
}
