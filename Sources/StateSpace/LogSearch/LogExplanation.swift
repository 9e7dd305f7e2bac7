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
  /// The first state of a behavior in which an invariant fails.
  package struct Failing: Sendable {
    /// The number of steps before it.
    package let step: Int
    package let invariant: String
    /// The step to it; nil for the initial state.
    package let label: ActionLabel?
    /// The values of the variables.
    package let values: [PlainValue]
    /// A line that the state or the step to it explains, and the last one before them; nil for none.
    package let line: LogPlace?
    package let lineBefore: LogPlace?
  }

  /// The number of steps, and the number of steps without a line.
  package let stepCount: Int
  package let unloggedCount: Int
  /// Nil if every invariant holds.
  package let violation: Failing?
  /// How many of the first steps are no longer known.
  package let forgottenCount: Int
  private let pairs: LogPairs
  private let log: LogMachine
  private let path: [(pair: Int, action: Int?)]

  /// The states, and the actions between them, as far as they are known.
  package private(set) lazy var steps: [TraceStep] = Self.spelled(path, pairs, log)
  /// The lines that are explained when the behavior is in each of these states: by the step to it, or by the state itself.
  package private(set) lazy var lines: [[LogPlace]] = Self.explained(path, pairs)

  /// The behavior that leads to a pair.
  init(_ walk: LogWalk, to pair: Int) {
    pairs = walk.pairs
    log = walk.log
    path = pairs.path(to: pair)
    let past = pairs.past(path[0].pair)
    var (steps, unlogged) = (past.stepCount, past.unloggedCount)
    var violation = past.failing
    for (index, (pair, action)) in path.enumerated() {
      if index > 0, action != nil {
        steps += 1
        if pairs.isUnlogged(pair) { unlogged += 1 }
      }
      if violation == nil, pairs.violation(pair) != nil {
        // The lines that the same state explains follow.
        let rest = path[(index + 1)...].prefix { $0.action == nil }
        violation = Failing(at: steps, path: Array(path[...index]) + rest, pairs: pairs, log)
      }
    }
    (stepCount, unloggedCount, forgottenCount) = (steps, unlogged, past.stepCount)
    self.violation = violation
  }

  fileprivate static func spelled(
    _ path: [(pair: Int, action: Int?)], _ pairs: LogPairs, _ log: LogMachine
  ) -> [TraceStep] {
    var behavior = Behavior.empty
    for (index, (pair, action)) in path.enumerated() where action != nil || index == 0 {
      let row = Array(UnsafeBufferPointer(start: pairs.row(pair), count: log.program.rowWidth))
      behavior.steps.append(Behavior.Step(row: row, action: action))
    }
    defer { log.machine.reset() }
    return log.program.trace(behavior)
  }

  fileprivate static func explained(
    _ path: [(pair: Int, action: Int?)], _ pairs: LogPairs
  ) -> [[LogPlace]] {
    var lines: [[LogPlace]] = []
    var before = path.first.map { pairs.positions($0.pair) } ?? []
    for (index, (pair, action)) in path.enumerated() {
      let now = pairs.positions(pair)
      if action != nil || index == 0 { lines.append([]) }
      for (strand, position) in now.enumerated() {
        for line in before[strand]..<position {
          lines[lines.count - 1].append(LogPlace(strand: strand, line: line))
        }
      }
      before = now
    }
    return lines
  }
}

extension LogExplanation.Failing {
  /// What is known of the last state of a path, in which an invariant fails. The pairs before it may be forgotten.
  init?(at step: Int, path: [(pair: Int, action: Int?)], pairs: LogPairs, _ log: LogMachine) {
    let steps = path.indices.filter { $0 == 0 || path[$0].action != nil }
    guard let last = steps.last,
      let invariant = path[last...].lazy.compactMap({ pairs.violation($0.pair) }).first
    else { return nil }
    let spelled = LogExplanation.spelled(Array(path[(steps.dropLast().last ?? last)...last]), pairs, log)
    guard let state = spelled.last else { return nil }
    let lines = LogExplanation.explained(path, pairs)
    self.init(
      step: step, invariant: log.program.invariants[invariant].name, label: state.label, values: state.values,
      line: lines.last?.first, lineBefore: lines.dropLast().last { !$0.isEmpty }?.last)
  }
}
