import StateSpace
import TLASemantics
import TLASyntax
import TerminalUI
import Traces
import Workbench

/// The result of a check, as text and as JSON.
struct CheckReport {
  private let result: CheckResult
  private let specification: Specification
  /// The time to read the specification and to prepare the search.
  private let loadingSeconds: Double
  /// The signal that ended the check; nil for none.
  private let signal: Int32?
  /// The violation that is reported in full: the first one.
  private let violation: Violation?
  /// The counterexample, with the reason why it is one; nil if there is none.
  let trace: Trace?
  let structure: ProtocolStructure?
  /// Explains why an invariant is false, and who sends what to whom; nil without a counterexample.
  private let explorer: Explorer?
  /// Whether the configuration's alias stands in saved traces, too.
  private let showsAlias: Bool

  init(
    _ result: CheckResult, of specification: Specification, loadingSeconds: Double, showsAlias: Bool = false,
    signal: Int32? = nil
  ) {
    self.showsAlias = showsAlias
    self.result = result
    self.specification = specification
    self.loadingSeconds = loadingSeconds
    self.signal = signal
    violation = result.violations.first
    guard let violation, !violation.trace.isEmpty else {
      (trace, explorer, structure) = (nil, nil, nil)
      return
    }
    explorer = try? Explorer(
      specification, stackBytes: LargeStack.forEvaluation, host: ModelHost(of: specification))
    structure = explorer.map { ViewFile.structure(of: $0) }
    var trace = Trace(
      variables: specification.variables.map(\.name.text), steps: violation.trace,
      loop: violation.loop?.start, closing: violation.loop?.closing,
      metadata: Trace.Metadata(
        model: specification.name, digest: explorer.map { ModelDigest.of($0) },
        source: Self.source(of: violation)))
    trace.takeCaptions(from: specification)
    if violation.kind == .invariant, let explorer, let structure {
      trace.violation = trace.violation(
        of: violation.name, at: trace.steps.count - 1, explorer: explorer, structure: structure)
    } else if violation.kind == .property, let name = violation.name {
      trace.violation = Trace.Violation(
        name: name, step: trace.steps.count - 1, why: Self.causes(violation, explorer, structure))
    }
    self.trace = trace
  }

  /// The exit code, which also determines the name of the outcome.
  var status: ExitStatus {
    switch result.outcome {
    case .success: .success
    case .limit: .limit
    case .stopped: .other
    case .violation(let violation): ExitStatus(of: violation)
    }
  }

  /// The counterexample as it is saved, with what its writers need to know; nil if there is none.
  var saved: (trace: Trace, structure: ProtocolStructure?)? {
    guard let trace else { return nil }
    if showsAlias, let shown = aliased(trace) { return (shown, nil) }
    return (trace, structure)
  }

  private static func source(of violation: Violation) -> String {
    switch violation.kind {
    case .invariant: "counterexample to \(violation.name ?? "an invariant")"
    case .property: "counterexample to \(violation.name ?? "a property")"
    case .deadlock: "trace to a deadlock"
    case .assumption, .assertion, .evaluation: "trace to a failed evaluation"
    }
  }

  // MARK: Text

  /// The report for people: the trace, what is wrong, what was not checked, and the figures.
  var text: String {
    var parts: [String] = []
    if let trace {
      let shown = aliased(trace)
      parts.append(
        TraceTextWriter.text(shown ?? trace, structure: shown == nil ? structure : nil, explains: false))
    }
    parts += verdict
    parts += result.violations.dropFirst().map { "also: \($0.message), after \($0.trace.count) states" }
    parts += result.notes.map(\.text)
    parts += result.unchecked.map(\.text).filter { !parts.contains($0) }
    parts.append(
      Self.figures(result.progress, loadingSeconds: loadingSeconds)
        + " The set of states is exact: no state is lost to a hash collision.")
    return parts.joined(separator: "\n")
  }

  /// The trace as the configuration's `ALIAS` shows it; nil if there is none, or if it is not a record of the same fields in each state.
  private func aliased(_ trace: Trace) -> Trace? {
    guard let explorer, let states = try? trace.steps.map({ try explorer.state(of: $0.values) }),
      let records = try? explorer.aliases(of: states, loop: trace.loop)
    else { return nil }
    var shown = trace
    for (index, record) in records.enumerated() {
      guard case .record(let fields) = record, index == 0 || fields.map(\.name) == shown.variables else {
        return nil
      }
      shown.variables = fields.map(\.name)
      shown.steps[index] = TraceStep(label: trace.steps[index].label, values: fields.map(\.value))
    }
    return shown
  }

  private var verdict: [String] {
    switch result.outcome {
    case .success: [success]
    case .limit(let what): ["stopped: the search reached \(what); nothing was found so far"]
    case .stopped: (violation.map(words) ?? []) + [Self.stopped(by: signal, foundNothing: violation == nil)]
    case .violation(let violation): words(for: violation)
    }
  }

