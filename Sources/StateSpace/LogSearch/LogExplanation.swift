/// A place in a log: the line of a strand, both counted from 0.
package struct LogPlace: Hashable, Sendable {
  package let strand: Int
  package let line: Int

  package init(strand: Int, line: Int) {
    self.strand = strand
    self.line = line
  }
}

/// A behavior that explains a log, as far as it does. It is spelled out when somebody asks for its steps, since a log can be long.
package final class LogExplanation {
  /// An invariant that fails, and the first state in which it does.
  package struct Failing: Sendable {
    package let step: Int
    package let invariant: String
  }

  /// The number of steps, and of those that no line tells of.
  package let stepCount: Int
  package let unloggedCount: Int
  /// Nil if every invariant holds.
  package let violation: Failing?
  private let walk: LogWalk
  private let log: LogMachine
  private let path: [(pair: Int, action: Int?)]

  /// The states, and the actions between them.
  package private(set) lazy var steps: [TraceStep] = spelled()
  /// The lines that are explained when the behavior is in each of its states: by the step to it, or by the state itself.
  package private(set) lazy var lines: [[LogPlace]] = explained()

  /// The behavior that leads to a pair.
  init(_ walk: LogWalk, to pair: Int, _ log: LogMachine) {
    self.walk = walk
    self.log = log
    path = walk.path(to: pair)
    var (steps, unlogged) = (0, 0)
    var violation: Failing?
    for (index, (pair, action)) in path.enumerated() {
      if action != nil {
        steps += 1
        if walk.explainedCount(pair) == walk.explainedCount(path[index - 1].pair), !walk.isInLine(pair) {
          unlogged += 1
        }
      }
      if walk.hasMetViolation, violation == nil, action != nil || index == 0,
        let failing = try? log.program.violatedInvariant(of: walk.pairs.row(pair), from: 0)
      {
        violation = Failing(step: steps, invariant: log.program.invariants[failing].name)
      }
    }
    (stepCount, unloggedCount) = (steps, unlogged)
    self.violation = violation
  }

  private func spelled() -> [TraceStep] {
    var behavior = Behavior.empty
    for (index, (pair, action)) in path.enumerated() where action != nil || index == 0 {
      behavior.steps.append(
        Behavior.Step(row: Array(walk.row(pair)[..<log.program.rowWidth]), action: action))
    }
    defer { log.machine.reset() }
    return log.program.trace(behavior)
  }

  private func explained() -> [[LogPlace]] {
    var lines: [[LogPlace]] = []
    var before: [Int]?
    for (pair, action) in path {
      let now = walk.positions(pair)
      if action != nil || lines.isEmpty { lines.append([]) }
      for (strand, position) in now.enumerated() {
        for line in (before?[strand] ?? position)..<position {
          lines[lines.count - 1].append(LogPlace(strand: strand, line: line))
        }
      }
      before = now
    }
    return lines
  }
}
