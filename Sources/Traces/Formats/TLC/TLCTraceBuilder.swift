internal import StateSpace
internal import TLASyntax

/// Builds a trace from TLC's output, state by state.
struct TLCTraceBuilder {
  private let file: String
  private(set) var steps: [TraceStep] = []
  private var variables: [String] = []
  private var omissions: [Int: Trace.Omission] = [:]
  private var loop: Int?
  private var closing: ActionLabel?
  private var metadata: Trace.Metadata
  /// The number of the last state read.
  private var number = 0
  private var sawOmission = false
  /// Whether a state lists only the variables that it changed.
  private(set) var isDifference = false

  init(source: String?, file: String) {
    self.file = file
    metadata = Trace.Metadata(source: source)
  }

  /// The trace; nil while there are no states.
  func trace(ofModel model: String?) -> Trace? {
    guard !steps.isEmpty else { return nil }
    var metadata = metadata
    metadata.model = metadata.model ?? model
    if isDifference { metadata.notes.append("values that TLC left out as unchanged were carried over") }
    return Trace(
      variables: variables, steps: steps, loop: loop, closing: closing, metadata: metadata,
      omissions: omissions)
  }

  /// Notes that states are left out before the next one.
  mutating func omit() { sawOmission = !steps.isEmpty }

  /// Notes that the text ends within the state with this number.
  mutating func noteCut(inState number: Int) {
    metadata.notes.append("the log ends in the middle of state \(number), which is left out")
  }

  /// Whether a state does not give every variable.
  func lacks(_ assignments: [TLCAssignment]) -> Bool { assignments.count < variables.count }

  /// Adds the state with this number. `line` is the line of its heading, counted from 0. Throws `TraceReadingError`.
  mutating func add(_ next: Int, title: String, _ assignments: [TLCAssignment], at line: Int) throws {
    guard loop == nil else {
      throw error(line, "state \(next) comes after the end of the lasso", "paste one trace after the other")
    }
    guard next > number else {
      throw error(line, "state \(next) comes after state \(number)", "paste the states in their order")
    }
    let missing = next - number - 1
    if missing > 0 {
      omissions[steps.count] = .states(missing)
    } else if sawOmission {
      omissions[steps.count] = .unknown
    }
    if steps.isEmpty {
      guard !assignments.isEmpty else {
        throw error(
          line, "no values follow this line", "/\\ x = 1 is expected, a line for each variable")
      }
      variables = assignments.map(\.name)
    }
    var values = steps.last?.values ?? assignments.map(\.value)
    for assignment in assignments where !steps.isEmpty {
      guard let place = variables.firstIndex(of: assignment.name) else {
        throw error(
          assignment.line, "\(assignment.name) is no variable of the states before",
          "they have \(variables.joined(separator: ", "))")
      }
      values[place] = assignment.value
    }
    if assignments.count < variables.count { isDifference = true }
    let label = label(title)
    steps.append(TraceStep(label: next == 1 ? nil : label, values: values))
    number = next
    sawOmission = false
  }

  /// Closes the trace as one that stutters in its last state.
  mutating func stutter(at line: Int) throws {
    try requireOpenEnd(at: line)
    loop = steps.count - 1
  }

  /// Closes the trace as a lasso: a step with this title leads back to the state with the number `target`, or else to a state that equals
  /// the last one.
  mutating func close(back target: Int?, title: String, at line: Int) throws {
    try requireOpenEnd(at: line)
    closing = label(title)
    guard let target else {
      loop = steps.firstIndex { $0.values == steps.last?.values }
      return
    }
    let numbers = Trace(variables: variables, steps: steps, omissions: omissions).numbers
    guard let index = numbers.firstIndex(of: target) else {
      throw error(line, "the trace has no state \(target) to go back to", nil)
    }
    loop = index
    if index == steps.count - 1 { closing = nil }
  }

  private func requireOpenEnd(at line: Int) throws {
    guard !steps.isEmpty else { throw error(line, "the lasso that ends here has no whole state", nil) }
    guard loop == nil else { throw error(line, "the trace ends here for the second time", nil) }
  }

  /// The action that a title names. TLC calls a step `Action` if it has no name for it, and `Next` if it treats the whole next-state
  /// relation as one action. Neither tells which action it was.
  private mutating func label(_ title: String) -> ActionLabel? {
    let (action, module) = TLCHeading.parts(ofTitle: title)
    if metadata.model == nil { metadata.model = module }
    return ["", "Action", "Next", "Initial predicate"].contains(action) ? nil : TLCActionTitle.label(action)
  }

  private func error(_ line: Int, _ message: String, _ hint: String?) -> TraceReadingError {
    TraceReadingError(file: file, line: line + 1, message: message, hint: hint)
  }
}

/// An action as it is written before a state.
enum TLCActionTitle {
  /// Reads `Gossip(n2,n1)` as a label. If an argument is not a value, only the name is kept.
  static func label(_ text: String) -> ActionLabel {
    let bare = ActionLabel(name: String(text.prefix { $0 != "(" }))
    guard text.contains("("), let expression = try? TLAValueReader.expression(text),
      case .name(let path) = expression.kind, let last = path.components.last
    else { return bare }
    let name = path.components.map(\.name.text).joined(separator: "!")
    do {
      return ActionLabel(name: name, arguments: try last.arguments.map { try TLAValueReader.value($0) })
    } catch {
      return bare
    }
  }
}
