internal import StateSpace
internal import TLASyntax

/// Writes a trace for people to read in a terminal. States are numbered from 0.
package enum TraceTextWriter {
  /// After the first state, only changed variables are shown, unless `allVariables` is set. With a structure, each action is followed by a
  /// summary of the step. A state that violates an invariant is marked. `explains` adds the reason at the end.
  package static func text(
    _ trace: Trace, structure: ProtocolStructure? = nil, allVariables: Bool = false,
    marks: StepSummary.Marks = .unicode, explains: Bool = true
  ) -> String {
    let width = String(max(0, trace.steps.count - 1)).count
    let margin = String(repeating: " ", count: width + 2)
    let names = trace.variables.map(\.count).max() ?? 0
    let actions = trace.steps.map { $0.label?.description.count ?? 0 }.max() ?? 0
    var lines: [String] = []
    for (index, step) in trace.steps.enumerated() {
      if let omission = trace.omissions[index] { lines.append("\(margin)… (\(omission.words))") }
      let number = String(repeating: " ", count: width - String(index).count) + String(index)
      let title = trace.title(ofStep: index)
      var head = "\(number)  \(title)"
      if let words = trace.summary(ofStep: index, structure: structure)?.text(marks: marks), !words.isEmpty {
        let gap = max(2, min(actions, 40) + 2 - title.count)
        head += String(repeating: " ", count: gap) + words
      }
      if let violation = trace.violation, violation.step == index { head += "  ✗ \(violation.name)" }
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
    if let words = trace.loopWords { lines.append(margin + words) }
    if explains, let violation = trace.violation {
      lines.append("\(margin)✗ \(violation.text)")
      lines += violation.why.map { "\(margin)  \($0)" }
    }
    return lines.map { Printable.line($0) + "\n" }.joined()
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

extension Trace.Violation {
  /// `AllRegistered: locally_registered[n] = registered ({0} = {}), n = n1`
  package var text: String { explanation.map { "\(name): \($0)" } ?? name }
}

extension Trace {
  /// The action that led to a state. For the first state, a remark if it is an initial state.
  func title(ofStep index: Int, unknown: String = "(unknown action)") -> String {
    steps[index].label?.description ?? (index == 0 && beginsAtTheStart ? "initial state" : unknown)
  }

  /// How the trace continues forever: `back to state 1 by Up(n1)`; nil if it only ends.
  var loopWords: String? {
    guard let loop else { return nil }
    if loop == steps.count - 1 { return "stutters for ever" }
    return "back to state \(loop)" + (closing.map { " by \($0)" } ?? "")
  }

  /// The summary of a step, if the structure is that of the trace's variables. Nil for the first state.
  package func summary(ofStep index: Int, structure: ProtocolStructure?) -> StepSummary? {
    guard let structure, structure.variables == variables, index > 0, steps.indices.contains(index) else {
      return nil
    }
    return StepSummary(
      from: steps[index - 1].values, to: steps[index].values, label: steps[index].label, in: structure)
  }
}
