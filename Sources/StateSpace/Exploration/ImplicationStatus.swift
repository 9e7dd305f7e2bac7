package import TLASyntax

/// Whether a state puts an implication of an invariant to the test. `P => Q` says nothing where P is false, nor `\A x \in S : P` where S is empty.
package struct ImplicationStatus: Sendable {
  /// The implication, or the `\A`.
  package let span: SourceSpan
  /// What of the premise is false, for the first binding; nil when the premise is true for some binding.
  package let untestedBecause: Explanation?
}

/// An implication of an invariant that no reachable state puts to the test: what it promises was never asked for.
package struct VacuousImplication: Sendable {
  package let invariant: String
  /// The implication, or the `\A`.
  package let span: SourceSpan
  /// What of the premise is false in the first state that was looked at.
  package let reason: Explanation
}

extension Program {
  /// The implications of all invariants that none of a search's states puts to the test. Costs a look at as many states as it takes to
  /// see each implication tested, so at all of them when one never is. Nil when `shouldContinue`, which is asked every few thousand
  /// states, says no.
  func vacuousImplications(
    in states: StateTable, shouldContinue: () -> Bool
  ) -> [VacuousImplication]? {
    machine.enterRun()
    defer { machine.reset() }
    var result: [VacuousImplication] = []
    for invariant in invariants {
      var untested: Set<SourceSpan> = []
      invariant.condition.collectImplications(&untested)
      var notes = ImplicationNotes(store: store)
      var next = 0
      while next < states.count, !untested.isEmpty {
        if next & 0xFFF == 0, !shouldContinue() { return nil }
        machine.reset()
        machine.state = UnsafePointer(states.row(next))
        invariant.condition.noteImplications(machine, &notes)
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
  /// The implications that decide about an invariant (by its position in `invariants`) in a state. Empty for one that has none.
  package func implications(ofInvariant index: Int, in state: State) -> [ImplicationStatus] {
    let machine = program.machine
    machine.enterRun()
    machine.reset()
    machine.state = UnsafePointer(states.row(state.index))
    defer { machine.reset() }
    var notes = ImplicationNotes(store: program.store)
    program.invariants[index].condition.noteImplications(machine, &notes)
    return notes.implications
  }
}
