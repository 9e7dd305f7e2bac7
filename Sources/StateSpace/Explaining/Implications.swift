import TLASyntax

extension Program {
  /// The implications of all invariants that none of a search's states tests. It examines states until each implication has been tested, so
  /// it examines all states if one never is. Nil if `shouldContinue`, which is asked every few thousand states, returns false.
  func vacuousImplications(
    in graph: ReachabilityGraph, shouldContinue: () -> Bool
  ) -> [VacuousImplication]? {
    machine.enterRun()
    defer { machine.reset() }
    var result: [VacuousImplication] = []
    for invariant in invariants {
      var untested: Set<SourceSpan> = []
      ImplicationNotes.collect(invariant.condition, into: &untested)
      var notes = ImplicationNotes(machine)
      var next = 0
      while next < graph.count, !untested.isEmpty {
        if next & 0xFFF == 0, !shouldContinue() { return nil }
        machine.reset()
        graph.withWords(of: next) {
          machine.state = $0
          notes.add(invariant.condition)
        }
        for implication in notes.implications where implication.untestedBecause == nil {
          untested.remove(implication.span)
        }
        next += 1
      }
      result += notes.implications.compactMap { implication in
        implication.untestedBecause.map {
          VacuousImplication(invariant: invariant.name, span: implication.span, reason: $0)
        }
      }
    }
    return result
  }
}

extension Explorer {
  /// The implications that decide about an invariant (by its position in `invariants`) in a state. Empty if it has none.
  package func implications(ofInvariant index: Int, in state: State) -> [ImplicationStatus] {
    let machine = program.machine
    machine.enterRun()
    machine.reset()
    machine.state = UnsafePointer(states.row(state.index))
    defer { machine.reset() }
    var notes = ImplicationNotes(machine)
    notes.add(program.invariants[index].condition)
    return notes.implications
  }
}