  private var success: String {
    var states = "in every state"
    for unchecked in result.unchecked {
      switch unchecked {
      case .everything, .everyInvariant: return unchecked.text
      case .property, .propertyUnderView, .propertyBeyondConstraints, .beyondConstraints, .beyondLimit,
        .implication:
        continue
      case .beyondExit: states = "in every state that was visited"
      }
    }
    let claims = [
      claim(result.claims.invariants, states), claim(judgedProperties, "of every behavior"),
    ].compactMap { $0 }
    return (["no violation found"] + (claims.isEmpty ? [] : [claims.joined(separator: "; ")])).joined(
      separator: ": ")
  }

  private func claim(_ names: [String], _ scope: String) -> String? {
    names.isEmpty ? nil : "\(names.joined(separator: ", ")) \(names.count == 1 ? "holds" : "hold") \(scope)"
  }

  /// The properties that were checked completely, without those that are invariants.
  private var judgedProperties: [String] {
    let unchecked = Set(
      result.unchecked.compactMap { if case .property(let name) = $0 { name } else { nil } })
    return result.claims.properties.filter { !unchecked.contains($0) }
  }

  private func words(for violation: Violation) -> [String] {
    if let failure = violation.failure {
      let invariant = violation.subject == .assumption ? nil : violation.name
      return (invariant.map { ["\($0) has no value in the last state"] } ?? []) + [
        Console.describe(failure), Console.more(about: failure.code),
      ]
    }
    let causes = trace?.violation?.why ?? violation.why
    let why = causes.map { violation.kind == .invariant ? "  because \($0)" : "  \($0)" }
    let end = violation.kind == .deadlock ? DeadlockReport.lines(violation, explorer) : []
    return [violation.message] + (witness(violation).map { [$0] } ?? []) + why + end
      + [Console.more(about: violation.code)]
  }

  /// Why the counterexample to a property comes to nothing.
  private static func causes(
    _ violation: Violation, _ explorer: Explorer?, _ structure: ProtocolStructure?
  ) -> [String] {
    guard let explorer, let structure else { return violation.why }
    return LassoCauses.sentences(violation, explorer: explorer, structure: structure)
  }

  /// The message about what stopped a check before its end.
  static func stopped(by signal: Int32?, foundNothing: Bool) -> String {
    let who = signal.map { " by \(Interruption.name(of: $0))" } ?? ""
    return "stopped\(who)" + (foundNothing ? "; nothing was found so far" : "")
  }

  /// The reason why the invariant is false in the last state.
  private func witness(_ violation: Violation) -> String? {
    guard violation.kind == .invariant, let name = violation.name, let last = violation.trace.last,
      let explorer, let index = explorer.invariants.firstIndex(of: name),
      let state = try? explorer.state(of: last.values),
      case .fails(let explanation) = explorer.status(ofInvariant: index, in: state)
    else { return nil }
    let witnesses = explanation.witnesses.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    let values = explanation.values.map { "  (\($0))" } ?? ""
    return
      "  \(witnesses.isEmpty ? "" : "for \(witnesses): ")\(explanation.expression)\(values) is \(explanation.holds ? "true" : "false")"
  }

  /// How much was explored, and how long it took.
  static func figures(_ progress: CheckProgress, loadingSeconds: Double? = nil) -> String {
    let loading = loadingSeconds.map { " after \(hundredths($0)) s of loading" } ?? ""
    return
      "\(Wording.grouped(progress.generated)) states generated, \(Wording.grouped(progress.distinct)) distinct, "
      + "\(Wording.grouped(progress.queue)) left on the queue, depth \(progress.depth); "
      + "\(hundredths(progress.seconds)) s\(loading), \((ProcessMemory.peak ?? 0) >> 20) MiB."
  }

