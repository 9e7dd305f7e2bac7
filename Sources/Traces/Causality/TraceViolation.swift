package import StateSpace

extension Trace {
  /// The violation in a state of the trace, whose variables must be the explorer's: the invariant of that name if it fails there, otherwise
  /// the first that fails, otherwise the property that the whole violates, if it goes on for ever. Nil if there is none.
  package func violation(
    of invariant: String? = nil, at step: Int, explorer: Explorer, structure: ProtocolStructure
  ) -> Violation? {
    guard steps.indices.contains(step), variables == explorer.variables,
      let state = try? explorer.state(of: steps[step].values)
    else { return nil }
    let names = explorer.invariants
    let order =
      names.indices.filter { names[$0] == invariant } + names.indices.filter { names[$0] != invariant }
    for index in order {
      guard case .fails(let explanation) = explorer.status(ofInvariant: index, in: state) else { continue }
      let history = CausalHistory(
        structure: structure, count: step + 1, values: { steps[$0].values }, label: { steps[$0].label },
        specification: explorer.specification, constants: explorer.constants)
      return Violation(
        name: names[index], step: step, explanation: explanation.text,
        why: CausalSlice(explanation, in: history).sentences,
        witnesses: explanation.witnesses.map(\.value))
    }
    return step == steps.count - 1 ? violationOfProperty(explorer, structure) : nil
  }

  private func violationOfProperty(_ explorer: Explorer, _ structure: ProtocolStructure) -> Violation? {
    guard let loop, !explorer.properties.isEmpty, stepNotes.isEmpty,
      let states = try? steps.map({ try explorer.state(of: $0.values) }),
      case .violates(let property, nil, let why, let fairness)? =
        try? explorer.judgement(on: states, loop: loop)
    else { return nil }
    return Violation(
      name: property, step: steps.count - 1,
      why: LassoCauses.sentences(
        why + fairness, of: steps, loopStart: loop, explorer: explorer, structure: structure))
  }
}
