package import StateSpace
import TLASemantics

/// Evaluates expressions in an engine, or ends with the failure of kind `stopped` when it is told to.
package struct ExpressionEvaluator {
  /// An expression with primes at the start of a trace.
  package struct NoStep: Error, CustomStringConvertible {
    package var description: String { "it speaks of a step, and none led here" }
  }

  let explorer: Explorer

  package init(_ explorer: Explorer) { self.explorer = explorer }

  /// The value in a state; of an expression with primes over the step that led to the state.
  package func evaluate(_ expression: String, in state: State, before: State?) throws -> PlainValue {
    guard expression.contains("'"), try explorer.specification.resolve(expression).level >= .action else {
      return try explorer.evaluate(expression, in: state)
    }
    guard let before else { throw NoStep() }
    return try explorer.evaluate(expression, in: before, next: state)
  }

  /// What the task's expression gives in each of its places. Throws only when it was stopped. `onPlace` is told how many places are done.
  package func run(_ task: EvaluationTask, onPlace: (Int) -> Void) throws -> [EvaluationOutcome] {
    var outcomes: [EvaluationOutcome] = []
    outcomes.reserveCapacity(task.places.count)
    for place in task.places {
      do {
        let state = try explorer.state(of: place.values)
        let before = try place.before.map { try explorer.state(of: $0) }
        outcomes.append(.value(try evaluate(task.expression, in: state, before: before)))
      } catch let failure as EvaluationFailure where failure.kind == .stopped {
        throw failure
      } catch {
        outcomes.append(.failure(Wording.message(of: error)))
      }
      onPlace(outcomes.count)
    }
    return outcomes
  }
}
