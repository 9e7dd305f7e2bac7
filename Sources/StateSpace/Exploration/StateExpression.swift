import TLASemantics

/// A user's expression over one state, compiled once for many states of an explorer.
package final class StateExpression {
  private let explorer: Explorer
  private let node: Node

  /// Throws `Diagnostics` if the expression cannot be read, and `EvaluationFailure` if it speaks of steps.
  package init(_ text: String, of explorer: Explorer) throws {
    let term = try explorer.specification.resolve(text)
    guard term.level < .action else {
      throw EvaluationFailure(
        kind: .evaluation, message: "expected an expression over one state, without primes", span: term.span,
        callStack: [])
    }
    self.explorer = explorer
    let program = explorer.program
    node = try program.placed { try program.compiler.compile(term, Environment()).node }
  }

  /// The value in a state. Throws `EvaluationFailure`.
  package func value(in state: State) throws -> PlainValue {
    let program = explorer.program
    program.machine.enterRun()
    program.machine.reset()
    program.machine.state = UnsafePointer(explorer.states.row(state.index))
    defer { program.machine.reset() }
    return try program.placed { program.store.plain(try node.evaluate(program.machine)) }
  }
}
