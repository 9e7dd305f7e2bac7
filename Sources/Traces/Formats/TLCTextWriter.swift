package import StateSpace
internal import TLASyntax

/// Writes a trace as TLC prints one. States are numbered from 1.
package enum TLCTextWriter {
  /// `location` gives an action's place as TLC words it: `line 12, col 3 to line 14, col 9 of module M`. Nil leaves it out.
  package static func text(_ trace: Trace, location: (ActionLabel) -> String? = { _ in nil }) -> String {
    var output = ""
    let numbers = trace.numbers
    for (index, step) in trace.steps.enumerated() {
      if trace.omissions[index] != nil { output += "...\n\n" }
      output += state(
        step, number: numbers[index], of: trace.variables, isInitial: index == 0 && trace.beginsAtTheStart,
        location: location)
    }
    if let start = trace.loop, trace.steps.indices.contains(start) {
      output += loop(
        number: numbers[start], closing: trace.closing, lastNumber: numbers.last ?? 0, location: location)
    }
    return output
  }

  /// The lines in which TLC says what a trace violates; none if it violates nothing.
  static func heading(_ trace: Trace) -> String {
    guard let violation = trace.violation else { return "" }
    let isFinite = trace.loop == nil
    return Printable.line("Error: \(isFinite ? "Invariant" : "Property") \(violation.name) is violated.")
      + "\n"
      + (isFinite
        ? "Error: The behavior up to this point is:\n"
        : "Error: The following behavior constitutes a counter-example:\n\n")
  }

  /// The state with that number.
  static func state(
    _ step: TraceStep, number: Int, of variables: [String], isInitial: Bool,
    location: (ActionLabel) -> String? = { _ in nil }
  ) -> String {
    let title = step.label.map { self.title($0, location) } ?? (isInitial ? "Initial predicate" : "Action")
    var output = "State \(number): <\(title)>\n"
    for (variable, value) in zip(variables, step.values) {
      let line = "\(variable) = \(value)"
      output += Printable.line(variables.count == 1 ? line : "/\\ " + line) + "\n"
    }
    return output + "\n"
  }

  /// The line that leads back to the state with that number, by an action if it is known.
  static func loop(
    number: Int, closing: ActionLabel?, lastNumber: Int, location: (ActionLabel) -> String? = { _ in nil }
  ) -> String {
    if number == lastNumber { return "State \(lastNumber + 1): Stuttering\n" }
    let title = closing.map { ": <\(self.title($0, location))>" } ?? ""
    return "Back to state \(number)\(title)\n"
  }

  private static func title(_ label: ActionLabel, _ location: (ActionLabel) -> String?) -> String {
    // TLC separates arguments by a comma without a blank.
    let arguments = label.arguments.map(\.description).joined(separator: ",")
    let name = label.arguments.isEmpty ? label.name : "\(label.name)(\(arguments))"
    return Printable.line(location(label).map { "\(name) \($0)" } ?? name)
  }
}

extension Trace {
  /// An upper bound on the states that a trace has or leaves out, so that their numbers can be added.
  static let mostStates = 1 << 32

  /// The number of each state, counted from 1. States that are left out count, if their number is known.
  var numbers: [Int] {
    var number = 0
    return steps.indices.map { index in
      number += 1
      if case .states(let count) = omissions[index] { number += count }
      return number
    }
  }
}
