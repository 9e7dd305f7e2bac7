import TLASemantics

/// Finds out why a log departs from a model.
struct DepartureFinder {
  private static let mostExplainedStates = 8

  private let log: LogMachine
  private let source: any LogSource
  private let memoryLimit: Int?

  /// The reason why a walk did not explain every line.
  static func departure(
    of walk: LogWalk, _ source: any LogSource, memoryLimit: Int?
  ) throws -> LogDeparture {
    try DepartureFinder(log: walk.log, source: source, memoryLimit: memoryLimit).departure(of: walk)
  }

  private func departure(of walk: LogWalk) throws -> LogDeparture {
    let width = log.program.rowWidth
    var seen = Set<[UInt32]>()
    let distinct = walk.frontier.filter { seen.insert(Array(walk.row($0)[..<width])).inserted }
    let states = distinct.map { pair in
      walk.row(pair).withUnsafeBufferPointer { log.program.plainValues($0.baseAddress.unsafelyUnwrapped) }
    }
    let refusals = try distinct.prefix(Self.mostExplainedStates).map { try self.refusals(walk, at: $0) }
    let behaviors = distinct.prefix(Self.mostExplainedStates).map { LogExplanation(walk, to: $0) }
    return LogDeparture(
      explained: max(0, walk.furthest), states: states, refusals: refusals, behaviors: behaviors,
      remedies: try remedies(walk, refusals.first ?? []))
  }

  /// Why none of the lines that come next is explained at a pair.
  private func refusals(_ walk: LogWalk, at pair: Int) throws -> [LogDeparture.Refusal] {
    var found: [(rank: Int, refusal: LogDeparture.Refusal)] = []
    for (strand, index) in walk.positions(pair).enumerated() {
      guard let line = try walk.loadedLine(index, of: strand) else { continue }
      let candidates = try candidates(for: line, walk, pair, strand)
      found.append(
        (
          line.line.rank,
          LogDeparture.Refusal(place: LogPlace(strand: strand, line: index), candidates: candidates)
        ))
    }
    return found.sorted { $0.rank < $1.rank }.map(\.refusal)
  }

  private func candidates(
    for line: LoadedLogLine, _ walk: LogWalk, _ pair: Int, _ strand: Int
  ) throws -> [LogDeparture.Candidate] {
    let row = UnsafePointer(walk.pairs.row(pair))
    let machine = log.machine
    machine.enterRun()
    defer { machine.reset() }
    guard let alternatives = line.rule.alternatives else {
      machine.state = row
      machine.next = UnsafeMutablePointer(mutating: row)
      line.bind(machine)
      guard let index = try log.firstFalse(line, .only) else { return [] }
      return [LogDeparture.Candidate(label: nil, reason: log.reason(line, index, .only))]
    }
    let (under, begun) = walk.progress(pair, strand)
    var candidates: [LogDeparture.Candidate] = []
    for (number, patterns) in alternatives.enumerated() where begun == 0 || under == number {
      guard patterns.indices.contains(begun) else { continue }
      machine.reset()
      machine.state = row
      line.bind(machine)
      let wanted = log.arguments(patterns[begun], line)
      let actions = log.candidates(patterns[begun], wanted)
      if actions.isEmpty {
        let arguments = wanted.map {
          $0.map { $0.value.isMissing ? $0.logged ?? .string("?") : log.program.store.plain($0.value) }
            ?? .string("_")
        }
        let label = ActionLabel(name: patterns[begun].step.action, arguments: arguments)
        candidates.append(LogDeparture.Candidate(label: label, reason: .noAction))
      }
      for action in actions {
        let probe = Probe(
          log, line, patterns[begun], wanted,
          LogMachine.Moment(
            isFirst: begun == 0, isLast: begun == patterns.count - 1, beginning: walk.beginning(pair, strand))
        )
        candidates.append(try candidate(action, line, probe, row))
      }
    }
    return candidates
  }

