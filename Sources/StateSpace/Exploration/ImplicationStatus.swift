package import TLASyntax

/// Whether a state puts an implication of an invariant to the test. `P => Q` says nothing where P is false, nor `\A x \in S : P` where S is empty.
package struct ImplicationStatus: Sendable {
  /// The implication, or the `\A`.
  package let span: SourceSpan
  /// What of the premise is false, for the first binding; nil when the premise is true for some binding.
  package let untestedBecause: Explanation?
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
