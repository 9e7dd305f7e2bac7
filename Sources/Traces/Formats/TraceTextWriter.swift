internal import StateSpace

/// Writes a trace for people to read in a terminal. States are numbered from 0.
package enum TraceTextWriter {
  /// After the first state only the variables that changed are shown, unless `allVariables` is set. With a structure
  /// each step says what it did behind its action.
  package static func text(
    _ trace: Trace, structure: ProtocolStructure? = nil, allVariables: Bool = false,
    marks: StepSummary.Marks = .unicode
  ) -> String {
    let width = String(max(0, trace.steps.count - 1)).count
    let margin = String(repeating: " ", count: width + 2)
    let names = trace.variables.map(\.count).max() ?? 0
    let actions = trace.steps.map { $0.label?.description.count ?? 0 }.max() ?? 0
    var lines: [String] = []
    for (index, step) in trace.steps.enumerated() {
      if let omission = trace.omissions[index] { lines.append("\(margin)… (\(omission.words))") }
      let number = String(repeating: " ", count: width - String(index).count) + String(index)
      var head = "\(number)  \(title(trace, index))"
      if let words = trace.summary(ofStep: index, structure: structure)?.text(marks: marks), !words.isEmpty {
        let gap = max(2, min(actions, 40) + 2 - title(trace, index).count)
        head += String(repeating: " ", count: gap) + words
      }
      lines.append(head)
      for (position, variable) in trace.variables.enumerated() where position < step.values.count {
        let value = step.values[position]
        if index > 0, !allVariables, trace.steps[index - 1].values.dropFirst(position).first == value {
          continue
        }
        let padding = String(repeating: " ", count: names - variable.count)
        lines.append("\(margin)\(variable)\(padding) = \(value)")
      }
      if let note = trace.stepNotes[index] { lines.append("\(margin)(\(note))") }
    }
    if let loop = trace.loop {
      lines.append(
        loop == trace.steps.count - 1 ? "\(margin)stutters for ever" : "\(margin)back to state \(loop)")
    }
    return lines.map { Printable.line($0) + "\n" }.joined()
  }

  private static func title(_ trace: Trace, _ index: Int) -> String {
    trace.steps[index].label?.description ?? (index == 0 ? "initial state" : "(unknown action)")
  }
}

extension Trace.Omission {
  /// `3 states are left out`
  var words: String {
    switch self {
    case .states(1): "1 state is left out"
    case .states(let count): "\(count) states are left out"
    case .unknown: "states are left out"
    }
  }
}

extension Trace {
  /// What a step did, when the structure is that of the trace's variables. Nil for the first state.
  package func summary(ofStep index: Int, structure: ProtocolStructure?) -> StepSummary? {
    guard let structure, structure.variables == variables, index > 0, steps.indices.contains(index) else {
      return nil
    }
    return StepSummary(
      from: steps[index - 1].values, to: steps[index].values, label: steps[index].label, in: structure)
  }
}
