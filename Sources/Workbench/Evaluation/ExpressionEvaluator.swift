package import StateSpace
import TLASemantics

/// Evaluates expressions in an engine. If it is told to stop, it ends with a failure of kind `stopped`.
package struct ExpressionEvaluator {
  /// The expression has primes, and there is no step before the state.
  package struct NoStep: Error, CustomStringConvertible {
    package var description: String { "it speaks of a step, and none led here" }
  }

  let explorer: Explorer

  package init(_ explorer: Explorer) { self.explorer = explorer }

  /// The value in a state. Primes in the expression refer to the step that led to the state.
  package func evaluate(_ expression: String, in state: State, before: State?) throws -> PlainValue {
    guard expression.contains("'"), try explorer.specification.resolve(expression).level >= .action else {
      return try explorer.evaluate(expression, in: state)
    }
    guard let before else { throw NoStep() }
    return try explorer.evaluate(expression, in: before, next: state)
  }

  /// The results of the task's expression in all its places. Throws only if it was stopped. `onPlace` is called with the number of places
  /// done.
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
