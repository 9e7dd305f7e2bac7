import StateSpace
import Traces

// Changes that are not steps of the specification.
extension Session {
  /// `:whatif x = 3`, `:whatif inbox[n1] = <<>>`, `:whatif r.f = 1`: sets the variable to the value that the expression has in the current
  /// state.
  mutating func whatIf(_ text: String) {
    guard let assignment = WhatIfAssignment(text) else {
      screen.message = Message(
        "whatif needs a variable and a value: whatif \(model.variables.first ?? "x") = …", .wrong)
      return
    }
    guard model.variables.contains(assignment.variable) else {
      screen.message = Message(
        "there is no variable \(assignment.variable): the variables are \(model.variables.joined(separator: ", "))",
        .wrong)
      return
    }
    let purpose = EvaluationQueue.Purpose.whatIf(assignment, node: cursor)
    if let outcome = evaluateSoon(assignment.expression, in: state, before: nil, for: purpose) {
      finishWhatIf(assignment, outcome)
    }
  }

  /// Makes the change when its value is known.
  mutating func finishWhatIf(_ assignment: WhatIfAssignment, _ outcome: EvaluationOutcome) {
    guard let variable = model.variables.firstIndex(of: assignment.variable) else { return }
    switch outcome {
    case .value(let value):
      var values = values
      values[variable] = value
      takeWhatIf(values, text: "\(assignment.target) = \(assignment.value)")
    case .failure(let text): screen.message = Message("\(assignment.value): \(text)", .wrong)
    }
  }

  private mutating func takeWhatIf(_ values: [PlainValue], text: String) {
    do {
      let target = try model.explorer.state(of: values)
      guard target != state else {
        screen.message = Message("that changes nothing: \(text) holds here")
        return
      }
      edit { [cursor] tree in tree.child(of: cursor, label: nil, whatIf: text, state: target) }
      let failing = model.violatedInvariants(in: target)
      screen.message = Message(
        "≈ \(text): no step of the specification"
          + (failing.isEmpty ? "" : "; \(violationWords(failing))"),
        failing.isEmpty ? .information : .violation)
    } catch {
      screen.message = Message("\(text): \(Wording.message(of: error))", .wrong)
    }
  }

  // MARK: Links

  /// The state's values after the link is cut or healed, with nothing else changed. Nil if the model keeps its links in an unsupported
  /// form.
  func whatIfValues(_ pair: NodePair, cutting: Bool) -> [PlainValue]? {
    guard let variable = model.structure.roles.firstIndex(of: .links) else { return nil }
    let (one, other) = (model.nodes[pair.first], model.nodes[pair.second])
    let old = values
    guard
      let first = old[variable].value(at: one)?.seeing(other, !cutting, among: model.nodes),
      let second = old[variable].value(at: other)?.seeing(one, !cutting, among: model.nodes)
    else { return nil }
    var new = old
    new[variable] = old[variable].replacing(one, with: first).replacing(other, with: second)
    return changes(only: pair, cutting: cutting, from: old, to: new) ? new : nil
  }

  mutating func runInWhatIfLink(_ command: Command.ID?, _ pair: NodePair, cutting: Bool) {
    screen.dialog = nil
    switch command {
    case .activate, .toggleLink, .box(.confirm):
      guard let values = whatIfValues(pair, cutting: cutting) else { return }
      takeWhatIf(values, text: "\(names(pair)) \(cutting ? "cut" : "healed")")
    default: break
    }
  }

  func drawWhatIfLink(_ pair: NodePair, cutting: Bool, on grid: inout Grid) {
    let verb = cutting ? "cut" : "heal"
    drawBox(
      "What if?",
      [
        StyledLine("No action \(verb)s \(names(pair)) here."), "",
        key(bindings.key(.toggleLink, in: .whatIf))
          + StyledLine("  \(verb) it all the same: marked ≈, no step of the spec"),
        key(bindings.key(.escape, in: .whatIf)) + "  leave it",
      ], on: &grid)
  }

  // MARK: Files

  /// The notes on a path's what-if changes for a saved trace, by step.
  func whatIfNotes(_ path: [Int]) -> [Int: String] {
    var notes: [Int: String] = [:]
    for (step, node) in path.enumerated() {
      if let change = tree[node].whatIf { notes[step] = Trace.whatIfNote(change) }
    }
    return notes
  }
}

extension PlainValue {
  /// A set of nodes with the node added or removed, or a function to booleans with the node's value set; nil for anything else.
  fileprivate func seeing(_ node: PlainValue, _ sees: Bool, among nodes: [PlainValue]) -> PlainValue? {
    switch self {
    case .set(let elements):
      .set(nodes.filter { $0 == node ? sees : elements.contains($0) })
    case .function, .record, .tuple: value(at: node) == nil ? nil : replacing(node, with: .boolean(sees))
    default: nil
    }
  }

  /// The function with another value for one argument of its domain.
  fileprivate func replacing(_ argument: PlainValue, with value: PlainValue) -> PlainValue {
    switch self {
    case .function(let pairs):
      .function(pairs.map { $0.argument == argument ? Pair(argument: argument, value: value) : $0 })
    case .record(let fields):
      .record(fields.map { .string($0.name) == argument ? Field(name: $0.name, value: value) : $0 })
    case .tuple(let elements):
      .tuple(elements.enumerated().map { String($0.offset + 1) == argument.description ? value : $0.element })
    default: self
    }
  }
}
