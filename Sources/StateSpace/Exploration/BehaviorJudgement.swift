import TLASemantics
import TLASyntax

/// What the properties say of one behavior.
package enum BehaviorJudgement: Sendable {
  /// No property is violated.
  case satisfies
  /// A property is violated: by its initial state (position 0), by a step (the position of the state that it leads to), or by the whole
  /// (nil).
  case violates(property: String, position: Int?, why: [String])
  /// The specification does not allow the behavior to go on for ever as it does, so its temporal properties say nothing of it.
  case unfair(why: [String])
}

extension Explorer {
  /// Judges a behavior whose steps the specification allows. A finite one (`loop` is nil) is judged only by what properties say of initial
  /// states and steps. Throws `EvaluationFailure` if a property has no value.
  package func judgement(on states: [State], loop: Int?) throws -> BehaviorJudgement {
    if states.isEmpty { return .satisfies }
    let machine = program.machine
    machine.enterRun()
    machine.reset()
    defer { machine.reset() }
    func row(_ position: Int) -> UnsafePointer<UInt32> {
      UnsafePointer(self.states.row(states[position].index))
    }
    func isTrue(_ node: Node, from position: Int, to next: Int?) throws -> Bool {
      machine.state = row(position)
      if let next { machine.next = UnsafeMutablePointer(mutating: row(next)) }
      return try program.placed { try node.test(machine) }
    }
    func violated(from: Int?, to: Int) throws -> BehaviorJudgement? {
      let found = try program.placed {
        do {
          return try program.violatedStepCondition(from: from.map(row), to: row(to), at: 0)
        } catch let failure as ConditionFailure { throw failure.cause }
      }
      return found.map {
        let condition = program.stepConditions[$0]
        return .violates(
          property: specification.properties[condition.property].name, position: to,
          why: [condition.span.oneLineText])
      }
    }
    if let judgement = try violated(from: nil, to: 0) { return judgement }
    for position in states.indices.dropLast() {
      if let judgement = try violated(from: position, to: position + 1) { return judgement }
    }
    if let loop, let judgement = try violated(from: states.count - 1, to: loop) { return judgement }
    guard let loop, program.properties.contains(where: \.hasTemporalPart) else { return .satisfies }
    let conditions = try program.placed { try LivenessConditions(program) }
    let evaluation = LassoEvaluation(count: states.count, loopStart: loop) { predicate, position, next in
      let predicate = conditions.predicates[predicate]
      if predicate.isChange, states[position] == states[next] { return false }
      return try isTrue(predicate.node, from: position, to: predicate.readsNext ? next : nil)
    }
    let explanation = LassoExplanation(conditions.predicates, of: evaluation)
    guard try evaluation.isTrue(conditions.assumed) else {
      return .unfair(why: try explanation.unfairness(conditions.fairness))
    }
    for claim in conditions.claims {
      guard try claim.formulas.contains(where: { try !evaluation.isTrue($0) }) else { continue }
      return .violates(
        property: specification.properties[claim.property].name, position: nil,
        why: try explanation.whatIsMissing(in: claim.formulas))
    }
    return .satisfies
  }
}