  private static func hundredths(_ seconds: Double) -> String {
    let hundredths = Int((seconds * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  // MARK: JSON

  var json: JSONValue {
    let message =
      switch result.outcome {
      case .success: ""
      case .limit(let what): "the search reached \(what)"
      case .stopped: Self.stopped(by: signal, foundNothing: violation == nil)
      case .violation(let violation): violation.message
      }
    return Self.json(
      outcome: outcomeName, violated: violation?.name, message: message,
      why: trace?.violation?.why ?? violation?.why ?? [],
      notes: result.notes.map(\.text), unchecked: result.unchecked.map(\.text), progress: result.progress,
      initial: result.initial,
      workers: result.workers, flatCode: result.flatCode,
      trace: saved.map { ITFWriter.json($0.trace, structure: $0.structure) } ?? .null)
  }

  /// The name of the outcome, by the exit code. A failure has one name, whatever exit code TLC uses for it.
  private var outcomeName: String {
    if case .violation = result.outcome, status == .other { return ExitStatus.evaluation.outcomeName }
    return status.outcomeName
  }

  static func json(
    outcome: String, violated: String? = nil, message: String, why: [String] = [], notes: [String] = [],
    unchecked: [String] = [], progress: CheckProgress = CheckProgress(), initial: Int = 0, workers: Int = 0,
    flatCode: FlatCodeFigures? = nil, trace: JSONValue = .null
  ) -> JSONValue {
    .object([
      JSONValue.Member("outcome", .string(outcome)),
      JSONValue.Member("violated", violated.map { .string($0) } ?? .null),
      JSONValue.Member("message", .string(message)),
      JSONValue.Member("why", .array(why.map { .string($0) })),
      JSONValue.Member("notes", .array(notes.map { .string($0) })),
      JSONValue.Member("unchecked", .array(unchecked.map { .string($0) })),
      JSONValue.Member("generated", .integer(progress.generated)),
      JSONValue.Member("distinct", .integer(progress.distinct)),
      JSONValue.Member("depth", .integer(progress.depth)),
      JSONValue.Member("queue", .integer(progress.queue)),
      JSONValue.Member("initial", .integer(initial)),
      JSONValue.Member("workers", .integer(workers)),
      JSONValue.Member("seconds", .number(progress.seconds)),
      JSONValue.Member("peakMemoryBytes", .integer(ProcessMemory.peak ?? 0)),
      JSONValue.Member("flatCode", flatCode.map(json) ?? .null),
      JSONValue.Member("trace", trace),
    ])
  }

  private static func json(_ figures: FlatCodeFigures) -> JSONValue {
    .object([
      JSONValue.Member("stateBits", .integer(figures.bits)),
      JSONValue.Member("layoutChanges", .integer(figures.layoutChanges)),
      JSONValue.Member("explored", .integer(figures.explored)),
      JSONValue.Member("onTree", .integer(figures.onTree)),
      JSONValue.Member("machineCodeBytes", figures.machineCodeBytes.map { .integer($0) } ?? .null),
      JSONValue.Member("treeActions", .array(figures.treeActions.map { .string($0) })),
      JSONValue.Member("treeConditions", .array(figures.treeConditions.map(json))),
      JSONValue.Member("remembered", .array(figures.remembered.map(json))),
    ])
  }

  private static func json(_ condition: FlatCodeFigures.Condition) -> JSONValue {
    .object([
      JSONValue.Member("kind", .string(condition.kind.rawValue)),
      JSONValue.Member("name", .string(condition.name)),
      JSONValue.Member("count", .integer(condition.count)),
    ])
  }

  private static func json(_ expression: FlatCodeFigures.Expression) -> JSONValue {
    let position = expression.span.startPosition
    return .object([
      JSONValue.Member("file", .string(expression.span.file.name)),
      JSONValue.Member("line", .integer(position.line)),
      JSONValue.Member("column", .integer(position.column)),
      JSONValue.Member("evaluations", .integer(expression.evaluations)),
    ])
  }

  /// How the states were evaluated, for `--verbose`.
  static func evaluation(_ figures: FlatCodeFigures?) -> String {
    guard let figures else { return "every state was evaluated on the tree of expressions" }
    let changes = figures.layoutChanges == 1 ? "once" : "\(figures.layoutChanges) times"
    let actions =
      figures.treeActions.isEmpty ? "" : "; not in flat code: \(figures.treeActions.joined(separator: ", "))"
    let code = figures.machineCodeBytes.map { "machine code of \(($0 + 1023) / 1024) KiB" } ?? "run by a loop"
    return
      "flat code, \(code): \(figures.bits) bits a state, the layout changed \(changes); "
      + "\(Wording.grouped(figures.onTree)) of the last \(Wording.grouped(figures.explored)) states needed the tree of expressions"
      + actions + conditions(figures) + remembered(figures)
  }

  private static func conditions(_ figures: FlatCodeFigures) -> String {
    if figures.treeConditions.isEmpty { return "" }
    let conditions = figures.treeConditions.map {
      "\($0.kind.rawValue) \($0.name) (\(Wording.count($0.count, "time")))"
    }
    return "\njudged on the tree of expressions: \(conditions.joined(separator: ", "))"
  }

  /// The expressions that were evaluated most often.
  private static func remembered(_ figures: FlatCodeFigures) -> String {
    if figures.remembered.isEmpty { return "" }
    let most = 5
    var places = figures.remembered.prefix(most).map { expression -> String in
      let position = expression.span.startPosition
      return "\(expression.span.file.name):\(position.line):\(position.column) "
        + "(\(Wording.count(expression.evaluations, "evaluation")))"
    }
    let others = figures.remembered.count - places.count
    if others > 0 { places.append("and \(Wording.count(others, "other place"))") }
    return "\nevaluated on the tree of expressions and remembered: \(places.joined(separator: ", "))"
  }
}

extension ExitStatus {
  /// The name of the outcome in `check --json`.
  var outcomeName: String {
    switch self {
    case .success: "success"
    case .assumption: "assumption"
    case .deadlock: "deadlock"
    case .invariant: "invariant"
    case .property: "property"
    case .assertion: "assert"
    case .evaluation, .invariantEvaluation, .propertyEvaluation: "evaluation"
    case .specification: "parse"
    case .configuration: "configuration"
    case .unsupported: "unsupported"
    case .limit: "limit"
    case .illegalStep, .usage, .unreadable, .other: "stopped"
    }
  }
}
