import TLASemantics

extension Program {
  /// What the configuration's `ALIAS` shows in place of the states of a behavior, or of those at some positions; nil without an alias. `loop`
  /// is the position of the state that follows the last one; like TLC, the last state of a finite behavior is followed by itself. Throws
  /// `EvaluationFailure`.
  func aliases(
    _ rows: [[UInt32]], loop: Int? = nil, at positions: Range<Int>? = nil
  ) throws -> [PlainValue]? {
    guard let alias = specification.alias else { return nil }
    machine.enterRun()
    return try placed {
      try compiler.temporarily {
        let node = try compiler.compile(alias.term, Environment()).node
        return try (positions ?? rows.indices).map { position in
          let following = position + 1 < rows.count ? position + 1 : loop ?? position
          return try evaluate(node, in: rows, at: position, next: rows[following])
        }
      }
    }
  }

  private func evaluate(_ node: Node, in rows: [[UInt32]], at position: Int, next: [UInt32]) throws
    -> PlainValue
  {
    machine.reset()
    let facts = BehaviorFacts(rows, at: position)
    let outer = machine.facts
    machine.facts = facts
    defer {
      machine.facts = outer
      machine.reset()
    }
    // The next state is only read.
    var next = next
    return try rows[position].withUnsafeBufferPointer { row in
      try next.withUnsafeMutableBufferPointer { following in
        machine.state = row.baseAddress.unsafelyUnwrapped
        machine.next = following.baseAddress.unsafelyUnwrapped
        return try withExtendedLifetime(facts) {
          try placed { store.plain(try node.evaluate(machine)) }
        }
      }
    }
  }
}

extension Explorer {
  /// What the configuration's `ALIAS` shows in place of the states of a behavior, or of those at some positions; nil without an alias. `loop`
  /// is the position of the state that follows the last one; like TLC, the last state of a finite behavior is followed by itself. Throws
  /// `EvaluationFailure`.
  package func aliases(
    of states: [State], loop: Int? = nil, at positions: Range<Int>? = nil
  ) throws -> [PlainValue]? {
    let width = program.rowWidth
    let rows = states.map { state in
      Array(UnsafeBufferPointer(start: self.states.row(state.index), count: width))
    }
    return try program.aliases(rows, loop: loop, at: positions)
  }
}
