import StateSpace
import TLASemantics
import TLASyntax
import Traces

/// What a check found, as text and as JSON.
struct CheckReport {
  let model: String
  let specification: Specification
  let result: CheckResult

  /// The counterexample, with why it is one; nil when there is none.
  let trace: Trace?
  let structure: ProtocolStructure?

  init(model: String, specification: Specification, result: CheckResult) {
    self.model = model
    self.specification = specification
    self.result = result
    guard case .violation(let violation) = result.outcome, !violation.trace.isEmpty else {
      (trace, structure) = (nil, nil)
      return
    }
    var trace = specification.trace(violation.trace, source: Self.source(of: violation))
    let explorer = try? Explorer(specification, stackBytes: LargeStack.forEvaluation)
    structure = explorer.map { ViewFile.structure(of: $0) }
    if violation.kind == .invariant, let explorer, let structure {
      trace.violation = trace.violation(
        of: violation.name, at: trace.steps.count - 1, explorer: explorer, structure: structure)
    }
    self.trace = trace
  }

  var status: ExitStatus {
    switch result.outcome {
    case .success: .success
    case .limit: .limit
    case .stopped: .other
    case .violation(let violation):
      switch violation.kind {
      case .invariant: .invariant
      case .deadlock: .deadlock
      case .assumption: .assumption
      case .assertion: .assertion
      case .evaluation:
        // As for TLC, an invariant that fails in an initial state fails with it.
        violation.failure?.kind == .resource
          ? .limit : violation.name == nil || violation.trace.count < 2 ? .evaluation : .invariantEvaluation
      }
    }
  }

  private static func source(of violation: Violation) -> String {
    switch violation.kind {
    case .invariant: "counterexample to \(violation.name ?? "an invariant")"
    case .deadlock: "trace to a deadlock"
    case .assumption, .assertion, .evaluation: "trace to a failed evaluation"
    }
  }

  // MARK: Text

  /// For people: the trace, what is wrong, and how much was looked at.
  var text: String {
    var parts: [String] = []
    if let trace { parts.append(TraceTextWriter.text(trace, structure: structure, explains: false)) }
    parts.append(verdict)
    if result.violations.count > 1 {
      parts.append(
        result.violations.dropFirst().map { "also: \($0.message), after \($0.trace.count) states" }.joined(
          separator: "\n"))
    }
    parts.append(figures)
    return parts.joined(separator: "\n")
  }

  private var verdict: String {
    switch result.outcome {
    case .success:
      if specification.next == nil { return "no behavior to explore; every assumption holds" }
      let names = specification.invariants.map(\.name)
      return names.isEmpty
        ? "no violation found"
        : "no violation found: \(names.joined(separator: ", ")) \(names.count == 1 ? "holds" : "hold") in every state"
    case .limit(let what): return "stopped: the search reached \(what); nothing was found so far"
    case .stopped: return "stopped"
    case .violation(let violation):
      if let failure = violation.failure { return Console.describe(failure) }
      let why = (trace?.violation?.why ?? []).map { "  because " + $0 }
      return ([violation.message] + (witness(violation).map { [$0] } ?? []) + why).joined(separator: "\n")
    }
  }

  /// Why the invariant is false in the last state.
  private func witness(_ violation: Violation) -> String? {
    guard violation.kind == .invariant, let name = violation.name, let last = violation.trace.last,
      let explorer = try? Explorer(specification, stackBytes: LargeStack.forEvaluation),
      let index = explorer.invariants.firstIndex(of: name),
      let state = try? explorer.state(of: last.values),
      case .fails(let explanation) = explorer.status(ofInvariant: index, in: state)
    else { return nil }
    let witnesses = explanation.witnesses.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    let values = explanation.values.map { "  (\($0))" } ?? ""
    return
      "  \(witnesses.isEmpty ? "" : "for \(witnesses): ")\(explanation.expression)\(values) is \(explanation.holds ? "true" : "false")"
  }

  private var figures: String {
    let progress = result.progress
    return
      "\(Numbers.grouped(progress.generated)) states generated, \(Numbers.grouped(progress.distinct)) distinct, "
      + "\(Numbers.grouped(progress.queue)) left on the queue, depth \(progress.depth); \(seconds) s, "
      + "\(Memory.peak >> 20) MiB. The set of states is exact: none is missed for a hash."
  }

  private var seconds: String {
    let hundredths = Int((result.progress.seconds * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }

  // MARK: JSON

  var json: JSONValue {
    var name: String?
    var message = ""
    switch result.outcome {
    case .success: break
    case .limit(let what): message = "the search reached \(what)"
    case .stopped: message = "stopped"
    case .violation(let violation):
      name = violation.name
      message = violation.message
    }
    return Self.json(
      outcome: status.outcomeName, violated: name, message: message, why: trace?.violation?.why ?? [],
      result: result,
      trace: trace.map { ITFWriter.json($0, structure: structure) } ?? .null)
  }

  static func json(
    outcome: String, violated: String? = nil, message: String, why: [String] = [],
    result: CheckResult? = nil, trace: JSONValue = .null
  ) -> JSONValue {
    let progress = result?.progress ?? CheckProgress()
    return .object([
      JSONValue.Member("outcome", .string(outcome)),
      JSONValue.Member("violated", violated.map { .string($0) } ?? .null),
      JSONValue.Member("message", .string(message)),
      JSONValue.Member("why", .array(why.map { .string($0) })),
      JSONValue.Member("generated", .integer(progress.generated)),
      JSONValue.Member("distinct", .integer(progress.distinct)),
      JSONValue.Member("depth", .integer(progress.depth)),
      JSONValue.Member("queue", .integer(progress.queue)),
      JSONValue.Member("initial", .integer(result?.initial ?? 0)),
      JSONValue.Member("workers", .integer(result?.workers ?? 0)),
      JSONValue.Member("seconds", .number(progress.seconds)),
      JSONValue.Member("peakMemoryBytes", .integer(Memory.peak)),
      JSONValue.Member("trace", trace),
    ])
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
    case .assertion: "assert"
    case .evaluation, .invariantEvaluation: "evaluation"
    case .specification: "parse"
    case .configuration: "configuration"
    case .unsupported: "unsupported"
    case .limit: "limit"
    case .illegalStep, .usage, .unreadable, .other: "stopped"
    }
  }
}
