package import StateSpace

/// A log that a model has judged, independent of the engine's memory: its lines, the behavior that explains them, and where they depart.
package struct JudgedLog: Sendable {
  /// The relation of a line to the behavior.
  package enum Meaning: Hashable, Sendable {
    /// The line stands for the step to the state with that number, perhaps with other lines.
    case step(Int)
    /// The line says what is true in the state with that number.
    case state(Int)
    /// No rule of the mapping reads the line.
    case ignored
    /// No behavior explains the line together with all lines before it.
    case open
  }

  /// A row of the log as it is read beside the behavior.
  package enum Row: Hashable, Sendable {
    /// A line, by its position.
    case line(Int)
    /// A step without a line, by its number.
    case unlogged(Int)
  }

  /// Why a line does not fit a state.
  package struct Refusal: Sendable {
    /// `line 96 (handle register of n1)`
    package let place: String
    /// The position of the line.
    package let line: Int
    /// The steps that could have explained the line, with the reasons in words. Empty if the mapping knows no action for it.
    package let candidates: [(candidate: LogDeparture.Candidate, words: String)]
  }

  /// A state in which the model can be where the log departs.
  package struct Frontier: Sendable {
    /// The behavior to it.
    package let steps: [TraceStep]
    /// Why none of the lines that come next fits, beginning with the line that is tried first.
    package let refusals: [Refusal]
  }

  /// The path of the file or folder.
  package let path: String
  /// The constants with which the model was loaded, and those among them that the log gave.
  package let constants: [String]
  package let constantsOfLog: [String]
  package let outcome: LogReport.Outcome
  /// The verdict in one line.
  package let verdict: String
  /// Remarks on the mapping, and on lines that are not judged.
  package let notes: [String]
  /// The states of the behavior that explains the log, or as much of it as can be explained. Empty if there is none.
  package let steps: [TraceStep]
  /// The first state in which an invariant fails in every explanation; nil if there is none.
  package let violatedStep: Int?
  /// Empty if the whole log is explained.
  package private(set) var frontier: [Frontier] = []
  /// The row of the first line that does not fit; nil if all do.
  package private(set) var departureRow: Int?
  /// The changes that would make more of the log fit, in words.
  package private(set) var remedies: [String] = []
  /// The meaning of each line, by its position.
  package private(set) var meanings: [Meaning]
  package private(set) var rows: [Row] = []
  /// For each row, the number of the state that the behavior has reached there.
  package private(set) var stepsOfRows: [Int32] = []
  /// For each state, the first row that belongs to it; nil for a state between the steps of one line.
  private var rowsOfSteps: [Int32?] = []

  /// The parts of a line that are shown.
  private struct LineTexts: Sendable {
    let number: Int
    let place: String
    let file: Int32
    var event = ""
    var node = ""
    var text = ""
    var words = ""
  }

  private var lines: [LineTexts] = []
  private var positions: [LogLines.Line: Int] = [:]

  /// Spells out what was found. `constantsOfLog` are those among the model's `constants` that the log gave; `notes` are on the loading.
  package init(
    _ report: LogReport, path: String, constants: [String], constantsOfLog: [String],
    notes: [String] = []
  ) {
    self.path = path
    self.constants = constants
    self.constantsOfLog = constantsOfLog
    outcome = report.outcome
    let log = report.log
    meanings = []
    verdict = report.text.split(separator: "\n").first.map(String.init) ?? ""
    self.notes = notes + log.notes
    var explanation: LogExplanation?
    var departure: LogDeparture?
    switch report.verdict {
    case .explained(let found): explanation = found
    case .departs(let found): (explanation, departure) = (found.behavior, found)
    case .limit, .stopped: break
    }
    steps = explanation?.steps ?? []
    violatedStep = explanation?.violation?.step
    readLines(of: log.index)
    meanings = Array(repeating: .ignored, count: lines.count)
    var ranks: [Int: Int] = [:]
    for strand in 0..<log.strandCount {
      var number = 0
      while let event = try? log.event(at: LogPlace(strand: strand, line: number)) {
        mark(event, as: .open)
        if let line = positions[event.first] { ranks[line] = event.rank }
        number += 1
      }
    }
    for (step, places) in (explanation?.lines ?? []).enumerated() {
      for place in places {
        guard let event = try? log.event(at: place) else { continue }
        mark(event, as: log.rules[event.rule].meaning == .state ? .state(step) : .step(step))
      }
    }
    arrange(ranks)
    if let departure { describe(departure, report) }
    positions = [:]
  }

  private mutating func mark(_ event: LogEvent, as meaning: Meaning) {
    for line in [event.first] + event.between + (event.last.map { [$0] } ?? []) {
      if let position = positions[line] { meanings[position] = meaning }
    }
  }

  /// Reads what is shown of each line.
  private mutating func readLines(of index: LogIndex) {
    let log = index.lines
    let known = Set(
      (index.mapping.event + [index.mapping.node, index.mapping.clock].compactMap { $0 })
        .filter { $0.path.count == 1 }.map { $0.path[0] })
    var cursor = LogCursor(log)
    while let line = try? cursor.next() {
      positions[line] = lines.count
      var texts = LineTexts(number: Int(line.number), place: log.place(of: line), file: line.file)
      if let bytes = try? log.files[Int(line.file)].contents.bytes(line.start..<line.end) {
        texts.text = String(decoding: bytes, as: UTF8.self)
      }
      if let entry = try? index.entry(line) {
        texts.event = entry.event.map { index.events[$0].name } ?? ""
        texts.node = index.nodes[entry.node]
      }
      texts.words = texts.text
      if case .object(let members)? = try? log.json(line) {
        texts.words = members.filter { !known.contains($0.name) }
          .map { "\($0.name) \($0.value.scalarText ?? $0.value.text())" }.joined(separator: ", ")
      }
      lines.append(texts)
    }
  }

  // MARK: Rows

  /// Puts the lines and the steps without a line in the order in which they are read.
  private mutating func arrange(_ ranks: [Int: Int]) {
    var told = Set<Int>()
    for meaning in meanings { if case .step(let step) = meaning { told.insert(step) } }
    // The steps without a line stand before the first line of the next step that has one. A line that stands for several steps
    // is marked with the last of them.
    var waiting: [Int: [Int]] = [:]
    var pending: [Int] = []
    for step in steps.indices.dropFirst() {
      guard told.contains(step) else {
        pending.append(step)
        continue
      }
      if !pending.isEmpty { waiting[step] = pending }
      pending = []
    }
    rowsOfSteps = Array(repeating: nil, count: steps.count)
    var reached = 0
    for line in linesInOrder(ranks) {
      switch meanings[line] {
      case .step(let step):
        for unlogged in waiting.removeValue(forKey: step) ?? [] { add(.unlogged(unlogged), at: unlogged) }
        reached = step
      case .state(let state):
        // A line about a state may come after steps without a line.
        while let first = pending.first, first <= state { add(.unlogged(pending.removeFirst()), at: first) }
        reached = state
      case .ignored: break
      case .open:
        for unlogged in pending { add(.unlogged(unlogged), at: unlogged) }
        pending = []
        reached = max(0, steps.count - 1)
      }
      add(.line(line), at: reached)
    }
    for unlogged in pending { add(.unlogged(unlogged), at: unlogged) }
  }

  private mutating func add(_ row: Row, at step: Int) {
    let belongs: Bool
    switch row {
    case .line(let line): belongs = meanings[line] == .step(step) || meanings[line] == .state(step)
    case .unlogged: belongs = true
    }
    if belongs, rowsOfSteps.indices.contains(step), rowsOfSteps[step] == nil {
      rowsOfSteps[step] = Int32(rows.count)
    }
    rows.append(row)
    stepsOfRows.append(Int32(step))
  }

  /// The lines of one file as they stand there; those of several files in the order of their events, each with the lines after it.
  private func linesInOrder(_ ranks: [Int: Int]) -> [Int] {
    guard Set(lines.map(\.file)).count > 1 else { return Array(meanings.indices) }
    var rank = -1
    var file: Int32 = -1
    let keys = meanings.indices.map { line in
      if lines[line].file != file { (file, rank) = (lines[line].file, -1) }
      rank = ranks[line] ?? rank
      return rank
    }
    return meanings.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
  }

  /// The row to show for a state of the behavior.
  package func row(ofStep step: Int) -> Int? {
    var step = min(step, rowsOfSteps.count - 1)
    while step >= 0 {
      if let row = rowsOfSteps[step] { return Int(row) }
      step -= 1
    }
    return rows.isEmpty ? nil : 0
  }

  /// The number in its file of the first line that stands for a step; nil if none does.
  package func lineNumber(ofStep step: Int) -> Int? {
    guard rowsOfSteps.indices.contains(step), let row = rowsOfSteps[step],
      case .line(let line) = rows[Int(row)], meanings[line] == .step(step)
    else { return nil }
    return number(of: line)
  }

  // MARK: Departure

  private mutating func describe(_ departure: LogDeparture, _ report: LogReport) {
    let log = report.log
    for (number, (behavior, refusals)) in zip(departure.behaviors, departure.refusals).enumerated() {
      // A long behavior is not spelled out for every state.
      if number > 0, behavior.stepCount > Self.longestOfSeveral { break }
      let described = refusals.map { refusal in
        Refusal(
          place: report.described(refusal.place),
          line: (try? log.event(at: refusal.place)).flatMap { positions[$0.first] } ?? 0,
          candidates: refusal.candidates.map { ($0, report.words(for: $0)) })
      }
      frontier.append(Frontier(steps: behavior.steps, refusals: described))
    }
    departureRow = (frontier.first?.refusals.first?.line).flatMap { rows.firstIndex(of: .line($0)) }
    if let place = departure.refusals.first?.first?.place {
      remedies = departure.remedies.map { report.words(for: $0, at: place) }
    }
  }

  private static let longestOfSeveral = 20_000

  // MARK: Lines

  /// The number of a line in its file, counted from 1.
  package func number(of line: Int) -> Int { lines[line].number }

  /// `line 12`, or `n1.log:12` in a log of several files.
  package func place(of line: Int) -> String { lines[line].place }

  /// The event and the node that a line names; empty if it names none.
  package func event(of line: Int) -> String { lines[line].event }
  package func node(of line: Int) -> String { lines[line].node }

  /// The record of a line as it is written.
  package func text(of line: Int) -> String { lines[line].text }

  /// What a line says besides its event, its node and its clock: `from n2, nodes_map ["n1"]`.
  package func words(of line: Int) -> String { lines[line].words }
}
