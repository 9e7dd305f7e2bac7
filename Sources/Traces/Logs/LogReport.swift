package import StateSpace
import TLASemantics

/// What was found out about a log, in words and as JSON.
package struct LogReport {
  package enum Outcome: String, Sendable {
    case explained, violation, departs, unreadable, limit, stopped
  }

  let verdict: LogVerdict
  let log: MappedLog
  let explorer: Explorer
  private let progress: CheckProgress

  package init(_ verdict: LogVerdict, of log: MappedLog, _ explorer: Explorer, _ progress: CheckProgress) {
    self.verdict = verdict
    self.log = log
    self.explorer = explorer
    self.progress = progress
  }

  package var outcome: Outcome {
    switch verdict {
    case .explained(let explanation): explanation.violation == nil ? .explained : .violation
    case .departs: .departs
    case .limit: .limit
    case .stopped: .stopped
    }
  }

  private var modelName: String { explorer.specification.name }

  // MARK: Words

  /// The report, a line for each thing to say.
  package var text: String { (verdictLines + log.notes.map { "note: \($0)" }).joined(separator: "\n") }

  private var verdictLines: [String] {
    switch verdict {
    case .explained(let explanation):
      guard let violation = explanation.violation else {
        return ["the log is a behavior of \(modelName): \(figures(of: explanation))"]
      }
      return [
        "\(violation.invariant) fails in every behavior of \(modelName) that explains the log",
        "  first in state \(violation.step), \(words(for: violation))",
      ] + falsePart(of: violation).map { ["  " + $0] }.orEmpty + [
        "  the behavior found: \(figures(of: explanation))"
      ]
    case .departs(let departure): return words(for: departure)
    case .limit(let what, let explained):
      return [
        "the search reached \(what); up to then \(explained) of \(log.eventCount) events were explained"
      ]
    case .stopped(let explained):
      return [Self.stopped(explained: explained, of: log.eventCount)]
    }
  }

  /// How far a stopped search came. The number of all events is nil if it is not known.
  package static func stopped(explained: Int, of all: Int?) -> String {
    "stopped; up to then \(explained)\(all.map { " of \($0)" } ?? "") events were explained"
  }

  private func figures(of explanation: LogExplanation) -> String {
    let (steps, unlogged) = (explanation.stepCount, explanation.unloggedCount)
    let without = unlogged == 0 ? "" : ", \(unlogged) of them without a line"
    return "\(Self.count(log.eventCount, "event")), \(Self.count(steps, "step"))\(without)"
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }

  /// `by AckSync(n2, n1) at line 88`
  private func words(for violation: LogExplanation.Failing) -> String {
    let action = violation.label.map { "by \($0)" } ?? "the initial state"
    if let place = violation.line { return "\(action) at \(log.words(for: place))" }
    return action + (violation.lineBefore.map { " after \(log.words(for: $0))" } ?? " before the first line")
  }

  private func falsePart(of violation: LogExplanation.Failing) -> String? {
    guard let index = explorer.invariants.firstIndex(of: violation.invariant),
      let state = try? explorer.state(of: violation.values)
    else { return nil }
    switch explorer.status(ofInvariant: index, in: state) {
    case .fails(let explanation): return Self.words(for: explanation)
    case .failed(let failure): return failure.message
    case .holds: return nil
    }
  }

  static func words(for explanation: Explanation) -> String {
    let names = explanation.witnesses.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    let values = explanation.values.map { "  (\($0))" } ?? ""
    return (names.isEmpty ? "" : "for \(names): ")
      + "\(explanation.expression)\(values) is \(explanation.holds ? "true" : "false")"
  }

  // MARK: A departure

  private func words(for departure: LogDeparture) -> [String] {
    guard let refusal = departure.refusals.first?.first else {
      return ["no behavior of \(modelName) explains the log: it has no initial state"]
    }
    var lines = ["no behavior of \(modelName) explains the log: it departs at \(described(refusal.place))"]
    lines.append(
      "  \(departure.explained) of \(Self.count(log.eventCount, "event")) are explained at most")
    for (number, refusals) in departure.refusals.enumerated() {
      let state = departure.states.count > 1 ? "in state \(number + 1) of \(departure.states.count): " : ""
      for refusal in refusals.prefix(number == 0 ? 4 : 1) {
        let other = refusal.place == refusals[0].place ? "" : "\(described(refusal.place)): "
        lines += words(for: refusal).map { "  \(state)\(other)\($0)" }
      }
    }
    lines += differences(departure.states).map { "  " + $0 }
    lines += departure.remedies.map { "  nearest: \(words(for: $0, at: refusal.place))" }
    return lines
  }

  private static let mostStates = 4

  /// How the first few states differ from the first one.
  private func differences(_ states: [[PlainValue]]) -> [String] {
    guard let first = states.first, states.count > 1 else { return [] }
    let others = states.dropFirst().prefix(Self.mostStates).enumerated().map { number, state in
      let places = explorer.variables.indices.filter { state[$0] != first[$0] }.map { index in
        let places = ValueDifference.between(first[index].canonical, state[index].canonical)
        return "\(explorer.variables[index]) \(places.prefix(3).map(\.description).joined(separator: ", "))"
      }
      return "  state \(number + 2): \(places.joined(separator: "; "))"
    }
    return ["the model can be in \(states.count) states there; against state 1"] + others
  }

  func described(_ place: LogPlace) -> String {
    let (event, node) = (log.eventName(of: place), log.nodeName(of: place))
    let what = [event, node.isEmpty ? "" : "of \(node)"].filter { !$0.isEmpty }.joined(separator: " ")
    return log.words(for: place) + (what.isEmpty ? "" : " (\(what))")
  }

  private func words(for refusal: LogDeparture.Refusal) -> [String] {
    if refusal.candidates.isEmpty { return ["the model has no action for this event"] }
    return refusal.candidates.map { words(for: $0) }
  }

  func words(for candidate: LogDeparture.Candidate) -> String {
    let label = candidate.label?.description
    switch candidate.reason {
    case .noAction: return "the model has no action \(label ?? "")"
    case .disabled(let explanation):
      let why = explanation.map { ": " + Self.words(for: $0) } ?? ""
      return "\(label ?? "") is disabled\(why)"
    case .failed(let failure): return "\(label ?? "the state") has no value: \(failure.message)"
    case .condition(nil, let shown, let explanation, _):
      let why = explanation.map { ": " + Self.words(for: $0) } ?? ""
      return "\(label ?? "") is possible, but it is no \(shown)\(why)"
    case .condition(_, let shown, let explanation, let modelled):
      let why = modelled.map { "the model has \($0)" } ?? explanation?.values ?? "it is false"
      return "\(label.map { "\($0) is possible, but " } ?? "")the log says \(shown): \(why)"
    }
  }

  func words(for remedy: LogDeparture.Remedy, at place: LogPlace) -> String {
    let rest =
      remedy.explainsAll ? "the rest fits" : "\(Self.count(remedy.gained, "more event")) would be explained"
    switch remedy.kind {
    case .without: return "without \(log.words(for: place)), \(rest)"
    case .twice: return "if the line before \(log.words(for: place)) counts twice, \(rest)"
    case .swapped: return "if \(log.words(for: place)) and the next line of its order change places, \(rest)"
    case .unlogged(let action): return "if \(action) may happen once more without a line, \(rest)"
    case .unjudged(let shown, let modelled):
      // A predicate may have several equality signs.
      guard let modelled else { return "without the condition \(shown), \(rest)" }
      let what = shown.prefix { $0 != "=" }.trimmed
      return "without what the line says of \(what) and the value \(modelled), \(rest)"
    }
  }

  // MARK: The behavior

  /// The behavior that explains the log, or the part of it that can be explained; nil if there is none, or if the search did not keep it.
  package var trace: Trace? {
    let explanation: LogExplanation
    switch verdict {
    case .explained(let found): explanation = found
    case .departs(let departure):
      guard let behavior = departure.behavior else { return nil }
      explanation = behavior
    case .limit, .stopped: return nil
    }
    guard explanation.forgottenCount == 0, !explanation.steps.isEmpty else { return nil }
    var trace = Trace(
      variables: explorer.variables, steps: explanation.steps,
      metadata: Trace.Metadata(model: modelName, digest: ModelDigest.of(explorer), source: "log"))
    for (step, places) in explanation.lines.enumerated() {
      let lines = places.compactMap(log.lineNumber)
      if !lines.isEmpty { trace.logLines[step] = lines }
    }
    return trace
  }

  // MARK: JSON

  package var json: JSONValue {
    var members = [
      JSONValue.Member("outcome", .string(outcome.rawValue)),
      JSONValue.Member("message", .string(verdictLines.first ?? "")),
      JSONValue.Member("events", .integer(log.eventCount)),
    ]
    var place: LogPlace?
    var step: Int?
    var violated: String?
    var reasons: [String] = []
    var nearest: [String] = []
    var explained = log.eventCount
    switch verdict {
    case .explained(let explanation):
      if let violation = explanation.violation {
        (step, violated) = (violation.step, violation.invariant)
        place = violation.line ?? violation.lineBefore
        reasons = falsePart(of: violation).map { [$0] }.orEmpty
      }
    case .departs(let departure):
      explained = departure.explained
      step = departure.behavior?.stepCount
      place = departure.refusals.first?.first?.place
      reasons = (departure.refusals.first?.first).map { words(for: $0) }.orEmpty
      if let place { nearest = departure.remedies.map { words(for: $0, at: place) } }
    case .limit(_, let most), .stopped(let most): explained = most
    }
    members += [
      JSONValue.Member("explained", .integer(explained)),
      JSONValue.Member("line", place.flatMap(log.lineNumber).map { .integer($0) } ?? .null),
      JSONValue.Member("place", place.map { .string(described($0)) } ?? .null),
      JSONValue.Member("step", step.map { .integer($0) } ?? .null),
      JSONValue.Member("violated", violated.map { .string($0) } ?? .null),
      JSONValue.Member("reasons", .array(reasons.map { .string($0) })),
      JSONValue.Member("nearest", .array(nearest.map { .string($0) })),
      JSONValue.Member("order", .string(log.order.rawValue)),
      JSONValue.Member("notes", .array(log.notes.map { .string($0) })),
      JSONValue.Member("states", .integer(progress.distinct)),
      JSONValue.Member("seconds", .number(progress.seconds)),
      JSONValue.Member("trace", trace.map { ITFWriter.json($0) } ?? .null),
    ]
    return .object(members)
  }
}

extension Optional where Wrapped == [String] {
  fileprivate var orEmpty: [String] { self ?? [] }
}

extension Substring {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
