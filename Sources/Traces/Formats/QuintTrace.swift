internal import StateSpace

/// Turns a trace that Quint wrote into one with the specification's own variables.
enum QuintTrace {
  private static let action = "mbt::actionTaken"
  private static let picks = "mbt::nondetPicks"

  /// Quint's simulator records the action in a variable of its own, which becomes the label of the step. It prefixes variables with the
  /// instances through which it reached them: `net::inbox` becomes `inbox` if that is unambiguous. Other traces stay as they are.
  static func plain(_ trace: Trace) -> Trace {
    guard trace.variables.contains(where: { $0.contains("::") }) else { return trace }
    var trace = trace
    if let column = trace.variables.firstIndex(of: action) {
      trace.steps = trace.steps.enumerated().map { index, step in
        guard index > 0, step.label == nil, case .string(let name) = step.values[column], !name.isEmpty else {
          return step
        }
        return TraceStep(label: ActionLabel(name: name), values: step.values)
      }
    }
    let kept = trace.variables.indices.filter {
      trace.variables[$0] != action && trace.variables[$0] != picks
    }
    let names = kept.map { last(of: trace.variables[$0]) }
    guard !kept.isEmpty, Set(names).count == names.count else { return trace }
    trace.variables = names
    trace.steps = trace.steps.map { step in
      TraceStep(label: step.label, values: kept.map { step.values[$0] })
    }
    return trace
  }

  /// The part after the last `::`.
  private static func last(of name: String) -> String {
    name.ranges(of: "::").last.map { String(name[$0.upperBound...]) } ?? name
  }
}
