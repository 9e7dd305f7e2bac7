/// Explores states with flat rows for one thread, beside others.
final class FlatExplorer: StateExplorer {
  private let worker: FlatWorker
  private let hasConstraints: Bool
  private let hasStepConditions: Bool

  init(_ worker: FlatWorker, hasConstraints: Bool, hasStepConditions: Bool) {
    self.worker = worker
    self.hasConstraints = hasConstraints
    self.hasStepConditions = hasStepConditions
  }

  func explore(
    _ states: Range<Int>, of table: StateTable, into chunk: SuccessorChunk, _ told: ToldFindings
  ) -> Bool {
    let (worker, frame) = (worker, worker.frame)
    frame.use(chunk.buffer)
    for state in states {
      let before = chunk.count
      let (actions, failure) = worker.generate(table.row(state))
      guard worker.takeOutgrown().isEmpty, failure == nil else { return false }
      frame.forEachWithRows(upTo: actions) { action, count in chunk.add(count, from: state, by: action) }
      guard chunk.count > before || told.deadlock else { return false }
    }
    guard hasConstraints || hasStepConditions else { return true }
    return (try? judge(chunk, of: table, told)) ?? false
  }

  /// Judges the steps to the rows of a chunk, and those that are cut off. Returns false if there is something to tell.
  private func judge(_ chunk: SuccessorChunk, of table: StateTable, _ told: ToldFindings) throws -> Bool {
    for position in 0..<chunk.count {
      let (source, row) = (table.row(Int(chunk.sources[position])), chunk.row(position))
      if hasConstraints,
        try !(worker.isWithinConstraints(row) && worker.allowsStep(from: source, to: row))
      {
        chunk.cutOff(position)
        guard try satisfiesInvariants(row, told) else { return false }
      }
      var start = 0
      while hasStepConditions,
        let violated = try worker.violatedStepCondition(from: source, to: row, from: start)
      {
        guard told.stepConditions.contains(violated) else { return false }
        start = violated + 1
      }
    }
    return true
  }

  func satisfyInvariants(_ states: Range<Int>, of table: StateTable, _ told: ToldFindings) -> Bool {
    for state in states {
      guard let holds = try? satisfiesInvariants(table.row(state), told), holds else { return false }
    }
    return true
  }

  @inline(__always) private func satisfiesInvariants(
    _ row: UnsafePointer<UInt32>, _ told: ToldFindings
  ) throws -> Bool {
    var start = 0
    while let violated = try worker.violatedInvariant(of: row, from: start) {
      guard told.invariants.contains(violated) else { return false }
      start = violated + 1
    }
    return true
  }
}
