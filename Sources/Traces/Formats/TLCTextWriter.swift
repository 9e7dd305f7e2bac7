package import StateSpace

/// Writes a trace as TLC prints one. States are numbered from 1.
package enum TLCTextWriter {
  /// `location` gives an action's place as TLC words it, `line 12, col 3 to line 14, col 9 of module M`; nil leaves it
  /// out.
  package static func text(_ trace: Trace, location: (ActionLabel) -> String? = { _ in nil }) -> String {
    var output = ""
    let numbers = trace.numbers
    for (index, step) in trace.steps.enumerated() {
      if trace.omissions[index] != nil { output += "...\n\n" }
      let title =
        step.label.map { self.title($0, location) }
        ?? (index == 0 && trace.beginsAtTheStart ? "Initial predicate" : "Action")
      output += "State \(numbers[index]): <\(title)>\n"
      for (variable, value) in zip(trace.variables, step.values) {
        let line = "\(variable) = \(value)"
        output += Printable.line(trace.variables.count == 1 ? line : "/\\ " + line) + "\n"
      }
      output += "\n"
    }
    if let loop = trace.loop {
      if loop == trace.steps.count - 1 {
        output += "State \((numbers.last ?? 0) + 1): Stuttering\n"
      } else if trace.steps.indices.contains(loop) {
        let title = trace.closing.map { ": <\(self.title($0, location))>" } ?? ""
        output += "Back to state \(numbers[loop])\(title)\n"
      }
    }
    return output
  }

  private static func title(_ label: ActionLabel, _ location: (ActionLabel) -> String?) -> String {
    // TLC separates arguments by a comma alone.
    let arguments = label.arguments.map(\.description).joined(separator: ",")
    let name = label.arguments.isEmpty ? label.name : "\(label.name)(\(arguments))"
    return Printable.line(location(label).map { "\(name) \($0)" } ?? name)
  }
}

extension Trace {
  /// No trace has more states, nor leaves out more: their numbers can be added.
  static let mostStates = 1 << 32

  /// The number of each state, counted from 1, those left out counted along as far as it is known how many they are.
  var numbers: [Int] {
    var number = 0
    return steps.indices.map { index in
      number += 1
      if case .states(let count) = omissions[index] { number += count }
      return number
    }
  }
}
