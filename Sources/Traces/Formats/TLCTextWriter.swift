package import StateSpace

/// Writes a trace as TLC prints one. States are numbered from 1.
package enum TLCTextWriter {
  /// `location` gives an action's place as TLC words it, `line 12, col 3 to line 14, col 9 of module M`; nil leaves it
  /// out.
  package static func text(_ trace: Trace, location: (ActionLabel) -> String? = { _ in nil }) -> String {
    var output = ""
    for (index, step) in trace.steps.enumerated() {
      output += "State \(index + 1): <\(title(step, index, location))>\n"
      for (variable, value) in zip(trace.variables, step.values) {
        let line = "\(variable) = \(value)"
        output += Printable.line(trace.variables.count == 1 ? line : "/\\ " + line) + "\n"
      }
      output += "\n"
    }
    if let loop = trace.loop {
      if loop == trace.steps.count - 1 {
        output += "State \(trace.steps.count + 1): Stuttering\n"
      } else if trace.steps.indices.contains(loop) {
        output += "Back to state \(loop + 1): <\(title(trace.steps[loop], loop, location))>\n"
      }
    }
    return output
  }

  private static func title(_ step: TraceStep, _ index: Int, _ location: (ActionLabel) -> String?) -> String {
    guard let label = step.label else { return index == 0 ? "Initial predicate" : "Action" }
    // TLC separates arguments by a comma alone.
    let arguments = label.arguments.map(\.description).joined(separator: ",")
    let name = label.arguments.isEmpty ? label.name : "\(label.name)(\(arguments))"
    return Printable.line(location(label).map { "\(name) \($0)" } ?? name)
  }
}
