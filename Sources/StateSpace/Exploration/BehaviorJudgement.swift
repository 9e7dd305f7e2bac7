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
    guard let first = states.first else { return .satisfies }
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
    let ends = states.indices.dropLast().map { ($0, $0 + 1) } + (loop.map { [(states.count - 1, $0)] } ?? [])
    for condition in program.stepConditions {
      let name = specification.properties[condition.property].name
      if condition.isInitial {
        machine.state = UnsafePointer(self.states.row(first.index))
        if try !isTrue(condition.condition, from: 0, to: nil) {
          return .violates(property: name, position: 0, why: [condition.span.oneLineText])
        }
      } else {
        for (from, to) in ends where try !isTrue(condition.condition, from: from, to: to) {
          return .violates(property: name, position: to, why: [condition.span.oneLineText])
        }
      }
    }
    guard let loop, program.properties.contains(where: \.hasTemporalPart) else { return .satisfies }
    let conditions = try program.placed { try LivenessConditions(program) }
    let evaluation = LassoEvaluation(count: states.count, loopStart: loop) { predicate, position in
      let predicate = conditions.predicates[predicate]
      let next = position + 1 < states.count ? position + 1 : loop
      if predicate.isChange, states[position] == states[next] { return false }
      return try isTrue(predicate.node, from: position, to: predicate.readsNext ? next : nil)
    }
    let explanation = LassoExplanation(evaluation, conditions.predicates)
    guard try evaluation.isTrue(conditions.assumed) else {
      return .unfair(why: try explanation.unfairness(conditions.fairness))
    }
    for claim in conditions.claims {
      guard try claim.formulas.contains(where: { try !evaluation.isTrue($0) }) else { continue }
      return .violates(
        property: specification.properties[claim.property].name, position: nil,
        why: try claim.formulas.flatMap { try explanation.whatIsMissing(for: $0) })
    }
    return .satisfies
  }
}
