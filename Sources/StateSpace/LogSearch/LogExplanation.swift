/// A place in a log: the line of a strand, both counted from 0.
package struct LogPlace: Hashable, Sendable {
  package let strand: Int
  package let line: Int

  package init(strand: Int, line: Int) {
    self.strand = strand
    self.line = line
  }
}

/// A behavior that explains a log, as far as it does.
package struct LogExplanation: Sendable {
  /// The states, and the actions between them.
  package let steps: [TraceStep]
  /// The lines that are explained when the behavior is in each of its states: by the step to it, or by the state itself.
  package let lines: [[LogPlace]]
  /// The first state in which an invariant fails, and the invariant; nil if all hold.
  package var violation: (step: Int, invariant: String)?
}

extension LogExplanation {
  /// The behavior that leads to a pair.
  init(_ walk: LogWalk, to pair: Int, _ log: LogMachine) {
    var behavior = Behavior.empty
    var lines: [[LogPlace]] = []
    var positions: [Int]?
    for (pair, action) in walk.path(to: pair) {
      let now = walk.positions(pair)
      if action != nil || lines.isEmpty {
        behavior.steps.append(
          Behavior.Step(row: Array(walk.row(pair)[..<log.program.rowWidth]), action: action))
        lines.append([])
      }
      for (strand, position) in now.enumerated() {
        for line in (positions?[strand] ?? position)..<position {
          lines[lines.count - 1].append(LogPlace(strand: strand, line: line))
        }
      }
      positions = now
    }
    self.init(
      steps: log.program.trace(behavior), lines: lines, violation: Self.violation(in: behavior, log.program))
    log.machine.reset()
  }

  private static func violation(in behavior: Behavior, _ program: Program) -> (step: Int, invariant: String)?
  {
    for (step, row) in behavior.rows.enumerated() {
      let failing = row.withUnsafeBufferPointer { row in
        try? program.violatedInvariant(of: row.baseAddress.unsafelyUnwrapped, from: 0)
      }
      if let failing { return (step, program.invariants[failing].name) }
    }
    return nil
  }
}