  private func candidate(
    _ action: Int, _ line: LoadedLogLine, _ probe: Probe, _ row: UnsafePointer<UInt32>
  ) throws -> LogDeparture.Candidate {
    let machine = log.machine
    machine.reset()
    line.bind(machine)
    let explainer = DisabledExplainer()
    machine.follower = explainer
    defer { machine.follower = nil }
    var failure: EvaluationFailure?
    do {
      try log.program.placed { try log.program.generateSuccessors(of: row, by: action, into: probe) }
    } catch { failure = EvaluationFailure(error) }
    machine.state = row
    let label = probe.label ?? log.program.labelOfDisabled(action)
    let reason = probe.reason ?? failure.map { .failed($0) } ?? .disabled(explainer.explanation)
    return LogDeparture.Candidate(label: label, reason: reason)
  }

  // MARK: Remedies

  /// Readings of the log in which the walk's first pair of the frontier comes further, the best first.
  private func remedies(
    _ walk: LogWalk, _ refusals: [LogDeparture.Refusal]
  ) throws -> [LogDeparture.Remedy] {
    guard let refusal = refusals.first else { return [] }
    let place = refusal.place
    // Elsewhere the strand of that line has come to another one.
    let rows = walk.frontier.filter { walk.positions($0)[place.strand] == place.line }.map(walk.row)
    var remedies: [LogDeparture.Remedy] = []
    func attempt(
      _ kind: LogDeparture.Remedy.Kind, _ changed: (any LogSource)?, moving steps: Int = 0,
      log: LogMachine? = nil
    ) throws {
      let rows = rows.map { row in steps == 0 ? row : walk.layout.moving(row, place.strand, by: steps) }
      let run = SearchRun(
        limits: SearchLimits(maxStates: Self.mostStatesForRemedy, memoryBytes: memoryLimit))
      let again = try LogWalk(
        log ?? self.log, changed ?? source, run: run, LogWalk.Options(keepsInvariants: false))
      let end = try again.walk(from: rows)
      let explainsAll = if case .explained = end { true } else { false }
      let gained = again.furthest - walk.furthest
      if explainsAll || gained > 1 {
        remedies.append(LogDeparture.Remedy(kind: kind, gained: gained, explainsAll: explainsAll))
      }
    }
    try attempt(.without, nil, moving: 1)
    if place.line > 0 { try attempt(.twice, ChangedSource(source, .repeated(before: place))) }
    if try source.line(place.line + 1, of: place.strand) != nil {
      try attempt(.swapped, ChangedSource(source, .swapped(place)))
    }
    for candidate in refusal.candidates {
      guard case .condition(let position?, let shown, _, let modelled) = candidate.reason else { continue }
      try attempt(
        .unjudged(shown: shown, modelled: modelled), ChangedSource(source, .unjudged(place, position)))
    }
    for action in log.unlogged where action.action.budget != nil {
      try attempt(.unlogged(action.action.name), nil, log: log.allowing(action.action.name))
    }
    return remedies.sorted { ($0.explainsAll ? 1 : 0, $0.gained) > ($1.explainsAll ? 1 : 0, $1.gained) }
  }

  private static let mostStatesForRemedy = 20_000
}

extension LogMachine {
  /// Why the condition at that position is false in the machine's states.
  fileprivate func reason(_ line: LoadedLogLine, _ index: Int, _ moment: Moment) -> LogDeparture.Reason {
    let conditions = line.rule.conditions
    guard index < conditions.count else {
      let part = line.line.parts[index - conditions.count]
      return .condition(position: index, shown: part.shown, nil, modelled: value(of: part))
    }
    let condition = conditions[index]
    let state = machine.state
    if condition.text.readsBoth, let beginning = moment.beginning { machine.state = beginning }
    defer { machine.state = state }
    var modelled: PlainValue?
    var explanation: Explanation?
    var logged = ""
    if let field = condition.field {
      logged = line.line.values[field].map { ", which is \(Self.clipped($0.description))" } ?? ""
      modelled = (try? condition.text.node.evaluate(machine)).map(program.store.plain)
    } else {
      explanation = ReasonFinder(machine).explanation(of: condition.text.node, is: false)
    }
    return .condition(position: index, shown: condition.shown + logged, explanation, modelled: modelled)
  }

  /// Why the step between the machine's states is not what the pattern says of it.
  fileprivate func reason(_ pattern: CompiledLogRule.Pattern) -> LogDeparture.Reason {
    let explanation = pattern.formula.map { ReasonFinder(machine).explanation(of: $0.node, is: false) }
    return .condition(
      position: nil, shown: pattern.step.formula?.shown ?? "", explanation, modelled: nil)
  }

  /// The value of a line can be long.
  private static func clipped(_ text: String) -> String { text.count > 200 ? text.prefix(200) + "…" : text }
}

/// Looks at the steps of one action that do not fit a line.
private final class Probe: StateSink {
  private let log: LogMachine
  private let line: LoadedLogLine
  private let pattern: CompiledLogRule.Pattern
  private let wanted: [LogMachine.Wanted?]
  private let moment: LogMachine.Moment
  /// The label of the first step whose arguments fit.
  private(set) var label: ActionLabel?
  private(set) var reason: LogDeparture.Reason?
  /// How many conditions are satisfied in the step that came closest.
  private var closest = -2

  init(
    _ log: LogMachine, _ line: LoadedLogLine, _ pattern: CompiledLogRule.Pattern,
    _ wanted: [LogMachine.Wanted?], _ moment: LogMachine.Moment
  ) {
    self.pattern = pattern
    self.log = log
    self.line = line
    self.wanted = wanted
    self.moment = moment
  }

  func accept(_ row: UnsafePointer<UInt32>, action: Int) throws {
    guard try log.boundArgumentsFit(action, wanted) else { return }
    guard try log.formulaHolds(pattern, line) else {
      guard closest < -1 else { return }
      closest = -1
      label = log.program.currentLabel(action)
      reason = log.reason(pattern)
      return
    }
    guard let unfit = try log.firstFalse(line, moment), unfit > closest else { return }
    closest = unfit
    label = log.program.currentLabel(action)
    reason = log.reason(line, unfit, moment)
  }
}

/// A log with one change.
private final class ChangedSource: LogSource {
  enum Change {
    /// The line before the place comes once more, at the place.
    case repeated(before: LogPlace)
    /// The line at the place and the one after it change places.
    case swapped(LogPlace)
    /// A condition of the line at the place is not judged.
    case unjudged(LogPlace, Int)
  }

  private let source: any LogSource
  private let change: Change

  init(_ source: any LogSource, _ change: Change) {
    self.source = source
    self.change = change
  }

  var strandCount: Int { source.strandCount }

  func line(_ index: Int, of strand: Int) throws -> LogLine? {
    guard var line = try changedLine(index, of: strand) else { return nil }
    line.after = line.after.map { ($0.strand, count(after: $0.count, of: $0.strand)) }
    return line
  }

  /// How many lines of a strand come first, now that some of them stand elsewhere.
  private func count(after count: Int, of strand: Int) -> Int {
    switch change {
    case .repeated(let place) where place.strand == strand && count > place.line: count + 1
    case .swapped(let place) where place.strand == strand && count == place.line + 1: count + 1
    default: count
    }
  }

  private func changedLine(_ index: Int, of strand: Int) throws -> LogLine? {
    switch change {
    case .repeated(let place) where place.strand == strand && index >= place.line:
      return try source.line(index - 1, of: strand)
    case .swapped(let place) where place.strand == strand && index == place.line:
      return try source.line(index + 1, of: strand)
    case .swapped(let place) where place.strand == strand && index == place.line + 1:
      guard try source.line(index, of: strand) != nil else { return nil }
      return try source.line(index - 1, of: strand)
    case .unjudged(let place, let condition) where place.strand == strand && index == place.line:
      var line = try source.line(index, of: strand)
      line?.unjudged.insert(condition)
      return line
    default:
      return try source.line(index, of: strand)
    }
  }
}
